import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SOURCES } from '../../seeds/sources.ts'
import { BULLETIN } from '../../seeds/texts/official.ts'
import { firstRunLink } from '../../src/accounts/first-run.store.ts'
import { MATRIX } from '../role-matrix.ts'
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
  tokenOf,
  wordsOn,
} from '../support/browser.ts'
import { makeAdmin, PASSWORD } from '../support/people.ts'

let it: Desk
let chrome: Chrome
let mo: Page
let eve: Page
let ada: Page
let claimPath: string

beforeAll(async () => {
  ;[it, chrome] = await Promise.all([desk({ people: false }), openBrowser()])
  mo = await without()
  eve = await without()
  ada = await without()
})
afterAll(async () => {
  await chrome.close()
  await it.close()
})
afterEach(expectNoFaults)

/** Every form that was sent, as the routes of the matrix. */
const sent = new Set<string>()

/** A page without script that remembers what it sends. */
async function without(at = it): Promise<Page> {
  const page = await chrome.page(at, { script: false })
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.add(new URL(request.url()).pathname)
  })
  return page
}

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
    // The second click ends the first one's navigation, which waiting for it would take for a fault.
    await save.dblclick()
    await expect.poll(() => new URL(ada.url()).pathname, { timeout: 20_000 }).toBe('/claims/KZ-1')
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

  test('what was recorded is mended: claim, attribution, evidence, relation, source with its text, party, story', async () => {
    await ada.goto('/claims/new')
    await fill(ada, { Statement: 'Nine aircraft landed at Almaty.' })
    await fill(ada.locator('#attribution-0'), { Source: '#1', Speaker: 'Interior Ministry' })
    await press(ada, 'Save as a draft')
    await press(ada, 'Submit for review')
    await press(ada, 'Undo my last move')
    expect(await wordsOn(ada)).toContain('Draft')
    await fill(ada, { 'Your comment': 'Were there not ten?' })
    await press(ada, 'Comment')
    await press(ada, 'Resolve the comment of Ada Abel')
    expect(await wordsOn(ada)).toContain('Resolved by Ada Abel')
    await go(ada, 'Edit the claim')
    await fill(ada, { Where: 'Almaty' })
    await press(ada, 'Save the changes')
    await go(ada, 'Add an attribution')
    await fill(ada, { Source: '#2', 'How the speaker is named': 'The publication’s own voice' })
    await press(ada, 'Add the attribution')
    expect(await ada.locator('article.attribution').count()).toBe(2)
    await go(ada, 'Add evidence')
    await fill(ada, { Source: '#2', Context: true, Document: true })
    await press(ada, 'Add the evidence')
    await ada.locator('.evidence a', { hasText: 'Edit' }).click()
    await fill(ada, { Note: 'A register of its own.' })
    await press(ada, 'Save the evidence')
    expect(await wordsOn(ada)).toContain('A register of its own.')
    await go(ada, 'Relate to another claim')
    await fill(ada, { Updates: true, 'Which claim': 'KZ-1', Note: 'A day later.' })
    await press(ada, 'Relate the claims')
    const relations = ada.locator('.relations')
    expect(await relations.innerText()).toMatch(/Updates\s+KZ-1/)
    await relations.locator('summary').click()
    await fill(relations, { Why: 'They are two questions.' })
    await press(relations, 'Remove the relation')
    expect(await relations.innerText()).not.toContain('KZ-1')

    await ada.goto('/sources')
    await fill(ada.locator('main'), { 'Title, address or publisher': 'register' })
    await press(ada, 'Find')
    await go(ada, 'Register of deaths')
    await go(ada, 'Edit')
    await fill(ada, { Byline: 'The registrar' })
    await press(ada, 'Save')
    await go(ada, 'Paste the text again as it stands now')
    await fill(ada, { Text: `${BULLETIN}\n\nAnother line.` })
    await press(ada, 'Keep this text')
    expect(await wordsOn(ada)).toContain('Another line.')
    const address = 'https://reprint.example.org/register'
    await eve.goto('/sources/new')
    await fill(eve, { Kind: 'Dataset', Address: address, Text: `${BULLETIN}\n\nA last line.`, Title: 'A reprint' })
    await press(eve, 'Add the source')
    const twins = eve.locator('section[aria-labelledby="origins"]')
    await twins.locator('summary').first().click()
    await fill(twins, { Why: 'Each counted for itself.' })
    await press(twins, 'Count them as two origins')
    expect(await wordsOn(eve)).toContain('Counted as two origins: Each counted for itself.')

    await ada.goto('/parties/new')
    await ada.getByLabel('Person', { exact: true }).check()
    await fill(ada, { Name: 'Aigerim B.' })
    await press(ada, 'Add')
    await go(ada, 'Edit')
    await fill(ada, { Note: 'Met in Almaty.' })
    await press(ada, 'Save')
    expect(await wordsOn(ada)).toContain('Met in Almaty.')

    await eve.goto('/stories/KZ/edit')
    await fill(eve, { Summary: 'January 2022.' })
    await press(eve, 'Save')
    expect(await wordsOn(eve)).toContain('January 2022.')
  })

  test('a question is put and edited, a figure is worked out, and a claim is split in two', async () => {
    const asked = {
      'What is counted': 'deaths',
      'In which place': 'Almaty',
      'Of what time': 'January 2022',
      Unit: 'people',
    }
    await ada.goto('/stories/KZ')
    await go(ada, 'New question')
    await fill(ada, {
      Question: 'How many were killed?',
      'Of whom, of what': 'people',
      ...asked,
      'Yes, it is a running total': true,
    })
    await press(ada, 'Put the question')
    expect(await wordsOn(ada)).toContain('No figure yet')
    await eve.goto(new URL(ada.url()).pathname)
    await go(eve, 'Edit')
    await fill(eve, { Unit: 'persons' })
    await press(eve, 'Save')
    expect(await wordsOn(eve)).toContain('in persons')

    await go(ada, 'New figure')
    await fill(ada, { Statement: 'At least 26 people and 18 guards were killed.', 'As printed': 'at least 26' })
    await press(ada, 'Work out the numbers')
    expect(await control(ada, 'Number, or lower number').inputValue()).toBe('26')
    expect(await wordsOn(ada)).toContain('26 or more')
    await fill(ada.locator('#attribution-0'), { Source: '#1', 'How the speaker is named': 'Unstated (“reportedly”)' })
    await press(ada, 'Save as a draft')
    await go(ada, 'Split it into two claims')
    const [first, second] = [ada.locator('fieldset.group').nth(0), ada.locator('fieldset.group').nth(1)]
    await fill(first, { Statement: 'At least 26 people were killed.' })
    await fill(second, {
      Statement: '18 guards were killed.',
      'As printed': '18',
      'The question it answers': 'How many guards were killed?',
    })
    await second.getByText('It is a new question').click()
    await fill(second, { 'Of whom, of what': 'guards', ...asked, 'Yes, it is a running total': true })
    await press(ada, 'Split into two claims')
    // The printed words are worked out first, and looked at.
    expect(await control(second, 'Number, or lower number').inputValue()).toBe('18')
    await press(ada, 'Split into two claims')
    expect(await wordsOn(ada)).toContain('takes the other part, with the same attributions.')
  })

  test('claims are tagged, one and several, and filters are saved as a view, renamed and removed', async () => {
    await ada.goto(claimPath)
    await ada.getByText('Change the tags').click()
    await fill(ada.locator('.tags'), { Tags: 'almaty' })
    await press(ada, 'Save the tags')
    expect(await ada.locator('.tags').innerText()).toContain('almaty')
    await ada.goto('/claims?story=KZ')
    await ada.getByLabel('Tick KZ-1').check()
    await press(ada, 'Change the ticked claims')
    await ada.getByText('Tag them').first().click()
    await fill(ada, { Tag: 'deaths' })
    await press(ada, 'Tag them')
    expect(await wordsOn(ada)).toContain('Done')
    await ada.goto('/claims?story=KZ')
    await ada.getByText('Save these filters as a view').click()
    await fill(ada, { 'Name of the view': 'The unrest' })
    await press(ada, 'Save the view')
    await ada.goto('/views')
    await ada.getByText('Rename, share or remove').click()
    await fill(ada.locator('main .list'), { Name: 'All of the unrest' })
    await press(ada, 'Save')
    expect(await wordsOn(ada)).toContain('All of the unrest')
    await ada.getByText('Rename, share or remove').click()
    await press(ada, 'Remove this view')
    expect(await wordsOn(ada)).toContain('No views yet')
  })

  test('one’s account, password and sessions are one’s own to change, and people’s roles the admin’s', async () => {
    await ada.goto('/account')
    await fill(ada, { Dark: true })
    await press(ada, 'Save')
    expect(await ada.locator('html').getAttribute('data-theme')).toBe('dark')
    await go(ada, 'Password')
    await fill(ada, { 'Current password': PASSWORD, 'New password': `${PASSWORD} and more` })
    await press(ada, 'Change the password')
    for (const name of [/^End the session/, 'End all others'] as const) {
      const other = await without()
      await other.goto('/sign-in')
      await fill(other, { 'E-mail address': 'ada@example.org', Password: `${PASSWORD} and more` })
      await press(other, 'Sign in')
      await ada.goto('/account/sessions')
      const button = ada.getByRole('button', { name }).first()
      await Promise.all([ada.waitForEvent('load'), button.click()])
      await other.goto('/')
      expect(new URL(other.url()).pathname).toBe('/sign-in')
    }

    await mo.goto('/admin/people')
    await go(mo, 'Ada Abel')
    await press(mo, 'Make a link for a new password')
    expect(await control(mo, 'The link').inputValue()).toContain('/invitations/')
    await go(mo, 'Ada Abel')
    await fill(mo, { Editor: true })
    await press(mo, 'Change the role')
    await press(mo, 'Disable')
    expect(await wordsOn(mo)).toContain('Disabled')
  })

  test('an empty desk is filled with the demonstration, and a redaction is proposed and withdrawn', async () => {
    const another = await desk()
    const page = await without(another)
    const token = await tokenOf(another, another.people.mo.id)
    await page.context().addCookies([{ name: 'stet_session', value: token, url: another.address }])
    await page.goto('/')
    await press(page, 'Fill in the demonstration story')
    expect(await wordsOn(page)).toContain('Unrest in Kazakhstan')
    await makeAdmin(another.db, 'Noor')
    await page.goto('/admin/redactions/new?capture=1')
    await fill(page, { 'The words': 'Nobody tells us', 'A court’s order': true })
    await press(page, 'Redact')
    expect(await wordsOn(page)).toContain('in this text.')
    await press(page, 'Redact all of this')
    await page.goto('/admin/redactions')
    await page.locator('main .list a').first().click()
    await press(page, 'Withdraw it')
    expect(await wordsOn(page)).toContain('It is withdrawn')
    await page.close()
    await another.close()
  })

  test('and no form of the router was left out', () => {
    const patterns = MATRIX.filter(({ method }) => method === 'POST').map(({ path }) => path)
    const isSent = (pattern: string) =>
      [...sent].some((path) => new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}$`).test(path))
    expect(patterns.filter((pattern) => !isSent(pattern))).toEqual([])
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
