import { printedDateInWords } from '../printed-date.ts'
import { type Drawing, drawingOf, keyOf, TOLD_APART } from './drawing.ts'
import { type Mark, markAt, SHAPES, type Tone, toneOf } from './marks.ts'
import { amountInWords } from './phrases.ts'
import { type Charted, type Plotted, plotted } from './series.ts'
import type { StandingRange } from './standing.ts'

/** What a chart is made of. `id` makes the names of its parts unique on the page; `wording` and `unit` are the question's. */
export type ChartOf = {
  id: string
  wording: string
  unit: string
  figures: readonly Charted[]
  standing: StandingRange
}

/** A chart in two drawings, of which the page shows the one that fits; its title and description; the keys to its shapes and lines. */
export type Chart = {
  title: string
  description: string
  unit: string
  notes: string[]
  drawings: Drawing[]
  shapes: (Mark & { word: string })[]
  hasBars: boolean
  speakers: { key: string; name: string; tone: string }[]
  others: string | null
  standing: string | null
}

/** The chart of a question's figures over time; null when none of them can be drawn. What is left out is said in the notes. */
export function chartOf({ id, wording, unit, figures, standing }: ChartOf): Chart | null {
  const drawn = plotted(figures)
  if (drawn.points.length === 0) return null
  const unnamed = drawn.series.length - TOLD_APART
  const margin = {
    standing: standing.kind === 'range' ? amountInWords(standing.interval, unit) : null,
    others: unnamed > 0 ? `and ${unnamed} other ${unnamed === 1 ? 'speaker' : 'speakers'}` : null,
  }
  const [wide, narrow] = (['wide', 'narrow'] as const).map((shape) => drawingOf(shape, id, drawn, standing, margin))
  const tones = new Set(drawn.points.map(toneOf))
  return {
    title: `${wording} ${counted(drawn.points.length, 'figure')} over time`,
    description: descriptionOf(drawn, standing, unit),
    unit,
    notes: [wide?.isLog ? LOGARITHMIC : null, drawn.leftOut].filter((note) => note !== null),
    drawings: [wide, narrow].filter((one) => one !== undefined),
    shapes: (Object.keys(SHAPES) as Tone[])
      .filter((tone) => tones.has(tone))
      .map((tone) => ({ ...markAt(tone, 8, 8, 5.5), tone, isFaint: false, word: SHAPES[tone] })),
    hasBars: drawn.points.some(({ interval }) => interval.low !== interval.high),
    speakers: drawn.series
      .slice(0, TOLD_APART)
      .map(({ speaker }, index) => ({ key: keyOf(index), name: speaker, tone: `series-${index + 1}` })),
    ...margin,
  }
}

const LOGARITHMIC = 'The scale is logarithmic: equal steps up multiply the number.'

/** What the chart shows, for somebody who does not see it. */
function descriptionOf({ points, series }: Plotted, standing: StandingRange, unit: string): string {
  const inTime = points.toSorted((one, other) => (one.asOf < other.asOf ? -1 : 1))
  const [first, last] = [inTime[0], inTime.at(-1)]
  if (!first || !last) return ''
  const times =
    first.asOf === last.asOf
      ? `as of ${printedDateInWords(first.asOf)}`
      : `from ${printedDateInWords(first.asOf)} to ${printedDateInWords(last.asOf)}`
  const by = series.length ? ` by ${counted(series.length, 'speaker')}` : ''
  const latest = `The latest is ${amountInWords(last.interval, unit)}, ${last.ref}.`
  return `${counted(points.length, 'figure')}${by}, ${times}. ${latest} ${standing.sentence} The table has the same figures.`
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
