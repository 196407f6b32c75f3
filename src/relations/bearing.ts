import type { CameIn, RelationType, Stage, Verdict } from '../../prisma/client/enums.ts'

/** What a claim must be known to be, to tell what a relation is to it. */
export type RelatedEnd = { stage: Stage; verdict: Verdict | null; supersededById: number | null; cameIn: CameIn }

/**
 * What came in for one end of a new relation, given the other; null where no decision stands that something could come in after. A claim
 * is challenged by a contradiction only when the other end is itself decided to be so, in whole or in part, and has not been superseded; and
 * never one that is false or misleading, whose verdict such a contradiction bears out. Everything else is an addition, and what challenged it before goes on to.
 */
export function cameInFor(end: RelatedEnd, other: RelatedEnd, type: RelationType): CameIn | null {
  if (end.stage !== 'decided') return null
  if (end.cameIn === 'contradiction') return 'contradiction'
  return type === 'contradicts' && holds(other) && !isRejected(end) ? 'contradiction' : 'addition'
}

function holds({ stage, verdict, supersededById }: RelatedEnd): boolean {
  return stage === 'decided' && supersededById === null && (verdict === 'verified' || verdict === 'partly_verified')
}

function isRejected({ verdict }: RelatedEnd): boolean {
  return verdict === 'false' || verdict === 'misleading'
}
