import { plus, times } from './decimal.ts'

const DIGITS: ReadonlyMap<string, string> = new Map(
  [...'〇一二三四五六七八九'].map((sign, digit) => [sign, String(digit)] as const),
)
  .set('零', '0')
  .set('两', '2')
  .set('兩', '2')
const SMALL: ReadonlyMap<string, string> = new Map([
  ['十', '10'],
  ['百', '100'],
  ['千', '1000'],
])
const LARGE: ReadonlyMap<string, string> = new Map([
  ['万', '10000'],
  ['萬', '10000'],
  ['亿', '100000000'],
  ['億', '100000000'],
])

/** A Chinese or Japanese number that begins at a token, in digits, in signs or in both; `base` and `factor` where it is one number with its signs. */
export type EastAsian = { number: string; base: string; factor: string; next: number }

/**
 * Reads "3万", "1億2,000万", "3万5千", "二百三十" from tokens of which each sign is one. `digitsOf` reads a token of digits. Null where there is
 * no such number; `refused` where it can be read in two ways: a lone last digit after a sign stands for tens or thousands as often as for ones
 * ("三万五" is 35,000), and 兆 is a million in one country and a million millions in another.
 */
export function eastAsian(
  tokens: readonly string[],
  at: number,
  digitsOf: (token: string) => string | null,
): EastAsian | 'refused' | null {
  const read: Read = { total: '0', section: '0', current: null, small: null, large: null, signs: [], given: [] }
  let next = at
  for (; next < tokens.length; next += 1) {
    const token = tokens[next] ?? ''
    if (token === '兆') return 'refused'
    const step = isSign(token) ? withSign(read, token) : withDigit(read, token, digitsOf)
    if (step === 'end') break
    if (step === 'refused') return next === at || read.signs.length || !/^\d/.test(tokens[at] ?? '') ? 'refused' : null
  }
  if (next === at || (read.signs.length === 0 && /^\d/.test(tokens[at] ?? ''))) return null
  const { total, section, current, signs, given } = read
  const isBare = current !== null && current.length === 1 && current !== '0' && !isNought(tokens[next - 2])
  if (isBare && signs.length && signs.at(-1) !== '10') return 'refused'
  const number = plus(plus(total, section), current ?? '0')
  const factor = signs.reduce(times, '1')
  const [base = '', ...others] = given
  const isOne = others.length === 0 && base !== '' && times(base, factor) === number
  return { number, base: isOne ? base : number, factor: isOne ? factor : '1', next }
}

/** What was read so far: whole sections, the one at hand, a digit not yet multiplied, the last signs, all signs and all digits. */
type Read = {
  total: string
  section: string
  current: string | null
  small: string | null
  large: string | null
  signs: string[]
  given: string[]
}

function isSign(token: string): boolean {
  return SMALL.has(token) || LARGE.has(token)
}

function isNought(token: string | undefined): boolean {
  return token === '零' || token === '〇'
}

function withDigit(read: Read, token: string, digitsOf: (token: string) => string | null): 'end' | 'refused' | null {
  const digit = DIGITS.get(token) ?? (/^\d/.test(token) ? digitsOf(token) : undefined)
  if (digit === undefined) return 'end'
  if (digit === null || (read.current !== null && read.current !== '0')) return 'refused'
  read.current = digit
  if (digit !== '0') read.given.push(digit)
  return null
}

/** Signs go down within a section, and sections go down; only "万亿" multiplies one by the other. */
function withSign(read: Read, token: string): 'refused' | null {
  const [small, large] = [SMALL.get(token), LARGE.get(token)]
  if (small !== undefined) {
    if (read.small !== null && small.length >= read.small.length) return 'refused'
    read.section = plus(read.section, times(read.current ?? '1', small))
    read.small = small
    read.signs.push(small)
  } else if (large !== undefined) {
    const amount = plus(read.section, read.current ?? '0')
    const isProduct = amount === '0' && read.large === '10000' && large === '100000000'
    if (!isProduct && (amount === '0' || (read.large !== null && large.length >= read.large.length))) return 'refused'
    read.total = isProduct ? times(read.total, large) : plus(read.total, times(amount, large))
    ;[read.section, read.small, read.large] = ['0', null, large]
    read.signs.push(large)
  }
  read.current = null
  return null
}
