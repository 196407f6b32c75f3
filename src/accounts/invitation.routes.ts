import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Database } from '../database/connect.ts'
import { type Problem, statusOf } from '../outcome.ts'
import { paths } from '../paths.ts'
import { land } from '../web/flash.ts'
import { readForm, typedFields } from '../web/form.ts'
import { guard } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { password, personName, timeZone } from './fields.ts'
import { acceptInvitation, type Invitation, LINK_ENDED, maybeInvitation } from './invitation.store.ts'
import { hashPassword } from './password.ts'
import { openSession } from './session.store.ts'
import { beginSession, refuseTooMany } from './sign-in.routes.ts'
import type { Throttle } from './throttle.store.ts'
import { timeZoneChoices } from './time-zones.ts'
import { PASSWORD_RULES, weaknessOf } from './weakness.ts'

const NEW_PASSWORD = z.strictObject({ password: password('Choose a password.') })
const ACCEPTANCE = NEW_PASSWORD.extend({ name: personName(), timeZone: timeZone() })

/** Taking up an invitation by its one-time link, or choosing a new password by one. */
export function invitationRoutes({ db }: Database, throttle: Throttle): Router {
  const router = Router()

  router.get('/invitations/:token', guard('visit'), async (req, res) => {
    const token = String(req.params.token)
    const invitation = await maybeInvitation(db, token)
    if (invitation?.state !== 'open') return showEnded(req, res, invitation)
    const { name, timeZone: zone } = invitation.account
    await showForm(req, res, token, invitation, { name, timeZone: zone })
  })

  router.post('/invitations/:token', guard('visit'), async (req, res) => {
    const token = String(req.params.token)
    const invitation = await maybeInvitation(db, token)
    if (invitation?.state !== 'open') return showEnded(req, res, invitation)
    const { account } = invitation
    const again = (problems: Problem[], status: number) =>
      showForm(req, res, token, invitation, typedFields(req.body, ['name', 'timeZone']), problems, status)
    const { form, problems } = account.isNew ? readForm(ACCEPTANCE, req.body) : readForm(NEW_PASSWORD, req.body)
    if (!form) return again(problems, 422)
    const { password: chosen, ...rest } = form
    const wait = await throttle.newPassword(token)
    if (wait) return refuseTooMany(req, res, wait, again)
    const weakness = await weaknessOf(chosen, [account.email, account.name, 'name' in rest ? String(rest.name) : ''])
    if (weakness) return again([{ field: 'password', message: weakness }], 422)
    const passwordHash = await hashPassword(chosen)
    const outcome = await acceptInvitation(db, token, { ...rest, passwordHash })
    if (outcome.kind === 'refused') return again(outcome.problems, statusOf(outcome))
    const { id } = outcome.value
    await beginSession(db, req, res, await openSession(db, id, req.get('user-agent') ?? ''), { id, passwordHash })
    const text = account.isNew ? 'Welcome to the desk.' : 'Your password is changed, and you are signed in.'
    land(req, res, { path: paths.home(), flash: { text } })
  })

  return router
}

function showEnded(req: Request, res: Response, invitation: Invitation | null): Promise<void> {
  const values = {
    title: 'This link leads nowhere now',
    text: LINK_ENDED,
    action: { text: 'Sign in', href: paths.signIn() },
  }
  return page(req, res, 'accounts/notice', values, invitation ? 410 : 404)
}

async function showForm(
  req: Request,
  res: Response,
  token: string,
  { account }: Invitation,
  typedIn: Record<string, string>,
  problems: Problem[] = [],
  status = 200,
): Promise<void> {
  const values = {
    title: account.isNew ? 'Join the desk' : 'Choose a new password',
    to: paths.invitation(token),
    invited: account,
    typedIn,
    problems,
    rules: PASSWORD_RULES,
    zones: timeZoneChoices(account.timeZone),
  }
  await page(req, res, 'accounts/invitation', values, status)
}
