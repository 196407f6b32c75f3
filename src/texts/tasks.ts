import { type Comparison, compareTexts } from '../captures/compare.ts'
import { followPlaces, type PlaceHeld } from '../captures/follow.ts'
import { partDiff, type Stretch, timeLimit, wholeDiff, wordDiff } from '../history/diff.ts'
import type { Span } from '../text-matching.ts'

/** Two versions of a text to be compared; told in parts, each ended by a semicolon or a line, or in words. */
export type Pair = { before: string; after: string; isInParts: boolean }

/** What changed between two versions; `isPlain` when the comparison was given up and both stand one after the other. */
export type PairDiff = { words: Stretch[]; isPlain: boolean }

// How long the work on one page may take in all, in milliseconds; what is not done by then is shown plainly.
const LONGEST = 2_000

/** The work on texts that is too long to be done between two requests. Each is a plain function of values that can be copied to another thread. */
export const TASKS = {
  diff(pairs: Pair[]): PairDiff[] {
    const limit = timeLimit(LONGEST)
    return pairs.map(({ before, after, isInParts }) => {
      const words = limit.left() > 0 ? (isInParts ? partDiff : wordDiff)(before, after, limit) : null
      if (words && limit.left() > 0) return { words, isPlain: false }
      return { words: wholeDiff(before, after), isPlain: true }
    })
  },

  compare({ before, after }: { before: string; after: string }): Comparison {
    return compareTexts(before, after, timeLimit(LONGEST))
  },

  follow({ before, after, held }: { before: string; after: string; held: PlaceHeld[] }): (Span | null)[] {
    return followPlaces(before, after, held)
  },
} as const

export type Tasks = typeof TASKS
export type TaskName = keyof Tasks
export type TaskInput<N extends TaskName> = Parameters<Tasks[N]>[0]
export type TaskResult<N extends TaskName> = ReturnType<Tasks[N]>
