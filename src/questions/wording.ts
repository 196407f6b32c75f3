import type { Comparator } from '../../prisma/client/enums.ts'
import { compareDecimals, times } from './decimal.ts'
import { type Figure, intervalInWords, intervalOf } from './figure.ts'
import { qualifiersOf } from './qualifiers.ts'
import { type Found, spoken } from './spoken.ts'
import { NAMES, SIGNS } from './unit.ts'

/**
 * What printed words mean: a figure, with the unit where one is printed ("%", "$", "tenge"), or a refusal, where they give no number of their
 * own. `sentence` says either, for somebody to confirm.
 */
export type Reading =
  | { figure: Figure; unit: string | null; sentence: string }
  | { figure: null; unit: null; sentence: string }

/**
 * Reads a figure as printed in English: "at least 26", "nearly 8,000", "between 10 and 20", "dozens", "a quarter", "no civilians". Numbers are
 * read as by `readNumber`; shares are in per cent, and one without an end in decimals gets the whole per cents around it ("a third": 33 to 34).
 * "Tens", "dozens" and their like are lower bounds by ACLED's rule; everything else is Stet's.
 *
 * Refused: comparisons ("twice as many"), additions ("another 26"), several numbers that are no range, qualifiers that together leave no clear
 * bound ("up to about 20"), and words that give no number ("several").
 */
export function readWording(words: string): Reading {
  const printed = words.trim()
  if (printed === '' || printed.length > 300)
    return refused('Give the words that carry the figure, in 300 characters at most.')
  const { text, found, refusal } = spoken(printed)
  if (refusal) return refused(refusal)
  for (const [shape, sentence] of NO_FIGURE) if (shape.test(text)) return refused(`“${printed}”: ${sentence}`)

  const { bare, unit } = withoutUnit(text)
  const share = found.some(({ isShare }) => isShare) ? '%' : null
  const [first, second, third] = found
  if (third) return refused(`“${printed}”: ${SEVERAL}`)
  if (!first)
    return NOUGHT.test(bare) ? read(printed, put('stated', nought), unit) : refused(`“${printed}”: ${NO_NUMBER}`)
  if (second) {
    const range = rangeOf(bare, first, second)
    return typeof range === 'string' ? refused(`“${printed}”: ${range}`) : read(printed, range, unit ?? share)
  }
  const [before = '', after = ''] = bare.split('#')
  const [comparator = 'stated', other] = qualifiersOf(before, after)
  if (other) return refused(`“${printed}”: ${UNCLEAR}`)
  if (!first.isVague) return read(printed, put(comparator, first), unit ?? share)
  if (!/^(stated|at_least|about)$/.test(comparator)) return refused(`“${printed}”: ${UNCLEAR}`)
  return read(printed, put('at_least', first), unit, ', a lower bound by ACLED’s rule')
}

const NO_NUMBER = 'the words give no number of their own. They are kept as printed, without one.'
const SEVERAL = 'the words give several numbers. Each belongs in a claim of its own.'
const UNCLEAR = 'the words around the number leave no clear bound. Say what is meant, or keep them without a number.'

const NO_FIGURE: readonly [RegExp, string][] = [
  [
    /\b(twice|thrice|double[ds]?|doubling|triple[ds]?|quadruple[ds]?|halved|times (as|more|less|fewer|higher|lower|larger|greater|bigger|the)|as (many|much|high|large) again)\b|# ?-? ?fold\b|fold\b|#x\b|# times\b|# (as|more) (many|much)\b|# as (many|much|high|large)\b/,
    'it compares with another number, and gives none of its own. It is kept as printed, without one.',
  ],
  [
    /\b(another|a further|an additional|an extra) #|# (more|others?|additional|further|extra)\b(?! than)/,
    'it adds to a number printed elsewhere, and gives no whole of its own. It is kept as printed, without one.',
  ],
  [
    /(?<!if )\b(not|denied|denies|never|n't|deny) #|\bnot (exactly|about|around) #/,
    'it says what the number is not, and gives none.',
  ],
  [
    /\bno (idea|figures?|numbers?|estimates?|data|counts?|information|details|official|word|reliable|confirmed|exact|doubt)\b/,
    NO_NUMBER,
  ],
  [/# ?:/, 'this looks like a time of day or a proportion, not a figure.'],
]

const NOUGHT = /\b(no(?! (more|less|fewer|longer|other))|none|nobody|not (a|an|any))\b/
const nought: Found = { low: '0', high: '0', base: '0', factor: '1', isShare: false, isVague: false }

/** The figure of one number; a share between two per cents gives the outer one, so that nothing is left out. */
function put(comparator: Comparator, { low, high }: Found): Figure {
  switch (comparator) {
    case 'at_most':
    case 'less_than':
      return { comparator, low: null, high }
    case 'nearly':
      return { comparator, low: high, high: null }
    case 'stated':
    case 'between':
      return low === high ? { comparator: 'stated', low, high: null } : { comparator: 'between', low, high }
    case 'at_least':
    case 'more_than':
    case 'about':
      return { comparator, low, high: null }
  }
}

/** "10 to 20", "10-20", "between 10 and 20", "10 or 20"; or why the two numbers are no range. */
function rangeOf(text: string, first: Found, second: Found): Figure | string {
  const [before = '', joint = '', after = ''] = text.split('#')
  const [lead, word] = [before.trim(), joint.trim()]
  const isBetween = /\bbetween$/.test(lead)
  if (!(isBetween ? /^(and|to|-)$/ : /^(to|-|or|through)$/).test(word)) return SEVERAL
  if (
    /\b(rose|risen|rise|rises|rising|up|increas\w+|fell|fall\w*|down|drop\w*|grew|grow\w*|climb\w*|jump\w*|soar\w*|cut|chang\w+)\b/.test(
      lead,
    )
  )
    return 'it tells of a change from one number to another. Each belongs in a claim of its own.'
  if (first.isVague || second.isVague) return SEVERAL
  const put = qualifiersOf(lead.replace(/\b(between|from|anywhere|somewhere)\b/g, ''), after)
  if (put.some((comparator) => comparator !== 'about')) return UNCLEAR
  const isCarried = first.factor === '1' && second.factor !== '1' && compareDecimals(first.base, second.base) < 0
  const low = isCarried ? times(first.base, second.factor) : first.low
  if (compareDecimals(low, second.high) > 0) return 'the first number is above the second one.'
  return { comparator: 'between', low, high: second.high }
}

const SIGN = new RegExp(`(?<![a-z])(${alternatives(SIGNS)}) ?#`)
const NAME = new RegExp(`# ?-?(${alternatives(NAMES)})(?![a-z])`)

/** The words without the units beside their numbers, and the first such unit. */
function withoutUnit(text: string): { bare: string; unit: string | null } {
  let [bare, unit] = [text, null as string | null]
  for (const shape of [SIGN, NAME])
    for (let match = shape.exec(bare); match; match = shape.exec(bare)) {
      unit ??= match[1] ?? null
      bare = bare.replace(match[0], '#')
    }
  return { bare, unit: unit === null ? null : asWritten(unit) }
}

/** As it is usually written: `EUR`, `US$`, `°C`; per cent as a sign. */
function asWritten(unit: string): string {
  if (/^(per ?cent|pct)$/.test(unit)) return '%'
  return /^[a-z]{3}$|^us\$$|^°[cf]$/.test(unit) && unit !== 'yen' ? unit.toUpperCase() : unit
}

function alternatives(words: readonly string[]): string {
  return words.map((word) => word.replace(/[$.]/g, '\\$&')).join('|')
}

function read(printed: string, figure: Figure, unit: string | null, rule = RULES[figure.comparator] ?? ''): Reading {
  const interval = intervalOf(figure)
  if (!interval) return refused(`“${printed}”: ${UNCLEAR}`)
  return {
    figure,
    unit,
    sentence: `“${printed}” is read as ${intervalInWords(interval)}${unit === '%' ? unit : unit ? ` ${unit}` : ''}${rule}.`,
  }
}

const RULES: Partial<Record<Comparator, string>> = {
  about: ', ten per cent either way by Stet’s rule',
  nearly: ', up to ten per cent short by Stet’s rule',
}

function refused(sentence: string): Reading {
  const capital = sentence.replace(/^([a-z])/, (letter) => letter.toUpperCase())
  return { figure: null, unit: null, sentence: capital }
}
