import type { APIResponse } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Cast } from '../../seeds/people.ts'
import { firstRunLink } from '../../src/accounts/first-run.store.ts'
import { MATRIX, type Role } from '../role-matrix.ts'
import { type Desk, desk, expectWellMade } from '../support/app.ts'
import { changeUnguarded, insertProposal } from '../support/behind.ts'
import {
  type Chrome,
  control,
  demonstration,
  expectNoFaults,
  fill,
  openBrowser,
  type Page,
  press,
} from '../support/browser.ts'
import { PASSWORD } from '../support/people.ts'
import { routesOf } from '../support/routes.ts'
import { ADDRESSES, NO_PAGES } from './addresses.ts'
import { expectAccess, pageWithAxe } from './looks.ts'

type Seer = Exclude<Role, 'disabled'>

let it: Desk
let empty: Desk
let cast: Cast
let chrome: Chrome
let eve: Page
let mo: Page
let pages: Record<Seer, Page>
let ben: Page
/** References and numbers by the names that addresses have for them. */
const named = new Map<string, string>()
/** Which reporter a thing is whose name begins with "own". */
const owners = new Map<string, 'ada' | 'ben'>()

beforeAll(async () => {
  const [filled, browser, emptyDesk] = await Promise.all([demonstration(), openBrowser(), desk({ people: false })])
  ;({ it, cast } = filled)
  chrome = browser
  empty = emptyDesk
  pages = {
    nobody: await pageWithAxe(chrome, it),
    reader: await pageWithAxe(chrome, it, cast.rae.id),
    reporter: await pageWithAxe(chrome, it, cast.ada.id),
    editor: await pageWithAxe(chrome, it, cast.eve.id),
    admin: await pageWithAxe(chrome, it, cast.mo.id),
  }
  ben = await pageWithAxe(chrome, it, cast.ben.id)
  eve = pages.editor
  mo = pages.admin
  await nameThings()
})
afterAll(async () => {
  await chrome.close()
  await Promise.all([it.close(), empty.close()])
})
afterEach(expectNoFaults)

async function nameThings(): Promise<void> {
  const claims = await it.db.claim.findMany({
    orderBy: { id: 'desc' },
    include: { attributions: { include: { source: true } }, evidence: true },
  })
  const reporters = new Map((['ada', 'ben'] as const).map((name) => [cast[name].id, name]))
  const own = (what: string, thing: string, by: number) => {
    const owner = reporters.get(by)
    if (!owner) return
    named.set(what, thing)
    owners.set(what, owner)
  }
  for (const { ref, stage, verdict, supersededById, authorId, attributions, evidence } of claims) {
    for (const key of [stage, verdict, supersededById && 'superseded']) if (key) named.set(key, ref)
    own(`own ${stage}`, ref, authorId)
    if (attributions.some(({ source }) => source.isPrivate)) named.set('private', ref)
    if (stage === 'in_review' && attributions[0]) named.set('attribution', `${attributions[0].id}`)
    for (const { id, addedById } of evidence) {
      if (stage === 'decided') named.set('piece', `${ref}/evidence/${id}`)
      else own('own piece', `${ref}/evidence/${id}`, addedById)
    }
  }
  for (const name of ['ada', 'mo'] as const) named.set(name, `${cast[name].id}`)
  const id = await insertProposal(it.database, { captureId: 1, proposedById: cast.sam.id })
  named.set('redaction', `${id}`)
  const talkedAbout = await it.db.claim.findUniqueOrThrow({ where: { ref: addressOf('{in_review}') } })
  const at = new Date()
  const decided = await it.db.claim.findUniqueOrThrow({ where: { ref: addressOf('{verified}') } })
  const related = `${talkedAbout.id}, ${decided.id}, ${cast.ada.id}, now()`
  await changeUnguarded(
    it.database,
    `insert into relation (from_id, to_id, added_by_id, created_at, type, note)
     values (${related}, 'updates', 'The later count of the same ministry, by the same measure.'), (${related}, 'narrows', '')`,
  )
  const said = { claimId: talkedAbout.id, at }
  await it.db.comment.createMany({
    data: [
      { ...said, authorId: cast.ada.id, text: 'Is this the dispatch’s own count?' },
      { ...said, authorId: cast.eve.id, text: 'It is the ministry’s.', resolvedAt: at, resolvedById: cast.ada.id },
    ],
  })
}

function addressOf(pattern: string): string {
  return pattern.replace(/\{(.+?)\}/g, (_, name: string) => {
    const thing = named.get(name)
    if (!thing) throw new Error(`The demonstration has nothing that is called ${name}`)
    return thing
  })
}

/** Every kind of element, by what it stands in, that was looked at. A page that has no other ones shows nothing new to look at. */
const looked = new Set<string>()

function isNew(html: string): boolean {
  const before = looked.size
  for (const kind of kindsOf(html)) looked.add(kind)
  return looked.size > before
}

const EMPTY = ['br', 'hr', 'img', 'input', 'link', 'meta']

/** The elements of a page as paths of names and classes. It is valid, so that every element is closed, and no attribute holds a ">". */
function kindsOf(html: string): string[] {
  const within: string[] = []
  return [...html.matchAll(/<(\/?)([a-z]\w*)([^>]*)>/g)].flatMap(([, closes, name = '', attributes = '']) => {
    if (closes) {
      within.pop()
      return []
    }
    const classes = / class="([^"]*)"/.exec(attributes)?.[1] ?? ''
    const path = [...within, `${name}.${classes}`]
    if (!EMPTY.includes(name)) within.push(`${name}.${classes}`)
    return [path.join(' ')]
  })
}

async function look(page: Page, address: string): Promise<APIResponse> {
  const answer = await page.request.get(address)
  const html = await answer.text()
  expectWellMade(html)
  if (!isNew(html)) return answer
  await page.goto(address)
  await expectAccess(page)
  return answer
}

describe('Every page can be used by everybody', () => {
  test('and none is left out: every address of the router is looked at', () => {
    const addresses = routesOf(it.app).flatMap(({ method, path }) => (method === 'GET' ? [path] : []))
    expect([...Object.keys(ADDRESSES), ...NO_PAGES].toSorted()).toEqual([...new Set(addresses)].toSorted())
  })

  for (const role of ['nobody', 'reporter', 'editor', 'admin', 'reader'] as const)
    describe(`${role === 'nobody' ? 'a stranger' : `${role === 'editor' || role === 'admin' ? 'an' : 'a'} ${role}`}:`, () => {
      const theirs = MATRIX.filter(({ method, path, may }) => method === 'GET' && ADDRESSES[path] && may.includes(role))
      const shown = new Set<string>()
      const addresses = theirs.flatMap(({ path }) => (ADDRESSES[path] ?? []).map((pattern) => [pattern, path] as const))
      test.each(addresses)('%s', async (pattern, path) => {
        const isBens = role === 'reporter' && owners.get(/\{(.+?)\}/.exec(pattern)?.[1] ?? '') === 'ben'
        const answer = await look(isBens ? ben : pages[role], addressOf(pattern))
        if (answer.status() === 200) shown.add(path)
      })

      test('each of these pages itself, not a refusal alone', () => {
        const withoutPage = ['/invitations/:token', '/exports/claims.csv']
        expect(theirs.flatMap(({ path }) => (shown.has(path) || withoutPage.includes(path) ? [] : [path]))).toEqual([])
      })

      test('an address that leads nowhere', async () => {
        await look(pages[role], '/nowhere')
      })
    })

  test('a page that a role does not allow', async () => {
    expect((await look(pages.reader, '/claims/new')).status()).toBe(403)
  })
})

describe('What is refused can be used by everybody: a', () => {
  test('new claim', async () => {
    await eve.goto('/claims/new')
    await fill(eve, { 'When it is about': 'some day', Language: '?' })
    await press(eve, 'Save and submit for review')
    expect(await eve.locator('.problems').count()).toBe(1)
    await expectAccess(eve)
  })

  test('source', async () => {
    await eve.goto('/sources/new')
    await fill(eve, { Address: 'nowhere' })
    await press(eve, 'Add the source')
    expect(await eve.locator('.problems').count()).toBe(1)
    await expectAccess(eve)
  })

  test('piece of evidence', async () => {
    await eve.goto(`/claims/${named.get('in_review')}/evidence/new`)
    await press(eve, 'Add the evidence')
    expect(await eve.locator('.problems').count()).toBe(1)
    await expectAccess(eve)
  })

  test('verdict', async () => {
    await eve.goto(`/claims/${named.get('in_review')}`)
    await eve.locator('#decide > summary').click()
    await press(eve.locator('#decide'), 'Decide')
    expect(await eve.locator('.problems').count()).toBe(1)
    await expectAccess(eve)
  })

  test('edit of what somebody has changed meanwhile', async () => {
    const path = `/claims/${named.get('draft')}/edit`
    await Promise.all([eve.goto(path), mo.goto(path)])
    await fill(mo, { Where: 'Almaty, the city' })
    await press(mo, 'Save the changes')
    await fill(eve, { Where: 'Almaty, in the suburbs' })
    await press(eve, 'Save the changes')
    expect(await eve.locator('.conflict').count()).toBe(1)
    await expectAccess(eve)
  })
})

describe('So can what is seen once:', () => {
  test('an invitation, and the page it leads to', async () => {
    const stranger = pages.nobody
    await mo.goto('/admin/people')
    await fill(mo.locator('#invite'), { Name: 'Ida Ito', 'E-mail address': 'ida@example.org', Reporter: true })
    await press(mo, 'Make the link')
    await expectAccess(mo)
    const link = new URL(await control(mo, 'The link').inputValue())
    await stranger.goto(link.pathname)
    await expectAccess(stranger)
  })

  test('a refused sign-in', async () => {
    const stranger = pages.nobody
    await stranger.goto('/sign-in')
    await press(stranger, 'Sign in')
    expect(await stranger.locator('.problems').count()).toBe(1)
    await expectAccess(stranger)
  })

  test('what was typed when the session had ended', async () => {
    const late = await pageWithAxe(chrome, it, cast.sam.id)
    await late.goto('/stories/new')
    await fill(late, { Code: 'LATE', Title: 'A title that would be a pity to lose' })
    await late.context().clearCookies()
    await press(late, 'Begin the story')
    expect(await late.locator('.fault').innerText()).toContain('A title that would be a pity to lose')
    await expectAccess(late)
  })

  test('the first run with and without its link, and the empty desk after it', async () => {
    const first = await pageWithAxe(chrome, empty)
    await first.goto('/first-run')
    await expectAccess(first)
    await first.goto((await firstRunLink(empty.db, empty.address)) ?? '')
    await expectAccess(first)
    await press(first, 'Begin')
    expect(await first.locator('.problems').count()).toBe(1)
    await expectAccess(first)
    await fill(first, {
      'Your name': 'Mo Musa',
      'E-mail address': 'mo@example.org',
      Password: PASSWORD,
      'Your time zone': 'Europe/London',
      'The desk’s name': 'Night desk',
    })
    await press(first, 'Begin')
    for (const path of ['/', '/claims', '/sources', '/parties', '/stories', '/exports']) await look(first, path)
  })
})
