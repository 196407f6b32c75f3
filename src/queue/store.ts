import { Prisma } from '../../prisma/client/client.ts'
import { rows } from '../database/rows.ts'
import type { Standing } from '../decisions/headline.ts'
import { noClaim } from '../errors.ts'
import type { Db } from '../history/store.ts'
import { isWithheld } from '../privacy/withheld.store.ts'
import type { Cursor } from '../web/paging.ts'

/** What the queue is narrowed to, its names looked up. */
export type QueueFilter = {
  storyId: number | null
  stage: string | null
  assignee: 'none' | number | null
  isChallenged: boolean
}

/** A claim that waits for review. */
export type Waiting = Standing & {
  id: number
  ref: string
  statement: string
  language: string
  assignee: string | null
  waitsSince: Date
  /** As printed; those of private sources are left out. */
  hedges: string[]
}

/** A claim and where it stands in the queue; `waitsSince` is null when it does not wait. */
export type Selected = { id: number; ref: string; waitsSince: Date | null }

/** The part of the queue around a claim: what is shown of it, how many wait (`total`), and how many of them longer (`before`). */
export type Window = { claims: Waiting[]; previous: string | null; next: string | null; total: number; before: number }

/** Up to here the queue is counted exactly. */
export const QUEUE_COUNTED = 1000
const BEFORE = 5
const AFTER = 14

/** The claim of this reference, whether it waits or not; throws NotFound. */
export async function findSelected(db: Db, ref: string): Promise<Selected> {
  const claim = await db.claim.findUnique({ where: { ref }, select: { id: true, ref: true, waitsSince: true } })
  if (!claim) throw noClaim(ref)
  return claim
}

/** The claim that has waited longest, of those after a place in the queue; of all when none comes after it. Null when nothing waits. */
export async function maybeFirst(db: Db, filter: QueueFilter, after: Cursor | null): Promise<Selected | null> {
  // A row comparison, which Prisma cannot say.
  const beyond = after ? Prisma.sql`and ${PLACE} > ${at(after)}` : Prisma.empty
  const [first] = await rows<Selected>(
    db,
    Prisma.sql`
    select c.id, c.ref, c.waits_since as "waitsSince" from claim c
    where ${conditionsOf(filter)} ${beyond} order by c.waits_since, c.id limit 1`,
  )
  return first || !after ? (first ?? null) : maybeFirst(db, filter, null)
}

/** The queue around a claim, longest waiting first; from its beginning when that claim does not wait. Costs the same wherever it stands. */
export async function windowAround(db: Db, filter: QueueFilter, selected: Selected | null): Promise<Window> {
  const place = selected?.waitsSince ? placeOf({ ...selected, waitsSince: selected.waitsSince }) : null
  const waits = conditionsOf(filter)
  const from = place ? Prisma.sql`and ${PLACE} >= ${at(place)}` : Prisma.empty
  const earlier = place
    ? Prisma.sql`(select c.* from claim c where ${waits} and ${PLACE} < ${at(place)}
        order by c.waits_since desc, c.id desc limit ${Prisma.raw(String(BEFORE))}) union all`
    : Prisma.empty
  // Rows on both sides of a place and the hedges of each, in one statement.
  const [claims, counts] = await Promise.all([
    rows<Waiting>(
      db,
      Prisma.sql`
      select c.id, c.ref, c.statement, c.language, c.stage::text as stage, c.verdict::text as verdict,
        c.former_verdict::text as "formerVerdict", c.closed_because::text as "closedBecause",
        c.superseded_by_id is not null as "isSuperseded", c.came_in::text as "cameIn", c.waits_since as "waitsSince",
        assignee.name as assignee, hedged.hedges
      from (${earlier} (select c.* from claim c where ${waits} ${from}
        order by c.waits_since, c.id limit ${Prisma.raw(String(AFTER))})) c
      left join account assignee on assignee.id = c.assignee_id
      left join lateral (
        select coalesce(array_agg(hedge order by first), '{}') as hedges from (
          select hedge, min(a.ordinal) as first from attribution a join source s on s.id = a.source_id, unnest(a.hedges) hedge
          where a.claim_id = c.id and not ${isWithheld('s')} group by hedge) once) hedged on true
      order by c.waits_since, c.id`,
    ),
    countAround(db, waits, place),
  ])
  const comesAfter = (claim: Waiting) => {
    const { key, id } = placeOf(claim)
    return !place || key > place.key || (key === place.key && id > place.id)
  }
  const others = claims.filter(({ id }) => id !== selected?.id)
  return {
    claims,
    previous: others.findLast((claim) => !comesAfter(claim))?.ref ?? null,
    next: others.find(comesAfter)?.ref ?? null,
    ...counts,
  }
}

async function countAround(db: Db, waits: Prisma.Sql, place: Cursor | null) {
  const most = Prisma.raw(String(QUEUE_COUNTED + 1))
  const before = place
    ? Prisma.sql`(select count(*)::int from (
        select from claim c where ${waits} and ${PLACE} < ${at(place)} limit ${most}) longer)`
    : Prisma.sql`0`
  const [counts] = await rows<{ total: number; before: number }>(
    db,
    Prisma.sql`
    select (select count(*)::int from (select from claim c where ${waits} limit ${most}) counted) as total, ${before} as before`,
  )
  return counts ?? { total: 0, before: 0 }
}

/** Where a claim stands in the queue. */
export function placeOf({ waitsSince, id }: { waitsSince: Date; id: number }): Cursor {
  return { key: waitsSince.toISOString(), id }
}

const PLACE = Prisma.sql`(c.waits_since, c.id)`

function at({ key, id }: Cursor): Prisma.Sql {
  return Prisma.sql`(${key}::text::timestamptz, ${id}::int)`
}

function conditionsOf({ storyId, stage, assignee, isChallenged }: QueueFilter): Prisma.Sql {
  const conditions = [
    Prisma.sql`c.waits_since is not null`,
    storyId !== null && Prisma.sql`c.story_id = ${storyId}`,
    stage && Prisma.sql`c.stage = ${stage}::text::stage`,
    // Only what is challenged waits when it is decided.
    isChallenged && Prisma.sql`c.stage = 'decided'`,
    assignee === 'none' && Prisma.sql`c.assignee_id is null`,
    typeof assignee === 'number' && Prisma.sql`c.assignee_id = ${assignee}`,
  ].filter((condition) => condition instanceof Prisma.Sql)
  return Prisma.join(conditions, ' and ')
}
