import { type Request, type Response, Router } from 'express'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { latestCapture, maybeWordsOf, type PlaceChoices, placeChoices } from '../captures/store.ts'
import { allowed } from '../decisions/workflow.ts'
import { Forbidden } from '../errors.ts'
import { showHistory } from '../history/page.ts'
import { type Difference, type Told } from '../history/timeline.ts'
import { type Problem, statusOf } from '../outcome.ts'
import { partiesOfStory } from '../parties/store.ts'
import { paths } from '../paths.ts'
import { may } from '../policy.ts'
import { maybeQuestion, suggestQuestions } from '../questions/store.ts'
import { resolveSource, sourceChoices } from '../sources/store.ts'
import { storyChoices } from '../stories/store.ts'
import { land } from '../web/flash.ts'
import { actOf, readForm, typed } from '../web/form.ts'
import { guard, personOf } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { maybeId } from '../web/paging.ts'
import { choices } from '../words.ts'
import { claimEditForm, newClaimForm, oneAttributionForm, problemsIn } from './claim.ts'
import { addAttribution, editClaim } from './edit.store.ts'
import {
  attributionValues,
  blankAttribution,
  blankClaim,
  type ClaimValues,
  fromSamePassage,
  reshaped,
  sourceText,
  typedClaim,
  valuesOf,
  workedOut,
} from './form.ts'
import { claimListRoutes } from './list.routes.ts'
import { findAttributionToFollow, findShownClaim, type ShownClaim, tellerOf } from './page.store.ts'
import { happenedSince, showClaim } from './page.ts'
import { splitRoutes } from './split.routes.ts'
import { comparedWith } from './stale.ts'
import { findClaimRevision, recordClaim } from './store.ts'

/** The claim: its form, its page, its edits, its history; the list is claims/list.routes. */
export function claimRoutes(db: PrismaClient): Router {
  const router = Router()
  router.use(claimListRoutes(db))
  router.use(splitRoutes(db))

  router.get('/claims/new', guard('addClaims'), async (req, res) => {
    await showForm(req, res, {
      action: paths.claims(),
      title: 'New claim',
      values: await startingValues(req),
      claim: null,
    })
  })

  router.post('/claims', guard('addClaims'), async (req, res) => {
    const form = { action: paths.claims(), title: 'New claim', values: typedClaim(req.body), claim: null }
    const again = shownAgain(form, req.body)
    if (again) return showForm(req, res, again)
    const read = readForm(newClaimForm, req.body)
    const problems = problemsIn(read, req.body)
    if (!read.form || problems.length) return showForm(req, res, { ...form, problems, status: 422 })
    const outcome = await recordClaim(db, actOf(req), personOf(req), read.form)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    await showForm(req, res, { ...form, problems: outcome.problems, status: statusOf(outcome) })
  })

  router.get('/claims/:ref', guard('read'), async (req, res) => {
    await showClaim(req, res, db, refOf(req))
  })

  router.get('/claims/:ref/edit', guard('addClaims'), async (req, res) => {
    const claim = await findShownClaim(db, refOf(req))
    forbidUnless(allowed(claim, personOf(req), 'edit'))
    await showForm(req, res, editing(claim, valuesOf(claim)))
  })

  router.post('/claims/:ref/edits', guard('addClaims'), async (req, res) => {
    const claim = await findShownClaim(db, refOf(req))
    const form = editing(claim, typedClaim(req.body), Number(typed(req.body, 'revision')) || claim.revision)
    // Who may no longer edit because the claim moved on meanwhile is told that, with what they typed.
    if (form.revision >= claim.movedAtRevision) forbidUnless(allowed(claim, personOf(req), 'edit'))
    const again = shownAgain(form, req.body)
    if (again) return showForm(req, res, again)
    const read = readForm(claimEditForm, req.body)
    const problems = problemsIn(read, req.body)
    if (!read.form || problems.length) return showForm(req, res, { ...form, problems, status: 422 })
    const outcome = await editClaim(db, actOf(req), personOf(req), claim.ref, read.form)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    // Sent again, a stale form applies what was typed on top of what it is now shown beside.
    const fresh = await findShownClaim(db, claim.ref)
    const stale =
      outcome.cause === 'stale'
        ? {
            revision: fresh.revision,
            since: await happenedSince(db, personOf(req), fresh.id, read.form.revision),
            theirs: comparedWith(valuesOf(fresh), form.values),
          }
        : {}
    await showForm(req, res, { ...form, ...stale, problems: outcome.problems, status: statusOf(outcome) })
  })

  router.get('/claims/:ref/attributions/new', guard('addClaims'), async (req, res) => {
    const claim = await findShownClaim(db, refOf(req))
    forbidUnless(allowed(claim, personOf(req), 'add_attribution'))
    const from = maybeId(req.query.from)
    const attribution = from
      ? fromSamePassage(attributionValues((await findAttributionToFollow(db, from)).attribution), false)
      : blankAttribution()
    await showForm(req, res, adding(claim, { ...valuesOf(claim), attributions: [attribution] }))
  })

  router.post('/claims/:ref/attributions', guard('addClaims'), async (req, res) => {
    const claim = await findShownClaim(db, refOf(req))
    const form = adding(claim, typedClaim(req.body), Number(typed(req.body, 'revision')) || claim.revision)
    const read = readForm(oneAttributionForm, req.body)
    const problems = problemsIn(read, req.body)
    if (!read.form || problems.length) return showForm(req, res, { ...form, problems, status: 422 })
    const outcome = await addAttribution(db, actOf(req), personOf(req), claim.ref, read.form)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    const fresh = await findShownClaim(db, claim.ref)
    const stale =
      outcome.cause === 'stale'
        ? { revision: fresh.revision, since: await happenedSince(db, personOf(req), fresh.id, read.form.revision) }
        : {}
    await showForm(req, res, { ...form, ...stale, problems: outcome.problems, status: statusOf(outcome) })
  })

  router.get('/claims/:ref/history', guard('read'), async (req, res) => {
    const ref = refOf(req)
    const maySeePrivate = may(personOf(req).role, 'seePrivateSources')
    const { id, revision } = await findClaimRevision(db, ref)
    await showHistory(req, res, db, {
      subject: 'claim',
      id,
      revision,
      name: ref,
      href: paths.claim(ref),
      history: paths.claimHistory(ref),
      teller: (lines) => tellerOf(db, id, maySeePrivate, lines),
    })
  })

  /** What a new claim's form begins with: nothing, a source, words of a source, or the passage of another claim. */
  async function startingValues(req: Request): Promise<ClaimValues> {
    const values = blankClaim()
    const from = maybeId(req.query.from)
    if (from) {
      const { claim, attribution } = await findAttributionToFollow(db, from)
      const followed = fromSamePassage(attributionValues(attribution), true)
      return {
        ...values,
        story: String(claim.storyId),
        language: claim.language,
        occurredOn: claim.occurredOn ?? '',
        place: claim.place ?? '',
        attributions: [followed],
      }
    }
    const question = await maybeQuestion(db, maybeId(req.query.question))
    const stories = await storyChoices(db)
    const story =
      stories.find(({ id, code }) => (question ? id === question.storyId : code === req.query.story)) ??
      (stories.length === 1 ? stories[0] : undefined)
    const sourceId = maybeId(req.query.source)
    const source = sourceId ? await resolveSource(db, `#${sourceId}`, personOf(req)) : null
    const selected = source?.kind === 'found' ? await selectedIn(source.source.id, req) : null
    const attribution = {
      ...blankAttribution(),
      passage: selected?.words ?? '',
      captureId: String(maybeId(req.query.capture) ?? ''),
      place: selected ? `${selected.captureId}:${selected.start}` : '',
      source: source?.kind === 'found' ? sourceText(source.source) : '',
    }
    return {
      ...values,
      story: story ? String(story.id) : '',
      question: { ...values.question, wording: question?.text ?? '' },
      attributions: [attribution],
    }
  }

  /** The words of a source's text that an address names by their place; null where it names none. */
  async function selectedIn(sourceId: number, { query }: Request) {
    const captureId = maybeId(query.capture)
    const [start, end] = [placeIn(query.start), placeIn(query.end)]
    return captureId === null || start === null || end === null
      ? null
      : maybeWordsOf(db, sourceId, captureId, { start, end: Math.min(end, start + MOST_SELECTED) })
  }

  type Form = {
    action: string
    title: string
    values: ClaimValues
    claim: ShownClaim | null
    parts?: 'claim' | 'attribution'
    revision?: number
    since?: Told[]
    theirs?: Difference[]
    /** What the printed words of its figure come to, as a sentence. */
    figureReading?: string
    problems?: Problem[]
    status?: number
  }

  async function showForm(req: Request, res: Response, form: Form): Promise<void> {
    const { status = 200, claim, values } = form
    const storyId = maybeId(values.story)
    const sources = await sourceChoices(db, personOf(req), '', 50)
    const first = await resolveSource(db, values.attributions[0]?.source ?? '', personOf(req))
    const reading = first.kind === 'found' ? await latestCapture(db, first.source.id) : null
    await page(
      req,
      res,
      'claims/form',
      {
        ...form,
        parts: form.parts ?? 'claim',
        revision: form.revision ?? null,
        since: form.since ?? [],
        theirs: form.theirs ?? [],
        problems: form.problems ?? [],
        places: await placesAsked(req, form),
        stories: (await storyChoices(db)).map(({ id, code, title }) => ({
          value: String(id),
          label: `${code}: ${title}`,
        })),
        parties: await partiesOfStory(db, storyId, 200),
        questions: await suggestQuestions(db, storyId, '', 100),
        questionsOf: paths.questionSuggestions({ story: storyId ?? undefined }),
        figureReading: form.figureReading ?? '',
        sources: sources.map(({ id, label }) => `${label} (#${id})`),
        // Beside the form, so that nobody has to go to another tab for the words.
        reading:
          reading && first.kind === 'found'
            ? { ...first.source, captureId: reading.id, text: reading.text.slice(0, MOST_READ) }
            : null,
        needsReason: claim ? claim.stage === 'decided' || claim.stage === 'awaiting_second' : false,
        choices: {
          naming: choices('naming'),
          position: choices('position'),
          speech: choices('speech'),
          terms: choices('terms'),
          partyKind: choices('partyKind'),
          comparator: choices('comparator'),
        },
      },
      status,
    )
  }

  /** The places to choose from of each attribution whose passage stands more than once in its text; null for the others. */
  async function placesAsked(req: Request, { values, problems = [] }: Form): Promise<(PlaceChoices | null)[]> {
    const places: (PlaceChoices | null)[] = []
    for (const [index, attribution] of values.attributions.entries()) {
      const isAsked = problems.some(({ field }) => field === `attributions[${index}][place]`)
      const source = isAsked ? await resolveSource(db, attribution.source, personOf(req)) : null
      const { passage, place } = attribution
      const captureId = maybeId(attribution.captureId)
      const sought = source?.kind === 'found' ? { sourceId: source.source.id, passage, captureId, place } : null
      places.push(sought && (await placeChoices(db, sought)))
    }
    return places
  }

  return router
}

/** How many code points of a text an address may name. */
const MOST_SELECTED = 5000

function placeIn(value: unknown): number | null {
  return typeof value === 'string' && /^\d{1,7}$/.test(value) ? Number(value) : null
}

/** How much of a source's text stands beside the form, in UTF-16 units. */
const MOST_READ = 60_000

/** The form after a button that saves nothing, or when the words of its figure are still to be worked out; null when it is to be saved. */
function shownAgain<F extends { values: ClaimValues }>(form: F, body: unknown): (F & { problems?: Problem[] }) | null {
  const intent = typed(body, 'intent')
  const values = reshaped(form.values, intent)
  if (values) return { ...form, values }
  const worked = workedOut(form.values, intent)
  return worked && { ...form, ...worked }
}

function editing(claim: ShownClaim, values: ClaimValues, revision = claim.revision) {
  return { action: paths.claimEdits(claim.ref), title: `Edit ${claim.ref}`, values, claim, revision }
}

function adding(claim: ShownClaim, values: ClaimValues, revision = claim.revision) {
  return {
    action: paths.attributions(claim.ref),
    title: `Another attribution of ${claim.ref}`,
    values,
    claim,
    revision,
    parts: 'attribution' as const,
  }
}

function refOf(req: Request): string {
  return String(req.params.ref)
}

function forbidUnless(no: string | null): void {
  if (no) throw new Forbidden(no)
}
