import { lockAffected, NONE_TOLD, type Told, tellAffected } from '../claims/affected.store.ts'
import { carriedVerdicts } from '../decisions/carried.store.ts'
import type { Act, Db } from '../history/store.ts'
import type { Refused } from '../outcome.ts'
import { joinAlike, notYetJoined, type Shares } from './likeness.store.ts'

/**
 * Keeps that a source, whose row is locked, holds the same or nearly the same text as others, and tells the claims that rest on it and on one of these:
 * they are one origin from now on, and a verdict that this no longer carries is challenged.
 */
export async function joinAlikeAndTell(
  tx: Db,
  act: Act,
  at: Date,
  id: number,
  shares: Shares,
): Promise<{ told: Told; refusal: null } | { told: null; refusal: Refused }> {
  const others = await notYetJoined(tx, id, shares)
  const reference = { subject: 'source', id, besides: others } as const
  // Nothing is locked yet but the source: claims that others hold are not waited for.
  const { claims, refusal } = others.length ? await lockAffected(tx, reference, []) : { claims: [], refusal: null }
  if (refusal) return { told: null, refusal }
  const carriedBefore = await carriedVerdicts(
    tx,
    claims.filter(({ stage }) => stage === 'decided'),
  )
  await joinAlike(tx, id, shares)
  if (!claims.length) return { told: NONE_TOLD, refusal: null }
  const named = [id, ...others].toSorted((a, b) => a - b).map((sourceId) => ({ sourceId }))
  const told = await tellAffected(tx, act, at, reference, claims, {
    before: () => ({}),
    after: () => ({ oneOrigin: named }),
    findings: [],
    carriedBefore,
  })
  return { told, refusal: null }
}
