import type { PrismaClient } from '../../prisma/client/client.ts'
import { isCarried, noLongerCarried } from '../decisions/carried.store.ts'
import { leaveDecision } from '../decisions/end.store.ts'
import { allowed, stageAfter } from '../decisions/workflow.ts'
import { Forbidden } from '../errors.ts'
import { type Act, type Db, once } from '../history/store.ts'
import { changedFields } from '../history/timeline.ts'
import { accepted, type Landing, type Outcome, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { flashWithFigures } from '../questions/beside.store.ts'
import type { SignedIn } from '../web/session.ts'
import { attributionWords, lockNamesFor, markEdited, writeAttribution } from './attribution.store.ts'
import { isBlank, isOfOtherWords, MOST_ATTRIBUTIONS, resetInWords } from './attribution.ts'
import type { ClaimEditForm, OneAttributionForm } from './claim.ts'
import { findingsOn, resetFindings, resetToTell } from './finding-reset.store.ts'
import { type LockedClaim, lockClaim, saveClaim, staleness } from './locked.store.ts'
import { writeDocuments } from './search.store.ts'
import { figureHung, NEEDS_ATTRIBUTION, readyAttributions, wordsOf } from './store.ts'

/**
 * Edits a claim's words, attributions and figure. Words that a decision stands on, or that await a second, go back under review, which
 * needs a reason. The same words again change nothing.
 */
export function editClaim(
  db: PrismaClient | Db,
  act: Act,
  person: SignedIn,
  ref: string,
  form: ClaimEditForm,
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    await lockNamesFor(tx, form.attributions)
    const edited = await editWithin(tx, act, person, ref, form)
    return edited.kind === 'accepted' ? accepted(edited.value.landing) : edited
  })
}

/** Where an edit leads, and what it says of findings that it took back. */
type Edited = { landing: Landing; notice: string }

/** The same, within a change that does more. */
export async function editWithin(
  tx: Db,
  act: Act,
  person: SignedIn,
  ref: string,
  form: ClaimEditForm,
): Promise<Outcome<Edited>> {
  const claim = await lockClaim(tx, ref)
  const stale = staleness(claim, form.revision)
  if (stale) return stale
  const no = allowed(claim, person, 'edit')
  if (no) throw new Forbidden(no)
  const isDecidedOn = claim.stage === 'decided' || claim.stage === 'awaiting_second'
  if (isDecidedOn && !form.reason)
    return refused({ field: 'reason', message: 'Say why: this puts the claim back under review.' })
  if (claim.stage !== 'draft' && form.attributions.every(isBlank)) return refused(NEEDS_ATTRIBUTION)

  const at = claim.lockedAt
  const { ready, problems } = await readyAttributions(tx, act, at, person, form)
  // A figure that came before the desk without its question may be put right in anything else.
  const hadNone = claim.figureComparator !== null && claim.questionId === null
  const hung = await figureHung(tx, act, at, claim.storyId, form, claim.stage !== 'draft' && !hadNone)
  if (problems.length || hung.problems.length) return refused([...hung.problems, ...problems])

  const before = { ...ownWords(claim), attributions: await attributionWords(tx, claim.id) }
  const known = new Map(before.attributions.map((attribution) => [attribution.id, attribution.ordinal]))
  if (ready.some(({ id }) => id !== null && !known.has(id)))
    return refused({
      field: '',
      message: 'An attribution of this form is no longer part of the claim. Open the edit form again.',
    })
  const named = ready.flatMap(({ id }) => id ?? [])
  if (new Set(named).size < named.length)
    return refused({
      field: '',
      message: 'One attribution of the claim stands twice in this form. Open the edit form again.',
    })

  const findings = await findingsOn(tx, { claimId: claim.id })
  const kept = new Set(ready.map(({ id }) => id))
  await tx.attribution.deleteMany({
    where: { claimId: claim.id, id: { in: [...known.keys()].filter((id) => !kept.has(id)) } },
  })
  let last = Math.max(0, ...known.values())
  for (const attribution of ready) {
    const ordinal = (attribution.id !== null && known.get(attribution.id)) || (last += 1)
    await writeAttribution(tx, claim.id, ordinal, { addedById: person.id }, attribution)
  }
  const words = wordsOf(form, hung.question)
  const written = await attributionWords(tx, claim.id)
  await markEdited(tx, person.id, reworded(before.attributions, written))
  const isRestated = before.statement !== words.statement
  const taken = findings.filter((found) => {
    const [was, is] = [before.attributions, written].map((all) => all.find(({ id }) => id === found.id))
    return was && is && isOfOtherWords(found, was, is, isRestated)
  })
  await resetFindings(tx, idsOf(taken), at, withOtherOriginals(before.attributions, written))
  const after = { ...words, attributions: taken.length ? await attributionWords(tx, claim.id) : written }
  const difference = changedFields<object>(before, after)
  if (!difference)
    return accepted({
      landing: { path: paths.claim(ref), flash: { text: 'Nothing was different, so nothing was changed.' } },
      notice: '',
    })

  const told = resetToTell(taken)
  const ended = isDecidedOn ? await leaveDecision(tx, claim, at, 'edited') : {}
  await saveClaim(
    tx,
    act,
    claim,
    {
      action: 'edited',
      before: { ...difference.before, ...(taken.length ? told.before : {}) },
      after: { ...difference.after, ...(taken.length ? told.after : {}) },
      reason: form.reason,
      isMove: true,
      data: {
        ...words,
        ...ended,
        stage: stageAfter(claim.stage, 'edit'),
        wordsBy: [...new Set([...claim.wordsBy, person.id])],
      },
    },
    at,
  )
  await writeDocuments(tx, [claim.id])
  const notice = resetInWords(taken)
  const text = `${ref} is changed${isDecidedOn ? ' and back under review' : ''}.${notice}`
  const flash = await flashWithFigures(tx, claim, hung.question, { text })
  return accepted({ landing: { path: paths.claim(ref), flash }, notice })
}

type Written = Awaited<ReturnType<typeof attributionWords>>

/** The attributions that were there before and say something else now, by id. */
function reworded(before: Written, after: Written): number[] {
  const were = new Map(before.map((one) => [one.id, JSON.stringify(one)]))
  return idsOf(after.filter((one) => were.has(one.id) && were.get(one.id) !== JSON.stringify(one)))
}

function withOtherOriginals(before: Written, after: Written): number[] {
  const were = new Map(before.map(({ id, originalWords }) => [id, originalWords]))
  return idsOf(after.filter(({ id, originalWords }) => were.get(id) !== originalWords))
}

function idsOf(all: readonly { id: number }[]): number[] {
  return all.map(({ id }) => id)
}

/** Adds one attribution. A decision stands, and the claim shows what came in since. */
export function addAttribution(
  db: PrismaClient | Db,
  act: Act,
  person: SignedIn,
  ref: string,
  form: OneAttributionForm,
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    await lockNamesFor(tx, form.attributions)
    const claim = await lockClaim(tx, ref)
    const stale = staleness(claim, form.revision)
    if (stale) return stale
    const no = allowed(claim, person, 'add_attribution')
    if (no) throw new Forbidden(no)
    if (form.attributions.every(isBlank))
      return refused({ field: 'attributions[0][source]', message: 'Say which source gives the claim to whom.' })
    if ((await tx.attribution.count({ where: { claimId: claim.id } })) >= MOST_ATTRIBUTIONS)
      return refused({
        field: '',
        message: `${ref} has ${MOST_ATTRIBUTIONS} attributions, and a claim has no more. Remove one that says little first.`,
      })

    const at = claim.lockedAt
    const { ready, problems } = await readyAttributions(tx, act, at, person, form)
    if (problems.length) return refused(problems)

    const wasCarried = await isCarried(tx, claim)
    const { _max } = await tx.attribution.aggregate({ where: { claimId: claim.id }, _max: { ordinal: true } })
    for (const attribution of ready) {
      const id = await writeAttribution(
        tx,
        claim.id,
        (_max.ordinal ?? 0) + 1,
        { addedById: person.id },
        { ...attribution, id: null },
      )
      const written = (await attributionWords(tx, claim.id)).find((one) => one.id === id)
      // Who gives the claim is on its own side from now on, and evidence that rests on them counts for less.
      const isChallenged = wasCarried && !(await isCarried(tx, claim))
      const contradicts = attribution.columns.position !== 'asserts' || isChallenged
      const cameIn = claim.cameIn === 'contradiction' || contradicts ? 'contradiction' : 'addition'
      await saveClaim(
        tx,
        act,
        claim,
        {
          action: 'attribution added',
          after: { attribution: written },
          reason: isChallenged ? noLongerCarried(claim.verdict) : null,
          isMove: claim.stage !== 'decided',
          data: {
            wordsBy: [...new Set([...claim.wordsBy, person.id])],
            ...(claim.stage === 'decided' ? { cameIn } : {}),
          },
        },
        at,
      )
    }
    await writeDocuments(tx, [claim.id])
    return accepted({ path: paths.claim(ref), flash: { text: 'The attribution is added.' } })
  })
}

function ownWords(claim: LockedClaim) {
  const {
    statement,
    language,
    occurredOn,
    place,
    figureComparator,
    figureLow,
    figureHigh,
    figureWording,
    figureAsOf,
    questionId,
  } = claim
  return {
    statement,
    language,
    occurredOn,
    place,
    figureComparator,
    figureLow: figureLow?.toFixed() ?? null,
    figureHigh: figureHigh?.toFixed() ?? null,
    figureWording,
    figureAsOf,
    questionId,
  }
}
