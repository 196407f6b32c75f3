import { compareDecimals, plus, times } from './decimal.ts'
import { multiplesAt, type Token } from './multiples.ts'
import { LARGE, SMALL } from './vocabulary.ts'

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

/** A number that was read, and the token after it. */
export type Step = { found: Found; next: number }

type Group = { value: number; base: number; isHundred: boolean; next: number }

/** "twenty-six", "a hundred and sixty-four", "two million three hundred thousand"; never "a" alone. Parts go down in size, or they are two numbers. */
export function cardinal(tokens: readonly Token[], at: number): Step | null {
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

/** A single number of a base and what multiplies it. */
export function exactly(base: string, factors: readonly string[] = [], thousands = 0): Found {
  const number = factors.reduce(times, base)
  return { low: number, high: number, base, factors, thousands, isShare: false, isVague: false }
}
