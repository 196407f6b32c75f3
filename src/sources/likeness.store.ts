import { Prisma, type PrismaClient } from '../../prisma/client/client.ts'
import { rows, transaction } from '../database/rows.ts'
import type { Db } from '../history/store.ts'
import { isTellingText, SENTENCE_VERSION, sentencesOf, shareOf } from './sentences.ts'

/** How many texts that hold a sentence are looked at, the newest first: what every page of a paper says is no likeness. */
const LOOKED_AT = 50
/** How many texts are read in one transaction of upkeep. */
const BATCH = 20

type Captured = { id: number; sourceId: number; text: string; sha256: string }

/** How much of the shorter text other sources share with one, in percent, by their ids. */
export type Shares = ReadonlyMap<number, number>

/** Keeps the sentences of a capture, and that its source holds the same or nearly the same text as others. In the capture's transaction. */
export async function keepSentences(tx: Db, capture: Captured): Promise<void> {
  await joinAlike(tx, capture.sourceId, await sharesOf(tx, capture))
}

/**
 * Keeps the sentences of a capture and answers which sources hold the same or nearly the same text. Until the transaction ends no other text is
 * compared, as two that are put in at once would not see each other.
 */
export async function sharesOf(tx: Db, capture: Captured): Promise<Shares> {
  await rows(tx, Prisma.sql`select pg_advisory_xact_lock(hashtextextended('sentences of captures', 0))::text`)
  const { hashes, largest } = sentencesOf(capture.text)
  const list = hashes.map(String)
  await rows(
    tx,
    Prisma.sql`
    insert into capture_key (capture_id, source_id, version, sentences, largest)
    values (${capture.id}, ${capture.sourceId}, ${SENTENCE_VERSION}, ${hashes.length}, ${largest === null ? null : String(largest)}::bigint)
    on conflict (capture_id) do update set version = excluded.version, sentences = excluded.sentences, largest = excluded.largest`,
  )
  await rows(tx, Prisma.sql`delete from capture_sentence where capture_id = ${capture.id}`)
  const met = await rows<{ sourceId: number; shared: number; theirs: number; largest: string | null }>(
    tx,
    Prisma.sql`
    with met as (
      select s.capture_id, count(*)::int as shared from unnest(${list}::bigint[]) as mine (hash)
      cross join lateral (
        select capture_id from capture_sentence where hash = mine.hash order by capture_id desc limit ${LOOKED_AT}) s
      group by s.capture_id)
    select k.source_id as "sourceId", met.shared, k.largest::text as largest,
      (select count(*)::int from capture_sentence t where t.capture_id = met.capture_id
        and t.hash <= coalesce(${largest === null ? null : String(largest)}::bigint, 9223372036854775807)) as theirs
    from met join capture_key k on k.capture_id = met.capture_id
    where k.source_id <> ${capture.sourceId} and met.shared >= least(3, (${hashes.length} + 1) / 2)`,
  )
  await rows(
    tx,
    Prisma.sql`insert into capture_sentence (hash, capture_id) select hash, ${capture.id} from unnest(${list}::bigint[]) as mine (hash)`,
  )
  const shares = new Map<number, number>()
  const add = (id: number, share: number | null) =>
    share !== null && shares.set(id, Math.max(share, shares.get(id) ?? 0))
  for (const { sourceId, shared, theirs, largest: limit } of met)
    add(sourceId, shareOf(shared, hashes.filter((hash) => limit === null || hash <= BigInt(limit)).length, theirs))
  const same = isTellingText(capture.text)
    ? await rows<{ id: number }>(
        tx,
        Prisma.sql`
        select distinct source_id as id from capture where sha256 = ${capture.sha256} and source_id <> ${capture.sourceId}
        and text <> '' order by id limit ${LOOKED_AT}`,
      )
    : []
  for (const { id } of same) add(id, 100)
  return shares
}

/** Those of these sources that are not counted as one with a source yet, and of which no editor has said that they are not. */
export async function notYetJoined(tx: Db, id: number, shares: Shares): Promise<number[]> {
  const found = await rows<{ id: number }>(
    tx,
    Prisma.sql`
    select other as id from unnest(${[...shares.keys()]}::int[]) as alike (other) where not exists (
      select first_id, second_id from source_likeness where first_id = least(other, ${id}::int) and second_id = greatest(other, ${id}::int)
      union all select first_id, second_id from source_apart where first_id = least(other, ${id}::int) and second_id = greatest(other, ${id}::int))
    order by other`,
  )
  return found.map((one) => one.id)
}

/** Keeps that a source holds the same or nearly the same text as others. */
export async function joinAlike(tx: Db, id: number, shares: Shares): Promise<void> {
  if (shares.size === 0) return
  await rows(
    tx,
    Prisma.sql`
    insert into source_likeness (first_id, second_id, by, share)
    select least(other, ${id}::int), greatest(other, ${id}::int), 'text', share
    from unnest(${[...shares.keys()]}::int[], ${[...shares.values()]}::int[]) as alike (other, share) order by 1, 2
    on conflict (first_id, second_id) do update set share = greatest(source_likeness.share, excluded.share)`,
  )
}

/** Keeps the sentences of texts from before they were kept, or kept by older rules, and answers of how many. */
export async function keepEarlierSentences(db: PrismaClient): Promise<number> {
  let [done, after] = [0, 0]
  while (true) {
    const batch = await transaction(db, async (tx) => {
      const captures = await rows<Captured>(
        tx,
        Prisma.sql`
        select c.id, c.source_id as "sourceId", c.text, c.sha256 from capture c left join capture_key k on k.capture_id = c.id
        where c.id > ${after} and coalesce(k.version, 0) < ${SENTENCE_VERSION} order by c.id limit ${BATCH}`,
      )
      for (const capture of captures) await keepSentences(tx, capture)
      return captures.map(({ id }) => id)
    })
    done += batch.length
    const last = batch.at(-1)
    if (last === undefined) return done
    after = last
  }
}
