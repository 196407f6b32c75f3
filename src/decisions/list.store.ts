import { Prisma } from '../../prisma/client/client.ts'
import { rows } from '../database/rows.ts'
import { REDACTED } from '../history/list.store.ts'
import type { Db } from '../history/store.ts'
import type { Parts } from './parts.ts'

const shown = {
  id: true,
  revision: true,
  verdict: true,
  rationale: true,
  decidedAt: true,
  decidedBy: { select: { name: true } },
  secondedBy: { select: { name: true } },
  reviewers: true,
  overrideReason: true,
  replySought: true,
  change: true,
  changeNote: true,
  restores: { select: { decidedAt: true, revision: true } },
  end: { select: { at: true, cause: true } },
  redactions: REDACTED,
} satisfies Prisma.DecisionSelect

/** A decision as a page needs it. */
export type ShownDecision = Prisma.DecisionGetPayload<{ select: typeof shown }>

/** The decisions on a claim, newest first, at most 50. */
export async function decisionsOn(db: Db, claimId: number): Promise<ShownDecision[]> {
  return db.decision.findMany({ where: { claimId }, orderBy: { revision: 'desc' }, take: 50, select: shown })
}

/** What a decision was sealed with; null where the copy was redacted. */
export async function sealedParts(db: Db, decisionId: number): Promise<Parts | null> {
  const [found] = await rows<{ parts: Parts | null }>(
    db,
    Prisma.sql`
    select d.seal->'parts' as parts from decision d
    where d.id = ${decisionId} and not exists (select from redaction r where r.decision_id = d.id)`,
  )
  return found?.parts ?? null
}

/** The name of an account, for the proposal that a claim keeps. */
export async function nameOf(db: Db, id: number): Promise<string> {
  return (await db.account.findUniqueOrThrow({ where: { id }, select: { name: true } })).name
}
