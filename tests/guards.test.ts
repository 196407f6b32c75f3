import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../src/accounts/session.store.ts'
import { guardedActions } from '../src/web/guard.ts'
import { type Answered, type Client, client } from './hostile/client.ts'
import { MATRIX, OF_A_DRAFT, type Role, type Row } from './role-matrix.ts'
import { type Desk, desk } from './support/app.ts'
import { changeUnguarded } from './support/behind.ts'
import { build } from './support/build.ts'
import type { Name } from './support/people.ts'
import { type Route, routesOf } from './support/routes.ts'

// Sam was an editor until the account was disabled.
const PEOPLE: Record<Role, Name | null> = {
  nobody: null,
  reader: 'rae',
  reporter: 'ada',
  editor: 'eve',
  admin: 'mo',
  disabled: 'sam',
}
const ROLES = Object.keys(PEOPLE) as Role[]
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const REFUSAL = 'Your role does not allow this'

let it: Desk
let asks: Client
let routes: Route[]
beforeAll(async () => {
  it = await desk()
  asks = client(it.address)
  routes = routesOf(it.app)
  const made = build(it.db, it.people.ada.id)
  const [story, source] = [await made.aStory({ code: 'KZ' }), await made.aSource()]
  const parts = { attributions: [{ sourceId: source.id }], evidence: [{ sourceId: source.id }] }
  const draft = await made.aClaim({ storyId: story.id, stage: 'draft', ...parts })
  const other = await made.aClaim({ storyId: story.id, stage: 'submitted', ...parts })
  await changeUnguarded(
    it.database,
    `insert into relation (from_id, to_id, type, added_by_id, created_at) values (${draft.id}, ${other.id}, 'updates', ${it.people.ada.id}, now())`,
    `update account set disabled_at = now() where id = ${it.people.sam.id}`,
  )
})
afterAll(async () => {
  asks.close()
  await it.close()
})

describe('Every route', () => {
  test('has a guard, as its first handler', () => {
    expect(routes.length).toBeGreaterThan(40)
    expect(routes.filter(({ handlers: [first] }) => !first || !guardedActions.has(first)).map(name)).toEqual([])
  })

  test('has a row in the role matrix, and no row is left over', () => {
    expect(routes.map(name).toSorted()).toEqual(MATRIX.map(name).toSorted())
  })
})

describe('The role matrix holds', () => {
  test.each(ROLES)('for %s', async (role) => {
    const wrong = await allOf(
      MATRIX,
      async (row) => {
        const answer = kindOf(row, await send(PEOPLE[role], row, { path: nowhere(row.path) }))
        return (answer === 'passed') === row.may.includes(role) ? [] : [`${name(row)}: ${role} was ${answer}`]
      },
      1,
    )
    expect(wrong).toEqual([])
  })

  test.each(ROLES)('for %s by other methods, which lead nowhere, or where GET leads', async (role) => {
    const before = await it.db.event.count()
    const rows = [...new Set(MATRIX.map(({ path }) => path))].flatMap((path) =>
      METHODS.filter((method) => !MATRIX.some((row) => row.path === path && row.method === method)).map((method) => ({
        method,
        path,
      })),
    )
    const token = await tokenOf(PEOPLE[role])
    const wrong = await allOf(rows, async (row) => {
      const asGet = MATRIX.find(({ method, path }) => row.method === 'HEAD' && method === 'GET' && path === row.path)
      const answer = await asks.ask({ method: row.method, path: nowhere(row.path), token })
      const isRight = asGet
        ? (kindOf(asGet, answer) === 'passed' && answer.status !== 403) === asGet.may.includes(role)
        : answer.status === 404
      return isRight && answer.status < 500 ? [] : [`${name(row)}: ${role} got ${answer.status}`]
    })
    expect(wrong).toEqual([])
    expect(await it.db.event.count()).toBe(before)
  })
})

describe('A form of another site', () => {
  const headers: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://example.org' },
  ]

  test.each(headers)('is refused by every route: %j', async (said) => {
    const token = await tokenOf('mo')
    const before = await it.db.event.count()
    const wrong = await allOf(
      MATRIX.filter(({ method }) => method === 'POST'),
      async (row) => {
        const cookie = `stet_session=${token}`
        const sent = { method: 'POST', path: nowhere(row.path), headers: { ...said, cookie }, body: 'a=1' }
        const { status, text } = await asks.plain(sent)
        return status === 403 && text.includes('sent from another site') ? [] : [`${name(row)}: ${status}`]
      },
    )
    expect(wrong).toEqual([])
    expect(await it.db.event.count()).toBe(before)
    expect((await asks.ask({ path: '/claims', token })).status).toBe(200)
  })
})

describe('A draft is its author’s', () => {
  const WHO = ['nobody', 'reader', 'reporter', 'another reporter', 'editor', 'admin', 'disabled'] as const

  test('in every route that changes one', () => {
    const known = new Set(MATRIX.map(name))
    expect(OF_A_DRAFT.map(name).filter((row) => !known.has(row))).toEqual([])
    // A comment or a tag changes nothing that its author wrote.
    const ofClaims = MATRIX.filter(
      ({ path }) => path.startsWith('/claims/:ref/') && !/\/(history|comments|tags)\b/.test(path),
    )
    // Ruling is for editors alone, whose claim it may be.
    const ofEditors = ofClaims.filter(({ may }) => !may.includes('reporter'))
    expect([...OF_A_DRAFT, ...ofEditors].map(name).toSorted()).toEqual(ofClaims.map(name).toSorted())
  })

  test.each(WHO)('not to be changed by the wrong people: %s', async (who) => {
    const person = who === 'another reporter' ? 'ben' : PEOPLE[who]
    const before = await it.db.event.count()
    const isOpen = ['reporter', 'editor', 'admin'].includes(who)
    // Who may is told that the revision is yet to come, so that the draft stays for the next.
    const revision = isOpen ? '999' : '1'
    const wrong = await allOf(OF_A_DRAFT, async (row) => {
      const path = row.path.replace(':ref', 'KZ-1').replace(':id', '1')
      const { status } = await send(person, row, { path, fields: { ...row.fields, revision } })
      const isRight = isOpen
        ? [200, 409, 422].includes(status)
        : who === 'another reporter' || who === 'reader'
          ? status === 403
          : [303, 401].includes(status)
      return isRight ? [] : [`${name(row)}: ${who} got ${status}`]
    })
    expect(wrong).toEqual([])
    expect(await it.db.event.count()).toBe(before)
  })
})

async function tokenOf(person: Name | null): Promise<string> {
  return person ? openSession(it.db, it.people[person].id, 'a test') : ''
}

/** Asks as somebody with a session of their own, since some routes end one; a POST sends an empty form unless it has fields. */
async function send(
  person: Name | null,
  { method }: Pick<Row, 'method'>,
  { path, fields }: { path: string; fields?: Record<string, string> },
): Promise<Answered> {
  const token = await tokenOf(person)
  if (method === 'GET') return asks.ask({ path, token })
  const body = fields ? new URLSearchParams({ requestId: randomUUID(), ...fields }).toString() : ''
  return asks.ask({ method, path, token, body })
}

function nowhere(path: string): string {
  return path.replace(':ref', 'ZZ-999').replace(':code', 'ZZ').replace(/:\w+/g, '999999')
}

/** Whether the guard let a request pass; what the page then says of an empty form or a thing that is not there does not matter here. */
function kindOf(row: Row, { status, headers, text }: Answered): 'passed' | 'sent to sign in' | 'refused' {
  expect(status, `${name(row)} answered ${status}`).toBeLessThan(500)
  if (status === 401 || String(headers.location ?? '').startsWith('/sign-in?to=')) return 'sent to sign in'
  if (status === 403 && text.includes(REFUSAL)) return 'refused'
  return 'passed'
}

/** What `work` answers for all of them, so many at a time. */
async function allOf<T>(rows: readonly T[], work: (row: T) => Promise<string[]>, atOnce = 8): Promise<string[]> {
  const found: string[] = []
  let next = 0
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < rows.length) found.push(...(await work(rows[next++] as T)))
    }),
  )
  return found.toSorted()
}

function name({ method, path }: { method: string; path: string }): string {
  return `${method} ${path}`
}
