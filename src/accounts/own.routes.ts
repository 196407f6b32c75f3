import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Database } from '../database/connect.ts'
import { NotFound } from '../errors.ts'
import { type Problem, statusOf } from '../outcome.ts'
import { paths } from '../paths.ts'
import { land } from '../web/flash.ts'
import { actOf, choice, readForm, revision, tick, typedFields } from '../web/form.ts'
import { guard, personOf } from '../web/guard.ts'
import { logSecurity } from '../web/log.ts'
import { page } from '../web/page.ts'
import { maybeId } from '../web/paging.ts'
import { clearSessionCookie } from '../web/session.ts'
import { browserOf } from './browser.ts'
import { password, personName, timeZone } from './fields.ts'
import { changeOwnPassword, DENSITIES, editOwnSettings, ownSettings, THEMES } from './own.store.ts'
import { endSession, endSessions, IDLE_HOURS, LONGEST_DAYS, sessionsOf } from './session.store.ts'
import { type Throttle, waitInWords } from './throttle.store.ts'
import { timeZoneChoices } from './time-zones.ts'
import { PASSWORD_RULES, weaknessOf } from './weakness.ts'

const SETTINGS = z.strictObject({
  name: personName(),
  timeZone: timeZone(),
  theme: choice(THEMES, 'Choose a theme.'),
  density: choice(DENSITIES, 'Choose how close the lines of tables stand.'),
  shortcutsOff: tick(),
  revision: revision(),
})

const PASSWORDS = z.strictObject({
  currentPassword: password('Write your current password.'),
  password: password('Choose a new password.'),
})

/** A person's own account: settings, sessions, password. */
export function ownRoutes({ db }: Database, throttle: Throttle): Router {
  const router = Router()

  router.get('/account', guard('keepOwnAccount'), async (req, res) => {
    const { shortcuts, ...settings } = await ownSettings(db, personOf(req).id)
    await showSettings(req, res, { ...settings, shortcutsOff: shortcuts ? '' : 'yes' })
  })

  router.post('/account', guard('keepOwnAccount'), async (req, res) => {
    const again = async (problems: Problem[], status: number) => {
      const typed = typedFields(req.body, ['name', 'timeZone', 'theme', 'density', 'shortcutsOff'])
      const { revision: current } = await ownSettings(db, personOf(req).id)
      await showSettings(req, res, { ...typed, revision: current }, problems, status)
    }
    const { form, problems } = readForm(SETTINGS, req.body)
    if (!form) return again(problems, 422)
    const { shortcutsOff, ...settings } = form
    const outcome = await editOwnSettings(db, actOf(req), { ...settings, shortcuts: !shortcutsOff })
    if (outcome.kind === 'refused') return again(outcome.problems, statusOf(outcome))
    land(req, res, outcome.value)
  })

  router.get('/account/sessions', guard('keepOwnAccount'), async (req, res) => {
    const { id, sessionId } = personOf(req)
    const sessions = (await sessionsOf(db, id)).map((session) => ({
      ...session,
      browser: browserOf(session.userAgent),
      isThis: session.id === sessionId,
      endPath: paths.sessionEnd(session.id),
    }))
    const values = { title: 'Your sessions', sessions, idleHours: IDLE_HOURS, longestDays: LONGEST_DAYS }
    await page(req, res, 'accounts/sessions', values)
  })

  router.post('/account/sessions/end', guard('keepOwnAccount'), async (req, res) => {
    const { id, sessionId } = personOf(req)
    const ended = await endSessions(db, id, sessionId)
    const text = ended === 1 ? 'One other session has ended.' : `${ended} other sessions have ended.`
    land(req, res, { path: paths.sessions(), flash: { text } })
  })

  router.post('/account/sessions/:id/end', guard('keepOwnAccount'), async (req, res) => {
    const { id, sessionId } = personOf(req)
    const which = maybeId(req.params.id)
    if (!which || !(await endSession(db, id, which))) throw new NotFound('This session has ended already.')
    if (which === sessionId) clearSessionCookie(req, res)
    land(req, res, { path: paths.sessions(), flash: { text: 'The session has ended.' } })
  })

  router.get('/account/security', guard('keepOwnAccount'), async (req, res) => {
    await showSecurity(req, res)
  })

  router.post('/account/security', guard('keepOwnAccount'), async (req, res) => {
    const person = personOf(req)
    const { form, problems } = readForm(PASSWORDS, req.body)
    if (!form) return showSecurity(req, res, problems, 422)
    const wait = await throttle.ownPassword(person.id)
    if (wait) {
      logSecurity(req, 'password throttled')
      res.set('retry-after', String(wait))
      const message = `There were too many attempts. Your password is as it was; try again in ${waitInWords(wait)}.`
      return showSecurity(req, res, [{ field: 'currentPassword', message }], 429)
    }
    const weakness = await weaknessOf(form.password, [person.name, person.email])
    if (weakness) return showSecurity(req, res, [{ field: 'password', message: weakness }], 422)
    // The digest of the form must not tell the passwords in it.
    const act = { ...actOf(req), digest: 'password' }
    const outcome = await changeOwnPassword(db, act, person.sessionId, form)
    if (outcome.kind === 'refused') return showSecurity(req, res, outcome.problems, statusOf(outcome))
    await throttle.ownPasswordFits(person.id)
    land(req, res, outcome.value)
  })

  return router
}

async function showSettings(
  req: Request,
  res: Response,
  settings: { timeZone: string; revision: number } & Record<string, unknown>,
  problems: Problem[] = [],
  status = 200,
): Promise<void> {
  const zones = timeZoneChoices(personOf(req).timeZone)
  await page(req, res, 'accounts/account', { title: 'Your account', settings, zones, problems }, status)
}

async function showSecurity(req: Request, res: Response, problems: Problem[] = [], status = 200): Promise<void> {
  await page(req, res, 'accounts/security', { title: 'Your password', rules: PASSWORD_RULES, problems }, status)
}
