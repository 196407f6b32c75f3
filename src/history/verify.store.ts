import type pg from 'pg'
import { Subject } from '../../prisma/client/enums.ts'
import { brokenChains, type End, type Read, type Stored } from './verify.ts'

/** What does not hold: whose history or which text, as people know it, and what is wrong in a sentence. */
export type Fault = { whose: string; sentence: string }

/** What was read of the whole desk; `unnamed` counts faults beyond those that are named. */
export type Verified = Read & { captures: number; faults: Fault[]; unnamed: number }

/** How many rows are read at a time. */
const BATCH = 1_000
const MOST_NAMED = 50

/** Follows every chain of every subject within one snapshot, and compares every captured text with the digest taken of it. Memory stays flat. */
export async function verifyHistory(pool: pg.Pool): Promise<Verified> {
  const client = await pool.connect()
  const verified: Verified = { chains: 0, events: 0, redacted: 0, captures: 0, faults: [], unnamed: 0 }
  const note = async (subject: Subject | 'capture', id: number, sentence: string) => {
    if (verified.faults.length < MOST_NAMED)
      verified.faults.push({ whose: await nameOf(client, subject, id), sentence })
    else verified.unnamed += 1
  }
  try {
    await client.query('begin isolation level repeatable read read only')
    for (const subject of Object.values(Subject))
      for await (const { id, sentence } of brokenChains(endsOf(client, subject), eventsOf(client, subject), verified))
        await note(subject, id, sentence)
    for await (const { id, holds } of captures(client)) {
      verified.captures += 1
      if (!holds) await note('capture', id, 'The text was altered: it does not fit the digest taken of it.')
    }
    return verified
  } finally {
    await client.query('rollback').catch(() => {})
    client.release()
  }
}

async function* endsOf(client: pg.PoolClient, subject: Subject): AsyncGenerator<End> {
  let after = 0
  while (true) {
    // The table of a subject has the subject's name.
    const { rows } = await client.query<End>(
      `select id, revision, last_hash as "lastHash" from ${subject} where id > $1 order by id limit ${BATCH}`,
      [after],
    )
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return
    after = last.id
  }
}

type Row = Omit<Stored, 'body'> & {
  hasBody: boolean
  salt: string
  before: string | null
  after: string | null
  reason: string | null
  redactedAt: Date | null
  isOnRecord: boolean
}

async function* eventsOf(client: pg.PoolClient, subject: Subject): AsyncGenerator<Stored> {
  let [afterId, afterRevision] = [0, 0]
  while (true) {
    // The JSON as text: the digest covers the very bytes that are stored.
    const { rows } = await client.query<Row>(
      `select e.subject::text as subject, e.subject_id as "subjectId", e.revision, e.actor_id as "actorId", e.action, e.at,
         e.request_id as "requestId", e.body_digest as "bodyDigest", e.previous_hash as "previousHash", e.hash,
         b.event_id is not null as "hasBody", b.salt, b.before::text as before, b.after::text as after, b.reason, b.redacted_at as "redactedAt",
         exists (select from redaction r where r.event_id = e.id and r.at = b.redacted_at) as "isOnRecord"
       from event e left join event_body b on b.event_id = e.id
       where e.subject = $1 and (e.subject_id, e.revision) > ($2, $3)
       order by e.subject_id, e.revision limit ${BATCH}`,
      [subject, afterId, afterRevision],
    )
    for (const { hasBody, salt, before, after, reason, redactedAt, isOnRecord, ...event } of rows)
      yield { ...event, body: hasBody ? { salt, before, after, reason, redactedAt, isOnRecord } : null }
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return
    ;[afterId, afterRevision] = [last.subjectId, last.revision]
  }
}

/** Texts are as long as reports, so PostgreSQL takes their digests, and hands out none. */
async function* captures(client: pg.PoolClient): AsyncGenerator<{ id: number; holds: boolean }> {
  let after = 0
  while (true) {
    const { rows } = await client.query<{ id: number; holds: boolean }>(
      `select id, encode(sha256(convert_to(text, 'UTF8')), 'hex') = sha256 as holds
       from capture where id > $1 order by id limit ${BATCH}`,
      [after],
    )
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return
    after = last.id
  }
}

const NAMES = {
  claim: `select 'Claim ' || ref as name from claim where id = $1`,
  source: `select 'Source #' || id as name from source where id = $1`,
  party: `select 'Party #' || id || ' (' || name || ')' as name from party where id = $1`,
  story: `select 'Story ' || code as name from story where id = $1`,
  question: `select 'Question #' || id as name from question where id = $1`,
  account: `select 'The account of ' || name || ' (#' || id || ')' as name from account where id = $1`,
  setting: `select 'The setting “' || key || '”' as name from setting where id = $1`,
  capture: `select 'A text of source #' || source_id || ' (capture ' || id || ')' as name from capture where id = $1`,
} as const satisfies Record<Subject | 'capture', string>

async function nameOf(client: pg.PoolClient, subject: Subject | 'capture', id: number): Promise<string> {
  const { rows } = await client.query<{ name: string }>(NAMES[subject], [id])
  return rows[0]?.name ?? `A ${subject} that is not there (#${id})`
}
