import { printedDateInWords } from '../printed-date.ts'
import { inLines, movedApart } from './labels.ts'
import { asides, type Bar, barOf, type Mark, markAt, path, SHAPES, type Tone, tenth, toneOf } from './marks.ts'
import { type NumberScale, numberScale, type Plot, type Tick, timeScale } from './scales.ts'
import type { Plotted, Point, Series } from './series.ts'
import type { StandingRange } from './standing.ts'

/** Words in the margin beside the end of a line, and the path that leads to them. `tone` is "series-1" to "series-8", "others" or "standing". */
export type Label = { lines: { text: string; y: number }[]; x: number; path: string; tone: string }

/** One drawing: everything in units of its view box and paths as text, so that the view only writes it down. */
export type Drawing = {
  id: string
  isMany: boolean
  shape: 'wide' | 'narrow'
  width: number
  height: number
  text: number
  plot: Plot
  dates: Tick[]
  numbers: Tick[]
  isLog: boolean
  origin: number | null
  band: { top: number; height: number; fade: 'up' | 'down' | null } | null
  bars: (Bar & { x: number; width: number; height: number; isFaint: boolean })[]
  manyBars: string
  spans: string
  lines: { path: string; tail: string; tone: string }[]
  otherLines: string
  marks: Mark[]
  hits: { x: number; y: number; r: number; href: string; title: string }[]
  labels: Label[]
}

/** How many speakers' lines are told apart; those of others are drawn alike. */
export const TOLD_APART = 8
const MANY = 300
const LINKED = 400

const SIZES = {
  wide: { width: 760, height: 420, plot: { left: 62, right: 556, top: 18, bottom: 384 }, text: 14, r: 5.5, margin: 20 },
  narrow: { width: 320, height: 330, plot: { left: 46, right: 286, top: 16, bottom: 296 }, text: 13, r: 5, margin: 16 },
} as const

type Place = { x: number; y: number; bar: Bar | null }

/** What else stands in the margin of the wide drawing: what stands today, and how many speakers are not named. */
export type Margin = { standing: string | null; others: string | null }

/** Draws figures; more than 300 of them thin, without room for each, and linked only where they are verified or a speaker's last. */
export function drawingOf(
  shape: 'wide' | 'narrow',
  id: string,
  { points, series }: Plotted,
  standing: StandingRange,
  margin: Margin,
): Drawing {
  const { width, height, plot, text, r } = SIZES[shape]
  const [time, numbers] = [timeScale(points, plot, text), numberScale(points, standing.interval, plot)]
  const isMany = points.length > MANY
  const places = placesOf(points, time.x, numbers, plot, isMany ? null : r)
  const at = (point: Point): Place => places.get(point) ?? { x: plot.left, y: plot.bottom, bar: null }
  const named = series.slice(0, TOLD_APART)
  const band = bandOf(standing, numbers, plot)
  return {
    id: `${id}-${shape}`,
    isMany,
    shape,
    width,
    height,
    text,
    plot,
    band,
    dates: time.ticks.map((tick) => ({ ...tick, at: tenth(tick.at) })),
    numbers: numbers.ticks.map((tick) => ({ ...tick, at: tenth(tick.at) })),
    isLog: numbers.isLog,
    origin: numbers.ticks.some(({ text }) => text === '0') ? tenth(numbers.y(0)) : null,
    bars: isMany ? [] : points.flatMap((point) => barAt(at(point), r, isFaint(point))),
    manyBars: isMany ? points.map((point) => upright(at(point))).join('') : '',
    spans: points.flatMap((point) => (point.to > point.from ? [spanOf(point, time.x, at(point).y)] : [])).join(''),
    lines: named.map((one, index) => ({
      path: steps(one.points.map(at)),
      tail: tailOf(one, at, plot),
      tone: `series-${index + 1}`,
    })),
    otherLines: series
      .slice(TOLD_APART)
      .map((one) => steps(one.points.map(at)))
      .join(''),
    marks: isMany
      ? marksTogether(points, at, shape === 'wide' ? 2.75 : 2)
      : points.map((point) => markOf(point, at(point), r)),
    hits: linked(points, series).map((point) => hitOf(point, at(point), r)),
    labels: labelsOf(shape, named, at, band, margin),
  }
}

/** Where each figure's mark stands: those of one time side by side where there is room, unless `r`, half the width of a mark, is null. */
function placesOf(
  points: readonly Point[],
  x: (at: Date) => number,
  { y }: NumberScale,
  plot: Plot,
  r: number | null,
): Map<Point, Place> {
  const places = points.map((point): Place => ({ x: x(point.at), y: y(point.value), bar: barOf(point, y, plot) }))
  const half = r ?? 0
  const extents = places.map((place) => ({
    x: place.x,
    top: Math.min(place.y - half, place.bar?.top ?? Infinity),
    bottom: Math.max(place.y + half, place.bar?.bottom ?? -Infinity),
  }))
  const moved = r === null ? [] : asides(extents, 2 * r + 2, plot)
  return new Map(
    points.flatMap((point, index) => {
      const place = places[index]
      return place ? [[point, { ...place, x: place.x + (moved[index] ?? 0) }] as const] : []
    }),
  )
}

/** What stands across the whole plot; a single number as a thin band, and a bound that is missing as one that fades out. */
function bandOf({ interval }: StandingRange, { y }: NumberScale, plot: Plot): Drawing['band'] {
  if (!interval) return null
  const [low, high] = [interval.low, interval.high].map((bound) => (bound === null ? null : y(Number(bound))))
  const [top, bottom] = [high ?? plot.top, low ?? plot.bottom]
  const thin = Math.max(0, 6 - (bottom - top)) / 2
  const fade = high === null ? 'up' : low === null ? 'down' : null
  return { top: tenth(top - thin), height: tenth(bottom - top + 2 * thin), fade }
}

function barAt({ x, bar }: Place, r: number, isFaint: boolean): Drawing['bars'] {
  if (!bar) return []
  const [top, bottom] = [tenth(bar.top), tenth(bar.bottom)]
  return [{ ...bar, top, bottom, height: tenth(bottom - top), x: tenth(x - r * 0.65), width: tenth(r * 1.3), isFaint }]
}

function upright({ x, bar }: Place): string {
  return bar ? path(['M', x, bar.top], ['V', bar.bottom]) : ''
}

/** How long the as-of date of a month or a year is. */
function spanOf({ from, to }: Point, x: (at: Date) => number, y: number): string {
  return path(['M', x(from), y - 3], ['v', 6], ['m', 0, -3], ['H', x(to)], ['m', 0, -3], ['v', 6])
}

/** A number holds until the speaker gives another one. */
function steps([first, ...rest]: readonly Place[]): string {
  if (!first) return ''
  return path(['M', first.x, first.y]) + rest.map(({ x, y }) => path(['H', x], ['V', y])).join('')
}

function tailOf({ points }: Series, at: (point: Point) => Place, plot: Plot): string {
  const last = points.at(-1)
  return last ? path(['M', at(last).x, at(last).y], ['H', plot.right]) : ''
}

function isFaint({ isWithdrawn, isSuperseded }: Point): boolean {
  return isWithdrawn || isSuperseded
}

function markOf(point: Point, { x, y }: Place, r: number): Mark {
  const tone = toneOf(point)
  return { ...markAt(tone, x, y, r), tone, isFaint: isFaint(point) }
}

/** All marks of a tone as one, so that thousands take little room on the wire. */
function marksTogether(points: readonly Point[], at: (point: Point) => Place, r: number): Mark[] {
  return (Object.keys(SHAPES) as Tone[]).toReversed().flatMap((tone) => {
    const marks = points
      .filter((point) => toneOf(point) === tone)
      .map((point) => markAt(tone, at(point).x, at(point).y, r))
    const [ring, solid] = [
      marks.map((mark) => (mark.solid ? '' : mark.ring)).join(''),
      marks.map(({ solid }) => solid).join(''),
    ]
    return marks.length ? [{ ring, solid, tone, isFaint: false }] : []
  })
}

function linked(points: readonly Point[], series: readonly Series[]): readonly Point[] {
  if (points.length <= MANY) return points
  const last = new Set(series.map((one) => one.points.at(-1)))
  return points.filter((point) => point.verdict === 'verified' || last.has(point)).slice(-LINKED)
}

function hitOf(point: Point, { x, y }: Place, r: number): Drawing['hits'][number] {
  const { ref, speaker, wording, asOf, href } = point
  const verdict = SHAPES[toneOf(point)]
  const title = `${ref}, ${speaker}: “${wording}”, as of ${printedDateInWords(asOf)}; ${verdict}${point.isSuperseded ? ', superseded' : ''}`
  return { x: tenth(x), y: tenth(y), r: tenth(r * 2), href, title }
}

function labelsOf(
  shape: 'wide' | 'narrow',
  named: readonly Series[],
  at: (point: Point) => Place,
  band: Drawing['band'],
  { standing, others }: Margin,
): Label[] {
  const { width, plot, text, margin } = SIZES[shape]
  const [x, height] = [plot.right + margin, text * 1.15]
  const wanted = named.flatMap(({ speaker, points }, index) => {
    const last = points.at(-1)
    return last
      ? [
          {
            words: shape === 'wide' ? speaker : keyOf(index),
            y: at(last).y,
            tone: `series-${index + 1}`,
            isJoined: true,
          },
        ]
      : []
  })
  if (shape === 'wide' && band && standing)
    wanted.push({
      words: `Stands: ${standing}`,
      y: band.fade === 'up' ? band.top + band.height : band.top + 3,
      tone: 'standing',
      isJoined: true,
    })
  if (shape === 'wide' && others) wanted.push({ words: others, y: plot.bottom, tone: 'others', isJoined: false })
  const set = wanted.map((label) => ({ ...label, lines: inLines(label.words, width - x, text) }))
  const moved = movedApart(
    set.map(({ y, lines }) => ({ y, height: lines.length * height + 4 })),
    0,
    plot.bottom + text,
  )
  return set.map(({ lines, y, tone, isJoined }, index) => {
    const middle = moved[index] ?? y
    return {
      lines: lines.map((line, row) => ({ text: line, y: tenth(middle + (row - (lines.length - 1) / 2) * height) })),
      x,
      path: isJoined ? path(['M', plot.right, y], ['L', x - 4, middle]) : '',
      tone,
    }
  })
}

/** The letter that stands for a speaker where there is no room for its name. */
export function keyOf(index: number): string {
  return String.fromCodePoint(65 + index)
}
