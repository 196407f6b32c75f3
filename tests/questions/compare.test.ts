import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asOfRefusal, laterOf } from '../../src/questions/as-of.ts'
import { type Compared, compareFigures } from '../../src/questions/compare.ts'
import { common, type Figure, type Interval, intervalInWords, intervalOf, meet } from '../../src/questions/figure.ts'
import { figure, figures, standing } from './figures.ts'

const CUMULATIVE = { isCumulative: true }
const questions = fc.boolean().map((isCumulative) => ({ isCumulative }))

describe('A figure', () => {
  test.each<[Figure, string]>([
    [{ comparator: 'stated', low: '164', high: null }, '164'],
    [{ comparator: 'at_least', low: '26', high: null }, '26 or more'],
    [{ comparator: 'more_than', low: '8000', high: null }, 'more than 8,000'],
    [{ comparator: 'at_most', low: null, high: '5' }, '5 or less'],
    [{ comparator: 'less_than', low: null, high: '5' }, 'less than 5'],
    [{ comparator: 'between', low: '10', high: '20' }, '10 to 20'],
    [{ comparator: 'about', low: '200', high: null }, '180 to 220'],
    [{ comparator: 'about', low: '-10', high: null }, '−11 to −9'],
    [{ comparator: 'about', low: '0', high: null }, '0'],
    [{ comparator: 'nearly', low: '8000', high: null }, '7,200 or more, but under 8,000'],
    [{ comparator: 'nearly', low: '-10', high: null }, 'more than −10, but −9 at most'],
    [{ comparator: 'nearly', low: '0', high: null }, '0'],
  ])('%o is %s', (given, words) => {
    expect(intervalInWords(intervalOf(given) as Interval)).toBe(words)
  })

  test.each<Figure>([
    { comparator: 'at_least', low: null, high: null },
    { comparator: 'at_most', low: null, high: null },
    { comparator: 'between', low: '10', high: null },
    { comparator: 'between', low: '20', high: '10' },
  ])('%o gives no number', (given) => {
    expect(intervalOf(given)).toBeNull()
  })

  test('always leaves some number possible, and what two leave in common is in both', () => {
    const intervals = figures.map((one) => intervalOf(one) as Interval)
    fc.assert(
      fc.property(intervals, intervals, (one, other) => {
        expect(meet(one, one)).toBe(true)
        expect(meet(one, other)).toBe(meet(other, one))
        const shared = common(one, other)
        expect(shared !== null).toBe(meet(one, other))
        if (!shared) return
        expect(common(shared, one)).toEqual(shared)
        expect(common(shared, other)).toEqual(shared)
      }),
    )
  })

  test('that ends where another begins meets it only if both hold that number', () => {
    const [under, from] = [figure('KZ-1', 'less_than', '10', null), figure('KZ-2', 'at_least', '10', null)]
    expect(meet(under.interval as Interval, from.interval as Interval)).toBe(false)
    expect(meet(figure('KZ-1', 'at_most', '10', null).interval as Interval, from.interval as Interval)).toBe(true)
  })
})

describe('Two figures on one question', () => {
  const other = { speakerIds: [1] }
  test.each<[string, Compared, Compared, boolean, string, string | null]>([
    [
      '“at least 26” and 44 of one day',
      figure('KZ-1', 'at_least', '26', '2022-01-07'),
      figure('KZ-2', 'stated', '44', '2022-01-07'),
      true,
      'compatible',
      null,
    ],
    [
      '26 and 44 of one day',
      figure('KZ-1', 'stated', '26', '2022-01-07'),
      figure('KZ-2', 'stated', '44', '2022-01-07'),
      true,
      'conflict',
      null,
    ],
    [
      'the same, counted or not',
      figure('KZ-1', 'stated', '26', '2022-01-07'),
      figure('KZ-2', 'stated', '44', '2022-01-07'),
      false,
      'conflict',
      null,
    ],
    [
      '26 and 44 of one day by one speaker',
      figure('KZ-1', 'stated', '26', '2022-01-07'),
      figure('KZ-2', 'stated', '44', '2022-01-07', other),
      true,
      'cannot_tell',
      null,
    ],
    [
      '44, then 26 by one speaker who does not count on',
      figure('KZ-1', 'stated', '44', '2022-01-07'),
      figure('KZ-2', 'stated', '26', '2022-01-07', other),
      false,
      'conflict',
      null,
    ],
    [
      '26, a day later 44',
      figure('KZ-1', 'stated', '26', '2022-01-07'),
      figure('KZ-2', 'stated', '44', '2022-01-08'),
      true,
      'update',
      'second',
    ],
    [
      '44, a day later 26',
      figure('KZ-1', 'stated', '44', '2022-01-07'),
      figure('KZ-2', 'stated', '26', '2022-01-08'),
      true,
      'revision_downwards',
      'second',
    ],
    [
      '44, hours later 26',
      figure('KZ-1', 'stated', '44', '2022-01-07T09:00'),
      figure('KZ-2', 'stated', '26', '2022-01-07T14:30'),
      true,
      'revision_downwards',
      'second',
    ],
    [
      'at least 26, then 164',
      figure('KZ-1', 'at_least', '26', '2022-01-07'),
      figure('KZ-2', 'stated', '164', '2022-01-09'),
      true,
      'update',
      'second',
    ],
    [
      '164, then at least 26',
      figure('KZ-1', 'stated', '164', '2022-01-07'),
      figure('KZ-2', 'at_least', '26', '2022-01-09'),
      true,
      'compatible',
      'second',
    ],
    [
      '164, then fewer than 100',
      figure('KZ-1', 'stated', '164', '2022-01-07'),
      figure('KZ-2', 'less_than', '100', '2022-01-09'),
      true,
      'revision_downwards',
      'second',
    ],
    [
      '164 twice',
      figure('KZ-1', 'stated', '164', '2022-01-07'),
      figure('KZ-2', 'stated', '164', '2022-01-09'),
      true,
      'compatible',
      'second',
    ],
    [
      '44 of a month, 26 of a day in it',
      figure('KZ-1', 'stated', '44', '2022-01'),
      figure('KZ-2', 'stated', '26', '2022-01-07'),
      true,
      'cannot_tell',
      null,
    ],
    [
      '26 of a day, 44 of the month after',
      figure('KZ-1', 'stated', '44', '2022-02'),
      figure('KZ-2', 'stated', '26', '2022-01-07'),
      true,
      'update',
      'first',
    ],
    [
      '26 and 44 without a date',
      figure('KZ-1', 'stated', '26', null),
      figure('KZ-2', 'stated', '44', '2022-01-07'),
      true,
      'cannot_tell',
      null,
    ],
    [
      'at least 26 without a date, and 44',
      figure('KZ-1', 'at_least', '26', null),
      figure('KZ-2', 'stated', '44', '2022-01-07'),
      true,
      'compatible',
      null,
    ],
    [
      '30% in January, 20% in February',
      figure('KZ-1', 'stated', '30', '2022-01'),
      figure('KZ-2', 'stated', '20', '2022-02'),
      false,
      'compatible',
      'second',
    ],
    [
      'a withdrawn one',
      figure('KZ-1', 'stated', '26', '2022-01-07', { isWithdrawn: true }),
      figure('KZ-2', 'stated', '44', '2022-01-07'),
      true,
      'cannot_tell',
      null,
    ],
    [
      'one without a number',
      figure('KZ-1', 'stated', '26', '2022-01-07', { interval: null }),
      figure('KZ-2', 'stated', '44', '2022-01-07'),
      true,
      'cannot_tell',
      null,
    ],
  ])('%s', (_, first, second, isCumulative, relation, later) => {
    expect(compareFigures(first, second, { isCumulative })).toMatchObject({ relation, later })
  })

  test('are told apart in a sentence', () => {
    const [less, more] = [figure('KZ-1', 'stated', '26', '2022-01-07'), figure('KZ-2', 'at_least', '44', '2022-01-07')]
    expect(compareFigures(more, less, CUMULATIVE).reason).toBe(
      '26 and 44 or more cannot both hold as of 7 January 2022.',
    )
  })

  test('are compatible where they are one and the same', () => {
    fc.assert(
      fc.property(standing, questions, (one, question) => {
        const { relation, later } = compareFigures(one, one, question)
        expect(relation).toBe(one.isWithdrawn || !one.interval ? 'cannot_tell' : 'compatible')
        expect(later).toBeNull()
      }),
    )
  })

  test('are the same to each other whichever is named first; only “later” changes place', () => {
    fc.assert(
      fc.property(standing, standing, questions, (one, other, question) => {
        const [there, back] = [compareFigures(one, other, question), compareFigures(other, one, question)]
        const swapped = { first: 'second', second: 'first' } as const
        expect(back).toEqual({ ...there, later: there.later && swapped[there.later] })
      }),
    )
  })

  test('conflict only of one time, and update or revise only of two', () => {
    fc.assert(
      fc.property(standing, standing, questions, (one, other, question) => {
        const { relation, later } = compareFigures(one, other, question)
        if (relation === 'conflict') expect(later).toBeNull()
        if (relation === 'update' || relation === 'revision_downwards') {
          expect(later).not.toBeNull()
          expect(question.isCumulative).toBe(true)
        }
        if (one.interval && other.interval && meet(one.interval, other.interval))
          expect(['conflict', 'revision_downwards']).not.toContain(relation)
      }),
      { numRuns: 500 },
    )
  })

  test('are never put in order by a coarser date that did not order them before, nor set in conflict below the day', () => {
    const lengths = fc.constantFrom('2022'.length, '2022-01'.length, '2022-01-07'.length)
    fc.assert(
      fc.property(standing, standing, questions, lengths, (one, other, question, length) => {
        const coarser = { ...one, asOf: one.asOf?.slice(0, length) ?? null }
        const [before, after] = [compareFigures(one, other, question), compareFigures(coarser, other, question)]
        expect([null, before.later]).toContain(after.later)
        if (after.relation === 'update' || after.relation === 'revision_downwards')
          expect(after.relation).toBe(before.relation)
        if (length < '2022-01-07'.length) expect(after.relation).not.toBe('conflict')
      }),
      { numRuns: 500 },
    )
  })

  test('dates are compared at the coarser precision', () => {
    expect(laterOf('2022-01', '2022-01-07')).toBeNull()
    expect(laterOf('2022', '2022-01-07T14:30')).toBeNull()
    expect(laterOf('2021', '2022-01-07')).toBe('second')
    expect(laterOf('2022-02', '2022-01-31T23:59')).toBe('first')
    expect(laterOf(null, '2022')).toBeNull()
  })

  test('an as-of date still to come is refused; today and this month are not', () => {
    expect(asOfRefusal('2022-01-08', '2022-01-07')).toBe('The as-of date is still to come.')
    expect(
      ['2022-01-07', '2022-01', '2022', '2022-01-07T23:59'].map((asOf) => asOfRefusal(asOf, '2022-01-07')),
    ).toEqual([null, null, null, null])
  })
})
