import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { told } from '../../src/history/timeline.ts'
import { LIMITS } from '../../src/texts/pool.ts'
import { givenClaim, givenSource, givenStory } from '../sources/given.ts'
import { type Desk, desk, send, visit } from '../support/app.ts'

let it: Desk
let story: number
const own = { ...LIMITS }

beforeAll(async () => {
  it = await desk()
  story = await givenStory(it)
})
afterAll(() => {
  Object.assign(LIMITS, own)
  return it.close()
})

const sentences = (word: string) =>
  Array.from({ length: 12_000 }, (_, at) => `${word} number ${at} of ${at * 7}.`).join(' ')

describe('While two long texts are compared', () => {
  test('others are answered first', async () => {
    const id = await givenSource(it, { text: sentences('Line') })
    await send(it.as('ben'), `/sources/${id}/captures`, { text: sentences('Line').replaceAll('7', '8') })
    const order: string[] = []
    const page = visit(it.as('rae'), `/sources/${id}`).then(({ words }) => {
      order.push('source')
      return words
    })
    for (let count = 0; count < 3; count += 1) {
      await visit(it.as('ada'), '/healthz')
      order.push('other')
    }
    expect(await page).toMatch(/What the publisher changed/)
    expect(order.slice(0, 1)).toEqual(['other'])
  })

  test('and it is given up, the page says so and shows the text', async () => {
    const id = await givenSource(it, { text: sentences('Row') })
    await send(it.as('ben'), `/sources/${id}/captures`, { text: sentences('Row').replaceAll('9', '8') })
    const ref = await givenClaim(it, { story, source: id, passage: 'Row number 11 of 77.' })
    LIMITS.waiting = 0
    const page = await visit(it.as('rae'), `/sources/${id}`)
    Object.assign(LIMITS, own)
    expect(page.words).toContain('Comparing the two texts would take too long. Read them one after the other.')
    expect(page.words).toContain('Row number 11 of 77.')
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).not.toContain('No longer in the text')
  })
})

describe('A line of history with 200 long attributions', () => {
  const body = (word: string) =>
    Array.from({ length: 200 }, (_, at) =>
      Array.from({ length: 400 }, (_, step) => `${word}${(at * 31 + step * 17) % 97}`).join(' '),
    ).join('\n')
  const line = { id: 1, revision: 2, at: new Date(), actorName: 'Mo', reason: null, redaction: null, action: 'edited' }
  const teller = {
    subject: 'claim' as const,
    labels: { attributions: 'Attributions' },
    inWords: (_: string, value: unknown) => (Array.isArray(value) ? value.join('') : ''),
  }

  test('is compared in another thread within its limits; given up, both are shown whole', async () => {
    let turns = 0
    const turning = setInterval(() => (turns += 1), 1)
    const [change] =
      (
        await told([{ ...line, before: { attributions: [body('a')] }, after: { attributions: [body('b')] } }], teller)
      )[0]?.changes ?? []
    clearInterval(turning)
    expect(turns).toBeGreaterThan(0)
    const of = (kind: string) =>
      change?.words
        .filter((one) => one.kind !== kind)
        .map(({ text }) => text)
        .join('')
    expect(of('put')).toBe(body('a'))
    expect(of('taken')).toBe(body('b'))
  })
})
