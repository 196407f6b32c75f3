import { diffArrays } from 'diff'
import { type Stretch, wordDiff } from '../history/diff.ts'

/** A place where two texts of a source differ: what was done, the words with what went and what came, and a sentence before it for finding it. */
export type Change = { kind: 'removed' | 'added' | 'changed'; words: Stretch[]; after: string }

/** What differs between two texts: `unlike` when they share too little to be compared, and how many changes there are beyond those given. */
export type Comparison = { unlike: boolean; changes: Change[]; more: number }

// Beyond these nobody reads on, and finding it would take too long.
const MOST_EDITS = 1_000
const MOST_SHOWN = 100
const MOST_COMPARED = 100_000

/** What a publisher removed, added and changed from one text of a source to a later one, sentence by sentence; white space does not count. */
export function compareTexts(before: string, after: string): Comparison {
  const parts = diffArrays(sentencesOf(before), sentencesOf(after), {
    comparator: (one, other) => shaped(one) === shaped(other),
    maxEditLength: MOST_EDITS,
  })
  if (!parts) return { unlike: true, changes: [], more: 0 }
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
    changes.push({ ...changeOf(gone, come, compared <= MOST_COMPARED), after: last.trim() })
  }
  return { unlike: false, changes, more }
}

function changeOf(gone: string, come: string, byWord: boolean): Omit<Change, 'after'> {
  const kind = gone === '' ? 'added' : come === '' ? 'removed' : 'changed'
  if (byWord) return { kind, words: wordDiff(gone, come) }
  const whole: Stretch[] = [
    { kind: 'taken', text: gone },
    { kind: 'put', text: come },
  ]
  return { kind, words: whole.filter(({ text }) => text !== '') }
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

function shaped(sentence: string): string {
  return sentence.replace(/\s+/g, ' ').trim()
}

/** How a comparison is summed up, in a sentence. */
export function inOneSentence({ unlike, changes, more }: Comparison): string {
  if (unlike) return 'The two texts share too little to be compared sentence by sentence.'
  if (changes.length === 0) return 'Only white space differs.'
  const count = (kind: Change['kind']) => changes.filter((change) => change.kind === kind).length
  const told = (['removed', 'changed', 'added'] as const).flatMap((kind) =>
    count(kind) ? [`${count(kind)} ${kind}`] : [],
  )
  const places = changes.length === 1 ? 'One passage differs' : `${changes.length} passages differ`
  return `${places}: ${told.join(', ')}${more ? `, and ${more} more that are not shown` : ''}.`
}
