import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Database } from '../database/connect.ts'
import type { Problem } from '../outcome.ts'
import { isOwnPath, paths } from '../paths.ts'
import { cookieOf, setCookie } from '../web/cookies.ts'
import { land } from '../web/flash.ts'
import { readForm, typedFields } from '../web/form.ts'
import { guard } from '../web/guard.ts'
import { logSecurity } from '../web/log.ts'
import { type PageValues, page } from '../web/page.ts'
import { clearSessionCookie, sessionTokenOf, setSessionCookie } from '../web/session.ts'
import { email, password } from './fields.ts'
import { isNobodyHere } from './first-run.store.ts'
import { makeProof, maybeKnownBrowser } from './known-browser.ts'
import { endSessionOf } from './session.store.ts'
import { maybeSignInAccount, signIn } from './sign-in.store.ts'
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
    await show(req, res, { email: '', to, isSignedOut: req.query.signedOut === 'yes' })
  })

  router.post('/sign-in', guard('visit'), async (req, res) => {
    const typed = typedFields(req.body, ['email', 'to'])
    const { form, problems } = readForm(SIGN_IN, req.body)
    if (!form) return show(req, res, { ...typed, problems }, 422)
    const account = await maybeSignInAccount(db, form.email)
    const attempt = {
      email: form.email,
      ip: req.ip ?? '',
      knownBrowser: maybeKnownBrowser(cookieOf(req, BROWSER), account),
    }
    const wait = await throttle.signIn(attempt)
    if (wait) {
      logSecurity(req, 'sign-in throttled', { account: account?.id ?? null })
      res.set('retry-after', String(wait))
      const message = `There were too many attempts to sign in. Try again in ${waitInWords(wait)}.`
      return show(req, res, { ...typed, problems: [{ field: '', message }] }, 429)
    }
    const token = await signIn(db, account, form.password, req.get('user-agent') ?? '')
    if (!token || !account) {
      logSecurity(req, 'sign-in failed', { account: account?.id ?? null })
      return show(req, res, { ...typed, problems: [{ field: '', message: NO_FIT }] }, 422)
    }
    await throttle.signedIn(attempt)
    await beginSession(db, req, res, token, account)
    land(req, res, { path: ownPathOf(form.to) })
  })

  router.post('/sign-out', guard('visit'), async (req, res) => {
    const token = sessionTokenOf(req)
    if (token) await endSessionOf(db, token)
    clearSessionCookie(req, res)
    land(req, res, { path: paths.signIn({ signedOut: 'yes' }) })
  })

  return router
}

// One sentence for an unknown address, a wrong password and a disabled person: who is on the desk is nobody's business.
const NO_FIT =
  'The e-mail address and the password do not fit. Check both; if the password is lost, whoever runs the desk can make you a new link.'

// As long as people come back to the same machine after a leave.
const BROWSER = 'stet_browser'
const BROWSER_LASTS_MS = 180 * 24 * 3600_000

/** Hands the browser a session that was just begun, and the proof that it has signed in to this account; the session it came with ends. */
export async function beginSession(
  db: Database['db'],
  req: Request,
  res: Response,
  token: string,
  account: { id: number; passwordHash: string | null },
): Promise<void> {
  const former = sessionTokenOf(req)
  if (former) await endSessionOf(db, former)
  setSessionCookie(req, res, token)
  setCookie(req, res, BROWSER, makeProof(account), BROWSER_LASTS_MS)
}

/** Shows a form again with the sentence that its sender has to wait so many seconds. */
export function refuseTooMany(
  req: Request,
  res: Response,
  seconds: number,
  showAgain: (problems: Problem[], status: number) => Promise<void>,
): Promise<void> {
  logSecurity(req, 'password throttled')
  res.set('retry-after', String(seconds))
  const message = `There were too many attempts. Try again in ${waitInWords(seconds)}.`
  return showAgain([{ field: '', message }], 429)
}

function show(req: Request, res: Response, values: Omit<PageValues, 'title'>, status = 200): Promise<void> {
  return page(req, res, 'accounts/sign-in', { title: 'Sign in', isSignedOut: false, ...values }, status)
}

function ownPathOf(to: unknown): string {
  return typeof to === 'string' && isOwnPath(to) ? to : paths.home()
}
