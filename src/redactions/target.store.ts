import type { Subject } from '../../prisma/client/enums.ts'
import type { Db } from '../history/store.ts'
import { TOMBSTONE } from '../history/tombstone.ts'
import { accepted, type Outcome, refused } from '../outcome.ts'
import { placesOfWords, type Sought } from './words.ts'

/** One thing to empty: what an event changed, the words at these places of a captured text or (without a length) all of it, or a sealed copy. */
export type Target = { kind: 'event' | 'capture' | 'decision'; id: number; places: number[]; length: number | null }

/** A target with whose it is, and what it is called where that is told. */
export type Located = Target & { subject: Subject; subjectId: number; called: string; isRedacted: boolean }

const GONE = 'This is not there to be redacted.'

/** Reads the places of words in a captured text; refused where they are not to be found. */
export async function targetIn(
  db: Db,
  asked: {
    event: number | null
    capture: number | null
    decision: number | null
    words: string | null
    insideWords: boolean
    whole: boolean
  },
): Promise<Outcome<Target>> {
  if (asked.event) return accepted({ kind: 'event', id: asked.event, places: [], length: null })
  if (asked.decision) return accepted({ kind: 'decision', id: asked.decision, places: [], length: null })
  if (!asked.capture) return refused({ field: '', message: 'Begin with “Redact” beside what is to be redacted.' })
  const capture: Pick<Target, 'kind' | 'id'> = { kind: 'capture', id: asked.capture }
  if (asked.whole) return accepted({ ...capture, places: [], length: null })
  const row = await db.capture.findUnique({ where: { id: asked.capture }, select: { text: true } })
  if (!row) return refused({ field: '', message: GONE })
  const words = asked.words ?? ''
  const [first] = words.includes(TOMBSTONE)
    ? []
    : inLengths(row.text, { words: [words], insideWords: asked.insideWords })
  if (!first)
    return refused({
      field: 'words',
      message:
        'These words do not stand in the text. Copy them from it; for a part of a word, tick that they may be inside longer words.',
    })
  return accepted({ ...capture, ...first })
}

/** The places of words in a text, those of one length together: with a line end or a ligature in them they are shorter or longer. */
function inLengths(text: string, sought: Sought): { places: number[]; length: number }[] {
  const byLength = new Map<number, number[]>()
  for (const { start, length } of placesOfWords(text, sought))
    byLength.set(length, [...(byLength.get(length) ?? []), start])
  return [...byLength].map(([length, places]) => ({ places, length }))
}

/** Every target that words make of a captured text: one for each length in which they stand in it. Read before anything is emptied. */
export async function targetsInText(db: Db, id: number, sought: Sought): Promise<Target[]> {
  const { text } = await db.capture.findUniqueOrThrow({ where: { id }, select: { text: true } })
  return inLengths(text, sought).map((one) => ({ kind: 'capture', id, ...one }))
}

/** Whose these things are, in the order of the targets; those that are not there are left out. */
export async function located(db: Db, targets: readonly Target[]): Promise<Located[]> {
  const ids = (kind: Target['kind']) => targets.filter((target) => target.kind === kind).map(({ id }) => id)
  const [events, captures, decisions] = [
    await db.event.findMany({
      where: { id: { in: ids('event') } },
      select: { id: true, subject: true, subjectId: true, revision: true, body: { select: { redactedAt: true } } },
    }),
    // Texts are as long as reports: only whether anything is left of one is asked for.
    await db.$queryRaw<{ id: number; sourceId: number; isEmpty: boolean }[]>`
      select id, source_id as "sourceId", text = '' as "isEmpty" from capture where id = any(${ids('capture')}::int[])`,
    await db.$queryRaw<{ id: number; claimId: number; revision: number; isEmpty: boolean }[]>`
      select id, claim_id as "claimId", revision, seal = '{}' as "isEmpty" from decision where id = any(${ids('decision')}::int[])`,
  ]
  const found = {
    event: new Map(
      events.map((row) => [
        row.id,
        {
          subject: row.subject,
          subjectId: row.subjectId,
          called: `what revision ${row.revision} changed`,
          isRedacted: Boolean(row.body?.redactedAt),
        },
      ]),
    ),
    capture: new Map(
      captures.map((row) => [
        row.id,
        {
          subject: 'source' as const,
          subjectId: row.sourceId,
          called: `text ${row.id}`,
          isRedacted: row.isEmpty,
        },
      ]),
    ),
    decision: new Map(
      decisions.map((row) => [
        row.id,
        {
          subject: 'claim' as const,
          subjectId: row.claimId,
          called: `the sealed copy and the reasons of the decision of revision ${row.revision}`,
          isRedacted: row.isEmpty,
        },
      ]),
    ),
  }
  return targets.flatMap((target) => {
    const one = found[target.kind].get(target.id)
    if (!one) return []
    const called =
      target.kind !== 'capture'
        ? one.called
        : target.length === null
          ? `${one.called}, the whole of it`
          : `words of ${one.called}, ${target.places.length === 1 ? 'in one place' : `in ${target.places.length} places`}`
    return [{ ...target, ...one, called }]
  })
}

/**
 * The words that a redaction of a captured text takes with it: those at its first place, or of a whole text every passage that is held of it.
 * Read before anything is emptied.
 */
export async function wordsAt(db: Db, { id, places: [first], length }: Target): Promise<string[]> {
  if (length !== null && first !== undefined) {
    const rows = await db.$queryRaw<{ words: string }[]>`
      select substring(text from ${first}::int + 1 for ${length}::int) as words from capture where id = ${id}`
    return rows.map(({ words }) => words)
  }
  const rows = await db.$queryRaw<{ words: string }[]>`
    select passage as words from attribution where capture_id = ${id} and start is not null
    union select passage from evidence where capture_id = ${id} and start is not null limit 500`
  return rows.map(({ words }) => words)
}
