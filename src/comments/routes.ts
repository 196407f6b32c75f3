import { type Request, Router } from 'express'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { NotFound } from '../errors.ts'
import { statusOf } from '../outcome.ts'
import { paths } from '../paths.ts'
import { landBack, showBack } from '../queue/page.ts'
import { actOf, readForm, typedFields } from '../web/form.ts'
import { guard, personOf } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { maybeId } from '../web/paging.ts'
import { commentShown } from './page.ts'
import { addComment, commentForm, commentsOf, findClaim, turnComment, turnForm } from './store.ts'

const PAGE_SIZE = 50

/** The discussion of a claim. */
export function commentRoutes(db: PrismaClient): Router {
  const router = Router()

  router.get('/claims/:ref/comments', guard('comment'), async (req, res) => {
    const ref = refOf(req)
    const claim = await findClaim(db, ref)
    const before = maybeId(req.query.before)
    const { comments, older } = await commentsOf(db, claim.id, PAGE_SIZE, before ?? undefined)
    await page(req, res, 'comments/index', {
      title: `Discussion of ${ref}`,
      claim: { ref, statement: claim.statement },
      comments: comments.map((comment) => commentShown(comment, personOf(req).id)),
      newest: before ? paths.comments(ref) : null,
      older: older && paths.comments(ref, { before: older }),
    })
  })

  router.post('/claims/:ref/comments', guard('comment'), async (req, res) => {
    const ref = refOf(req)
    const typed = { action: 'comment', fields: typedFields(req.body, ['comment']) }
    const { form, problems } = readForm(commentForm, req.body)
    if (!form) return showBack(req, res, db, ref, { problems, status: 422, typed })
    const outcome = await addComment(db, actOf(req), personOf(req), ref, form)
    if (outcome.kind === 'accepted') return landBack(req, res, outcome.value, ref, true)
    await showBack(req, res, db, ref, { problems: outcome.problems, status: statusOf(outcome), typed })
  })

  router.post('/claims/:ref/comments/:id/turns', guard('comment'), async (req, res) => {
    const ref = refOf(req)
    const id = maybeId(req.params.id)
    if (!id) throw new NotFound(`${ref} has no such comment.`)
    const { form, problems } = readForm(turnForm, req.body)
    if (!form) return showBack(req, res, db, ref, { problems, status: 422 })
    const outcome = await turnComment(db, actOf(req), personOf(req), { ref, id, turn: form.turn })
    if (outcome.kind === 'accepted') return landBack(req, res, outcome.value, ref, true)
    await showBack(req, res, db, ref, { problems: outcome.problems, status: statusOf(outcome) })
  })

  return router
}

function refOf(req: Request): string {
  return String(req.params.ref)
}
