import type { Verdict } from '../../prisma/client/enums.ts'
import type { Plot } from './scales.ts'
import type { Point } from './series.ts'

/** A mark: `ring` is drawn in outline, `solid` is filled. Its tone is that of the badge of the same verdict. */
export type Mark = { ring: string; solid: string; tone: string; isFaint: boolean }

/** How high an interval without a bound is drawn before it has faded, in units of the view box. */
const FADE = 72

const TONES = {
  verified: 'verified',
  partly_verified: 'partly',
  disputed: 'disputed',
  misleading: 'misleading',
  false: 'false',
  unproven: 'unproven',
  not_checkable: 'not_checkable',
} as const satisfies Record<Verdict, string>

/** What each shape means, in the order of the key. */
export const SHAPES = {
  verified: 'verified',
  partly: 'partly verified',
  disputed: 'disputed',
  misleading: 'misleading',
  false: 'false',
  unproven: 'unproven',
  not_checkable: 'not checkable',
  draft: 'not decided',
  closed: 'withdrawn',
} as const

export type Tone = keyof typeof SHAPES

/** The tone and the shape of a figure's mark: by its verdict, unless its speaker withdrew it. */
export function toneOf({ verdict, isWithdrawn }: Pick<Point, 'verdict' | 'isWithdrawn'>): Tone {
  if (isWithdrawn) return 'closed'
  return verdict === null ? 'draft' : TONES[verdict]
}

/**
 * A shape for each verdict, so that no colour is needed: disc verified, half a disc partly, diamond disputed, square false, triangle misleading,
 * slashed circle unproven, hollow square not checkable, circle not decided, crossed circle withdrawn. `r` is half its width.
 */
export function markAt(tone: Tone, x: number, y: number, r: number): Pick<Mark, 'ring' | 'solid'> {
  const [d, s] = [r * 0.7, r * 0.88]
  const circle = path(['M', x - r, y], ['a', r, r, 0, 1, 0, 2 * r, 0], ['a', r, r, 0, 1, 0, -2 * r, 0], ['z'])
  const square = path(['M', x - s, y - s], ['h', 2 * s], ['v', 2 * s], ['h', -2 * s], ['z'])
  switch (tone) {
    case 'verified':
      return { ring: circle, solid: circle }
    case 'partly':
      return { ring: circle, solid: path(['M', x, y - r], ['a', r, r, 0, 0, 0, 0, 2 * r], ['z']) }
    case 'disputed': {
      const diamond = path(
        ['M', x, y - r * 1.25],
        ['l', r * 1.25, r * 1.25],
        ['l', -r * 1.25, r * 1.25],
        ['l', -r * 1.25, -r * 1.25],
        ['z'],
      )
      return { ring: diamond, solid: diamond }
    }
    case 'false':
      return { ring: square, solid: square }
    case 'misleading': {
      const triangle = path(['M', x, y - r * 1.15], ['l', r * 1.1, 2 * r], ['h', -2.2 * r], ['z'])
      return { ring: triangle, solid: triangle }
    }
    case 'unproven':
      return { ring: circle + path(['M', x - d, y + d], ['l', 2 * d, -2 * d]), solid: '' }
    case 'not_checkable':
      return { ring: square, solid: '' }
    case 'draft':
      return { ring: circle, solid: '' }
    case 'closed':
      return {
        ring: circle + path(['M', x - d, y - d], ['l', 2 * d, 2 * d], ['M', x + d, y - d], ['l', -2 * d, 2 * d]),
        solid: '',
      }
  }
}

/** How far the interval of a figure reaches on the page: from top to bottom, and which end fades. Null for a single number. */
export type Bar = { top: number; bottom: number; fade: 'up' | 'down' | null }

export function barOf(
  { interval: { low, high } }: Pick<Point, 'interval'>,
  y: (value: number) => number,
  plot: Plot,
): Bar | null {
  const [bottom, top] = [low === null ? null : y(Number(low)), high === null ? null : y(Number(high))]
  if (top === null && bottom !== null) return { top: Math.max(plot.top, bottom - FADE), bottom, fade: 'up' }
  if (bottom === null && top !== null) return { top, bottom: Math.min(plot.bottom, top + FADE), fade: 'down' }
  if (top === null || bottom === null || bottom - top < 1) return null
  return { top, bottom, fade: null }
}

/** A thing that takes room at a place in time. */
type Extent = { x: number; top: number; bottom: number }

/**
 * How far each is moved aside, so that those of one time that would lie on each other stand side by side: never further than 40 % of the way to
 * the next time, nor past either edge of the plot. `width` is what one takes.
 */
export function asides(extents: readonly Extent[], width: number, { left, right }: Plot): number[] {
  const columns = new Map<number, number[]>()
  for (const [index, { x }] of extents.entries())
    columns.set(Math.round(x), [...(columns.get(Math.round(x)) ?? []), index])
  const places = [...columns.keys()].toSorted((one, other) => one - other)
  const moved = extents.map(() => 0)
  for (const [order, place] of places.entries()) {
    const lanes: { lane: number; index: number }[] = []
    for (const index of columns.get(place) ?? []) lanes.push({ lane: freeLane(extents, lanes, index), index })
    const widest = Math.max(...lanes.map(({ lane }) => lane))
    const [before, after] = [places[order - 1] ?? -Infinity, places[order + 1] ?? Infinity]
    const room = Math.max(
      0,
      Math.min(0.4 * (place - before), 0.4 * (after - place), place - left, right - place, 80) - 0.5,
    )
    const step = widest === 0 ? 0 : Math.min(width, (2 * room) / widest)
    for (const { lane, index } of lanes) moved[index] = (lane - widest / 2) * step
  }
  return moved
}

const LANES = 12

function freeLane(
  extents: readonly Extent[],
  taken: readonly { lane: number; index: number }[],
  index: number,
): number {
  const own = extents[index]
  for (let lane = 0; lane < LANES; lane += 1) {
    const isFree = taken.every((other) => {
      const one = extents[other.index]
      return other.lane !== lane || !own || !one || one.bottom < own.top || own.bottom < one.top
    })
    if (isFree) return lane
  }
  return LANES - 1
}

type Command = [letter: string, ...numbers: number[]]

/** A path's text, to a tenth of a unit. */
export function path(...commands: Command[]): string {
  return commands.map(([letter, ...numbers]) => letter + numbers.map(tenth).join(' ')).join('')
}

/** To a tenth of a unit, as nothing finer is seen. */
export function tenth(number: number): number {
  return Math.round(number * 10) / 10
}
