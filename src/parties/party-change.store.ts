import { Prisma } from '../../prisma/client/client.ts'
import type { Terms } from '../../prisma/client/enums.ts'
import { type AffectedClaim, type Told, tellAffected } from '../claims/affected.store.ts'
import { findingsOn } from '../claims/finding-reset.store.ts'
import { rows } from '../database/rows.ts'
import type { Act, Db } from '../history/store.ts'
import type { PartyWords } from './form.ts'
import { roleAt } from './role.ts'

/** What a claim shows of a party that it names; notes, other names and the Wikidata id are the desk's own. */
type Shown = Pick<PartyWords, 'kind' | 'name' | 'roles'>

/** Whether claims that name a party show anything else after a change of it. */
export function isShownOnClaims(before: Shown, after: Shown): boolean {
  return isOtherParty(before, after) || JSON.stringify(before.roles) !== JSON.stringify(after.roles)
}

/** Whether a party is called otherwise or is of another kind: what was found of its words was found under the former name. */
function isOtherParty(before: Shown, after: Shown): boolean {
  return before.name !== after.name || before.kind !== after.kind
}

/** Tells locked claims of a change of a party; of its roles only those that show another one by it. */
export async function tellClaimsOfParty(
  tx: Db,
  act: Act,
  at: Date,
  id: number,
  claims: readonly AffectedClaim[],
  [before, after]: [Shown, Shown],
): Promise<Told> {
  const roles = await rolesShown(tx, id, before, after)
  const isOther = isOtherParty(before, after)
  const told = isOther ? claims : claims.filter((claim) => roles.has(claim.id))
  const named = await placesOf(tx, id)
  const part = (claimId: number, { kind, name }: Shown, role: string | undefined) => ({
    party: { partyId: id, name, partyKind: kind, ...(role === undefined ? {} : { role }), through: named.get(claimId) },
  })
  return tellAffected(tx, act, at, { subject: 'party', id }, told, {
    before: (claimId) => part(claimId, before, roles.get(claimId)?.before),
    after: (claimId) => part(claimId, after, roles.get(claimId)?.after),
    findings: isOther ? await findingsOn(tx, { partyId: id }) : [],
  })
}

/** A place where a claim names a party: as whom, in which source, and on which terms. */
type Place = { as: 'speaker' | 'relay' | 'publisher' | 'evidence'; sourceId: number; terms: Terms | null }

/** Where claims name a party, so that their events say by themselves who may be shown it. */
async function placesOf(tx: Db, id: number): Promise<Map<number, Place[]>> {
  const found = await rows<{ claimId: number; places: Place[] }>(
    tx,
    Prisma.sql`
    select claim_id as "claimId", json_agg(json_build_object('as', place, 'sourceId', source_id, 'terms', terms) order by place, source_id) as places
    from (
      select claim_id, 'speaker' as place, source_id, terms from attribution where speaker_id = ${id}
      union select a.claim_id, 'relay', a.source_id, a.terms from relay r join attribution a on a.id = r.attribution_id where r.party_id = ${id}
      union select a.claim_id, 'publisher', s.id, a.terms from source s join attribution a on a.source_id = s.id where s.publisher_id = ${id}
      union select claim_id, 'evidence', source_id, null from evidence where rests_on_party_id = ${id}
      union select e.claim_id, 'evidence', s.id, null from source s join evidence e on e.source_id = s.id where s.publisher_id = ${id}
      union select e.claim_id, 'evidence', s.id, null from source s join evidence e on e.rests_on_source_id = s.id where s.publisher_id = ${id}) named
    group by claim_id`,
  )
  return new Map(found.map(({ claimId, places }) => [claimId, places]))
}

/** The roles that claims show of a speaker, at the dates of what was said, where a change of the roles makes them others. */
async function rolesShown(
  tx: Db,
  id: number,
  before: Shown,
  after: Shown,
): Promise<Map<number, { before: string; after: string }>> {
  if (JSON.stringify(before.roles) === JSON.stringify(after.roles)) return new Map()
  const said = await rows<{ claimId: number; date: string | null }>(
    tx,
    Prisma.sql`
    select a.claim_id as "claimId", coalesce(a.said_on, s.published_on, c.occurred_on) as date
    from attribution a join source s on s.id = a.source_id join claim c on c.id = a.claim_id
    where a.speaker_id = ${id} order by a.claim_id, a.ordinal`,
  )
  const shown = new Map<number, { before: string; after: string }>()
  for (const { claimId, date } of said) {
    const role = { before: roleAt(before.roles, date), after: roleAt(after.roles, date) }
    if (role.before !== role.after) shown.set(claimId, role)
  }
  return shown
}
