import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Position } from '../../prisma/client/enums.ts'
import { listClaims, NO_FILTER } from '../../src/claims/list.store.ts'
import { compareFigures } from '../../src/questions/compare.ts'
import { intervalOf } from '../../src/questions/figure.ts'
import { figuresOf } from '../../src/questions/figures.store.ts'
import { isGivenUp } from '../../src/questions/withdrawal.ts'
import { type Desk, desk } from '../support/app.ts'
import { type Builder, build } from '../support/build.ts'
import { dates, figures } from './figures.ts'

let it: Desk
let made: Builder
let story: { id: number }
let parties: number[]
let sources: number[]
beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
  story = await made.aStory()
  parties = []
  for (const name of ['Ministry', 'Prosecutor', 'Channel']) parties.push((await made.aParty({ name })).id)
  sources = []
  for (const publisherId of [null, ...parties]) sources.push((await made.aSource({ publisherId })).id)
})
afterAll(() => it.close())

const sayings = fc.array(
  fc.record({
    speaker: fc.option(fc.integer({ min: 0, max: 2 }), { freq: 6 }),
    source: fc.integer({ min: 0, max: 3 }),
    position: fc.constantFrom<Position>(...Object.values(Position), 'asserts', 'asserts', 'asserts'),
  }),
  { maxLength: 3 },
)
const claims = fc.array(fc.record({ figure: figures, asOf: dates, sayings }), { minLength: 2, maxLength: 8 })

describe('A list narrowed to figures in conflict', () => {
  test('has the claims that the comparison finds in conflict with another, and no more', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(claims, fc.boolean(), async (given, isCumulative) => {
        const question = await made.aQuestion(story.id, { isCumulative })
        await made.manyClaims(given.length, (index) => {
          const { figure, asOf, sayings } = given[index] as (typeof given)[number]
          return {
            storyId: story.id,
            stage: 'submitted',
            questionId: question.id,
            figureComparator: figure.comparator,
            figureLow: figure.low,
            figureHigh: figure.high,
            figureWording: 'printed',
            figureAsOf: asOf,
            attributions: sayings.map(({ speaker, source, position }) => ({
              sourceId: sources[source] as number,
              speakerId: speaker === null ? null : (parties[speaker] as number),
              position,
            })),
          }
        })
        const own = await figuresOf(it.db, [question.id], true)
        const expected = own.filter((one) =>
          own.some((other) => other.id !== one.id && compareFigures(one, other, question).relation === 'conflict'),
        )
        const filter = { ...NO_FILTER, question: question.id }
        const all = await listClaims(it.db, filter, 'ref', null)
        const narrowed = await listClaims(it.db, { ...filter, isContested: true }, 'ref', null)
        const refs = expected.map(({ ref }) => ref).toSorted()
        expect(narrowed.claims.map(({ ref }) => ref).toSorted()).toEqual(refs)
        const marked = all.claims.filter(({ isContested }) => isContested)
        expect(marked.map(({ ref }) => ref).toSorted()).toEqual(refs)
      }),
      { numRuns: 60 },
    )
  })

  test('knows every interval that a figure can be', async () => {
    await fc.assert(
      fc.asyncProperty(figures, async (figure) => {
        const interval = intervalOf(figure)
        const [row] = await it.db.$queryRaw<{ low: string | null; high: string | null; closed: boolean[] }[]>`
          select trim_scale(lower(r))::text as low, trim_scale(upper(r))::text as high, array[lower_inc(r), upper_inc(r)] as closed
          from figure_range(${figure.comparator}::text::comparator, ${figure.low}::text::numeric, ${figure.high}::text::numeric) r`
        expect(row).toEqual({
          low: interval?.low ?? null,
          high: interval?.high ?? null,
          closed: [Boolean(interval?.low && !interval.lowOpen), Boolean(interval?.high && !interval.highOpen)],
        })
      }),
      { numRuns: 200 },
    )
    const nothing = await it.db.$queryRaw`
      select count(*)::int as some from unnest(enum_range(null::comparator)) how where figure_range(how, null, null) is not null`
    expect(nothing).toEqual([{ some: 0 }])
  })
})

describe('A figure', () => {
  const saying = (
    position: Position,
    speakerId: number | null,
    relayIds: number[] = [],
    publisherId: number | null = null,
  ) => ({
    position,
    speakerId,
    relayIds,
    publisherId,
  })
  test.each([
    ['its speaker denies', [saying('asserts', 1), saying('denies', 1)], true],
    ['its speaker withdraws', [saying('asserts', 1), saying('withdraws', 1)], true],
    ['somebody else denies', [saying('asserts', 1), saying('denies', 2)], false],
    ['its relay withdraws', [saying('asserts', 1, [3]), saying('withdraws', 3)], true],
    ['its publisher withdraws', [saying('asserts', 1, [], 4), saying('withdraws', 4)], true],
    ['its publisher denies, of what another said', [saying('asserts', 1, [], 4), saying('denies', 4)], false],
    ['nobody gives and somebody denies', [saying('denies', 2)], true],
    ['nobody is recorded with', [], false],
    ['unnamed people give and others deny', [saying('asserts', null), saying('denies', null)], false],
  ])('that %s', (_, sayings, isUp) => {
    expect(isGivenUp(sayings)).toBe(isUp)
  })
})
