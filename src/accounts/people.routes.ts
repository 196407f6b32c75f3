import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Role } from '../../prisma/client/enums.ts'
import type { Config } from '../config.ts'
import type { Database } from '../database/connect.ts'
import { NotFound } from '../errors.ts'
import { historyOf } from '../history/list.store.ts'
import { showHistory } from '../history/page.ts'
import { told } from '../history/timeline.ts'
import { RECENT } from '../history/window.ts'
import { type Outcome, type Problem, statusOf } from '../outcome.ts'
import { paths } from '../paths.ts'
import { land } from '../web/flash.ts'
import { actOf, choice, readForm, revision, typedFields } from '../web/form.ts'
import { guard } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { maybeId } from '../web/paging.ts'
import { choices } from '../words.ts'
import { changeRole, setAccess } from './admin.store.ts'
import { email, personName } from './fields.ts'
import { LINK_HOURS } from './first-run.store.ts'
import { ACCOUNT } from './history.ts'
import { type Invited, invite, inviteAgain } from './invitation.store.ts'
import { alikeAmong } from './look-alike.ts'
import { findPerson, listPeople } from './people.store.ts'
import { standingOf } from './standing.ts'

const ROLES = ['reader', 'reporter', 'editor', 'admin'] as const satisfies readonly Role[]

const INVITATION = z.strictObject({ email: email(), name: personName(), role: choice(ROLES, 'Choose a role.') })
const ROLE = z.strictObject({ role: choice(ROLES, 'Choose a role.'), revision: revision() })
const ACCESS = z.strictObject({
  access: choice(['yes', 'no'], 'Say whether they may sign in.'),
  revision: revision(),
})
const LINK = z.strictObject({})

/** The people of the desk, for whoever runs it. */
export function peopleRoutes({ db }: Database, config: Config): Router {
  const router = Router()

  router.get('/admin/people', guard('runDesk'), async (req, res) => {
    await showPeople(req, res, { name: '', email: '', role: 'reporter' })
  })

  router.post('/admin/invitations', guard('runDesk'), async (req, res) => {
    const again = (problems: Problem[], status: number) =>
      showPeople(req, res, typedFields(req.body, ['name', 'email', 'role']), problems, status)
    const { form, problems } = readForm(INVITATION, req.body)
    if (!form) return again(problems, 422)
    const outcome = await invite(db, actOf(req), form)
    if (outcome.kind === 'refused') return again(outcome.problems, statusOf(outcome))
    await showLink(req, res, outcome.value)
  })

  router.get('/admin/people/:id', guard('runDesk'), async (req, res) => {
    await showPerson(req, res, idOf(req))
  })

  router.get('/admin/people/:id/history', guard('runDesk'), async (req, res) => {
    const { id, name, revision } = await findPerson(db, idOf(req))
    const [href, history] = [paths.person(id), paths.personHistory(id)]
    const teller = () => ACCOUNT
    await showHistory(req, res, db, { subject: 'account', id, revision, name, href, history, teller })
  })

  router.post('/admin/people/:id/links', guard('runDesk'), async (req, res) => {
    const id = idOf(req)
    const { form, problems } = readForm(LINK, req.body)
    if (!form) return showPerson(req, res, id, problems, 422)
    const outcome = await inviteAgain(db, actOf(req), id)
    if (outcome.kind === 'refused') return showPerson(req, res, id, outcome.problems, statusOf(outcome))
    await showLink(req, res, outcome.value)
  })

  router.post('/admin/people/:id/role', guard('runDesk'), async (req, res) => {
    const id = idOf(req)
    const { form, problems } = readForm(ROLE, req.body)
    if (!form) return showPerson(req, res, id, problems, 422)
    await answer(req, res, id, await changeRole(db, actOf(req), id, form))
  })

  router.post('/admin/people/:id/access', guard('runDesk'), async (req, res) => {
    const id = idOf(req)
    const { form, problems } = readForm(ACCESS, req.body)
    if (!form) return showPerson(req, res, id, problems, 422)
    await answer(req, res, id, await setAccess(db, actOf(req), id, form))
  })

  return router

  async function showPeople(
    req: Request,
    res: Response,
    typedIn: { name: string; email: string; role: string },
    problems: Problem[] = [],
    status = 200,
  ): Promise<void> {
    const { people, more } = await listPeople(db)
    const alike = alikeAmong(people)
    const shown = people.map((person) => ({
      ...person,
      standing: standingOf(person),
      href: paths.person(person.id),
      looksLike: people
        .filter(({ id }) => alike.get(person.id)?.includes(id))
        .map(({ id, name }) => `${name} (#${id})`),
    }))
    const values = { title: 'People', people: shown, more, typedIn, problems, roles: roleChoices() }
    await page(req, res, 'accounts/people', values, status)
  }

  async function showPerson(
    req: Request,
    res: Response,
    id: number,
    problems: Problem[] = [],
    status = 200,
  ): Promise<void> {
    const person = await findPerson(db, id)
    const history = await told(await historyOf(db, 'account', id, { limit: RECENT }), ACCOUNT)
    const values = {
      title: person.name,
      person: { ...person, standing: standingOf(person), isSelf: person.id === req.account?.id },
      history,
      problems,
      roles: roleChoices(),
    }
    await page(req, res, 'accounts/person', values, status)
  }

  /** The one page that shows a link; it is kept nowhere, so a form sent again is told so instead. */
  async function showLink(req: Request, res: Response, { made, ...landing }: Invited): Promise<void> {
    if (!made) return land(req, res, landing)
    const person = await findPerson(db, made.id)
    const link = new URL(paths.invitation(made.token), config.publicUrl).href
    await page(req, res, 'accounts/link', { title: `A link for ${person.name}`, person, link, hours: LINK_HOURS }, 201)
  }

  async function answer(req: Request, res: Response, id: number, outcome: Outcome<{ path: string }>): Promise<void> {
    if (outcome.kind === 'refused') return showPerson(req, res, id, outcome.problems, statusOf(outcome))
    land(req, res, outcome.value)
  }
}

function idOf(req: Request): number {
  const id = maybeId(req.params.id)
  if (!id) throw new NotFound('There is nobody with this number.')
  return id
}

const MAY = {
  reader: 'Reads everything but private sources, and exports.',
  reporter: 'Adds sources, claims and evidence.',
  editor: 'Reviews and decides, and opens stories.',
  admin: 'Runs the desk: people, settings, and everything editors do.',
} as const satisfies Record<Role, string>

function roleChoices(): { value: string; label: string; hint: string }[] {
  return choices('role').map((role) => ({ ...role, hint: MAY[role.value as Role] }))
}
