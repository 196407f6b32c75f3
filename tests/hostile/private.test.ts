import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, desk, send } from '../support/app.ts'
import { build } from '../support/build.ts'

// Stands in everything that only those who may see private sources may see.
const SECRET = 'Zyxwsecret'

let it: Desk
beforeAll(async () => {
  it = await desk()
  const made = build(it.db, it.people.ada.id)
  await made.aStory({ code: 'KZ' })
  const open = await made.aSource({ title: 'The order' })
  const text = `The colonel, ${SECRET}, said on Monday: “The ${SECRET} order was signed at night,” and left.`
  const hidden = await accepted('ada', '/sources', {
    kind: 'interview',
    title: `${SECRET} in talk`,
    url: `https://example.org/${SECRET}`,
    archiveUrl: `https://archive.example.org/${SECRET}`,
    byline: `By ${SECRET}`,
    notes: `Met ${SECRET} at the station.`,
    language: 'en',
    isPrivate: 'yes',
    text,
  })
  const id = hidden.split('/').at(-1) ?? ''
  const attribution = {
    source: `#${id}`,
    naming: 'described',
    position: 'asserts',
    speakerAsPrinted: `The colonel, ${SECRET}`,
    passage: `“The ${SECRET} order was signed at night,”`,
    quote: `The ${SECRET} order was signed at night`,
    speech: 'direct',
    occasion: `said on Monday`,
    originalWords: `Приказ ${SECRET}`,
    originalLanguage: 'ru',
  }
  const claim = { statement: 'The order was signed at night.', language: 'en', story: '1' }
  await accepted('ada', '/claims', { ...claim, intent: 'submit', attributions: [attribution] })
  await accepted('ada', '/claims/KZ-1/evidence', {
    revision: await revision('KZ-1'),
    source: `#${id}`,
    stance: 'supports',
    basis: 'told_by',
    passage: `The colonel, ${SECRET}`,
    note: `${SECRET} showed it.`,
  })
  await accepted('ada', '/claims/KZ-1/evidence', {
    revision: await revision('KZ-1'),
    source: `#${open.id}`,
    stance: 'supports',
    basis: 'document',
    restsOnSource: `#${id}`,
  })
  await accepted('ada', `/sources/${id}/captures`, { text: `${text} Later: ${SECRET}.` })
  await accepted('eve', '/claims/KZ-1/moves', { revision: await revision('KZ-1'), action: 'take_up' })
  await accepted('eve', '/claims/KZ-1/decisions', {
    revision: await revision('KZ-1'),
    verdict: 'unproven',
    rationale: 'One voice only.',
  })
  await accepted('ada', '/claims', {
    ...claim,
    statement: 'The order was signed by night.',
    attributions: [attribution],
  })
})
afterAll(() => it.close())

describe('What stands in a private source', () => {
  test('is seen by those who may see it', async () => {
    expect((await it.as('ben').get('/claims/KZ-1')).text).toContain(SECRET)
  })

  test('is on no page that a reader can reach, and in no file', async () => {
    const { seen, leaks } = await everythingFor('rae')
    expect(seen.size).toBeGreaterThan(15)
    expect(leaks).toEqual([])
  })

  test.each([
    'claims?q=',
    'sources?q=',
    'parties?q=',
    'parties/suggestions?q=',
    'exports/claims.csv?q=',
    'claims?speaker=',
  ])('cannot be found by asking for it: /%s', async (path) => {
    const { text } = await it.as('rae').get(`/${path}${SECRET}`)
    expect(text).not.toContain('KZ-1')
    expect(text.replaceAll(`“${SECRET}”`, '').replaceAll(`value="${SECRET}"`, '')).not.toMatch(/secret (in talk|order)/)
  })
})

/** Follows every link from the first page on. */
async function everythingFor(name: 'rae'): Promise<{ seen: Set<string>; leaks: string[] }> {
  const ways = [
    '/',
    '/claims',
    '/sources',
    '/sources/1',
    '/sources/2',
    '/sources/2/edit',
    '/parties',
    '/exports',
    '/exports/claims.csv',
  ]
  const seen = new Set<string>()
  const leaks: string[] = []
  for (let path = ways.pop(); path !== undefined && seen.size < 120; path = ways.pop()) {
    if (seen.has(path)) continue
    seen.add(path)
    const { text, status } = await it.as(name).get(path)
    if (text.includes(SECRET))
      leaks.push(`${status} ${path}: ${text.slice(Math.max(0, text.indexOf(SECRET) - 200), text.indexOf(SECRET) + 50)}`)
    ways.push(
      ...[...text.matchAll(/href="(\/(?!assets|\/)[^"#]*)/g)].map(([, href = '']) => href.replaceAll('&amp;', '&')),
    )
  }
  return { seen, leaks }
}

async function accepted(who: 'ada' | 'eve', path: string, fields: Parameters<typeof send>[2]): Promise<string> {
  const answer = await send(it.as(who), path, fields)
  expect(answer.status, `${path}: ${answer.words.slice(0, 900)}`).toBe(303)
  return answer.headers.location ?? ''
}

async function revision(ref: string): Promise<string> {
  return String((await it.db.claim.findUniqueOrThrow({ where: { ref } })).revision)
}
