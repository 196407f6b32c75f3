import type { Comparator } from '../../prisma/client/enums.ts'
import type { Found } from './cardinal.ts'
import { compareDecimals, times } from './decimal.ts'
import { type Figure, intervalInWords, intervalOf } from './figure.ts'
import { FOREIGN_RANGES } from './languages.ts'
import { isCounted, isPassedAfter, isPassedAnywhere, wordsOf } from './neighbours.ts'
import { qualifiersOf } from './qualifiers.ts'
import { spoken } from './spoken.ts'
import { NAMES, SIGNS } from './unit.ts'

/**
 * What printed words mean: a figure, with the unit where one is printed ("%", "$", "tenge"), or a refusal, where they give no number of their
 * own. `isShare`: the words are a part of a whole ("half", "one in five"), so that the unit is per cent though none is printed. `sentence` says either,
 * for somebody to confirm.
 */
export type Reading =
  | { figure: Figure; unit: string | null; isShare: boolean; sentence: string }
  | { figure: null; unit: null; isShare: false; sentence: string }

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
  const no = (sentence: string) => refused(`“${printed}”: ${sentence}`)
  for (const [shape, sentence] of NO_FIGURE) if (shape.test(text)) return no(sentence)

  const { bare, units } = withoutUnits(text)
  const unit = units.find((one) => one !== null) ?? null
  if (!areOne(units, text)) return no(SEVERAL)
  const share = found.some(({ isShare }) => isShare) ? '%' : null
  const [first, second] = found
  if (!first) return isNobody(bare) ? read(printed, put('stated', nought), unit) : no(NO_NUMBER)
  const parts = bare.split('#')
  const isTwice = second && found.length === 2 && isSaidTwice(parts, first, second)
  if (found.length > 2 || (second && !isTwice && found.length !== 2)) return no(SEVERAL)
  if (second && !isTwice) {
    const range = rangeOf(parts, [first, second], units)
    return typeof range === 'string' ? no(range) : read(printed, range, unit, share)
  }
  const [before = '', after = ''] = isTwice ? [parts[0], parts[2]?.replace(/^ ?\)/, '')] : parts
  const { comparators, unknown } = qualifiersOf(before, after)
  if (unknown !== null) return no(unknownWord(unknown))
  const [comparator = 'stated', other] = comparators
  if (other) return no(UNCLEAR)
  if (!first.isVague) return read(printed, put(comparator, first), unit, share)
  if (!/^(stated|at_least|about)$/.test(comparator)) return no(UNCLEAR)
  return read(printed, put('at_least', first), unit, null, ', a lower bound by ACLED’s rule')
}

/** Why no number is read beside a word that may multiply it, bound it or be a unit. */
function unknownWord(word: string): string {
  return `“${word}” beside the number may change it, and is not known here. Give the number by hand.`
}

/** "26 (twenty-six)". */
function isSaidTwice([, between = '', after = '']: readonly string[], first: Found, second: Found): boolean {
  return (
    between.trim() === '(' &&
    /^ ?\)/.test(after) &&
    first.low === second.low &&
    first.high === second.high &&
    !first.isVague &&
    !second.isVague
  )
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

/** "no civilians", "none", "nobody was hurt": nobody or nothing that is counted, and no word that decides otherwise. */
function isNobody(text: string): boolean {
  const [, word, rest = ''] =
    /^(?:there (?:was|were|are|is) )?(no|none|nobody|not any)(?![\p{L}\d])(.*)$/u.exec(text) ?? []
  if (!word) return false
  const words = wordsOf(rest)
  const isNoun = (one: string | undefined) =>
    one !== undefined && (isCounted(one) || isCounted(one.replace(/ies$/, 'y').replace(/s$/, '')))
  const isNamed =
    word === 'none' || word === 'nobody' || isNoun(words[0]) || (isPassedAfter(words[0] ?? '') && isNoun(words[1]))
  return isNamed && words.every(isPassedAnywhere)
}

const nought: Found = { low: '0', high: '0', base: '0', factors: [], thousands: 0, isShare: false, isVague: false }

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

/** "10 to 20", "10-20", "between 10 and 20", "10 or 20", "zwischen 10 und 20"; or why the two numbers are no range. */
function rangeOf(
  parts: readonly string[],
  [first, second]: readonly [Found, Found],
  units: readonly (string | null)[],
): Figure | string {
  const [before = '', joint = '', after = ''] = parts
  const [lead, word] = [before.trim(), joint.replace(/^ ?- ?(?=\p{L})|(?<=\p{L}) ?- ?$/gu, '').trim()]
  const opener = RANGES.find(({ opens, joints }) => joints.includes(word) && opens.some((open) => wordsEnd(lead, open)))
  if (!opener && (/\bbetween$/.test(lead) || !/^(to|-|~|or|through|bis|ila|إلى|至|到|から)$/.test(word))) return SEVERAL
  if (
    /\b(rose|risen|rise|rises|rising|up|increas\w+|fell|fall\w*|down|drop\w*|grew|grow\w*|climb\w*|jump\w*|soar\w*|cut|chang\w+)\b/.test(
      lead,
    )
  )
    return 'it tells of a change from one number to another. Each belongs in a claim of its own.'
  if (first.isVague || second.isVague) return SEVERAL
  const open = opener?.opens.find((one) => wordsEnd(lead, one)) ?? ''
  const { comparators, unknown } = qualifiersOf(
    `${lead.slice(0, lead.length - open.length).replace(/\b(anywhere|somewhere)\b/g, '')} `,
    after,
  )
  if (unknown !== null) return unknownWord(unknown)
  if (comparators.some((comparator) => comparator !== 'about')) return UNCLEAR
  const low = sharedMultiple(first, second)
  if (low === null || (low !== first.low && units[0] !== null && units[1] !== null)) return SHARED
  if (compareDecimals(low, second.high) > 0) return 'the first number is above the second one.'
  return { comparator: 'between', low, high: second.high }
}

const RANGES = [
  { opens: ['between'], joints: ['and', 'to', '-'] },
  { opens: ['from'], joints: ['to', '-', 'through'] },
  ...FOREIGN_RANGES,
]
const SHARED = 'the first number may share the multiple of the second one, or stand as it is. Give both by hand.'

function wordsEnd(text: string, phrase: string): boolean {
  return text === phrase || text.endsWith(` ${phrase}`)
}

/**
 * The first number of a range with the multiple that it shares with the second, the largest under which it stays below it: "2 to 3 million",
 * "two to three hundred thousand", "20-30,000". Null where it may share one or not: "2 to 3,500", "1 to 50,000".
 */
function sharedMultiple(first: Found, second: Found): string | null {
  const isShort = !first.isShare && first.thousands === 0 && first.factors.every((factor) => factor === '100')
  if (!isShort || second.isShare || compareDecimals(first.low, '0') <= 0 || compareDecimals(first.low, '1000') >= 0)
    return first.low
  if (compareDecimals(first.low, second.low) >= 0) return first.low
  if (second.factors.length) {
    for (let at = 0; at < second.factors.length; at += 1) {
      const shared = second.factors.slice(at).reduce(times, first.low)
      const order = compareDecimals(shared, second.low)
      if (order < 0) return shared
      if (order === 0) return null
    }
    return first.low
  }
  if (compareDecimals(times(first.low, '1000'), second.low) > 0) return first.low
  const all = times(first.low, `1${'000'.repeat(second.thousands)}`)
  const isShared =
    second.thousands > 0 && compareDecimals(all, second.low) < 0 && compareDecimals(times(all, '10'), second.low) >= 0
  return isShared && !first.low.includes('.') && first.factors.length === 0 ? all : null
}

export const SIGN = new RegExp(`(?<![\\p{L}])(${alternatives(SIGNS)}) ?#`, 'u')
export const NAME = new RegExp(`# ?-?(?:of |de |d')?(${alternatives(NAMES)})(?![\\p{L}])`, 'u')
export const ANY_SIGN = new RegExp(`(${alternatives(SIGNS)}) ?#`, 'u')

/** The words without the units beside their numbers, and the unit of each number; null where it has none. */
function withoutUnits(text: string): { bare: string; units: (string | null)[] } {
  const units: (string | null)[] = (text.match(/#/g) ?? []).map(() => null)
  let bare = text
  for (const shape of [SIGN, NAME])
    for (let match = shape.exec(bare); match; match = shape.exec(bare)) {
      const at = bare.slice(0, match.index).split(/[#\uE000]/).length - 1
      units[at] ??= asWritten(match[1] ?? '')
      bare = `${bare.slice(0, match.index)}\uE000${bare.slice(match.index + match[0].length)}`
    }
  return { bare: bare.replaceAll('\uE000', '#'), units }
}

/** Whether the units beside the numbers are one: each number has it, or the last ("10-20%"), or a sign before the first ("$2 to 3 million"). */
function areOne(units: readonly (string | null)[], text: string): boolean {
  const own = new Set(units.filter((unit) => unit !== null))
  if (own.size > 1) return false
  return units.length < 2 || own.size === 0 || units.at(-1) !== null || ANY_SIGN.test(text)
}

/** As it is usually written: `EUR`, `US$`, `°C`; per cent as a sign. */
function asWritten(unit: string): string {
  if (/^(per ?cent|pct)$/.test(unit)) return '%'
  return /^[a-z]{3}$|^us\$$|^°[cf]$/.test(unit) && unit !== 'yen' ? unit.toUpperCase() : unit
}

function alternatives(words: readonly string[]): string {
  return words.map((word) => word.replace(/[$.]/g, '\\$&')).join('|')
}

function read(
  printed: string,
  figure: Figure,
  ownUnit: string | null,
  share: '%' | null = null,
  rule = RULES[figure.comparator] ?? '',
): Reading {
  const interval = intervalOf(figure)
  if (!interval) return refused(`“${printed}”: ${UNCLEAR}`)
  const unit = ownUnit ?? share
  return {
    figure,
    unit,
    isShare: unit !== null && ownUnit === null,
    sentence: `“${printed}” is read as ${intervalInWords(interval)}${unit === '%' ? unit : unit ? ` ${unit}` : ''}${rule}.`,
  }
}

const RULES: Partial<Record<Comparator, string>> = {
  about: ', ten per cent either way by Stet’s rule',
  nearly: ', up to ten per cent short by Stet’s rule',
}

function refused(sentence: string): Reading {
  const capital = sentence.replace(/^([a-z])/, (letter) => letter.toUpperCase())
  return { figure: null, unit: null, isShare: false, sentence: capital }
}
