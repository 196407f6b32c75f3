import { type Request, type Response, Router } from 'express'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { findShownClaim, type ShownClaim } from '../claims/page.store.ts'
import { happenedSince } from '../claims/page.ts'
import { allowed } from '../decisions/workflow.ts'
import { Forbidden, NotFound } from '../errors.ts'
import type { Told } from '../history/timeline.ts'
import { type Problem, statusOf } from '../outcome.ts'
import { landBack, showBack } from '../queue/page.ts'
import { land } from '../web/flash.ts'
import { actOf, readForm, typed, typedFields } from '../web/form.ts'
import { guard, personOf } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { maybeId } from '../web/paging.ts'
import {
  askedRelation,
  RELATION_FIELDS,
  type RelationValues,
  relationForm,
  relationTypes,
  removalForm,
  removalKey,
} from './form.ts'
import { addRelation, removeRelation } from './store.ts'

/** Relating a claim to others; what stands is on the claim's page. */
export function relationRoutes(db: PrismaClient): Router {
  const router = Router()

  router.get('/claims/:ref/relations/new', guard('relate'), async (req, res) => {
    const claim = await findShownClaim(db, refOf(req))
    const no = allowed(claim, personOf(req), 'relate')
    if (no) throw new Forbidden(no)
    await showForm(req, res, { claim, values: askedRelation(req.query) })
  })

  router.post('/claims/:ref/relations', guard('relate'), async (req, res) => {
    const ref = refOf(req)
    const values = typedFields(req.body, RELATION_FIELDS)
    const { form, problems } = readForm(relationForm, req.body)
    if (!form) return showForm(req, res, { claim: await findShownClaim(db, ref), values, problems, status: 422 })
    const outcome = await addRelation(db, actOf(req), personOf(req), ref, form)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    const claim = await findShownClaim(db, ref)
    const since = outcome.cause === 'stale' ? await happenedSince(db, personOf(req), claim.id, form.revision) : []
    await showForm(req, res, { claim, values, since, problems: outcome.problems, status: statusOf(outcome) })
  })

  router.post('/claims/:ref/relations/:id/removal', guard('relate'), async (req, res) => {
    const ref = refOf(req)
    const id = maybeId(req.params.id)
    if (!id) throw new NotFound(`${ref} has no such relation.`)
    const key = removalKey(id)
    const shown = { action: key, fields: { reason: typed(req.body, key, 'reason') } }
    const { form, problems } = readForm(removalForm(id), req.body)
    if (!form) return showBack(req, res, db, ref, { problems, status: 422, typed: shown })
    const outcome = await removeRelation(db, actOf(req), personOf(req), ref, id, form)
    if (outcome.kind === 'accepted') return landBack(req, res, outcome.value, ref, true)
    const since = outcome.cause === 'stale' ? form.revision : null
    const status = statusOf(outcome)
    await showBack(req, res, db, ref, { problems: outcome.problems, status, typed: { ...shown, since } })
  })

  return router
}

type Form = { claim: ShownClaim; values: RelationValues; since?: Told[]; problems?: Problem[]; status?: number }

async function showForm(req: Request, res: Response, form: Form): Promise<void> {
  const { claim, values, since = [], problems = [], status = 200 } = form
  const title = `Relate ${claim.ref} to another claim`
  await page(req, res, 'relations/form', { title, problems, claim, values, since, types: relationTypes() }, status)
}

function refOf(req: Request): string {
  return String(req.params.ref)
}
