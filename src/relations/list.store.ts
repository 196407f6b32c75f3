import { Prisma } from '../../prisma/client/client.ts'
import type { RelationType } from '../../prisma/client/enums.ts'
import { rows } from '../database/rows.ts'
import type { Standing } from '../decisions/headline.ts'
import type { Db } from '../history/store.ts'
import { isWithheld } from '../privacy/withheld.store.ts'
import { MOST_RELATIONS } from './store.ts'

/** Something that a claim has to do with another, as seen from that claim; one that is superseded or repeated has no row of its own to remove. */
export type Related = Standing & {
  relationId: number | null
  type: RelationType | 'supersedes' | 'duplicates'
  /** Whether it is this claim that contradicts, updates, … the other. */
  isFrom: boolean
  ref: string
  statement: string
  language: string
  /** As printed; those of private sources are left out. */
  hedges: string[]
  note: string
  /** Null where the history does not tell. */
  addedById: number | null
  addedBy: string | null
  addedAt: Date | null
}

/** All that a claim has to do with others, from both ends: superseding first, then relations by type, then duplicates; at most 200 of each. */
export async function relatedTo(db: Db, claimId: number): Promise<Related[]> {
  const most = Prisma.raw(String(MOST_RELATIONS))
  // One statement for both ends, the standing of each other claim, its hedges, and who made a claim give way, which its history alone tells.
  return rows<Related>(
    db,
    Prisma.sql`
    with related as (
      (select id, type::text, true as is_from, to_id as other_id, note, added_by_id, created_at as at from relation where from_id = ${claimId} limit ${most})
      union all
      (select id, type::text, false, from_id, note, added_by_id, created_at from relation where to_id = ${claimId} limit ${most})
      union all
      (select null, given.type, given.is_from, given.other_id, coalesce(given.reason, ''), given.actor_id, given.at from (
        select way.*, told.actor_id, told.at, told.reason from (
          (select 'supersedes' as type, true as is_from, id as other_id, id as older_id, 'superseded' as action from claim where superseded_by_id = ${claimId} order by id limit ${most})
          union all
          (select 'supersedes', false, superseded_by_id, id, 'superseded' from claim where id = ${claimId} and superseded_by_id is not null)
          union all
          (select 'duplicates', false, id, id, 'closed' from claim where duplicate_of_id = ${claimId} order by id limit ${most})
          union all
          (select 'duplicates', true, duplicate_of_id, id, 'closed' from claim where id = ${claimId} and duplicate_of_id is not null)) way
        left join lateral (
          select e.actor_id, e.at, b.reason from event e join event_body b on b.event_id = e.id
          where e.subject = 'claim' and e.subject_id = way.older_id and e.action = way.action order by e.revision desc limit 1) told on true) given))
    select r.id as "relationId", r.type, r.is_from as "isFrom", r.note, r.added_by_id as "addedById", account.name as "addedBy", r.at as "addedAt",
      c.ref, c.statement, c.language, c.stage::text as stage, c.verdict::text as verdict, c.former_verdict::text as "formerVerdict",
      c.closed_because::text as "closedBecause", c.superseded_by_id is not null as "isSuperseded", c.came_in::text as "cameIn", hedged.hedges
    from related r
    join claim c on c.id = r.other_id
    left join account on account.id = r.added_by_id
    left join lateral (
      select coalesce(array_agg(hedge order by first), '{}') as hedges from (
        select hedge, min(a.ordinal) as first from attribution a join source s on s.id = a.source_id, unnest(a.hedges) hedge
        where a.claim_id = c.id and not ${isWithheld('s')} group by hedge) once) hedged on true
    order by array_position(array['supersedes', 'contradicts', 'updates', 'narrows', 'duplicates'], r.type), r.is_from desc, r.at, r.id, c.id`,
  )
}
