import { Prisma } from '../../prisma/client/client.ts'
import type { RedactionGround, Subject } from '../../prisma/client/enums.ts'
import { rows } from '../database/rows.ts'
import type { Db } from './store.ts'

/** When something was redacted, on what ground, and who seconded it; null where the desk had no other admin. */
export type Redacted = { at: Date; ground: RedactionGround; groundNote: string; secondedById: number | null }

/** How the redaction of a thing is read beside it: the last one. */
export const REDACTED = {
  orderBy: { id: 'desc' },
  take: 1,
  select: { at: true, ground: true, groundNote: true, secondedById: true },
} as const satisfies Prisma.RedactionFindManyArgs

/** One line of history. */
export type Line = {
  id: number
  revision: number
  action: string
  at: Date
  /** What the person was called then; with the account's number and the present name where that is another. */
  actorName: string | null
  before: unknown
  after: unknown
  reason: string | null
  redaction: Redacted | null
}

/** What happened to a subject, newest first, at most `limit` lines; with `upTo`, only up to that revision. */
export async function historyOf(
  db: Db,
  subject: Subject,
  subjectId: number,
  { limit, upTo }: { limit: number; upTo?: number | null },
): Promise<Line[]> {
  const events = await db.event.findMany({
    where: { subject, subjectId, ...(upTo ? { revision: { lte: upTo } } : {}) },
    orderBy: { revision: 'desc' },
    take: limit,
    select: {
      id: true,
      revision: true,
      action: true,
      at: true,
      actor: { select: { id: true, name: true } },
      body: { select: { before: true, after: true, reason: true } },
      redactions: REDACTED,
    },
  })
  const former = await formerNames(
    db,
    events.flatMap(({ actor }) => actor?.id ?? []),
  )
  return events.map(({ actor, body, redactions, ...event }) => ({
    ...event,
    actorName: actor && nameAt(actor, event.at, former),
    before: body?.before ?? null,
    after: body?.after ?? null,
    reason: body?.reason ?? null,
    redaction: redactions[0] ?? null,
  }))
}

/** A name that an account had up to an instant. */
type FormerName = { id: number; until: Date; name: string }

/** The names that these accounts had before, the earliest first. */
function formerNames(db: Db, accountIds: readonly number[]): Promise<FormerName[]> {
  const ids = [...new Set(accountIds)]
  // Prisma cannot look into the stored JSON.
  return rows<FormerName>(
    db,
    Prisma.sql`
    select e.subject_id as id, e.at as until, b.before->>'name' as name from event e join event_body b on b.event_id = e.id
    where e.subject = 'account' and e.subject_id = any(${ids}::int[]) and b.before->>'name' is not null order by e.revision`,
  )
}

function nameAt(person: { id: number; name: string }, at: Date, former: readonly FormerName[]): string {
  const then = former.find(({ id, until }) => id === person.id && until >= at)?.name ?? person.name
  return then === person.name ? then : `${then} (#${person.id}, now ${person.name})`
}
