import { Prisma } from '../../prisma/client/client.ts'
import type { PartyKind, Position, Verdict } from '../../prisma/client/enums.ts'
import { type Headline, headlineOf } from '../decisions/headline.ts'
import { foldName } from '../folding.ts'
import type { Db } from '../history/store.ts'
import { isKnownToAll } from '../privacy/withheld.store.ts'
import { NAMED_TO_ALL, SHOWN_TO_ALL } from '../privacy/withheld.ts'
import { labelOf, sourceLabel } from '../sources/label.ts'

const PAGE = 50

/** Attributions, as `a`, whose speaker may be named. */
const NAMED = Prisma.sql`and a.terms is distinct from 'not_for_attribution'`

/** A party in the list: `said` counts its attributions up to 1,000. */
export type PartyLine = { id: number; name: string; kind: PartyKind; aliases: string[]; said: number }

/** A page of parties by name, those after the party `after`; with `q` those whose name or an alias contains it. Who
 * may not see private sources is shown none that is met only where it is withheld. */
export async function listParties(
  db: Db,
  q: string,
  after: number | null,
  maySeePrivate: boolean,
): Promise<{ parties: PartyLine[]; next: number | null }> {
  const sought = foldName(q)
  // Signs without a letter are in no name; by '' all would be found.
  if (q.trim() && !sought) return { parties: [], next: null }
  const pattern = `%${sought}%`
  const matching = sought
    ? Prisma.sql`and p.id in (
        select id from party where folded like ${pattern} union select party_id from party_alias where folded like ${pattern})`
    : Prisma.empty
  // The place in the list is the row of the party before, since a folded name may be longer than fits an address.
  const beyond = after
    ? Prisma.sql`and (p.folded, p.id) > (select folded, id from party where id = ${after})`
    : Prisma.empty
  const named = maySeePrivate ? Prisma.empty : NAMED
  const parties = await db.$queryRaw<PartyLine[]>`
    select p.id, p.name, p.kind::text as kind,
      array(select alias from party_alias a where a.party_id = p.id order by a.id limit 6) as aliases,
      (select count(*)::int from (select from attribution a where a.speaker_id = p.id ${named} limit 1000) first) as said
    from party p where ${maySeePrivate ? Prisma.sql`true` : isKnownToAll('p')} ${matching} ${beyond} order by p.folded, p.id limit ${PAGE + 1}`
  const shown = parties.slice(0, PAGE)
  return { parties: shown, next: parties.length > PAGE ? (shown.at(-1)?.id ?? null) : null }
}

/** A claim that a party spoke in or relayed, as its page lists it. */
export type Saying = {
  ref: string
  statement: string
  language: string
  headline: Headline
  position: Position
  hedges: string[]
  source: { label: string; id: number | null }
  /** A printed date: when it was said, else when it was printed. */
  date: string | null
  dateInferred: boolean
}

/** What a party said, newest first, and where the list goes on. */
export async function sayingsOf(
  db: Db,
  partyId: number,
  maySeePrivate: boolean,
  before: number | null,
): Promise<{ said: Saying[]; next: number | null }> {
  const attributions = await db.attribution.findMany({
    where: { speakerId: partyId, ...(before ? { id: { lt: before } } : {}), ...(maySeePrivate ? {} : NAMED_TO_ALL) },
    orderBy: { id: 'desc' },
    take: PAGE + 1,
    select: { id: true, ...SAYING },
  })
  const shown = attributions.slice(0, PAGE)
  return {
    said: shown.map((attribution) => sayingOf(attribution, maySeePrivate)),
    next: attributions.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
  }
}

/** What a party relayed, newest first, at most 50. */
export async function relayedBy(db: Db, partyId: number, maySeePrivate: boolean): Promise<Saying[]> {
  const relays = await db.relay.findMany({
    where: { partyId, ...(maySeePrivate ? {} : { attribution: NAMED_TO_ALL }) },
    orderBy: { id: 'desc' },
    take: PAGE,
    select: { attribution: { select: SAYING } },
  })
  return relays.map(({ attribution }) => sayingOf(attribution, maySeePrivate))
}

const SAYING = {
  position: true,
  hedges: true,
  saidOn: true,
  claim: {
    select: {
      ref: true,
      statement: true,
      language: true,
      stage: true,
      verdict: true,
      formerVerdict: true,
      closedBecause: true,
      supersededById: true,
      cameIn: true,
    },
  },
  source: {
    select: {
      id: true,
      kind: true,
      title: true,
      url: true,
      isPrivate: true,
      publishedOn: true,
      publishedOnInferred: true,
      claims: { where: { notForAttribution: true }, take: 1, select: { sourceId: true } },
    },
  },
} as const satisfies Prisma.AttributionSelect

type SayingRow = Prisma.AttributionGetPayload<{ select: typeof SAYING }>

function sayingOf({ position, hedges, saidOn, claim, source }: SayingRow, maySeePrivate: boolean): Saying {
  const { ref, statement, language, supersededById, ...standing } = claim
  const ground = maySeePrivate
    ? null
    : source.isPrivate
      ? 'private'
      : source.claims.length
        ? 'not_for_attribution'
        : null
  const isHidden = ground !== null
  return {
    ref,
    statement,
    language,
    headline: headlineOf({ ...standing, isSuperseded: supersededById !== null }),
    position,
    hedges: isHidden ? [] : hedges,
    source: { label: labelOf(source, ground), id: isHidden ? null : source.id },
    date: saidOn ?? (isHidden ? null : source.publishedOn),
    dateInferred: saidOn === null && source.publishedOnInferred,
  }
}

/** How what a party asserted held up: its decided claims by verdict, and how many are not decided. */
export async function heldUp(
  db: Db,
  partyId: number,
  maySeePrivate: boolean,
): Promise<{ verdicts: { verdict: Verdict; count: number }[]; undecided: number }> {
  // A claim counts once however often the party says it; Prisma cannot count distinct claims over their attributions.
  const named = maySeePrivate ? Prisma.empty : NAMED
  const counts = await db.$queryRaw<{ verdict: Verdict | null; count: number }[]>`
    select c.verdict::text as verdict, count(*)::int as count from claim c
    where c.id in (select claim_id from attribution a where a.speaker_id = ${partyId} and a.position = 'asserts' ${named}) and c.stage <> 'closed'
    group by c.verdict`
  return {
    verdicts: counts.flatMap(({ verdict, count }) => (verdict ? [{ verdict, count }] : [])),
    undecided: counts.find(({ verdict }) => verdict === null)?.count ?? 0,
  }
}

/** A document that a party published. */
export type PublishedLine = { id: number; label: string; publishedOn: string | null; publishedOnInferred: boolean }

/** What a party published, newest first, at most 50; private documents only for those who may see them. */
export async function publishedBy(db: Db, partyId: number, maySeePrivate: boolean): Promise<PublishedLine[]> {
  const sources = await db.source.findMany({
    where: { publisherId: partyId, ...(maySeePrivate ? {} : SHOWN_TO_ALL) },
    orderBy: { id: 'desc' },
    take: PAGE,
    select: {
      id: true,
      kind: true,
      title: true,
      url: true,
      isPrivate: true,
      publishedOn: true,
      publishedOnInferred: true,
    },
  })
  return sources.map((source) => ({
    id: source.id,
    label: sourceLabel(source, maySeePrivate),
    publishedOn: source.publishedOn,
    publishedOnInferred: source.publishedOnInferred,
  }))
}
