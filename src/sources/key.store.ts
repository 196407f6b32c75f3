import { Prisma, type PrismaClient } from '../../prisma/client/client.ts'
import { rows, transaction } from '../database/rows.ts'
import type { Db } from '../history/store.ts'
import { type AddressKeys, addressKeys, canonicalUrl, isUnnamedCopy } from './canonical-url.ts'

/** The version of the rules of addresses; a higher one has every source's keys computed again. */
const VERSION = 2

/** How many sources' keys are computed in one transaction. */
const BATCH = 200

/** A source that an address leads to. */
export type KnownSource = { id: number; title: string | null; url: string | null }

type Addressed = { url: string | null; archiveUrl: string | null }

/** The keys of a source's addresses: null where it has none. */
export function keysOf({ url, archiveUrl }: Addressed): { page: AddressKeys | null; copy: string | null } {
  const archived = archiveUrl ? canonicalUrl(archiveUrl) : null
  const copy = archived && (url === null || isUnnamedCopy(archived)) && archived.length <= 2000 ? archived : null
  return { page: url ? addressKeys(url) : null, copy }
}

/**
 * Waits for others who save a source at this address or nearly at it, until the transaction ends: no index can keep two from being put in at
 * once. To be taken before any row is locked.
 */
export async function lockAddress(tx: Db, key: string): Promise<void> {
  await rows(tx, Prisma.sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))::text`)
}

/** The source at an address, the one added first where there are several; null when there is none. */
export async function maybeSourceAt(db: Db, canonical: string): Promise<KnownSource | null> {
  const [found] = await rows<KnownSource>(
    db,
    Prisma.sql`
    select id, title, url from source where id = (select min(id) from (
      select source_id as id from source_key where address = ${canonical}
      union all select source_id from source_key where archived_copy = ${canonical}
      union all select id from source where canonical_url = ${canonical}) known)`,
  )
  return found ?? null
}

/** Sources whose address is almost this one, or that have the same copy in an archive, oldest first, at most 3. */
export async function sourcesNear(db: Db, { page, copy }: ReturnType<typeof keysOf>): Promise<KnownSource[]> {
  return rows<KnownSource>(
    db,
    Prisma.sql`
    select id, title, url from source where id in (
      select source_id from source_key where near = ${page?.near ?? null}
      union select source_id from source_key where address = ${copy}
      union select source_id from source_key where archived_copy = ${copy}) order by id limit 3`,
  )
}

/** Keeps the keys of a source's addresses, to be called in the transaction that writes them. */
export async function writeKey(tx: Db, id: number, addressed: Addressed): Promise<void> {
  const { page, copy } = keysOf(addressed)
  await rows(
    tx,
    Prisma.sql`
    insert into source_key (source_id, version, address, near, archived_copy)
    values (${id}, ${VERSION}, ${page?.canonical ?? null}, ${page?.near ?? null}, ${copy})
    on conflict (source_id) do update set version = excluded.version, address = excluded.address, near = excluded.near,
      archived_copy = excluded.archived_copy`,
  )
}

/**
 * Computes again the keys of sources that older rules wrote, and answers how many. Where two sources turn out to have one address both
 * stay, and they count as one origin until an editor says otherwise; the address itself leads to the one added first.
 */
export async function recomputeSourceKeys(db: PrismaClient): Promise<number> {
  let [done, after] = [0, 0]
  while (true) {
    const batch = await transaction(db, (tx) => recomputeBatch(tx, after))
    done += batch.length
    const last = batch.at(-1)
    if (last === undefined || batch.length < BATCH) return done
    after = last
  }
}

async function recomputeBatch(tx: Db, after: number): Promise<number[]> {
  const sources = await rows<{ id: number; canonical: string | null } & Addressed>(
    tx,
    Prisma.sql`
    select s.id, s.url, s.archive_url as "archiveUrl", s.canonical_url as canonical from source s
    left join source_key k on k.source_id = s.id
    where s.id > ${after} and k.version is distinct from ${VERSION} and coalesce(k.version, 0) < ${VERSION}
    order by s.id limit ${BATCH} for update of s`,
  )
  for (const source of sources) {
    await writeKey(tx, source.id, source)
    const canonical = keysOf(source).page?.canonical ?? null
    if (canonical === null) continue
    await joinThoseAt(tx, source.id, canonical)
    if (canonical !== source.canonical) await moveAddress(tx, source.id, canonical)
  }
  return sources.map(({ id }) => id)
}

async function joinThoseAt(tx: Db, id: number, canonical: string): Promise<void> {
  await rows(
    tx,
    Prisma.sql`
    insert into source_likeness (first_id, second_id, by, share)
    select least(k.source_id, ${id}::int), greatest(k.source_id, ${id}::int), 'address', 100 from source_key k
    where k.address = ${canonical} and k.source_id <> ${id} order by k.source_id limit 50
    on conflict (first_id, second_id) do update set by = excluded.by, share = excluded.share`,
  )
}

/** The address is unique: a source whose address another one has keeps none of its own. */
async function moveAddress(tx: Db, id: number, canonical: string): Promise<void> {
  await rows(
    tx,
    Prisma.sql`
    update source set canonical_url = case when exists (select from source o where o.canonical_url = ${canonical} and o.id <> ${id})
      then null else ${canonical} end where id = ${id}`,
  )
}
