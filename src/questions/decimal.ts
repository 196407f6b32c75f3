import { withoutEnd } from '../text.ts'

// Decimals as text, as Postgres numeric writes them: an optional minus, digits, an optional point and digits. Exact at any size.

type Scaled = { digits: bigint; scale: number }

/** The same decimal without zeros that say nothing: `007.50` is `7.5`, `-0.0` is `0`. */
export function trimmed(decimal: string): string {
  return written(scaled(decimal))
}

/** Below zero, zero or above zero, as the first decimal is below, equal to or above the second. */
export function compareDecimals(first: string, second: string): number {
  const [one, other] = aligned(first, second)
  return one < other ? -1 : one > other ? 1 : 0
}

/** The sum of two decimals. */
export function plus(first: string, second: string): string {
  const [one, other, scale] = aligned(first, second)
  return written({ digits: one + other, scale })
}

/** The product of two decimals. */
export function times(first: string, second: string): string {
  const [one, other] = [scaled(first), scaled(second)]
  return written({ digits: one.digits * other.digits, scale: one.scale + other.scale })
}

/** A decimal for people: `1,234,567.5`, with a true minus. */
export function inDigits(decimal: string): string {
  const [whole = '0', fraction] = trimmed(decimal).replace('-', '').split('.')
  const grouped = BigInt(whole).toLocaleString('en')
  return `${compareDecimals(decimal, '0') < 0 ? '−' : ''}${grouped}${fraction ? `.${fraction}` : ''}`
}

function scaled(decimal: string): Scaled {
  const [whole = '0', fraction = ''] = decimal.split('.')
  return { digits: BigInt(whole === '-' ? `-0${fraction}` : whole + fraction), scale: fraction.length }
}

function aligned(first: string, second: string): [bigint, bigint, number] {
  const [one, other] = [scaled(first), scaled(second)]
  const scale = Math.max(one.scale, other.scale)
  return [one.digits * 10n ** BigInt(scale - one.scale), other.digits * 10n ** BigInt(scale - other.scale), scale]
}

function written({ digits, scale }: Scaled): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  const fraction = withoutEnd(text.slice(text.length - scale, text.length), '0')
  const whole = text.slice(0, text.length - scale)
  return `${digits < 0n ? '-' : ''}${whole}${scale && fraction ? `.${fraction}` : ''}`
}
