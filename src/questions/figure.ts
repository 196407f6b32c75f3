import type { Comparator } from '../../prisma/client/enums.ts'
import { compareDecimals, inDigits, times } from './decimal.ts'

/** What a claim's figure says, decimals as text. A figure whose words give no number has neither bound. */
export type Figure = { comparator: Comparator; low: string | null; high: string | null }

/** Every number a figure leaves possible. A bound of null is none at all; an open bound is not itself possible. */
export type Interval = { low: string | null; lowOpen: boolean; high: string | null; highOpen: boolean }

/**
 * The interval of a figure, by Stet's rule; null when its words give no number.
 *
 * | comparator | number | interval |
 * |---|---|---|
 * | stated | n | [n, n] |
 * | at_least, more_than | n | [n, ∞), (n, ∞) |
 * | at_most, less_than | n | (−∞, n], (−∞, n) |
 * | between | m, n | [m, n] |
 * | about | n | [0.9 n, 1.1 n], below nought [1.1 n, 0.9 n] |
 * | nearly | n | [0.9 n, n), below nought (n, 0.9 n]; nearly nought is nought |
 */
export function intervalOf({ comparator, low, high }: Figure): Interval | null {
  if (comparator === 'at_most' || comparator === 'less_than')
    return high === null ? null : { low: null, lowOpen: false, high, highOpen: comparator === 'less_than' }
  if (low === null) return null
  switch (comparator) {
    case 'between':
      return high === null || compareDecimals(low, high) > 0 ? null : closed(low, high)
    case 'at_least':
      return { ...closed(low, low), high: null }
    case 'more_than':
      return { ...closed(low, low), lowOpen: true, high: null }
    case 'about':
      return inOrder(times(low, '0.9'), times(low, '1.1'))
    case 'nearly':
      return nearly(low)
    case 'stated':
      return closed(low, low)
  }
}

/** Whether some number is in both intervals. */
export function meet(first: Interval, second: Interval): boolean {
  return !isBelow(first, second) && !isBelow(second, first)
}

/** Whether every number of the first interval is below every number of the second. */
export function isBelow(first: Interval, second: Interval): boolean {
  if (first.high === null || second.low === null) return false
  const order = compareDecimals(first.high, second.low)
  return order < 0 || (order === 0 && (first.highOpen || second.lowOpen))
}

/** The numbers in both intervals; null when there are none. */
export function common(first: Interval, second: Interval): Interval | null {
  if (!meet(first, second)) return null
  const floor = compareFloors(first, second) >= 0 ? first : second
  const ceiling = compareCeilings(first, second) <= 0 ? first : second
  return { low: floor.low, lowOpen: floor.lowOpen, high: ceiling.high, highOpen: ceiling.highOpen }
}

/** Below zero, zero or above zero, as the first interval begins below, with or above the second. */
export function compareFloors(first: Interval, second: Interval): number {
  if (first.low === null || second.low === null) return Number(first.low !== null) - Number(second.low !== null)
  return compareDecimals(first.low, second.low) || Number(first.lowOpen) - Number(second.lowOpen)
}

/** Below zero, zero or above zero, as the first interval ends below, with or above the second. */
export function compareCeilings(first: Interval, second: Interval): number {
  if (first.high === null || second.high === null) return Number(first.high === null) - Number(second.high === null)
  return compareDecimals(first.high, second.high) || Number(second.highOpen) - Number(first.highOpen)
}

/** An interval in words: `164`, `26 or more`, `more than 26`, `10 to 20`, `7,200 or more, but under 8,000`. */
export function intervalInWords({ low, lowOpen, high, highOpen }: Interval): string {
  const [from, to] = [low === null ? '' : inDigits(low), high === null ? '' : inDigits(high)]
  if (from === '' && to === '') return 'any number'
  if (to === '') return lowOpen ? `more than ${from}` : `${from} or more`
  if (from === '') return highOpen ? `less than ${to}` : `${to} or less`
  if (from === to) return from
  if (!lowOpen && !highOpen) return `${from} to ${to}`
  return `${lowOpen ? `more than ${from}` : `${from} or more`}, but ${highOpen ? `under ${to}` : `${to} at most`}`
}

function nearly(number: string): Interval {
  const order = compareDecimals(number, '0')
  if (order === 0) return closed(number, number)
  const within = inOrder(times(number, '0.9'), number)
  return order > 0 ? { ...within, highOpen: true } : { ...within, lowOpen: true }
}

function inOrder(first: string, second: string): Interval {
  return compareDecimals(first, second) <= 0 ? closed(first, second) : closed(second, first)
}

function closed(low: string, high: string): Interval {
  return { low, lowOpen: false, high, highOpen: false }
}
