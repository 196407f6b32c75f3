import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { firstRunLink } from '../../src/accounts/first-run.store.ts'
import { type Desk, desk, send, visit } from '../support/app.ts'
import { changeUnguarded } from '../support/behind.ts'
import { givePassword, makePeople, PASSWORD } from '../support/people.ts'

const PUBLIC = 'http://localhost:3000'
let it_: Desk
beforeEach(async () => {
  it_ = await desk({ people: false })
})
afterEach(() => it_.close())

const form = {
  name: 'Mo Musa',
  email: 'Mo@Example.org',
  password: PASSWORD,
  timeZone: 'Asia/Almaty',
  deskName: 'Night desk',
}

async function token(): Promise<string> {
  return new URL((await firstRunLink(it_.db, PUBLIC)) ?? '').searchParams.get('token') ?? ''
}

describe('the first run', () => {
  it('sends everybody to a page that says where the link is', async () => {
    const home = await visit(it_.stranger(), '/', 303)
    const signIn = await visit(it_.stranger(), home.headers.location ?? '', 303)
    expect(signIn.headers.location).toBe('/first-run')
    const page = await visit(it_.stranger(), '/first-run')
    expect(page.words).toContain('printed where Stet was started')
  })

  it('makes the first admin by the link, signs them in and names the desk', async () => {
    const link = await token()
    const agent = it_.stranger()
    await visit(agent, `/first-run?token=${link}`)
    const answer = await send(agent, '/first-run', { ...form, token: link })
    expect([answer.status, answer.headers.location]).toEqual([303, '/'])
    const home = await visit(agent, '/')
    expect(home.words).toContain('Night desk')
    expect(home.words).toContain('Mo Musa')
    const [account] = await it_.db.account.findMany()
    expect(account).toMatchObject({ email: 'mo@example.org', role: 'admin', timeZone: 'Asia/Almaty' })
    expect(await firstRunLink(it_.db, PUBLIC)).toBeNull()
  })

  it('fills in the demonstration when that is ticked', async () => {
    const agent = it_.stranger()
    const answer = await send(agent, '/first-run', { ...form, demonstration: 'yes', token: await token() })
    expect(answer.status).toBe(303)
    const home = await visit(agent, '/')
    expect(home.words).toContain('Welcome, Mo Musa. The desk is yours.')
    expect(home.words).not.toContain('This desk is empty')
    expect((await visit(agent, '/admin/people')).words).toContain('ada@example.org')
    const again = await send(agent, '/admin/demonstration')
    expect(again.headers.location).toBe('/')
    expect((await visit(agent, '/')).words).toContain('already has')
  })

  it('works once: a second use is told so, and of two at the same time one wins', async () => {
    const link = await token()
    const answers = await Promise.all(
      ['a@example.org', 'b@example.org'].map((email) =>
        send(it_.stranger(), '/first-run', { ...form, email, token: link }),
      ),
    )
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([303, 422])
    expect(await it_.db.account.count()).toBe(1)
    const later = await visit(it_.stranger(), `/first-run?token=${link}`, 410)
    expect(later.words).toContain('The first admin has been made')
  })

  it('lets each of several processes started together print a link that works', async () => {
    const links = await Promise.all([token(), token(), token()])
    for (const link of links) await visit(it_.stranger(), `/first-run?token=${link}`)
    expect((await send(it_.stranger(), '/first-run', { ...form, token: links[0] ?? '' })).status).toBe(303)
    for (const link of links) await visit(it_.stranger(), `/first-run?token=${link}`, 410)
  })

  it('replaces the link of an earlier start, and lets none live longer than 72 hours', async () => {
    const former = await token()
    await age('madeAt', 2)
    const latest = await token()
    await visit(it_.stranger(), `/first-run?token=${former}`, 410)
    await visit(it_.stranger(), `/first-run?token=${latest}`)
    await age('expiresAt', 72 * 60 + 1)
    await visit(it_.stranger(), `/first-run?token=${latest}`, 410)
  })

  it('keeps the token nowhere in clear, and neither address nor password in history', async () => {
    const link = await token()
    await send(it_.stranger(), '/first-run', { ...form, token: link })
    const { rows } = await it_.database.pool.query(
      "select (select string_agg(value::text, '') from setting) || (select string_agg(coalesce(before::text, '') || coalesce(after::text, ''), '') from event_body) as kept",
    )
    expect(rows[0].kept).not.toContain(link)
    expect(rows[0].kept).not.toMatch(/example\.org|argon2|copper/)
  })

  it('shows what is wrong beside the fields and keeps what was typed', async () => {
    const link = await token()
    const typed = { ...form, email: 'mo', password: 'password12', timeZone: 'Mars/Olympus', deskName: '', token: link }
    const answer = await send(it_.stranger(), '/first-run', typed)
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('Write the whole e-mail address')
    expect(answer.words).toContain('Choose a time zone of the list')
    expect(answer.text).toContain('value="Mo Musa"')
    expect(answer.text).not.toContain('password12')
    const weak = await send(it_.stranger(), '/first-run', { ...form, password: 'password12', token: link })
    expect(weak.words).toContain('This password is too easy to guess')
    expect(await it_.db.account.count()).toBe(0)
  })

  it('refuses fields that are not asked for', async () => {
    const answer = await send(it_.stranger(), '/first-run', { ...form, role: 'admin', token: await token() })
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('something that is not asked for here: role')
  })

  it('is over once an admin has a password, and not before', async () => {
    const people = await makePeople(it_.db)
    expect(await firstRunLink(it_.db, PUBLIC)).not.toBeNull()
    await givePassword(it_.db, people.ben.id)
    expect(await firstRunLink(it_.db, PUBLIC)).not.toBeNull()
    await givePassword(it_.db, people.mo.id)
    expect(await firstRunLink(it_.db, PUBLIC)).toBeNull()
    expect((await visit(it_.stranger(), '/first-run')).words).toContain('The first admin has been made')
  })

  it('refuses an address that was invited already, in a sentence', async () => {
    const link = await token()
    await makePeople(it_.db)
    const answer = await send(it_.stranger(), '/first-run', { ...form, name: 'Zoe Zimmer', token: link })
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('was invited already')
  })
})

async function age(which: 'madeAt' | 'expiresAt', minutes: number): Promise<void> {
  const setting = await it_.db.setting.findUniqueOrThrow({ where: { key: 'first-run' } })
  const value = setting.value as { links: Record<string, string>[] }
  for (const link of value.links) link[which] = new Date(Date.parse(link[which] ?? '') - minutes * 60_000).toISOString()
  await changeUnguarded(it_.database, `update setting set value = '${JSON.stringify(value)}' where id = ${setting.id}`)
}
