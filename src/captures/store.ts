import { createHash } from 'node:crypto'
import { Prisma } from '../../prisma/client/client.ts'
import { rows } from '../database/rows.ts'
import { REDACTED, type Redacted } from '../history/list.store.ts'
import type { Db } from '../history/store.ts'
import { type FoldedText, foldText, inCodePoints } from '../text-matching.ts'
import { anchorAmong, inContext, placeAt, placesIn } from './anchor.ts'
import { placeOf, placeText } from './place.ts'

/** A capture as it is read for finding passages in it. */
export type CapturedText = { id: number; text: string; sha256: string }

/** The text of a source as it was last taken; null when none was. */
export async function latestCapture(db: Db, sourceId: number): Promise<CapturedText | null> {
  return db.capture.findFirst({
    where: { sourceId },
    orderBy: { id: 'desc' },
    select: { id: true, text: true, sha256: true },
  })
}

/** The columns by which an attribution or a piece of evidence holds on to a capture; start and end are null when the passage is not in it. */
export type PassageHeld = {
  captureId: number | null
  passage: string | null
  prefix: string | null
  suffix: string | null
  start: number | null
  end: number | null
}

/** A passage that is to be found in a text of a source. */
export type PassageSought = {
  sourceId: number
  passage: string | null
  /** The capture it is taken from; the latest of the source when none of its captures is named. */
  captureId?: number | null
  /** The place that was selected, as `capture:start` with the start in code points; without a start any place will do. */
  place?: string | null
  /** What was kept of it so far. It stays as it is, place and capture, as long as source and passage do. */
  held?: (PassageHeld & { sourceId: number }) | null
}

/** Where a passage was anchored, and among how many places one has still to be chosen; 0 when there is nothing to choose. */
export type PassageAnchored = { columns: PassageHeld; choices: number }

/**
 * Anchors a passage in a capture: the words as the capture has them, or as they were typed when they are not there. A capture of another source
 * is not looked at.
 */
export async function anchorPassage(tx: Db, sought: PassageSought): Promise<PassageAnchored> {
  const { sourceId, passage, held } = sought
  const place = placeOf(sought.place)
  const isSame = held && held.sourceId === sourceId && held.passage === (passage || null)
  const isElsewhere = place !== null && (place.captureId !== held?.captureId || place.start !== held.start)
  if (isSame && held.start !== null && !isElsewhere) return { columns: columnsHeld(held), choices: 0 }
  const captureId = place?.captureId ?? sought.captureId
  const named = captureId ? await captureOf(tx, sourceId, captureId) : null
  const capture = named ?? (await latestCapture(tx, sourceId))
  const places = capture && passage ? placesIn(capture.text, passage, foldedCapture(capture)) : []
  const near = capture && place?.captureId === capture.id ? place : {}
  const anchor = capture && passage ? anchorAmong(capture.text, places, passage, near) : null
  const isChosen = capture && passage && placeAt(capture.text, places, passage, near)
  const isAsked = places.length > 1 && !isChosen && !(place && place.start === null)
  if (isSame && isAsked) return { columns: columnsHeld(held), choices: 0 }
  return {
    columns: {
      captureId: capture?.id ?? null,
      passage: anchor?.exact ?? (passage || null),
      prefix: anchor?.prefix ?? null,
      suffix: anchor?.suffix ?? null,
      start: anchor?.start ?? null,
      end: anchor?.end ?? null,
    },
    choices: isAsked ? places.length : 0,
  }
}

function columnsHeld({ captureId, passage, prefix, suffix, start, end }: PassageHeld): PassageHeld {
  return { captureId, passage, prefix, suffix, start, end }
}

/** A place of a passage to choose, with the words around it. */
export type PlaceChoice = { value: string; before: string; exact: string; after: string }

/** The places that are offered, and how many more there are. */
export type PlaceChoices = { choices: PlaceChoice[]; more: number }

/** How many places of a passage are offered; a passage that stands more often is to be made longer. */
const MOST_PLACES = 20

/** The places of a passage in a capture of the source, the latest unless another is named, for choosing one. */
export async function placeChoices(
  db: Db,
  { sourceId, passage, captureId, place }: PassageSought,
): Promise<PlaceChoices> {
  const id = placeOf(place)?.captureId ?? captureId
  const named = id ? await captureOf(db, sourceId, id) : null
  const capture = named ?? (await latestCapture(db, sourceId))
  if (!capture || !passage) return { choices: [], more: 0 }
  const places = placesIn(capture.text, passage, foldedCapture(capture)).map(({ from, to }) => ({
    start: from,
    end: to,
  }))
  const offered = inCodePoints(capture.text, places.slice(0, MOST_PLACES))
  return {
    choices: offered.map(({ start, end }) => ({
      value: placeText({ captureId: capture.id, start }),
      ...inContext(capture.text, start, end, 80),
    })),
    more: places.length - offered.length,
  }
}

// A form may hold 200 passages of one text: the text is folded once, not 200 times.
const lastFolded: { text: string; folded: FoldedText }[] = []
const MOST_FOLDED = 2

function foldedCapture({ text }: CapturedText): FoldedText {
  const known = lastFolded.find((one) => one.text === text)
  if (known) return known.folded
  const folded = foldText(text)
  lastFolded.unshift({ text, folded })
  lastFolded.length = Math.min(lastFolded.length, MOST_FOLDED)
  return folded
}

async function captureOf(tx: Db, sourceId: number, id: number): Promise<CapturedText | null> {
  return tx.capture.findFirst({ where: { id, sourceId }, select: { id: true, text: true, sha256: true } })
}

/** Keeps a text as a new capture of a source, whose row must be locked or new. The text is normalised already. */
export async function addCapture(
  tx: Db,
  sourceId: number,
  { text, takenAt, takenById }: { text: string; takenAt: Date; takenById: number },
): Promise<{ id: number; sha256: string }> {
  return tx.capture.create({
    data: { sourceId, text, takenAt, takenById, sha256: sha256Of(text), how: 'pasted' },
    select: { id: true, sha256: true },
  })
}

/** Hex SHA-256 of a text's UTF-8 bytes. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** A capture among those of its source, without its text. */
export type CaptureLine = { id: number; takenAt: Date; sha256: string; takenBy: string; redaction: Redacted | null }

const CAPTURE_LINE = {
  id: true,
  takenAt: true,
  sha256: true,
  takenBy: { select: { name: true } },
  redactions: REDACTED,
} satisfies Prisma.CaptureSelect

/** How many texts a source may have, so that looking for a passage in all of them ends. */
export const MOST_CAPTURES = 200

/** How many texts of a source are listed at once. */
const LISTED = 20

/** Some captures of a source, the newest first: those before the one with this id, or the newest; how many there are; and from where to go on. */
export type CapturePage = { captures: CaptureLine[]; count: number; before: number | null }

/** Twenty captures of a source, newest first, from the one before `before` on. */
export async function capturesOf(db: Db, sourceId: number, before: number | null): Promise<CapturePage> {
  const [found, count] = await Promise.all([
    db.capture.findMany({
      where: { sourceId, ...(before === null ? {} : { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: LISTED + 1,
      select: CAPTURE_LINE,
    }),
    db.capture.count({ where: { sourceId } }),
  ])
  const captures = found.slice(0, LISTED).map(lineOf)
  return { captures, count, before: found.length > LISTED ? (captures.at(-1)?.id ?? null) : null }
}

/** The capture of a source that is shown, the latest unless another is named, and the one taken before it; null where there is none. */
export async function captureShown(
  db: Db,
  sourceId: number,
  id: number | null,
): Promise<{ shown: CaptureLine | null; earlier: CaptureLine | null; latestId: number | null }> {
  const [latest, found] = await Promise.all([
    db.capture.findFirst({ where: { sourceId }, orderBy: { id: 'desc' }, select: { id: true } }),
    db.capture.findMany({
      where: { sourceId, ...(id === null ? {} : { id: { lte: id } }) },
      orderBy: { id: 'desc' },
      take: 2,
      select: CAPTURE_LINE,
    }),
  ])
  const [shown = null, earlier = null] = found.map(lineOf)
  return { shown, earlier, latestId: latest?.id ?? null }
}

function lineOf({
  takenBy,
  redactions,
  ...capture
}: Prisma.CaptureGetPayload<{ select: typeof CAPTURE_LINE }>): CaptureLine {
  return { ...capture, takenBy: takenBy.name, redaction: redactions[0] ?? null }
}

/** The words of a source's capture between two code points, without blanks around them, and where they begin; null when there are none. */
export async function maybeWordsOf(
  db: Db,
  sourceId: number,
  captureId: number,
  { start, end }: { start: number; end: number },
): Promise<{ captureId: number; words: string; start: number } | null> {
  // A capture may have a million characters; only PostgreSQL can hand out a piece of it. Its substring counts code points from 1.
  const [found] = await rows<{ text: string }>(
    db,
    Prisma.sql`
    select substring(text from ${start + 1}::int for ${Math.max(0, end - start)}::int) as text
    from capture where id = ${captureId} and source_id = ${sourceId}`,
  )
  const words = found?.text.trim() ?? ''
  if (!found || words === '') return null
  const blank = found.text.length - found.text.trimStart().length
  return { captureId, words, start: start + blank }
}

/** The text of one capture of a source; null when the source has no such capture. */
export async function maybeTextOf(db: Db, sourceId: number, captureId: number): Promise<string | null> {
  const capture = await captureOf(db, sourceId, captureId)
  return capture?.text ?? null
}

/** Sources with a capture of just this text, oldest first, at most 5. */
export async function sourcesOfText(
  db: Db,
  sha256: string,
): Promise<{ id: number; title: string | null; url: string | null }[]> {
  return db.source.findMany({
    where: { captures: { some: { sha256 } } },
    orderBy: { id: 'asc' },
    take: 5,
    select: { id: true, title: true, url: true },
  })
}
