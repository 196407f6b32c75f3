import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Database } from '../database/connect.ts'
import { isOwnPath, paths } from '../paths.ts'
import { cookieOf } from '../web/cookies.ts'
import { land } from '../web/flash.ts'
import { readForm, typedFields } from '../web/form.ts'
import { guard } from '../web/guard.ts'
import { type PageValues, page } from '../web/page.ts'
import { clearSessionCookie, nameFor, setSessionCookie } from '../web/session.ts'
import { email, password } from './fields.ts'
import { isNobodyHere } from './first-run.store.ts'
import { endSessionOf } from './session.store.ts'
import { signIn } from './sign-in.store.ts'
import { type Throttle, waitInWords } from './throttle.store.ts'

const SIGN_IN = z.strictObject({
  email: email(),
  password: password('Write your password.'),
  to: z.string().optional(),
})

/** Signing in and out. */
export function signInRoutes({ db }: Database, throttle: Throttle): Router {
  const router = Router()

  router.get('/sign-in', guard('visit'), async (req, res) => {
    const to = ownPathOf(req.query.to)
    if (req.account) return res.redirect(303, to)
    if (await isNobodyHere(db)) return res.redirect(303, paths.firstRun())
    await show(req, res, { email: '', to })
  })

  router.post('/sign-in', guard('visit'), async (req, res) => {
    const typed = typedFields(req.body, ['email', 'to'])
    const { form, problems } = readForm(SIGN_IN, req.body)
    if (!form) return show(req, res, { ...typed, problems }, 422)
    const wait = await throttle.signIn(form.email, req.ip ?? '')
    if (wait) {
      res.set('retry-after', String(wait))
      const message = `There were too many attempts to sign in. Try again in ${waitInWords(wait)}.`
      return show(req, res, { ...typed, problems: [{ field: '', message }] }, 429)
    }
    const token = await signIn(db, form, req.get('user-agent') ?? '')
    if (!token) return show(req, res, { ...typed, problems: [{ field: '', message: NO_FIT }] }, 422)
    await throttle.signedIn(form.email, req.ip ?? '')
    await beginSession(db, req, res, token)
    land(req, res, { path: ownPathOf(form.to) })
  })

  router.post('/sign-out', guard('visit'), async (req, res) => {
    const token = cookieOf(req, nameFor(req))
    if (token) await endSessionOf(db, token)
    clearSessionCookie(req, res)
    land(req, res, { path: paths.signIn(), flash: { text: 'You are signed out.' } })
  })

  return router
}

// One sentence for an unknown address, a wrong password and a disabled person: who is on the desk is nobody's business.
const NO_FIT =
  'The e-mail address and the password do not fit. Check both; if the password is lost, whoever runs the desk can make you a new link.'

/** Hands the browser a session that was just begun; the one it came with ends. */
export async function beginSession(db: Database['db'], req: Request, res: Response, token: string): Promise<void> {
  const former = cookieOf(req, nameFor(req))
  if (former) await endSessionOf(db, former)
  setSessionCookie(req, res, token)
}

function show(req: Request, res: Response, values: Omit<PageValues, 'title'>, status = 200): Promise<void> {
  return page(req, res, 'accounts/sign-in', { title: 'Sign in', ...values }, status)
}

function ownPathOf(to: unknown): string {
  return typeof to === 'string' && isOwnPath(to) ? to : paths.home()
}
