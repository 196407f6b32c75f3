import fc from 'fast-check'
import type { Comparator } from '../../prisma/client/enums.ts'
import { compareDecimals, trimmed } from '../../src/questions/decimal.ts'
import { type Figure, intervalOf } from '../../src/questions/figure.ts'
import type { Standing } from '../../src/questions/standing.ts'

/** Canonical decimals with up to so many digits before the point. */
export const decimals = (digits: number) =>
  fc
    .tuple(
      fc.constantFrom('', '-'),
      fc.stringMatching(new RegExp(`^\\d{1,${digits}}$`)),
      fc.stringMatching(/^(\.\d{1,6})?$/),
    )
    .map(([sign, whole, fraction]) => trimmed(`${sign}${whole}${fraction}`))

/** Few numbers, so that figures meet, touch and repeat. */
const few = fc.integer({ min: -3, max: 12 }).map(String)

/** Figures whose words give a number. */
export const figures: fc.Arbitrary<Figure> = fc.oneof(
  fc.record({
    comparator: fc.constantFrom<Comparator>('stated', 'at_least', 'more_than', 'about', 'nearly'),
    low: few,
    high: fc.constant(null),
  }),
  fc.record({ comparator: fc.constantFrom<Comparator>('at_most', 'less_than'), low: fc.constant(null), high: few }),
  fc
    .tuple(few, few)
    .map((both) => both.toSorted(compareDecimals))
    .map(([low = '0', high = '0']): Figure => ({ comparator: 'between', low, high })),
)

/** Dates close together, at every precision, and none. */
export const dates = fc.option(
  fc.constantFrom(
    '2021',
    '2022',
    '2021-12',
    '2022-01',
    '2022-02',
    '2022-01-06',
    '2022-01-07',
    '2022-01-08',
    '2022-02-01',
    '2022-01-07T09:00',
    '2022-01-07T14:30',
    '2022-01-08T09:00',
  ),
)

/** Figures on a question, about one in three of them verified. */
export const standing: fc.Arbitrary<Standing> = fc.record({
  ref: fc.integer({ min: 1, max: 99 }).map((number) => `KZ-${number}`),
  interval: fc.option(figures.map(intervalOf), { freq: 12 }),
  asOf: dates,
  speakerIds: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
  isWithdrawn: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
  isSuperseded: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
  verdict: fc.constantFrom('verified' as const, 'verified' as const, 'disputed' as const, null),
})

/** A verified figure, given by one speaker, with what a test says of it. */
export function figure(
  ref: string,
  comparator: Comparator,
  number: string,
  asOf: string | null,
  more: Partial<Standing> = {},
): Standing {
  const isUpper = comparator === 'at_most' || comparator === 'less_than'
  return {
    ref,
    interval: intervalOf({ comparator, low: isUpper ? null : number, high: isUpper ? number : null }),
    asOf,
    speakerIds: [Number(ref.replace(/\D/g, ''))],
    isWithdrawn: false,
    isSuperseded: false,
    verdict: 'verified',
    ...more,
  }
}
