import { diffWordsWithSpace } from 'diff'

/** A stretch of a text that was changed: it stayed, was taken out, or was put in. */
export type Stretch = { kind: 'same' | 'taken' | 'put'; text: string }

// Texts beyond these are shown one after the other: finding what they share would take too long, or nobody could read it.
const LONGEST = 5000
const LEAST_SHARED = 0.3

/** What changed from one text to the other, word by word; where they share little, the one and then the other. Empty texts give nothing. */
export function wordDiff(before: string, after: string): Stretch[] {
  const whole = [
    { kind: 'taken', text: before },
    { kind: 'put', text: after },
  ] as const
  const given = whole.filter(({ text }) => text !== '')
  if (given.length < 2 || before.length > LONGEST || after.length > LONGEST) return given
  const parts = diffWordsWithSpace(before, after, { timeout: 50 })
  const shared = parts
    ?.filter(({ added, removed }) => !added && !removed)
    .reduce((sum, { value }) => sum + value.length, 0)
  if (!parts || !shared || shared < LEAST_SHARED * Math.max(before.length, after.length)) return given
  return parts.map(({ added, removed, value }) => ({ kind: added ? 'put' : removed ? 'taken' : 'same', text: value }))
}
