import type { Comparator } from '../../prisma/client/enums.ts'
import { withoutEnd } from '../text.ts'

// How a number is put, by the words before it. `#` is the number itself where a sign is written against it.
const BEFORE: Readonly<Record<Exclude<Comparator, 'between'>, readonly string[]>> = {
  stated: [
    'exactly',
    'precisely',
    'a total of',
    'total of',
    'in all',
    'only',
    'just',
    'all of',
    'altogether',
    'fully',
    '=',
  ],
  at_least: [
    'at least',
    'at the least',
    'at the very least',
    'no fewer than',
    'not fewer than',
    'no less than',
    'not less than',
    'a minimum of',
    'minimum of',
    'a minimum',
    'minimum',
    'min',
    'as few as',
    'as little as',
    'not under',
    'not below',
    '≥',
    '>=',
  ],
  more_than: [
    'more than',
    'over',
    'above',
    'upwards of',
    'upward of',
    'north of',
    'in excess of',
    'exceeding',
    'exceeds',
    'exceeded',
    'greater than',
    'higher than',
    'well over',
    'just over',
    'slightly over',
    'a little over',
    'well above',
    'just above',
    'well more than',
    'far more than',
    'slightly more than',
    'a little more than',
    'just more than',
    'surpassing',
    'surpassed',
    'beyond',
    'topping',
    'topped',
    '>',
  ],
  at_most: [
    'at most',
    'at the most',
    'at the very most',
    'no more than',
    'not more than',
    'up to',
    'as many as',
    'as much as',
    'a maximum of',
    'maximum of',
    'a maximum',
    'maximum',
    'max',
    'not over',
    'not above',
    'not exceeding',
    'no higher than',
    'no greater than',
    '≤',
    '<=',
  ],
  less_than: [
    'less than',
    'fewer than',
    'under',
    'below',
    'lower than',
    'well under',
    'well below',
    'not even',
    'far fewer than',
    'far less than',
    'south of',
    '<',
  ],
  about: [
    'about',
    'around',
    'some',
    'roughly',
    'approximately',
    'approx',
    'an estimated',
    'estimated',
    'estimated at',
    'circa',
    'c',
    'ca',
    'cca',
    'in the region of',
    'in the order of',
    'on the order of',
    'of the order of',
    'somewhere around',
    'something like',
    'more or less',
    'or so',
    'perhaps',
    'maybe',
    '~',
    '≈',
    '±',
  ],
  nearly: [
    'nearly',
    'almost',
    'close to',
    'nigh on',
    'just under',
    'just below',
    'slightly under',
    'a little under',
    'just short of',
    'short of',
    'slightly less than',
    'slightly fewer than',
    'just less than',
    'approaching',
    'not quite',
    'getting on for',
    'practically',
    'virtually',
  ],
}

// The same by the words after it.
const AFTER: readonly [RegExp, Comparator][] = [
  [/^ ?(\+|plus\b)/, 'at_least'],
  [
    /\b(or|and) (more|higher|above|over|upwards?|greater)\b|\band counting\b|\bat (the )?(very )?least$|\bminimum$/,
    'at_least',
  ],
  [/\bor (less|fewer|under|below|lower)\b|\bat (the )?(very )?most$|\b(maximum|tops)$/, 'at_most'],
  [/^ ?-? ?(odd|ish)\b|\bor so\b|\bor thereabouts\b|\b(about|approximately|roughly|approx|give or take)$/, 'about'],
]

const FILLING = new Set(['the', 'a', 'an', 'of', 'was', 'were', 'is', 'are', 'at', 'be', 'to', 'been'])

const PHRASES = (Object.entries(BEFORE) as [Comparator, readonly string[]][])
  .flatMap(([comparator, phrases]) => phrases.map((phrase) => ({ comparator, words: phrase.split(' ') })))
  .toSorted((one, other) => other.words.length - one.words.length)

/** How a number is put, by the words around it, each comparator once. Empty: it stands bare. */
export function qualifiersOf(before: string, after: string): Comparator[] {
  const found = AFTER.flatMap(([shape, comparator]) => (shape.test(withoutEnd(after, '.,;:!?)')) ? [comparator] : []))
  let words = before
    .replace(/([~≈±<>=≤≥]+)/g, ' $1 ')
    .split(/[\s.,;:()]+/)
    .filter(Boolean)
  while (words.length) {
    const phrase = PHRASES.find((one) =>
      one.words.every((word, at) => word === words[words.length - one.words.length + at]),
    )
    if (phrase) found.push(phrase.comparator)
    else if (!FILLING.has(words.at(-1) ?? '')) break
    words = words.slice(0, phrase ? -phrase.words.length : -1)
  }
  return [...new Set(found)].filter((comparator) => comparator !== 'stated')
}
