import { type Request, type Response, Router } from 'express'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { NotFound } from '../errors.ts'
import { type Problem, type Refused, statusOf } from '../outcome.ts'
import { landBack, showBack } from '../queue/page.ts'
import { actOf, readForm, typed, typedFields } from '../web/form.ts'
import { guard, personOf } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { maybeId } from '../web/paging.ts'
import { recordFinding } from './finding.store.ts'
import {
  DECISION_FIELDS,
  decisionForm,
  FINDING_FIELDS,
  findingForm,
  findingKey,
  MOVE_FIELDS,
  moveForm,
  undoForm,
} from './forms.ts'
import { workflowHelp } from './help.ts'
import { move } from './store.ts'
import { undoMove } from './undo.store.ts'
import type { ButtonAction } from './workflow.ts'

/** The moves of the workflow, the findings, and the help page that the table of moves makes. */
export function decisionRoutes(db: PrismaClient): Router {
  const router = Router()

  router.post('/claims/:ref/decisions', guard('decide'), async (req, res) => {
    const ref = refOf(req)
    const shown = { action: 'decide', fields: typedFields(req.body, DECISION_FIELDS) }
    const { form, problems } = readForm(decisionForm, req.body)
    if (!form) return showBack(req, res, db, ref, { problems, status: 422, typed: shown })
    const outcome = await move(db, actOf(req), personOf(req), ref, { action: 'decide', ...form })
    if (outcome.kind === 'accepted') return landBack(req, res, outcome.value, ref)
    await showBack(req, res, db, ref, {
      problems: outcome.problems,
      status: statusOf(outcome),
      typed: { ...shown, since: sinceOf(outcome, form) },
    })
  })

  router.post('/claims/:ref/moves', guard('moveClaims'), async (req, res) => {
    const ref = refOf(req)
    const action = typed(req.body, 'action')
    const fields = Object.fromEntries(MOVE_FIELDS.map((name) => [name, typed(req.body, action, name)]))
    const shown = { action, fields }
    const { form, problems } = readForm(moveForm, req.body)
    if (!form) return showBack(req, res, db, ref, { problems, status: 422, typed: shown })
    const outcome = await move(db, actOf(req), personOf(req), ref, form)
    if (outcome.kind === 'accepted') return landBack(req, res, outcome.value, ref, STAYING.includes(form.action))
    await showBack(req, res, db, ref, {
      problems: under(action, outcome.problems),
      status: statusOf(outcome),
      typed: { ...shown, since: sinceOf(outcome, form) },
    })
  })

  router.post('/claims/:ref/undoings', guard('moveClaims'), async (req, res) => {
    const ref = refOf(req)
    const { form, problems } = readForm(undoForm, req.body)
    if (!form) return showBack(req, res, db, ref, { problems, status: 422 })
    const outcome = await undoMove(db, actOf(req), personOf(req), ref, form)
    if (outcome.kind === 'accepted') return landBack(req, res, outcome.value, ref, true)
    await showBack(req, res, db, ref, { problems: outcome.problems, status: statusOf(outcome) })
  })

  router.post('/claims/:ref/attributions/:id/findings', guard('recordFindings'), async (req, res) => {
    const ref = refOf(req)
    const id = maybeId(req.params.id)
    if (!id) throw new NotFound(`${ref} has no such attribution.`)
    const key = findingKey(id)
    const fields = Object.fromEntries(FINDING_FIELDS.map((name) => [name, typed(req.body, key, name)]))
    const shown = { action: key, fields }
    const { form, problems } = readForm(findingForm(id), req.body)
    if (!form) return showBack(req, res, db, ref, { problems, status: 422, typed: shown })
    const outcome = await recordFinding(db, actOf(req), personOf(req), ref, id, form)
    if (outcome.kind === 'accepted') return landBack(req, res, outcome.value, ref, true)
    await showBack(req, res, db, ref, {
      problems: under(key, outcome.problems),
      status: statusOf(outcome),
      typed: { ...shown, since: sinceOf(outcome, form) },
    })
  })

  router.get('/help/workflow', guard('read'), (req: Request, res: Response) =>
    page(req, res, 'decisions/workflow', { title: 'How a claim moves', ...workflowHelp() }),
  )

  return router
}

/** The moves after which somebody in the queue has more to do on the same claim. */
const STAYING: readonly ButtonAction[] = ['take_up']

/** The revision that a form was made on, where others were quicker. */
function sinceOf(outcome: Refused, { revision }: { revision: number }): number | null {
  return outcome.cause === 'stale' ? revision : null
}

function refOf(req: Request): string {
  return String(req.params.ref)
}

/** Problems of a form whose own fields stand under its name. */
function under(name: string, problems: Problem[]): Problem[] {
  return problems.map(({ field, message }) => ({ field: field && `${name}[${field}]`, message }))
}
