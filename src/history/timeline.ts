import type { Subject } from '../../prisma/client/enums.ts'
import { word } from '../words.ts'
import { partDiff, type Stretch, wordDiff } from './diff.ts'
import type { Line } from './list.store.ts'
import { deedOf } from './sentence.ts'

/** A line of history as a page prints it. */
export type Told = Pick<Line, 'id' | 'revision' | 'at' | 'actorName' | 'reason' | 'redaction'> & {
  /** What was done, as the end of a sentence that begins with who did it. */
  deed: string
  changes: { label: string; before: string; after: string; words: Stretch[] }[]
}

/** How a subject's fields are told: their names in words, and a value of one in words; fields without a name are left out. */
export type Teller = {
  subject: Subject
  labels: Record<string, string>
  inWords: (field: string, value: unknown) => string
  /** What of an event's fields, before or after, and of its reason this person is shown; all of them where it is left out. */
  shown?: (fields: unknown) => unknown
  reasonShown?: (reason: string | null) => string | null
}

/** History as a page prints it: each line with the named fields that it changed, before and after in words. */
export function told(lines: readonly Line[], teller: Teller): Told[] {
  const { shown = same, reasonShown = same } = teller
  return lines.map(({ id, revision, action, at, actorName, reason, redaction, before, after }) => ({
    id,
    revision,
    deed: deedOf(teller.subject, action),
    at,
    actorName,
    reason: reasonShown(reason),
    redaction,
    changes: changesOf(fieldsOf(shown(before)), fieldsOf(shown(after)), action === 'redacted' ? REDACTION : teller),
  }))
}

function same<T>(value: T): T {
  return value
}

type Fields = Record<string, unknown>

function changesOf(
  before: Fields,
  after: Fields,
  { labels, inWords }: Pick<Teller, 'labels' | 'inWords'>,
): Told['changes'] {
  return Object.keys({ ...before, ...after }).flatMap((field) => {
    const label = Object.hasOwn(labels, field) ? labels[field] : undefined
    const [was, is] = [inWords(field, before[field]), inWords(field, after[field])]
    if (label === undefined || was === is) return []
    // What is told in parts is compared part by part, so that no word of one is taken for a word of another.
    const diff = isInParts(before[field]) || isInParts(after[field]) ? partDiff : wordDiff
    return [{ label, before: was, after: is, words: diff(was, is) }]
  })
}

function isInParts(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

/** The event of a redaction is told alike whatever it is about: what was emptied and on what ground, never the words. */
const REDACTION: Pick<Teller, 'labels' | 'inWords'> = {
  labels: { what: 'Redacted', ground: 'Ground', secondedById: 'Seconded by' },
  inWords(field, value) {
    if (field === 'secondedById') return value === null ? 'nobody: the desk had no other admin' : ''
    if (Array.isArray(value)) return value.filter((one) => typeof one === 'string').join('; ')
    return typeof value === 'string' && field === 'ground' ? word('redactionGround', value) : ''
  },
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

/** A field that a form and the record do not agree on. */
export type Difference = { label: string; theirs: string; yours: string; words: Stretch[] }

/** What somebody else saved beside what was typed, where they differ; both by field, in words. */
export function differences(
  labels: Record<string, string>,
  theirs: Record<string, string>,
  yours: Record<string, string>,
): Difference[] {
  return Object.entries(labels)
    .map(([field, label]) => ({ label, theirs: theirs[field] ?? '', yours: yours[field] ?? '' }))
    .filter(({ theirs, yours }) => theirs !== yours)
    .map((difference) => ({ ...difference, words: wordDiff(difference.theirs, difference.yours) }))
}

/** The fields in which two values of a subject differ, as history keeps them; null when there are none. */
export function changedFields<T extends object>(before: T, after: T): { before: Partial<T>; after: Partial<T> } | null {
  const fields = (Object.keys(after) as (keyof T)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  )
  if (fields.length === 0) return null
  const only = (value: T) => Object.fromEntries(fields.map((field) => [field, value[field]])) as Partial<T>
  return { before: only(before), after: only(after) }
}
