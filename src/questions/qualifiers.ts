import type { Comparator } from '../../prisma/client/enums.ts'
import { FOREIGN_BOUNDS } from './languages.ts'
import { isPassedAfter, isPassedAnywhere, isPassedBefore, wordsOf } from './neighbours.ts'

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
    'estimated to be',
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
const AFTER: Readonly<Partial<Record<Comparator, readonly string[]>>> = {
  stated: ['in total', 'in all', 'altogether', 'exactly'],
  at_least: [
    '+',
    'plus',
    '- plus',
    ...['more', 'higher', 'above', 'over', 'upwards', 'upward', 'greater', 'up'].flatMap((word) => [
      `or ${word}`,
      `and ${word}`,
    ]),
    ...['counting', 'rising', 'climbing', 'growing'].map((word) => `and ${word}`),
    'at least',
    'at the least',
    'at the very least',
    'minimum',
  ],
  at_most: [
    ...['less', 'fewer', 'under', 'below', 'lower'].map((word) => `or ${word}`),
    'at most',
    'at the most',
    'at the very most',
    'maximum',
    'tops',
  ],
  about: [
    'odd',
    '- odd',
    'ish',
    '- ish',
    'or so',
    'or thereabouts',
    'give or take',
    'approximately',
    'roughly',
    'approx',
  ],
}

type Phrase = { comparator: Comparator; words: readonly string[] }

// Phrases that say how the number before them is put only where nothing stands between, or where nothing follows.
const AT_THE_EDGE = /^(at |plus|- |\+|minimum|maximum|tops|odd|ish|appro|roughly|in |altogether|exactly|give |environ)/

const PHRASES_BEFORE = phrasesOf([...listed(BEFORE), ...FOREIGN_BOUNDS.before])
const PHRASES_AFTER = phrasesOf([...listed(AFTER), ...FOREIGN_BOUNDS.after])
const PHRASES_WITHIN = PHRASES_AFTER.filter(({ words }) => !AT_THE_EDGE.test(`${words.join(' ')} `))

const ARTICLES = new Set(['the', 'a', 'an'])
const PARTING = new Set(['of', 'was', 'were', 'is', 'are', 'at', 'be', 'to', 'been', ':'])
const OPENING = new Set(['(', ',', '.', ';', ':', '[', '-', "'"])
const CLOSING = new Set([')', ',', '.', ';', '!', ']', "'"])
const OF_A_PART = /^(some|most|many|few|part|any|one|all)$/

/**
 * How a number is put, by the words around it, each comparator once: none where it stands bare. `unknown` is the first word that stands beside
 * the number and is not known to leave it as it is, or decides it in a way that is not known.
 */
export type Qualified = { comparators: Comparator[]; unknown: string | null }

/** Accounts for every word before and after a number. */
export function qualifiersOf(before: string, after: string): Qualified {
  const [lead, tail] = [qualifiersBefore(before), qualifiersAfter(after)]
  const comparators = [...new Set([...lead.comparators, ...tail.comparators])].filter((one) => one !== 'stated')
  return { comparators, unknown: lead.unknown ?? tail.unknown }
}

function qualifiersBefore(before: string): Qualified {
  if (
    /(?!\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana})[\p{L}\p{N}\p{M}/.,'-]$/u.test(before) &&
    !/(?<!\p{L})ca?\.?$/u.test(before)
  )
    return { comparators: [], unknown: wordsOf(before).at(-1) ?? before }
  const comparators: Comparator[] = []
  let words = wordsOf(before)
  let isParted = false
  while (words.length) {
    const last = words.at(-1) ?? ''
    const phrase = isParted ? undefined : PHRASES_BEFORE.find((one) => endsWith(words, one.words))
    if (phrase) {
      comparators.push(phrase.comparator)
      words = words.slice(0, -phrase.words.length)
      continue
    }
    if (PARTING.has(last)) isParted = true
    else if (!ARTICLES.has(last) && !OPENING.has(last)) break
    words = words.slice(0, -1)
  }
  const last = words.at(-1)
  const isOfAPart = isParted && last !== undefined && OF_A_PART.test(last)
  const beside = last !== undefined && (isOfAPart || !isPassedBefore(last, isParted)) ? last : null
  return { comparators, unknown: beside ?? words.find((word) => !isPassedAnywhere(word)) ?? null }
}

function qualifiersAfter(after: string): Qualified {
  const comparators: Comparator[] = []
  const own = wordsOf(after)
  const isCompound = /^-(?!\s?(plus|odd|ish)(?!\p{L}))/u.test(after)
  const isGlued = /^(?!\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|ish)[\p{L}\p{M}\p{N}]/u.test(after)
  if (isCompound || isGlued) return { comparators, unknown: own[0] === '-' ? `-${own[1] ?? ''}` : (own[0] ?? after) }
  let words = own
  const take = (phrase: Phrase | undefined, rest: (phrase: Phrase) => string[]) => {
    if (phrase) comparators.push(phrase.comparator)
    if (phrase) words = rest(phrase)
    return phrase !== undefined
  }
  while (words.length) {
    const bare = CLOSING.has(words[0] ?? '') || words[0] === '('
    if (bare && words.length > 1 && PHRASES_AFTER.some((one) => beginsWith(words.slice(1), one.words)))
      words = words.slice(1)
    if (
      !take(
        PHRASES_AFTER.find((one) => beginsWith(words, one.words)),
        (phrase) => words.slice(phrase.words.length),
      )
    )
      break
  }
  while (CLOSING.has(words.at(-1) ?? '')) words = words.slice(0, -1)
  take(
    PHRASES_AFTER.find((one) => endsWith(words, one.words)),
    (phrase) => words.slice(0, -phrase.words.length),
  )
  for (let at = 1; at < words.length; at += 1)
    take(
      PHRASES_WITHIN.find((one) => beginsWith(words.slice(at), one.words)),
      (phrase) => words.toSpliced(at, phrase.words.length),
    )
  while (CLOSING.has(words[0] ?? '') || words[0] === '(' || words[0] === '-') words = words.slice(1)
  if (/^(of|de|des|von|di)$/.test(words[0] ?? '')) words = words.slice(1)
  const [first] = words
  const isNoun = first !== undefined && isPassedAfter(first)
  if (first !== undefined && !isNoun && !isPreposition(words, 0)) return { comparators, unknown: first }
  return {
    comparators,
    unknown: words.find((word, at) => !isPassedAnywhere(word) && !isPreposition(words, at)) ?? null,
  }
}

/** "26 held over the weekend", "40 villages around the city": a place or a time, no bound. */
function isPreposition(words: readonly string[], at: number): boolean {
  return (
    /^(over|around|under|above|below|about)$/.test(words[at] ?? '') &&
    /^(the|their|its|this|that)$/.test(words[at + 1] ?? '')
  )
}

function beginsWith(words: readonly string[], phrase: readonly string[]): boolean {
  return phrase.every((word, at) => word === words[at])
}

function endsWith(words: readonly string[], phrase: readonly string[]): boolean {
  return phrase.every((word, at) => word === words[words.length - phrase.length + at])
}

function listed(table: Readonly<Partial<Record<Comparator, readonly string[]>>>) {
  return (Object.entries(table) as [Comparator, readonly string[]][]).flatMap(([comparator, phrases]) =>
    phrases.map((phrase) => ({ comparator, phrase })),
  )
}

/** The longest first, each as its words. */
function phrasesOf(phrases: readonly { comparator: Comparator; phrase: string }[]): Phrase[] {
  return phrases
    .map(({ comparator, phrase }) => ({ comparator, words: wordsOf(phrase) }))
    .toSorted((one, other) => other.words.length - one.words.length)
}
