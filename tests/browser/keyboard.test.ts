import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Cast } from '../../seeds/people.ts'
import type { Desk } from '../support/app.ts'
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

let it: Desk
let cast: Cast
let chrome: Chrome
let page: Page

beforeAll(async () => {
  const [filled, browser] = await Promise.all([demonstration(), openBrowser()])
  ;({ it, cast } = filled)
  chrome = browser
  page = await chrome.page(it, { token: await tokenOf(it, cast.eve.id) })
})
afterAll(async () => {
  await chrome.close()
  await it.close()
})
afterEach(expectNoFaults)

type Stop = {
  name: string
  part: string
  outline: number
  isOn: boolean
  isFree: boolean
  left: number
  top: number
  right: number
}

// What has focus: its words, the part of the page it is in, the width of its outline, whether it is on the screen and not behind something
// that stays put there (WCAG 2.4.11), and where it is on the page.
const STOP = `(() => {
  const at = document.activeElement
  const style = getComputedStyle(at)
  const box = at.getBoundingClientRect()
  const label = at.labels?.[0]?.textContent ?? at.getAttribute('aria-label') ?? at.textContent ?? ''
  return {
    name: label.replace(/\\s+/g, ' ').trim().slice(0, 60),
    part: at.classList.contains('skip-link') ? 'skip' : (at.closest('main, .masthead nav, .masthead, .foot') ?? at).localName,
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    isOn: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    isFree: [...at.getClientRects()].some(({ left, right, top, bottom }) => {
      const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
      return over !== null && (at.contains(over) || over.contains(at))
    }),
    left: box.left + scrollX,
    top: box.top + scrollY,
    right: box.right + scrollX,
  }
})()`

// How many stops Tab has to make: a group of radio buttons is one.
const REACHABLE = `(() => {
  const all = document.querySelectorAll('a[href], button, input:not([type="hidden"]), select, textarea, summary, [tabindex]')
  const groups = new Set()
  return [...all].filter((one) => {
    if (one.tabIndex < 0 || one.disabled || one.closest('dialog:not([open])') || !one.checkVisibility()) return false
    if (one.type !== 'radio') return true
    const group = one.form?.action + one.name
    return !groups.has(group) && Boolean(groups.add(group))
  }).length
})()`

/** The stops of so many presses of Tab, or of fewer where the page ends. */
async function tabThrough(presses: number): Promise<Stop[]> {
  const stops: Stop[] = []
  for (let count = 0; count < presses; count++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate<Stop>(STOP)
    // Past the last stop the browser has focus itself, or the page begins anew.
    if (stop.part === 'body' || (stop.part === 'skip' && count > 0)) break
    stops.push(stop)
  }
  return stops
}

const focusedId = () => page.evaluate<string>('document.activeElement.id')
const sheet = () => page.locator('dialog#keys')

describe('By keyboard', () => {
  test('the skip link comes first and leads to the text', async () => {
    await page.goto('/claims')
    const [first] = await tabThrough(1)
    expect(first).toMatchObject({ part: 'skip', isOn: true })
    await page.keyboard.press('Enter')
    expect(await focusedId()).toBe('main')
    const [next] = await tabThrough(1)
    expect(next).toMatchObject({ part: 'main' })
  })

  test.each([
    '/',
    '/claims',
    '/claims/KZ-3',
    '/claims/new?from=1',
    '/sources/1',
    '/sources/new',
    '/parties/1',
    '/account',
  ])('Tab goes through the whole of %s in the order of reading, each stop seen, and out of it again', async (path) => {
    await page.goto(path)
    const reachable = await page.evaluate<number>(REACHABLE)
    const stops = await tabThrough(reachable + 5)
    expect(stops).toHaveLength(reachable)
    const parts = stops.map(({ part }) => part)
    expect(parts[0]).toBe('skip')
    expect(parts.indexOf('header')).toBeGreaterThan(0)
    expect(parts.indexOf('nav')).toBeGreaterThan(parts.indexOf('header'))
    expect(parts.indexOf('main')).toBeGreaterThan(parts.lastIndexOf('nav'))
    expect(parts.indexOf('footer')).toBeGreaterThan(parts.lastIndexOf('main'))
    expect(stops.filter(({ outline, isOn, isFree }) => outline < 2 || !isOn || !isFree)).toEqual([])
    // Downwards, or to the right, where a column or a line goes on.
    const backwards = stops.filter((stop, index) => {
      const before = stops[index - 1]
      return (
        before &&
        stop.part === 'main' &&
        before.part === 'main' &&
        stop.top < before.top - 12 &&
        stop.left < before.left
      )
    })
    expect(backwards).toEqual([])
  })

  test('while words of a source are selected, the bar that offers them hides nothing that has focus', async () => {
    await page.goto('/sources/1')
    await page.evaluate('getSelection().selectAllChildren(document.querySelector(".annotated__text"))')
    await page.locator('[data-selection]').waitFor({ state: 'visible' })
    // The address has the place of the words and none of them: addresses are kept.
    expect(await page.locator('[data-selection-link]').getAttribute('href')).toMatch(
      /\/claims\/new\?source=1&capture=\d+&start=0&end=[1-9]\d*$/,
    )
    const stops = await tabThrough(40)
    expect(stops.length).toBeGreaterThan(30)
    expect(stops.filter(({ isOn, isFree }) => !isOn || !isFree)).toEqual([])
  })

  test('a form behind a button opens and closes by Enter, and focus stays on the button', async () => {
    await page.goto('/claims/KZ-3')
    const summary = page.locator('.move-form > summary').first()
    const opened = page.locator('.move-form').first().getByRole('textbox').last()
    await summary.focus()
    await page.keyboard.press('Enter')
    expect(await opened.isVisible()).toBe(true)
    await page.keyboard.press('Enter')
    expect(await opened.isVisible()).toBe(false)
    expect(await summary.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true)
  })

  test('/ goes to the search, g c to the claims', async () => {
    await page.goto('/stories')
    await page.keyboard.press('/')
    expect(await focusedId()).toBe('masthead-q')
    expect(await page.locator('#masthead-q').inputValue()).toBe('')
    await page.keyboard.type('order')
    await Promise.all([page.waitForURL(/\/claims\?q=order/), page.keyboard.press('Enter')])
    await page.locator('h1').click()
    await page.goto('/stories')
    await page.keyboard.press('g')
    await Promise.all([page.waitForURL(/\/claims$/), page.keyboard.press('c')])
  })

  test('? opens the sheet of keys, Esc closes it and gives focus back', async () => {
    await page.goto('/claims')
    const link = page.getByRole('link', { name: 'Exports', exact: true })
    await link.focus()
    await page.keyboard.press('?')
    expect(await sheet().isVisible()).toBe(true)
    expect(await page.evaluate('document.activeElement.closest("dialog")?.id')).toBe('keys')
    await page.keyboard.press('Escape')
    expect(await sheet().isVisible()).toBe(false)
    expect(await link.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true)
  })

  test('the button at the foot opens it as well, and Tab stays in it until Esc', async () => {
    await page.goto('/claims/new')
    const button = page.getByRole('button', { name: 'Keyboard shortcuts' })
    await button.focus()
    await page.keyboard.press('Enter')
    expect(await sheet().isVisible()).toBe(true)
    for (let presses = 0; presses < 6; presses++) {
      await page.keyboard.press('Tab')
      expect(
        await page.evaluate(
          'document.activeElement === document.body || Boolean(document.activeElement.closest("dialog"))',
        ),
      ).toBe(true)
    }
    await page.keyboard.press('Escape')
    expect(await sheet().isVisible()).toBe(false)
    expect(await button.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true)
  })

  test('j and k move along the list, Enter opens the line', async () => {
    await page.goto('/claims')
    const hrefs = await page
      .locator('[data-row] th a')
      .evaluateAll((all) => all.map((one) => String(Reflect.get(one, 'href'))))
    expect(hrefs.length).toBeGreaterThan(10)
    const focusedHref = () => page.evaluate('document.activeElement.href')
    for (const [key, at] of [
      ['j', 0],
      ['j', 1],
      ['j', 2],
      ['k', 1],
    ] as const) {
      await page.keyboard.press(key)
      expect(await focusedHref()).toBe(hrefs[at])
    }
    await Promise.all([page.waitForURL(hrefs[1] ?? ''), page.keyboard.press('Enter')])
  })

  test('keys rest while a field has focus or a modifier is held', async () => {
    await page.goto('/claims')
    await page.locator('#masthead-q').focus()
    await page.keyboard.type('j?/gc')
    expect(await page.locator('#masthead-q').inputValue()).toBe('j?/gc')
    expect(await sheet().isVisible()).toBe(false)
    expect(new URL(page.url()).pathname).toBe('/claims')
    await page.getByRole('link', { name: 'Exports', exact: true }).focus()
    await page.keyboard.press('Alt+j')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Exports')
  })

  test('the error summary has focus, and each of its lines leads to its field', async () => {
    await page.goto('/claims/new')
    await press(page, 'Save and submit for review')
    expect(await page.title()).toMatch(/^Error: /)
    expect(await page.evaluate('document.activeElement.matches(".problems")')).toBe(true)
    const links = page.locator('.problems a')
    expect(await links.count()).toBeGreaterThan(0)
    for (const link of await links.all()) {
      await link.focus()
      await page.keyboard.press('Enter')
      const id = await focusedId()
      expect(`#${id}`).toBe(await link.getAttribute('href'))
      const field = page.locator(`[id="${id}"]`)
      expect(await field.isVisible()).toBe(true)
      const message = (await link.innerText()).trim()
      const describedBy = (await field.getAttribute('aria-describedby')) ?? ''
      expect(describedBy).toContain(`${id}-problem`)
      expect(await page.locator(`[id="${id}-problem"]`).innerText()).toContain(message)
    }
  })

  test('a problem in a folded part of the form is in sight, and can be gone to', async () => {
    await page.goto('/claims/new')
    await page.getByText('A figure in this claim').click()
    await fill(page, { Statement: 'A claim with half a figure.', 'Number, or lower number': 'many' })
    await page.getByText('A figure in this claim').click()
    await press(page, 'Save as a draft')
    await page.locator('.problems a').first().focus()
    await page.keyboard.press('Enter')
    expect(await focusedId()).toMatch(/figure/)
    expect(await page.locator(`[id="${await focusedId()}"]`).isVisible()).toBe(true)
  })

  test('a double click on the button makes one claim', async () => {
    const before = await it.db.claim.count()
    await page.goto('/claims/new')
    await fill(page, { Statement: 'The bakeries of Almaty sold bread for cash.' })
    const save = page.getByRole('button', { name: 'Save as a draft' })
    await save.dblclick()
    await expect.poll(() => new URL(page.url()).pathname, { timeout: 20_000 }).toMatch(/^\/claims\/KZ-\d+$/)
    await page.waitForLoadState()
    await page.waitForLoadState()
    expect(await it.db.claim.count()).toBe(before + 1)
  })

  test('the account switches the keys off', async () => {
    await page.goto('/account')
    await control(page, 'Keyboard shortcuts off').check()
    await press(page, 'Save')
    await page.goto('/claims')
    for (const key of ['/', 'j', '?']) await page.keyboard.press(key)
    expect(await page.evaluate('document.activeElement === document.body')).toBe(true)
    expect(await sheet().count()).toBe(0)
  })
})
