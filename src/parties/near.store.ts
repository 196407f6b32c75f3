import { Prisma } from '../../prisma/client/client.ts'
import type { PartyKind } from '../../prisma/client/enums.ts'
import { foldName } from '../folding.ts'
import type { Db } from '../history/store.ts'
import { containing } from '../text.ts'
import { distanceOfNames, spellingsOf, wordsWithoutTitles } from './near-names.ts'

/** A known party whose name, or the other name given as `alias`, is near one that was typed. */
export type NearParty = { id: number; name: string; kind: PartyKind; alias: string | null }

/** How many are asked about at most. */
const MOST = 5
/** How many of the names are looked for; a form may have fifty, and each costs some searches. */
const MOST_NAMES = 10
/** How many names of each index are compared letter by letter. */
const COMPARED = 40

type Candidate = NearParty

/**
 * Parties with a name near one of those typed, the nearest first, at most 5, for at most 10 names: a letter or two apart, with a title before it, in another order or
 * spelling, or with a part left out. One whose name folds alike is not near but the same, and not among them. `kind` is what the new one would be.
 */
export async function findNearParties(
  db: Db,
  names: readonly string[],
  { kind = null, exceptId = null }: { kind?: PartyKind | null; exceptId?: number | null } = {},
): Promise<NearParty[]> {
  const near = new Map<number, NearParty & { distance: number }>()
  for (const name of names.slice(0, MOST_NAMES)) {
    for (const candidate of await candidatesFor(db, name)) {
      if (candidate.id === exceptId) continue
      const known = candidate.alias ?? candidate.name
      if (foldName(known) === foldName(name)) continue
      const distance = distanceOfNames(name, known, candidate.kind === 'person' || kind === 'person')
      const best = near.get(candidate.id)
      if (distance !== null && (!best || distance < best.distance)) near.set(candidate.id, { ...candidate, distance })
    }
  }
  return [...near.values()]
    .toSorted((a, b) => a.distance - b.distance || a.id - b.id)
    .slice(0, MOST)
    .map(({ id, name, kind, alias }) => ({ id, name, kind, alias }))
}

/** Names that may be near: each part takes a bounded number from an index, whatever the number of parties. */
async function candidatesFor(db: Db, name: string): Promise<Candidate[]> {
  const folded = foldName(name)
  if (!folded) return []
  const words = wordsWithoutTitles(name)
  const long = words.filter((word) => [...word].length >= 3)
  const ends = [...new Set([words[0] ?? '', words.at(-1) ?? ''])].filter((word) => [...word].length > 3)
  const found = await candidatesBy(db, [
    ...[...new Set([folded, words.join(' ')])].map((text) => Prisma.sql`order by folded <-> ${text}`),
    Prisma.sql`where folded = any(${runsOf(words)}::text[])`,
    ...(long.length > 1 ? [Prisma.sql`where ${Prisma.join(long.map(containingWord), ' and ')}`] : []),
    ...ends.map((word) => Prisma.sql`where ${containingWord(word)}`),
  ])
  const [only] = ends
  if (words.length > 1 || !only || found.some((candidate) => isNear(name, candidate))) return found
  // A surname with a typo. Looked for in the index alone: with a limit the planner may prefer to read all names.
  return db.$queryRaw<Candidate[]>`
    with alike as materialized (
      select id, null as alias, folded from party where ${only} <<% folded
      union all select party_id, alias, folded from party_alias where ${only} <<% folded),
    best as (select id, alias from alike order by strict_word_similarity(${only}, folded) desc, id limit ${COMPARED})
    select p.id, p.name, p.kind::text as kind, best.alias from best join party p using (id)`
}

function isNear(name: string, { name: known, alias, kind }: Candidate): boolean {
  return distanceOfNames(name, alias ?? known, kind === 'person') !== null
}

/** What each search finds among names and other names. Prisma knows neither distances nor unions. */
function candidatesBy(db: Db, searches: Prisma.Sql[]): Promise<Candidate[]> {
  const parts = searches.flatMap((search) => [
    Prisma.sql`(select id, null as alias from party ${search} limit ${COMPARED})`,
    Prisma.sql`(select party_id as id, alias from party_alias ${search} limit ${COMPARED})`,
  ])
  return db.$queryRaw<Candidate[]>`
    with met as (${Prisma.join(parts, ' union ')})
    select p.id, p.name, p.kind::text as kind, met.alias from met join party p using (id)`
}

function containingWord(word: string): Prisma.Sql {
  const ways = spellingsOf(word).map((spelling) => Prisma.sql`folded like ${containing(spelling)}`)
  return Prisma.sql`(${Prisma.join(ways, ' or ')})`
}

/** Every run of words that follow one another, for names that are part of the one typed. */
function runsOf(words: readonly string[]): string[] {
  const few = words.slice(0, 8)
  return few.flatMap((_, start) => few.slice(start).map((_, more) => few.slice(start, start + more + 1).join(' ')))
}
