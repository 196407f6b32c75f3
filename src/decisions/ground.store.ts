import type { LockedClaim } from '../claims/locked.store.ts'
import { deskSettings } from '../desk/store.ts'
import type { Db } from '../history/store.ts'
import type { Ground } from './decide.ts'
import { partsOf } from './seal.store.ts'
import type { Parts } from './seal.ts'

/** What the guards look at, and all else that a decision seals. */
export type HeldGround = Ground & { parts: Parts }

/** What the guards look at, for a locked claim, held as it is until the transaction ends. */
export async function holdGround(tx: Db, claim: LockedClaim): Promise<HeldGround> {
  // Prisma cannot lock rows.
  await tx.$queryRaw`select id from attribution where claim_id = ${claim.id} for share`
  await tx.$queryRaw`select id from evidence where claim_id = ${claim.id} for share`
  const { reviewers } = await deskSettings(tx)
  const isAgain = (await tx.decision.count({ where: { claimId: claim.id } })) > 0
  const parts = (await partsOf(tx, [claim.id])).get(claim.id)
  if (!parts) throw new Error(`Claim ${claim.ref} has no parts to weigh`)
  const { attributions, evidence } = parts
  return { parts, attributions, evidence, wordsBy: claim.wordsBy, reviewers, isAgain }
}

/** The attributions and the evidence of a claim as far as they bear on independence. */
export async function bearingsOf(db: Db, claimId: number): Promise<Pick<Parts, 'attributions' | 'evidence'>> {
  return (await partsOf(db, [claimId])).get(claimId) ?? { attributions: [], evidence: [] }
}
