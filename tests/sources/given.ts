import { expect } from 'vitest'
import type { Flash } from '../../src/outcome.ts'
import { type Desk, type Fields, send } from '../support/app.ts'

/** What the tests of sources, parties and stories begin with. */
export const DISPATCH = `Order was “basically” restored, the president contends.

The Interior Ministry said Friday at least 26 protesters were “liquidated” and 18 security personnel died.

Analysts say the crisis gives Moscow leverage. 😀 Belarusian troops are reportedly there.`

/** Adds a source as Ada and answers its id. */
export async function givenSource(it: Desk, fields: Fields = {}): Promise<number> {
  const answer = await send(it.as('ada'), '/sources', { kind: 'article', title: 'Day three', ...fields })
  expect(answer.status, answer.words).toBe(303)
  return Number(/^\/sources\/(\d+)$/.exec(answer.headers.location ?? '')?.[1])
}

/** Adds a story as Eve and answers its id. */
export async function givenStory(it: Desk, code = 'KZ'): Promise<number> {
  const answer = await send(it.as('eve'), '/stories', { code, title: `The story ${code}`, timeZone: 'Asia/Almaty' })
  expect(answer.status, answer.words).toBe(303)
  const { id } = await it.db.story.findUniqueOrThrow({ where: { code } })
  return id
}

/** Adds a party as Ada and answers its id. */
export async function givenParty(it: Desk, fields: Fields): Promise<number> {
  const answer = await send(it.as('ada'), '/parties', { kind: 'organisation', ...fields })
  expect(answer.status, answer.words).toBe(303)
  return Number(/^\/parties\/(\d+)$/.exec(answer.headers.location ?? '')?.[1])
}

/** Records a claim as Ada and answers its reference. */
export async function givenClaim(
  it: Desk,
  { story, source, ...attribution }: { story: number; source: number; statement?: string } & Fields,
): Promise<string> {
  const { statement = 'At least 26 protesters were killed.', ...parts } = attribution
  const answer = await send(it.as('ada'), '/claims', {
    story,
    statement,
    language: 'en',
    attributions: [{ source: `#${source}`, naming: 'unstated', position: 'asserts', ...parts }],
  })
  expect(answer.status, answer.words).toBe(303)
  return String(/\/claims\/([A-Z0-9]+-\d+)/.exec(answer.headers.location ?? '')?.[1])
}

/** The one line that an answer leaves for the next page. */
export function flashOf(answer: { headers: Record<string, unknown> }): Flash {
  const set = answer.headers['set-cookie']
  const [, value = ''] = /stet_flash=([\w-]+)/.exec((Array.isArray(set) ? set : []).join('; ')) ?? []
  return JSON.parse(Buffer.from(value, 'base64url').toString('utf8'))
}
