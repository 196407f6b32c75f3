import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Database } from '../database/connect.ts'
import { fillInDemonstration } from '../desk/demonstration.store.ts'
import { type Problem, statusOf } from '../outcome.ts'
import { paths } from '../paths.ts'
import { land } from '../web/flash.ts'
import { readForm, tick, typed, typedFields } from '../web/form.ts'
import { guard } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { deskName, email, linkToken, password, personName, timeZone } from './fields.ts'
import { hasAdmin, isFirstRunOpen, makeFirstAdmin } from './first-run.store.ts'
import { hashPassword } from './password.ts'
import { openSession } from './session.store.ts'
import { beginSession, refuseTooMany } from './sign-in.routes.ts'
import type { Throttle } from './throttle.store.ts'
import { timeZoneChoices } from './time-zones.ts'
import { PASSWORD_RULES, weaknessOf } from './weakness.ts'

const FIRST_RUN = z.strictObject({
  token: linkToken(),
  name: personName(),
  email: email(),
  password: password('Choose a password.'),
  timeZone: timeZone(),
  deskName: deskName('Write the desk’s name, such as the newsroom’s.'),
  demonstration: tick(),
})

/** Making the first admin, by the link printed where Stet was started. */
export function firstRunRoutes({ db }: Database, throttle: Throttle): Router {
  const router = Router()

  router.get('/first-run', guard('visit'), async (req, res) => {
    const token = typeof req.query.token === 'string' ? req.query.token.slice(0, 100) : ''
    if (!token || !(await isFirstRunOpen(db, token))) return showClosed(req, res, token !== '')
    await showForm(req, res, token, { name: '', email: '', timeZone: 'UTC', deskName: '' })
  })

  router.post('/first-run', guard('visit'), async (req, res) => {
    const token = typed(req.body, 'token').slice(0, 100)
    // Before anything else, so that nobody without a link has the machine hash passwords.
    if (!(await isFirstRunOpen(db, token))) return showClosed(req, res, true)
    const again = (problems: Problem[], status: number) =>
      showForm(
        req,
        res,
        token,
        typedFields(req.body, ['name', 'email', 'timeZone', 'deskName', 'demonstration']),
        problems,
        status,
      )
    const { form, problems } = readForm(FIRST_RUN, req.body)
    if (!form) return again(problems, 422)
    const { password: chosen, demonstration: isWanted, token: _, ...given } = form
    const wait = await throttle.newPassword(token)
    if (wait) return refuseTooMany(req, res, wait, again)
    const weakness = await weaknessOf(chosen, [given.name, given.email, given.deskName])
    if (weakness) return again([{ field: 'password', message: weakness }], 422)
    const passwordHash = await hashPassword(chosen)
    const outcome = await makeFirstAdmin(db, token, { ...given, passwordHash })
    if (outcome.kind === 'refused') return again(outcome.problems, statusOf(outcome))
    const { id } = outcome.value
    await beginSession(db, req, res, await openSession(db, id, req.get('user-agent') ?? ''), { id, passwordHash })
    const why = isWanted ? await fillInDemonstration(db) : null
    const text = `Welcome, ${given.name}. The desk is yours.`
    land(req, res, { path: paths.home(), flash: { text: why ? `${text} ${why}` : text } })
  })

  return router

  async function showClosed(req: Request, res: Response, hadLink: boolean): Promise<void> {
    const words = (await hasAdmin(db)) ? BEGUN : hadLink ? ENDED : NOBODY
    await page(req, res, 'accounts/notice', words, hadLink ? 410 : 200)
  }
}

const BEGUN = {
  title: 'The first admin has been made',
  text: 'This link has done its work. Sign in, or ask whoever runs the desk to invite you.',
  action: { text: 'Sign in', href: paths.signIn() },
}
const ENDED = {
  title: 'This link has run out',
  text: 'It was replaced by a newer one or is older than 72 hours. Use the newest link printed where Stet was started, or start Stet again for another.',
  action: null,
}
const NOBODY = {
  title: 'Nobody is here yet',
  text: 'A one-time link for making the first admin is printed where Stet was started. Open that link; it lasts 72 hours, and starting Stet again prints another.',
  action: null,
}

async function showForm(
  req: Request,
  res: Response,
  token: string,
  typedIn: Record<string, string>,
  problems: Problem[] = [],
  status = 200,
): Promise<void> {
  const values = {
    title: 'Begin the desk',
    typedIn,
    token,
    problems,
    rules: PASSWORD_RULES,
    zones: timeZoneChoices(),
  }
  await page(req, res, 'accounts/first-run', values, status)
}
