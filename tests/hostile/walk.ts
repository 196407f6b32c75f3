import { randomUUID } from 'node:crypto'
import { openSession } from '../../src/accounts/session.store.ts'
import type { Desk } from '../support/app.ts'
import type { Route } from '../support/routes.ts'
import { type Answered, type Asked, type Client, client } from './client.ts'
import { formsOf, type PageForm } from './forms.ts'
import { livePartsOf } from './inert.ts'
import { bytesOf } from './values.ts'

/** Somebody signed in who sends whatever is asked for, and remembers what the desk should never have answered. */
export type Walker = {
  ask(asked: Omit<Asked, 'token'> & { stranger?: boolean }): Promise<Answered>
  post(path: string, body: string | Buffer, headers?: Record<string, string>): Promise<Answered>
  requests: Client
  faults: string[]
  /** How often each status was the answer; 0 is a connection closed on a body that was refused. */
  statuses: Map<number, number>
}

/** A walker with the rights of `mo`, who runs the desk. A session that the walk ended is begun again. */
export async function walker(it: Desk, address = it.address): Promise<Walker> {
  const requests = client(address)
  const faults: string[] = []
  const statuses = new Map<number, number>()
  let token = await openSession(it.db, it.people.mo.id, 'a walk')

  async function ask({ stranger, ...asked }: Omit<Asked, 'token'> & { stranger?: boolean }): Promise<Answered> {
    const used = token
    const answered = await requests.ask(stranger ? asked : { ...asked, token: used })
    const isEnded = answered.status === 401 || String(answered.headers.location ?? '').startsWith('/sign-in')
    if (isEnded && !stranger && used === token) token = await openSession(it.db, it.people.mo.id, 'a walk')
    statuses.set(answered.status, (statuses.get(answered.status) ?? 0) + 1)
    faults.push(...faultsOf(asked, answered))
    return answered
  }

  return {
    ask,
    requests,
    faults,
    statuses,
    post: (path, body, headers = {}) =>
      ask({ method: 'POST', path, body: typeof body === 'string' ? bytesOf(body) : body, headers }),
  }
}

function faultsOf({ method = 'GET', path, body }: Asked, { status, headers, text }: Answered): string[] {
  const what = `${method} ${path.slice(0, 300)} ${String(body ?? '').slice(0, 1500)}: ${status}`
  const found: string[] = []
  // 0 is a connection that was closed on a body the desk had refused; 503 is a full queue, and says when to come again.
  if (status >= 500 && !(status === 503 && headers['retry-after'])) found.push(`${what} ${wordsOfFault(text)}`)
  if (status !== 0 && status !== 400 && !headers['content-security-policy']) found.push(`${what} without its headers`)
  if (status === 422 && !/<section class="problems"[\s\S]*?<li>[\s\S]*?\w/.test(text))
    found.push(`${what} says nothing`)
  // What is larger than any page shows a large text again, as the values have it: without markup.
  if (String(headers['content-type']).startsWith('text/html') && text.length < 1_000_000)
    found.push(...livePartsOf(text).map((part) => `${what} shows live ${part.slice(0, 200)}`))
  return found
}

function wordsOfFault(text: string): string {
  return (
    /<main[\s\S]*?<\/main>/
      .exec(text)?.[0]
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .slice(0, 200) ?? text.slice(0, 200)
  )
}

/** Addresses with what the desk has in the places of a route's parameters: of each kind a few, or all. */
export async function addressesOf(it: Desk, { path }: Pick<Route, 'path'>, areAll = false): Promise<string[]> {
  if (path === '/admin/redactions/new') return redactable(it, path)
  // What is filtered can be kept as a view.
  if (path === '/claims') return [path, `${path}?stage=submitted`]
  if (path === '/claims/selection') {
    const ticked = await it.db.claim.findMany({
      orderBy: { id: 'asc' },
      select: { ref: true, revision: true },
      take: 3,
    })
    return [`${path}?${ticked.map(({ ref, revision }) => `row=${ref}.${revision}`).join('&')}`]
  }
  if (!path.includes(':')) return [path]
  const ids = { orderBy: { id: 'asc' }, select: { id: true }, take: areAll ? 1_000_000 : 3 } as const
  if (path.startsWith('/claims/:ref')) {
    // The one changed last stands for its stage: what was just done can be undone.
    const all = await it.db.claim.findMany({
      orderBy: [{ updatedAt: 'desc' }, { id: 'asc' }],
      select: {
        ref: true,
        stage: true,
        evidence: { select: { id: true }, take: areAll ? 1000 : 1 },
        attributions: { select: { id: true }, take: areAll ? 1000 : 1 },
        relations: { select: { id: true }, take: areAll ? 1000 : 1 },
      },
    })
    const onePerStage = all.filter(({ stage }, index) => all.findIndex((other) => other.stage === stage) === index)
    if (!path.includes(':id')) return (areAll ? all : onePerStage).map(({ ref }) => path.replace(':ref', ref))
    const parts = (['evidence', 'relations'] as const).find((one) => path.includes(`/${one}/`)) ?? 'attributions'
    const found = all.flatMap((claim) =>
      claim[parts].map(({ id }) => path.replace(':ref', claim.ref).replace(':id', `${id}`)),
    )
    return areAll ? found : found.slice(0, 3)
  }
  if (path.startsWith('/stories/:code')) {
    const stories = await it.db.story.findMany({ ...ids, select: { code: true } })
    return stories.map(({ code }) => path.replace(':code', code))
  }
  if (path.startsWith('/questions/:id'))
    return (await it.db.question.findMany(ids)).map(({ id }) => path.replace(':id', `${id}`))
  if (path.startsWith('/sources/:id'))
    return (await it.db.source.findMany(ids)).map(({ id }) => path.replace(':id', `${id}`))
  if (path.startsWith('/parties/:id'))
    return (await it.db.party.findMany(ids)).map(({ id }) => path.replace(':id', `${id}`))
  if (path.startsWith('/admin/redactions/:id'))
    return (await it.db.redactionProposal.findMany(ids)).map(({ id }) => path.replace(':id', `${id}`))
  // The walk itself runs the desk, and must not lose its own account.
  if (path.startsWith('/admin/people/:id')) return [path.replace(':id', `${it.people.ben.id}`)]
  return [path.replace(/:\w+/g, path.includes(':id') ? '999999' : 'x'.repeat(43))]
}

/** The form of redaction for one thing of each kind. */
async function redactable({ db }: Desk, path: string): Promise<string[]> {
  const first = { orderBy: { id: 'asc' }, select: { id: true } } as const
  const things = {
    event: await db.event.findFirst(first),
    capture: await db.capture.findFirst(first),
    decision: await db.decision.findFirst(first),
  }
  return Object.entries(things).flatMap(([kind, thing]) => (thing ? [`${path}?${kind}=${thing.id}`] : []))
}

/** A form, and the page it stands on. */
export type Found = { page: string; route: string; form: PageForm }

/** Every form of every page, one of each kind: of one address and with the same fields. */
export async function findForms(it: Desk, walk: Walker, routes: readonly Route[]): Promise<Found[]> {
  const found = new Map<string, Found>()
  for (const route of routes.filter(({ method, path }) => method === 'GET' && !path.endsWith('.csv')))
    for (const page of await addressesOf(it, route)) {
      const { text } = await walk.ask({ path: page })
      for (const form of formsOf(text)) {
        const to = routeOf(routes, form)
        // The way out stands on every page.
        if (to === 'POST /sign-out' && found.has(to)) continue
        const key =
          to === 'POST /sign-out'
            ? to
            : `${to} ${fieldsOf(form)
                .map((name) => name.replace(/\d+/g, '0'))
                .join()}`
        if (!found.has(key)) found.set(key, { page, route: to, form })
      }
    }
  return [...found.values()]
}

/** The route that a form is sent to. */
function routeOf(routes: readonly Route[], { method, action }: PageForm): string {
  const wanted = method.toUpperCase()
  const path = action.split('?')[0] ?? ''
  const fitting = routes.filter((route) => route.method === wanted && patternOf(route.path).test(path))
  const [first] = fitting.toSorted((a, b) => a.path.split(':').length - b.path.split(':').length)
  return first ? `${first.method} ${first.path}` : `${wanted} ${path} leads nowhere`
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/[.]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`)
}

/** The names of a form's fields, its buttons' among them. */
export function fieldsOf({ fields, buttons }: PageForm): string[] {
  return [...new Set([...fields, ...buttons].map(([name]) => name))]
}

/** A form's body with some fields said otherwise: by name, percent-encoded, name and all. The one-use id is a new one. */
export function bodyOf({ fields, buttons }: PageForm, instead: ReadonlyMap<string, string>, button = 0): string {
  const pressed = buttons[button % Math.max(1, buttons.length)]
  const all = pressed ? [...fields.filter(([name]) => name !== pressed[0]), pressed] : fields
  const said = (name: string, value: string) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`
  return [
    ...all.map(([name, value]) => instead.get(name) ?? said(name, name === 'requestId' ? randomUUID() : value)),
    ...[...instead].flatMap(([name, words]) => (all.some(([other]) => other === name) ? [] : [words])),
  ]
    .filter(Boolean)
    .join('&')
}
