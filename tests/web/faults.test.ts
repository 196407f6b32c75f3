import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Agent, type Desk, desk, expectWellMade, wordsOf } from '../support/app.ts'

let it: Desk
beforeAll(async () => {
  it = await desk()
})
afterAll(() => it.close())

const FORM = 'application/x-www-form-urlencoded'
const post = (agent: Agent, body: string, type = FORM) => agent.post('/stories').set('content-type', type).send(body)

/** Each way to be refused, and a word of what to do about it. The rest, 409, 422 and 429 among them, are pages of their own that `send` checks. */
const FAULTS: [status: number, ask: () => ReturnType<Agent['get']>, words: string][] = [
  [400, () => post(it.as('eve'), `a${'[b]'.repeat(60)}=1`), 'Nothing was changed'],
  [401, () => post(it.stranger(), 'title=A+title+to+keep'), 'A title to keep'],
  [403, () => it.as('rae').get('/stories/new'), 'role'],
  [403, () => post(it.as('eve').set('sec-fetch-site', 'cross-site'), 'title=A'), ''],
  [404, () => it.as('rae').get('/nowhere'), 'no page'],
  [404, () => it.stranger().get('/nowhere'), 'no page'],
  [413, () => post(it.as('eve'), `title=${'a'.repeat(9_000_000)}`), 'shorten it'],
  [415, () => post(it.as('eve'), 'title=A', `${FORM}; charset=utf-7`), 'UTF-8'],
  [422, () => post(it.as('eve'), 'title='), 'stand'],
]

test.each(FAULTS)(
  '%i is a page like any other, which says what to do and where to go on',
  async (status, ask, words) => {
    const answer = await ask()
    expect(answer.status).toBe(status)
    expect(answer.type).toBe('text/html')
    expectWellMade(answer.text)
    expect(wordsOf(answer.text)).toContain(words)
    expect(answer.text).toMatch(/<main[\s\S]*<a [^>]*href="/)
  },
)
