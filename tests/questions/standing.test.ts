import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareFigures } from '../../src/questions/compare.ts'
import { figuresInConflict, pairsInConflict } from '../../src/questions/conflicts.ts'
import { common, compareFloors, type Interval, isBelow } from '../../src/questions/figure.ts'
import { amountInWords, listed } from '../../src/questions/phrases.ts'
import { type Standing, standingRange } from '../../src/questions/standing.ts'
import { figure, standing } from './figures.ts'

const KILLED = { isCumulative: true, unit: 'people' }
const INFLATION = { isCumulative: false, unit: '%' }
const questions = fc.constantFrom(KILLED, INFLATION)
const many = fc.array(standing, { maxLength: 12 })

describe('What stands', () => {
  test.each<[string, Standing[], typeof KILLED, string, string[], string]>([
    ['nothing', [], KILLED, 'none', [], 'Nothing is verified yet.'],
    [
      'nothing while figures are only said',
      [
        figure('KZ-1', 'stated', '26', '2022-01-07', { verdict: null }),
        figure('KZ-2', 'stated', '9', null, { verdict: 'partly_verified' }),
      ],
      KILLED,
      'none',
      [],
      'Nothing is verified yet.',
    ],
    [
      'nothing while no verified words give a number',
      [figure('KZ-1', 'stated', '26', null, { interval: null })],
      KILLED,
      'none',
      [],
      'Nothing that gives a number is verified yet.',
    ],
    [
      'the newest figure of a count',
      [figure('KZ-9', 'at_least', '26', '2022-01-07'), figure('KZ-31', 'at_least', '225', '2022-01-15')],
      KILLED,
      'range',
      ['KZ-31'],
      'At least 225 people stand: KZ-31 is verified as of 15 January 2022.',
    ],
    [
      'without one its speaker withdrew, and without one superseded',
      [
        figure('KZ-1', 'at_least', '26', '2022-01-07'),
        figure('KZ-2', 'at_least', '164', '2022-01-09', { isWithdrawn: true }),
        figure('KZ-3', 'at_least', '200', '2022-01-10', { isSuperseded: true }),
      ],
      KILLED,
      'range',
      ['KZ-1'],
      'At least 26 people stand: KZ-1 is verified as of 7 January 2022.',
    ],
    [
      'an earlier lower bound, which a later vaguer figure leaves possible',
      [figure('KZ-9', 'at_least', '164', '2022-01-09'), figure('KZ-31', 'at_most', '250', '2022-01-15')],
      KILLED,
      'range',
      ['KZ-31', 'KZ-9'],
      '164 to 250 people stand: KZ-31 is verified as of 15 January 2022 and the lower bound of KZ-9 is verified as of 9 January 2022 and still holds.',
    ],
    [
      'the later figure where it revises downwards',
      [figure('KZ-9', 'stated', '164', '2022-01-09'), figure('KZ-31', 'stated', '150', '2022-01-15')],
      KILLED,
      'range',
      ['KZ-31'],
      '150 people stand: KZ-31 is verified as of 15 January 2022. KZ-9 is revised downwards by a later figure.',
    ],
    [
      'no floor that was revised downwards in between',
      [
        figure('KZ-1', 'stated', '100', '2022-01-05'),
        figure('KZ-2', 'stated', '50', '2022-01-06'),
        figure('KZ-3', 'at_least', '40', '2022-01-07'),
      ],
      KILLED,
      'range',
      ['KZ-2'],
      'At least 50 people stand: the lower bound of KZ-2 is verified as of 6 January 2022 and still holds. KZ-1 is revised downwards by a later figure.',
    ],
    [
      'what two figures of one day have in common',
      [figure('KZ-1', 'at_least', '10', '2022-01-07'), figure('KZ-2', 'less_than', '20', '2022-01-07')],
      KILLED,
      'range',
      ['KZ-1', 'KZ-2'],
      'At least 10 and under 20 people stand: KZ-1 is verified as of 7 January 2022 and KZ-2 is verified as of 7 January 2022.',
    ],
    [
      'the higher of two of one month, in a count',
      [figure('KZ-1', 'stated', '164', '2022-01'), figure('KZ-2', 'stated', '26', '2022-01-07')],
      KILLED,
      'range',
      ['KZ-1'],
      '164 people stand: KZ-1 is verified as of January 2022.',
    ],
    [
      'nothing where two of one day cannot both hold',
      [figure('KZ-1', 'stated', '26', '2022-01-07'), figure('KZ-2', 'stated', '44', '2022-01-07')],
      KILLED,
      'contradiction',
      ['KZ-1', 'KZ-2'],
      'KZ-1 and KZ-2 are both verified and contradict each other: 26 and 44 cannot both hold as of 7 January 2022.',
    ],
    [
      'nothing where an undated figure is above a dated one',
      [figure('KZ-1', 'stated', '26', '2022-01-07'), figure('KZ-2', 'stated', '44', null)],
      KILLED,
      'contradiction',
      ['KZ-1', 'KZ-2'],
      'KZ-1 and KZ-2 are both verified, and what stands cannot be told from them. 26 and 44 are apart, and without both as-of dates they may be of different times.',
    ],
    [
      'only the newest of what rises and falls',
      [figure('KZ-1', 'stated', '8.4', '2022-01'), figure('KZ-2', 'about', '8', '2022-02')],
      INFLATION,
      'range',
      ['KZ-2'],
      '7.2 to 8.8% stands: KZ-2 is verified as of February 2022.',
    ],
    [
      'an undated figure where there is no other',
      [figure('KZ-1', 'stated', '1', null)],
      { isCumulative: true, unit: 'person' },
      'range',
      ['KZ-1'],
      '1 person stands: KZ-1 is verified, without an as-of date.',
    ],
  ])('is %s', (_, figures, question, kind, from, sentence) => {
    expect(standingRange(figures, question)).toMatchObject({ kind, from, sentence })
  })

  test('does not depend on the order of the figures', () => {
    fc.assert(
      fc.property(many, questions, (figures, question) => {
        const [there, back] = [standingRange(figures, question), standingRange(figures.toReversed(), question)]
        expect([back.kind, back.interval]).toEqual([there.kind, there.interval])
      }),
    )
  })

  test('does not change by what is unverified, superseded or withdrawn', () => {
    fc.assert(
      fc.property(many, many, questions, (figures, others, question) => {
        const aside = others.map((other) => ({ ...other, verdict: 'disputed' as const }))
        expect(standingRange([...figures, ...aside], question)).toEqual(standingRange(figures, question))
      }),
    )
  })

  test('is never empty, and rests on verified claims alone', () => {
    fc.assert(
      fc.property(many, questions, (figures, question) => {
        const { kind, interval, from } = standingRange(figures, question)
        const refs = figures
          .filter((one) => one.verdict === 'verified' && !one.isWithdrawn && !one.isSuperseded)
          .map(({ ref }) => ref)
        expect(from.filter((ref) => !refs.includes(ref))).toEqual([])
        if (kind === 'range') expect(common(interval, interval)).toEqual(interval)
      }),
      { numRuns: 500 },
    )
  })

  test('in a count never falls below the floor of a verified figure, unless a later one lies below it', () => {
    fc.assert(
      fc.property(many, (figures) => {
        const range = standingRange(figures, KILLED)
        if (range.kind !== 'range') return
        const verified = figures.filter(
          (one) => one.verdict === 'verified' && !one.isWithdrawn && !one.isSuperseded && one.interval,
        )
        for (const one of verified) {
          const isRevised = verified.some(
            (other) =>
              compareFigures(one, other, KILLED).relation === 'revision_downwards' &&
              isBelow(other.interval as Interval, one.interval as Interval),
          )
          if (!isRevised) expect(compareFloors(range.interval, one.interval as Interval)).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('Figures in conflict', () => {
  test('are found wherever any two conflict, and each named pair does', () => {
    fc.assert(
      fc.property(many, questions, (figures, question) => {
        const all = figures.map((one, at) => ({ ...one, ref: `KZ-${at}` }))
        const inConflict = (one: Standing, other: Standing) =>
          !one.isSuperseded && !other.isSuperseded && compareFigures(one, other, question).relation === 'conflict'
        const { pairs, count } = pairsInConflict(all, question)
        const named = new Set(figuresInConflict(all, question).map(({ ref }) => ref))
        expect(named).toEqual(
          new Set(all.filter((one) => all.some((other) => inConflict(one, other))).map(({ ref }) => ref)),
        )
        expect(count > 0).toBe(named.size > 0)
        for (const { first, second } of pairs) {
          const [one, other] = [first, second].map((name) => all.find(({ ref }) => ref === name))
          expect(one && other && inConflict(one, other)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('stay so whatever figure is added', () => {
    fc.assert(
      fc.property(many, standing, questions, (figures, more, question) => {
        const before = figuresInConflict(figures, question).map(({ ref }) => ref)
        const after = figuresInConflict([...figures, more], question).map(({ ref }) => ref)
        expect(after).toEqual(expect.arrayContaining(before))
      }),
    )
  })

  test('are named twenty at a time among thousands', () => {
    const crowd = Array.from({ length: 5000 }, (_, at) => figure(`KZ-${at}`, 'stated', String(at), '2022-01-07'))
    const { pairs, count } = pairsInConflict(crowd, KILLED)
    expect([pairs.length, count]).toEqual([20, 1000])
    const oneSpeaker = crowd.map((one, at) => ({ ...one, speakerIds: [1], asOf: `2022-01-0${1 + (at % 9)}` }))
    expect(figuresInConflict(oneSpeaker, KILLED)).toEqual([])
    expect(standingRange(oneSpeaker, KILLED).kind).toBe('range')
  })
})

describe('Words', () => {
  test.each<[Partial<Interval>, string, string]>([
    [{ low: '225' }, 'people', 'at least 225 people'],
    [{ low: '7', lowOpen: true }, '%', 'more than 7%'],
    [{ high: '10', highOpen: true }, 'people', 'fewer than 10 people'],
    [{ high: '10', highOpen: true }, 'EUR', 'less than 10 EUR'],
    [{ high: '1000' }, 'people', 'at most 1,000 people'],
    [{ low: '10', high: '20' }, 'deaths', '10 to 20 deaths'],
    [{}, 'people', 'any number of people'],
  ])('for %o in %s: %s', (bounds, unit, words) => {
    expect(amountInWords({ low: null, lowOpen: false, high: null, highOpen: false, ...bounds }, unit)).toBe(words)
  })

  test('name four of a list at most', () => {
    expect(listed(['KZ-1', 'KZ-2', 'KZ-3', 'KZ-4'])).toBe('KZ-1, KZ-2, KZ-3 and KZ-4')
    expect(listed(['KZ-1', 'KZ-2', 'KZ-3', 'KZ-4', 'KZ-5'])).toBe('KZ-1, KZ-2, KZ-3 and 2 others')
  })
})
