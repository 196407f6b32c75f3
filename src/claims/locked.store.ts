import { Prisma } from '../../prisma/client/client.ts'
import { rows } from '../database/rows.ts'
import { noClaim } from '../errors.ts'
import { type Act, clock, type Db, type Happening, record } from '../history/store.ts'
import { type Refused, refused } from '../outcome.ts'

/** A claim whose row is locked until the transaction ends. */
export type LockedClaim = Prisma.ClaimGetPayload<object>

/** Locks a claim by its reference and reads it; throws NotFound. Two claims in one act are locked in the order of their ids. */
export async function lockClaim(tx: Db, ref: string): Promise<LockedClaim> {
  // Prisma cannot lock a row.
  const [row] = await rows<{ id: number }>(tx, Prisma.sql`select id from claim where ref = ${ref} for update`)
  if (!row) throw noClaim(ref)
  return tx.claim.findUniqueOrThrow({ where: { id: row.id } })
}

/** Locks a claim and the other one that a form names, in the order of their ids; the other is null when there is none such, and the claim itself when it is named. */
export async function lockBoth(
  tx: Db,
  ref: string,
  typed: string | null,
): Promise<{ claim: LockedClaim; other: LockedClaim | null }> {
  const other = typed?.trim().toUpperCase()
  if (!other || other === ref) {
    const claim = await lockClaim(tx, ref)
    return { claim, other: other ? claim : null }
  }
  const found = await tx.claim.findMany({
    where: { ref: { in: [ref, other] } },
    orderBy: { id: 'asc' },
    select: { ref: true },
  })
  const locked = new Map<string, LockedClaim>()
  for (const one of found) locked.set(one.ref, await lockClaim(tx, one.ref))
  const claim = locked.get(ref)
  if (!claim) throw noClaim(ref)
  return { claim, other: locked.get(other) ?? null }
}

/** The refusal of a change that was made on words or a stage that have changed since; null when it was not. Product rule: guard 4. */
export function staleness(claim: LockedClaim, revision: number): Refused | null {
  if (revision > claim.revision)
    return refused({
      field: '',
      message: 'The form names a revision of this claim that does not exist yet. Open the claim again.',
    })
  if (revision >= claim.movedAtRevision) return null
  return refused(
    {
      field: '',
      message:
        'Somebody changed this claim while you were working on it. Nothing was saved; what you typed is kept below.',
    },
    'stale',
  )
}

/** What becomes of a locked claim: `isMove` when words or stage change, so that older forms are stale afterwards. */
export type ClaimChange = Happening & { data: Prisma.ClaimUncheckedUpdateInput; isMove: boolean }

/** Saves a change of a locked claim together with its event, which tells a change of stage or verdict by itself; answers the claim as it then is. */
export async function saveClaim(
  tx: Db,
  act: Act,
  claim: LockedClaim,
  change: ClaimChange,
  at?: Date,
): Promise<LockedClaim> {
  const when = at ?? (await clock(tx))
  const { data, isMove, ...happening } = change
  const moved = (['stage', 'verdict'] as const).filter((name) => data[name] !== undefined && data[name] !== claim[name])
  const [was, is] = [claim, data].map((of) => Object.fromEntries(moved.map((name) => [name, of[name]])))
  const told = moved.length
    ? { ...happening, before: { ...was, ...happening.before }, after: { ...is, ...happening.after } }
    : happening
  const kept = await record(tx, act, when, 'claim', claim, told)
  return tx.claim.update({
    where: { id: claim.id },
    data: { ...data, ...kept, updatedAt: when, ...(isMove ? { movedAtRevision: kept.revision } : {}) },
  })
}
