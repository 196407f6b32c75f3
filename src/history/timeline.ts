import { createHash } from 'node:crypto'
import type { Subject } from '../../prisma/client/enums.ts'
import { keepResult, keptResult } from '../texts/kept.ts'
import { runTask } from '../texts/pool.ts'
import { word } from '../words.ts'
import { briefLimit, type Stretch, wholeDiff, wordDiff } from './diff.ts'
import type { Line } from './list.store.ts'
import { deedOf } from './sentence.ts'

/** A line of history as a page prints it. */
export type Told = Pick<Line, 'id' | 'revision' | 'at' | 'actorName' | 'reason' | 'redaction'> & {
  /** What was done, as the end of a sentence that begins with who did it. */
  deed: string
  changes: { label: string; before: string; after: string; words: Stretch[]; isPlain: boolean }[]
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

/**
 * History as a page prints it: each line with the named fields that it changed, before and after in words. What changed within a field is
 * found out in another thread where it is long, and kept; a field is plain where that was given up.
 */
export async function told(lines: readonly Line[], teller: Teller): Promise<Told[]> {
  // Masked before anything is compared, so that no other thread and nothing kept has more than this person is shown.
  const { shown = (fields: unknown) => fields, reasonShown = (reason: string | null) => reason } = teller
  const changes = lines.map(({ action, before, after }) =>
    changesOf(fieldsOf(shown(before)), fieldsOf(shown(after)), action === 'redacted' ? REDACTION : teller),
  )
  const diffs = await diffsOf(changes.flat())
  return lines.map(({ id, revision, action, at, actorName, reason, redaction }, index) => ({
    id,
    revision,
    deed: deedOf(teller.subject, action),
    at,
    actorName,
    reason: reasonShown(reason),
    redaction,
    changes: (changes[index] ?? []).map(({ label, before, after }) => ({
      label,
      before,
      after,
      ...(diffs.shift() ?? NONE),
    })),
  }))
}

const NONE = { words: [], isPlain: false }

type Fields = Record<string, unknown>
type Change = { label: string; before: string; after: string; isInParts: boolean }
type Diff = { words: Stretch[]; isPlain: boolean }

function changesOf(before: Fields, after: Fields, { labels, inWords }: Omit<Teller, 'subject'>): Change[] {
  return Object.keys({ ...before, ...after }).flatMap((field) => {
    const label = Object.hasOwn(labels, field) ? labels[field] : undefined
    const [was, is] = [inWords(field, before[field]), inWords(field, after[field])]
    if (label === undefined || was === is) return []
    // What is told in parts is compared part by part, so that no word of one is taken for a word of another.
    return [{ label, before: was, after: is, isInParts: isInParts(before[field]) || isInParts(after[field]) }]
  })
}

async function diffsOf(changes: readonly Change[]): Promise<Diff[]> {
  const keyed = changes.map(({ before, after, isInParts }) => {
    const key = createHash('sha256')
      .update(JSON.stringify([isInParts, before, after]))
      .digest('base64')
    return { before, after, isInParts, key, diff: keptResult(key) as Diff | undefined }
  })
  const missing = keyed.filter(({ diff }) => !diff)
  const pairs = missing.map(({ before, after, isInParts }) => ({ before, after, isInParts }))
  const found = pairs.length ? await runTask('diff', pairs) : []
  for (const [index, one] of missing.entries()) {
    const diff = found?.[index]
    one.diff = diff ?? { words: wholeDiff(one.before, one.after), isPlain: true }
    if (diff && !diff.isPlain) keepResult(one.key, diff)
  }
  return keyed.map(({ diff }) => diff ?? NONE)
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
  const limit = briefLimit()
  return Object.entries(labels)
    .map(([field, label]) => ({ label, theirs: theirs[field] ?? '', yours: yours[field] ?? '' }))
    .filter(({ theirs, yours }) => theirs !== yours)
    .map((difference) => ({ ...difference, words: wordDiff(difference.theirs, difference.yours, limit) }))
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
