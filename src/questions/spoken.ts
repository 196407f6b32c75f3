import { cardinal, exactly, type Found, type Step } from './cardinal.ts'
import { plus, times, trimmed } from './decimal.ts'
import { eastAsian } from './east-asian.ts'
import { isForeign } from './languages.ts'
import { multiplesAt, type Token } from './multiples.ts'
import { inAscii, MULTIPLES, readNumber } from './number.ts'
import { SIGNS } from './unit.ts'
import { LARGE, PARTS, SMALL, VAGUE } from './vocabulary.ts'

/** Printed words with each number replaced by `#`, in lower case and ASCII; or why a number in them cannot be read. */
export type Spoken = { text: string; found: Found[]; refusal: string | null }

const VULGAR = { '½': 'half', '¼': 'a quarter', '¾': 'three quarters', '⅓': 'a third', '⅔': 'two thirds' } as const
const VULGAR_DECIMALS = { '½': '.5', '¼': '.25', '¾': '.75' } as const

/** Finds the numbers in printed words: digits of any script, words ("a hundred and sixty-four"), shares ("two thirds", "one in five") and vague ones. */
export function spoken(words: string): Spoken {
  const printed = inAscii(
    words
      .replace(/\p{Cf}/gu, '')
      .replaceAll('#', '№')
      .replace(/(?<=\d)[½¼¾]/gu, (sign) => VULGAR_DECIMALS[sign as keyof typeof VULGAR_DECIMALS])
      .replace(/[½¼¾⅓⅔]/gu, (sign) => ` ${VULGAR[sign as keyof typeof VULGAR]} `),
  )
  const text = withoutArabicMarks(printed.toLowerCase())
    .replace(/[“”„"«»‘]/g, '')
    .replace(/\b(no[ -]one|not (a single|one)( one)?)\b/g, 'nobody')
  const tokens = [...text.matchAll(TOKEN)].map((match): Token => ({ text: match[0], at: match.index }))
  const refusal = twoMeanings(printed, tokens)
  if (refusal) return { text, found: [], refusal }
  const found: Found[] = []
  let [shown, last, at] = ['', 0, 0]
  while (at < tokens.length) {
    const step = stepAt(tokens, at)
    if (typeof step === 'string') return { text, found: [], refusal: step }
    if (typeof step === 'number') {
      at += step
      continue
    }
    found.push(step.found)
    shown += `${text.slice(last, tokens[at]?.at)}#`
    last = endOf(tokens[step.next - 1])
    at = step.next
  }
  return { text: `${shown}${text.slice(last)}`.replace(/\s+/g, ' ').trim(), found, refusal: null }
}

// A minus only where no letter or digit stands before it: elsewhere it joins. A point or comma leads a number only where none stands before it.
const TOKEN =
  /(?:(?<!\p{L}|[\d%.,] ?)-)?(?:(?<![\d\p{L}.,%)])[.,])?\d+(?:[.,']\d+| \d{3}(?!\d))*|\p{Script=Han}|(?:(?!\p{Script=Han})\p{L})+|\S/gu

/** Text without the vowel signs and the lengthening that Arabic may be printed with or without. */
function withoutArabicMarks(text: string): string {
  return text.replace(/[\u064b-\u0652\u0640]/g, '')
}

/**
 * Why a number depends on the language that it is printed in: "Billion" is 10^9 in English and 10^12 in German, as "billion" is in French; and
 * beside words of another language "1.500" and "1,500" may be either.
 */
function twoMeanings(printed: string, tokens: readonly Token[]): string | null {
  const words = tokens.map(({ text }) => text)
  const isOther = isForeign(words)
  const isGerman = /\bBillion\b|\bTrillion\b|\d[- ]?Bn\b/.test(printed) || /\b[bt]r?illions? (de |d')/i.test(printed)
  if (isGerman || (isOther && words.some((word) => /^(billion|trillion|bn|tn)s?$/.test(word))))
    return 'A “billion” is 1,000,000,000 in English and 1,000,000,000,000 in German or French: write the number that is meant.'
  if (/\b\d+,\d{1,2}[ -]?(billion|trillion|bn|tn|trn)\b/i.test(printed))
    return 'A “billion” after a decimal comma is not an English one: write the number that is meant.'
  const lone = words.find((word, at) => /^-?\d{1,3}[.,]\d{3}$/.test(word) && isUnsure(word, words[at + 1], isOther))
  return lone === undefined
    ? null
    : `“${lone}” is ${lone.replace(/[.,]/, '')} in some countries and ${trimmed(lone.replace(',', '.'))} in others: write the one that is meant.`
}

/** Whether a lone mark before three digits may group them: a comma only beside another language's words, a point unless a multiple or % follows. */
function isUnsure(word: string, after: string | undefined, isOther: boolean): boolean {
  if (word.includes(',')) return isOther
  return isOther || !(MULTIPLES.has(after ?? '') || after === '%' || after === 'per' || after === 'percent')
}

/** What begins at a token: a number, nothing (and how many tokens to pass over), or a sentence where digits cannot be read. */
function stepAt(tokens: readonly Token[], at: number): Step | number | string {
  const word = tokens[at]?.text ?? ''
  if (word === 'minus') return negated(stepAt(tokens, at + 1))
  const number =
    vague(tokens, at) ??
    part(tokens, at) ??
    signs(tokens, at) ??
    (/\d/.test(word) ? digits(tokens, at) : cardinal(tokens, at))
  if (number === null || typeof number !== 'object') return number ?? 1
  return share(tokens, number) ?? scaledUp(tokens, number)
}

function negated(step: Step | number | string): Step | number | string {
  if (typeof step !== 'object') return step
  const { found, next } = step
  return { found: exactly(times(found.base, '-1'), found.factors), next }
}

function vague(tokens: readonly Token[], at: number): Step | null {
  const word = (offset: number) => tokens[at + offset]?.text ?? ''
  const unclear = /^(several|few|many|couple)$/.test(word(0)) ? (word(1) === 'of' ? 2 : 1) : 0
  if (unclear) {
    const { factors, next } = multiplesAt(tokens, at + unclear, LARGE)
    return factors.length === 0 ? null : { found: vaguely(factors.reduce(times)), next }
  }
  let [bound, next] = [VAGUE.get(word(0)), at + 1]
  if (bound === undefined) return null
  while (tokens[next]?.text === 'of') {
    const factor = VAGUE.get(tokens[next + 1]?.text ?? '')
    if (factor === undefined) break
    bound = times(bound, factor)
    next += 2
  }
  return { found: vaguely(bound), next }
}

/** "half a million", "a half-dozen", "half-a-dozen", "half"; "a quarter", "a third of". */
function part(tokens: readonly Token[], at: number): Step | null {
  const word = (place: number) => tokens[place]?.text ?? ''
  const article = /^an?$/.test(word(at)) ? 1 : 0
  const parts = article ? PARTS.get(word(at + 1)) : undefined
  if (word(at + article) === 'half') {
    let next = at + article + 1
    const isJoined = word(next) === '-'
    if (isJoined) next += 1
    if (/^an?$/.test(word(next))) next += word(next + 1) === '-' ? 2 : 1
    const { factors, next: end } = multiplesAt(tokens, next, LARGE)
    if (factors.length) return { found: exactly(times(factors.reduce(times), '0.5')), next: end }
    if (!article) return { found: shareOf(1, 2), next: at + 1 }
  }
  return parts === undefined ? null : partly(tokens, 1, parts, at + 1)
}

/** A number with Chinese or Japanese signs: "3万", "二百". */
function signs(tokens: readonly Token[], at: number): Step | string | null {
  const words = tokens.map(({ text }) => text)
  if (
    /^\d/.test(words[at] ?? '')
      ? !/^\p{Script=Han}$/u.test(words[at + 1] ?? '')
      : !/^\p{Script=Han}$/u.test(words[at] ?? '')
  )
    return null
  const read = eastAsian(words, at, (token) => readNumber(token).number)
  if (read === null) return null
  if (read === 'refused') return 'The Chinese or Japanese signs of this number can be read in more than one way.'
  return { found: exactly(read.base, read.factor === '1' ? [] : [read.factor]), next: read.next }
}

/** Digits, with what multiplies them. Ordinals ("26th"), decades and numbers in a name ("Il-76", "G20") are passed over. */
function digits(tokens: readonly Token[], at: number): Step | number | string {
  const [token, after] = [tokens[at] ?? { text: '', at: 0 }, tokens[at + 1]]
  if (isNamed(tokens, at)) return 1
  const isJoined = after?.at === endOf(token)
  if (isJoined && /^(st|nd|rd|th|s)$/.test(after.text)) return 2
  const read = readNumber(token.text)
  if (read.number === null) return read.refusal
  const isHyphened = isJoined && after.text === '-'
  const isWordJoined = isHyphened && tokens[at + 2]?.at === endOf(after)
  const { factors, next } = isHyphened
    ? isWordJoined
      ? multiplesAt(tokens, at + 2, LARGE)
      : { factors: [], next: at + 1 }
    : multiplesAt(tokens, at + 1, MULTIPLES, isJoined)
  if (factors.length === 0) return { found: exactly(read.number, [], thousandsIn(token.text)), next: at + 1 }
  return { found: exactly(read.number, factors), next }
}

/** How often digits grouped in threes end in a group of noughts. */
function thousandsIn(digits: string): number {
  return (/(?:[,. ']000)*$/.exec(digits)?.[0].length ?? 0) / 4
}

function isNamed(tokens: readonly Token[], at: number): boolean {
  const joint = tokens[at - 1]?.text === '-' ? 1 : 0
  const [before, after] = [tokens[at - 1 - joint], tokens[at - joint]]
  if (!before || endOf(before) !== after?.at || (joint && endOf(after) !== tokens[at]?.at)) return false
  return (
    /^(?!\p{Script=Han})\p{L}+$/u.test(before.text) &&
    !SMALL.has(before.text) &&
    !SIGNS.includes(before.text) &&
    !JOINING.test(before.text)
  )
}

// "ca.500", "26-to-30": not names.
const JOINING = /^(ca?|to|or|and)$/

/** "two thirds", "one in five", "nine out of ten", "2/3", "a quarter of a million". Ordinals ("a third victim") are none. */
function share(tokens: readonly Token[], { found, next }: Step): Step | null {
  const word = (offset: number) => tokens[next + offset]?.text ?? ''
  const whole = Number(found.low)
  if (found.isShare || found.isVague || !Number.isInteger(whole) || whole < 0 || whole > 100) return null
  const joint = word(0) === '-' ? 1 : 0
  const parts = PARTS.get(word(joint))
  if (parts !== undefined) return partly(tokens, whole, parts, next + joint)
  const to =
    word(joint) === '/' || word(joint) === 'in'
      ? joint + 1
      : word(joint) === 'out' && word(joint + 1) === 'of'
        ? joint + 2
        : 0
  const from = next + to + (joint && word(to) === '-' ? 1 : 0)
  const other = to ? (/^\d/.test(tokens[from]?.text ?? '') ? digits(tokens, from) : cardinal(tokens, from)) : null
  if (!other || typeof other !== 'object') return null
  const of = Number(other.found.low)
  const isTime = /^(years?|months?|weeks?|days?|hours?|minutes?)$/.test(tokens[other.next]?.text ?? '')
  return Number.isInteger(of) && of > whole && of <= 100 && !isTime
    ? { found: shareOf(whole, of), next: other.next }
    : null
}

function partly(tokens: readonly Token[], whole: number, parts: number, at: number): Step | null {
  const [name = '', of, article, large = ''] = [0, 1, 2, 3].map((offset) => tokens[at + offset]?.text)
  const isSure = name.endsWith('s') || /^(half|quarter)$/.test(name)
  if (!isSure && of !== undefined && of !== 'of') return null
  const factor = of === 'of' && article === 'a' ? LARGE.get(large) : undefined
  if (factor === undefined) return { found: shareOf(whole, parts), next: at + 1 }
  const parted = quotient(times(factor, String(whole)), parts)
  return parted === null ? null : { found: exactly(parted), next: at + 4 }
}

/** "two and a half million", "two-and-a-half", "a million and a half", "26 hundred", "5 dozen". */
function scaledUp(tokens: readonly Token[], step: Step): Step {
  const { found } = step
  if (found.isShare || found.isVague) return step
  const words = tokens.slice(step.next, step.next + 6).map(({ text }) => text)
  const [joint, article, more] = words.filter((word) => word !== '-')
  const fraction =
    joint === 'and' && /^an?$/.test(article ?? '') ? { half: '0.5', quarter: '0.25' }[more ?? ''] : undefined
  const next = fraction ? step.next + words.indexOf(more ?? '') + 1 : step.next
  if (found.factors.length) {
    const last = found.factors.at(-1) ?? '1'
    const isPart = fraction !== undefined && last !== '100' && !found.base.includes('.')
    return isPart ? { found: exactly(plus(found.base, fraction), found.factors), next } : step
  }
  const place = tokens[next]?.text === '-' && fraction ? next + 1 : next
  const { factors, next: end } = fraction ? multiplesAt(tokens, place, LARGE) : { factors: [], next }
  if (!fraction) return step
  const base = plus(found.low, fraction)
  return factors.length ? { found: exactly(base, factors), next: end } : { found: exactly(base), next }
}

function vaguely(bound: string): Found {
  return { ...exactly(bound), isVague: true }
}

/** A share in per cent, exactly or between the whole per cents around it. */
function shareOf(whole: number, of: number): Found {
  const percent = quotient(times(String(whole), '100'), of)
  const below = Math.floor((whole * 100) / of)
  const [low, high] = percent === null ? [String(below), String(below + 1)] : [percent, percent]
  return { low, high, base: low, factors: [], thousands: 0, isShare: true, isVague: false }
}

/** The exact quotient; null when it has no end within twenty decimals. */
function quotient(dividend: string, divisor: number): string | null {
  const grown = BigInt(dividend) * 10n ** 20n
  return grown % BigInt(divisor) === 0n ? times(String(grown / BigInt(divisor)), `0.${'1'.padStart(20, '0')}`) : null
}

function endOf(token: Token | undefined): number {
  return token ? token.at + token.text.length : 0
}
