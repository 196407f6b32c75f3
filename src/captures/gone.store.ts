import { Prisma } from '../../prisma/client/client.ts'
import { rows } from '../database/rows.ts'
import type { Db } from '../history/store.ts'
import { placesAfter } from './places.store.ts'

/** When passages that stood in a text were no longer in the source's latest one: by attribution and by piece of evidence, the time of the first text without. */
export type Gone = { attributions: ReadonlyMap<number, Date>; evidence: ReadonlyMap<number, Date> }

type HeldRow = {
  kind: 'attribution' | 'evidence'
  id: number
  sourceId: number
  captureId: number
  start: number
  end: number
}

/**
 * The passages of a claim, or of everything taken from a source, that are gone from the source's later texts. What is alike in texts does not
 * count, the same words in another place are not the passage, and of a text that is redacted nothing is said.
 */
export async function passagesGone(db: Db, of: { claimId: number } | { sourceId: number }): Promise<Gone> {
  const condition =
    'claimId' in of ? Prisma.sql`held.claim_id = ${of.claimId}` : Prisma.sql`held.source_id = ${of.sourceId}`
  const held = await rows<HeldRow>(
    db,
    Prisma.sql`
    select kind, id, source_id as "sourceId", capture_id as "captureId", start, "end" from (
      select 'attribution' as kind, id, claim_id, source_id, capture_id, start, "end" from attribution where start is not null
      union all
      select 'evidence', id, claim_id, source_id, capture_id, start, "end" from evidence where start is not null) held
    where ${condition} and capture_id is not null
      and exists (select from capture later where later.source_id = held.source_id and later.id > held.capture_id)`,
  )
  const gone: Record<HeldRow['kind'], Map<number, Date>> = { attribution: new Map(), evidence: new Map() }
  if (held.length === 0) return { attributions: gone.attribution, evidence: gone.evidence }
  const kept = await db.$queryRaw<Capture[]>`
    select id, source_id as "sourceId", taken_at as "takenAt" from capture c
    where source_id = any(${[...new Set(held.map(({ sourceId }) => sourceId))]}::int[])
      and not exists (select from redaction r where r.capture_id = c.id) order by id desc`
  const sought = held
    .filter(({ captureId }) => kept.some(({ id }) => id === captureId))
    .map((one) => ({ one, later: kept.filter(({ id, sourceId }) => sourceId === one.sourceId && id > one.captureId) }))
  // Mostly the latest text has the passage; only where it has not are the earlier ones read.
  const missing = await inLater(db, sought, (later) => later.slice(0, 1))
  const lost = sought.filter(({ one }) => missing.get(one)?.[0] === null)
  const before = await inLater(db, lost, (later) => later.slice(1))
  for (const { one, later } of lost) {
    const places = before.get(one) ?? []
    const last = places.findIndex((place) => place !== null)
    const since = later[last < 0 ? later.length - 1 : last]
    if (since) gone[one.kind].set(one.id, since.takenAt)
  }
  return { attributions: gone.attribution, evidence: gone.evidence }
}

type Capture = { id: number; sourceId: number; takenAt: Date }
type Sought = { one: HeldRow; later: Capture[] }

/** Where each passage is in some of the later texts: null where it is gone, undefined where that was not found out. */
async function inLater(db: Db, sought: readonly Sought[], which: (later: Capture[]) => Capture[]) {
  const asked = sought.flatMap(({ one, later }) => which(later).map(({ id }) => ({ ...one, inCaptureId: id })))
  const places = asked.length ? await placesAfter(db, asked) : []
  const byPassage = new Map<HeldRow, (Place | undefined)[]>()
  let next = 0
  for (const { one, later } of sought) byPassage.set(one, places.slice(next, (next += which(later).length)))
  return byPassage
}

type Place = Awaited<ReturnType<typeof placesAfter>>[number]
