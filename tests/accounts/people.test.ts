import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeRole } from '../../src/accounts/admin.store.ts'
import { createAccount } from '../../src/accounts/store.ts'
import { clock } from '../../src/history/store.ts'
import { type Answer, type Desk, desk, send, visit } from '../support/app.ts'
import { changeUnguarded } from '../support/behind.ts'
import { givePassword, type Name, PASSWORD } from '../support/people.ts'

let it_: Desk
beforeAll(async () => {
  it_ = await desk()
  await givePassword(it_.db, it_.people.mo.id)
})
afterAll(() => it_.close())

const zoe = { name: 'Zoe Zhu', email: 'Zoe@example.org', role: 'reporter' }
let made = 0

/** Invites somebody new and answers their link's path. */
async function invited(given: Partial<typeof zoe> = {}): Promise<{ path: string; id: number; email: string }> {
  const email = `new${++made}@example.org`
  // Another one of the same name could not be told apart.
  await changeUnguarded(it_.database, `update account set name = name || ' ' || id where name = 'Zoe Zhu'`)
  const path = linkOf(await send(it_.as('mo'), '/admin/invitations', { ...zoe, email, ...given }))
  const { id } = await it_.db.account.findUniqueOrThrow({ where: { email } })
  return { path, id, email }
}

function linkOf(answer: Answer): string {
  expect(answer.status).toBe(201)
  return /\/invitations\/[\w-]{43}/.exec(answer.text)?.[0] ?? 'no link'
}

const revisionOf = async (id: number) => (await it_.db.account.findUniqueOrThrow({ where: { id } })).revision
const acceptance = { name: 'Zoe Zhu', password: PASSWORD, timeZone: 'Europe/Paris' }

describe('an invitation', () => {
  it('is a link shown once; who opens it sets name, password and time zone and is in', async () => {
    const { path, id, email } = await invited()
    const agent = it_.stranger()
    expect((await visit(agent, path)).words).toContain(email)
    const answer = await send(agent, path, acceptance)
    expect([answer.status, answer.headers.location]).toEqual([303, '/'])
    expect((await visit(agent, '/')).words).toContain('Welcome to the desk')
    const person = await visit(it_.as('mo'), `/admin/people/${id}`)
    expect(person.words).toMatch(/Zoe Zhu set a first password/)
    expect(person.words).toContain('Time zone: [taken out: UTC ] [put in: Europe/Paris ]')
    expect(person.words).toContain('Active')
  })

  it('is kept only as a hash, and leaves neither token nor address in history or in the request', async () => {
    const { path, email } = await invited()
    const { rows } = await it_.database.pool.query(
      "select (select string_agg(token_hash, ' ') from invitation) || (select string_agg(coalesce(before::text, '') || coalesce(after::text, ''), '') from event_body) || (select string_agg(outcome::text, '') from request) as kept",
    )
    expect(rows[0].kept).not.toContain(path.slice('/invitations/'.length))
    expect(rows[0].kept).not.toContain(email)
  })

  it('works once, also for two tabs at the same time', async () => {
    const { path, id } = await invited()
    const answers = await Promise.all([1, 2].map(() => send(it_.stranger(), path, acceptance)))
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([303, 422])
    const later = await visit(it_.stranger(), path, 410)
    expect(later.words).toContain('has been used or has run out')
    expect((await send(it_.stranger(), path, acceptance)).status).toBe(410)
    expect(await it_.db.session.count({ where: { accountId: id } })).toBe(1)
  })

  it('runs out after 72 hours', async () => {
    const { path, id } = await invited()
    const { expiresAt, createdAt } = await it_.db.invitation.findFirstOrThrow({ where: { accountId: id } })
    expect(expiresAt.getTime() - createdAt.getTime()).toBe(72 * 3600_000)
    await it_.db.invitation.updateMany({ where: { accountId: id }, data: { expiresAt: new Date(Date.now() - 1000) } })
    await visit(it_.stranger(), path, 410)
    expect((await visit(it_.as('mo'), '/admin/people')).words).toContain('No open link')
  })

  it('that nobody made leads nowhere, in a sentence', async () => {
    for (const path of ['/invitations/x', `/invitations/${'A'.repeat(43)}`])
      expect((await visit(it_.stranger(), path, 404)).words).toContain('has been used or has run out')
    await visit(it_.stranger(), '/invitations/%00', 404)
  })

  it('ends when a newer one is made, as for a lost password, which ends the sessions', async () => {
    const first = await invited()
    const second = linkOf(await send(it_.as('mo'), `/admin/people/${first.id}/links`))
    await visit(it_.stranger(), first.path, 410)
    const agent = it_.stranger()
    await send(agent, second, acceptance)
    const third = linkOf(await send(it_.as('mo'), `/admin/people/${first.id}/links`))
    await visit(agent, '/account')
    expect((await visit(it_.stranger(), third)).words).toContain('Choose a new password')
    const other = it_.stranger()
    expect((await send(other, third, { password: 'seven grey herons wading' })).status).toBe(303)
    await visit(agent, '/account', 303)
    await visit(other, '/account')
  })

  it('sent again by a reload shows no link, as none is kept; sent with other words it asks', async () => {
    const fields = { ...zoe, name: 'Zelda Zhu', email: 'again@example.org', requestId: 'an-invitation-sent-twice' }
    linkOf(await send(it_.as('mo'), '/admin/invitations', fields))
    const agent = it_.as('mo')
    const again = await send(agent, '/admin/invitations', fields)
    expect(again.status).toBe(303)
    expect((await visit(agent, again.headers.location ?? '')).words).toContain('was shown once')
    const other = await send(it_.as('mo'), '/admin/invitations', { ...fields, email: 'other@example.org' })
    expect(other.status).toBe(409)
    expect(await it_.db.account.count({ where: { email: { in: ['again@example.org', 'other@example.org'] } } })).toBe(1)
  })

  it('for an address that is on the desk is refused, also when two admins are at it', async () => {
    const answer = await send(it_.as('mo'), '/admin/invitations', { ...zoe, email: 'ADA@example.org' })
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('already on the desk')
    expect(answer.text).toContain('value="ADA@example.org"')
    const answers = await Promise.all(
      [1, 2].map(() =>
        send(it_.as('mo'), '/admin/invitations', { ...zoe, name: 'Zita Zhu', email: 'both@example.org' }),
      ),
    )
    expect(answers.map((each) => each.status).toSorted()).toEqual([201, 422])
  })

  it('takes a good password only, and nothing that is not asked for', async () => {
    const { path, id } = await invited()
    const weak = await send(it_.stranger(), path, { ...acceptance, password: 'zoe zhu zoe' })
    expect([weak.status, weak.words.includes('too easy to guess')]).toEqual([422, true])
    expect((await send(it_.stranger(), path, { ...acceptance, role: 'admin' })).status).toBe(422)
    expect(await it_.db.account.findUnique({ where: { id } })).toMatchObject({ role: 'reporter', passwordHash: null })
  })
})

describe('roles', () => {
  it('change at once: the person is signed out, and back with the new one', async () => {
    const agent = await it_.signIn('ben')
    await visit(agent, '/')
    const fields = { role: 'editor', revision: await revisionOf(it_.people.ben.id) }
    expect((await send(it_.as('mo'), `/admin/people/${it_.people.ben.id}/role`, fields)).status).toBe(303)
    await visit(agent, '/', 303)
    expect((await visit(await it_.signIn('ben'), '/')).words).toContain('Open the first story')
    const person = await visit(it_.as('mo'), `/admin/people/${it_.people.ben.id}`)
    expect(person.words).toContain('Mo Musa changed the role.')
    expect(person.words).toContain('Role: [taken out: Reporter ] [put in: Editor ]')
  })

  it('are refused on an outdated page', async () => {
    const fields = { role: 'admin', revision: (await revisionOf(it_.people.ben.id)) - 1 }
    const answer = await send(it_.as('mo'), `/admin/people/${it_.people.ben.id}/role`, fields)
    expect(answer.status).toBe(409)
    expect(answer.words).toContain('Somebody changed this person meanwhile')
  })

  it.each(['boss', ''])('are never %j', async (role) => {
    const fields = { role, revision: await revisionOf(it_.people.ben.id) }
    const answer = await send(it_.as('mo'), `/admin/people/${it_.people.ben.id}/role`, fields)
    expect([answer.status, answer.words.includes('Choose a role')]).toEqual([422, true])
  })
})

describe('disabling', () => {
  it('ends sessions and links at once and keeps the person out; enabling lets them in again', async () => {
    const { path, id, email } = await invited()
    const agent = it_.stranger()
    await send(agent, path, acceptance)
    const link = linkOf(await send(it_.as('mo'), `/admin/people/${id}/links`))
    const disabled = await send(it_.as('mo'), `/admin/people/${id}/access`, {
      access: 'no',
      revision: await revisionOf(id),
    })
    expect(disabled.status).toBe(303)
    await visit(agent, '/', 303)
    await visit(it_.stranger(), link, 404)
    expect((await send(it_.stranger(), '/sign-in', { email, password: PASSWORD })).status).toBe(422)
    expect((await send(it_.as('mo'), `/admin/people/${id}/links`)).status).toBe(422)
    expect((await visit(it_.as('mo'), '/admin/people')).words).toContain('Disabled')
    await send(it_.as('mo'), `/admin/people/${id}/access`, { access: 'yes', revision: await revisionOf(id) })
    await visit(it_.stranger(), link, 410)
    expect((await send(it_.stranger(), '/sign-in', { email, password: PASSWORD })).status).toBe(303)
  })
})

describe('the last admin who can sign in', () => {
  it('can neither be demoted nor disabled', async () => {
    const { id } = it_.people.mo
    const revision = await revisionOf(id)
    const role = await send(it_.as('mo'), `/admin/people/${id}/role`, { role: 'reader', revision })
    expect([role.status, role.words.includes('is the last admin')]).toEqual([422, true])
    const access = await send(it_.as('mo'), `/admin/people/${id}/access`, { access: 'no', revision })
    expect([access.status, access.words.includes('is the last admin')]).toEqual([422, true])
  })

  it('remains when two admins demote each other at the same time', async () => {
    const { id: other } = await it_.db.$transaction(async (tx) =>
      createAccount(tx, null, await clock(tx), { email: 'ann@example.org', name: 'Ann', role: 'admin' }),
    )
    await givePassword(it_.db, other)
    const mo = it_.people.mo.id
    for (let round = 0; round < 5; round += 1) {
      const revisions = { mo: await revisionOf(mo), other: await revisionOf(other) }
      const act = (actorId: number) => ({ actorId, requestId: crypto.randomUUID(), digest: '' })
      const results = await Promise.allSettled([
        changeRole(it_.db, act(mo), other, { role: 'reader', revision: revisions.other }),
        changeRole(it_.db, act(other), mo, { role: 'reader', revision: revisions.mo }),
      ])
      const done = results.filter((result) => result.status === 'fulfilled' && result.value.kind === 'accepted')
      expect(done).toHaveLength(1)
      const admins = await it_.db.account.findMany({ where: { role: 'admin', passwordHash: { not: null } } })
      expect(admins).toHaveLength(1)
      const [left] = admins
      const demoted = left?.id === mo ? other : mo
      await changeRole(it_.db, act(left?.id ?? 0), demoted, { role: 'admin', revision: await revisionOf(demoted) })
    }
    await changeRole(it_.db, it_.act('mo'), other, { role: 'reader', revision: await revisionOf(other) })
  })
})

describe('who does not run the desk', () => {
  it.each(['ada', 'eve', 'rae'] as Name[])('%s sees and changes nothing of it', async (name) => {
    const { id } = it_.people.sam
    for (const path of ['/admin/people', `/admin/people/${id}`, '/admin/desk']) await visit(it_.as(name), path, 403)
    const tries: [string, Record<string, string | number>][] = [
      ['/admin/invitations', zoe],
      [`/admin/people/${id}/links`, {}],
      [`/admin/people/${id}/role`, { role: 'reader', revision: await revisionOf(id) }],
      [`/admin/people/${id}/access`, { access: 'no', revision: await revisionOf(id) }],
      ['/admin/desk', { name: 'Mine', reviewers: '0', revision: 1 }],
      ['/admin/demonstration', {}],
    ]
    for (const [path, fields] of tries) expect((await send(it_.as(name), path, fields)).status, path).toBe(403)
    expect(await it_.db.account.findUnique({ where: { id } })).toMatchObject({ role: 'editor', disabledAt: null })
  })

  it('a person who does not exist is not found', async () => {
    const agent = await it_.signIn('mo')
    for (const id of ['0', '999999', 'x', '99999999999']) {
      await visit(agent, `/admin/people/${id}`, 404)
      expect((await send(agent, `/admin/people/${id}/role`, { role: 'reader', revision: 1 })).status).toBe(404)
      expect((await send(agent, `/admin/people/${id}/links`)).status).toBe(404)
    }
  })
})

it('the list of people takes as many queries whatever their number', async () => {
  const agent = await it_.signIn('mo')
  const asked = async () =>
    // The desk's name is asked for only now and then.
    (await it_.database.statementsOf(() => visit(agent, '/admin/people'))).filter((sql) => !sql.includes('setting'))
      .length
  const before = await asked()
  await it_.db.$transaction(async (tx) => {
    for (let n = 0; n < 10; n += 1)
      await createAccount(tx, null, await clock(tx), {
        email: `many${n}@example.org`,
        name: `Many ${n}`,
        role: 'reader',
      })
  })
  expect(await asked()).toBe(before)
})
