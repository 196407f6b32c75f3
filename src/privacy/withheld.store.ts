import { Prisma } from '../../prisma/client/client.ts'
import { rows } from '../database/rows.ts'
import type { Db } from '../history/store.ts'
import type { Ground, Withheld } from './withheld.ts'

/** The condition that nothing is shown of the source of this name in a statement to those who may not see private sources. */
export function isWithheld(source: string): Prisma.Sql {
  const s = Prisma.raw(source)
  return Prisma.sql`(${s}.is_private or exists (
    select from claim_source withholding where withholding.source_id = ${s}.id and withholding.not_for_attribution))`
}

/**
 * The condition that the party of this name in a statement is known to everybody: it speaks, relays, publishes or stands behind evidence somewhere
 * that is not withheld, or it is met nowhere at all.
 */
export function isKnownToAll(party: string): Prisma.Sql {
  const p = Prisma.raw(party)
  const shown = isWithheld('document')
  return Prisma.sql`(
    exists (select from attribution a where a.speaker_id = ${p}.id and a.terms is distinct from 'not_for_attribution')
    or exists (select from relay r join attribution a on a.id = r.attribution_id
      where r.party_id = ${p}.id and a.terms is distinct from 'not_for_attribution')
    or exists (select from source document where document.publisher_id = ${p}.id and not ${shown})
    or exists (select from evidence e join source document on document.id = e.source_id where e.rests_on_party_id = ${p}.id and not ${shown})
    or not (
      exists (select from claim_unnamed u where u.party_id = ${p}.id and u.not_for_attribution)
      or exists (select from attribution a where a.speaker_id = ${p}.id)
      or exists (select from relay r where r.party_id = ${p}.id)
      or exists (select from source document where document.publisher_id = ${p}.id)
      or exists (select from evidence e where e.rests_on_party_id = ${p}.id)))`
}

/** What is withheld on one claim. `isFromWithheld`: an attribution of it stands, or once stood, in a source that is withheld. */
export type WithheldOnClaim = Withheld & { isFromWithheld: boolean }

/** What is withheld on a claim from those who may not see private sources; `besides` are sources that its history names. One statement. */
export async function withheldOn(db: Db, claimId: number, besides: readonly number[] = []): Promise<WithheldOnClaim> {
  const found = await rows<Found>(
    db,
    Prisma.sql`
    with named as (
      select source_id as id, true as is_attributed from claim_source where claim_id = ${claimId}
      union all select source_id, false from evidence where claim_id = ${claimId}
      union all select rests_on_source_id, false from evidence where claim_id = ${claimId}
      union all select id, false from unnest(${besides}::int[]) id),
    unnamed as (select party_id as id from claim_unnamed where claim_id = ${claimId} and not_for_attribution)
    select s.id, s.is_private as "isPrivate", null as name, bool_or(named.is_attributed) as "isAttributed"
    from named join source s on s.id = named.id where ${isWithheld('s')} group by s.id
    union all select p.id, null, p.name, null from party p join unnamed using (id)
    union all select a.party_id, null, a.alias, null from party_alias a join unnamed on unnamed.id = a.party_id`,
  )
  return { ...withheldFrom(found), isFromWithheld: found.some(({ isAttributed }) => isAttributed) }
}

/** What is withheld from every file, asked over the connection that an export holds. */
export async function withheldFromFiles(
  ask: <T extends object>(statement: Prisma.Sql) => Promise<T[]>,
): Promise<Withheld> {
  const found = await ask<Found>(Prisma.sql`
    with unnamed as (select distinct party_id as id from claim_unnamed where not_for_attribution)
    select s.id, s.is_private as "isPrivate", null as name, null::boolean as "isAttributed"
    from source s where s.is_private or s.id in (select source_id from claim_source where not_for_attribution)
    union all select p.id, null, p.name, null from party p join unnamed using (id)
    union all select a.party_id, null, a.alias, null from party_alias a join unnamed on unnamed.id = a.party_id`)
  return withheldFrom(found)
}

type Found = { id: number; isPrivate: boolean | null; name: string | null; isAttributed: boolean | null }

function withheldFrom(found: readonly Found[]): Withheld {
  const sources = new Map<number, Ground>()
  const names = new Map<number, string[]>()
  for (const { id, isPrivate, name } of found)
    if (name === null) sources.set(id, isPrivate ? 'private' : 'not_for_attribution')
    else names.set(id, [...(names.get(id) ?? []), name])
  return { sources, names }
}
