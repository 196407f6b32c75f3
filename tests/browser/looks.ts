/*
 * What is looked for on a page as it stands, everything on it unfolded.
 *
 *   await expectAccess(page)        // axe in both themes and on both screens, then the letters: large, and widely spaced
 */
import axe from 'axe-core'
import { expect } from 'vitest'
import type { Desk } from '../support/app.ts'
import { type Chrome, type Page, tokenOf } from '../support/browser.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
// Themes and screens change colours and places, and nothing else: after the first look only the rules about these can come out otherwise.
const ON_PLACES = ['target-size', 'scrollable-region-focusable']
const ON_COLOURS = ['color-contrast', 'link-in-text-block', ...ON_PLACES]
const WIDE = { width: 1280, height: 900 }
const NARROW = { width: 320, height: 700 }

// WCAG 1.4.4 asks for letters twice as large, 1.4.12 for at least so much between lines, paragraphs, letters and words.
const LETTERS = {
  plain: '',
  large: 'html { font-size: 200% !important }',
  spaced:
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
}

/** A page that has axe on it from its start. */
export async function pageWithAxe(chrome: Chrome, at: Desk, accountId?: number): Promise<Page> {
  const page = await chrome.page(at, accountId ? { token: await tokenOf(at, accountId) } : {})
  await page.addInitScript({ content: axe.source })
  return page
}

/** Looks at a page in both themes and on both screens, with plain letters, large ones and widely spaced ones. */
export async function expectAccess(page: Page): Promise<void> {
  await page.evaluate('for (const part of document.querySelectorAll("details")) part.open = true')
  const found: string[] = []
  const look = async (screen: string, colorScheme: 'light' | 'dark', rules?: string[]) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    found.push(...(await violations(page, rules)).map((fault) => `${screen} ${colorScheme}: ${fault}`))
  }
  const read = async (screen: string) => {
    for (const [letters, css] of Object.entries(LETTERS))
      found.push(...(await unreadable(page, css)).map((fault) => `${screen}, ${letters} letters: ${fault}`))
  }
  await look('wide', 'light')
  await look('wide', 'dark', ON_COLOURS)
  await read('wide')
  await page.setViewportSize(NARROW)
  await look('narrow', 'dark', ON_COLOURS)
  await look('narrow', 'light', ON_PLACES)
  await read('narrow')
  await page.setViewportSize(WIDE)
  expect(found, `on ${page.url()}`).toEqual([])
}

async function violations(page: Page, rules?: string[]): Promise<string[]> {
  const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: TAGS }
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'] })
  return page.evaluate<string[]>(`axe.run(document, ${options}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 160) + ' ' + node.failureSummary)))`)
}

/** What cannot be read as the page is laid out, with a style sheet of the reader's own: what sticks out, is cut off or lies over something else. */
export function unreadable(page: Page, css = ''): Promise<string[]> {
  return page.evaluate<string[]>(`(${UNREADABLE})(${JSON.stringify(css)})`)
}

// Two lines of a source's title in the list, and a selection's words, end in an ellipsis on purpose: the whole is where the link leads.
const UNREADABLE = `(css) => {
  const own = new CSSStyleSheet()
  own.replaceSync(css)
  document.adoptedStyleSheets = [own]
  const found = new Set()
  const styles = new Map()
  const styleOf = (element) => styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element)
  const around = (element) => { const all = []; for (let at = element; at && at !== document.documentElement; at = at.parentElement) all.push(at); return all }
  const words = (text) => text.trim().replace(/\\s+/g, ' ').slice(0, 50)

  const { scrollWidth } = document.documentElement
  if (scrollWidth > innerWidth) {
    found.add('wider than the screen: ' + scrollWidth + ' px')
    const out = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
    for (const element of out.slice(0, 5)) found.add('sticks out: ' + element.outerHTML.slice(0, 120))
  }

  const lines = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    const text = words(walker.currentNode.data)
    if (!text || element.closest('option, datalist, script, textarea, .table__under a, .selection-bar__words')) continue
    if (!element.checkVisibility({ visibilityProperty: true })) continue
    const outer = around(element)
    if (outer.some((one) => styleOf(one).clipPath === 'inset(50%)')) continue
    const range = document.createRange()
    range.selectNodeContents(walker.currentNode)
    const box = range.getBoundingClientRect()
    const frames = outer.filter((one) => styleOf(one).overflowX !== 'visible' || styleOf(one).overflowY !== 'visible')
    for (const frame of frames) {
      const edge = frame.getBoundingClientRect()
      const scrolls = ['auto', 'scroll'].includes(styleOf(frame).overflowY)
      if (box.right > edge.right + 1 || box.left < edge.left - 1 || (!scrolls && (box.bottom > edge.bottom + 2 || box.top < edge.top - 2)))
        found.add('cut off: ' + text)
    }
    for (const line of range.getClientRects())
      if (line.width > 1 && line.height > 1 && frames.every((frame) => line.bottom <= frame.getBoundingClientRect().bottom && line.top >= frame.getBoundingClientRect().top))
        lines.push({ element, text, line })
  }
  lines.sort((one, other) => one.line.top - other.line.top)
  lines.forEach((one, index) => {
    for (let next = index + 1; next < lines.length && lines[next].line.top < one.line.bottom; next++) {
      const other = lines[next]
      if (one.element === other.element) continue
      const across = Math.min(one.line.right, other.line.right) - Math.max(one.line.left, other.line.left)
      const down = Math.min(one.line.bottom, other.line.bottom) - other.line.top
      if (across > 2 && down > 0.3 * Math.min(one.line.height, other.line.height)) found.add('over one another: ' + one.text + ' | ' + other.text)
    }
  })
  for (const button of document.querySelectorAll('button, .button'))
    if (button.checkVisibility() && styleOf(button).clipPath !== 'inset(50%)' && (button.scrollWidth > button.clientWidth + 1 || button.scrollHeight > button.clientHeight + 1))
      found.add('too small for its words: ' + words(button.textContent))
  document.adoptedStyleSheets = []
  return [...found].slice(0, 12)
}`
