import type { PrismaClient } from '../../prisma/client/client.ts'
import { digestOf, hashOf } from '../../src/history/chain.ts'

type Row = {
  subject: string
  subjectId: number
  revision: number
  actorId: number | null
  action: string
  at: Date
  requestId: string | null
  bodyDigest: string
  previousHash: string
  hash: string
  salt: string
  before: string | null
  after: string | null
  reason: string | null
}

/** What does not hold of the record: a subject whose revision is not that of its last event, a gap, a chain that is broken. */
export async function faultsOfRecord(db: PrismaClient): Promise<string[]> {
  const faults: string[] = []
  const subjects = await db.$queryRaw<{ subject: string; id: number; revision: number; lastHash: string }[]>`
    select 'claim' as subject, id, revision, last_hash as "lastHash" from claim
    union all select 'source', id, revision, last_hash from source
    union all select 'party', id, revision, last_hash from party
    union all select 'story', id, revision, last_hash from story
    union all select 'account', id, revision, last_hash from account
    union all select 'setting', id, revision, last_hash from setting`
  const events = await db.$queryRaw<Row[]>`
    select e.subject::text as subject, e.subject_id as "subjectId", e.revision, e.actor_id as "actorId", e.action, e.at,
      e.request_id as "requestId", e.body_digest as "bodyDigest", e.previous_hash as "previousHash", e.hash,
      b.salt, b.before::text as before, b.after::text as after, b.reason
    from event e join event_body b on b.event_id = e.id order by e.subject, e.subject_id, e.revision`
  const last = new Map<string, { revision: number; hash: string }>()
  for (const event of events) {
    const key = `${event.subject} ${event.subjectId}`
    const before = last.get(key) ?? { revision: 0, hash: '' }
    if (event.revision !== before.revision + 1) faults.push(`${key}: ${event.revision} follows ${before.revision}`)
    if (event.previousHash !== before.hash)
      faults.push(`${key}: revision ${event.revision} does not follow by its hash`)
    if (event.bodyDigest !== digestOf(event)) faults.push(`${key}: the body of revision ${event.revision} was changed`)
    if (event.hash !== hashOf(event.previousHash, event, event.bodyDigest))
      faults.push(`${key}: revision ${event.revision} was changed`)
    last.set(key, { revision: event.revision, hash: event.hash })
  }
  for (const { subject, id, revision, lastHash } of subjects) {
    const event = last.get(`${subject} ${id}`)
    if (event?.revision !== revision || event.hash !== lastHash)
      faults.push(`${subject} ${id} is at revision ${revision}, its history at ${event?.revision}`)
  }
  return faults
}
