import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, desk } from '../support/app.ts'
import { givePassword } from '../support/people.ts'
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
    const sent = await signIn(asks, 'ada', { to })
    expect([sent.status, sent.headers.location]).toEqual([303, leads])
  })
})
