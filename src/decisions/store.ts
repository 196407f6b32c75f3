import { Prisma, type PrismaClient } from '../../prisma/client/client.ts'
import { type LockedClaim, lockClaim, saveClaim, staleness } from '../claims/locked.store.ts'
import { Forbidden, NotFound } from '../errors.ts'
import { type Act, clock, type Db, once } from '../history/store.ts'
import { accepted, type Landing, type Outcome, type Problem, type Refused, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import type { SignedIn } from '../web/session.ts'
import { word } from '../words.ts'
import { type Decided, decide, proposalOf, second } from './decide.ts'
import { endDecisionInForce, leaveDecision } from './end.store.ts'
import type { DecisionForm, MoveForm } from './forms.ts'
import { type HeldGround, holdGround } from './ground.store.ts'
import { sealOf } from './seal.ts'
import { allowed, type ButtonAction, rowFor, stageAfter } from './workflow.ts'

export type AnyMove = MoveForm | ({ action: 'decide' } & DecisionForm)

type Person = Pick<SignedIn, 'id' | 'role' | 'name'>
type Step = { tx: Db; act: Act; person: Person; claim: LockedClaim; other: LockedClaim | null; at: Date }
type Made = { text: string }

/** Makes a move of the workflow on a claim, or says why not; lands on the claim. Product rules: the table of moves and guards 1-7. */
export function move(
  db: PrismaClient | Db,
  act: Act,
  person: Person,
  ref: string,
  form: AnyMove,
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const { claim, other } = await lockBoth(tx, ref, otherRefOf(form))
    const stale = staleness(claim, form.revision)
    if (stale) return stale
    const no = allowed(claim, person, form.action)
    if (no && rowFor(claim.stage, form.action)) throw new Forbidden(no)
    if (no) return refused({ field: '', message: no })

    const step = { tx, act, person, claim, other, at: await clock(tx) }
    const made = form.action === 'decide' ? await rule(step, form) : await make(step, form)
    if ('kind' in made) return made
    return accepted({ path: paths.claim(ref), flash: { text: `${ref} ${made.text}` } })
  })
}

async function rule(step: Step, form: DecisionForm): Promise<Made | Refused> {
  const ground = await holdGround(step.tx, step.claim)
  const decided = decide(ground, form, step.person, step.at)
  if (decided.kind === 'refused') return decided
  if (decided.kind === 'effective') return takeEffect(step, ground, decided, null)
  await save(step, 'proposed a verdict', {
    after: { stage: 'awaiting_second', ...decided.proposal },
    reason: decided.proposal.rationale,
    data: { stage: 'awaiting_second', proposal: decided.proposal },
  })
  return { text: 'awaits a second by another editor.' }
}

type Save = { before?: object; after: object; reason?: string | null; data: Prisma.ClaimUncheckedUpdateInput }

function save({ tx, act, claim, at }: Step, action: string, { before, ...change }: Save): Promise<LockedClaim> {
  const was = before ?? { stage: claim.stage }
  return saveClaim(tx, act, claim, { action, before: was, isMove: true, ...change }, at)
}

/** Writes the decision with its seal: from now on the claim has this verdict. */
async function takeEffect(step: Step, ground: HeldGround, decided: Decided, seconder: Person | null): Promise<Made> {
  const { tx, claim, at } = step
  const { proposal, overrideReason } = decided
  const { verdict, rationale, replySought, recheckOn, change, changeNote, decidedById } = proposal
  const { reviewers, parts } = ground
  const saved = await save(step, seconder ? 'seconded' : 'decided', {
    before: { stage: claim.stage, verdict: claim.verdict },
    after: {
      stage: 'decided',
      verdict,
      rationale,
      replySought,
      recheckOn,
      change,
      changeNote,
      decidedById,
      secondedById: seconder?.id ?? null,
      reviewers,
      overrideReason,
    },
    reason: overrideReason ?? rationale,
    data: {
      stage: 'decided',
      verdict,
      formerVerdict: null,
      proposal: Prisma.DbNull,
      cameIn: 'nothing',
      wordsBy: [],
      recheckOn,
    },
  })
  const decidedBy = seconder ? await nameOf(tx, decidedById) : step.person.name
  const ruling = {
    verdict,
    rationale,
    decidedBy,
    secondedBy: seconder?.name ?? null,
    override: overrideReason,
    replySought,
    decidedAt: at.toISOString(),
    change,
    changeNote,
  }
  await tx.decision.create({
    data: {
      claimId: claim.id,
      revision: saved.revision,
      verdict,
      findings: Object.fromEntries(parts.attributions.map(({ id, finding }) => [id, finding])),
      rationale,
      decidedById,
      secondedById: seconder?.id ?? null,
      decidedAt: at,
      reviewers,
      overrideReason,
      replySought,
      change,
      changeNote,
      ...sealOf(parts, ruling, saved.revision),
    },
    select: { id: true },
  })
  return { text: `is decided: ${word('verdict', verdict).toLowerCase()}.` }
}

async function nameOf(tx: Db, id: number): Promise<string> {
  return (await tx.account.findUniqueOrThrow({ where: { id }, select: { name: true } })).name
}

/** Makes one of the moves that have a button. */
async function make(step: Step, form: MoveForm): Promise<Made | Refused> {
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
    return simply(step, 'submit', 'submitted', {}, 'is submitted for review.')
  },
  drop: (step) => simply(step, 'drop', 'dropped', { closedBecause: 'dropped' }, 'is dropped.'),
  take_up: (step) => simply(step, 'take_up', 'took up', { assigneeId: step.person.id }, 'is yours to review.'),
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
    simply(step, 'return', 'returned to review', { proposal: Prisma.DbNull }, 'is back in review.', reason),
  async reopen(step, { reason }) {
    const left =
      step.claim.stage === 'closed'
        ? { closedBecause: null, duplicateOfId: null }
        : await leaveDecision(step.tx, step.claim, step.at, 'reopened')
    return simply(step, 'reopen', 'reopened', left, 'is open again.', reason)
  },
  async supersede(step, { newer, reason }) {
    const { claim, other, tx, at } = step
    const no = supersedingProblem(claim, other, newer)
    if (no) return refused({ field: 'newer', message: no })
    await endDecisionInForce(tx, claim.id, at, 'superseded')
    await save(step, 'superseded', {
      before: { supersededById: null },
      after: { supersededById: other?.id },
      reason,
      data: { supersededById: other?.id ?? null },
    })
    return { text: `is superseded by ${other?.ref}.` }
  },
  async close(step, { because, duplicateOf, reason }) {
    const { claim, other, tx, at } = step
    const isDuplicate = because === 'duplicate'
    const no = isDuplicate ? duplicateProblem(claim, other, duplicateOf) : null
    if (no) return refused({ field: 'duplicateOf', message: no })
    const left = await leaveDecision(tx, claim, at, 'closed')
    const data = { ...left, closedBecause: because, duplicateOfId: isDuplicate ? (other?.id ?? null) : null }
    return simply(step, 'close', 'closed', data, 'is closed.', reason)
  },
} as const satisfies Record<ButtonAction, (step: Step, form: MoveForm) => Promise<Made | Refused>>

/** A move that only sets columns; the event tells those that are not told by the stage. */
async function simply(
  step: Step,
  action: ButtonAction,
  event: string,
  data: Prisma.ClaimUncheckedUpdateInput,
  text: string,
  reason: string | null = null,
): Promise<Made> {
  const { claim } = step
  const stage = stageAfter(claim.stage, action)
  const told = TOLD.filter((name) => name in data)
  const pick = (from: object) => Object.fromEntries(told.map((name) => [name, Reflect.get(from, name) ?? null]))
  await save(step, event, {
    before: { stage: claim.stage, ...pick(claim) },
    after: { stage, ...pick(data) },
    reason,
    data: { ...data, stage },
  })
  return { text }
}

const TOLD = ['verdict', 'formerVerdict', 'closedBecause', 'duplicateOfId', 'supersededById', 'assigneeId'] as const

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

function otherRefOf(form: AnyMove): string | null {
  if (form.action === 'supersede') return form.newer
  return form.action === 'close' && form.because === 'duplicate' ? form.duplicateOf : null
}

/** Locks the claim and the other one that the form names, in the order of their ids; the other is null when there is none such. */
async function lockBoth(
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
  if (!claim) throw new NotFound(`There is no claim ${ref.slice(0, 40)}.`)
  return { claim, other: locked.get(other) ?? null }
}
