import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, desk } from '../support/app.ts'
import {
  type Chrome,
  expectNoFaults,
  fill,
  go,
  openBrowser,
  type Page,
  press,
  tokenOf,
  wordsOn,
} from '../support/browser.ts'
import { build } from '../support/build.ts'

const TEN = 10

let it: Desk
let chrome: Chrome
let eve: Page
let sam: Page

beforeAll(async () => {
  ;[it, chrome] = await Promise.all([desk(), openBrowser()])
  eve = await chrome.page(it, { token: await tokenOf(it, it.people.eve.id) })
  sam = await chrome.page(it, { token: await tokenOf(it, it.people.sam.id), script: false })
  const made = build(it.db, it.people.ada.id)
  const [keys, forms] = [await made.aStory({ code: 'KEYS' }), await made.aStory({ code: 'FORMS' })]
  for (const { id: storyId, code } of [keys, forms])
    for (let n = 1; n <= TEN; n++)
      await made.aClaim({ storyId, stage: 'submitted', statement: `It is a pity, no. ${n} of ${code}.` })
})
afterAll(async () => {
  await chrome.close()
  await it.close()
})
afterEach(expectNoFaults)

const key = (page: Page, name: string) => Promise.all([page.waitForEvent('load'), page.keyboard.press(name)])
const decided = (code: string) => it.db.claim.count({ where: { story: { code }, verdict: 'not_checkable' } })

describe('An editor clears ten claims from the queue', () => {
  test('by keyboard alone', async () => {
    await eve.goto('/')
    await eve.keyboard.press('g')
    await Promise.all([eve.waitForURL(/\/queue$/), eve.keyboard.press('q')])
    await eve.goto('/queue?story=KEYS')
    for (let n = 1; n <= TEN; n++) {
      expect(await eve.locator('.proof .statement').innerText()).toBe(`It is a pity, no. ${n} of KEYS.`)
      await key(eve, 'a')
      expect(await eve.locator('.proof .statement').innerText()).toBe(`It is a pity, no. ${n} of KEYS.`)
      await eve.keyboard.press('7')
      expect(await eve.locator('#decide input[value="not_checkable"]').isChecked()).toBe(true)
      await eve.keyboard.press('Tab')
      await eve.keyboard.type('It is an opinion.')
      await key(eve, 'Control+Enter')
      expect(await wordsOn(eve)).toContain(`KEYS-${n} is decided`)
    }
    expect(await wordsOn(eve)).toContain('Nothing of this waits')
    expect(await decided('KEYS')).toBe(TEN)
  })

  test('and takes the last one back by one key', async () => {
    await key(eve, 'u')
    expect(await wordsOn(eve)).toContain('1 of 1')
    expect(await decided('KEYS')).toBe(TEN - 1)
  })

  test('without script', async () => {
    await sam.goto('/')
    await go(sam, 'Queue')
    await fill(sam, { Story: 'FORMS: A story' })
    await press(sam, 'Show')
    for (let n = 1; n <= TEN; n++) {
      expect(await wordsOn(sam)).toContain(`1 of ${TEN + 1 - n}`)
      await press(sam, 'Take up')
      await sam.locator('#decide > summary').click()
      await fill(sam.locator('#decide'), { 'Not checkable': true, Rationale: 'It is an opinion.' })
      await press(sam.locator('#decide'), 'Decide')
      expect(await wordsOn(sam)).toContain(`FORMS-${n} is decided`)
    }
    expect(await decided('FORMS')).toBe(TEN)
  })
})

test('j and k go along the queue from the claim that is shown, Enter opens another', async () => {
  const made = build(it.db, it.people.ada.id)
  const { id: storyId } = await made.aStory({ code: 'ROWS' })
  const claims = [1, 2, 3].map(() => made.aClaim({ storyId, stage: 'submitted' }))
  await Promise.all(claims)
  await eve.goto('/queue?story=ROWS')
  await eve.keyboard.press('j')
  await Promise.all([eve.waitForEvent('load'), eve.keyboard.press('Enter')])
  expect(await wordsOn(eve)).toContain('2 of 3')
  await eve.keyboard.press('k')
  await Promise.all([eve.waitForEvent('load'), eve.keyboard.press('Enter')])
  expect(await wordsOn(eve)).toContain('1 of 3')
})

test('A name is offered while it is typed after an @', async () => {
  await eve.goto('/queue?story=ROWS')
  const field = eve.locator('textarea[name="comment"]')
  await field.pressSequentially('Could @sam')
  await eve.getByRole('button', { name: '@Sam Sato' }).click()
  expect(await field.inputValue()).toBe('Could @Sam Sato ')
  await field.pressSequentially('look?')
  await press(eve, 'Comment')
  expect(await wordsOn(eve)).toContain('Sam Sato will find it under My work.')
  await sam.goto('/')
  expect(await wordsOn(sam)).toContain('Could @Sam Sato look?')
})

test('Claims ticked in the list by key are tagged together', async () => {
  await eve.goto('/claims?story=ROWS')
  for (const name of ['j', 'x', 'j', 'x']) await eve.keyboard.press(name)
  await press(eve, 'Change the ticked claims')
  expect(await wordsOn(eve)).toContain('2 claims are ticked.')
  await eve.getByText('Tag them').first().click()
  await fill(eve, { Tag: 'Energy' })
  await press(eve, 'Tag them')
  expect(await wordsOn(eve)).toContain('2 of 2 claims tagged')
})
