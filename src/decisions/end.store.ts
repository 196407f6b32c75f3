import type { EndCause } from '../../prisma/client/enums.ts'
import type { ClaimColumns, LockedClaim } from '../claims/locked.store.ts'
import type { Db } from '../history/store.ts'

/**
 * Ends the decision in force on a locked claim, if there is one, and answers what the claim must be saved with: no verdict, the former one
 * kept, no proposal, not superseded. The stage is the caller's to set.
 */
export async function leaveDecision(tx: Db, claim: LockedClaim, at: Date, cause: EndCause): Promise<ClaimColumns> {
  await endDecisionInForce(tx, claim.id, at, cause)
  return {
    verdict: null,
    formerVerdict: claim.verdict ?? claim.formerVerdict,
    proposal: null,
    supersededById: null,
  }
}

/** Writes the end of the decision in force, if there is one; a superseded one has ended already. */
export async function endDecisionInForce(tx: Db, claimId: number, at: Date, cause: EndCause): Promise<void> {
  const inForce = await tx.decision.findFirst({ where: { claimId, end: null }, select: { id: true } })
  if (inForce) await tx.decisionEnd.create({ data: { decisionId: inForce.id, at, cause } })
}
