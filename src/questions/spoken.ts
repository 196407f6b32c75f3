import { compareDecimals, plus, times, trimmed } from './decimal.ts'
import { eastAsian } from './east-asian.ts'
import { FOREIGN_MULTIPLES, FOREIGN_NOUNS, isForeign, PAIRED_MULTIPLES, TURKISH_THOUSAND } from './languages.ts'
import { inAscii, MULTIPLES, readNumber } from './number.ts'
import { SIGNS } from './unit.ts'
import { LARGE, PARTS, SMALL, VAGUE } from './vocabulary.ts'

/**
 * A number found in printed words. `low` and `high` differ only for a share that has no end in decimals: a third is 33 to 34 per cent.
 * `isVague`: only a lower bound is meant ("dozens"). `base` and `factors` part "2 million" and "3 hundred thousand", so that "1 to 2 million" can
 * be read; `thousands` says how often a number in digits ends in a group of three noughts ("3,000": once).
 */
export type Found = {
  low: string
  high: string
  base: string
  factors: readonly string[]
  thousands: number
  isShare: boolean
  isVague: boolean
}

/** Printed words with each number replaced by `#`, in lower case and ASCII; or why a number in them cannot be read. */
export type Spoken = { text: string; found: Found[]; refusal: string | null }

const VULGAR = { '½': 'half', '¼': 'a quarter', '¾': 'three quarters', '⅓': 'a third', '⅔': 'two thirds' } as const
const VULGAR_DECIMALS = { '½': '.5', '¼': '.25', '¾': '.75' } as const

type Token = { text: string; at: number }
type Step = { found: Found; next: number }

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

/**
 * The multiples that follow a number, as many as belong together: "hundred thousand", "thousand million", "lakh crore". A lone letter has to be
 * written against the digits: "26 m" may be metres.
 */
function multiplesAt(
  tokens: readonly Token[],
  at: number,
  known: ReadonlyMap<string, string>,
  isJoined = false,
): { factors: string[]; next: number } {
  const word = (place: number) => tokens[place]?.text ?? ''
  const pair = PAIRED_MULTIPLES.get(`${word(at)} ${word(at + 1)}`)
  if (pair !== undefined) return { factors: [pair], next: at + 2 }
  const factors: string[] = []
  let next = at
  while (next < tokens.length) {
    const name = word(next)
    const factor =
      known.get(name) ?? LARGE.get(name) ?? FOREIGN_MULTIPLES.get(name) ?? turkish(tokens, next) ?? plural(name)
    if (factor === undefined || (name.length === 1 && !(isJoined && next === at))) break
    const last = factors.at(-1)
    if (last !== undefined && !(last.length <= 6 && /^10+$/.test(last) && factor.length > last.length)) break
    factors.push(factor)
    next += 1
  }
  return { factors, next }
}

/** "2 millions", as French prints it, and "2 thousands"; not "2 billions", which are others there. */
function plural(name: string): string | undefined {
  return name === 'millions' || name === 'thousands' ? VAGUE.get(name) : undefined
}

/** The Turkish thousand, where what follows is Turkish or nothing. */
function turkish(tokens: readonly Token[], at: number): string | undefined {
  if (tokens[at]?.text !== TURKISH_THOUSAND) return undefined
  const after = tokens[at + 1]?.text ?? ''
  return after === '' || FOREIGN_NOUNS.has(after) || ['lira', 'tl', 'dolar', '.'].includes(after) ? '1000' : undefined
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

type Group = { value: number; base: number; isHundred: boolean; next: number }

/** "twenty-six", "a hundred and sixty-four", "two million three hundred thousand"; never "a" alone. Parts go down in size, or they are two numbers. */
function cardinal(tokens: readonly Token[], at: number): Step | null {
  const word = (place: number) => tokens[place]?.text ?? ''
  const isArticle = /^an?$/.test(word(at)) && (LARGE.has(word(at + 1)) || word(at + 1) === 'single')
  let group =
    isArticle && word(at + 1) !== 'single' ? articleGroup(tokens, at) : groupAt(tokens, isArticle ? at + 1 : at)
  if (!group) return null
  let [total, last, next] = ['0', '', at]
  let one: { base: string; factors: string[] } | null = null
  while (group) {
    const { factors, next: end }: { factors: string[]; next: number } = scalesAt(tokens, group.next)
    const factor = factors.reduce(times, '1')
    if (last !== '' && compareDecimals(factor, last) >= 0) break
    const isRound = group.value === group.base * (group.isHundred ? 100 : 1)
    one =
      last === '' && isRound
        ? { base: String(group.base), factors: [...(group.isHundred ? ['100'] : []), ...factors] }
        : null
    total = plus(total, times(String(group.value), factor))
    next = end
    if (factor === '1' || !/^10+$/.test(factor)) break
    last = factor
    group = groupAt(tokens, word(next) === 'and' ? next + 1 : next)
    if (group && isFollowedByHalf(tokens, group.next)) break
  }
  return { found: one ? exactly(one.base, one.factors) : exactly(total), next }
}

function isFollowedByHalf(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.text === 'and' && /^an?$/.test(tokens[at + 1]?.text ?? '')
}

/** "a hundred and five", "a thousand", "a dozen". */
function articleGroup(tokens: readonly Token[], at: number): Group {
  if (tokens[at + 1]?.text !== 'hundred') return { value: 1, base: 1, isHundred: false, next: at + 1 }
  return hundreds(tokens, 1, at + 2)
}

/** A number below a thousand, or up to ninety-nine hundreds. */
function groupAt(tokens: readonly Token[], at: number): Group | null {
  const small = smallAt(tokens, at)
  if (!small) return null
  const after = tokens[small.next]?.text === '-' ? small.next + 1 : small.next
  if (tokens[after]?.text === 'hundred' && small.value > 0) return hundreds(tokens, small.value, after + 1)
  return { value: small.value, base: small.value, isHundred: false, next: small.next }
}

/** What follows "hundred": "and sixty-four", unless that begins a number of its own ("one hundred and two hundred"). */
function hundreds(tokens: readonly Token[], base: number, at: number): Group {
  const place = /^(and|-)$/.test(tokens[at]?.text ?? '') ? at + 1 : at
  const rest = smallAt(tokens, place)
  const after = rest && tokens[rest.next]?.text === '-' ? rest.next + 1 : rest?.next
  const isOwn = !rest || rest.value === 0 || tokens[after ?? 0]?.text === 'hundred'
  if (isOwn) return { value: base * 100, base, isHundred: true, next: at }
  return { value: base * 100 + rest.value, base, isHundred: true, next: rest.next }
}

/** A number below a hundred in words. */
function smallAt(tokens: readonly Token[], at: number): { value: number; next: number } | null {
  const value = SMALL.get(tokens[at]?.text ?? '')
  if (value === undefined) return null
  if (value < 20) return { value, next: at + 1 }
  const place = tokens[at + 1]?.text === '-' ? at + 2 : at + 1
  const ones = SMALL.get(tokens[place]?.text ?? '') ?? 0
  return ones > 0 && ones < 10 ? { value: value + ones, next: place + 1 } : { value, next: at + 1 }
}

/** The multiples after a group; a hundred belongs to the group itself. */
function scalesAt(tokens: readonly Token[], at: number): { factors: string[]; next: number } {
  const place = tokens[at]?.text === '-' ? at + 1 : at
  const scales = multiplesAt(tokens, place, LARGE)
  return scales.factors.length ? scales : { factors: [], next: at }
}

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

function exactly(base: string, factors: readonly string[] = [], thousands = 0): Found {
  const number = factors.reduce(times, base)
  return { low: number, high: number, base, factors, thousands, isShare: false, isVague: false }
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
