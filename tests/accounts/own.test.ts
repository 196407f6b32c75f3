import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isSaltedFrom } from '../../src/history/chain.ts'
import { type Desk, desk, send, visit } from '../support/app.ts'
import { givePassword, PASSWORD } from '../support/people.ts'

let it_: Desk
beforeAll(async () => {
  it_ = await desk()
  await givePassword(it_.db, it_.people.ada.id)
})
afterAll(() => it_.close())
beforeEach(() => it_.db.rateLimit.deleteMany())

const settings = { name: 'Ada A.', timeZone: 'Asia/Almaty', theme: 'dark', density: 'dense' }

async function revisionOf(name: 'ada' | 'ben'): Promise<number> {
  return (await it_.db.account.findUniqueOrThrow({ where: { id: it_.people[name].id } })).revision
}

describe('one’s own account', () => {
  it('keeps name, time zone, theme, density and shortcuts, and shows itself in them at once', async () => {
    const agent = it_.as('ada')
    const answer = await send(agent, '/account', {
      ...settings,
      shortcutsOff: 'yes',
      revision: await revisionOf('ada'),
    })
    expect([answer.status, answer.headers.location]).toEqual([303, '/account'])
    const page = await visit(agent, '/account')
    expect(page.words).toContain('Your account is saved')
    expect(page.text).toContain('data-theme="dark" data-density="dense" data-shortcuts="off"')
    expect((await visit(agent, '/account/sessions')).words).toMatch(/UTC\+05:00/)
    const [event] = await it_.db.event.findMany({
      where: { subject: 'account', subjectId: it_.people.ada.id },
      orderBy: { revision: 'desc' },
      include: { body: true },
    })
    expect(event).toMatchObject({ action: 'edited', actorId: it_.people.ada.id })
    expect(event?.body?.after).toMatchObject({ timeZone: 'Asia/Almaty', shortcuts: false })
  })

  it.each([
    ['timeZone', 'Mars/Olympus', 'Choose a time zone of the list'],
    ['name', '  ', 'Write the name others shall see'],
    ['name', 'A\u0000da', 'contains a NUL character'],
    ['theme', 'pink', 'Choose a theme'],
    ['name', 'ä'.repeat(101), 'At most 100 characters; this has 101'],
  ])('refuses a %s of %j', async (field, value, why) => {
    const answer = await send(it_.as('ben'), '/account', {
      ...settings,
      revision: await revisionOf('ben'),
      [field]: value,
    })
    expect(answer.status).toBe(422)
    expect(answer.words).toContain(why)
    expect((await it_.db.account.findUnique({ where: { id: it_.people.ben.id } }))?.name).toBe('Ben Bauer')
  })

  it.each(['role', 'email', 'id', 'passwordHash', 'disabledAt'])('does not let its owner set %s', async (field) => {
    const given = { ...settings, revision: await revisionOf('ben'), [field]: 'admin' }
    const answer = await send(it_.as('ben'), '/account', given)
    expect(answer.status).toBe(422)
    expect(await it_.db.account.findUnique({ where: { id: it_.people.ben.id } })).toMatchObject({
      role: 'reporter',
      name: 'Ben Bauer',
    })
  })

  it('says when it was changed meanwhile, keeps what was typed, and saves it when sent again', async () => {
    const agent = it_.as('ben')
    const former = await revisionOf('ben')
    await send(agent, '/account', { ...settings, name: 'Ben B.', revision: former })
    const stale = await send(agent, '/account', { ...settings, name: 'Benjamin', revision: former })
    expect(stale.status).toBe(409)
    expect(stale.text).toContain('value="Benjamin"')
    const again = await send(agent, '/account', { ...settings, name: 'Benjamin', revision: former + 1 })
    expect(again.status).toBe(303)
  })

  it('changes once for a form sent twice', async () => {
    const fields = { ...settings, name: 'Twice', revision: await revisionOf('ben'), requestId: 'a-request-of-ben-1' }
    const answers = await Promise.all([
      send(it_.as('ben'), '/account', fields),
      send(it_.as('ben'), '/account', fields),
    ])
    expect(answers.map((answer) => answer.status)).toEqual([303, 303])
    expect(await revisionOf('ben')).toBe(fields.revision + 1)
  })
})

describe('the password', () => {
  const chosen = 'seven grey herons wading'

  it('is changed by who knows it; other sessions end, this one stays, and history tells only that', async () => {
    const [here, elsewhere] = [await it_.signIn('ada'), await it_.signIn('ada')]
    const answer = await send(here, '/account/security', { currentPassword: PASSWORD, password: chosen })
    expect(answer.status).toBe(303)
    expect((await visit(here, '/account/security')).words).toContain('your other sessions have ended')
    await visit(elsewhere, '/account', 303)
    const events = await it_.db.event.findMany({
      where: { subject: 'account', subjectId: it_.people.ada.id, action: 'password changed' },
      include: { body: true },
    })
    expect(events[0]?.body).toMatchObject({ before: null, after: null })
    expect((await send(it_.stranger(), '/sign-in', { email: 'ada@example.org', password: PASSWORD })).status).toBe(422)
    expect((await send(it_.stranger(), '/sign-in', { email: 'ada@example.org', password: chosen })).status).toBe(303)
  })

  it('is not changed by who does not, nor to a weak one, and is never shown again', async () => {
    const agent = await it_.signIn('ada')
    const wrong = await send(agent, '/account/security', { currentPassword: 'not this one', password: PASSWORD })
    expect([wrong.status, wrong.words.includes('This is not your current password')]).toEqual([422, true])
    const weak = await send(agent, '/account/security', { currentPassword: chosen, password: 'password12' })
    expect([weak.status, weak.words.includes('too easy to guess')]).toEqual([422, true])
    expect(weak.text + wrong.text).not.toMatch(/not this one|password12|herons/)
  })

  it('cannot be guessed at from an open session', async () => {
    const agent = await it_.signIn('ada')
    const id = it_.people.ada.id
    await it_.db.rateLimit.create({ data: { key: `password:${id}`, points: 20, expire: Date.now() + 60_000 } })
    const answer = await send(agent, '/account/security', { currentPassword: chosen, password: PASSWORD })
    expect(answer.status).toBe(429)
    expect(answer.headers['retry-after']).toBeDefined()
  })

  it('leaves nothing of itself in the request that is kept', async () => {
    const digests = (await it_.db.request.findMany()).map(({ digest }) => digest)
    expect(digests.filter((digest) => isSaltedFrom(digest, 'password')).length).toBeGreaterThan(0)
  })
})

describe('sessions', () => {
  it('are listed with this one marked, and ended one by one or all others at once', async () => {
    await it_.db.session.deleteMany({ where: { accountId: it_.people.rae.id } })
    const [here, second, third] = [await it_.signIn('rae'), await it_.signIn('rae'), await it_.signIn('rae')]
    const page = await visit(here, '/account/sessions')
    expect(page.text.match(/\/account\/sessions\/\d+\/end/g)).toHaveLength(3)
    expect(page.words.match(/\(this one\)/g)).toHaveLength(1)
    const rows = await it_.db.session.findMany({ where: { accountId: it_.people.rae.id }, orderBy: { id: 'asc' } })
    expect((await send(here, `/account/sessions/${rows[1]?.id}/end`)).status).toBe(303)
    await visit(second, '/account', 303)
    await visit(third, '/account')
    await send(here, '/account/sessions/end')
    await visit(third, '/account', 303)
    await visit(here, '/account')
  })

  it('of others cannot be ended', async () => {
    const theirs = await it_.db.session.findFirstOrThrow({ where: { accountId: it_.people.eve.id } })
    expect((await send(it_.as('ben'), `/account/sessions/${theirs.id}/end`)).status).toBe(404)
    expect((await send(it_.as('ben'), '/account/sessions/99999999999/end')).status).toBe(404)
    await visit(it_.as('eve'), '/account')
  })

  it.each([
    ['after eight hours without a visit', "last_seen_at = now() - interval '8 hours 1 minute'"],
    ['after seven days at most', "expires_at = now() - interval '1 second'"],
  ])('end by themselves %s', async (_, change) => {
    const agent = await it_.signIn('sam')
    await visit(agent, '/account')
    await it_.db.$executeRawUnsafe(`update session set ${change} where account_id = ${it_.people.sam.id}`)
    await visit(agent, '/account', 303)
  })

  it('are seen at most once in five minutes', async () => {
    const agent = await it_.signIn('sam')
    const seen = async () =>
      (await it_.db.session.findFirstOrThrow({ where: { accountId: it_.people.sam.id }, orderBy: { id: 'desc' } }))
        .lastSeenAt
    const first = await seen()
    await visit(agent, '/account')
    expect(await seen()).toEqual(first)
    await it_.db
      .$executeRaw`update session set last_seen_at = now() - interval '6 minutes' where account_id = ${it_.people.sam.id}`
    await visit(agent, '/account')
    expect((await seen()).getTime()).toBeGreaterThanOrEqual(first.getTime())
  })

  it('cannot be made of a guessed or malformed cookie', async () => {
    for (const token of ['x', 'A'.repeat(43), `${'A'.repeat(42)}'`, '%00'])
      await visit(it_.stranger().set('Cookie', `stet_session=${token}`), '/account', 303)
  })
})
