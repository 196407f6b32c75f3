import { Prisma } from '../../prisma/client/client.ts'
import type { SourceKind } from '../../prisma/client/enums.ts'
import { type Headline, headlineOf } from '../decisions/headline.ts'
import { foldName } from '../folding.ts'
import type { Db } from '../history/store.ts'
import { isWithheld } from '../privacy/withheld.store.ts'
import { type Cursor, isInstant } from '../web/paging.ts'

const PAGE = 50

/** A source in the list; `claims` counts up to 1,000. */
export type SourceLine = {
  id: number
  kind: SourceKind
  title: string | null
  url: string | null
  isPrivate: boolean
  publishedOn: string | null
  publishedOnInferred: boolean
  createdAt: Date
  publisher: string | null
  hasText: boolean
  claims: number
}

/** A page of sources, those added last first; with `q` those whose title, address or publisher contains it. */
export async function listSources(
  db: Db,
  { q, after, maySeePrivate }: { q: string; after: Cursor | null; maySeePrivate: boolean },
): Promise<{ sources: SourceLine[]; next: Cursor | null }> {
  const visible = maySeePrivate ? Prisma.empty : Prisma.sql`and not ${isWithheld('s')}`
  const beyond =
    after && isInstant(after.key)
      ? Prisma.sql`and (s.created_at, s.id) < (${after.key}::timestamptz, ${after.id})`
      : Prisma.empty
  // Counts and the row comparison of a keyset are what Prisma cannot say.
  const sources = await db.$queryRaw<SourceLine[]>`
    select s.id, s.kind::text as kind, s.title, s.url, s.is_private as "isPrivate", s.published_on as "publishedOn",
      s.published_on_inferred as "publishedOnInferred", s.created_at as "createdAt", p.name as publisher,
      exists (select from capture c where c.source_id = s.id) as "hasText",
      (select count(distinct claim_id)::int from (select claim_id from attribution a where a.source_id = s.id limit 1000) first) as claims
    from source s left join party p on p.id = s.publisher_id
    where true ${matching(q)} ${visible} ${beyond} order by s.created_at desc, s.id desc limit ${PAGE + 1}`
  const shown = sources.slice(0, PAGE)
  const last = shown.at(-1)
  return {
    sources: shown,
    next: sources.length > PAGE && last ? { key: last.createdAt.toISOString(), id: last.id } : null,
  }
}

function matching(q: string): Prisma.Sql {
  if (q === '') return Prisma.empty
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  const name = foldName(q)
  const byPublisher = name
    ? Prisma.sql`or s.publisher_id in (
        select id from party where folded like ${`%${name}%`}
        union select party_id from party_alias where folded like ${`%${name}%`})`
    : Prisma.empty
  return Prisma.sql`and (s.title ilike ${pattern} or s.url ilike ${pattern} ${byPublisher})`
}

/** Where a claim rests on a source: an attribution made from it, or a piece of evidence. */
export type Use = {
  kind: 'attribution' | 'evidence'
  id: number
  captureId: number | null
  passage: string | null
  prefix: string | null
  suffix: string | null
  start: number | null
  end: number | null
  claim: { ref: string; statement: string; language: string }
  headline: Headline
  hedges: string[]
  /** Who speaks, for an attribution. */
  speaker: { id: number | null; name: string } | null
  /** An attribution's naming, shown where there is no speaker; an attribution's position; evidence's stance. */
  naming: string | null
  position: string | null
  stance: string | null
}

const MOST_USES = 500

const CLAIM = {
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
} as const satisfies Prisma.ClaimDefaultArgs

const ANCHOR = { id: true, captureId: true, passage: true, prefix: true, suffix: true, start: true, end: true } as const

/** Every use of a source by claims, at most 500 attributions and 500 pieces of evidence, those of the first claims first. */
export async function usesOf(db: Db, sourceId: number): Promise<Use[]> {
  const [attributions, evidence] = await Promise.all([
    db.attribution.findMany({
      where: { sourceId },
      orderBy: [{ claimId: 'asc' }, { ordinal: 'asc' }],
      take: MOST_USES,
      select: {
        ...ANCHOR,
        hedges: true,
        naming: true,
        position: true,
        speakerAsPrinted: true,
        speaker: { select: { id: true, name: true } },
        claim: CLAIM,
      },
    }),
    db.evidence.findMany({
      where: { sourceId },
      orderBy: [{ claimId: 'asc' }, { id: 'asc' }],
      take: MOST_USES,
      select: { ...ANCHOR, stance: true, claim: CLAIM },
    }),
  ])
  return [
    ...attributions.map(({ claim, speaker, speakerAsPrinted, ...attribution }): Use => {
      const printed = speakerAsPrinted ? { id: null, name: `“${speakerAsPrinted}”` } : null
      return { kind: 'attribution', ...attribution, ...claimParts(claim), speaker: speaker ?? printed, stance: null }
    }),
    ...evidence.map(({ claim, ...piece }): Use => {
      return {
        kind: 'evidence',
        ...piece,
        ...claimParts(claim),
        speaker: null,
        naming: null,
        position: null,
        hedges: [],
      }
    }),
  ]
}

function claimParts({ ref, statement, language, supersededById, ...standing }: Prisma.ClaimGetPayload<typeof CLAIM>) {
  return {
    claim: { ref, statement, language },
    headline: headlineOf({ ...standing, isSuperseded: supersededById !== null }),
  }
}
