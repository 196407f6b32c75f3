import { type ScaleTime, scaleLinear, scaleSymlog, scaleUtc } from 'd3-scale'
import { MONTHS } from '../printed-date.ts'
import { inDigits } from './decimal.ts'
import type { Interval } from './figure.ts'
import type { Point } from './series.ts'

/** Where things are drawn, in the units of the view box; y grows downwards. */
export type Plot = { left: number; right: number; top: number; bottom: number }

/** Text at a place along an axis. */
export type Tick = { at: number; text: string }

export type TimeScale = { x: (at: Date) => number; ticks: Tick[] }

/** `isLog`: the numbers differ so much that each step up the axis is a multiple. */
export type NumberScale = { y: (value: number) => number; ticks: Tick[]; isLog: boolean }

/** Letters are taken for this wide at most, in parts of their size. */
export const LETTER = 0.56

const DAY = 86_400_000

/** Time across the plot, with as many ticks as have room for their words; `text` is the size of letters. */
export function timeScale(points: readonly Point[], { left, right }: Plot, text: number): TimeScale {
  const from = least(points.map(({ from }) => Number(from)))
  const to = -least(points.map(({ to }) => -Number(to)))
  const padding = to > from ? (to - from) * 0.03 : DAY
  const scale = scaleUtc([new Date(from - padding), new Date(to + padding)], [left, right])
  const isByTheMinute = points.some(({ asOf }) => asOf.includes('T'))
  const isRoomy = (ticks: readonly Tick[]) =>
    ticks.every((tick, index) => {
      const before = ticks[index - 1]
      return !before || tick.at - before.at > halfOf(tick, text) + halfOf(before, text) + 2 * LETTER * text
    })
  const within = (ticks: Tick[]) =>
    ticks.filter((tick) => tick.at - halfOf(tick, text) > left - 42 && tick.at + halfOf(tick, text) < right + 32)
  const choices = CHOICES.map(([count, every]) => {
    const dates = scale.ticks(count).filter((date) => isByTheMinute || Number(date) % DAY === 0)
    return within(
      dateTicks(
        scale,
        dates.filter((_, index) => index % every === 0),
      ),
    )
  })
  const ticks = choices.find((choice) => choice.length > 1 && isRoomy(choice)) ?? choices.at(-1)?.slice(0, 1) ?? []
  return { x: (at) => scale(at), ticks }
}

// How many ticks to ask for, and every how manyth of them to keep: the first that leaves room for the words is taken.
const CHOICES = [8, 7, 6, 5, 4, 3, 2, 1].flatMap((count) => [1, 2].map((every) => [count, every] as const))

/**
 * Numbers up the plot, from nought unless they lie close together far from it. Where the largest is more than fifty times the smallest the scale
 * is logarithmic, and linear around nought.
 */
export function numberScale(points: readonly Point[], standing: Interval | null, { top, bottom }: Plot): NumberScale {
  const values = [...points, ...(standing ? [{ interval: standing }] : [])].flatMap(({ interval: { low, high } }) =>
    [low, high].flatMap((bound) => (bound === null ? [] : [Number(bound)])),
  )
  const [lowest, most] = [least(values), -least(values.map((value) => -value))]
  const positive = values.filter((value) => value > 0)
  const smallest = least(positive)
  if (lowest >= 0 && positive.length > 0 && most / smallest > 50) return logScale(smallest, most, { top, bottom })
  const isFar = lowest > 0 && most > lowest && most - lowest < most * 0.25
  const [from, to] = isFar ? [lowest - (most - lowest) / 2, most] : [Math.min(0, lowest), Math.max(0, most)]
  const scale = scaleLinear([from, to === from ? from + 1 : to + (to - from) * 0.12], [bottom, top]).nice(5)
  const whole = values.every(Number.isInteger)
  const ticks = scale.ticks(5).filter((value) => !whole || Number.isInteger(value))
  return {
    y: (value) => scale(value),
    ticks: ticks.map((value) => ({ at: scale(value), text: tickText(value) })),
    isLog: false,
  }
}

function logScale(smallest: number, most: number, { top, bottom }: Pick<Plot, 'top' | 'bottom'>): NumberScale {
  const unit = 10 ** Math.floor(Math.log10(smallest))
  const scale = scaleSymlog([0, most * 1.5], [bottom, top]).constant(unit)
  const powers: number[] = []
  for (let power = unit; power <= most * 1.5; power *= 10) powers.push(power)
  const step = Math.ceil(powers.length / 6)
  const shown = powers.filter((_, index) => (powers.length - 1 - index) % step === 0)
  const values = [0, ...shown.filter((power) => scale(0) - scale(power) > 18)]
  return {
    y: (value) => scale(value),
    ticks: values.map((value) => ({ at: scale(value), text: tickText(value) })),
    isLog: true,
  }
}

/** The least of any number of numbers, which are too many to hand over one by one. */
function least(values: readonly number[]): number {
  return values.reduce((one, other) => Math.min(one, other), Infinity)
}

/** "7 Jan 2022", "8 Jan", "Feb 2022", "2022", "14:30": the year stands with the first tick and where it changes. */
function dateTicks(scale: ScaleTime<number, number>, dates: readonly Date[]): Tick[] {
  const isMidnight = dates.every((date) => Number(date) % DAY === 0)
  const isFirst = dates.every((date) => date.getUTCDate() === 1)
  const isYear = isFirst && dates.every((date) => date.getUTCMonth() === 0)
  return dates.map((date, index) => {
    const before = dates[index - 1]
    const year = String(date.getUTCFullYear())
    const isNewYear = before?.getUTCFullYear() !== date.getUTCFullYear()
    const month = (MONTHS[date.getUTCMonth()] ?? '').slice(0, 3)
    const isNewDay = before?.getUTCDate() !== date.getUTCDate() || before?.getUTCMonth() !== date.getUTCMonth()
    const text = [
      !isYear && !isFirst && (isMidnight || isNewDay) && String(date.getUTCDate()),
      !isYear && (isMidnight || isNewDay) && month,
      (isYear || isNewYear) && year,
      !isMidnight && date.toISOString().slice(11, 16),
    ]
    return { at: scale(date), text: text.filter(Boolean).join(' ') }
  })
}

function halfOf({ text }: Tick, size: number): number {
  return (text.length * LETTER * size) / 2
}

const SHORT = [
  [1e15, 'quadrillion'],
  [1e12, 'tn'],
  [1e9, 'bn'],
  [1e6, 'm'],
] as const

/** A number on an axis, short: `1,500`, `2.5m`, `3bn`; what is larger than quadrillions or tiny as a power of ten. */
export function tickText(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e18 || (size > 0 && size < 1e-6))
    return value.toExponential(0).replace(/e\+?/, ' × 10^').replaceAll('-', '−')
  const [unit, name] = SHORT.find(([least]) => size >= least) ?? [1, '']
  const shown = inDigits(String(Number((value / unit).toFixed(6))).replace(/e-\d+$/, ''))
  return `${shown}${name.length > 2 ? ` ${name}` : name}`
}
