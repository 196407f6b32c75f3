import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, desk } from '../support/app.ts'
import { build } from '../support/build.ts'
import { type Answered, type Client, client } from './client.ts'
import { signIn, tokenOf } from './signed-in.ts'

let it: Desk
let asks: Client
let mo: string
beforeAll(async () => {
  it = await desk()
  const made = build(it.db, it.people.ada.id)
  await made.aStory({ code: 'KZ' })
  await made.aSource({ title: 'Dispatch' })
  asks = client(it.address)
  mo = await tokenOf(it, 'mo')
})
afterAll(async () => {
  asks.close()
  await it.close()
})

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

describe('A form from another site', () => {
  const OWN = 'http://localhost:3000'
  // What a browser says of where a form comes from, and whether the desk takes it.
  const TABLE: [site: string | null, origin: string | null, cookie: boolean, taken: boolean][] = [
    ['same-origin', null, true, true],
    ['same-origin', OWN, true, true],
    ['same-site', OWN, true, false],
    ['cross-site', OWN, true, false],
    ['none', null, true, false],
    ['cross-site', null, false, false],
    ['SAME-ORIGIN', null, true, false],
    ['same-origin, cross-site', null, true, false],
    [null, OWN, true, true],
    [null, 'http://localhost:3001', true, false],
    [null, 'https://localhost:3000', true, false],
    [null, 'http://localhost:3000.example.org', true, false],
    [null, 'http://example.org', true, false],
    [null, 'null', true, false],
    [null, 'null', false, false],
    [null, null, true, false],
    [null, null, false, true],
  ]
  test.each(TABLE)('Sec-Fetch-Site %s, Origin %s, cookie %s: taken %s', async (site, origin, cookie, taken) => {
    const headers: Record<string, string> = { ...FORM }
    if (site) headers['sec-fetch-site'] = site
    if (origin) headers.origin = origin
    if (cookie) headers.cookie = `stet_session=${mo}`
    const before = await it.db.event.count()
    const body = 'name=A+desk&reviewers=1&revision=999'
    const { status } = await asks.plain({ method: 'POST', path: '/admin/desk', headers, body })
    expect(status).toBe(taken ? (cookie ? 409 : 401) : 403)
    expect(await it.db.event.count()).toBe(before)
  })

  test.each(['PUT', 'PATCH', 'DELETE', 'PROPFIND', 'TRACE'])('%s is no way round it', async (method) => {
    const { status } = await asks.plain({ method, path: '/admin/desk', headers: { cookie: `stet_session=${mo}` } })
    expect(status).toBe(403)
  })
})

describe('A body that is no form', () => {
  const TABLE: [type: string | null, body: string][] = [
    ['application/json', '{"name":"x","reviewers":"0","revision":"1","__proto__":{"role":"admin"}}'],
    ['application/json; charset=utf-8', '[]'],
    ['application/ld+json', '{}'],
    ['application/x-ndjson', '{}'],
    ['text/plain', 'name=x&reviewers=0&revision=1'],
    ['text/csv', 'name\nx\n'],
    ['application/xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
    ['multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="name"\r\n\r\nx\r\n--x--\r\n'],
    ['multipart/form-data', ''.padEnd(2000, 'x')],
    ['application/octet-stream', '\0\u0001'],
    ['application/x-www-form-urlencodedx', 'name=x'],
    ['nonsense', 'name=x'],
    ['', 'name=x'],
    [null, 'name=x'],
  ]
  test.each(TABLE)('of the type %s is refused with a sentence: %j', async (type, body) => {
    const before = await it.db.event.count()
    const length = String(Buffer.byteLength(body))
    const headers: Record<string, string> = { 'sec-fetch-site': 'same-origin', 'content-length': length }
    if (type !== null) headers['content-type'] = type
    for (const token of [mo, '']) {
      headers.cookie = `stet_session=${token}`
      const answer = await asks.plain({ method: 'POST', path: '/admin/desk', headers, body, isBare: true })
      expect(answer.status).toBe(415)
      expect(answer.text).toContain('Stet reads forms as its own pages send them')
    }
    expect(await it.db.event.count()).toBe(before)
  })

  test.each(['utf-8', 'UTF-8', '"utf-8"'])('is a form in charset %s, however it is written', async (charset) => {
    const headers = { 'content-type': `application/x-www-form-urlencoded; charset=${charset}` }
    const body = 'name=x&reviewers=1&revision=99'
    expect((await asks.ask({ method: 'POST', path: '/admin/desk', token: mo, headers, body })).status).toBe(409)
  })

  test('is not asked of a request without one', async () => {
    const headers = { 'content-length': '0' }
    expect((await asks.ask({ method: 'POST', path: '/account/sessions/end', token: mo, headers })).status).toBe(303)
  })
})

describe('A stranger’s form', () => {
  test('of more than 64 kilobytes is refused unread, and not shown again', async () => {
    for (const path of ['/sign-in', '/first-run', `/invitations/${'x'.repeat(43)}`, '/claims']) {
      const answer = await asks.ask({ method: 'POST', path, body: `email=${'Wort+'.repeat(20_000)}` })
      expect(answer.status, path).toBe(413)
      expect(answer.text.length).toBeLessThan(10_000)
      expect(answer.text).toContain('64 kilobytes at most')
    }
  })

  test('is no larger for being compressed', async () => {
    const body = gzipSync(`email=${'x'.repeat(5_000_000)}`)
    expect(body.length).toBeLessThan(10_000)
    const headers = { 'content-encoding': 'gzip', 'content-length': String(body.length) }
    expect((await asks.ask({ method: 'POST', path: '/sign-in', headers, body })).status).toBe(413)
  })

  test('of 60 kilobytes is read; of somebody signed in one of megabytes is', async () => {
    const sent = { method: 'POST', path: '/claims', body: `statement=${'x'.repeat(60_000)}` }
    expect((await asks.ask(sent)).status).toBe(401)
    const large = { ...sent, body: `statement=${'x'.repeat(2_000_000)}` }
    expect((await asks.ask({ ...large, token: mo })).status).toBe(422)
    expect((await asks.ask({ ...large, token: 'A'.repeat(43) })).status).toBe(413)
  })
})

describe('A form of a person who may not send it', () => {
  const nested = (depth: number) => `statement${'[a]'.repeat(depth)}=${'x'.repeat(1000)}`

  test('is refused for the role before it is taken apart', async () => {
    const rae = await tokenOf(it, 'rae')
    for (const body of [nested(40), `statement=${'x'.repeat(5_000_000)}`, Array(5000).fill('a=b').join('&')]) {
      const answer = await asks.ask({ method: 'POST', path: '/claims', token: rae, body })
      expect(answer.status).toBe(403)
      expect(answer.text).toContain('Your role does not allow this')
    }
  })

  test('is shown again where it is small, so that nothing typed is lost', async () => {
    const rae = await tokenOf(it, 'rae')
    const answer = await asks.ask({ method: 'POST', path: '/claims', token: rae, body: 'statement=A+bridge+fell' })
    expect([answer.status, answer.text.includes('A bridge fell')]).toEqual([403, true])
  })

  test('may nest no deeper than the deepest field there is', async () => {
    const answer = await asks.ask({ method: 'POST', path: '/claims', token: mo, body: nested(6) })
    expect([answer.status, answer.text.includes('nested too deeply')]).toEqual([400, true])
  })

  test('is read at no address that leads nowhere', async () => {
    const answer = await asks.ask({ method: 'POST', path: '/nothing', token: mo, body: 'statement=A+bridge+fell' })
    expect([answer.status, answer.text.includes('A bridge fell')]).toEqual([404, false])
  })
})

describe('A GET changes nothing', () => {
  test('whatever its query says, and whatever method it asks to be taken for', async () => {
    const before = await it.db.event.count()
    for (const path of [
      '/admin/desk',
      '/stories',
      '/claims',
      '/sources',
      '/account',
      '/sign-out',
      '/admin/demonstration',
    ])
      for (const query of ['name=x&reviewers=0&revision=1', '_method=POST&code=AB&title=x', 'method=delete'])
        await asks.ask({ path: `${path}?${query}`, token: mo, headers: { 'x-http-method-override': 'POST' } })
    expect(await it.db.event.count()).toBe(before)
    expect((await asks.ask({ path: '/claims', token: mo })).status).toBe(200)
  })

  test.each(['X-HTTP-Method-Override', 'X-Method-Override', 'X-HTTP-Method'])('%s is not heard', async (header) => {
    const { status } = await asks.ask({
      method: 'POST',
      path: '/claims',
      token: mo,
      headers: { [header]: 'GET' },
      body: '',
    })
    expect(status).toBe(422)
  })
})

describe('Every answer has its headers', () => {
  const CSP =
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'"

  // What PostgreSQL says while it shuts down, said by a view in a table's place.
  const AWAY = `
    alter table session rename to session_away;
    create function away() returns boolean language plpgsql as $$begin raise exception 'away' using errcode = '57P01'; end$$;
    create view session as select * from session_away where away();
    grant select on session to public`
  const BACK = 'drop view session; drop function away; alter table session_away rename to session'

  async function asset(): Promise<string> {
    const { text } = await asks.ask({ path: '/sign-in' })
    return /\/assets\/[0-9a-f]{12}\/[\w.-]+\.css/.exec(text)?.[0] ?? ''
  }

  const ANSWERS: [name: string, status: number, ask: () => Promise<Answered>][] = [
    ['a page', 200, () => asks.ask({ path: '/claims', token: mo })],
    ['a page of strangers', 200, () => asks.ask({ path: '/sign-in' })],
    ['a HEAD', 200, () => asks.ask({ method: 'HEAD', path: '/claims', token: mo })],
    ['options', 200, () => asks.ask({ method: 'OPTIONS', path: '/claims', token: mo })],
    ['a way to sign in', 303, () => asks.ask({ path: '/claims' })],
    ['health', 200, () => asks.ask({ path: '/healthz' })],
    ['a file of style', 200, async () => asks.ask({ path: await asset() })],
    [
      'an unchanged file',
      304,
      async () => {
        const path = await asset()
        const { headers } = await asks.ask({ path })
        return asks.ask({ path, headers: { 'if-none-match': String(headers.etag) } })
      },
    ],
    [
      'a part of a file that is not there',
      416,
      async () => asks.ask({ path: await asset(), headers: { range: 'bytes=99999999-' } }),
    ],
    ['a file that is none', 404, () => asks.ask({ path: '/assets/000000000000/none.css' })],
    ['a broken address', 400, () => asks.ask({ path: '/claims/%FF', token: mo })],
    ['nobody', 401, () => asks.ask({ method: 'POST', path: '/claims', body: '' })],
    ['no', 403, async () => asks.ask({ path: '/admin/people', token: await tokenOf(it, 'rae') })],
    [
      'another site',
      403,
      () =>
        asks.ask({ method: 'POST', path: '/claims', token: mo, headers: { 'sec-fetch-site': 'cross-site' }, body: '' }),
    ],
    ['nothing here', 404, () => asks.ask({ path: '/nothing', token: mo })],
    [
      'stale',
      409,
      () => asks.ask({ method: 'POST', path: '/admin/desk', token: mo, body: 'name=x&reviewers=1&revision=99' }),
    ],
    ['ended', 410, () => asks.ask({ path: '/first-run?token=x' })],
    [
      'too large',
      413,
      () => asks.ask({ method: 'POST', path: '/claims', token: mo, body: `a=${'x'.repeat(8_400_000)}` }),
    ],
    ['too many fields', 413, () => asks.ask({ method: 'POST', path: '/claims', token: mo, body: 'a=1&'.repeat(6100) })],
    [
      'another charset',
      415,
      () =>
        asks.ask({
          method: 'POST',
          path: '/claims',
          token: mo,
          headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-7' },
          body: 'a=1',
        }),
    ],
    [
      'a coding of its own',
      415,
      () =>
        asks.ask({ method: 'POST', path: '/claims', token: mo, headers: { 'content-encoding': 'x-own' }, body: 'a=1' }),
    ],
    [
      'a body that is no form',
      415,
      () =>
        asks.ask({
          method: 'POST',
          path: '/claims',
          token: mo,
          headers: { 'content-type': 'application/json' },
          body: '{"a":1}',
        }),
    ],
    [
      'a large body of a stranger',
      413,
      () => asks.ask({ method: 'POST', path: '/sign-in', body: `email=${'x'.repeat(70_000)}` }),
    ],
    [
      'too many attempts',
      429,
      async () => {
        await it.db.rateLimit.create({ data: { key: 'network:127.0.0.1', points: 100, expire: Date.now() + 60_000 } })
        const answer = await signIn(asks, 'ada')
        await it.db.rateLimit.deleteMany()
        return answer
      },
    ],
    [
      'the database going away',
      503,
      async () => {
        await it.database.ownerPool.query(AWAY)
        const answer = await asks.ask({ path: '/claims', token: mo })
        await it.database.ownerPool.query(BACK)
        return answer
      },
    ],
    ['problems', 422, () => asks.ask({ method: 'POST', path: '/claims', token: mo, body: 'a=1' })],
    [
      'a fault',
      500,
      async () => {
        await it.database.ownerPool.query('alter table story rename to story_away')
        const answer = await asks.ask({ path: '/stories', token: mo })
        await it.database.ownerPool.query('alter table story_away rename to story')
        return answer
      },
    ],
  ]

  test('whatever its status', () => {
    const met = new Set(ANSWERS.map(([, status]) => status))
    expect([...met].toSorted((a, b) => a - b)).toEqual([
      200, 303, 304, 400, 401, 403, 404, 409, 410, 413, 415, 416, 422, 429, 500, 503,
    ])
  })

  test.each(ANSWERS)('%s', async (_, status, ask) => {
    const answer = await ask()
    expect(answer.status).toBe(status)
    const { headers } = answer
    expect(headers['content-security-policy']).toBe(CSP)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['x-frame-options']).toBe('DENY')
    expect(headers['referrer-policy']).toBe('same-origin')
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(headers['cross-origin-resource-policy']).toBe('same-origin')
    expect(headers['x-powered-by']).toBe(undefined)
    expect(headers['access-control-allow-origin']).toBe(undefined)
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    const isFile = [200, 304].includes(status) && !/html|plain/.test(String(headers['content-type'] ?? 'text/css'))
    if ([429, 503].includes(status)) expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    if (isFile) expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    else if (String(headers['content-type']).startsWith('text/html') && status !== 303)
      expect(headers['cache-control']).toBe('no-store')
    expect(answer.text).not.toMatch(/node_modules|\.ts:\d|Prisma|story_away/)
  })

  test('even where the fault comes before the desk knows whose it is', async () => {
    await it.database.ownerPool.query('alter table session rename to session_away')
    const answer = await asks.ask({ path: '/claims', token: mo })
    await it.database.ownerPool.query('alter table session_away rename to session')
    expect(answer.status).toBe(500)
    expect(answer.headers['content-security-policy']).toBe(CSP)
    expect(answer.text).toContain('Something broke')
  })
})
