import { type Request, type Response, Router } from 'express'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { NotFound } from '../errors.ts'
import { type Problem, statusOf } from '../outcome.ts'
import { may } from '../policy.ts'
import { land } from '../web/flash.ts'
import { actOf, readForm, typed } from '../web/form.ts'
import { guard, personOf } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { maybeId } from '../web/paging.ts'
import { faultOf, filtersOf, LISTS, newViewForm, viewForm } from './form.ts'
import { addView, editView, ownViews, removeView } from './store.ts'

/** Names for what lists are narrowed to. */
export function viewRoutes(db: PrismaClient): Router {
  const router = Router()

  router.get('/views', guard('keepOwnAccount'), (req, res) => showViews(req, res, []))

  router.post('/views', guard('keepOwnAccount'), async (req, res) => {
    const { form, problems } = readForm(newViewForm, req.body)
    const fault = form && faultOf(form.list, form.query)
    if (!form || fault) return showViews(req, res, fault ? [{ field: '', message: fault }] : problems)
    const outcome = await addView(db, actOf(req), personOf(req), form)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    await showViews(req, res, outcome.problems, statusOf(outcome))
  })

  router.post('/views/:id', guard('keepOwnAccount'), async (req, res) => {
    const id = idOf(req)
    const { [`name${id}`]: name, ...fields } = req.body ?? {}
    const { form, problems } = readForm(viewForm, { ...fields, name })
    if (!form) return showViews(req, res, under(id, problems))
    const outcome = await editView(db, actOf(req), personOf(req), id, form)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    await showViews(req, res, outcome.problems, statusOf(outcome))
  })

  router.post('/views/:id/removal', guard('keepOwnAccount'), async (req, res) => {
    const outcome = await removeView(db, actOf(req), personOf(req), idOf(req))
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    await showViews(req, res, outcome.problems, statusOf(outcome))
  })

  return router

  /** One's own views; after a refusal with what was typed, a new view's form above them. */
  async function showViews(req: Request, res: Response, problems: Problem[], status = 422): Promise<void> {
    const { id, role } = personOf(req)
    const list = LISTS.find((one) => one === typed(req.body, 'list'))
    const query = list && filtersOf(list, typed(req.body, 'query').slice(0, 1500))
    const views = await ownViews(db, id)
    await page(
      req,
      res,
      'views/index',
      {
        title: 'My views',
        problems,
        views: views
          .filter((view) => view.list === 'claims' || may(role, 'decide'))
          .map((view) => {
            const name = `name${view.id}`
            const given = typed(req.body, name)
            return { ...view, field: name, name: given || view.name, isTyped: given !== '' }
          }),
        refused: list
          ? { list, query, name: typed(req.body, 'name'), isShared: typed(req.body, 'isShared') === 'yes' }
          : null,
      },
      problems.length ? status : 200,
    )
  }
}

function idOf(req: Request): number {
  const id = maybeId(req.params.id)
  if (!id) throw new NotFound('You have no such view.')
  return id
}

function under(id: number, problems: Problem[]): Problem[] {
  return problems.map(({ field, message }) => ({ field: field === 'name' ? `name${id}` : field, message }))
}
