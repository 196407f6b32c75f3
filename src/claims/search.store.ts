import { Prisma, type PrismaClient } from '../../prisma/client/client.ts'
import { transaction } from '../database/rows.ts'
import { type Headline, headlineOf, type Standing } from '../decisions/headline.ts'
import { FOLDING_VERSION } from '../folding.ts'
import type { Db } from '../history/store.ts'
import { isWithheld } from '../privacy/withheld.store.ts'
import { containing } from '../text.ts'
import { type Comparable, type Likeness, likenessOf } from './likeness.ts'
import { documentText, type Search } from './search.ts'

/** How many claims' documents are written in one transaction of the queue. */
const BATCH = 500

/**
 * Writes anew what search looks through for these claims: reference, statement, place, the printed words of sources that are not withheld,
 * and every name of who speaks, relays and publishes and may be named. To be called in the transaction that changed any of it.
 */
export async function writeDocuments(tx: Db, claimIds: readonly number[]): Promise<void> {
  if (!claimIds.length) return
  const concerned = await withBesides(tx, claimIds)
  await holdNames(tx, concerned)
  await writeTexts(tx, concerned)
}

/** These claims, and those that have words from a document which they have made one that is not for attribution. */
async function withBesides(tx: Db, claimIds: readonly number[]): Promise<number[]> {
  const besides = await tx.$queryRaw<{ id: number }[]>`
    select distinct other.claim_id as id from claim_source own join claim_source other using (source_id)
    where own.claim_id = any(${claimIds}::int[]) and own.not_for_attribution and other.claim_id <> all(${claimIds}::int[])`
  return [...claimIds, ...besides.map(({ id }) => id)]
}

/** Has the documents of every claim that a party takes part in written again; `drainDocumentQueue` does it after the transaction. */
export async function queueDocumentsOf(tx: Db, partyId: number): Promise<void> {
  // "Do update" holds a row that another change has queued: the queue leaves it until both have ended, and neither's names are missed.
  await tx.$executeRaw`
    insert into claim_document_queue (claim_id)
    select claim_id from attribution where speaker_id = ${partyId}
    union select a.claim_id from relay r join attribution a on a.id = r.attribution_id where r.party_id = ${partyId}
    union select a.claim_id from source s join attribution a on a.source_id = s.id where s.publisher_id = ${partyId}
    order by claim_id
    on conflict (claim_id) do update set claim_id = excluded.claim_id, retry_at = null`
}

/** Writes the documents of a source's claims anew, all at once: from then on no reader finds a claim by what a private source says. */
export async function writeDocumentsOfSource(tx: Db, sourceId: number): Promise<void> {
  const claims = await tx.attribution.findMany({ where: { sourceId }, distinct: 'claimId', select: { claimId: true } })
  await writeTexts(
    tx,
    claims.map(({ claimId }) => claimId),
  )
}

/**
 * Writes all queued documents, in batches; answers how many. Several processes may do it at once. A claim whose document cannot be written
 * stays queued, to be tried again after two minutes and twice as long each time, a day at most; the others go on, and an error at the end names it.
 */
export async function drainDocumentQueue(db: PrismaClient): Promise<number> {
  let written = 0
  const failed: { id: number; fault: unknown }[] = []
  while (true) {
    const batch = await drainBatch(db).catch(() => null)
    // Something in the batch fails: each by itself, so that only that one waits.
    const taken = batch ?? (await drainSingly(db, failed))
    written += taken
    if (batch === null ? taken === 0 : batch < BATCH) break
  }
  const [first] = failed
  if (first)
    throw new Error(
      `The search documents of ${failed.length} claims could not be written (claim ids ${failed
        .slice(0, 20)
        .map(({ id }) => id)
        .join(', ')}); they are tried again later`,
      { cause: first.fault },
    )
  return written
}

/** Queued claims whose turn it is. */
const DUE = Prisma.sql`(q.retry_at is null or q.retry_at <= clock_timestamp())`

/** Writes the documents of queued claims that are due, or of one of them, in one transaction; answers how many. */
function drainBatch(db: PrismaClient, only: number | null = null): Promise<number> {
  return transaction(db, async (tx) => {
    // A claim under change is left for the next time: whoever changes it may write the document too, from words that are not to be seen yet.
    const taken = await tx.$queryRaw<{ id: number }[]>`
      select q.claim_id as id from claim_document_queue q join claim c on c.id = q.claim_id
      where ${DUE} and (${only}::int is null or q.claim_id = ${only}::int)
      order by q.claim_id limit ${BATCH} for update of q skip locked for share of c skip locked`
    const ids = taken.map(({ id }) => id)
    if (ids.length) {
      await tx.$executeRaw`delete from claim_document_queue where claim_id = any(${ids}::int[])`
      await writeTexts(tx, ids)
    }
    return taken.length
  })
}

async function drainSingly(db: PrismaClient, failed: { id: number; fault: unknown }[]): Promise<number> {
  let written = 0
  const due = await db.$queryRaw<{ id: number }[]>`
    select q.claim_id as id from claim_document_queue q where ${DUE} order by q.claim_id limit ${BATCH}`
  for (const { id } of due)
    try {
      written += await drainBatch(db, id)
    } catch (fault) {
      failed.push({ id, fault })
      await db.$executeRaw`
        update claim_document_queue set failures = failures + 1,
          retry_at = clock_timestamp() + least(power(2, least(failures + 1, 11)) * interval '1 minute', interval '1 day') where claim_id = ${id}`
    }
  return written
}

/** Keeps names and private flags as they are until this transaction ends, so that a document never misses a change made meanwhile. */
async function holdNames(tx: Db, claimIds: readonly number[]): Promise<void> {
  await tx.$queryRaw`
    select s.id from source s where s.id in (select source_id from attribution where claim_id = any(${claimIds}::int[]))
    order by s.id for share`
  await tx.$queryRaw`
    select p.id from party p where p.id in (
      select speaker_id from attribution where claim_id = any(${claimIds}::int[])
      union select r.party_id from relay r join attribution a on a.id = r.attribution_id where a.claim_id = any(${claimIds}::int[])
      union select s.publisher_id from attribution a join source s on s.id = a.source_id where a.claim_id = any(${claimIds}::int[]))
    order by p.id for share`
}

type Parts = { id: number; own: string; names: string | null; printed: string | null }

/** Writes the documents of these claims: read in one statement, folded here, written in another. */
async function writeTexts(tx: Db, claimIds: readonly number[]): Promise<void> {
  const claims = await tx.$queryRaw<Parts[]>`
    select c.id, concat_ws(chr(10), c.ref, c.statement, c.place) as own, named.names, printed.words as printed
    from claim c
    left join lateral (
      select string_agg(concat_ws(chr(10), a.speaker_as_printed, a.passage, a.quote, a.original_words), chr(10) order by a.ordinal) as words
      from attribution a join source s on s.id = a.source_id
      where a.claim_id = c.id and not ${isWithheld('s')}) printed on true
    left join lateral (
      with met as (
        select a.speaker_id as id from attribution a where a.claim_id = c.id and a.terms is distinct from 'not_for_attribution'
        union select r.party_id from relay r join attribution a on a.id = r.attribution_id
          where a.claim_id = c.id and a.terms is distinct from 'not_for_attribution'
        union select s.publisher_id from attribution a join source s on s.id = a.source_id
          where a.claim_id = c.id and not ${isWithheld('s')})
      select string_agg(of_party.name, chr(10) order by of_party.id, of_party.name) as names from (
        select p.id, p.name from met join party p using (id)
        union select met.id, alias.alias from met join party_alias alias on alias.party_id = met.id) of_party) named on true
    where c.id = any(${claimIds}::int[]) order by c.id`
  const texts = claims.map(({ own, names, printed }) => documentText([own, names ?? '', printed ?? '']))
  await tx.$executeRaw`
    insert into claim_document (claim_id, text)
    select id, text from unnest(${claims.map(({ id }) => id)}::int[], ${texts}::text[]) written (id, text) order by id
    on conflict (claim_id) do update set text = excluded.text`
}

/** How many claims are queued in one statement when all documents are to be written anew. */
const QUEUED_AT_ONCE = 10_000

/** Queues the documents of all claims where they were folded by another version of the table, then writes what is queued; answers how many. */
export async function refreshDocuments(db: PrismaClient): Promise<number> {
  const version = await db.foldingVersion.findFirst({ select: { documents: true } })
  if (version && version.documents !== FOLDING_VERSION) {
    let after = 0
    while (true) {
      const [queued] = await db.$queryRaw<{ last: number | null; count: number }[]>`
        with next as (select id from claim where id > ${after} order by id limit ${QUEUED_AT_ONCE}),
        queued as (insert into claim_document_queue (claim_id) select id from next on conflict do nothing)
        select max(id) as last, count(*)::int as count from next`
      after = queued?.last ?? after
      if (!queued || queued.count < QUEUED_AT_ONCE) break
    }
    await db.foldingVersion.update({ where: { id: 1 }, data: { documents: FOLDING_VERSION } })
  }
  return drainDocumentQueue(db)
}

/** The condition that a claim's document (as `d`) answers the search. */
export function answers(search: Search): Prisma.Sql {
  const { query, runs } = search
  const conditions = runs.map(({ text, isExcluded }) =>
    isExcluded ? Prisma.sql`d.text not like ${containing(text)}` : Prisma.sql`d.text like ${containing(text)}`,
  )
  if (query) conditions.push(Prisma.sql`d.tsv @@ to_tsquery('simple', ${query})`)
  return Prisma.join(conditions, ' and ')
}

/** A claim of the same story that resembles another, with the reason in words. */
export type Similar = Likeness & { id: number; ref: string; statement: string; language: string; headline: Headline }

type Candidate = Comparable & {
  id: number
  ref: string
  language: string
  similarity: number
  isSamePassage: boolean
} & Standing

/** How many claims that share a rare word are compared letter by letter. */
const COMPARED = 200

/**
 * At most five claims of its story that resemble this one: by the three rarest words of its statement, then by how alike the statements are. That two
 * share a passage is told only of sources that this person may see.
 */
export async function similarClaims(db: Db, claimId: number, maySeePrivate: boolean): Promise<Similar[]> {
  const mine = await db.claim.findUniqueOrThrow({
    where: { id: claimId },
    select: { storyId: true, statement: true, figureComparator: true, figureLow: true, figureHigh: true },
  })
  const me = { ...mine, figureLow: mine.figureLow?.toFixed() ?? null, figureHigh: mine.figureHigh?.toFixed() ?? null }
  const seen = maySeePrivate ? Prisma.sql`true` : Prisma.sql`not ${isWithheld('s')}`
  const candidates = await db.$queryRaw<Candidate[]>`
    with rare as (
      select word.lexeme from unnest(to_tsvector('simple', ${documentText([mine.statement])})) word
      cross join lateral (
        select count(*) as times from (
          select from claim_document d join claim o on o.id = d.claim_id
          where o.story_id = ${mine.storyId} and d.tsv @@ quote_literal(word.lexeme)::tsquery limit 5000) met) met
      where length(word.lexeme) > 2 and met.times > 1
      order by met.times, length(word.lexeme) desc, word.lexeme limit 3),
    wording as (
      select o.id from claim o join claim_document d on d.claim_id = o.id
      where o.story_id = ${mine.storyId} and o.id <> ${claimId}
      and d.tsv @@ (select string_agg(quote_literal(lexeme), ' | ')::tsquery from rare) order by o.updated_at desc limit ${COMPARED}),
    passage as (
      select distinct theirs.claim_id as id from attribution ours
      join attribution theirs on theirs.source_id = ours.source_id and theirs.passage = ours.passage and theirs.claim_id <> ours.claim_id
      join claim o on o.id = theirs.claim_id and o.story_id = ${mine.storyId}
      join source s on s.id = ours.source_id
      where ours.claim_id = ${claimId} and ${seen} limit ${COMPARED})
    select c.id, c.ref, c.statement, c.language, c.figure_comparator::text as "figureComparator",
      trim_scale(c.figure_low)::text as "figureLow", trim_scale(c.figure_high)::text as "figureHigh",
      c.stage::text as stage, c.verdict::text as verdict, c.former_verdict::text as "formerVerdict",
      c.closed_because::text as "closedBecause", c.superseded_by_id is not null as "isSuperseded", c.came_in::text as "cameIn",
      similarity(c.statement, ${mine.statement}) as similarity, passage.id is not null as "isSamePassage"
    from (select id from wording union select id from passage) met
    join claim c on c.id = met.id left join passage on passage.id = met.id
    where passage.id is not null or similarity(c.statement, ${mine.statement}) >= 0.25
    order by similarity(c.statement, ${mine.statement}) + case when passage.id is null then 0 else 0.3 end desc, c.id desc limit 5`
  return candidates.map(({ similarity, isSamePassage, figureComparator, figureLow, figureHigh, ...claim }) => {
    const { id, ref, statement, language, ...standing } = claim
    const other = { statement, figureComparator, figureLow, figureHigh }
    const likeness = likenessOf(me, other, similarity, isSamePassage)
    return { id, ref, statement, language, headline: headlineOf(standing), ...likeness }
  })
}
