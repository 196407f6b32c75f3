import type { PrismaClient } from '../../prisma/client/client.ts'
import type { RelationType } from '../../prisma/client/enums.ts'
import { type LockedClaim, lockBoth, saveClaim, staleness } from '../claims/locked.store.ts'
import { notAllowed } from '../decisions/refusal.ts'
import { allowed, type Mover } from '../decisions/workflow.ts'
import { NotFound } from '../errors.ts'
import { type Act, type Db, once } from '../history/store.ts'
import { accepted, type Landing, type Outcome, type Problem, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { word } from '../words.ts'
import { cameInFor } from './bearing.ts'
import type { RelationForm, RemovalForm } from './form.ts'

/** How many relations a claim may have, from both ends. */
export const MOST_RELATIONS = 200

/**
 * Relates a claim to another. Both histories tell it, neither claim is moved by it, and a decision of either stands: it shows what came in
 * since, and is challenged by a contradiction that is verified.
 */
export function addRelation(
  db: PrismaClient | Db,
  act: Act,
  person: Mover,
  ref: string,
  form: RelationForm,
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const { claim, other, at } = await lockBoth(tx, ref, form.to)
    const no = staleness(claim, form.revision) ?? notAllowed(claim, person, 'relate')
    if (no) return no
    if (!other) return refused({ field: 'to', message: `There is no claim ${form.to}.` })
    const problem = otherEndProblem(claim, other, person) ?? (await standingProblem(tx, claim, other, form.type))
    if (problem) return refused(problem)

    const { type, note } = form
    const kept = { type, note: note ?? '' }
    const { id } = await tx.relation.create({
      data: { fromId: claim.id, toId: other.id, ...kept, addedById: person.id, createdAt: at },
      select: { id: true },
    })
    const challenged: string[] = []
    for (const [end, far, way] of [[claim, other, 'to'] as const, [other, claim, 'from'] as const]) {
      const cameIn = cameInFor(end, far, type)
      if (cameIn === 'contradiction' && end.cameIn !== 'contradiction' && !end.supersededById) challenged.push(end.ref)
      const after = { relation: { id, [way]: far.ref, ...kept } }
      await saveClaim(tx, act, end, { action: 'related', after, isMove: false, data: cameIn ? { cameIn } : {} }, at)
    }
    const text = `${ref} ${word('relation', type).toLowerCase()} ${other.ref} now; both claims say so. ${challengedInWords(challenged)}`
    return accepted({ path: `${paths.claim(ref)}#relation-${id}`, flash: { text: text.trim() } })
  })
}

/** Takes a relation away from both of its claims, with a reason. What it brought in when it was added stays: an editor has to look at that. */
export function removeRelation(
  db: PrismaClient | Db,
  act: Act,
  person: Mover,
  ref: string,
  id: number,
  form: RemovalForm,
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const far = await maybeOtherEnd(tx, ref, id)
    const { claim, other, at } = await lockBoth(tx, ref, far)
    // Read once more under the locks: somebody may have been quicker.
    const relation = await tx.relation.findFirst({ where: { id, ...touching(claim.id) } })
    if (!relation || !other) throw new NotFound(`${ref} has no such relation any more.`)
    const no = staleness(claim, form.revision) ?? notAllowed(claim, person, 'unrelate', relation.addedById)
    if (no) return no

    const { fromId, type, note } = relation
    await tx.relation.delete({ where: { id }, select: { id: true } })
    for (const [end, otherRef] of [[claim, other.ref] as const, [other, claim.ref] as const]) {
      const before = { relation: { id, [end.id === fromId ? 'to' : 'from']: otherRef, type, note } }
      const removed = { action: 'relation removed', before, reason: form.reason, isMove: false, data: {} }
      await saveClaim(tx, act, end, removed, at)
    }
    const text = `The relation of ${ref} and ${other.ref} is removed. That there was one stays in the history of both.`
    return accepted({ path: paths.claim(ref), flash: { text } })
  })
}

/** The reference of the claim at the other end of a relation; null when this claim has none such. */
async function maybeOtherEnd(tx: Db, ref: string, id: number): Promise<string | null> {
  const found = await tx.claim.findFirst({
    where: { OR: [{ relations: { some: { id, to: { ref } } } }, { relatedFrom: { some: { id, from: { ref } } } }] },
    select: { ref: true },
  })
  return found?.ref ?? null
}

function touching(claimId: number) {
  return { OR: [{ fromId: claimId }, { toId: claimId }] }
}

/** Why the other claim cannot be related: what holds for one end holds for the other. */
function otherEndProblem(claim: LockedClaim, other: LockedClaim, person: Mover): Problem | null {
  const field = 'to'
  if (other.id === claim.id) return { field, message: 'A claim cannot be related to itself. Name another one.' }
  if (other.stage === 'closed') return { field, message: `${other.ref} is closed. Name an open or a decided claim.` }
  if (allowed(other, person, 'relate') !== null)
    return { field, message: `${other.ref} is a draft of somebody else. It can be related once it is submitted.` }
  return null
}

/** Why these two cannot be related so beside the relations that stand: one of a type in either direction, and not too many. */
async function standingProblem(
  tx: Db,
  claim: LockedClaim,
  other: LockedClaim,
  type: RelationType,
): Promise<Problem | null> {
  const between = [
    { fromId: claim.id, toId: other.id },
    { fromId: other.id, toId: claim.id },
  ]
  const standing = await tx.relation.findFirst({ where: { type, OR: between }, select: { fromId: true } })
  if (standing) {
    const words = word(standing.fromId === claim.id ? 'relation' : 'relatedBy', type).toLowerCase()
    const message = `${claim.ref} ${words} ${other.ref} already. Remove that relation first if it is to be said otherwise.`
    return { field: 'to', message }
  }
  for (const end of [claim, other])
    if ((await tx.relation.count({ where: touching(end.id) })) >= MOST_RELATIONS)
      return {
        field: 'to',
        message: `${end.ref} has ${MOST_RELATIONS} relations, and a claim has no more. Remove one that says little first.`,
      }
  return null
}

function challengedInWords(refs: readonly string[]): string {
  if (refs.length === 0) return ''
  return `${refs.join(' and ')} ${refs.length === 1 ? 'is' : 'are'} challenged by it and ${refs.length === 1 ? 'waits' : 'wait'} for review.`
}
