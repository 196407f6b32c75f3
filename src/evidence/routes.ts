import { type Request, type Response, Router } from 'express'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { placeChoices } from '../captures/store.ts'
import { findShownClaim, type ShownClaim } from '../claims/page.store.ts'
import { happenedSince } from '../claims/page.ts'
import { allowed } from '../decisions/workflow.ts'
import { Forbidden, NotFound } from '../errors.ts'
import type { Told } from '../history/timeline.ts'
import { type Problem, statusOf } from '../outcome.ts'
import { partiesOfStory } from '../parties/store.ts'
import { paths } from '../paths.ts'
import { resolveSource, sourceChoices } from '../sources/store.ts'
import { land } from '../web/flash.ts'
import { actOf, readForm, typedFields } from '../web/form.ts'
import { guard, personOf } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { maybeId } from '../web/paging.ts'
import { choices } from '../words.ts'
import {
  blankEvidence,
  comparedWith,
  EVIDENCE_FIELDS,
  type EvidenceValues,
  evidenceEditForm,
  evidenceForm,
  evidenceValues,
} from './form.ts'
import { maybeEvidence } from './list.store.ts'
import { addEvidence, editEvidence } from './store.ts'

/** Adding evidence to a claim, and editing it. */
export function evidenceRoutes(db: PrismaClient): Router {
  const router = Router()

  router.get('/claims/:ref/evidence/new', guard('addEvidence'), async (req, res) => {
    const claim = await findShownClaim(db, String(req.params.ref))
    const no = allowed(claim, personOf(req), 'add_evidence')
    if (no) throw new Forbidden(no)
    const sourceId = maybeId(req.query.source)
    await showForm(req, res, { claim, values: { ...blankEvidence(), source: sourceId ? `#${sourceId}` : '' } })
  })

  router.post('/claims/:ref/evidence', guard('addEvidence'), async (req, res) => {
    const ref = String(req.params.ref)
    const values = typedFields(req.body, EVIDENCE_FIELDS)
    const read = readForm(evidenceForm, req.body)
    if (!read.form) {
      const claim = await findShownClaim(db, ref)
      return showForm(req, res, { claim, values, problems: read.problems, status: 422 })
    }
    const outcome = await addEvidence(db, actOf(req), personOf(req), ref, read.form)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    const claim = await findShownClaim(db, ref)
    const since = outcome.cause === 'stale' ? await happenedSince(db, personOf(req), claim.id, read.form.revision) : []
    await showForm(req, res, { claim, values, since, problems: outcome.problems, status: statusOf(outcome) })
  })

  router.get('/claims/:ref/evidence/:id/edit', guard('addEvidence'), async (req, res) => {
    const { claim, held, id } = await findPiece(req)
    const no = allowed(claim, personOf(req), 'edit_evidence', held?.addedById)
    if (!held) throw new NotFound(`${claim.ref} has no such piece of evidence.`)
    if (no) throw new Forbidden(no)
    await showForm(req, res, { claim, id, values: evidenceValues(held) })
  })

  router.post('/claims/:ref/evidence/:id/edits', guard('addEvidence'), async (req, res) => {
    const values = typedFields(req.body, EVIDENCE_FIELDS)
    const { form, problems } = readForm(evidenceEditForm, req.body)
    if (!form) {
      const { claim, id } = await findPiece(req)
      return showForm(req, res, { claim, id, values, problems, status: 422 })
    }
    const ref = String(req.params.ref)
    const outcome = await editEvidence(db, actOf(req), personOf(req), ref, maybeId(req.params.id) ?? 0, form)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    const { claim, held, id } = await findPiece(req)
    const theirs = outcome.cause === 'stale' && held ? comparedWith(evidenceValues(held), values) : []
    const since = outcome.cause === 'stale' ? await happenedSince(db, personOf(req), claim.id, form.revision) : []
    await showForm(req, res, {
      claim,
      id,
      values,
      theirs,
      since,
      problems: outcome.problems,
      status: statusOf(outcome),
    })
  })

  return router

  async function findPiece(req: Request) {
    const claim = await findShownClaim(db, String(req.params.ref))
    const id = maybeId(req.params.id) ?? 0
    return { claim, id, held: await maybeEvidence(db, claim.id, id) }
  }

  /** The places to choose from where the passage stands more than once in the source's text. */
  async function placesAsked(req: Request, { source, passage, place }: EvidenceValues) {
    const found = await resolveSource(db, source, personOf(req))
    return found.kind === 'found' ? placeChoices(db, { sourceId: found.source.id, passage, place }) : null
  }

  async function showForm(req: Request, res: Response, form: Form): Promise<void> {
    const { claim, id, values, theirs = [], since = [], problems = [], status = 200 } = form
    const isDecidedOn = claim.stage === 'decided' || claim.stage === 'awaiting_second'
    await page(
      req,
      res,
      'evidence/form',
      {
        title: id ? 'Edit evidence' : 'Add evidence',
        problems,
        claim,
        action: id ? paths.evidenceEdits(claim.ref, id) : paths.evidence(claim.ref),
        isEdit: id !== undefined,
        values,
        theirs,
        since,
        places: problems.some(({ field }) => field === 'place') ? await placesAsked(req, values) : null,
        needsReason: id !== undefined && isDecidedOn,
        isDecided: claim.stage === 'decided',
        sources: (await sourceChoices(db, personOf(req), '', 50)).map(({ id, label }) => `${label} (#${id})`),
        parties: await partiesOfStory(db, claim.storyId, 50),
        choices: { stance: choices('stance'), basis: choices('basis'), partyKind: choices('partyKind') },
      },
      status,
    )
  }
}

type Form = {
  claim: ShownClaim
  values: EvidenceValues
  id?: number
  theirs?: ReturnType<typeof comparedWith>
  since?: Told[]
  problems?: Problem[]
  status?: number
}
