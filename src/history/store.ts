import { randomBytes } from 'node:crypto'
import { Prisma, type PrismaClient } from '../../prisma/client/client.ts'
import type { Role, Subject } from '../../prisma/client/enums.ts'
import { rows, transaction } from '../database/rows.ts'
import { Forbidden } from '../errors.ts'
import { accepted, type Landing, type Outcome, type Refused, refused } from '../outcome.ts'
import { type Body, digestOf, hashOf, isSaltedFrom, type Link, salted } from './chain.ts'

/** A database or a transaction in it. */
export type Db = Prisma.TransactionClient

/** Who does something, and the one-use id and digest of the form they did it with. */
export type Act = {
  actorId: number
  requestId: string
  digest: string
  /** With what right a request began; absent where no session is needed, as in a command. */
  access?: { role: Role; sessionId: number }
}

/** What a subject keeps of its own history. */
export type Chained = { id: number; revision: number; lastHash: string }

/** What happened, with the values before and after by id rather than by name. */
export type Happening = { action: string; before?: object | null; after?: object | null; reason?: string | null }

/**
 * Makes one change: the request, whatever `work` writes, and its events are one transaction. The same form sent again gets the first
 * outcome; another one under the same id is refused as resent; a refusal leaves nothing behind. Throws Forbidden when the person's role,
 * access or session is no longer what it was as the request began. Product rule: guards 5 and 6.
 */
export async function once(
  db: PrismaClient | Db,
  act: Act,
  work: (tx: Db) => Promise<Outcome<Landing>>,
): Promise<Outcome<Landing>> {
  try {
    return await inTransaction(db, async (tx) => {
      const seen = await claimRequest(tx, act)
      if (seen) return seen
      const outcome = await work(tx)
      if (outcome.kind === 'refused') throw new Rollback(outcome)
      await rows(
        tx,
        Prisma.sql`
        update request set outcome = ${JSON.stringify(outcome.value)}::jsonb where actor_id = ${act.actorId} and id = ${act.requestId}`,
      )
      return outcome
    })
  } catch (thrown) {
    if (thrown instanceof Rollback) return thrown.refusal
    throw thrown
  }
}

class Rollback extends Error {
  readonly refusal: Refused
  constructor(refusal: Refused) {
    super('refused')
    this.refusal = refusal
  }
}

function inTransaction<T>(db: PrismaClient | Db, work: (tx: Db) => Promise<T>): Promise<T> {
  return '$transaction' in db ? transaction(db, work) : work(db)
}

/** Takes the request's id for this act; a concurrent twin waits here until the first has ended. */
async function claimRequest(tx: Db, act: Act): Promise<Outcome<Landing> | null> {
  // Prisma has no "on conflict do nothing" that tells whether it did.
  const [taken] = await rows(
    tx,
    Prisma.sql`
    insert into request (actor_id, id, digest)
    select ${act.actorId}, ${act.requestId}, ${salted(act.digest)} where ${hasAccess(act)}
    on conflict do nothing returning id`,
  )
  if (taken) return null
  const [still] = await rows(tx, Prisma.sql`select where ${hasAccess(act)}`)
  if (!still) throw new Forbidden(ACCESS_CHANGED)
  const first = await tx.request.findUniqueOrThrow({
    where: { actorId_id: { actorId: act.actorId, id: act.requestId } },
  })
  if (first.outcome === null)
    return refused(
      {
        field: '',
        message:
          'This form was already sent and saved once, and what it changed has been redacted since. Send it again only if you want this saved as well.',
      },
      'resent',
    )
  if (isSaltedFrom(first.digest, act.digest)) return accepted(first.outcome as Landing)
  return refused(
    {
      field: '',
      message:
        'This form was already sent once, with other words, and that was saved. Send it again if you want this saved as well.',
    },
    'resent',
  )
}

/** The condition that a person may still do what the request began to do: a long form may arrive after its sender was demoted. */
function hasAccess({ actorId, access }: Act): Prisma.Sql {
  if (!access) return Prisma.sql`true`
  return Prisma.sql`exists (
    select from account a join session s on s.account_id = a.id
    where a.id = ${actorId} and a.disabled_at is null and a.role = ${access.role}::role
    and s.id = ${access.sessionId} and s.expires_at > now())`
}

const ACCESS_CHANGED =
  'Your role was changed, or your session ended, while this was being sent. Nothing was changed. Open the page again to see what you may do now.'

/** The database's clock, to be asked after the locks are held; milliseconds. */
export async function clock(tx: Db): Promise<Date> {
  // The transaction's own time would be from before it waited for its locks.
  const [row] = await rows<{ at: Date }>(tx, Prisma.sql`select clock_timestamp()::timestamptz(3) as at`)
  if (!row) throw new Error('The database has no clock')
  return row.at
}

/**
 * Writes the event of a change to a locked subject and answers the revision and hash that the subject must now keep, to be saved in the
 * same update as the change itself.
 */
export async function record(
  tx: Db,
  act: Act | null,
  at: Date,
  subject: Subject,
  was: Chained,
  happening: Happening,
): Promise<Kept> {
  return write(tx, eventOf(act, at, subject, was, happening))
}

/** Writes the first event of a subject that was just created at revision 1, and answers the hash it must keep. */
export async function recordFirst(
  tx: Db,
  act: Act | null,
  at: Date,
  subject: Subject,
  id: number,
  happening: Happening,
): Promise<Kept> {
  return write(tx, eventOf(act, at, subject, { id, revision: 0, lastHash: '' }, happening))
}

/** What a subject must keep of its newest event. */
export type Kept = { revision: number; lastHash: string }

async function write(tx: Db, { kept, written }: { kept: Kept; written: Prisma.Sql }): Promise<Kept> {
  await rows(tx, Prisma.sql`with ${written} select`)
  return kept
}

/** Writes the events of one change to many locked subjects of a kind, in one statement, and answers what each must keep, in their order. */
export async function recordMany(
  tx: Db,
  act: Act | null,
  at: Date,
  subject: Subject,
  changes: readonly { was: Chained; happening: Happening }[],
): Promise<Kept[]> {
  const events = changes.map(({ was, happening }) => linkOf(act, at, subject, was, happening))
  const each = <T>(of: (event: (typeof events)[number]) => T) => events.map(of)
  await rows(
    tx,
    Prisma.sql`
    with given as (
      select * from unnest(${each(({ link }) => link.subjectId)}::int[], ${each(({ link }) => link.revision)}::int[],
        ${each(({ link }) => link.action)}::text[], ${each(({ bodyDigest }) => bodyDigest)}::text[],
        ${each(({ previousHash }) => previousHash)}::text[], ${each(({ hash }) => hash)}::text[], ${each(({ body }) => body.salt)}::text[],
        ${each(({ body }) => body.before)}::text[], ${each(({ body }) => body.after)}::text[], ${each(({ body }) => body.reason)}::text[])
        as given (subject_id, revision, action, body_digest, previous_hash, hash, salt, before, after, reason)),
    written as (
      insert into event (subject, subject_id, revision, actor_id, action, at, request_id, body_digest, previous_hash, hash)
      select ${subject}::text::subject, subject_id, revision, ${act?.actorId ?? null}::int, action, ${at}::timestamptz,
        ${act?.requestId ?? null}::text, body_digest, previous_hash, hash
      from given returning id, subject_id)
    insert into event_body (event_id, salt, before, after, reason)
    select written.id, given.salt, given.before::json, given.after::json, given.reason from written join given using (subject_id)`,
  )
  return events.map(({ link, hash }) => ({ revision: link.revision, lastHash: hash }))
}

/** The event of a change to a locked subject: what the subject must now keep, and the `with` that writes it, for the statement that saves both. */
export function eventOf(
  act: Act | null,
  at: Date,
  subject: Subject,
  was: Chained,
  happening: Happening,
): { kept: Kept; written: Prisma.Sql } {
  const { link, body, bodyDigest, previousHash, hash } = linkOf(act, at, subject, was, happening)
  const { actorId, requestId, revision, action } = link
  const written = Prisma.sql`
    written as (
      insert into event (subject, subject_id, revision, actor_id, action, at, request_id, body_digest, previous_hash, hash)
      values (${subject}::subject, ${was.id}, ${revision}, ${actorId}, ${action}, ${at}, ${requestId}, ${bodyDigest}, ${previousHash}, ${hash})
      returning id),
    told as (
      insert into event_body (event_id, salt, before, after, reason)
      select id, ${body.salt}, ${body.before}::json, ${body.after}::json, ${body.reason} from written)`
  return { kept: { revision, lastHash: hash }, written }
}

/** An event as the next link of a subject's chain. */
function linkOf(
  act: Act | null,
  at: Date,
  subject: Subject,
  was: Chained,
  { action, before, after, reason }: Happening,
): { link: Link; body: Body; bodyDigest: string; previousHash: string; hash: string } {
  // As text: the digest covers the very bytes that are stored.
  const body = {
    salt: randomBytes(16).toString('hex'),
    before: before ? JSON.stringify(before) : null,
    after: after ? JSON.stringify(after) : null,
    reason: reason ?? null,
  }
  const bodyDigest = digestOf(body)
  const [actorId, requestId, revision] = [act?.actorId ?? null, act?.requestId ?? null, was.revision + 1]
  const link = { subject, subjectId: was.id, revision, actorId, action, at, requestId }
  return { link, body, bodyDigest, previousHash: was.lastHash, hash: hashOf(was.lastHash, link, bodyDigest) }
}
