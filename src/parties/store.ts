import { Prisma } from '../../prisma/client/client.ts'
import type { PartyKind } from '../../prisma/client/enums.ts'
import { foldName } from '../folding.ts'
import { type Act, type Db, recordFirst } from '../history/store.ts'
import { isKnownToAll, isWithheld } from '../privacy/withheld.store.ts'
import { namedId } from './name.ts'
import { findNearParties } from './near.store.ts'

/** A party as it is named elsewhere. */
export type Named = { id: number; name: string }

export type Resolved =
  | { kind: 'found'; party: Named & { kind: PartyKind } }
  | { kind: 'unknown' }
  | { kind: 'ambiguous'; parties: Named[] }

/**
 * The party that somebody meant by a typed name: by its name or an alias, folded, or by `#12` and `Name (#12)`. Without
 * `maySeePrivate` it finds no party that is met only where it is withheld.
 */
export async function resolveParty(tx: Db, typedName: string, maySeePrivate = true): Promise<Resolved> {
  const id = namedId(typedName)
  const name = foldName(typedName)
  if (id === null && name === '') return { kind: 'unknown' }
  // Two indexes are looked up and joined, which Prisma's OR over a relation does not do.
  const found = await tx.$queryRaw<(Named & { kind: PartyKind })[]>`
    select id, name, kind::text as kind from party where ${
      id === null
        ? Prisma.sql`id in (select id from party where folded = ${name} union select party_id from party_alias where folded = ${name})`
        : Prisma.sql`id = ${id}`
    } order by id limit 6`
  const parties = maySeePrivate ? found : await knownToAll(tx, found)
  const [party] = parties
  if (!party) return { kind: 'unknown' }
  return parties.length === 1
    ? { kind: 'found', party }
    : { kind: 'ambiguous', parties: parties.map(({ id, name }) => ({ id, name })) }
}

/** Those of these parties that are met somewhere where it is not withheld. */
export async function knownToAll<T extends { id: number }>(db: Db, parties: readonly T[]): Promise<T[]> {
  if (!parties.length) return []
  const ids = parties.map(({ id }) => id)
  const known = await db.$queryRaw<{ id: number }[]>`
    select p.id from party p where p.id = any(${ids}::int[]) and ${isKnownToAll('p')}`
  return parties.filter(({ id }) => known.some((one) => one.id === id))
}

/**
 * Keeps every other transaction from giving a party a name until this one ends, so that what was looked for and not found does not come to be
 * meanwhile. Take it before any row is locked: whoever holds it goes on to lock parties, sources and claims.
 */
export async function lockPartyNames(tx: Db): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(${PARTY_NAMES})::text`
}

/** The number of the lock: “names” in the letters of a telephone. */
const PARTY_NAMES = 62637

/** Makes a party with its first event. The names are locked; whether another bears or resembles its name is for the caller to have asked. */
export async function createParty(
  tx: Db,
  act: Act | null,
  at: Date,
  { kind, name, aliases = [] }: { kind: PartyKind; name: string; aliases?: string[] },
): Promise<Named> {
  await lockPartyNames(tx)
  const party = await tx.party.create({
    data: { kind, name, folded: foldName(name), createdAt: at, aliases: { create: aliasRows(aliases) } },
    select: { id: true, name: true },
  })
  const after = aliases.length ? { kind, name, aliases } : { kind, name }
  const { lastHash } = await recordFirst(tx, act, at, 'party', party.id, { action: 'created', after })
  await tx.party.update({ where: { id: party.id }, data: { lastHash }, select: { id: true } })
  return party
}

/** The rows of a party's aliases. */
export function aliasRows(aliases: readonly string[]): { alias: string; folded: string }[] {
  return aliases.map((alias) => ({ alias, folded: foldName(alias) }))
}

/** What a field that names a party offers: `value` goes into the field, `label` tells the choices apart. */
export type Suggestion = { value: string; label: string }

type Match = { id: number; name: string; kind: PartyKind; alias: string | null; isAmbiguous: boolean }

/** Parties whose name or an alias contains what was typed, in any script, those beginning with it first, then those with a name near it; of those met only where it is withheld none, unless `maySeePrivate`. */
export async function suggestParties(db: Db, q: string, limit: number, maySeePrivate: boolean): Promise<Suggestion[]> {
  const typed = foldName(q)
  if (typed === '') return []
  // Two indexes are looked through and joined, which Prisma's OR over a relation does not do.
  const matches = await db.$queryRaw<Match[]>`
    with matching as (
      (select id, null as alias, folded from party where folded like ${`%${typed}%`} order by id limit 200)
      union all
      (select party_id, alias, folded from party_alias where folded like ${`%${typed}%`} order by party_id limit 200)),
    best as (
      select distinct on (id) id, alias, not folded like ${`${typed}%`} as is_inside, folded from matching
      order by id, is_inside, alias is not null, folded)
    select p.id, p.name, p.kind::text as kind, b.alias,
      exists (select from party o where o.folded = p.folded and o.id <> p.id)
      or exists (select from party_alias a where a.folded = p.folded and a.party_id <> p.id) as "isAmbiguous"
    from best b join party p on p.id = b.id where ${maySeePrivate ? Prisma.sql`true` : isKnownToAll('p')} order by b.is_inside, b.folded, p.id limit ${limit}`
  if (matches.length >= limit) return matches.map(suggestionOf)
  const near = (await findNearParties(db, [q])).filter(({ id }) => !matches.some((match) => match.id === id))
  const shown = maySeePrivate ? near : await knownToAll(db, near)
  return [
    ...matches.map(suggestionOf),
    // A browser offers only what contains the typed words; and what has them in its label says why it is offered.
    ...shown.slice(0, limit - matches.length).map(({ id, name, kind, alias }) => ({
      value: `${name} (#${id})`,
      label: `${[alias ? `${name}, also ${alias}` : name, kind].join(' · ')}, near “${q.trim()}”`,
    })),
  ]
}

/** Parties that speak, relay or publish in a story, those met most often first; of all stories when none is named. */
export async function partiesOfStory(db: Db, storyId: number | null, limit: number): Promise<Suggestion[]> {
  // A count over three ways to take part, of the newest claims only, so that it stays small at any size.
  const parties = await db.$queryRaw<Match[]>`
    with newest as (
      select id from claim where ${storyId}::int is null or story_id = ${storyId} order by updated_at desc, id desc limit 300),
    met as (
      select speaker_id as id from attribution where claim_id in (select id from newest) and terms is distinct from 'not_for_attribution'
      union all
      select r.party_id from relay r join attribution a on a.id = r.attribution_id where a.claim_id in (select id from newest)
      union all
      select s.publisher_id from attribution a join source s on s.id = a.source_id
      where a.claim_id in (select id from newest) and not ${isWithheld('s')}),
    counted as (select id, count(*) as times from met where id is not null group by id order by times desc, id limit ${limit})
    select p.id, p.name, p.kind::text as kind, null as alias,
      exists (select from party o where o.folded = p.folded and o.id <> p.id)
      or exists (select from party_alias a where a.folded = p.folded and a.party_id <> p.id) as "isAmbiguous"
    from counted c join party p on p.id = c.id order by c.times desc, p.id`
  return parties.map(suggestionOf)
}

function suggestionOf({ id, name, kind, alias, isAmbiguous }: Match): Suggestion {
  const value = isAmbiguous ? `${name} (#${id})` : name
  return { value, label: [alias ? `${name}, also ${alias}` : name, kind].join(' · ') }
}
