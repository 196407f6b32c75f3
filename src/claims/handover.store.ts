import { isCarried, noLongerCarried } from '../decisions/carried.store.ts'
import { writersMoved } from '../decisions/eyes.ts'
import type { Act, Db } from '../history/store.ts'
import { attributionWords, SAID } from './attribution.store.ts'
import { type Attributed, isOfStatement, notYetOn } from './attribution.ts'
import { findingsOn, type RecordedFinding, resetFindings, resetToTell } from './finding-reset.store.ts'
import { type LockedClaim, saveClaim } from './locked.store.ts'
import { writeDocuments } from './search.store.ts'

const COPIED = {
  ...SAID,
  prefix: true,
  suffix: true,
  finding: true,
  findingNote: true,
  findingUrl: true,
  foundById: true,
  foundAt: true,
  wordsFound: true,
  formerFinding: true,
  formerFoundById: true,
  formerFoundAt: true,
  findingResetAt: true,
  addedById: true,
  editedBy: true,
  relays: { orderBy: { ordinal: 'asc' }, select: { ordinal: true, partyId: true, printed: true } },
} as const

/** The attributions of a claim that another does not have yet: from another source, passage or speaker, or of another position. */
export async function toHandOver(tx: Db, claim: LockedClaim, other: LockedClaim) {
  const of = (claimId: number) =>
    tx.attribution.findMany({ where: { claimId }, orderBy: { ordinal: 'asc' }, select: COPIED })
  const held: Attributed[] = await of(other.id)
  return notYetOn(held, await of(claim.id))
}

/**
 * Copies attributions of a duplicate, with their passages, relays and findings, to the claim that takes over, as an event of that claim. A
 * decision of it stands, and shows what came in since. Answers the findings that were of the duplicate's own statement, and are taken back.
 */
export async function handOver(
  tx: Db,
  act: Act,
  at: Date,
  claim: LockedClaim,
  other: LockedClaim,
  attributions: Awaited<ReturnType<typeof toHandOver>>,
): Promise<RecordedFinding[]> {
  const { _max } = await tx.attribution.aggregate({ where: { claimId: other.id }, _max: { ordinal: true } })
  const wasCarried = await isCarried(tx, other)
  const ids: number[] = []
  for (const [index, { relays, ...columns }] of attributions.entries()) {
    const ordinal = (_max.ordinal ?? 0) + index + 1
    const made = await tx.attribution.create({
      data: { ...columns, claimId: other.id, ordinal, createdAt: at, relays: { create: relays } },
      select: { id: true },
    })
    ids.push(made.id)
  }
  const isRestated = claim.statement !== other.statement
  const handed = isRestated ? (await findingsOn(tx, { claimId: other.id })).filter(({ id }) => ids.includes(id)) : []
  const bare = new Set((await attributionWords(tx, other.id)).filter(isOfStatement).map(({ id }) => id))
  const taken = handed.filter(({ id }) => bare.has(id))
  await resetFindings(
    tx,
    taken.map(({ id }) => id),
    at,
  )
  const reset = taken.length ? resetToTell(taken) : { before: null, after: {} }
  const written = (await attributionWords(tx, other.id)).filter(({ id }) => ids.includes(id))
  const isDecided = other.stage === 'decided'
  const isChallenged = wasCarried && !(await isCarried(tx, other))
  const denies = attributions.some(({ position }) => position !== 'asserts')
  const contradicts = other.cameIn === 'contradiction' || denies || isChallenged
  // Whoever wrote them wrote words of this claim now, which nobody has looked at here.
  const wordsBy = [...new Set([...other.wordsBy, ...writersMoved(claim, attributions)])]
  const isAdded = ids.length > 0
  await saveClaim(
    tx,
    act,
    other,
    {
      action: 'took over a duplicate',
      before: reset.before,
      reason: isChallenged ? noLongerCarried(other.verdict) : null,
      after: { takenOverFrom: claim.ref, ...(isAdded ? { attributions: written } : {}), ...reset.after },
      isMove: isAdded && !isDecided,
      data: {
        ...(isAdded ? { wordsBy } : {}),
        ...(isAdded && isDecided ? { cameIn: contradicts ? 'contradiction' : 'addition' } : {}),
      },
    },
    at,
  )
  if (isAdded) await writeDocuments(tx, [other.id])
  return taken
}
