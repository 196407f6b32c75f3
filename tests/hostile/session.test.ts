import { createHook } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword, isPassword } from '../../src/accounts/password.ts'
import { hashOfToken } from '../../src/web/session.ts'
import { type Desk, desk } from '../support/app.ts'
import { changeUnguarded } from '../support/behind.ts'
import { givePassword, PASSWORD } from '../support/people.ts'
import { serverApart } from './apart.ts'
import { type Client, client } from './client.ts'
import { cookiesOf, signIn, tokenIn, tokenOf } from './signed-in.ts'

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
    const answer = await signIn(there, 'ada', { headers: https })
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
    const answer = await signIn(asks, 'ben', { headers: { 'x-forwarded-proto': 'https' } })
    expect(cookiesOf(answer)[0]).toMatch(/^stet_session=/)
  })

  test('is a new one after signing in, whatever the browser brought', async () => {
    const planted = 'A'.repeat(43)
    const answer = await signIn(asks, 'ada', { headers: { cookie: `stet_session=${planted}` } })
    expect(cookiesOf(answer)[0]).not.toContain(planted)
    expect((await asks.ask({ path: '/claims', token: planted })).status).toBe(303)
    const mine = tokenIn(answer)
    const again = await signIn(asks, 'ada', { headers: { cookie: `stet_session=${mine}` } })
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
    const token = await tokenOf(it, 'eve')
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
    const [one, two] = [await tokenOf(it, 'sam'), await tokenOf(it, 'sam')]
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
    const three = await tokenOf(it, 'sam')
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

  test.each(["last_seen_at = now() - interval '8 hours'", 'expires_at = now()'])(
    'is over once its time is: %s',
    async (column) => {
      const token = await tokenOf(it, 'eve')
      expect((await asks.ask({ path: '/claims', token })).status).toBe(200)
      await it.database.ownerPool.query(`update session set ${column} where token_hash = $1`, [hashOfToken(token)])
      expect((await asks.ask({ path: '/claims', token })).status).toBe(303)
      expect((await asks.ask({ method: 'POST', path: '/claims', token, body: 'statement=a' })).status).toBe(401)
    },
  )

  test('is not handed on: no page, no log line and no address holds it', async () => {
    const token = await tokenOf(it, 'eve')
    for (const path of ['/', '/account/sessions', '/claims', '/nothing']) {
      const answer = await asks.ask({ path, token })
      expect(answer.text).not.toContain(token)
      expect(JSON.stringify(answer.headers)).not.toContain(token)
    }
  })

  test('opens nothing by its hash, which is what the database holds', async () => {
    const token = hashOfToken(await tokenOf(it, 'eve'))
    for (const made of [token, token.slice(0, 43)])
      expect((await asks.ask({ path: '/claims', token: made })).status).toBe(303)
  })

  test('comes by its cookie alone: neither address, form nor header stands in for it', async () => {
    const token = await tokenOf(it, 'mo')
    const headers = { authorization: `Bearer ${token}`, 'x-session': token, stet_session: token }
    expect((await asks.ask({ path: `/claims?stet_session=${token}`, headers })).status).toBe(303)
    const body = `stet_session=${token}&statement=a`
    expect((await asks.ask({ method: 'POST', path: '/claims', headers, body })).status).toBe(401)
  })

  test('of somebody else cannot be ended', async () => {
    const { id } = await it.db.session.findFirstOrThrow({ where: { accountId: it.people.eve.id } })
    const answer = await asks.ask({ method: 'POST', path: `/account/sessions/${id}/end`, token: mo, body: '' })
    expect(answer.status).toBe(404)
    expect(await it.db.session.count({ where: { id } })).toBe(1)
  })
})

describe('A form that arrives slowly', () => {
  const BODY = new URLSearchParams({ code: 'SLOW', title: 'Slow', timeZone: 'UTC', requestId: randomUUID() }).toString()

  // Each takes place after the session was read and before the form has arrived.
  const CHANGES: [name: string, change: (id: number) => Promise<unknown>][] = [
    ['its sender became a reader', (id) => setAccount(`role = 'reader'`, id)],
    ['its sender was disabled', (id) => setAccount('disabled_at = now()', id)],
    ['the sender’s sessions were ended', (id) => it.db.session.deleteMany({ where: { accountId: id } })],
  ]

  test.each(CHANGES)('changes nothing once %s', async (_name, change) => {
    const { id } = it.people.eve
    const token = await tokenOf(it, 'eve')
    const before = await it.db.story.count()
    const answer = await sendSlowly(token, () => change(id))
    expect([401, 403]).toContain(answer.status)
    expect(answer.text).toContain('Nothing was changed')
    expect(await it.db.story.count()).toBe(before)
    await setAccount(`role = 'editor', disabled_at = null`, id)
  })

  test('is saved when nothing changed meanwhile', async () => {
    const answer = await sendSlowly(await tokenOf(it, 'eve'), async () => {})
    expect(answer.status).toBe(303)
    expect(await it.db.story.count({ where: { code: 'SLOW' } })).toBe(1)
  })

  // As an admin elsewhere would, without the rest of what the page does.
  async function setAccount(columns: string, id: number): Promise<void> {
    await changeUnguarded(it.database, `update account set ${columns} where id = ${id}`)
  }

  async function sendSlowly(
    token: string,
    meanwhile: () => Promise<unknown>,
  ): Promise<{ status: number; text: string }> {
    const { hostname, port } = new URL(it.address)
    const outgoing = request({
      hostname,
      port,
      method: 'POST',
      path: '/stories',
      headers: {
        cookie: `stet_session=${token}`,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(BODY),
      },
    })
    const [half, rest] = [BODY.slice(0, 10), BODY.slice(10)]
    outgoing.write(half)
    // The server has read the session when it asks for the rest; a request sent later has then been answered.
    for (let n = 0; n < 3; n += 1) await asks.ask({ path: '/claims', token })
    await meanwhile()
    outgoing.end(rest)
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
    const pieces: Buffer[] = []
    for await (const piece of incoming) pieces.push(piece as Buffer)
    return { status: incoming.statusCode ?? 0, text: Buffer.concat(pieces).toString() }
  }
})

describe('Attempts to sign in', () => {
  test('are counted by two processes together, and stop nobody elsewhere', async () => {
    const behind = await desk({ environment: { TRUST_PROXY: '1' } })
    const second = await serverApart(behind, { TRUST_PROXY: '1' })
    const [one, two] = [client(behind.address), client(second.address)]
    await givePassword(behind.db, behind.people.ada.id)
    await givePassword(behind.db, behind.people.ben.id)
    const attacker = { headers: { 'x-forwarded-for': '192.0.2.1' } }
    const wrong = { ...attacker, password: 'wrong wrong wrong' }
    const statuses = []
    for (let n = 0; n < 6; n += 1) for (const at of [one, two]) statuses.push((await signIn(at, 'ada', wrong)).status)
    expect(statuses).toEqual([...Array(10).fill(422), 429, 429])
    for (const at of [one, two]) {
      const stopped = await signIn(at, 'ada', attacker)
      expect(stopped.status).toBe(429)
      expect(Number(stopped.headers['retry-after'])).toBeGreaterThan(0)
      expect(stopped.text).toContain('There were too many attempts to sign in. Try again in')
      expect(stopped.text).toContain('value="ada@example.org"')
      // Its owner is let in from anywhere else, and others from there.
      expect((await signIn(at, 'ada', { headers: { 'x-forwarded-for': '192.0.2.2' } })).status).toBe(303)
      expect((await signIn(at, 'ben', attacker)).status).toBe(303)
    }
    one.close()
    two.close()
    await second.close()
    await behind.close()
  })

  test('cost the machine the same for an address that is not known', async () => {
    const kept = await hashPassword(PASSWORD)
    const kinds = new Set(Object.keys(await worksOf(() => isPassword(kept, 'wrong wrong wrong'))))
    const hashed = async (work: () => Promise<unknown>) =>
      Object.entries(await worksOf(work)).filter(([kind]) => kinds.has(kind))
    expect(kinds.size).toBe(1)
    const known = await hashed(() => signIn(asks, 'ada', { password: 'wrong wrong wrong' }))
    const unknown = await hashed(() => signIn(asks, 'nobody', { password: 'wrong wrong wrong' }))
    expect(known).toHaveLength(1)
    expect(unknown).toEqual(known)
  })

  test('are checked against as dear a hash when there is none', async () => {
    const costs = (text: string) => /\$argon2id\$v=\d+\$m=\d+,t=\d+,p=\d+\$/.exec(text)?.[0]
    const nobodys = readFileSync('src/accounts/password.ts', 'utf8')
    expect(costs(nobodys)).toBe(costs(await hashPassword(PASSWORD)))
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
    ['//example.org/%2f..', '/'],
    ['/\\/example.org', '/'],
    ['\u2044/example.org', '/'],
    ['http:/example.org', '/'],
    ['data:text/html,a', '/'],
    ['vbscript:a', '/'],
    ['////', '/'],
    ['/.//example.org', '/.//example.org'],
    ['/claims?to=//example.org', '/claims?to=//example.org'],
    ['@example.org', '/'],
    ['x'.repeat(3000), '/'],
  ]
  test.each(TABLE)('%j leads to %s', async (to, leads) => {
    const signedIn = await asks.ask({ path: `/sign-in?to=${encodeURIComponent(to)}`, token: mo })
    // No address with a NUL is read at all.
    const answer = to.includes('\0') ? [400, undefined] : [303, leads]
    expect([signedIn.status, signedIn.headers.location]).toEqual(answer)
    const sent = await signIn(asks, 'ada', { to })
    expect([sent.status, sent.headers.location]).toEqual([303, leads])
  })
})

describe('A made-up host', () => {
  test.each(['Host', 'X-Forwarded-Host', 'Forwarded', 'X-Original-URL', 'X-Rewrite-URL'])(
    'in %s gets into no link and no redirect',
    async (name) => {
      const headers = { [name]: name === 'Forwarded' ? 'host=evil.example;proto=https' : 'evil.example' }
      const fields = new URLSearchParams({
        name: `New by ${name}`,
        email: `${name.toLowerCase()}@example.org`,
        role: 'reader',
      })
      const body = `${fields.toString()}&requestId=${randomUUID()}`
      const answers = [
        await asks.ask({ path: '/claims', headers }),
        await asks.ask({ path: '/sign-in', headers }),
        await asks.ask({ path: '/exports/claims.csv', token: mo, headers }),
        await asks.ask({ method: 'POST', path: '/admin/invitations', token: mo, headers, body }),
      ]
      expect(answers.at(-1)?.text).toContain('http://localhost:3000/invitations/')
      for (const answer of answers) expect(`${JSON.stringify(answer.headers)}${answer.text}`).not.toContain('evil')
    },
  )
})

/** What native work was begun, by kind, besides the net's and the clock's own. */
async function worksOf(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const begun: Record<string, number> = {}
  const hook = createHook({
    init(_, kind) {
      if (!/^(PROMISE|[A-Z]|Timeout|Immediate|TickObject|Microtask)/.test(kind)) begun[kind] = (begun[kind] ?? 0) + 1
    },
  })
  hook.enable()
  await work()
  hook.disable()
  return begun
}
