import type { Prisma } from '../../prisma/client/client.ts'
import type { RedactionGround, Subject } from '../../prisma/client/enums.ts'
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
      actor: { select: { name: true } },
      body: { select: { before: true, after: true, reason: true } },
      redactions: REDACTED,
    },
  })
  return events.map(({ actor, body, redactions, ...event }) => ({
    ...event,
    actorName: actor?.name ?? null,
    before: body?.before ?? null,
    after: body?.after ?? null,
    reason: body?.reason ?? null,
    redaction: redactions[0] ?? null,
  }))
}
