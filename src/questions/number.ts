import { times, trimmed } from './decimal.ts'

/** A decimal in canonical text (`1000.5`), or why what was typed is none, as a sentence. */
export type NumberRead = { number: string; refusal: null } | { number: null; refusal: string }

const DIGITS_BEFORE = 40
const DIGITS_AFTER = 20

/** What stands for a multiple, as printed after the digits; short forms as agencies write them. */
export const MULTIPLES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    k: '1000',
    thousand: '1000',
    lakh: '100000',
    lakhs: '100000',
    m: '1000000',
    mn: '1000000',
    mln: '1000000',
    mio: '1000000',
    million: '1000000',
    crore: '10000000',
    crores: '10000000',
    b: '1000000000',
    bn: '1000000000',
    billion: '1000000000',
    tn: '1000000000000',
    trn: '1000000000000',
    trillion: '1000000000000',
  }),
)

/**
 * Reads a number in digits, as typed or as printed: digits of any script; thousands parted by commas, points, spaces or apostrophes, in threes or
 * as in India; "1.5 million", "2bn", "14k". At most 40 digits before the point and 20 after it.
 *
 * Comma and point (Stet's rule, after English printing):
 * - both: the one further right parts the decimals, so `1,000.5` and `1.000,5` are the same number;
 * - a lone comma before three digits groups thousands (`1,000` is a thousand); before one or two digits, or after a nought, it is a decimal
 *   comma (`1,5` is one and a half);
 * - the same mark several times groups thousands (`1.000.000`);
 * - a lone point parts decimals, but before three digits that end in nought (`1.000`, `26.500`) it is refused: printed in English that is 1,
 *   printed in German it is a thousand, and nobody prints a thousandth that is nought.
 */
export function readNumber(typed: string): NumberRead {
  const text = inAscii(typed).trim()
  if (text === '') return refused('Write a number.')
  if (text.length > 200) return refused(TOO_LONG)
  const [, sign = '', digits = '', multiple = ''] = /^([-+]?) ?([\d.,' ]*?\d) ?([a-z]*)\.?$/i.exec(text) ?? []
  const factor = multiple === '' ? '1' : MULTIPLES.get(multiple.toLowerCase())
  if (digits === '' || factor === undefined || !/^\d|^[.,]\d/.test(digits)) return refused(NO_NUMBER)
  if (/^[1-9]\d{0,2}\.\d\d0$/.test(digits)) return refused(twoReadings(digits))
  const plain = plainOf(digits)
  if (plain === null) return refused(GROUPED_OTHERWISE)
  const number = trimmed(times(`${sign === '-' ? '-' : ''}${plain}`, factor))
  const [whole = '', fraction = ''] = number.replace('-', '').split('.')
  if (whole.length > DIGITS_BEFORE || fraction.length > DIGITS_AFTER) return refused(TOO_LONG)
  return { number, refusal: null }
}

/** Text with the digits of every script, the signs and the marks between digits as ASCII has them: `٢٦` is `26`, `−5` is `-5`. */
export function inAscii(text: string): string {
  return text
    .replace(/\p{Nd}/gu, (digit) => String(digitOf(digit)))
    .replace(/[\u2212\u2010\u2011\u2012\u2013\u2014\u2015\ufe63\uff0d]/g, '-')
    .replace(/[\u301c\uff5e]/g, '~')
    .replace(/[\uff05\u066a]/g, '%')
    .replace(/[\uff08\uff09]/g, (sign) => (sign === '\uff08' ? '(' : ')'))
    .replace(/\uff0b/g, '+')
    .replace(/[\u066b\uff0e]/g, '.')
    .replace(/[\u066c\u2019\u02bc\uff07\u00b4`]/g, "'")
    .replace(/[\u060c\uff0c]/g, ',')
    .replace(/[\u200e\u200f\u061c]/g, '')
    .replace(/\s/g, ' ')
}

const NO_NUMBER = 'Write a number in digits, such as 26, 1,500, 2.5 or 1.5 million, without a unit.'
const TOO_LONG = `A number has at most ${DIGITS_BEFORE} digits before the point and ${DIGITS_AFTER} after it.`
const GROUPED_OTHERWISE =
  'The commas and points in this number can be read in more than one way, or in none: write it as 1500.5 or 1,500.5.'

function twoReadings(digits: string): string {
  const joined = digits.replace('.', '')
  return `“${digits}” is ${joined} in some countries and ${trimmed(digits)} in others: write the one that is meant.`
}

/** The digits with one point at most; null when they are grouped in no known way. */
function plainOf(digits: string): string | null {
  const spaced = /[ ']/.test(digits)
  const [comma, point] = [digits.lastIndexOf(','), digits.lastIndexOf('.')]
  if (spaced) {
    const [, groups = '', fraction = ''] = /^([\d' ]+)(?:[.,](\d+))?$/.exec(digits) ?? []
    return /^\d{1,3}(?: \d{3})+$|^\d{1,3}(?:'\d{3})+$/.test(groups) ? joined(groups, fraction) : null
  }
  if (comma >= 0 && point >= 0) {
    const [group, at] = comma > point ? ['.', comma] : [',', point]
    const [groups, fraction] = [digits.slice(0, at), digits.slice(at + 1)]
    return isGrouped(groups, group) && /^\d+$/.test(fraction) ? joined(groups, fraction) : null
  }
  if (point >= 0) return digits.indexOf('.') < point ? grouped(digits, '.') : digits.replace(/^\./, '0.')
  if (comma < 0) return digits
  if (/^\d+,\d{1,2}$|^0,\d+$/.test(digits)) return digits.replace(',', '.')
  return grouped(digits, ',')
}

function grouped(digits: string, mark: string): string | null {
  return isGrouped(digits, mark) ? joined(digits, '') : null
}

/** In threes, or in twos before a last three, as in India (`12,34,567`). */
function isGrouped(groups: string, mark: string): boolean {
  const [first = '', ...rest] = groups.split(mark)
  if (!/^[1-9]\d{0,2}$/.test(first) || rest.length === 0) return false
  if (rest.every((group) => group.length === 3)) return true
  return (
    mark === ',' &&
    first.length < 3 &&
    rest.at(-1)?.length === 3 &&
    rest.slice(0, -1).every(({ length }) => length === 2)
  )
}

function joined(groups: string, fraction: string): string {
  return `${groups.replace(/\D/g, '')}${fraction ? `.${fraction}` : ''}`
}

/** Unicode lays the decimal digits of a script out from nought to nine, and such rows only ever follow one another whole. */
function digitOf(digit: string): number {
  const point = digit.codePointAt(0) ?? 0
  let first = point
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1
  return (point - first) % 10
}

function refused(refusal: string): NumberRead {
  return { number: null, refusal }
}
