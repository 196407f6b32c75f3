import { Router } from 'express'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { statusOf } from '../outcome.ts'
import { landBack, showBack } from '../queue/page.ts'
import { actOf, readForm, typedFields } from '../web/form.ts'
import { guard } from '../web/guard.ts'
import { changeTags } from './store.ts'
import { tagsForm } from './tag.ts'

/** The tags of a claim. */
export function tagRoutes(db: PrismaClient): Router {
  const router = Router()

  router.post('/claims/:ref/tags', guard('tag'), async (req, res) => {
    const ref = String(req.params.ref)
    const typed = { action: 'tags', fields: typedFields(req.body, ['tags']) }
    const { form, problems } = readForm(tagsForm, req.body)
    if (!form) return showBack(req, res, db, ref, { problems, status: 422, typed })
    const outcome = await changeTags(db, actOf(req), ref, () => form.tags)
    if (outcome.kind === 'accepted') return landBack(req, res, outcome.value, ref, true)
    await showBack(req, res, db, ref, { problems: outcome.problems, status: statusOf(outcome), typed })
  })

  return router
}
