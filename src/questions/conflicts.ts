import { hasDay } from './as-of.ts'
import { type Counting, compareFigures } from './compare.ts'
import { compareCeilings, compareFloors, type Interval, isBelow } from './figure.ts'
import type { Standing } from './standing.ts'

/** Two figures that cannot both hold, by the refs of their claims, and why. */
export type ConflictingPair = { first: string; second: string; reason: string }

/** The pairs in conflict, at most `named` of them by name. `count` stops at 1,000: beyond it, "1,000 or more". */
export type Conflicts = { pairs: ConflictingPair[]; count: number }

const COUNTED = 1000

/** Whether any two figures on a question are in conflict. What is superseded or withdrawn takes no part. */
export function isContested(figures: readonly Standing[], question: Counting): boolean {
  return pairsInConflict(figures, question, 1).count > 0
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

type Numbered = Standing & { interval: Interval; asOf: string }
type Group = { lowest: Numbered; highest: Numbered }

/** Only figures of one day, at that precision or a finer one, are ever in conflict. */
function byDay(figures: readonly Standing[]): Numbered[][] {
  const days = new Map<string, Numbered[]>()
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
