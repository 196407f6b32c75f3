import type { PrismaClient } from '../../prisma/client/client.ts'
import { severalPlaces } from '../captures/place.ts'
import { anchorPassage, type PassageHeld } from '../captures/store.ts'
import { type LockedClaim, lockClaim, saveClaim, staleness } from '../claims/locked.store.ts'
import { isCarried, noLongerCarried } from '../decisions/carried.store.ts'
import { leaveDecision } from '../decisions/end.store.ts'
import { notAllowed } from '../decisions/refusal.ts'
import { changedSince } from '../decisions/since.store.ts'
import { stageAfter } from '../decisions/workflow.ts'
import { NotFound } from '../errors.ts'
import { type Act, type Db, once } from '../history/store.ts'
import { accepted, type Landing, type Outcome, type Problem, refused } from '../outcome.ts'
import { findOrAddParty, mayAddParty, NOT_KNOWN, type TypedParty } from '../parties/naming.store.ts'
import { lockPartyNames } from '../parties/store.ts'
import { paths } from '../paths.ts'
import { resolveSource } from '../sources/store.ts'
import type { SignedIn } from '../web/session.ts'
import { type EvidenceEditForm, type EvidenceForm, evidenceProblems, MOST_EVIDENCE } from './form.ts'

type Person = Pick<SignedIn, 'id' | 'role'>

/** Adds a piece of evidence. A decision stands, and the claim shows what came in since: challenged when it contradicts. */
export function addEvidence(
  db: PrismaClient | Db,
  act: Act,
  person: Person,
  ref: string,
  form: EvidenceForm,
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    await lockNamesFor(tx, form)
    const claim = await lockClaim(tx, ref)
    const no = staleness(claim, form.revision) ?? notAllowed(claim, person, 'add_evidence')
    if (no) return no
    if ((await tx.evidence.count({ where: { claimId: claim.id } })) >= MOST_EVIDENCE)
      return refused({
        field: '',
        message: `${ref} has ${MOST_EVIDENCE} pieces of evidence, and a claim has no more. Remove one that says little first.`,
      })
    const at = claim.lockedAt
    const { columns, problems } = await columnsOf({ tx, act, at }, person, form, null)
    if (!columns) return refused(problems)
    const wasCarried = await isCarried(tx, claim)
    const { id } = await tx.evidence.create({
      data: { claimId: claim.id, ...columns, addedById: person.id, createdAt: at },
      select: { id: true },
    })
    // A piece may join two others that counted as two.
    const isChallenged = wasCarried && !(await isCarried(tx, claim))
    await saveClaim(
      tx,
      act,
      claim,
      {
        action: 'evidence added',
        after: { evidence: { id, ...columns } },
        reason: isChallenged ? noLongerCarried(claim.verdict) : null,
        isMove: false,
        data: claim.stage === 'decided' ? { cameIn: isChallenged ? 'contradiction' : cameInAfter(claim, form) } : {},
      },
      at,
    )
    const notFound = columns.passage && columns.captureId && columns.start === null
    const text = notFound
      ? 'The evidence is added. Its passage does not stand in the text held of the source; it is kept as you typed it.'
      : 'The evidence is added.'
    return accepted({ path: `${paths.claim(ref)}#evidence-${id}`, flash: { text } })
  })
}

function cameInAfter(claim: LockedClaim, form: EvidenceForm) {
  return claim.cameIn === 'contradiction' || form.stance === 'contradicts' ? 'contradiction' : 'addition'
}

/** Edits a piece of evidence or removes it. Where a decision stands on the claim, or awaits its second, the claim goes back under review. */
export function editEvidence(
  db: PrismaClient | Db,
  act: Act,
  person: Person,
  ref: string,
  id: number,
  form: EvidenceEditForm,
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    await lockNamesFor(tx, form)
    const claim = await lockClaim(tx, ref)
    const was = await tx.evidence.findFirst({ where: { id, claimId: claim.id }, select: { addedById: true, ...told } })
    const stale = staleness(claim, form.revision) ?? (await changedSince(tx, claim.id, form.revision, 'evidence', id))
    if (stale) return stale
    if (!was) throw new NotFound(`${ref} has no such piece of evidence any more.`)
    const { addedById, ...before } = was
    const no = notAllowed(claim, person, 'edit_evidence', addedById)
    if (no) return no
    const isDecidedOn = claim.stage === 'decided' || claim.stage === 'awaiting_second'
    if (!form.reason && (form.isRemoved || isDecidedOn))
      return refused({
        field: 'reason',
        message: isDecidedOn ? 'Say why: this puts the claim back under review.' : 'Say why it is removed.',
      })

    const at = claim.lockedAt
    const after = form.isRemoved ? null : await changed({ tx, act, at }, person, form, was)
    if (after && 'kind' in after) return after
    if (JSON.stringify(after) === JSON.stringify(before))
      return accepted({ path: paths.claim(ref), flash: { text: 'Nothing was different, so nothing was changed.' } })
    if (after) await tx.evidence.update({ where: { id }, data: after, select: { id: true } })
    else await tx.evidence.delete({ where: { id }, select: { id: true } })

    const left = isDecidedOn ? await leaveDecision(tx, claim, at, 'edited') : {}
    const stage = stageAfter(claim.stage, 'edit_evidence')
    await saveClaim(
      tx,
      act,
      claim,
      {
        action: after ? 'evidence edited' : 'evidence removed',
        before: { evidence: { id, ...before } },
        after: after && { evidence: { id, ...after } },
        reason: form.reason,
        isMove: isDecidedOn,
        data: { ...left, stage },
      },
      at,
    )
    const what = after ? 'The evidence is changed' : 'The evidence is removed'
    const text = isDecidedOn ? `${what}, and ${ref} is back under review.` : `${what}.`
    return accepted({ path: paths.claim(ref), flash: { text } })
  })
}

const told = {
  sourceId: true,
  stance: true,
  basis: true,
  restsOnPartyId: true,
  restsOnSourceId: true,
  isTheAct: true,
  note: true,
  captureId: true,
  passage: true,
  prefix: true,
  suffix: true,
  start: true,
  end: true,
} as const

type Changing = { tx: Db; act: Act; at: Date }

async function changed(
  changing: Changing,
  person: Person,
  form: EvidenceForm,
  held: PassageHeld & { sourceId: number },
) {
  const { columns, problems } = await columnsOf(changing, person, form, held)
  return columns ?? refused(problems)
}

/** Finds what the form names and answers the columns in the order of `told`, so that they compare. */
async function columnsOf(
  { tx, act, at }: Changing,
  person: Person,
  form: EvidenceForm,
  held: (PassageHeld & { sourceId: number }) | null,
) {
  const problems = evidenceProblems(form)
  const sourceId = await sourceNamed(tx, person, form.source, 'source', problems)
  const restsOnSourceId = form.restsOnSource
    ? await sourceNamed(tx, person, form.restsOnSource, 'restsOnSource', problems)
    : null
  // A new party is made only when nothing else stands in the way.
  const restsOnPartyId = problems.length ? null : await partyNamed(tx, act, at, form, problems)
  if (problems.length || sourceId === null) return { columns: null, problems }
  const { passage: sought, place } = form
  const { columns: anchored, choices } = await anchorPassage(tx, { sourceId, passage: sought, place, held })
  if (choices) return { columns: null, problems: [{ field: 'place', message: severalPlaces(choices) }] }
  const { captureId, passage, prefix, suffix, start, end } = anchored
  const columns = {
    sourceId,
    stance: form.stance,
    basis: form.basis,
    restsOnPartyId,
    restsOnSourceId: restsOnSourceId === sourceId ? null : restsOnSourceId,
    isTheAct: form.isTheAct,
    note: form.note ?? '',
    captureId,
    passage,
    prefix,
    suffix,
    start,
    end,
  }
  return { columns, problems: [] }
}

async function sourceNamed(
  tx: Db,
  person: Person,
  typed: string,
  field: string,
  problems: Problem[],
): Promise<number | null> {
  const found = await resolveSource(tx, typed, person)
  if (found.kind === 'found') return found.source.id
  const message =
    found.kind === 'unknown'
      ? 'There is no such source yet. Add it first, or write its address, its exact title or its number (#12).'
      : `Several sources have this title. Write the number of the one you mean: ${found.sources.map(({ id, label }) => `${label} (#${id})`).join(', ')}.`
  problems.push({ field, message })
  return null
}

async function partyNamed(tx: Db, act: Act, at: Date, form: EvidenceForm, problems: Problem[]): Promise<number | null> {
  if (!form.restsOnParty) return null
  const { party, problem } = await findOrAddParty(tx, act, at, restsOnTyped(form), {
    field: 'restsOnParty',
    choiceField: 'restsOnChoice',
    unknown: NOT_KNOWN,
  })
  if (problem) problems.push(problem)
  return party?.id ?? null
}

function restsOnTyped({ restsOnParty, restsOnKind, restsOnChoice }: EvidenceForm): TypedParty {
  return { name: restsOnParty ?? '', kind: restsOnKind, choice: restsOnChoice }
}

/** Locks the names of parties where the form may add one; before anything else is locked. */
async function lockNamesFor(tx: Db, form: EvidenceForm): Promise<void> {
  if (mayAddParty(restsOnTyped(form))) await lockPartyNames(tx)
}
