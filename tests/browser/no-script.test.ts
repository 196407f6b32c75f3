import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SOURCES } from '../../seeds/sources.ts'
import { BULLETIN } from '../../seeds/texts/official.ts'
import { firstRunLink } from '../../src/accounts/first-run.store.ts'
import { type Desk, desk } from '../support/app.ts'
import {
  type Chrome,
  control,
  expectNoFaults,
  fill,
  go,
  openBrowser,
  type Page,
  press,
  wordsOn,
} from '../support/browser.ts'
import { PASSWORD } from '../support/people.ts'

let it: Desk
let chrome: Chrome
let mo: Page
let eve: Page
let ada: Page
let claimPath: string

beforeAll(async () => {
  ;[it, chrome] = await Promise.all([desk({ people: false }), openBrowser()])
  const without = { script: false } as const
  mo = await chrome.page(it, without)
  eve = await chrome.page(it, without)
  ada = await chrome.page(it, without)
})
afterAll(async () => {
  await chrome.close()
  await it.close()
})
afterEach(expectNoFaults)

let hasStumbled = false
beforeEach(({ skip, onTestFailed }) => {
  if (hasStumbled) skip()
  onTestFailed(() => {
    hasStumbled = true
  })
})

describe('Without script', () => {
  test('the first admin comes in by the link, names the desk, goes out and comes back', async () => {
    await mo.goto('/')
    expect(new URL(mo.url()).pathname).toBe('/first-run')
    await mo.goto((await firstRunLink(it.db, it.address)) ?? '')
    await fill(mo, {
      'Your name': 'Mo Musa',
      'E-mail address': 'mo@example.org',
      Password: PASSWORD,
      'Your time zone': 'Europe/London',
      'The desk’s name': 'Night desk',
    })
    await press(mo, 'Begin')
    expect(await wordsOn(mo)).toContain('This desk is empty')
    expect(await mo.locator('.masthead').innerText()).toContain('Night desk')
    await press(mo, 'Sign out')
    expect(new URL(mo.url()).pathname).toBe('/sign-in')
    await fill(mo, { 'E-mail address': 'mo@example.org', Password: 'quite another one' })
    await press(mo, 'Sign in')
    expect(await mo.title()).toMatch(/^Error: /)
    expect(await control(mo, 'E-mail address').inputValue()).toBe('mo@example.org')
    await fill(mo, { Password: PASSWORD })
    await press(mo, 'Sign in')
    expect(new URL(mo.url()).pathname).toBe('/')
  })

  test('others join by the links that the admin makes', async () => {
    await join_(ada, 'Ada Abel', 'ada@example.org', 'Reporter')
    await join_(eve, 'Eve Egan', 'eve@example.org', 'Editor')
    expect(await control(ada, 'Name').inputValue()).toBe('Ada Abel')
  })

  test('a story is begun, and the desk asks for two reviewers', async () => {
    await mo.goto('/stories/new')
    await fill(mo, { Code: 'KZ', Title: 'Unrest in Kazakhstan', 'Time zone': 'Asia/Almaty' })
    await press(mo, 'Begin the story')
    await go(mo, 'Desk')
    await mo.locator('input[name="reviewers"][value="2"]').check()
    await press(mo, 'Save')
    expect(await mo.locator('input[name="reviewers"][value="2"]').isChecked()).toBe(true)
  })

  test('a text is pasted, and a claim with two attributions is made of it, once for a double click', async () => {
    await ada.goto('/sources/new')
    const { dispatch } = SOURCES
    await fill(ada, { Kind: 'Article', Text: dispatch.text, Title: dispatch.title, 'Printed on': '2022-01-07' })
    await press(ada, 'Add the source')
    await go(ada, 'Record a claim from this source')
    await fill(ada, { Statement: 'At least 26 protesters were killed in Almaty.' })
    await fill(ada.locator('#attribution-0'), {
      Passage: 'The Interior Ministry said on Friday that in Almaty at least 26 protesters were “liquidated”',
      Speaker: 'Interior Ministry',
      'If new, it is': 'Organisation',
      Cue: 'said on Friday',
      'Quoted words': 'liquidated',
    })
    await press(ada, 'Another source or speaker for this claim')
    expect(await control(ada.locator('#attribution-0'), 'Cue').inputValue()).toBe('said on Friday')
    await fill(ada.locator('#attribution-1'), {
      Passage: 'No outside observer has been able to check any of these counts.',
      'How the speaker is named': 'The publication’s own voice',
      'The speaker': 'Denies',
    })
    const save = ada.getByRole('button', { name: 'Save and submit for review' })
    await Promise.all([ada.waitForURL(/\/claims\/KZ-1/), save.dblclick()])
    await ada.waitForLoadState()
    claimPath = new URL(ada.url()).pathname
    expect(await ada.locator('article.attribution').count()).toBe(2)
    expect(await it.db.claim.count()).toBe(1)
    await go(ada.locator('article.attribution').first(), SOURCES.dispatch.title)
    expect(await ada.locator('.annotated mark').count()).toBeGreaterThanOrEqual(2)
  })

  test('an editor takes it up, records what was found, adds evidence and proposes a verdict; another seconds it', async () => {
    await eve.goto('/sources/new')
    await fill(eve, { Kind: 'Dataset', Text: BULLETIN, Title: 'Register of deaths', Publisher: 'City register' })
    await press(eve, 'Add the source')
    await fill(eve, { 'Add it as a new organisation': true })
    await press(eve, 'Add the source')
    await eve.goto(claimPath)
    await press(eve, 'Take up')
    const first = eve.locator('article.attribution').first()
    await first.getByText('Record what was found').click()
    await fill(first, { 'Yes: the original statement was seen': true })
    await press(first, 'Record the finding')
    await go(eve, 'Add evidence')
    await fill(eve, { Source: 'Register of deaths', Supports: true, Document: true })
    await press(eve, 'Add the evidence')
    await eve.locator('#decide > summary').click()
    const form = eve.locator('#decide')
    await fill(form, { Verified: true })
    await press(form, 'Propose this verdict')
    expect(await eve.title()).toMatch(/^Error: /)
    await fill(form, { Rationale: 'The register has a line for each of them.' })
    await press(form, 'Propose this verdict')
    expect(await eve.locator('.proof__state').innerText()).toContain('Awaiting a second')
    await mo.goto(claimPath)
    await press(mo, 'Second')
    expect(await mo.locator('.proof__state').innerText()).toContain('Verified')
    expect(await wordsOn(mo)).toContain('Decided by Eve Egan, seconded by Mo Musa')
  })

  test('the list is filtered by its form, and the verified CSV is taken', async () => {
    await ada.goto('/claims')
    await fill(ada, { Verdict: 'Verified' })
    await press(ada, 'Show')
    expect(await ada.locator('[data-row]').count()).toBe(1)
    await go(ada, 'Exports')
    const link = ada.getByRole('link', { name: 'Take the verified claims' })
    const [download] = await Promise.all([ada.waitForEvent('download'), link.click()])
    const path = join(tmpdir(), `stet-no-script-${process.pid}.csv`)
    await download.saveAs(path)
    const rows: Record<string, string>[] = parse(await readFile(path), { bom: true, columns: true })
    expect(rows).toMatchObject([{ claim: 'KZ-1', verdict: 'verified', seconded_by: 'Mo Musa' }])
  })
})

async function join_(page: Page, name: string, email: string, role: string): Promise<void> {
  await mo.goto('/admin/people')
  await fill(mo.locator('#invite'), { Name: name, 'E-mail address': email, [role]: true })
  await press(mo, 'Make the link')
  const link = new URL(await control(mo, 'The link').inputValue())
  await page.goto(`${it.address}${link.pathname}`)
  await fill(page, { Password: PASSWORD })
  await press(page, 'Join')
  await page.goto('/account')
}
