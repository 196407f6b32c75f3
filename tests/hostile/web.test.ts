import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../../src/accounts/session.store.ts'
import { type Desk, desk } from '../support/app.ts'
import { build } from '../support/build.ts'
import { givePassword, PASSWORD } from '../support/people.ts'
import { type Answered, type Client, client } from './client.ts'

let it: Desk
let asks: Client
let mo: string
beforeAll(async () => {
  it = await desk()
  const made = build(it.db, it.people.ada.id)
  await made.aStory({ code: 'KZ' })
  await made.aSource({ title: 'Dispatch' })
  asks = client(it.address)
  mo = await tokenOf('mo')
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
    ['no', 403, async () => asks.ask({ path: '/admin/people', token: await tokenOf('rae') })],
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
    ['too many fields', 413, () => asks.ask({ method: 'POST', path: '/claims', token: mo, body: 'a=1&'.repeat(1200) })],
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

describe('The session', () => {
  test('over http: HttpOnly, Lax, for the whole desk', async () => {
    await givePassword(it.db, it.people.ada.id)
    const answer = await signIn(asks, 'ada')
    expect(answer.status).toBe(303)
    expect(cookiesOf(answer)[0]).toMatch(
      /^stet_session=[\w-]{43}; Max-Age=604800; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    )
  })

  test('behind a proxy that speaks https: Secure, and of this very host', async () => {
    const secure = await desk({ environment: { PUBLIC_URL: 'https://stet.example.org', TRUST_PROXY: '1' } })
    const there = client(secure.address)
    await givePassword(secure.db, secure.people.ada.id)
    const https = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' }
    const answer = await signIn(there, 'ada', https)
    const [cookie = ''] = cookiesOf(answer)
    expect(cookie).toMatch(
      /^__Host-stet_session=[\w-]{43}; Max-Age=604800; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    )
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000')
    const token = cookie.slice('__Host-stet_session='.length).split(';')[0] ?? ''
    const own = { cookie: `__Host-stet_session=${token}` }
    expect((await there.ask({ path: '/claims', headers: { ...https, ...own } })).status).toBe(200)
    // The plain name is nobody's over https: another host of the domain could have set it.
    expect((await there.ask({ path: '/claims', token, headers: https })).status).toBe(303)
    const out = await there.ask({ method: 'POST', path: '/sign-out', headers: { ...https, ...own }, body: '' })
    expect(cookiesOf(out)[0]).toMatch(
      /^__Host-stet_session=; Path=\/; Expires=Thu, 01 Jan 1970[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    )
    for (const cookie of cookiesOf(out)) expect(cookie).toMatch(/; Secure/)
    there.close()
    await secure.close()
  })

  test('without a trusted proxy, nobody is believed who says it was https', async () => {
    await givePassword(it.db, it.people.ben.id)
    const answer = await signIn(asks, 'ben', { 'x-forwarded-proto': 'https' })
    expect(cookiesOf(answer)[0]).toMatch(/^stet_session=/)
  })

  test('is a new one after signing in, whatever the browser brought', async () => {
    const planted = 'A'.repeat(43)
    const answer = await signIn(asks, 'ada', { cookie: `stet_session=${planted}` })
    expect(cookiesOf(answer)[0]).not.toContain(planted)
    expect((await asks.ask({ path: '/claims', token: planted })).status).toBe(303)
    const mine = tokenIn(answer)
    const again = await signIn(asks, 'ada', { cookie: `stet_session=${mine}` })
    expect(tokenIn(again)).not.toBe(mine)
    expect((await asks.ask({ path: '/claims', token: mine })).status).toBe(303)
  })

  test('ends with signing out: a stolen one opens nothing', async () => {
    const stolen = tokenIn(await signIn(asks, 'ada'))
    expect((await asks.ask({ path: '/claims', token: stolen })).status).toBe(200)
    await asks.ask({ method: 'POST', path: '/sign-out', token: stolen, body: '' })
    expect((await asks.ask({ path: '/claims', token: stolen })).status).toBe(303)
  })

  test('is kept nowhere as it is', async () => {
    const token = await tokenOf('eve')
    const rows = await it.db.session.findMany()
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test.each(['', 'x', '../..', `${'A'.repeat(42)}%00`, 'A'.repeat(5000), "' or 1=1 --", '__proto__'])(
    'is not a made-up one: %j',
    async (token) => {
      expect((await asks.ask({ path: '/claims', headers: { cookie: `stet_session=${token}` } })).status).toBe(303)
    },
  )

  test('ends at once where its owner ends it, loses its role, or is disabled', async () => {
    const [one, two] = [await tokenOf('sam'), await tokenOf('sam')]
    await asks.ask({ method: 'POST', path: '/account/sessions/end', token: two, body: '' })
    expect((await asks.ask({ path: '/claims', token: one })).status).toBe(303)
    expect((await asks.ask({ path: '/claims', token: two })).status).toBe(200)

    const id = it.people.sam.id
    const changed = await asks.ask({
      method: 'POST',
      path: `/admin/people/${id}/role`,
      token: mo,
      body: 'role=reader&revision=1',
    })
    expect(changed.status).toBe(303)
    expect((await asks.ask({ path: '/stories/new', token: two })).status).toBe(303)
    const three = await tokenOf('sam')
    expect((await asks.ask({ path: '/stories/new', token: three })).status).toBe(403)

    const disabled = await asks.ask({
      method: 'POST',
      path: `/admin/people/${id}/access`,
      token: mo,
      body: 'access=no&revision=2',
    })
    expect(disabled.status).toBe(303)
    expect((await asks.ask({ path: '/claims', token: three })).status).toBe(303)
  })

  test('of somebody else cannot be ended', async () => {
    const { id } = await it.db.session.findFirstOrThrow({ where: { accountId: it.people.eve.id } })
    const answer = await asks.ask({ method: 'POST', path: `/account/sessions/${id}/end`, token: mo, body: '' })
    expect(answer.status).toBe(404)
    expect(await it.db.session.count({ where: { id } })).toBe(1)
  })
})

describe('Where signing in leads', () => {
  const TABLE: [to: string, leads: string][] = [
    ['/claims?q=a%20b', '/claims?q=a%20b'],
    ['/claims/KZ-1#f-1', '/claims/KZ-1#f-1'],
    ['', '/'],
    ['claims', '/'],
    ['//example.org', '/'],
    ['///example.org', '/'],
    ['/\\example.org', '/'],
    ['/\t/example.org', '/'],
    ['/\n/example.org', '/'],
    ['\\\\example.org', '/'],
    ['https://example.org', '/'],
    ['https:example.org', '/'],
    ['javascript:stet()', '/'],
    ['/a\r\nSet-Cookie: a=b', '/'],
    ['/a b', '/'],
    [' /claims', '/'],
    ['/%2f/example.org', '/%2f/example.org'],
    ['/claims\u0000', '/'],
    ['/кыргыз', '/'],
  ]
  test.each(TABLE)('%j leads to %s', async (to, leads) => {
    const signedIn = await asks.ask({ path: `/sign-in?to=${encodeURIComponent(to)}`, token: mo })
    expect([signedIn.status, signedIn.headers.location]).toEqual([303, leads])
    const sent = await signIn(asks, 'ada', {}, to)
    expect([sent.status, sent.headers.location]).toEqual([303, leads])
  })
})

describe('Files outside public/', () => {
  test.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/%2e%2e%2fpackage.json',
    '/..%5cpackage.json',
    '/../../../../etc/passwd',
    '/....//package.json',
    '/%252e%252e/package.json',
    '/stet.css/../../package.json',
    '/.%00./package.json',
    '/.env',
    '/',
    '',
  ])('are not handed out: %s', async (rest) => {
    const { text } = await asks.ask({ path: '/sign-in' })
    const hash = /\/assets\/([0-9a-f]{12})\//.exec(text)?.[1]
    const answer = await asks.ask({ path: `/assets/${hash}${rest}` })
    expect([303, 400, 404]).toContain(answer.status)
    expect(answer.text).not.toContain('"dependencies"')
  })

  test.each([
    '/package.json',
    '/src/app.ts',
    '/.git/config',
    '/data',
    '/stet.css',
    '/views/layout.ejs',
    '/prisma/schema.prisma',
  ])('nor by their own names: %s', async (path) => {
    expect((await asks.ask({ path, token: mo })).status).toBe(404)
  })
})

describe('Bytes that are no request', () => {
  const HEAD = 'POST /claims HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\n'
  const TABLE: [name: string, bytes: () => string, status: RegExp][] = [
    ['two lengths', () => `${HEAD}Content-Length: 3\r\nContent-Length: 5\r\n\r\na=1`, /^HTTP\/1\.1 400/],
    [
      'a length and chunks',
      () => `${HEAD}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n0\r\n\r\n`,
      /^HTTP\/1\.1 400/,
    ],
    ['chunks in disguise', () => `${HEAD}Transfer-Encoding: xchunked\r\n\r\n3\r\na=1\r\n0\r\n\r\n`, /^HTTP\/1\.1 400/],
    ['a negative length', () => `${HEAD}Content-Length: -1\r\n\r\n`, /^HTTP\/1\.1 400/],
    ['a folded header', () => `${HEAD}X-A: b\r\n c\r\nContent-Length: 0\r\n\r\n`, /^HTTP\/1\.1 (400|401)/],
    ['a bare line feed', () => 'GET /claims HTTP/1.1\nHost: x\n\n', /^HTTP\/1\.1 (400|303)|^$/],
    ['no host', () => 'GET /claims HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400/],
    [
      'an address of another host',
      () => 'GET http://example.org/claims HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      /^HTTP\/1\.1 (303|400|404)/,
    ],
    ['a star', () => 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 (2|4)\d\d/],
    ['a tunnel', () => 'CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n', /^(HTTP\/1\.1 4\d\d|$)/],
    [
      'a header of 100 KB',
      () => `GET /claims HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`,
      /^HTTP\/1\.1 431|^$/,
    ],
    [
      'a thousand headers',
      () =>
        `GET /claims HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${Array.from({ length: 1500 }, (_, n) => `X-${n}: 1\r\n`).join('')}\r\n`,
      /^HTTP\/1\.1 (303|400|431)/,
    ],
    [
      'a body cut short',
      () =>
        `${HEAD}Cookie: stet_session=${mo}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\nstatement=cut`,
      /^(HTTP\/1\.1 400|$)/,
    ],
    [
      'chunks cut short',
      () =>
        `${HEAD}Cookie: stet_session=${mo}\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nstatement=cut`,
      /^(HTTP\/1\.1 400|$)/,
    ],
    ['anything', () => '\u0000\u0001\u0002\r\n\r\n', /^HTTP\/1\.1 400/],
  ]
  test.each(TABLE)('%s', async (_, bytes, status) => {
    const before = await it.db.event.count()
    expect(await asks.bytes(bytes())).toMatch(status)
    expect(await it.db.event.count()).toBe(before)
    expect((await asks.ask({ path: '/healthz' })).status).toBe(200)
  })
})

describe('Methods', () => {
  test.each(['PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'LOCK', 'MKCOL', 'PURGE', 'QUERY'])(
    '%s leads nowhere',
    async (method) => {
      for (const path of ['/', '/claims', '/sources/1', '/admin/people', '/healthz', '/nothing'])
        expect((await asks.ask({ method, path, token: mo })).status, path).toBe(404)
    },
  )
})

async function tokenOf(name: keyof Desk['people']): Promise<string> {
  return openSession(it.db, it.people[name].id, 'a test')
}

function signIn(from: Client, name: string, headers: Record<string, string> = {}, to = ''): Promise<Answered> {
  const body = new URLSearchParams({ email: `${name}@example.org`, password: PASSWORD, to }).toString()
  return from.ask({ method: 'POST', path: '/sign-in', headers, body })
}

function cookiesOf({ headers }: Answered): string[] {
  return [headers['set-cookie'] ?? []].flat()
}

function tokenIn(answered: Answered): string {
  return /^(?:__Host-)?stet_session=([\w-]{43})/.exec(cookiesOf(answered)[0] ?? '')?.[1] ?? ''
}
