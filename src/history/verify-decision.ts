/** A decision as it is stored, beside the event that made it; `seal` is the digest of the seal it holds now. */
export type HeldDecision = {
  id: number
  claimId: number
  revision: number
  isRestored: boolean
  seal: string
  isRedacted: boolean
  held: Record<string, unknown>
  /** What the event says was done; null when there is no such event. */
  action: string | null
  /** Whether the event is from a time when events held a digest of the seal. */
  isCovered: boolean
  isEmptied: boolean
  told: Record<string, unknown> | null
}

/** Whether nothing can be said of a decision's seal, since its event is from before events held a digest of it. */
export function isUnsealed({ action, isCovered, told }: HeldDecision): boolean {
  return action !== null && !isCovered && typeof told?.sealSha256 !== 'string'
}

/** What of a decision is not as the event that made it says, in a sentence; null when all is, or was emptied openly. */
export function faultOfDecision(decision: HeldDecision): string | null {
  const { id, revision, seal, isRedacted, held, action, isEmptied, told } = decision
  const which = `Decision ${id} on revision ${revision}`
  if (action !== 'decided' && action !== 'seconded')
    return `${which} was added behind its history: no event tells of it.`
  if (isRedacted || isEmptied) return null
  const values = told ?? {}
  const other = Object.keys(held).find(
    (field) => Object.hasOwn(values, field) && JSON.stringify(values[field]) !== JSON.stringify(held[field]),
  )
  if (other) return `${which} is not what its event says: its ${CALLED[other] ?? other} is another.`
  if (isUnsealed(decision)) return null
  if (typeof values.sealSha256 !== 'string')
    return `${which} was added behind its history: its event holds no digest of its seal.`
  return values.sealSha256 === seal
    ? null
    : `The seal of decision ${id} was altered: it does not fit the digest in its event.`
}

const CALLED: Readonly<Record<string, string>> = {
  verdict: 'verdict',
  rationale: 'rationale',
  replySought: 'note on the reply sought',
  change: 'kind of change',
  changeNote: 'note on the change',
  decidedById: 'editor',
  secondedById: 'second',
  reviewers: 'number of reviewers',
  overrideReason: 'override',
}
