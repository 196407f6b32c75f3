import { Prisma } from '../../prisma/client/client.ts'
import type { LockedClaim } from '../claims/locked.store.ts'
import { rows } from '../database/rows.ts'
import { HELD_SETTINGS, settingsFrom } from '../desk/store.ts'
import type { Db } from '../history/store.ts'
import type { Ground } from './decide.ts'
import type { Parts } from './parts.ts'
import { partsOf } from './seal.store.ts'

/** What the guards look at, and all else that a decision seals. */
export type HeldGround = Ground & { parts: Parts }

/** What the guards look at, for a locked claim, held as it is until the transaction ends. */
export async function holdGround(tx: Db, claim: LockedClaim): Promise<HeldGround> {
  // Prisma cannot lock rows.
  const [held] = await rows<{ isAgain: boolean; lastOverride: string | null; settings: unknown }>(
    tx,
    Prisma.sql`
    with said as (select from attribution where claim_id = ${claim.id} for share),
      shown as (select from evidence where claim_id = ${claim.id} for share),
      settings as (${HELD_SETTINGS})
    select exists (select from decision d where d.claim_id = ${claim.id} and not exists (
        select from decision_end e where e.decision_id = d.id and e.cause = 'undone')) as "isAgain",
      (select d.override_reason from decision d where d.claim_id = ${claim.id} and not exists (
        select from decision_end e where e.decision_id = d.id and e.cause = 'undone') order by d.revision desc limit 1) as "lastOverride",
      (select value from settings) as settings, (select count(*) from said), (select count(*) from shown)`,
  )
  const { reviewers } = settingsFrom(held?.settings)
  // In a statement after the locks, which sees what whoever held them has saved.
  const parts = (await partsOf(tx, [claim.id])).get(claim.id)
  if (!parts) throw new Error(`Claim ${claim.ref} has no parts to weigh`)
  const { attributions, evidence } = parts
  const { wordsBy, unverifiedBy } = claim
  const [isAgain, lastOverride] = [held?.isAgain === true, held?.lastOverride ?? null]
  return { parts, attributions, evidence, wordsBy, unverifiedBy, lastOverride, reviewers, isAgain }
}

/** The attributions and the evidence of a claim as far as they bear on independence. */
export async function bearingsOf(db: Db, claimId: number): Promise<Pick<Parts, 'attributions' | 'evidence'>> {
  return (await partsOf(db, [claimId])).get(claimId) ?? { attributions: [], evidence: [] }
}
