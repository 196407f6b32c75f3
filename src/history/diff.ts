import { diffArrays, diffWordsWithSpace } from 'diff'

/** A stretch of a text that was changed: it stayed, was taken out, or was put in. */
export type Stretch = { kind: 'same' | 'taken' | 'put'; text: string }

/** Time that several comparisons share: what is left of it, in milliseconds. */
export type TimeLimit = { left: () => number }

// Texts beyond these are shown one after the other: finding what they share would take too long, or nobody could read it.
const LONGEST = 5000
const LEAST_SHARED = 0.3
const MOST_EDITS = 800
const LONGEST_ONE = 50

/** A limit of so many milliseconds from now on. */
export function timeLimit(milliseconds: number): TimeLimit {
  const end = performance.now() + milliseconds
  return { left: () => end - performance.now() }
}

/** The time for comparisons that a request waits for itself: a form that came too late beside what it is now. */
export function briefLimit(): TimeLimit {
  return timeLimit(200)
}

/** One text and then the other; empty ones give nothing. */
export function wholeDiff(before: string, after: string): Stretch[] {
  const whole: Stretch[] = [
    { kind: 'taken', text: before },
    { kind: 'put', text: after },
  ]
  return whole.filter(({ text }) => text !== '')
}

/** What changed from one text to the other, word by word; where they share little, the one and then the other. Empty texts give nothing. */
export function wordDiff(before: string, after: string, limit: TimeLimit = timeLimit(LONGEST_ONE)): Stretch[] {
  const whole = wholeDiff(before, after)
  if (whole.length < 2 || before.length > LONGEST || after.length > LONGEST) return whole
  const timeout = Math.min(LONGEST_ONE, limit.left())
  const parts = timeout > 0 ? diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS, timeout }) : undefined
  const shared = parts
    ?.filter(({ added, removed }) => !added && !removed)
    .reduce((sum, { value }) => sum + value.length, 0)
  if (!parts || !shared || shared < LEAST_SHARED * Math.max(before.length, after.length)) return whole
  return parts.map(({ added, removed, value }) => ({ kind: added ? 'put' : removed ? 'taken' : 'same', text: value }))
}

/** What changed between two texts made of parts, each ended by a semicolon or a line: part by part, and word by word where one stands for one. */
export function partDiff(before: string, after: string, limit: TimeLimit = timeLimit(1_000)): Stretch[] {
  const timeout = Math.max(1, limit.left())
  const parts = diffArrays(partsOf(before), partsOf(after), { maxEditLength: MOST_EDITS, timeout })
  if (!parts) return wordDiff(before, after, limit)
  return parts.flatMap(({ added, removed, value }, at): Stretch[] => {
    const next = parts[at + 1]
    const last = parts[at - 1]
    if (removed && next?.added && next.value.length === value.length)
      return value.flatMap((part, index) => wordDiff(part, next.value[index] ?? '', limit))
    if (added && last?.removed && last.value.length === value.length) return []
    return [{ kind: added ? 'put' : removed ? 'taken' : 'same', text: value.join('') }]
  })
}

function partsOf(text: string): string[] {
  return text.split(/(?<=; |\n)/)
}
