import { Prisma } from '../../prisma/client/client.ts'
import { rows } from '../database/rows.ts'
import type { Db } from '../history/store.ts'
import type { Span } from '../text-matching.ts'
import { keepResult, keptResult } from '../texts/kept.ts'
import { runTask } from '../texts/pool.ts'
import type { PlaceHeld } from './follow.ts'

/** A place in one capture that is looked for in another of the same source. */
export type PlaceAsked = PlaceHeld & { captureId: number; inCaptureId: number }

/**
 * Where places are in other captures, in the order asked: null where they are gone, undefined where finding out was given up. What was found
 * is kept, since captures never change but by redaction.
 */
export async function placesAfter(db: Db, asked: readonly PlaceAsked[]): Promise<(Span | null | undefined)[]> {
  const byPair = new Map<string, PlaceAsked[]>()
  for (const one of asked) {
    const pair = `${one.captureId}>${one.inCaptureId}`
    const known = byPair.get(pair)
    if (known) known.push(one)
    else byPair.set(pair, [one])
  }
  const captures = [...new Set(asked.flatMap(({ captureId, inCaptureId }) => [captureId, inCaptureId]))]
  const versions = await versionsOf(db, captures)
  const pairs = [...byPair.values()].flatMap((places) => {
    const [first] = places
    if (!first) return []
    const { captureId, inCaptureId } = first
    const held = [...new Map(places.map(({ start, end }) => [`${start}-${end}`, { start, end }])).values()]
    const key = JSON.stringify(['follow', versions.get(captureId), versions.get(inCaptureId), held])
    return [{ captureId, inCaptureId, places, held, key, spans: keptResult(key) as (Span | null)[] | undefined }]
  })
  const missing = pairs.filter(({ spans }) => !spans)
  const texts = await textsOf(
    db,
    missing.flatMap(({ captureId, inCaptureId }) => [captureId, inCaptureId]),
  )
  for (const pair of missing) {
    const [before, after] = [texts.get(pair.captureId), texts.get(pair.inCaptureId)]
    const input = before === undefined || after === undefined ? null : { before, after, held: pair.held }
    const spans = input && (await runTask('follow', input))
    if (!spans) continue
    pair.spans = spans
    keepResult(pair.key, spans)
  }
  const found = new Map<PlaceAsked, Span | null>()
  for (const { places, held, spans } of pairs) {
    if (!spans) continue
    const byPlace = new Map(held.map(({ start, end }, index) => [`${start}-${end}`, spans[index] ?? null]))
    for (const one of places) found.set(one, byPlace.get(`${one.start}-${one.end}`) ?? null)
  }
  return asked.map((one) => found.get(one))
}

/** Captures as they are now: the digest of each with its last redaction, so that nothing kept of another text is shown. */
export async function versionsOf(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  // Prisma would take two statements.
  const found = await rows<{ id: number; version: string }>(
    db,
    Prisma.sql`
    select c.id, concat_ws('.', c.id, c.sha256, max(r.id)) as version
    from capture c left join redaction r on r.capture_id = c.id where c.id = any(${[...ids]}::int[]) group by c.id`,
  )
  return new Map(found.map(({ id, version }) => [id, version]))
}

async function textsOf(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  const captures = await db.capture.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, text: true },
  })
  return new Map(captures.map(({ id, text }) => [id, text]))
}
