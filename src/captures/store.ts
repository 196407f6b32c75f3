import { createHash } from 'node:crypto'
import { REDACTED, type Redacted } from '../history/list.store.ts'
import type { Db } from '../history/store.ts'
import { findPassage, type Near } from './anchor.ts'

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
export type Held = {
  captureId: number | null
  passage: string | null
  prefix: string | null
  suffix: string | null
  start: number | null
  end: number | null
}

/**
 * Finds a passage in a capture of the source, the latest unless another is named, and answers what is to be kept of it: the words as the
 * capture has them, or as they were typed when they are not there. A capture of another source is not looked at.
 */
export async function anchorIn(
  tx: Db,
  sourceId: number,
  passage: string | null,
  captureId?: number | null,
  near: Near = {},
): Promise<Held> {
  const named = captureId ? await captureOf(tx, sourceId, captureId) : null
  const capture = named ?? (await latestCapture(tx, sourceId))
  const anchor = capture && passage ? findPassage(capture.text, passage, near) : null
  return {
    captureId: capture?.id ?? null,
    passage: anchor?.exact ?? (passage || null),
    prefix: anchor?.prefix ?? null,
    suffix: anchor?.suffix ?? null,
    start: anchor?.start ?? null,
    end: anchor?.end ?? null,
  }
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

/** The captures of a source, newest first, at most 50. */
export async function capturesOf(db: Db, sourceId: number): Promise<CaptureLine[]> {
  const captures = await db.capture.findMany({
    where: { sourceId },
    orderBy: { id: 'desc' },
    take: 50,
    select: { id: true, takenAt: true, sha256: true, takenBy: { select: { name: true } }, redactions: REDACTED },
  })
  return captures.map(({ takenBy, redactions, ...capture }) => ({
    ...capture,
    takenBy: takenBy.name,
    redaction: redactions[0] ?? null,
  }))
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
