/*
 * A desk in a real browser. The browser is the run's; each person has a context of their own.
 *
 *   const chrome = await openBrowser()
 *   const ada = await chrome.page(it, { token: await tokenOf(it, it.people.ada.id) })
 *   await ada.goto('/claims/new')
 *   await fill(ada, { Statement: 'Nine aircraft landed.', Story: 'KZ: Kazakhstan' })
 *   await press(ada, 'Save as a draft')
 *   afterEach(expectNoFaults)
 */
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { seedDemonstration } from '../../seeds/index.ts'
import type { Cast } from '../../seeds/people.ts'
import { openSession } from '../../src/accounts/session.store.ts'
import { type Desk, desk } from './app.ts'

export type { Page } from 'playwright-core'

/** How a page is opened: whose session it has, and on what kind of screen. */
export type Sight = { token?: string; script?: boolean; width?: number; timeZone?: string }

export type Chrome = {
  /** A page of its own context, its addresses relative to the desk's. */
  page(at: Desk, sight?: Sight): Promise<Page>
  close(): Promise<void>
}

/** Connects to the run's browser. */
export async function openBrowser(): Promise<Chrome> {
  const browser = await chromium.connect(inject('chromium'))
  return { page: (at, sight = {}) => openPage(browser, at, sight), close: () => browser.close() }
}

async function openPage(browser: Browser, at: Desk, sight: Sight): Promise<Page> {
  const { token, script = true, width = 1280, timeZone = 'Europe/London' } = sight
  const context = await browser.newContext({
    baseURL: at.address,
    javaScriptEnabled: script,
    viewport: { width, height: 900 },
    timezoneId: timeZone,
    locale: 'en-GB',
  })
  context.setDefaultTimeout(60_000)
  if (token) await context.addCookies([{ name: 'stet_session', value: token, url: at.address }])
  const page = await context.newPage()
  watch(page, at.address)
  return page
}

const faults: string[] = []

/** Whatever no page may ever do: fail in script or against the policy of its headers, answer 5xx, or ask another host for anything. */
function watch(page: Page, address: string): void {
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(`${page.url()}: ${message.text()}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.url()} answered ${response.status()}`)
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(address) && !url.startsWith('data:')) faults.push(`${page.url()} asked ${url}`)
  })
}

/** For afterEach: what pages did that none may do. */
export function expectNoFaults(): void {
  expect(faults.splice(0)).toEqual([])
}

/** A desk filled with the demonstration. */
export async function demonstration(): Promise<{ it: Desk; cast: Cast }> {
  const it = await desk({ people: false })
  const outcome = await seedDemonstration(it.db)
  if (outcome.kind === 'refused') throw new Error(outcome.problems[0]?.message)
  return { it, cast: outcome.value }
}

/** A session of this person's, begun now. */
export function tokenOf({ db }: Desk, accountId: number): Promise<string> {
  return openSession(db, accountId, 'a browser test')
}

/** The first control with this label, whether or not the label says that it is optional. */
export function control(scope: Page | Locator, label: string): Locator {
  const escaped = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return scope.getByLabel(new RegExp(`^${escaped}( \\(optional\\))?$`)).first()
}

/** Fills a form by its labels: text into fields, an option's words into selects, true into boxes and radios. */
export async function fill(scope: Page | Locator, values: Record<string, string | true>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    const field = control(scope, label)
    if (value === true) await field.check()
    else if ((await field.evaluate((element) => element.tagName)) === 'SELECT')
      await field.selectOption({ label: value })
    else await field.fill(value)
  }
}

/** Presses the button of this name and waits for the page that comes. */
export async function press(scope: Page | Locator, name: string): Promise<void> {
  await follow(scope, scope.getByRole('button', { name, exact: true }))
}

/** Goes where the link of this name leads. */
export async function go(scope: Page | Locator, name: string): Promise<void> {
  await follow(scope, scope.getByRole('link', { name, exact: true }))
}

async function follow(scope: Page | Locator, target: Locator): Promise<void> {
  const page = 'page' in scope ? scope.page() : scope
  await Promise.all([page.waitForEvent('load'), target.click()])
}

/** The text of the page's main part, white space made single. */
export async function wordsOn(page: Page): Promise<string> {
  return (await page.locator('main').innerText()).replace(/\s+/g, ' ')
}
