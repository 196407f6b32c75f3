import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openLog } from '../../src/web/log.ts'
import { hashOfToken, newToken } from '../../src/web/session.ts'
import { type Desk, desk, send, visit, wordsOf } from '../support/app.ts'
import { changeUnguarded } from '../support/behind.ts'
import { givePassword, PASSWORD } from '../support/people.ts'

let it_: Desk
beforeAll(async () => {
  it_ = await desk({ environment: { TRUST_PROXY: '1' } })
  await givePassword(it_.db, it_.people.ada.id)
  await givePassword(it_.db, it_.people.ben.id)
})
afterAll(() => it_.close())
beforeEach(() => it_.db.rateLimit.deleteMany())

const ada = { email: 'Ada@example.org', password: PASSWORD, to: '/' }

describe('signing in', () => {
  it('leads back to the page that was asked for', async () => {
    const agent = it_.stranger()
    const asked = await visit(agent, '/account?x=1', 303)
    expect(asked.headers.location).toBe('/sign-in?to=%2Faccount%3Fx%3D1')
    const page = await visit(agent, asked.headers.location ?? '')
    expect(page.text).toContain('value="/account?x=1"')
    const answer = await send(agent, '/sign-in', { ...ada, to: '/account?x=1' })
    expect([answer.status, answer.headers.location]).toEqual([303, '/account?x=1'])
    await visit(agent, '/account')
  })

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/\tevil',
    '',
    '/a\nb',
  ])('never leads to %j', async (to) => {
    const answer = await send(it_.stranger(), '/sign-in', { ...ada, to })
    expect(answer.headers.location).toBe('/')
    await visit(it_.stranger(), `/sign-in?to=${encodeURIComponent(to)}`)
  })

  it('answers an unknown address, a wrong password, a disabled person and one without a password in the same words', async () => {
    await changeUnguarded(it_.database, `update account set disabled_at = now() where id = ${it_.people.ben.id}`)
    const tries = [
      { email: 'ada@example.org', password: 'wrong wrong wrong' },
      { email: 'nobody@example.org', password: PASSWORD },
      { email: 'ben@example.org', password: PASSWORD },
      { email: 'mo@example.org', password: PASSWORD },
    ]
    const answers = []
    for (const given of tries) answers.push(await send(it_.stranger(), '/sign-in', { ...given, to: '/' }))
    expect(answers.map((answer) => answer.status)).toEqual([422, 422, 422, 422])
    expect(new Set(answers.map((answer) => answer.words)).size).toBe(1)
    expect(answers[0]?.words).toContain('do not fit')
    expect(answers[0]?.text).toContain('value="ada@example.org"')
    expect(answers[0]?.text).not.toContain('wrong wrong wrong')
    await changeUnguarded(it_.database, `update account set disabled_at = null where id = ${it_.people.ben.id}`)
  })

  it('hands out a new session each time, ends the one before, and takes none from outside', async () => {
    const planted = 'A'.repeat(43)
    const agent = it_.stranger()
    const first = await agent.post('/sign-in').set('Cookie', `stet_session=${planted}`).type('form').send(ada)
    const cookie = String(first.headers['set-cookie'])
    expect(cookie).toMatch(/stet_session=[\w-]{43}; Max-Age=604800; Path=\/; .*HttpOnly; SameSite=Lax/)
    expect(cookie).not.toContain(planted)
    const token = /stet_session=([\w-]{43})/.exec(cookie)?.[1]
    await send(agent, '/sign-in', ada)
    await visit(it_.stranger().set('Cookie', `stet_session=${token}`), '/account', 303)
    await visit(agent, '/account')
  })

  it('over https sets a cookie that only this host can have set', async () => {
    const answer = await it_.stranger().post('/sign-in').set('X-Forwarded-Proto', 'https').type('form').send(ada)
    expect(String(answer.headers['set-cookie'])).toMatch(
      /__Host-stet_session=.*Path=\/; .*HttpOnly; Secure; SameSite=Lax/,
    )
  })

  it('keeps the token only as its SHA-256', async () => {
    const answer = await send(it_.stranger(), '/sign-in', ada)
    const token = /stet_session=([\w-]{43})/.exec(String(answer.headers['set-cookie']))?.[1] ?? '?'
    const rows = await it_.db.session.findMany()
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  it('refuses a form from another site', async () => {
    const answer = await it_.stranger().post('/sign-in').set('Sec-Fetch-Site', 'cross-site').type('form').send(ada)
    expect(answer.status).toBe(403)
  })

  it('ends by signing out, for the session and not only for the browser', async () => {
    const agent = it_.stranger()
    const answer = await send(agent, '/sign-in', ada)
    const token = /stet_session=([\w-]{43})/.exec(String(answer.headers['set-cookie']))?.[1]
    const out = await send(agent, '/sign-out')
    expect([out.status, out.headers.location]).toEqual([303, '/sign-in?signedOut=yes'])
    expect((await visit(agent, '/sign-in?signedOut=yes')).words).toContain('You are signed out')
    await visit(it_.stranger().set('Cookie', `stet_session=${token}`), '/account', 303)
  })

  it('sends somebody who is signed in on their way', async () => {
    expect((await visit(it_.as('ada'), '/sign-in?to=/claims', 303)).headers.location).toBe('/claims')
  })
})

describe('the throttle', () => {
  const wrong = { email: 'ada@example.org', password: 'wrong wrong wrong', to: '/' }
  const from = (ip: string) => it_.stranger().set('X-Forwarded-For', ip)

  it('stops one place that tries many addresses', async () => {
    await it_.db.rateLimit.create({
      data: { key: 'network:192.0.2.9', points: 100, expire: Date.now() + 60_000 },
    })
    expect((await send(from('192.0.2.9'), '/sign-in', wrong)).status).toBe(429)
  })

  it('forgives once the password is right', async () => {
    for (let n = 0; n < 9; n += 1) await send(from('192.0.2.3'), '/sign-in', wrong)
    expect((await send(from('192.0.2.3'), '/sign-in', ada)).status).toBe(303)
    expect((await send(from('192.0.2.3'), '/sign-in', wrong)).status).toBe(422)
  })

  it('keeps no address in clear', async () => {
    await send(from('192.0.2.4'), '/sign-in', wrong)
    const kept = await it_.db.rateLimit.findMany({ select: { key: true } })
    expect(JSON.stringify(kept)).not.toContain('ada')
  })

  it('never locks a person out of a browser that they have signed in with before', async () => {
    const known = from('192.0.2.20')
    await send(known, '/sign-in', ada)
    await send(known, '/sign-out')
    // A hundred networks, or one that pretends to be a hundred.
    const key = `account:${digestOf('ada@example.org')}`
    await it_.db.rateLimit.upsert({
      where: { key },
      create: { key, points: 50, expire: soon() },
      update: { points: 50 },
    })
    expect((await send(from('192.0.2.21'), '/sign-in', ada)).status).toBe(429)
    expect((await send(known, '/sign-in', ada)).status).toBe(303)
    // Behind a proxy that is not named, everybody comes from one network.
    await it_.db.rateLimit.updateMany({ where: { key: 'network:192.0.2.20' }, data: { points: 100 } })
    await send(known, '/sign-out')
    expect((await send(known, '/sign-in', ada)).status).toBe(303)
    await send(known, '/sign-out')
    // For another account this browser is a stranger's.
    expect((await send(known, '/sign-in', { ...ada, email: 'ben@example.org' })).status).toBe(429)
  })

  it('counts a known browser by itself, and a made-up proof as none', async () => {
    const known = from('192.0.2.30')
    await send(known, '/sign-in', ada)
    await send(known, '/sign-out')
    for (let n = 0; n < 10; n += 1) expect((await send(known, '/sign-in', wrong)).status).toBe(422)
    expect((await send(known, '/sign-in', wrong)).status).toBe(429)
    const made = from('192.0.2.31').set('Cookie', 'stet_browser=abc.def')
    await it_.db.rateLimit.create({ data: { key: 'network:192.0.2.31', points: 100, expire: soon() } })
    expect((await send(made, '/sign-in', ada)).status).toBe(429)
  })

  it('is not lifted by an address that changes with every attempt', async () => {
    const statuses = []
    for (let n = 0; n < 2; n += 1) statuses.push((await send(from(`198.51.100.${n}`), '/sign-in', wrong)).status)
    await it_.db.rateLimit.updateMany({ where: { key: { startsWith: 'account:' }, points: 2 }, data: { points: 49 } })
    for (let n = 2; n < 4; n += 1) statuses.push((await send(from(`198.51.100.${n}`), '/sign-in', wrong)).status)
    expect(statuses).toEqual([422, 422, 422, 429])
  })

  it('comes before a new password is looked at, also by a one-time link', async () => {
    const link = `/invitations/${await linkFor('mo')}`
    const weak = { password: 'password12', name: 'Mo Musa', timeZone: 'UTC' }
    for (let n = 0; n < 20; n += 1) expect((await send(it_.stranger(), link, weak)).status).toBe(422)
    const stopped = await send(it_.stranger(), link, weak)
    expect([stopped.status, stopped.words.includes('too many attempts')]).toEqual([429, true])
    expect(stopped.text).toContain('value="Mo Musa"')
    expect(stopped.text).not.toContain('password12')
  })

  async function linkFor(name: 'mo'): Promise<string> {
    const token = newToken()
    const { id } = it_.people[name]
    await it_.db.invitation.create({
      data: {
        tokenHash: hashOfToken(token),
        accountId: id,
        invitedById: id,
        expiresAt: new Date(Date.now() + 3600_000),
      },
    })
    return token
  }
})

describe('many who sign in at once', () => {
  it('are asked to come again when the queue is full, and keep what they typed', async () => {
    const attempts = Array.from({ length: 40 }, (_, n) => {
      const agent = it_.stranger().set('X-Forwarded-For', `203.0.113.${n}`)
      const typed = { ...ada, email: `nobody${n}@example.org` }
      return agent.post('/sign-in').type('form').send(typed)
    })
    const answers = await Promise.all(attempts)
    const turnedAway = answers.filter(({ status }) => status === 503)
    expect(turnedAway.length).toBeGreaterThan(0)
    expect(answers.filter(({ status }) => status === 422).length).toBe(40 - turnedAway.length)
    for (const { headers, text } of turnedAway) {
      expect(headers['retry-after']).toBe('5')
      expect(wordsOf(text)).toMatch(/try again in a few seconds[\s\S]*nobody\d+@example\.org/)
    }
    expect((await send(it_.stranger().set('X-Forwarded-For', '203.0.113.99'), '/sign-in', ada)).status).toBe(303)
  })
})

describe('the log', () => {
  it('names attempts that were not let through, by account and network address and without secrets', async () => {
    const lines: string[] = []
    const log = openLog('info', { write: (line: string) => void lines.push(line) })
    const there = await desk({ environment: { TRUST_PROXY: '1' }, log })
    await givePassword(there.db, there.people.ada.id)
    const agent = there.stranger().set('X-Forwarded-For', '192.0.2.77')
    await send(agent, '/sign-in', { email: 'ada@example.org', password: 'herons at noon' })
    await send(agent, '/sign-in', { email: 'nobody@example.org', password: 'herons at noon' })
    for (let n = 0; n < 10; n += 1) await send(agent, '/sign-in', { ...ada, password: 'herons at noon' })
    await visit(there.as('rae').set('X-Forwarded-For', '192.0.2.78'), '/stories/new', 403)
    await send(agent, '/claims', { statement: 'a' })
    await there.close()
    const security = lines.map((line) => JSON.parse(line)).filter((line) => line.security)
    const { ada: adaHere, rae } = there.people
    expect(
      security.map(({ security: event, account, from: network, path }) => [event, account, network, path]),
    ).toEqual([
      ['sign-in failed', adaHere.id, '192.0.2.77', '/sign-in'],
      ['sign-in failed', null, '192.0.2.77', '/sign-in'],
      ...Array.from({ length: 9 }, () => ['sign-in failed', adaHere.id, '192.0.2.77', '/sign-in']),
      ['sign-in throttled', adaHere.id, '192.0.2.77', '/sign-in'],
      ['refused', rae.id, '192.0.2.78', '/stories/new'],
      ['refused', null, '192.0.2.77', '/claims'],
    ])
    expect(lines.join('')).not.toMatch(/herons|example\.org/)
  })
})

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40)
}

function soon(): number {
  return Date.now() + 60_000
}
