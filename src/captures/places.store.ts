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

/** Captures as they are now: their ids with that of the last redaction of each, so that nothing kept from before one is shown. */
export async function versionsOf(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  const redactions = await db.redaction.groupBy({
    by: ['captureId'],
    where: { captureId: { in: [...ids] } },
    _max: { id: true },
  })
  const last = new Map(redactions.map(({ captureId, _max }) => [captureId, _max.id]))
  return new Map(ids.map((id) => [id, `${id}.${last.get(id) ?? 0}`]))
}

async function textsOf(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  const captures = await db.capture.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, text: true },
  })
  return new Map(captures.map(({ id, text }) => [id, text]))
}
