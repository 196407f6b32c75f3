import type pg from 'pg'
import { Subject } from '../../prisma/client/enums.ts'
import { brokenChains, type End, type Read, type Stored } from './verify.ts'
import { faultOfDecision, type HeldDecision, isUnsealed } from './verify-decision.ts'

/** What does not hold: whose history or which text, as people know it, and what is wrong in a sentence. */
export type Fault = { whose: string; sentence: string }

/** What was read of the whole desk; `unnamed` counts faults beyond those that are named. */
export type Verified = Read & {
  captures: number
  decisions: number
  /** How many decisions are from before their events held a digest of the seal. */
  unsealed: number
  faults: Fault[]
  unnamed: number
}

/** How many rows are read at a time. */
const BATCH = 1_000
const MOST_NAMED = 50

/**
 * Follows every chain of every subject within one snapshot; compares every row with what its history says and with the digest kept of it at its
 * last event, every decision and its seal with the event that made it, and every captured text with the digest taken of it. It only reads, and
 * memory stays flat.
 */
export async function verifyHistory(pool: pg.Pool): Promise<Verified> {
  const client = await pool.connect()
  const verified: Verified = {
    chains: 0,
    events: 0,
    redacted: 0,
    uncovered: 0,
    captures: 0,
    decisions: 0,
    unsealed: 0,
    faults: [],
    unnamed: 0,
  }
  const note = async (subject: Subject | 'capture', id: number, sentence: string) => {
    if (verified.faults.length < MOST_NAMED)
      verified.faults.push({ whose: await nameOf(client, subject, id), sentence })
    else verified.unnamed += 1
  }
  try {
    await client.query('begin isolation level repeatable read read only')
    for (const subject of Object.values(Subject))
      for await (const { id, sentence } of brokenChains(
        subject,
        endsOf(client, subject),
        eventsOf(client, subject),
        verified,
      ))
        await note(subject, id, sentence)
    for await (const decision of decisionsOf(client)) {
      verified.decisions += 1
      if (isUnsealed(decision)) verified.unsealed += 1
      const sentence = faultOfDecision(decision)
      if (sentence) await note('claim', decision.claimId, sentence)
    }
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

/** The columns of a subject that its history is held against, where they are not simply the row's own. */
const ROWS = {
  claim: `to_jsonb(t) || jsonb_build_object('figure_low', trim_scale(t.figure_low)::text, 'figure_high', trim_scale(t.figure_high)::text)`,
  source: 'to_jsonb(t)',
  party: 'to_jsonb(t)',
  story: 'to_jsonb(t)',
  question: 'to_jsonb(t)',
  account: `jsonb_build_object('name', t.name, 'role', t.role, 'time_zone', t.time_zone, 'is_disabled', t.disabled_at is not null)`,
  setting: 't.value',
} as const satisfies Record<Subject, string>

async function* endsOf(client: pg.PoolClient, subject: Subject): AsyncGenerator<End> {
  let after = 0
  while (true) {
    // The table of a subject has the subject's name.
    const { rows } = await client.query<End>(
      `select t.id, t.revision, t.last_hash as "lastHash", ${ROWS[subject]} as row, coalesce(e.transaction is not null, false) as "isCovered",
         case when s.digest is null then 'none' when s.digest = state_digest('${subject}', t.id) then 'same' else 'other' end as state
       from ${subject} t
       left join recorded_state s on s.subject = '${subject}' and s.subject_id = t.id
       left join event e on e.subject = '${subject}' and e.subject_id = t.id and e.revision = t.revision
       where t.id > $1 order by t.id limit ${BATCH}`,
      [after],
    )
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return
    after = last.id
  }
}

async function* decisionsOf(client: pg.PoolClient): AsyncGenerator<HeldDecision> {
  let after = 0
  while (true) {
    // One that is put in force again has the seal of the one it restores.
    const { rows } = await client.query<HeldDecision>(
      `select d.id, d.claim_id as "claimId", d.revision, d.restores_id is not null as "isRestored",
         encode(sha256(convert_to(d.seal::text, 'UTF8')), 'hex') as seal,
         exists (select from redaction r where r.decision_id = d.id) as "isRedacted",
         json_build_object('verdict', d.verdict, 'rationale', d.rationale, 'replySought', d.reply_sought, 'change', d.change,
           'changeNote', d.change_note, 'decidedById', d.decided_by_id, 'secondedById', d.seconded_by_id, 'reviewers', d.reviewers,
           'overrideReason', d.override_reason) as held,
         e.action, e.transaction is not null as "isCovered", b.redacted_at is not null as "isEmptied", b.after as told
       from decision d
       left join decision first on first.id = d.restores_id
       left join event e on e.subject = 'claim' and e.subject_id = d.claim_id and e.revision = coalesce(first.revision, d.revision)
       left join event_body b on b.event_id = e.id
       where d.id > $1 order by d.id limit ${BATCH}`,
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
