import { diffArrays, diffWordsWithSpace } from 'diff'

/** A stretch of a text that was changed: it stayed, was taken out, or was put in. */
export type Stretch = { kind: 'same' | 'taken' | 'put'; text: string }

// Texts beyond these are shown one after the other: finding what they share would take too long, or nobody could read it.
const LONGEST = 5000
const LEAST_SHARED = 0.3
const MOST_EDITS = 800

/** What changed from one text to the other, word by word; where they share little, the one and then the other. Empty texts give nothing. */
export function wordDiff(before: string, after: string): Stretch[] {
  const whole = [
    { kind: 'taken', text: before },
    { kind: 'put', text: after },
  ] as const
  const given = whole.filter(({ text }) => text !== '')
  if (given.length < 2 || before.length > LONGEST || after.length > LONGEST) return given
  const parts = diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS, timeout: 50 })
  const shared = parts
    ?.filter(({ added, removed }) => !added && !removed)
    .reduce((sum, { value }) => sum + value.length, 0)
  if (!parts || !shared || shared < LEAST_SHARED * Math.max(before.length, after.length)) return given
  return parts.map(({ added, removed, value }) => ({ kind: added ? 'put' : removed ? 'taken' : 'same', text: value }))
}

/** What changed between two texts made of parts, each ended by a semicolon or a line: part by part, and word by word where one stands for one. */
export function partDiff(before: string, after: string): Stretch[] {
  const parts = diffArrays(partsOf(before), partsOf(after), { maxEditLength: MOST_EDITS })
  if (!parts) return wordDiff(before, after)
  return parts.flatMap(({ added, removed, value }, at): Stretch[] => {
    const next = parts[at + 1]
    const last = parts[at - 1]
    if (removed && next?.added && next.value.length === value.length)
      return value.flatMap((part, index) => wordDiff(part, next.value[index] ?? ''))
    if (added && last?.removed && last.value.length === value.length) return []
    return [{ kind: added ? 'put' : removed ? 'taken' : 'same', text: value.join('') }]
  })
}

function partsOf(text: string): string[] {
  return text.split(/(?<=; |\n)/)
}
