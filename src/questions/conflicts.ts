import { hasDay } from './as-of.ts'
import { type Compared, type Counting, compareFigures } from './compare.ts'
import { compareCeilings, compareFloors, type Interval, isBelow } from './figure.ts'
import type { Standing } from './standing.ts'

/** Two figures that cannot both hold, by the refs of their claims, and why. */
export type ConflictingPair = { first: string; second: string; reason: string }

/** The pairs in conflict, at most `named` of them by name. `count` stops at 1,000: beyond it, "1,000 or more". */
export type Conflicts = { pairs: ConflictingPair[]; count: number }

const COUNTED = 1000

/** A figure as far as it may be in conflict with another. */
type Opposed = Compared & { isSuperseded: boolean }

/**
 * The figures of a question that are in conflict with another, in time by their number rather than by that of their pairs: each is held against
 * the lowest and the highest of those that share no speaker with it. What is superseded or withdrawn takes no part.
 */
export function figuresInConflict<Figure extends Opposed>(
  figures: readonly Figure[],
  { isCumulative }: Counting,
): Figure[] {
  return byDay(figures).flatMap((day) => {
    const [whole, exact] = [new Extremes(isCumulative), new Map<string, Extremes>()]
    for (const figure of day) {
      whole.add(figure)
      const own = exact.get(figure.asOf) ?? new Extremes(isCumulative)
      own.add(figure)
      exact.set(figure.asOf, own)
    }
    return day.filter((figure) => {
      const [date = ''] = figure.asOf.split('T')
      if (figure.asOf === date) return whole.isOpposedTo(figure)
      return [figure.asOf, date].some((time) => exact.get(time)?.isOpposedTo(figure))
    })
  })
}

type Reach = { lowest: Interval | null; highest: Interval | null }

/** The lowest and the highest figures of a time, by the set of their speakers. */
class Extremes {
  readonly #ofSpeakers = new Map<string, { speakerIds: readonly number[]; reach: Reach }>()
  readonly #known = new Map<string, Reach>()
  readonly #isCumulative: boolean

  constructor(isCumulative: boolean) {
    this.#isCumulative = isCumulative
  }

  add({ interval, speakerIds }: Dated): void {
    const key = this.#keyOf(speakerIds)
    const own = this.#ofSpeakers.get(key)
    const reach = widened(own?.reach ?? NOTHING, { lowest: interval, highest: interval })
    this.#ofSpeakers.set(key, { speakerIds, reach })
  }

  /** Whether a figure lies wholly above or below one of another speaker; in a count that goes on, one speaker's own do not conflict. */
  isOpposedTo({ interval, speakerIds }: Dated): boolean {
    const key = this.#keyOf(speakerIds)
    const known = this.#known.get(key) ?? this.#reachFor(speakerIds)
    this.#known.set(key, known)
    const { lowest, highest } = known
    return (lowest !== null && isBelow(lowest, interval)) || (highest !== null && isBelow(interval, highest))
  }

  #reachFor(speakerIds: readonly number[]): Reach {
    const own = new Set(this.#isCumulative ? speakerIds : [])
    return [...this.#ofSpeakers.values()]
      .filter((other) => !other.speakerIds.some((id) => own.has(id)))
      .reduce((reach, other) => widened(reach, other.reach), NOTHING)
  }

  #keyOf(speakerIds: readonly number[]): string {
    return this.#isCumulative ? speakerIds.toSorted((one, other) => one - other).join(' ') : ''
  }
}

const NOTHING: Reach = { lowest: null, highest: null }

function widened(one: Reach, other: Reach): Reach {
  const { lowest, highest } = one
  const isLower = other.lowest !== null && (lowest === null || compareCeilings(other.lowest, lowest) < 0)
  const isHigher = other.highest !== null && (highest === null || compareFloors(other.highest, highest) > 0)
  return { lowest: isLower ? other.lowest : lowest, highest: isHigher ? other.highest : highest }
}

/**
 * The figures in conflict, lower one first. Where the same parties give several figures as of one time, only their lowest and highest are set
 * against those of others, so that thousands of figures stay readable; figures of different days never conflict and are never compared.
 */
export function pairsInConflict(figures: readonly Standing[], question: Counting, named = 20): Conflicts {
  const conflicts: Conflicts = { pairs: [], count: 0 }
  for (const day of byDay(figures)) {
    const groups = groupsOf(day)
    const lower = groups
      .map(({ lowest }) => lowest)
      .toSorted((one, other) => compareCeilings(one.interval, other.interval))
    const upper = groups
      .map(({ highest }) => highest)
      .toSorted((one, other) => compareFloors(other.interval, one.interval))
    for (const first of lower)
      for (const second of upper) {
        if (!isBelow(first.interval, second.interval)) break
        const { relation, reason } = compareFigures(first, second, question)
        if (relation !== 'conflict') continue
        conflicts.count += 1
        if (conflicts.pairs.length < named) conflicts.pairs.push({ first: first.ref, second: second.ref, reason })
        if (conflicts.count >= COUNTED) return conflicts
      }
  }
  return conflicts
}

type Dated = { interval: Interval; asOf: string; speakerIds: readonly number[] }
type Numbered = Standing & Dated
type Group = { lowest: Numbered; highest: Numbered }

/** Only figures of one day, at that precision or a finer one, are ever in conflict. */
function byDay<Figure extends Opposed>(figures: readonly Figure[]): (Figure & Dated)[][] {
  const days = new Map<string, (Figure & Dated)[]>()
  for (const figure of figures) {
    const { interval, asOf } = figure
    if (!interval || asOf === null || !hasDay(asOf) || figure.isWithdrawn || figure.isSuperseded) continue
    const [day = ''] = asOf.split('T')
    const others = days.get(day) ?? []
    others.push({ ...figure, interval, asOf })
    days.set(day, others)
  }
  return [...days.keys()].toSorted().map((day) => days.get(day) ?? [])
}

/** The lowest and the highest figure of each set of speakers at each time. */
function groupsOf(day: readonly Numbered[]): Group[] {
  const groups = new Map<string, Group>()
  for (const figure of day) {
    const key = `${figure.asOf} ${figure.speakerIds.toSorted((one, other) => one - other).join(' ') || figure.ref}`
    const group = groups.get(key)
    groups.set(key, {
      lowest: group && compareCeilings(group.lowest.interval, figure.interval) <= 0 ? group.lowest : figure,
      highest: group && compareFloors(group.highest.interval, figure.interval) >= 0 ? group.highest : figure,
    })
  }
  return [...groups.values()]
}
