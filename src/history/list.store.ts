import type { Subject } from '../../prisma/client/enums.ts'
import type { Db } from './store.ts'

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
  redactedAt: Date | null
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
      body: { select: { before: true, after: true, reason: true, redactedAt: true } },
    },
  })
  return events.map(({ actor, body, ...event }) => ({
    ...event,
    actorName: actor?.name ?? null,
    before: body?.before ?? null,
    after: body?.after ?? null,
    reason: body?.reason ?? null,
    redactedAt: body?.redactedAt ?? null,
  }))
}
