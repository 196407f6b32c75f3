/*
 * What a desk does with what nobody would type: every route and field, found from the router and from the pages' own forms, with the
 * values of values.ts. `FUZZ_REQUESTS=100000 npx vitest run tests/hostile/fuzz.test.ts` walks on for so many requests; a failure says
 * what was sent, and `FUZZ_SEED` sets the seed of the walk.
 */
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seedDemonstration } from '../../seeds/index.ts'
import { firstRunLink } from '../../src/accounts/first-run.store.ts'
import { COLUMNS } from '../../src/decisions/row.ts'
import { type Desk, desk, send } from '../support/app.ts'
import { insertProposal } from '../support/behind.ts'
import { type Route, routesOf } from '../support/routes.ts'
import { type Apart, serverApart } from './apart.ts'
import { formsOf } from './forms.ts'
import { faultsOfRecord } from './record.ts'
import { ALONE, BODIES, escaped, LARGE, SHAPES, VALUES, type Value } from './values.ts'
import { addressesOf, bodyOf, type Found, fieldsOf, findForms, type Walker, walker } from './walk.ts'

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 1300)
const SEED = Number(process.env.FUZZ_SEED ?? 20_220_107)
const AT_ONCE = 6
// Long walks are taken through a server of its own, whose memory is watched.
const isLong = REQUESTS >= 10_000
const LONG = REQUESTS * 100 + 120_000
const PRESETS = ['verified', 'attributed']
const METHODS = ['GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']
// Every parameter that some page reads.
const QUERIES =
  'q type story stage verdict speaker source assignee figure from to sort after before capture start end signedOut preset asOf passage url token to kind email page'.split(
    ' ',
  )

let it: Desk
let walk: Walker
let routes: Route[]
let forms: Found[]
let apart: Apart | null
const addresses = new Map<Route, string[]>()

beforeAll(async () => {
  it = await desk()
  const seeded = await seedDemonstration(it.db)
  if (seeded.kind === 'refused') throw new Error(seeded.problems[0]?.message)
  await propose()
  await findAlike()
  await moveOne()
  routes = routesOf(it.app)
  apart = isLong ? await serverApart(it) : null
  walk = await walker(it, apart?.address)
  forms = await findForms(it, walk, routes)
  for (const route of routes) addresses.set(route, await addressesOf(it, route))
}, 120_000)
afterAll(async () => {
  walk.requests.close()
  await apart?.close()
  await it.close()
})

describe('The walk', () => {
  test('knows a form for every route that takes one', () => {
    const met = new Set(forms.map(({ route }) => route))
    const posts = routes.filter(({ method }) => method === 'POST').map(({ method, path }) => `${method} ${path}`)
    expect(posts.filter((route) => !met.has(route)).toSorted()).toEqual(WITHOUT_FORM)
    expect([...met].filter((route) => route.endsWith('nowhere'))).toEqual([])
  })

  test('meets every field with something it does not expect, one of text with what is promised', {
    timeout: LONG,
  }, async () => {
    const steps = forms.flatMap((found, at) =>
      fieldsOf(found.form).flatMap((field, of) => {
        const [isText, nth] = [isTextIn(found.form, field), at * 7 + of * 13]
        const values = isText && isLong ? [...ALONE, ...LARGE] : isText ? [nthOf(ALONE, nth)] : [nthOf(VALUES, nth)]
        const shape = !isText && of % 5 === 4 ? of : null
        return values.map((value) => async () => {
          const form = isLong ? await formNow(found) : found.form
          await sendField(form, { field, value, shape, button: isText ? 0 : of })
        })
      }),
    )
    await allOf(steps)
    expect(walk.faults).toEqual([])
  })

  test('meets every form with each value in all of its fields', { timeout: LONG }, async () => {
    const isShort = !isLong
    const steps = forms.flatMap((found, at) =>
      VALUES.filter((_, of) => !isShort || (at + of) % 40 === 0).map((value, of) => () => sendAll(found, value, of)),
    )
    await allOf(steps)
    expect(walk.faults).toEqual([])
  })

  test('meets every route with bodies that are no form', { timeout: LONG }, async () => {
    const posts = routes.filter(({ method }) => method === 'POST')
    const steps = posts.flatMap((route, at) =>
      BODIES.filter((_, of) => isLong || (at + of) % 4 === 0).map((odd) => async () => {
        const [path = '/'] = addresses.get(route) ?? []
        await walk.post(path, odd.body, odd.headers)
      }),
    )
    await allOf(steps)
    expect(walk.faults).toEqual([])
  })

  test('meets large texts', { timeout: LONG }, async () => {
    await allOf(
      forms
        .filter(({ route }, at) => route.startsWith('POST') && (isLong || at % 2 === 0))
        .map((found, at) => () => sendAll(found, LARGE[at % LARGE.length] as Value, at)),
    )
    expect(walk.faults).toEqual([])
  })

  test('goes on wherever it likes, and finds no fault', { timeout: LONG }, async () => {
    const plan = fc.sample(STEP, { numRuns: REQUESTS, seed: SEED })
    const memory: number[] = []
    // However much the forms took, some of it is walked freely.
    const most = Math.max(REQUESTS, walk.requests.count() + 200)
    let seen = 0
    let next = 0
    const ways = Array.from({ length: AT_ONCE }, async () => {
      while (walk.requests.count() < most && next < plan.length && walk.faults.length < 5) {
        await take(plan[next++] as Step)
        if (apart && walk.requests.count() >= seen + REQUESTS / 20) {
          seen = walk.requests.count()
          memory.push(apart.megabytes())
          console.log(`${seen} requests, ${memory.at(-1)} MB`)
        }
      }
    })
    await Promise.all(ways)
    expect(walk.faults).toEqual([])
    // The second half of a long walk takes no more memory than the first did.
    const half = Math.floor(memory.length / 2)
    if (half) expect(Math.max(...memory.slice(half))).toBeLessThan(Math.max(...memory.slice(0, half)) * 1.3)
  })
})

describe('After it', () => {
  test('the record holds: every subject is where its last event left it', async () => {
    expect(await faultsOfRecord(it.database.pool)).toEqual([])
  })

  test('what was typed got in, and is shown by every page as text', { timeout: LONG }, async () => {
    const typed = await it.db.event.count({ where: { actorId: it.people.mo.id } })
    expect(typed).toBeGreaterThan(20)
    const [events, requests] = [await it.db.event.count(), await it.db.request.count()]
    const pages = await everyPage()
    await allOf(
      pages.map((path) => async () => {
        const { status } = await walk.ask({ path })
        // Some things can no longer be changed at their stage, and some pages are for strangers.
        if (![200, 303, 403, 404, 410].includes(status)) walk.faults.push(`${path}: ${status}`)
      }),
    )
    expect(walk.faults).toEqual([])
    expect(pages.length).toBeGreaterThan(100)
    // And looking changed nothing.
    expect(await it.db.event.count()).toBe(events)
    expect(await it.db.request.count()).toBe(requests)
  })

  test('the files compute nothing, break nowhere, and have a row for every claim', async () => {
    const queries = [
      '',
      ...PRESETS.map((preset) => `?preset=${preset}`),
      `?preset=verified&asOf=${new Date(Date.now() - 120_000).toISOString()}`,
      '?sort=ref',
      '?stage=decided',
    ]
    const figures = (await it.db.question.findMany({ select: { id: true } })).map(
      ({ id }) => `/questions/${id}/figures.csv`,
    )
    expect(gets().filter(({ path }) => path.endsWith('.csv')).length).toBe(2)
    for (const path of [...queries.map((query) => `/exports/claims.csv${query}`), ...figures]) {
      const { text, status, headers } = await walk.ask({ path })
      expect([status, headers['content-type']], path).toEqual([200, 'text/csv; charset=utf-8; header=present'])
      expect(headers['content-disposition'], path).toMatch(/^attachment; filename="[\w.-]+"$/)
      const rows: string[][] = parse(text, { bom: true, relax_column_count: false })
      const [head = [], ...lines] = rows
      if (path.startsWith('/exports')) expect(head).toEqual([...COLUMNS])
      if (path === '/exports/claims.csv') expect(lines.length).toBe(await it.db.claim.count())
      const cells = lines
        .flat()
        .filter((cell) => /^[\s']*[=+\-@＝＋－＠]/.test(cell) && !/^('|-?\d+(\.\d+)?$)/.test(cell))
      expect(cells).toEqual([])
      expect(lines.flat().filter((cell) => cell.includes('\0'))).toEqual([])
    }
  })

  test('what a page asks for while somebody types is JSON, and nothing a browser would run', async () => {
    const asked = ['/parties/suggestions?q', '/questions/suggestions?q', '/questions/reading?words']
    const values = ['<script>', 'a', '"', '%00', '\u202E', '26%']
    for (const [path, q] of asked.flatMap((path) => values.map((q) => [path, q] as const))) {
      const { headers, text } = await walk.ask({ path: `${path}=${encodeURIComponent(q)}` })
      expect(headers['content-type']).toBe('application/json; charset=utf-8')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(typeof JSON.parse(text)).toBe('object')
    }
  })

  test('only what a full queue turns away was told to come again', () => {
    if (isLong) console.log(`seed ${SEED}, ${walk.requests.count()} requests:`, Object.fromEntries(walk.statuses))
    const served = walk.requests.count() - (walk.statuses.get(503) ?? 0)
    expect(served / walk.requests.count()).toBeGreaterThan(0.999)
  })
})

describe('A desk of nobody', () => {
  test('takes nothing odd for its first admin', async () => {
    const empty = await desk({ people: false })
    try {
      const link = new URL((await firstRunLink(empty.db, empty.address)) ?? '')
      const page = await fetch(link)
      const [form] = formsOf(await page.text())
      if (!form) throw new Error('There is no form')
      for (const [at, value] of VALUES.entries()) {
        const field = fieldsOf(form)[at % fieldsOf(form).length] ?? ''
        const body = bodyOf(form, new Map([[field, `${field}=${value.encoded}`]]))
        const headers = { 'content-type': 'application/x-www-form-urlencoded' }
        const answer = await fetch(new URL('/first-run', empty.address), { method: 'POST', headers, body })
        expect([410, 422]).toContain(answer.status)
      }
      expect(await empty.db.account.count()).toBe(0)
    } finally {
      await empty.close()
    }
  })
})

// Of strangers and of empty desks, whose pages are not open to whoever runs a desk.
const WITHOUT_FORM = ['POST /admin/demonstration', 'POST /first-run', 'POST /invitations/:token', 'POST /sign-in']

type Step =
  | { kind: 'field'; form: number; field: number; value: number; shape: number | null; button: number }
  | { kind: 'all'; form: number; value: number; button: number }
  | { kind: 'path'; route: number; value: number; method: number }
  | { kind: 'query'; route: number; values: [number, number][] }
  | { kind: 'body'; route: number; body: number }

const any = fc.nat(10_000)
const STEP: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('field'),
      form: any,
      field: any,
      value: any,
      shape: fc.option(any),
      button: any,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('all'), form: any, value: any, button: any }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('path'), route: any, value: any, method: any }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('query'),
      route: any,
      values: fc.array(fc.tuple(any, any), { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('body'), route: any, body: any }) },
) as fc.Arbitrary<Step>

async function take(step: Step): Promise<void> {
  if (step.kind === 'field') {
    const form = await formNow(nthOf(forms, step.form))
    const value = step.value % 200 === 0 ? nthOf(LARGE, step.value / 200) : nthOf(VALUES, step.value)
    return sendField(form, {
      field: nthOf(fieldsOf(form), step.field),
      value,
      shape: step.shape,
      button: step.button,
    })
  }
  if (step.kind === 'all') return sendAll(nthOf(forms, step.form), nthOf(VALUES, step.value), step.button)
  if (step.kind === 'body') {
    const { body, headers } = nthOf(BODIES, step.body)
    const path = addressOf(nthOf(posts(), step.route), step.body)
    return void (await walk.post(path, body, headers))
  }
  if (step.kind === 'path') {
    const value = escaped(nthOf(VALUES, step.value).encoded).slice(0, 4000)
    const { path } = nthOf(routes, step.route)
    const address = path.includes(':') ? path.replace(/:\w+/g, value || '%20') : `${path}/${value}`
    const method = nthOf(METHODS, step.method)
    return void (await walk.ask({ method, path: address, ...(method === 'POST' ? { body: 'a=1' } : {}) }))
  }
  const path = addressOf(nthOf(gets(), step.route), step.values.length)
  const query = step.values.map(
    ([name, value]) => `${nthOf(QUERIES, name)}=${escaped(nthOf(VALUES, value).encoded).slice(0, 2500)}`,
  )
  await walk.ask({ path: `${path}?${query.join('&')}` })
}

/** Sends a form with one field said otherwise. */
async function sendField(
  form: Found['form'],
  given: { field: string; value: Value; shape: number | null; button: number },
): Promise<void> {
  const name = encodeURIComponent(given.field)
  const shape = given.shape === null || given.value.isLarge ? null : nthOf(SHAPES, given.shape)
  const said = shape ? shape.said(name, given.value.encoded) : `${name}=${given.value.encoded}`
  await sendForm(form, bodyOf(form, new Map([[given.field, said]]), given.button))
}

/** The same with every field of text said otherwise; hidden ones and choices stay, so that more of it gets in. */
async function sendAll(found: Found, value: Value, button: number): Promise<void> {
  const form = await formNow(found)
  const texts = textsOf(form)
  const share = value.isLarge ? texts.slice(button % Math.max(1, texts.length)).slice(0, 1) : texts
  const instead = new Map(share.map(([name]) => [name, `${encodeURIComponent(name)}=${value.encoded}`]))
  await sendForm(form, bodyOf(form, instead, button))
}

function textsOf(form: Found['form']): [string, string][] {
  return form.fields.filter(([name]) => isTextIn(form, name))
}

function isTextIn({ fields }: Found['form'], name: string): boolean {
  return !KEPT.test(name) && fields.some(([other]) => other === name)
}

const KEPT =
  /revision|requestId|kind|naming|position|story|stance|basis|verdict|timeZone|theme|density|role|reviewers|access|intent|action|finding\]|because|comparator|code|^(event|capture|decision|ground|whole|everywhere|answer|type)$/

async function sendForm(form: Found['form'], body: string): Promise<void> {
  if (form.method.toLowerCase() === 'post') await walk.post(form.action, body)
  else await walk.ask({ path: `${form.action}?${escaped(body)}`.slice(0, 12_000) })
}

async function formNow(found: Found): Promise<Found['form']> {
  const { text } = await walk.ask({ path: found.page })
  const now = formsOf(text)
  return now.find(({ action }) => action === found.form.action) ?? found.form
}

async function allOf(steps: readonly (() => Promise<void>)[]): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < steps.length && walk.faults.length < 5) await (steps[next++] as () => Promise<void>)()
    }),
  )
}

/** Two sources that count as one origin. */
async function findAlike(): Promise<void> {
  const [first, second] = await it.db.source.findMany({ orderBy: { id: 'asc' }, take: 2, select: { id: true } })
  if (!first || !second) throw new Error('The demonstration has two sources')
  await it.db.sourceLikeness.create({ data: { firstId: first.id, secondId: second.id, by: 'text', share: 100 } })
}

/** A redaction that waits for a second admin's answer. */
async function propose(): Promise<void> {
  const { id: eventId } = await it.db.event.findFirstOrThrow({ orderBy: { id: 'desc' } })
  await insertProposal(it.database, { eventId, proposedById: it.people.sam.id })
}

/** A move of the walker's own, which can be undone, with a comment on it and a relation; and a view. */
async function moveOne(): Promise<void> {
  const { ref, revision } = await it.db.claim.findFirstOrThrow({ where: { stage: 'submitted' } })
  // Of two others: what is related last can no longer be undone.
  const asked = await it.db.claim.findFirstOrThrow({ where: { stage: 'needs_info' } })
  const draft = await it.db.claim.findFirstOrThrow({ where: { stage: 'draft' } })
  const related = { type: 'updates', to: draft.ref, revision: asked.revision }
  const made = [
    await send(it.as('mo'), `/claims/${ref}/moves`, { action: 'take_up', revision }),
    await send(it.as('mo'), `/claims/${ref}/comments`, { comment: 'Who has rung them?' }),
    await send(it.as('mo'), `/claims/${asked.ref}/relations`, related),
    await send(it.as('mo'), '/views', { name: 'Drafts', list: 'claims', query: 'stage=draft' }),
  ]
  expect(made.map(({ status }) => status)).toEqual([303, 303, 303, 303])
}

/** Every page of everything that the desk now holds. */
async function everyPage(): Promise<string[]> {
  const pages = await Promise.all(
    gets()
      .filter(({ path }) => !path.endsWith('.csv'))
      .map((route) => addressesOf(it, route, true)),
  )
  // Of many, some: it is what they show that matters, not how many there are.
  return pages.flatMap((some) => {
    const each = isLong ? Math.ceil(some.length / 1500) : Math.ceil(some.length / 40)
    return some.filter((_, at) => at % each === 0)
  })
}

function addressOf(route: Route, at: number): string {
  return nthOf(addresses.get(route) ?? ['/'], at)
}

function posts(): Route[] {
  return routes.filter(({ method }) => method === 'POST')
}

function gets(): Route[] {
  return routes.filter(({ method }) => method === 'GET')
}

function nthOf<T>(list: readonly T[], at: number): T {
  return list[Math.abs(Math.floor(at)) % list.length] as T
}
