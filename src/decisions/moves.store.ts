import { peopleWho, REVIEWING } from '../accounts/store.ts'
import { MOST_ATTRIBUTIONS, resetInWords } from '../claims/attribution.ts'
import { handOver, toHandOver } from '../claims/handover.store.ts'
import type { ClaimColumns, LockedClaim } from '../claims/locked.store.ts'
import type { Db } from '../history/store.ts'
import { type Problem, type Refused, refused } from '../outcome.ts'
import { proposalOf, second } from './decide.ts'
import { endDecisionInForce, leaveDecision } from './end.store.ts'
import type { MoveForm } from './forms.ts'
import { holdGround } from './ground.store.ts'
import { type Made, type Step, save, takeEffect } from './steps.store.ts'
import { type ButtonAction, rowFor, stageAfter } from './workflow.ts'

/** Makes one of the moves that have a button. */
export async function make(step: Step, form: MoveForm): Promise<Made | Refused> {
  const lacks = lacksOf(step, form)
  if (lacks.length) return refused(lacks)
  return MAKE[form.action](step, form)
}

/** What the table's row asks for and the form does not give. */
function lacksOf({ claim }: Step, form: MoveForm): Problem[] {
  const needs = rowFor(claim.stage, form.action)?.needs ?? []
  const problems: Problem[] = []
  if (needs.includes('reason') && !form.reason)
    problems.push({ field: 'reason', message: 'Say why: the reason stands in the claim’s history.' })
  if (needs.includes('reply') && !form.reason) problems.push({ field: 'reason', message: 'Write the reply.' })
  if (needs.includes('because') && !form.because)
    problems.push({ field: 'because', message: 'Choose why the claim is closed.' })
  if (needs.includes('assignee') && !form.to)
    problems.push({ field: 'to', message: 'Choose the editor who is to look at it.' })
  if (needs.includes('newer') && !form.newer)
    problems.push({ field: 'newer', message: 'Name the newer claim by its reference, such as KZ-12.' })
  return problems
}

const MAKE = {
  async submit(step) {
    const attributions = await step.tx.attribution.count({ where: { claimId: step.claim.id } })
    if (!attributions)
      return refused({
        field: '',
        message: 'A claim is submitted with at least one attribution: add which source gives it to whom.',
      })
    if (step.claim.figureComparator && step.claim.questionId === null)
      return refused({
        field: '',
        message: 'A claim with a figure is submitted with the question that the figure answers: edit it and say which.',
      })
    return simply(step, 'submit', 'submitted', {}, 'is submitted for review.')
  },
  drop: (step) => simply(step, 'drop', 'dropped', { closedBecause: 'dropped' }, 'is dropped.'),
  take_up: (step) => simply(step, 'take_up', 'took up', { assigneeId: step.person.id }, 'is yours to review.'),
  async assign(step, { to }) {
    const { claim, tx } = step
    const editor = (await peopleWho(tx, REVIEWING)).find(({ id }) => id === to)
    if (!editor)
      return refused({ field: 'to', message: 'Choose an editor of the list: somebody who edits here and can sign in.' })
    if (claim.stage === 'in_review' && claim.assigneeId === editor.id)
      return refused({ field: 'to', message: `${editor.name} has this claim already.` })
    // Who looks at it changes neither words nor what may be done with them, so that nobody's form is stale afterwards.
    const stage = stageAfter(claim.stage, 'assign')
    await save(step, 'assigned', { data: { assigneeId: editor.id, stage }, isMove: false })
    return { text: `is assigned to ${editor.name}.` }
  },
  hand_back: (step) => simply(step, 'hand_back', 'handed back', { assigneeId: null }, 'is back in the queue.'),
  ask: (step, { reason }) => simply(step, 'ask', 'asked', {}, 'waits for an answer from its author.', reason),
  reply: (step, { reason }) => simply(step, 'reply', 'replied', {}, 'is back in review with your reply.', reason),
  async second(step) {
    const made = proposalOf(step.claim.proposal)
    if (!made) throw new Error(`Claim ${step.claim.ref} awaits a second without a proposal`)
    const ground = await holdGround(step.tx, step.claim)
    const decided = second(ground, made, step.person)
    return decided.kind === 'refused' ? decided : takeEffect(step, ground, decided, step.person)
  },
  return: (step, { reason }) =>
    simply(step, 'return', 'returned to review', { proposal: null }, 'is back in review.', reason),
  async reopen(step, { reason }) {
    const { duplicateOfId } = step.claim
    const left =
      step.claim.stage === 'closed'
        ? { closedBecause: null, duplicateOfId: null }
        : await leaveDecision(step.tx, step.claim, step.at, 'reopened')
    return simply(step, 'reopen', 'reopened', left, `is open again.${await keptBy(step.tx, duplicateOfId)}`, reason)
  },
  async supersede(step, { newer, reason }) {
    const { claim, other, tx, at } = step
    const no = supersedingProblem(claim, other, newer)
    if (no) return refused({ field: 'newer', message: no })
    await endDecisionInForce(tx, claim.id, at, 'superseded')
    await save(step, 'superseded', { reason, data: { supersededById: other?.id ?? null } })
    return { text: `is superseded by ${other?.ref}.` }
  },
  async close(step, { because, duplicateOf, reason }) {
    const { claim, other, tx, at } = step
    const isDuplicate = because === 'duplicate'
    const no = isDuplicate ? duplicateProblem(claim, other, duplicateOf) : null
    if (no) return refused({ field: 'duplicateOf', message: no })
    const handed = other ? await toHandOver(tx, claim, other) : []
    if (handed.length && other?.stage === 'awaiting_second')
      return refused({
        field: 'duplicateOf',
        message: `${other.ref} awaits a second, and would take over attributions of ${claim.ref}. Second it or return it to review first.`,
      })
    if (handed.length && other && (await overfull(tx, other.id, handed.length)))
      return refused({
        field: 'duplicateOf',
        message: `${other.ref} would have more than ${MOST_ATTRIBUTIONS} attributions with those of ${claim.ref}, and a claim has no more. Remove what says little first.`,
      })
    const left = await leaveDecision(tx, claim, at, 'closed')
    const data = { ...left, closedBecause: because, duplicateOfId: other?.id ?? null }
    await save(step, 'closed', {
      reason,
      after: other ? { duplicateOf: other.ref } : {},
      data: { ...data, stage: stageAfter(claim.stage, 'close') },
    })
    if (!other) return { text: 'is closed.' }
    const taken = await handOver(tx, step.act, at, claim, other, handed)
    return { text: `is closed as a duplicate of ${other.ref}, ${handedInWords(handed.length)}.${resetInWords(taken)}` }
  },
} as const satisfies Record<ButtonAction, (step: Step, form: MoveForm) => Promise<Made | Refused>>

/** A move that only sets columns. */
async function simply(
  step: Step,
  action: ButtonAction,
  event: string,
  data: ClaimColumns,
  text: string,
  reason: string | null = null,
): Promise<Made> {
  await save(step, event, { reason, data: { ...data, stage: stageAfter(step.claim.stage, action) } })
  return { text }
}

/** What a duplicate handed over stays where it is, also when the duplicate is open again; '' where there is nothing to say. */
export async function keptBy(tx: Db, duplicateOfId: number | null): Promise<string> {
  const other = duplicateOfId
    ? await tx.claim.findUnique({ where: { id: duplicateOfId }, select: { ref: true } })
    : null
  return other ? ` What ${other.ref} took over from it stays there.` : ''
}

async function overfull(tx: Db, claimId: number, more: number): Promise<boolean> {
  return (await tx.attribution.count({ where: { claimId } })) + more > MOST_ATTRIBUTIONS
}

function handedInWords(count: number): string {
  if (count === 0) return 'which has all of its attributions already'
  return count === 1 ? 'which took over its attribution' : `which took over ${count} of its attributions`
}

function supersedingProblem(claim: LockedClaim, other: LockedClaim | null, typed: string | null): string | null {
  if (!other) return `There is no claim ${typed}.`
  if (other.id === claim.id) return 'A claim cannot supersede itself.'
  if (other.verdict !== 'verified') return `${other.ref} is not verified. Only a verified claim supersedes another.`
  if (other.supersededById) return `${other.ref} is itself superseded. Name the claim that superseded it.`
  return null
}

function duplicateProblem(claim: LockedClaim, other: LockedClaim | null, typed: string | null): string | null {
  if (!typed) return 'Name the claim that this one repeats by its reference, such as KZ-12.'
  if (!other) return `There is no claim ${typed}.`
  if (other.id === claim.id) return 'A claim cannot repeat itself.'
  if (other.stage === 'closed') return `${other.ref} is closed. Name an open or decided claim.`
  return null
}
