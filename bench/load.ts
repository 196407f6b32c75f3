import pg from 'pg'
import type { PrismaClient } from '../prisma/client/client.ts'
import { writeDocuments } from '../src/claims/search.store.ts'
import { type Body, digestOf, hashOf, type Link } from '../src/history/chain.ts'
import type { Chunk } from './chunk.ts'
import { recordOf } from './data.ts'

const DOCUMENTS = 5_000

/**
 * Fills a migrated, empty database with the record of a desk. The rows are complete and true to the guards, so the guards sleep while they go in
 * (`session_replication_role`), and `check` asks afterwards what the guards would have asked. Search's indexes are built at the end.
 */
export async function load(admin: pg.ClientConfig, db: PrismaClient, count: number): Promise<void> {
  const client = new pg.Client(admin)
  await client.connect()
  try {
    await client.query(
      "set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '1GB'",
    )
    let writing: Promise<void> = Promise.resolve()
    for (const chunk of recordOf(count)) {
      await writing
      writing = insert(client, chunk)
      // The next chunk is made while this one is written.
      writing.catch(() => {})
    }
    await writing
    await client.query('set session_replication_role = origin')
    await takeSequencesAlong(client)
    await client.query('analyze')
    await buildDocuments(client, db, count)
    await client.query('analyze')
    await client.query('checkpoint')
    await check(client)
  } finally {
    await client.end()
  }
}

async function insert(client: pg.Client, chunk: Chunk): Promise<void> {
  await client.query('begin')
  for (const [table, rows] of chunk) {
    const columns = Object.keys(rows[0] ?? {})
      .map((column) => `"${column}"`)
      .join(', ')
    await client.query(
      `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1::json)`,
      [JSON.stringify(rows)],
    )
  }
  await client.query('commit')
}

async function takeSequencesAlong(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string }>(
    `select table_name as table from information_schema.columns
     where table_schema = current_schema() and column_name = 'id' and column_default like 'nextval%'`,
  )
  for (const { table } of rows)
    await client.query(
      `select setval(pg_get_serial_sequence($1, 'id'), coalesce((select max(id) from "${table}"), 1))`,
      [table],
    )
}

/** Writes what search looks through, as the application does, with its two large indexes away meanwhile. */
async function buildDocuments(client: pg.Client, db: PrismaClient, count: number): Promise<void> {
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes where tablename = 'claim_document' and indexdef like '%gin%'`,
  )
  for (const { name } of indexes) await client.query(`drop index ${name}`)
  const write = async (first: number, step: number) => {
    for (let from = first; from <= count; from += step) {
      const ids = Array.from({ length: Math.min(DOCUMENTS, count - from + 1) }, (_, at) => from + at)
      await db.$transaction((tx) => writeDocuments(tx, ids), { timeout: 120_000 })
    }
  }
  await Promise.all([write(1, 2 * DOCUMENTS), write(1 + DOCUMENTS, 2 * DOCUMENTS)])
  for (const { definition } of indexes) await client.query(definition)
}

const QUESTIONS = {
  'claims whose revision and hash match no event': `
    select count(*) from claim c left join event e on e.subject = 'claim' and e.subject_id = c.id and e.revision = c.revision and e.hash = c.last_hash
    where e.id is null`,
  'events that do not follow the one before': `
    select count(*) from (select previous_hash, lag(hash, 1, '') over (partition by subject, subject_id order by revision) as before,
      revision, row_number() over (partition by subject, subject_id order by revision) as place from event) e
    where previous_hash <> before or revision <> place`,
  'decided claims without their decision in force': `
    select count(*) from claim c left join decision d on d.claim_id = c.id and d.verdict = c.verdict and d.revision = c.revision
    where (c.stage = 'decided') <> (d.id is not null)`,
  'claims without an attribution': `
    select count(*) from claim c where not exists (select from attribution a where a.claim_id = c.id)`,
  'attributions whose passage is not where they say': `
    select count(*) from (select * from attribution order by id limit 5000) a left join capture c on c.id = a.capture_id
    where substring(c.text from a.start + 1 for a."end" - a.start) is distinct from a.passage`,
  'claims that search does not know': `
    select count(*) from claim c where not exists (select from claim_document d where d.claim_id = c.id)`,
} as const

/** Asks what the sleeping guards would have refused, and recomputes the hashes of a thousand events from the values as stored. */
async function check(client: pg.Client): Promise<void> {
  for (const [wrong, question] of Object.entries(QUESTIONS)) {
    const { rows } = await client.query<{ count: string }>(question)
    if (rows[0]?.count !== '0') throw new Error(`The data is not sound: ${rows[0]?.count} ${wrong}`)
  }
  const { rows: keys } = await client.query<{ table: string; name: string }>(
    `select conrelid::regclass::text as table, conname as name from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`,
  )
  // Revalidating asks of every row what the foreign key asks of a new one.
  for (const { table, name } of keys) {
    const { rows } = await client.query<{ definition: string }>(
      'select pg_get_constraintdef(oid) as definition from pg_constraint where conname = $1',
      [name],
    )
    await client.query(
      `alter table ${table} drop constraint ${name}, add constraint ${name} ${rows[0]?.definition} not valid; alter table ${table} validate constraint ${name}`,
    )
  }
  const { rows: events } = await client.query<StoredEvent>(
    `select e.subject, e.subject_id as "subjectId", e.revision, e.actor_id as "actorId", e.action, e.at, e.request_id as "requestId",
       e.body_digest as "bodyDigest", e.previous_hash as "previousHash", e.hash, b.salt, b.before::text, b.after::text, b.reason
     from event e join event_body b on b.event_id = e.id order by e.id desc limit 1000`,
  )
  for (const event of events)
    if (digestOf(event) !== event.bodyDigest || hashOf(event.previousHash, event, event.bodyDigest) !== event.hash)
      throw new Error(
        `The data is not sound: an event of ${event.subject} ${event.subjectId} has another hash than it says`,
      )
}

type StoredEvent = Link & Body & { bodyDigest: string; previousHash: string; hash: string }
