import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Desk } from '../support/app.ts'
import { type Chrome, demonstration, expectNoFaults, openBrowser, type Page, tokenOf } from '../support/browser.ts'
import { unreadable } from './looks.ts'

let it: Desk
let chrome: Chrome
let page: Page

beforeAll(async () => {
  const [filled, browser] = await Promise.all([demonstration(), openBrowser()])
  it = filled.it
  chrome = browser
  page = await chrome.page(it, { token: await tokenOf(it, filled.cast.eve.id) })
})
afterAll(async () => {
  await chrome.close()
  await it.close()
})
afterEach(expectNoFaults)

/** Of each element that is drawn, by its place among them: the greatest contrast with the colour most of its ground has, as WCAG reckons it. */
async function contrastsOf(selector: string, around = 0): Promise<{ what: string; contrast: number }[]> {
  const boxes = await page.evaluate<{ what: string; x: number; y: number; width: number; height: number }[]>(`(() => {
    const first = new Map()
    for (const element of document.querySelectorAll(${JSON.stringify(selector)})) {
      const what = element.matches('svg') ? element.firstElementChild.getAttribute('href').split('#')[1] : element.localName + '.' + element.className
      const { x, y, width, height } = element.getClientRects()[0] ?? {}
      if (width > 0 && !first.has(what)) first.set(what, { what, x: x + scrollX - ${around}, y: y + scrollY - ${around}, width: width + ${2 * around}, height: height + ${2 * around} })
    }
    return [...first.values()]
  })()`)
  const shot = (await page.screenshot({ fullPage: true })).toString('base64')
  return page.evaluate<{ what: string; contrast: number }[]>(
    `(${CONTRASTS})(${JSON.stringify(shot)}, ${JSON.stringify(boxes)})`,
  )
}

const CONTRASTS = `async (shot, boxes) => {
  const bytes = Uint8Array.from(atob(shot), (letter) => letter.charCodeAt(0))
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
  canvas.drawImage(bitmap, 0, 0)
  const part = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)
  const light = (colour) => [16, 8, 0].map((shift) => part((colour >> shift) & 255)).reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0)
  return boxes.map(({ what, x, y, width, height }) => {
    const { data } = canvas.getImageData(Math.max(x, 0), Math.max(y, 0), Math.ceil(width), Math.ceil(height))
    const counts = new Map()
    for (let at = 0; at < data.length; at += 4) {
      const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2]
      counts.set(colour, (counts.get(colour) ?? 0) + 1)
    }
    const colours = [...counts].sort((one, other) => other[1] - one[1])
    const ground = light(colours[0][0])
    // One stray point of an edge is nothing seen.
    const seen = colours.filter(([, count]) => count >= 4).map(([colour]) => light(colour))
    return { what, contrast: Math.max(...seen.map((other) => (Math.max(ground, other) + 0.05) / (Math.min(ground, other) + 0.05))) }
  })
}`

describe.each(['light', 'dark'] as const)('Where the reader’s system forces its colours, %s,', (colorScheme) => {
  beforeAll(() => page.emulateMedia({ forcedColors: 'active', colorScheme }))
  afterAll(() => page.emulateMedia({ forcedColors: 'none', colorScheme: null }))

  const SEEN: readonly [what: string, path: string, selector: string, around: number, kinds: number][] = [
    ['the icon of every state', '/claims', '.badge .icon', 0, 8],
    ['the edge of every badge', '/claims', '.badge', 1, 6],
    ['the icons of buttons', '/claims/KZ-1', '.masthead .icon, .button .icon', 0, 2],
    ['what evidence says, as a sign', '/claims/KZ-1', '.evidence__sign', 0, 1],
    ['the bars of a claim', '/claims/KZ-1', '.proof__so, .verdict', 2, 2],
    ['the words in quotation marks', '/claims/KZ-1', '.passage mark', 2, 1],
    ['passages of a source', '/sources/1', '.annotated__text mark', 2, 4],
    ['fields and choices', '/claims/new', '.field input, .field select, .field textarea', 1, 3],
    ['choices that are taken', '/account', '.choice input:checked', 0, 1],
    ['what was taken out and put in', '/claims/KZ-1/history', 'del, ins', 0, 2],
    ['the section one is in', '/claims', '.masthead__nav a[aria-current]', 1, 1],
  ]
  test.each(SEEN)('one sees %s', async (_, path, selector, around, kinds) => {
    if (!page.url().endsWith(path)) await page.goto(path)
    await page.evaluate('for (const part of document.querySelectorAll("details")) part.open = true')
    const found = await contrastsOf(selector, around)
    expect(found.length).toBeGreaterThanOrEqual(kinds)
    expect(found.filter(({ contrast }) => contrast < 3)).toEqual([])
  })

  test('focus is ringed in a colour of the system, on whatever has it', async () => {
    await page.goto('/claims/new')
    for (const selector of ['.mark', '#masthead-q', 'select', 'summary', '.button--primary', '.button--quiet']) {
      const target = page.locator(`${selector}:visible`).last()
      await target.focus()
      await page.keyboard.press('Shift')
      const [ring, ground, width] = await page.evaluate<[string, string, number]>(`(() => {
        const style = getComputedStyle(document.activeElement)
        return [style.outlineColor, getComputedStyle(document.documentElement).backgroundColor, parseFloat(style.outlineWidth)]
      })()`)
      expect(ring, selector).not.toBe(ground)
      expect(width, selector).toBeGreaterThanOrEqual(2)
    }
  })
})

describe('On paper', () => {
  beforeAll(async () => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    // A4 without the margins of the style sheet.
    await page.setViewportSize({ width: 673, height: 1000 })
  })
  afterAll(async () => {
    await page.emulateMedia({ media: 'screen', colorScheme: null })
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  test.each([
    ['/claims/KZ-1', ['h1', '.chain', '.passage', '#so-title', '.verdict', '.evidence', '.history']],
    ['/claims/KZ-9', ['h1', '.chain', '.badge--ringed']],
    ['/claims?verdict=verified', ['h1', '.chips', '.table thead', '.table__lead']],
    ['/claims/KZ-1/history', ['h1', '.history', '.history__change']],
    ['/sources/1', ['h1', '.annotated__text', '.annotated__notes', '.badge']],
    ['/stories/KZ', ['h1', '.stats', '.list']],
  ])('%s is black on white, whole, with nothing to press', async (path, parts) => {
    await page.goto(path)
    for (const part of parts) expect(await page.locator(part).first().isVisible(), part).toBe(true)
    const pressable =
      'button:visible, input:visible, select:visible, textarea:visible, .button:visible, nav.masthead__nav:visible'
    expect(await page.locator(pressable).evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 120)))).toEqual(
      [],
    )
    expect(await unreadable(page)).toEqual([])
    const [ink, paper] = await page.evaluate<[string, string]>(
      '[getComputedStyle(document.querySelector("h1")).color, getComputedStyle(document.documentElement).backgroundColor]',
    )
    expect([ink, paper]).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000)
  })

  test('a claim has the web addresses of its sources, which the screen has as links', async () => {
    const { url } = await it.db.source.findUniqueOrThrow({ where: { id: 1 } })
    await page.goto('/claims/KZ-1')
    expect(url).toMatch(/^https:/)
    expect(await page.locator('.chain__note').first().innerText()).toContain(`<${url}>`)
    expect(await page.locator('.evidence').innerText()).toMatch(/<https:\/\/\S+>/)
    await page.emulateMedia({ media: 'screen' })
    expect(await page.locator('main').innerText()).not.toContain(`<${url}>`)
    await page.emulateMedia({ media: 'print' })
  })
})
