import { compareDecimals, inDigits } from './decimal.ts'
import type { Interval } from './figure.ts'
import { isMeasured } from './unit.ts'

/** What an interval and its unit are called in a sentence: "at least 225 people", "more than 7%", "10 to 20 deaths". */
export function amountInWords({ low, lowOpen, high, highOpen }: Interval, unit: string): string {
  const of = (number: string) => (unit === '%' ? `${number}%` : `${number} ${unit}`.trim())
  const [from, to] = [low === null ? '' : inDigits(low), high === null ? '' : inDigits(high)]
  if (!from && !to) return of('any number of').replace('any number of%', 'any percentage')
  if (!to) return `${lowOpen ? 'more than' : 'at least'} ${of(from)}`
  if (!from) return `${highOpen ? (isMeasured(unit) ? 'less than' : 'fewer than') : 'at most'} ${of(to)}`
  if (from === to) return of(from)
  if (!lowOpen && !highOpen) return `${from} to ${of(to)}`
  return `${lowOpen ? 'more than' : 'at least'} ${from} and ${highOpen ? 'under' : 'at most'} ${of(to)}`
}

/** "stands" of one thing and of an amount, "stand" of several. */
export function standVerb({ low, high }: Interval, unit: string): string {
  const isOne = low !== null && high !== null && compareDecimals(low, '1') === 0 && compareDecimals(high, '1') === 0
  return isMeasured(unit) || isOne ? 'stands' : 'stand'
}

/** A list in words, at most four by name: "KZ-1, KZ-2 and KZ-3", "KZ-1, KZ-2, KZ-3 and 9 others". */
export function listed(names: readonly string[]): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} others`] : [...names]
  const last = shown.pop() ?? ''
  return shown.length ? `${shown.join(', ')} and ${last}` : last
}

/** The same words with a capital to begin with. */
export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
