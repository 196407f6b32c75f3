import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, desk } from '../support/app.ts'
import { type Client, client } from './client.ts'
import { tokenOf } from './signed-in.ts'

let it: Desk
let asks: Client
let mo: string
beforeAll(async () => {
  it = await desk()
  asks = client(it.address)
  mo = await tokenOf(it, 'mo')
})
afterAll(async () => {
  asks.close()
  await it.close()
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
