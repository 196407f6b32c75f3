import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { deskName } from '../accounts/fields.ts'
import { showHistory } from '../history/page.ts'
import { type Difference, differences, type Teller } from '../history/timeline.ts'
import { type Problem, statusOf } from '../outcome.ts'
import { paths } from '../paths.ts'
import { may } from '../policy.ts'
import { land } from '../web/flash.ts'
import { actOf, choice, readForm, revision, typedFields } from '../web/form.ts'
import { guard, personOf } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { fillInDemonstration } from './demonstration.store.ts'
import { maybeSetting } from './setting.store.ts'
import { editDesk, isDeskEmpty, type Reviewers, readDesk } from './store.ts'
import { workOf } from './work.store.ts'

const DESK = z.strictObject({
  name: deskName('Write the desk’s name.'),
  reviewers: choice(['0', '1', '2'], 'Choose how many people a verdict needs.').transform(
    (n) => Number(n) as Reviewers,
  ),
  revision: revision(),
})

/** My work, and the desk's own settings. */
export function deskRoutes(db: PrismaClient): Router {
  const router = Router()

  router.get('/', guard('read'), async (req, res) => {
    const person = personOf(req)
    const [work, isEmpty] = await Promise.all([workOf(db, person, new Date()), isDeskEmpty(db)])
    const mayDemonstrate = isEmpty && may(person.role, 'runDesk')
    await page(req, res, 'desk/work', { title: 'My work', work, isEmpty, mayDemonstrate })
  })

  router.get('/admin/desk', guard('runDesk'), async (req, res) => {
    const { name, reviewers, revision: current } = await readDesk(db)
    await showDesk(req, res, { name, reviewers: String(reviewers), revision: current })
  })

  router.get('/admin/desk/history', guard('runDesk'), async (req, res) => {
    const setting = await maybeSetting(db, 'desk')
    await showHistory(req, res, db, {
      subject: 'setting',
      id: setting?.id ?? 0,
      revision: setting?.revision ?? 0,
      name: 'the desk’s settings',
      href: paths.desk(),
      history: paths.deskHistory(),
      teller: () => DESK_TELLER,
    })
  })

  router.post('/admin/desk', guard('runDesk'), async (req, res) => {
    const again = async (problems: Problem[], status: number) => {
      const { revision: current, name, reviewers } = await readDesk(db)
      const yours = typedFields(req.body, ['name', 'reviewers'])
      const differing = differences(
        DESK_TELLER.labels,
        { name, reviewers: reviewersInWords(String(reviewers)) },
        { ...yours, reviewers: reviewersInWords(yours.reviewers) },
      )
      const settings = { ...yours, revision: current }
      await showDesk(req, res, settings, { problems, status, differences: status === 409 ? differing : [] })
    }
    const { form, problems } = readForm(DESK, req.body)
    if (!form) return again(problems, 422)
    const outcome = await editDesk(db, actOf(req), form)
    if (outcome.kind === 'refused') return again(outcome.problems, statusOf(outcome))
    land(req, res, outcome.value)
  })

  router.post('/admin/demonstration', guard('runDesk'), async (req, res) => {
    const why = await fillInDemonstration(db)
    const flash = {
      text: why ?? 'The demonstration is filled in. Nobody of its cast can sign in until you make them a link.',
    }
    land(req, res, { path: why ? paths.home() : paths.stories(), flash })
  })

  return router
}

/** How the history of the desk's settings is told. */
const DESK_TELLER: Teller = {
  subject: 'setting',
  labels: { name: 'Name', reviewers: 'Who must agree to a verdict' },
  inWords: (field, value) =>
    field === 'reviewers' ? reviewersInWords(String(value)) : typeof value === 'string' ? value : '',
}

function reviewersInWords(value: string): string {
  return REVIEWERS.find((option) => option.value === value)?.label ?? ''
}

const REVIEWERS: { value: string; label: string; hint: string }[] = [
  {
    value: '0',
    label: 'Nobody else: a desk of one',
    hint: 'An editor’s verdict takes effect at once, even on words the editor wrote.',
  },
  {
    value: '1',
    label: 'One who did not write it',
    hint: 'Of those who decide and second, at least one wrote none of the statement, the attributions or the figure since the last decision. An editor may decide their own claim; it then awaits a second.',
  },
  { value: '2', label: 'Always two', hint: 'Every verdict awaits a second, whoever wrote the words.' },
]

async function showDesk(
  req: Request,
  res: Response,
  settings: { name: string; reviewers: string; revision: number },
  { problems = [], status = 200, differences = [] }: Refusal = {},
): Promise<void> {
  const shown = { title: 'The desk', settings, problems, differences, reviewers: REVIEWERS }
  await page(req, res, 'desk/settings', shown, status)
}

type Refusal = { problems?: Problem[]; status?: number; differences?: Difference[] }
