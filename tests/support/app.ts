/*
 * A desk to test through HTTP: the real application on a database of its own, with the cast of people.ts.
 *
 *   let it: Desk
 *   beforeAll(async () => { it = await desk() })
 *   afterAll(() => it.close())
 *
 *   const page = await visit(it.as('ada'), '/claims')             // 200, and a well-made page
 *   expect(page.words).toContain('No claims yet')                 // `words` is the text without tags, `text` the HTML
 *   const answer = await send(it.as('eve'), '/stories', { code: 'KZ', title: 'Kazakhstan' })
 *   expect(answer.status).toBe(303)
 *   await visit(it.stranger(), '/claims', 303)
 *
 * `send` adds a fresh requestId unless the fields have one; nested fields may be objects and arrays. `it.act('ada')` is an Act for
 * calling a store. A session that a test has ended: `await it.signIn('ada')` answers an agent with a new one.
 */
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { HtmlValidate } from 'html-validate'
import type { Logger } from 'pino'
import request from 'supertest'
import { expect } from 'vitest'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { openSession } from '../../src/accounts/session.store.ts'
import { createApp } from '../../src/app.ts'
import { type Config, readConfig } from '../../src/config.ts'
import type { Act } from '../../src/history/store.ts'
import { openLog } from '../../src/web/log.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { makePeople, type Name, type People } from './people.ts'

export type Agent = ReturnType<typeof request.agent>
export type Answer = request.Response & { words: string }

export type Desk = {
  app: ReturnType<typeof createApp>
  /** Where it listens, for a browser. */
  address: string
  database: TestDatabase
  db: PrismaClient
  config: Config
  people: People
  /** An agent with this person's session. */
  as(name: Name): Agent
  /** The same with a session begun now. */
  signIn(name: Name): Promise<Agent>
  /** An agent with the session of this token. */
  asToken(token: string): Agent
  /** An agent of somebody who is not signed in. */
  stranger(): Agent
  act(name: Name): Act
  close(): Promise<void>
}

/** Opens a desk; `people: false` leaves it without anybody, as on the first run. */
export async function desk(
  given: { people?: boolean; environment?: Record<string, string>; log?: Logger } = {},
): Promise<Desk> {
  const database = await testDatabase()
  const { db } = database
  const config = readConfig({ LOG_LEVEL: 'silent', ...given.environment })
  const app = createApp(database, config, given.log ?? openLog(config.logLevel))
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const people = given.people === false ? ({} as People) : await makePeople(db)
  const tokens = new Map<string, string>()
  for (const [name, { id }] of Object.entries(people)) tokens.set(name, await openSession(db, id, 'a test'))

  const stranger = () => request.agent(address).set('Sec-Fetch-Site', 'same-origin')
  const cookie = config.publicUrl.startsWith('https:') ? '__Host-stet_session' : 'stet_session'
  const withToken = (token: string | undefined) => stranger().set('Cookie', `${cookie}=${token}`)
  return {
    app,
    address,
    database,
    db,
    config,
    people,
    as: (name) => withToken(tokens.get(name)),
    signIn: async (name) => withToken(await openSession(db, people[name].id, 'a test')),
    asToken: withToken,
    stranger,
    act: (name) => ({ actorId: people[name].id, requestId: randomUUID(), digest: randomUUID() }),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await database.close()
    },
  }
}

/** Opens a page and checks that it is well made. */
export async function visit(agent: Agent, path: string, status = 200): Promise<Answer> {
  return checked(await agent.get(path), status)
}

/** What a form may hold. */
export type Fields = { [name: string]: string | number | Fields | Fields[] | string[] }

/** Sends a form as a page would, with a request id. The answer, if it is a page, is checked; its status is the test's to check. */
export async function send(agent: Agent, path: string, fields: Fields = {}): Promise<Answer> {
  const body = new URLSearchParams(flat({ requestId: randomUUID(), ...fields }))
  return checked(await agent.post(path).type('form').send(body.toString()))
}

function flat(fields: object, prefix = ''): [string, string][] {
  return Object.entries(fields).flatMap(([key, value]): [string, string][] => {
    const name = prefix ? `${prefix}[${key}]` : key
    return typeof value === 'object' && value !== null ? flat(value, name) : [[name, String(value)]]
  })
}

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: {
    // The layout's own choices, none of them a fault of HTML.
    'no-trailing-whitespace': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    'void-style': 'off',
    'long-title': 'off',
    // What a change did is announced by a status, whatever element it is.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    'prefer-native-element': ['error', { exclude: ['status'] }],
    'require-sri': 'off',
  },
})

function checked(response: request.Response, status?: number): Answer {
  if (status) expect(response.status, describe(response)).toBe(status)
  expect(response.status, describe(response)).toBeLessThan(500)
  const words = wordsOf(response.text)
  if (response.type === 'text/html' && response.status !== 303) expectWellMade(response.text, words)
  return Object.assign(response, { words })
}

function describe(response: request.Response): string {
  return `${response.request.method} ${response.request.url}: ${response.headers.location ?? wordsOf(response.text ?? '').slice(0, 800)}`
}

/** Checks that a page is valid HTML, is called what its heading says, and shows nothing that only a program would write. */
export function expectWellMade(html: string, words = wordsOf(html)): void {
  const headings = [...html.matchAll(/<h1\b[^>]*>([\s\S]*?)<\/h1>/g)].map(([, inner = '']) => wordsOf(inner))
  expect(headings, 'one h1').toHaveLength(1)
  const title = wordsOf(/<title>([\s\S]*?)<\/title>/.exec(html)?.[1] ?? '')
  expect(title.replace(/^Error: /, ''), 'a title that starts with the h1, or the other way round').toSatisfy(
    (text: string) =>
      text.startsWith(headings[0] ?? '') || (headings[0] ?? '').startsWith(text.replace(/ – Stet$/, '')),
  )
  expect(words).not.toMatch(/\bundefined\b|\[object |\bNaN\b/)
  for (const [form] of html.matchAll(/<form\b[^>]*>/g))
    expect(form, 'a form with an action').toMatch(/ action="\/|method="dialog"/)
  const report = validator.validateStringSync(html)
  const faults = report.results.flatMap((result) =>
    result.messages.map(({ line, message, ruleId }) => `${line}: ${message} (${ruleId})`),
  )
  expect(faults, 'valid HTML').toEqual([])
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#34': '"', '#39': "'", '#x27': "'" }

/** The text of a piece of HTML, white space made single. */
export function wordsOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:!?)])/g, '$1')
    .trim()
}
