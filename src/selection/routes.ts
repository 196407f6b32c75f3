import { type Request, type Response, Router } from 'express'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { peopleWho, REVIEWING } from '../accounts/store.ts'
import { Forbidden } from '../errors.ts'
import type { Problem } from '../outcome.ts'
import { may } from '../policy.ts'
import { actOf, readForm, typed, typedFields } from '../web/form.ts'
import { guard, personOf } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { choices } from '../words.ts'
import { BULK, BULK_FIELDS, bulkForm, MOST_ROWS, type Row, readRows } from './form.ts'
import { changeRows, findRows } from './store.ts'

/** What is done to several claims of the list at once. */
export function selectionRoutes(db: PrismaClient): Router {
  const router = Router()

  router.get('/claims/selection', guard('tag'), (req, res) => showSelection(req, res, readRows(req.query.row), []))

  router.post('/claims/selection', guard('tag'), async (req, res) => {
    const person = personOf(req)
    const { row, ...fields } = req.body ?? {}
    const rows = readRows(row)
    const { form, problems } = readForm(bulkForm, fields)
    const all = [...limits(rows), ...problems]
    if (!form || all.length) return showSelection(req, res, rows, all, 422)
    if (!['tag', 'untag'].includes(form.action) && !may(person.role, 'decide'))
      throw new Forbidden('Only an editor may do this to claims.')
    const results = await changeRows(db, actOf(req), person, rows, form)
    const refused = results.filter(({ isDone }) => !isDone)
    await page(req, res, 'selection/result', {
      title: `${results.length - refused.length} of ${results.length} ${results.length === 1 ? 'claim' : 'claims'} ${BULK[form.action].done}`,
      done: results.filter(({ isDone }) => isDone),
      refused,
    })
  })

  return router

  async function showSelection(req: Request, res: Response, rows: Row[], problems: Problem[], status = 200) {
    const tooMany = rows.length > MOST_ROWS && status === 200 ? limits(rows) : []
    const editors = await peopleWho(db, REVIEWING)
    await page(
      req,
      res,
      'selection/index',
      {
        title: 'Change several claims',
        problems: [...problems, ...tooMany],
        rows: await findRows(db, rows.slice(0, MOST_ROWS)),
        action: typed(req.body, 'action'),
        fields: typedFields(req.body, BULK_FIELDS),
        editors: editors.map(({ id, name }) => ({ value: String(id), label: name })),
        becauses: choices('closedBecause').filter(({ value }) => value !== 'duplicate'),
      },
      tooMany.length ? 422 : status,
    )
  }
}

function limits(rows: readonly Row[]): Problem[] {
  if (rows.length === 0) return [{ field: '', message: 'No claim was ticked. Go back to the list and tick some.' }]
  if (rows.length <= MOST_ROWS) return []
  return [
    {
      field: '',
      message: `At most ${MOST_ROWS} claims are changed at once; these are ${rows.length}. Nothing was changed.`,
    },
  ]
}
