import type { Verdict } from '../../prisma/client/enums.ts'
import { isPrintedDate } from '../printed-date.ts'
import type { Interval } from './figure.ts'
import { listed } from './phrases.ts'

/** A figure as its question's page shows it. `speakerId` is null for a speaker that is no party: such figures are joined to nothing. */
export type Charted = {
  ref: string
  href: string
  statement: string
  speaker: string
  speakerId: number | null
  interval: Interval | null
  asOf: string | null
  wording: string
  verdict: Verdict | null
  isWithdrawn: boolean
  isSuperseded: boolean
}

/** A figure's place in a chart: from when to when its as-of date is, in UTC, and where its mark stands in its interval. */
export type Point = Charted & { interval: Interval; asOf: string; from: Date; to: Date; at: Date; value: number }

/** The figures of one speaker in time, without those it withdrew. */
export type Series = { speaker: string; speakerId: number; points: Point[] }

export type Plotted = { points: Point[]; series: Series[]; leftOut: string | null }

/**
 * The figures that can be drawn, in time, and each speaker's in a series, those with most figures first. `leftOut` says in a sentence how many
 * cannot, and why: no as-of date, or words that give no number.
 */
export function plotted(figures: readonly Charted[]): Plotted {
  const numbered = figures.filter(({ interval }) => interval && (interval.low !== null || interval.high !== null))
  const points = numbered.flatMap(pointOf).toSorted((one, other) => Number(one.at) - Number(other.at))
  const bySpeaker = new Map<number, Series>()
  for (const point of points) {
    const { speaker, speakerId } = point
    if (speakerId === null || point.isWithdrawn) continue
    const series = bySpeaker.get(speakerId) ?? { speaker, speakerId, points: [] }
    series.points.push(point)
    bySpeaker.set(speakerId, series)
  }
  const series = [...bySpeaker.values()].toSorted(
    (one, other) => other.points.length - one.points.length || one.speaker.localeCompare(other.speaker, 'en'),
  )
  return { points, series, leftOut: leftOutOf(figures.length - numbered.length, numbered.length - points.length) }
}

/** When a printed date begins and ends: a day and a minute are one instant, a month and a year are as long as they are. */
function pointOf(figure: Charted): Point[] {
  const { interval, asOf } = figure
  // A year of before it had to have four digits would be drawn in another century.
  if (!interval || asOf === null || !isPrintedDate(asOf)) return []
  const [year = 0, month, day, hour = 0, minute = 0] = asOf.split(/[-T:]/).map(Number)
  const from = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1, hour, minute))
  const to = day ? from : new Date(Date.UTC(month ? year : year + 1, month ?? 0, 1))
  const at = new Date((Number(from) + Number(to)) / 2)
  return [{ ...figure, interval, asOf, from, to, at, value: markOf(interval) }]
}

/** The bound where there is one, and the middle between two. */
function markOf({ low, high }: Interval): number {
  if (low === null || high === null) return Number(low ?? high)
  return (Number(low) + Number(high)) / 2
}

function leftOutOf(withoutNumber: number, withoutDate: number): string | null {
  const count = withoutNumber + withoutDate
  if (count === 0) return null
  const why = [
    ...(withoutDate ? [`${withoutDate} without an as-of date`] : []),
    ...(withoutNumber ? [`${withoutNumber} whose words give no number`] : []),
  ]
  return `${count} ${count === 1 ? 'figure is' : 'figures are'} not drawn: ${listed(why)}.`
}
