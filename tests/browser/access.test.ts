import axe from 'axe-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Cast } from '../../seeds/people.ts'
import { firstRunLink } from '../../src/accounts/first-run.store.ts'
import { type Desk, desk } from '../support/app.ts'
import {
  type Chrome,
  control,
  demonstration,
  expectNoFaults,
  fill,
  openBrowser,
  type Page,
  press,
  tokenOf,
} from '../support/browser.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
// Themes and screens change colours and places, and nothing else: after the first look only the rules about these can come out otherwise.
const ON_PLACES = ['target-size', 'scrollable-region-focusable']
const ON_COLOURS = ['color-contrast', 'link-in-text-block', ...ON_PLACES]
const WIDE = { width: 1280, height: 900 }
const NARROW = { width: 320, height: 700 }

let it: Desk
let empty: Desk
let cast: Cast
let chrome: Chrome
let eve: Page
let mo: Page
let rae: Page
let stranger: Page
/** A claim's reference for each stage, verdict and other standing. */
const refs = new Map<string, string>()

beforeAll(async () => {
  const [filled, browser, emptyDesk] = await Promise.all([demonstration(), openBrowser(), desk({ people: false })])
  ;({ it, cast } = filled)
  chrome = browser
  empty = emptyDesk
  eve = await pageWithAxe(it, cast.eve.id)
  mo = await pageWithAxe(it, cast.mo.id)
  rae = await pageWithAxe(it, cast.rae.id)
  stranger = await pageWithAxe(it)
  for (const { ref, stage, verdict, supersededById } of await it.db.claim.findMany({ orderBy: { id: 'desc' } }))
    for (const key of [stage, verdict, supersededById ? 'superseded' : null]) if (key) refs.set(key, ref)
})
afterAll(async () => {
  await chrome.close()
  await Promise.all([it.close(), empty.close()])
})
afterEach(expectNoFaults)

/** A page that has axe on it from its start. */
async function pageWithAxe(at: Desk, accountId?: number): Promise<Page> {
  const page = await chrome.page(at, accountId ? { token: await tokenOf(at, accountId) } : {})
  await page.addInitScript({ content: axe.source })
  return page
}

/** Looks at a page as it stands, everything on it unfolded, in both themes and on both screens. */
async function expectAccess(page: Page): Promise<void> {
  await page.evaluate('for (const part of document.querySelectorAll("details")) part.open = true')
  const found: string[] = []
  const look = async (screen: string, colorScheme: 'light' | 'dark', rules?: string[]) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    found.push(...(await violations(page, rules)).map((fault) => `${screen} ${colorScheme}: ${fault}`))
  }
  await look('wide', 'light')
  await look('wide', 'dark', ON_COLOURS)
  await page.setViewportSize(NARROW)
  await look('narrow', 'dark', ON_COLOURS)
  await look('narrow', 'light', ON_PLACES)
  found.push(...(await page.evaluate<string[]>(WIDER)).map((what) => `wider than the screen: ${what}`))
  await page.setViewportSize(WIDE)
  expect(found, `on ${page.url()}`).toEqual([])
}

async function violations(page: Page, rules?: string[]): Promise<string[]> {
  const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: TAGS }
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'] })
  return page.evaluate<string[]>(`axe.run(document, ${options}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 160) + ' ' + node.failureSummary)))`)
}

// What sticks out where the page scrolls sideways.
const WIDER = `(() => {
  const { scrollWidth } = document.documentElement
  if (scrollWidth <= innerWidth) return []
  const out = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
  return [scrollWidth + ' px', ...out.slice(0, 5).map((element) => element.outerHTML.slice(0, 120))]
})()`

describe('Every page can be used by everybody: an editor’s', () => {
  test.each([
    '/',
    '/claims',
    '/claims?verdict=verified&q=Almaty&figure=yes',
    '/claims?q=nothing+of+the+kind',
    '/claims?from=some+day',
    '/claims/new',
    '/claims/new?from=1',
    '/sources',
    '/sources/1',
    '/sources/16',
    '/sources/new',
    '/sources/1/edit',
    '/sources/1/captures/new',
    '/parties',
    '/parties/1',
    '/parties/1/edit',
    '/parties/new',
    '/stories',
    '/stories/KZ',
    '/stories/new',
    '/stories/KZ/edit',
    '/exports',
    '/exports/claims.csv?preset=verified&asOf=then',
    '/account',
    '/account/sessions',
    '/account/security',
    '/help/workflow',
    '/nowhere',
    '/admin/people',
  ])('%s', async (path) => {
    await eve.goto(path)
    await expectAccess(eve)
  })

  test.each(['draft', 'in_review', 'needs_info', 'awaiting_second', 'closed', 'superseded', 'verified', 'false'])(
    'a claim that is %s',
    async (standing) => {
      await eve.goto(`/claims/${refs.get(standing)}`)
      expect(await eve.locator('.badge').count()).toBeGreaterThan(0)
      await expectAccess(eve)
    },
  )

  test.each(['edit', 'history', 'attributions/new', 'evidence/new'])('a claim’s %s', async (part) => {
    await eve.goto(`/claims/${refs.get('in_review')}/${part}`)
    await expectAccess(eve)
  })

  test('a piece of evidence', async () => {
    const piece = await it.db.evidence.findFirstOrThrow({
      where: { claim: { stage: 'decided' } },
      include: { claim: true },
    })
    await eve.goto(`/claims/${piece.claim.ref}/evidence/${piece.id}/edit`)
    await expectAccess(eve)
  })
})

describe('Every page can be used by everybody: a refused', () => {
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
    await eve.goto(`/claims/${refs.get('in_review')}/evidence/new`)
    await press(eve, 'Add the evidence')
    expect(await eve.locator('.problems').count()).toBe(1)
    await expectAccess(eve)
  })

  test('verdict', async () => {
    await eve.goto(`/claims/${refs.get('in_review')}`)
    await eve.locator('#decide > summary').click()
    await press(eve.locator('#decide'), 'Decide')
    expect(await eve.locator('.problems').count()).toBe(1)
    await expectAccess(eve)
  })

  test('edit of what somebody has changed meanwhile', async () => {
    const path = `/claims/${refs.get('draft')}/edit`
    await Promise.all([eve.goto(path), mo.goto(path)])
    await fill(mo, { Where: 'Almaty, the city' })
    await press(mo, 'Save the changes')
    await fill(eve, { Where: 'Almaty, in the suburbs' })
    await press(eve, 'Save the changes')
    expect(await eve.locator('.conflict').count()).toBe(1)
    await expectAccess(eve)
  })
})

describe('Every page can be used by everybody: an admin’s', () => {
  test.each(['/', '/admin/people', '/admin/desk'])('%s', async (path) => {
    await mo.goto(path)
    await expectAccess(mo)
  })

  test('page of a person', async () => {
    await mo.goto(`/admin/people/${cast.ada.id}`)
    await expectAccess(mo)
  })

  test('invitation, and the page it leads to', async () => {
    await mo.goto('/admin/people')
    await fill(mo.locator('#invite'), { Name: 'Ida Ito', 'E-mail address': 'ida@example.org', Reporter: true })
    await press(mo, 'Make the link')
    await expectAccess(mo)
    const link = new URL(await control(mo, 'The link').inputValue())
    await stranger.goto(link.pathname)
    await expectAccess(stranger)
  })
})

describe('Every page can be used by everybody: a reader’s', () => {
  test.each(['/', '/claims', '/sources', '/stories/KZ', '/claims/new'])('%s', async (path) => {
    await rae.goto(path)
    await expectAccess(rae)
  })

  test('page of a claim from a private source', async () => {
    const { claim } = await it.db.attribution.findFirstOrThrow({
      where: { source: { isPrivate: true } },
      include: { claim: true },
    })
    await rae.goto(`/claims/${claim.ref}`)
    expect(await rae.locator('main').innerText()).toContain('private source')
    await expectAccess(rae)
  })
})

describe('Every page can be used by everybody: a stranger’s', () => {
  test('sign-in, and its refusal', async () => {
    await stranger.goto('/sign-in')
    await expectAccess(stranger)
    await press(stranger, 'Sign in')
    expect(await stranger.locator('.problems').count()).toBe(1)
    await expectAccess(stranger)
  })

  test('first run, with and without the link', async () => {
    const first = await pageWithAxe(empty)
    await first.goto('/first-run')
    await expectAccess(first)
    await first.goto((await firstRunLink(empty.db, empty.address)) ?? '')
    await expectAccess(first)
    await press(first, 'Begin')
    expect(await first.locator('.problems').count()).toBe(1)
    await expectAccess(first)
  })
})
