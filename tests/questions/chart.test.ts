import fc from 'fast-check'
import { HtmlValidate } from 'html-validate'
import { describe, expect, test } from 'vitest'
import { type Chart, chartOf } from '../../src/questions/chart.ts'
import type { Drawing } from '../../src/questions/drawing.ts'
import { movedApart } from '../../src/questions/labels.ts'
import { markAt, SHAPES, type Tone } from '../../src/questions/marks.ts'
import { LETTER, tickText } from '../../src/questions/scales.ts'
import { type Charted, plotted } from '../../src/questions/series.ts'
import { type Standing, standingRange } from '../../src/questions/standing.ts'
import { rendered } from '../../src/web/views.ts'
import { dates, figure, standing } from './figures.ts'

const KILLED = { isCumulative: true, unit: 'people' }
const SPEAKERS = ['Interior Ministry', 'Health Ministry', 'Prosecutor General’s Office of the Republic']

/** A figure as its page shows it, by the speaker of that number. */
const charted = (one: Standing, speakerId: number | null): Charted => ({
  ...one,
  href: `/claims/${one.ref}`,
  statement: 'So many protesters were killed.',
  speaker: speakerId === null ? 'Analysts' : (SPEAKERS[speakerId] ?? `Speaker ${speakerId}`),
  speakerId,
  wording: 'so many',
})

const some = [
  charted(figure('KZ-1', 'at_least', '26', '2022-01-07'), 0),
  charted(figure('KZ-2', 'stated', '44', '2022-01-08', { verdict: 'disputed' }), 0),
  charted(figure('KZ-3', 'stated', '164', '2022-01-09', { verdict: null, isWithdrawn: true }), 1),
  charted(figure('KZ-4', 'about', '150', '2022-01', { verdict: 'unproven' }), null),
  charted(figure('KZ-5', 'at_least', '225', '2022-01-15'), 2),
  charted(figure('KZ-6', 'at_most', '300', '2022-01-15'), 1),
  charted(figure('KZ-7', 'stated', '7', null), 1),
  charted(figure('KZ-8', 'stated', '7', '2022-01-09', { interval: null }), 1),
]

const drawnOf = (figures: Charted[], more: Partial<Parameters<typeof chartOf>[0]> = {}): Chart => {
  const chart = chartOf({
    id: 'killed',
    wording: 'How many people have been killed?',
    unit: 'people',
    figures,
    standing: standingRange(figures as unknown as Standing[], KILLED),
    ...more,
  })
  if (!chart) throw new Error('There is nothing to draw.')
  return chart
}
const wideOf = (figures: Charted[]): Drawing => drawnOf(figures).drawings[0] as Drawing
const manyFigures = fc.array(
  fc
    .tuple(standing, dates, fc.option(fc.integer({ min: 0, max: 14 })))
    .map(([one, asOf, speakerId]) => charted({ ...one, asOf }, speakerId)),
  { minLength: 1, maxLength: 40 },
)

describe('A chart of figures', () => {
  test('has no place for figures without a date or a number, and says so', () => {
    const { points, leftOut } = plotted(some)
    expect(points.map(({ ref }) => ref)).toEqual(['KZ-1', 'KZ-2', 'KZ-3', 'KZ-5', 'KZ-6', 'KZ-4'])
    expect(leftOut).toBe('2 figures are not drawn: 1 without an as-of date and 1 whose words give no number.')
    expect(drawnOf(some).notes).toEqual([leftOut])
  })

  test('joins what a speaker gave in time, without what it withdrew, and nobody’s figures to nothing', () => {
    const series = plotted(some).series.map(({ speaker, points }) => [speaker, points.map(({ ref }) => ref)])
    expect(series).toEqual([
      ['Interior Ministry', ['KZ-1', 'KZ-2']],
      ['Health Ministry', ['KZ-6']],
      ['Prosecutor General’s Office of the Republic', ['KZ-5']],
    ])
  })

  test('is nothing where no figure can be drawn', () => {
    expect(
      chartOf({ id: 'c', wording: 'How many?', unit: '', figures: some.slice(6), standing: standingRange([], KILLED) }),
    ).toBeNull()
  })

  test('puts later figures further right and larger ones higher, at the middle of a month', () => {
    const { hits, plot } = wideOf(some)
    const at = (ref: string) => hits.find(({ href }) => href.endsWith(ref)) ?? { x: Number.NaN, y: Number.NaN }
    expect(at('KZ-1').x).toBeLessThan(at('KZ-2').x)
    expect(at('KZ-2').x).toBeLessThan(at('KZ-3').x)
    expect(at('KZ-5').x).toBeLessThan(at('KZ-4').x)
    expect(at('KZ-1').y).toBeGreaterThan(at('KZ-2').y)
    expect(at('KZ-3').y).toBeGreaterThan(at('KZ-5').y)
    const [, step] = [at('KZ-1'), (at('KZ-2').y - at('KZ-3').y) / (164 - 44)]
    expect((plot.bottom - at('KZ-2').y) / 44).toBeCloseTo(step, 1)
  })

  test('bars reach as far as intervals do, and fade where there is no bound', () => {
    const { bars } = wideOf(some)
    expect(bars.map(({ fade }) => fade)).toEqual(['up', 'up', 'down', null])
  })

  test('figures of one time that would lie on each other stand side by side', () => {
    const crowd = [1, 2, 3].map((number) => charted(figure(`KZ-${number}`, 'stated', '26', '2022-01-07'), number))
    const { hits } = wideOf([...crowd, charted(figure('KZ-9', 'stated', '30', '2022-03-01'), 9)])
    expect(new Set(hits.map(({ x }) => x)).size).toBe(4)
  })

  test('a band shows what stands', () => {
    const { band, labels } = wideOf(some)
    expect(band?.fade).toBeNull()
    expect(
      labels
        .at(-1)
        ?.lines.map(({ text }) => text)
        .join(' '),
    ).toBe('Stands: 225 to 300 people')
    expect(wideOf(some.slice(2, 4)).band).toBeNull()
  })

  test('of numbers that differ a thousandfold is logarithmic, and says so', () => {
    const chart = drawnOf([
      charted(figure('KZ-1', 'stated', '26', '2022'), 1),
      charted(figure('KZ-2', 'stated', '2000000000000', '2023'), 1),
    ])
    expect(chart.drawings[0]?.isLog).toBe(true)
    expect(chart.notes).toEqual(['The scale is logarithmic: equal steps up multiply the number.'])
    const texts = chart.drawings[0]?.numbers.map(({ text }) => text)
    expect(texts).toEqual([...new Set(texts)])
  })

  test('names eight speakers, and counts the others', () => {
    const chart = drawnOf(
      Array.from({ length: 20 }, (_, at) => charted(figure(`KZ-${at}`, 'stated', String(at), '2022-01-07'), at)),
    )
    expect(chart.speakers.length).toBe(8)
    expect(chart.others).toBe('and 12 other speakers')
    expect(chart.drawings[0]?.labels.at(-1)?.tone).toBe('others')
  })

  test('words never lie on each other, whatever is drawn', () => {
    fc.assert(
      fc.property(manyFigures, (figures) => {
        const chart = chartOf({
          id: 'c',
          wording: 'How many?',
          unit: 'people',
          figures,
          standing: standingRange(figures as unknown as Standing[], KILLED),
        })
        for (const drawing of chart?.drawings ?? []) {
          const lines = drawing.labels
            .flatMap((label) => label.lines.map(({ y }) => y))
            .toSorted((one, other) => one - other)
          for (const [index, y] of lines.entries())
            if (index) expect(y - (lines[index - 1] ?? 0)).toBeGreaterThanOrEqual(drawing.text)
          expect(lines.every((y) => y > 0 && y < drawing.height)).toBe(true)
          expect(drawing.dates.length).toBeGreaterThan(0)
          for (const [index, { at, text }] of drawing.dates.entries()) {
            const before = drawing.dates[index - 1]
            const half = (words: string) => (words.length * LETTER * drawing.text) / 2
            if (before) expect(at - half(text)).toBeGreaterThan(before.at + half(before.text))
          }
          for (const [index, { at }] of drawing.numbers.entries())
            if (index) expect((drawing.numbers[index - 1]?.at ?? 0) - at).toBeGreaterThan(drawing.text)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('everything drawn is inside the plot, whatever is drawn', () => {
    fc.assert(
      fc.property(manyFigures, (figures) => {
        const chart = chartOf({
          id: 'c',
          wording: 'How many?',
          unit: 'people',
          figures,
          standing: standingRange(figures as unknown as Standing[], KILLED),
        })
        for (const { hits, bars, plot, band } of chart?.drawings ?? []) {
          expect(
            hits.every(({ x, y }) => x >= plot.left && x <= plot.right && y >= plot.top - 1 && y <= plot.bottom + 1),
          ).toBe(true)
          expect(
            bars.every(({ top, height }) => height >= 0 && top >= plot.top - 1 && top + height <= plot.bottom + 1),
          ).toBe(true)
          if (band) expect(band.height).toBeGreaterThan(0)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('every verdict has a shape of its own', () => {
    const shapes = (Object.keys(SHAPES) as Tone[]).map((tone) => JSON.stringify(markAt(tone, 0, 0, 5)))
    expect(new Set(shapes).size).toBe(shapes.length)
  })

  test.each([
    [1500, '1,500'],
    [2_500_000, '2.5m'],
    [-3e9, '−3bn'],
    [0.25, '0.25'],
    [0.0000001, '1 × 10^−7'],
    [2e15, '2 quadrillion'],
    [1e30, '1 × 10^30'],
  ])('the number %d stands at its axis as %s', (number, text) => {
    expect(tickText(number)).toBe(text)
  })

  test('labels are moved no further than it takes', () => {
    const alike = (...ys: number[]) => ys.map((y) => ({ y, height: 10 }))
    expect(movedApart(alike(10, 50, 90), 0, 100)).toEqual([10, 50, 90])
    expect(movedApart(alike(52, 50), 0, 100)).toEqual([60, 50])
    expect(movedApart(alike(99, 98), 0, 100)).toEqual([95, 85])
  })
})

describe('A chart on the page', () => {
  const html = (chart: Chart) => rendered('questions/chart', { chart })

  test('is one image with a title and a description, and its links are those of the claims', () => {
    const shown = html(drawnOf(some))
    expect(shown).toContain(
      '<title id="killed-wide-title">How many people have been killed? 6 figures over time</title>',
    )
    expect(shown).toContain(
      '<desc id="killed-wide-desc">6 figures by 3 speakers, from January 2022 to 15 January 2022. The latest is at most 300 people, KZ-6. 225 to 300 people stand: KZ-5 is verified as of 15 January 2022',
    )
    expect(shown.match(/role="img" aria-labelledby="killed-(wide|narrow)-title"/g)?.length).toBe(2)
    expect(shown).toContain('<a class="chart__hit" href="/claims/KZ-2" tabindex="-1">')
    expect(shown).toContain('KZ-2, Interior Ministry: “so many”, as of 8 January 2022; disputed')
    const ids = [...shown.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(ids).toEqual([...new Set(ids)])
  })

  test('is valid HTML without a style or a script of its own, and nothing is undefined', () => {
    fc.assert(
      fc.property(manyFigures, (figures) => {
        const chart = chartOf({
          id: 'c',
          wording: 'How many <b>?',
          unit: '%',
          figures,
          standing: standingRange([], KILLED),
        })
        if (chart) expect(html(chart)).not.toMatch(/style=|<style|<script|undefined|NaN|Infinity|\[object|<b>\?/)
      }),
      { numRuns: 50 },
    )
    const page = `<!DOCTYPE html><html lang="en"><head><title>t</title></head><body>${html(drawnOf(some))}</body></html>`
    const { results } = new HtmlValidate({
      extends: ['html-validate:standard'],
      rules: { 'no-inline-style': 'error', 'void-style': 'off', 'no-trailing-whitespace': 'off' },
    }).validateStringSync(page)
    expect(results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual([])
  })

  test('of thousands of figures is drawn soon and stays light', () => {
    const crowd = Array.from({ length: 5000 }, (_, at) =>
      charted(
        figure(
          `KZ-${at}`,
          'at_least',
          String(at),
          new Date(Date.UTC(2022, 0, 1 + (at % 400))).toISOString().slice(0, 10),
        ),
        at % 40,
      ),
    )
    const chart = drawnOf(crowd)
    const shown = html(chart)
    expect(shown.length).toBeLessThan(1_500_000)
    expect(chart.drawings[0]?.marks.length).toBe(1)
    expect(chart.drawings[0]?.hits.length).toBeLessThanOrEqual(400)
  })
})
