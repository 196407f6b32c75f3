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
  const x = (at: Date) => scale(at)
  for (let count = Math.floor((right - left) / 80); count > 1; count -= 1) {
    const ticks = dateTicks(scale, count)
    const hasRoom = ticks.every(
      (tick, index) => index === 0 || tick.at - (ticks[index - 1]?.at ?? 0) > widthOf(tick, ticks[index - 1], text),
    )
    if (ticks.length > 1 && hasRoom) return { x, ticks }
  }
  return { x, ticks: dateTicks(scale, 1).slice(0, 1) }
}

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
  const values = [0, ...powers.filter((_, index) => (powers.length - 1 - index) % step === 0)]
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
function dateTicks(scale: ScaleTime<number, number>, count: number): Tick[] {
  const dates = scale.ticks(count)
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

/** Half of each of two words side by side, and a space. */
function widthOf(tick: Tick, before: Tick | undefined, text: number): number {
  return ((tick.text.length + (before?.text.length ?? 0)) / 2 + 2) * LETTER * text
}

const SHORT = [
  [1e15, 'quadrillion'],
  [1e12, 'tn'],
  [1e9, 'bn'],
  [1e6, 'm'],
] as const

/** A number on an axis, short: `1,500`, `2.5m`, `3bn`; beyond quadrillions a power of ten. */
export function tickText(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e18) return value.toExponential(0).replace(/e\+?/, ' × 10^')
  const [unit, name] = SHORT.find(([least]) => size >= least) ?? [1, '']
  const shown = inDigits(String(Number((value / unit).toFixed(6))).replace(/e-\d+$/, ''))
  return `${shown}${name.length > 2 ? ` ${name}` : name}`
}
