import { diffArrays } from 'diff'
import { type Stretch, type TimeLimit, timeLimit, wholeDiff, wordDiff } from '../history/diff.ts'
import { type FoldedText, foldText, isAlike } from '../text-matching.ts'

/** A place where two texts of a source differ: what was done, the words with what went and what came, and a sentence before it for finding it. */
export type Change = { kind: 'removed' | 'added' | 'changed'; words: Stretch[]; after: string }

/**
 * What differs between two texts: `unlike` when they share too little to be compared, `isGivenUp` when it would take too long, and how many
 * changes there are beyond those given.
 */
export type Comparison = { unlike: boolean; isGivenUp: boolean; changes: Change[]; more: number }

/** A comparison that was given up. */
export const GIVEN_UP: Comparison = { unlike: false, isGivenUp: true, changes: [], more: 0 }

// Beyond these nobody reads on, and finding it would take too long.
const MOST_EDITS = 1_000
const MOST_SHOWN = 100
const MOST_COMPARED = 100_000

/** What a publisher removed, added and changed from one text of a source to a later one, sentence by sentence; what is alike in texts does not count. */
export function compareTexts(before: string, after: string, limit: TimeLimit = timeLimit(10_000)): Comparison {
  const { number } = sentenceNumbers()
  const [olds, news] = [sentencesOf(before), sentencesOf(after)].map((sentences) => sentences.map(number))
  const parts = diffArrays(olds ?? [], news ?? [], {
    comparator: (one, other) => one.number === other.number,
    maxEditLength: MOST_EDITS,
    timeout: Math.max(1, limit.left()),
  })?.map((part) => ({ ...part, value: part.value.map(({ text }) => text) }))
  if (!parts) return limit.left() > 0 ? { ...GIVEN_UP, unlike: true, isGivenUp: false } : GIVEN_UP
  const changes: Change[] = []
  let [more, compared, last] = [0, 0, '']
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at]
    if (!part) continue
    if (!part.added && !part.removed) {
      last = part.value.at(-1) ?? ''
      continue
    }
    const next = parts[at + 1]
    const twin = next && (next.added || next.removed) ? next : null
    if (twin) at += 1
    const [gone, come] = [part, twin].reduce(
      ([gone, come], one) => {
        const text = one?.value.join(' ').trim() ?? ''
        return one?.removed ? [text, come] : one?.added ? [gone, text] : [gone, come]
      },
      ['', ''],
    )
    if (changes.length === MOST_SHOWN) {
      more += 1
      continue
    }
    compared += gone.length + come.length
    changes.push({ ...changeOf(gone, come, compared <= MOST_COMPARED, limit), after: last.trim() })
  }
  return { unlike: false, isGivenUp: false, changes, more }
}

/** Numbers sentences so that alike ones have the same: comparing two of them is then one step. */
function sentenceNumbers(): { number: (text: string) => { text: string; number: number } } {
  const byText = new Map<string, number>()
  const byLetters = new Map<string, { folded: FoldedText; number: number }[]>()
  let last = 0
  const numberOf = (text: string): number => {
    const folded = foldText(text)
    const letters = lettersOf(folded)
    const known = byLetters.get(letters) ?? []
    const alike = known.find((one) => isAlike(one.folded, folded))
    if (alike) return alike.number
    last += 1
    byLetters.set(letters, [...known, { folded, number: last }])
    return last
  }
  return {
    number(text) {
      const number = byText.get(text) ?? numberOf(text)
      byText.set(text, number)
      return { text, number }
    },
  }
}

function lettersOf({ letters }: FoldedText): string {
  let text = ''
  for (let at = 0; at < letters.length; at += 4_096) text += String.fromCodePoint(...letters.subarray(at, at + 4_096))
  return text
}

function changeOf(gone: string, come: string, byWord: boolean, limit: TimeLimit): Omit<Change, 'after'> {
  const kind = gone === '' ? 'added' : come === '' ? 'removed' : 'changed'
  return { kind, words: byWord ? wordDiff(gone, come, limit) : wholeDiff(gone, come) }
}

/** A text's sentences and lines, those of nothing but white space left out. */
function sentencesOf(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => line.split(SENTENCE_END))
    .filter((sentence) => sentence.trim() !== '')
}

// After the mark that ends a sentence, with the quotation marks and brackets that close after it; full-width marks need no space.
const SENTENCE_END = /(?<=[.!?…][”’"'»)\]]{0,3})\s+|(?<=[。！？][」』”’）]{0,3})/u

/** How a comparison is summed up, in a sentence. */
export function inOneSentence({ unlike, isGivenUp, changes, more }: Comparison): string {
  if (isGivenUp) return 'Comparing the two texts would take too long. Read them one after the other.'
  if (unlike) return 'The two texts share too little to be compared sentence by sentence.'
  if (changes.length === 0)
    return 'No words differ, only how they are set: white space, hyphens, quotation marks and the like.'
  const count = (kind: Change['kind']) => changes.filter((change) => change.kind === kind).length
  const told = (['removed', 'changed', 'added'] as const).flatMap((kind) =>
    count(kind) ? [`${count(kind)} ${kind}`] : [],
  )
  const places = changes.length === 1 ? 'One passage differs' : `${changes.length} passages differ`
  return `${places}: ${told.join(', ')}${more ? `, and ${more} more that are not shown` : ''}.`
}
