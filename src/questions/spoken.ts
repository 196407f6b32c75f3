import { plus, times } from './decimal.ts'
import { inAscii, MULTIPLES, readNumber } from './number.ts'
import { SIGNS } from './unit.ts'
import { LARGE, PARTS, SMALL, VAGUE } from './vocabulary.ts'

/**
 * A number found in printed words. `low` and `high` differ only for a share that has no end in decimals: a third is 33 to 34 per cent.
 * `isVague`: only a lower bound is meant ("dozens"). `base` and `factor` part "2 million", so that "1 to 2 million" can be read.
 */
export type Found = { low: string; high: string; base: string; factor: string; isShare: boolean; isVague: boolean }

/** Printed words with each number replaced by `#`, in lower case and ASCII; or why a number in them cannot be read. */
export type Spoken = { text: string; found: Found[]; refusal: string | null }

const VULGAR = { '½': 'half', '¼': 'a quarter', '¾': 'three quarters', '⅓': 'a third', '⅔': 'two thirds' } as const

type Token = { text: string; at: number }
type Step = { found: Found; next: number }

/** Finds the numbers in printed words: digits of any script, words ("a hundred and sixty-four"), shares ("two thirds", "one in five") and vague ones. */
export function spoken(words: string): Spoken {
  const text = inAscii(
    words.replace(/(\d)½/gu, '$1.5').replace(/[½¼¾⅓⅔]/gu, (sign) => ` ${VULGAR[sign as keyof typeof VULGAR]} `),
  )
    .toLowerCase()
    .replace(/[“”„"«»‘]/g, '')
    .replace(/\b(no[ -]one|not (a single|one)( one)?)\b/g, 'nobody')
  const tokens = [...text.matchAll(TOKEN)].map((match): Token => ({ text: match[0], at: match.index }))
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

// A minus only where no letter or digit stands before it: elsewhere it joins.
const TOKEN = /(?:(?<!\p{L}|[\d%] ?)-)?\d+(?:[.,']\d+| \d{3}(?!\d))*|\p{L}+|\S/gu

/** What begins at a token: a number, nothing (and how many tokens to pass over), or a sentence where digits cannot be read. */
function stepAt(tokens: readonly Token[], at: number): Step | number | string {
  const word = tokens[at]?.text ?? ''
  if (word === 'minus') return negated(stepAt(tokens, at + 1))
  const number = vague(tokens, at) ?? part(tokens, at) ?? (/\d/.test(word) ? digits(tokens, at) : cardinal(tokens, at))
  if (number === null || typeof number !== 'object') return number ?? 1
  return share(tokens, number) ?? scaledUp(tokens, number)
}

function negated(step: Step | number | string): Step | number | string {
  if (typeof step !== 'object') return step
  const { found, next } = step
  return { found: exactly(times(found.base, '-1'), found.factor), next }
}

function vague(tokens: readonly Token[], at: number): Step | null {
  const word = (offset: number) => tokens[at + offset]?.text ?? ''
  const unclear = /^(several|few|many|couple)$/.test(word(0)) ? (word(1) === 'of' ? 2 : 1) : 0
  if (unclear) {
    const factor = LARGE.get(word(unclear))
    return factor === undefined ? null : { found: vaguely(factor), next: at + unclear + 1 }
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

/** "half a million", "half a dozen", "half"; "a quarter", "a third of". */
function part(tokens: readonly Token[], at: number): Step | null {
  const word = (offset: number) => tokens[at + offset]?.text ?? ''
  const parts = /^an?$/.test(word(0)) ? PARTS.get(word(1)) : undefined
  if (parts !== undefined) return partly(tokens, 1, parts, at + 1)
  if (word(0) !== 'half') return null
  const article = /^an?$/.test(word(1)) ? 1 : 0
  const factor = LARGE.get(word(1 + article))
  if (factor === undefined) return { found: shareOf(1, 2), next: at + 1 }
  return { found: exactly(times(factor, '0.5')), next: at + 2 + article }
}

/** Digits, with what multiplies them. Ordinals ("26th"), decades and numbers in a name ("Il-76", "G20") are passed over. */
function digits(tokens: readonly Token[], at: number): Step | number | string {
  const [token, after] = [tokens[at] ?? { text: '', at: 0 }, tokens[at + 1]]
  if (isNamed(tokens, at)) return 1
  const isJoined = after?.at === endOf(token)
  if (isJoined && /^(st|nd|rd|th|s)$/.test(after.text)) return 2
  const read = readNumber(token.text)
  if (read.number === null) return read.refusal
  const factor = MULTIPLES.get(after?.text ?? '')
  const isFactor = factor !== undefined && (isJoined || (after?.text.length ?? 0) > 1)
  return isFactor
    ? { found: exactly(read.number, factor), next: at + 2 }
    : { found: exactly(read.number), next: at + 1 }
}

function isNamed(tokens: readonly Token[], at: number): boolean {
  const joint = tokens[at - 1]?.text === '-' ? 1 : 0
  const [before, after] = [tokens[at - 1 - joint], tokens[at - joint]]
  if (!before || endOf(before) !== after?.at || (joint && endOf(after) !== tokens[at]?.at)) return false
  return (
    /^\p{L}+$/u.test(before.text) &&
    !SMALL.has(before.text) &&
    !SIGNS.includes(before.text) &&
    !/^ca?$/.test(before.text)
  )
}

/** "twenty-six", "a hundred and sixty-four", "two million three hundred thousand"; never "a" alone. */
function cardinal(tokens: readonly Token[], at: number): Step | null {
  const word = (place: number) => tokens[place]?.text ?? ''
  const isArticle = /^an?$/.test(word(at)) && (LARGE.has(word(at + 1)) || word(at + 1) === 'single')
  let [total, current, base, factor] = ['0', 0, '', '']
  let next = isArticle ? at + 1 : at
  let hasAny = false
  while (next < tokens.length) {
    const place =
      hasAny && (word(next) === '-' || (word(next) === 'and' && (factor || current >= 100))) ? next + 1 : next
    const [small, large] = [SMALL.get(word(place)), LARGE.get(word(place))]
    if (small !== undefined && fits(small, current)) {
      current += small
      factor = ''
    } else if (large !== undefined && place === next && (hasAny || isArticle)) {
      base = String(current || 1)
      factor = large
      if (large === '100') current = (current || 1) * 100
      else {
        total = plus(total, times(base, large))
        current = 0
      }
    } else break
    hasAny = true
    next = place + 1
  }
  if (!hasAny) return null
  const number = plus(total, String(current))
  return { found: factor && times(base, factor) === number ? exactly(base, factor) : exactly(number), next }
}

function fits(small: number, current: number): boolean {
  if (current === 0) return true
  return small > 0 && (small < 10 ? current % 10 === 0 && current % 100 !== 10 : current % 100 === 0)
}

/** "two thirds", "one in five", "nine out of ten", "2/3", "a quarter of a million". Ordinals ("a third victim") are none. */
function share(tokens: readonly Token[], { found, next }: Step): Step | null {
  const word = (offset: number) => tokens[next + offset]?.text ?? ''
  const whole = Number(found.low)
  if (found.isShare || found.isVague || !Number.isInteger(whole) || whole < 0 || whole > 100) return null
  const joint = word(0) === '-' ? 1 : 0
  const parts = PARTS.get(word(joint))
  if (parts !== undefined) return partly(tokens, whole, parts, next + joint)
  const to = word(0) === '/' || word(0) === 'in' ? 1 : word(0) === 'out' && word(1) === 'of' ? 2 : 0
  const other = to ? (/^\d/.test(word(to)) ? digits(tokens, next + to) : cardinal(tokens, next + to)) : null
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

/** "two and a half million", "26 hundred", "5 dozen". */
function scaledUp(tokens: readonly Token[], step: Step): Step {
  const word = (offset: number) => tokens[step.next + offset]?.text ?? ''
  if (step.found.isShare || step.found.isVague) return step
  const more = word(0) === 'and' && /^an?$/.test(word(1)) ? { half: '0.5', quarter: '0.25' }[word(2)] : undefined
  const base = more ? plus(step.found.low, more) : step.found.low
  const next = more ? step.next + 3 : step.next
  const factor = LARGE.get(tokens[next]?.text ?? '')
  if (factor === undefined || step.found.factor !== '1') return { found: more ? exactly(base) : step.found, next }
  return { found: exactly(base, factor), next: next + 1 }
}

function exactly(base: string, factor = '1'): Found {
  const number = times(base, factor)
  return { low: number, high: number, base, factor, isShare: false, isVague: false }
}

function vaguely(bound: string): Found {
  return { ...exactly(bound), isVague: true }
}

/** A share in per cent, exactly or between the whole per cents around it. */
function shareOf(whole: number, of: number): Found {
  const percent = quotient(times(String(whole), '100'), of)
  const below = Math.floor((whole * 100) / of)
  const [low, high] = percent === null ? [String(below), String(below + 1)] : [percent, percent]
  return { low, high, base: low, factor: '1', isShare: true, isVague: false }
}

/** The exact quotient; null when it has no end within twenty decimals. */
function quotient(dividend: string, divisor: number): string | null {
  const grown = BigInt(dividend) * 10n ** 20n
  return grown % BigInt(divisor) === 0n ? times(String(grown / BigInt(divisor)), `0.${'1'.padStart(20, '0')}`) : null
}

function endOf(token: Token | undefined): number {
  return token ? token.at + token.text.length : 0
}
