import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, desk, send, visit } from '../support/app.ts'
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
    expect([out.status, out.headers.location]).toEqual([303, '/sign-in'])
    expect((await visit(agent, '/sign-in')).words).toContain('You are signed out')
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
})
