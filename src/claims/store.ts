import type { Prisma, PrismaClient } from '../../prisma/client/client.ts'
import { noClaim } from '../errors.ts'
import { type Act, clock, type Db, once, recordFirst } from '../history/store.ts'
import { accepted, type Landing, type Outcome, type Problem, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { flashWithFigures } from '../questions/beside.store.ts'
import { type Hung, readyQuestion } from '../questions/store.ts'
import { takeNumber } from '../stories/store.ts'
import type { SignedIn } from '../web/session.ts'
import {
  attributionWords,
  lockNamesFor,
  type ReadyAttribution,
  readyAttribution,
  writeAttribution,
} from './attribution.store.ts'
import { isBlank } from './attribution.ts'
import { type ClaimWords, figureOf, type NewClaimForm, unfitFigure } from './claim.ts'
import { writeDocuments } from './search.store.ts'

/** Records a new claim with its attributions; lands on its page, or on the form for another claim from the same passage. */
export function recordClaim(
  db: PrismaClient | Db,
  act: Act,
  person: SignedIn,
  form: NewClaimForm,
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    await lockNamesFor(tx, form.attributions)
    const recorded = await recordWithin(tx, act, person, form)
    if (recorded.kind === 'refused') return recorded
    const { claim, question, firstAttributionId } = recorded.value
    const { path, flash } = landingAfter(form.intent, claim.ref, firstAttributionId)
    return accepted({ path, flash: await flashWithFigures(tx, claim, question, flash) })
  })
}

/** A claim just recorded, the question its figure hangs on, and the first of its attributions. */
type Recorded = { claim: { id: number; ref: string }; question: Hung | null; firstAttributionId: number | undefined }

/** Who wrote words before they came into a new claim: all of them, and those of each attribution of its form, in their order. */
export type Origin = { wordsBy: readonly number[]; attributions: readonly { addedById: number; editedBy: number[] }[] }

/** The same, within a change that does more; words that come from elsewhere keep their writers. */
export async function recordWithin(
  tx: Db,
  act: Act,
  person: SignedIn,
  form: NewClaimForm,
  origin: Origin = { wordsBy: [], attributions: [] },
): Promise<Outcome<Recorded>> {
  const story = form.story ? await tx.story.findUnique({ where: { id: form.story }, select: { id: true } }) : null
  if (!story) return refused({ field: 'story', message: 'Choose the story that the claim belongs to.' })
  const written = form.attributions.filter((attribution) => !isBlank(attribution))
  if (form.intent === 'submit' && written.length === 0) return refused(NEEDS_ATTRIBUTION)

  const at = await clock(tx)
  const { ready, problems } = await readyAttributions(tx, act, at, person, form)
  const hung = await figureHung(tx, act, at, story.id, form, form.intent === 'submit')
  if (problems.length || hung.problems.length) return refused([...hung.problems, ...problems])

  const { number, ref } = await takeNumber(tx, story.id)
  const words = wordsOf(form, hung.question)
  const stage = form.intent === 'submit' ? 'submitted' : 'draft'
  const claim = await tx.claim.create({
    data: {
      ...words,
      storyId: story.id,
      number,
      ref,
      stage,
      authorId: person.id,
      wordsBy: [...new Set([...origin.wordsBy, person.id])],
      createdAt: at,
      updatedAt: at,
    },
    select: { id: true },
  })
  const ids: number[] = []
  for (const [index, attribution] of ready.entries())
    ids.push(
      await writeAttribution(
        tx,
        claim.id,
        index + 1,
        origin.attributions[index] ?? { addedById: person.id },
        attribution,
      ),
    )
  const after = { ref, storyId: story.id, stage, ...words, attributions: await attributionWords(tx, claim.id) }
  const kept = await recordFirst(tx, act, at, 'claim', claim.id, {
    action: stage === 'submitted' ? 'recorded and submitted' : 'recorded',
    after,
  })
  await tx.claim.update({ where: { id: claim.id }, data: kept })
  await writeDocuments(tx, [claim.id])
  return accepted({ claim: { id: claim.id, ref }, question: hung.question, firstAttributionId: ids[0] })
}

/** What asks for an attribution before a claim is submitted. */
export const NEEDS_ATTRIBUTION: Problem = {
  field: 'attributions[0][source]',
  message:
    'A claim is submitted with at least one attribution: say which source gives it to whom. Or save it as a draft.',
}

function landingAfter(intent: NewClaimForm['intent'], ref: string, attributionId: number | undefined) {
  if (intent === 'another' && attributionId)
    return {
      path: paths.newClaim({ from: attributionId }),
      flash: {
        text: `${ref} is saved. Now another claim from the same passage.`,
        links: [{ text: ref, href: paths.claim(ref) }],
      },
    }
  const text =
    intent === 'submit' ? `${ref} is submitted for review.` : `${ref} is saved as a draft. Submit it when it is ready.`
  return { path: `${paths.claim(ref)}?saved=yes`, flash: { text } }
}

/** A claim's own words as columns. */
export function wordsOf(form: ClaimWords, question: Hung | null) {
  return {
    statement: form.statement,
    language: form.language ?? 'en',
    occurredOn: form.occurredOn,
    place: form.place,
    ...figureOf(form),
    questionId: question?.id ?? null,
  } satisfies Prisma.ClaimUncheckedUpdateInput
}

/**
 * The question that the form's figure hangs on, made where it is new; null where it has none. With `isAsked` a figure without a question is
 * refused, so that no figure comes before an editor that cannot be held against others.
 */
export async function figureHung(
  tx: Db,
  act: Act,
  at: Date,
  storyId: number,
  form: Pick<ClaimWords, 'figure' | 'question'>,
  isAsked: boolean,
): Promise<{ question: Hung | null; problems: Problem[] }> {
  if (!form.figure?.comparator) return { question: null, problems: [] }
  const { question, problems } = await readyQuestion(tx, act, at, storyId, form.question)
  if (question) return { question, problems: unfitFigure(form.figure, question) }
  return { question, problems: problems.length || !isAsked ? problems : [NEEDS_QUESTION] }
}

const NEEDS_QUESTION: Problem = {
  field: 'question[wording]',
  message:
    'Say which question the figure answers, so that it can be held against others. Or save the claim as a draft.',
}

/** The attributions of a form, ready to be written; blank ones are passed over. */
export async function readyAttributions(
  tx: Db,
  act: Act,
  at: Date,
  person: SignedIn,
  form: Pick<ClaimWords, 'attributions'>,
): Promise<{ ready: ReadyAttribution[]; problems: Problem[] }> {
  const ready: ReadyAttribution[] = []
  const problems: Problem[] = []
  for (const [index, attribution] of form.attributions.entries()) {
    if (isBlank(attribution)) continue
    const one = await readyAttribution(tx, act, at, person, attribution, `attributions[${index}]`)
    if (one.ready) ready.push(one.ready)
    else problems.push(...one.problems)
  }
  return { ready, problems }
}

/** The id of a claim, and the revision it is at; throws NotFound. */
export async function findClaimRevision(db: Db, ref: string): Promise<{ id: number; revision: number }> {
  const claim = await db.claim.findUnique({ where: { ref }, select: { id: true, revision: true } })
  if (!claim) throw noClaim(ref)
  return claim
}
