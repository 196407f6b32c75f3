import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSession } from '../../src/accounts/session.store.ts'
import { type Agent, type Answer, type Desk, desk, type Fields, send, visit } from '../support/app.ts'
import { build } from '../support/build.ts'
import { givePassword, makeAdmin, PASSWORD } from '../support/people.ts'

const HOUR = 3600_000

let it: Desk
let event: number

beforeEach(async () => {
  it = await desk()
  const source = await build(it.db, it.people.ada.id).aSource({ title: 'Dispatch' })
  event = (await it.db.event.findFirstOrThrow({ where: { subject: 'source', subjectId: source.id } })).id
})
afterEach(() => it.close())

const propose = (by: Agent, fields: Fields = {}) =>
  send(by, '/admin/redactions', { event, ground: 'law', intent: 'redact', ...fields })
const second = (by: Agent, proposal: string) => send(by, `${proposal}/answers`, { answer: 'second' })
const isRedacted = async () =>
  (await it.db.eventBody.findUniqueOrThrow({ where: { eventId: event } })).redactedAt !== null
const agentOf = async (id: number) => it.asToken(await openSession(it.db, id, 'a test'))
const addressOf = (answer: Answer) => answer.headers.location ?? ''

/** Changes a person as an admin does on their page. */
async function change(by: Agent, id: number, what: 'role' | 'access', value: string) {
  const { revision } = await it.db.account.findUniqueOrThrow({ where: { id } })
  const answer = await send(by, `/admin/people/${id}/${what}`, { [what]: value, revision })
  expect(answer.status, answer.words).toBe(303)
}

/** Puts everything that happened so far that many hours earlier, by the database's clock. */
async function letPass(hours: number) {
  for (const [table, columns] of [
    ['event', ['at']],
    ['invitation', ['created_at', 'used_at', 'expires_at']],
    ['redaction_proposal', ['proposed_at']],
  ] as const) {
    await it.database.ownerPool.query(`alter table ${table} disable trigger all`).catch(async () => {
      await it.database.ownerPool.query(`alter table ${table} disable trigger user`)
    })
    const set = columns.map((column) => `${column} = ${column} - interval '${hours} hours'`).join(', ')
    await it.database.ownerPool.query(`update ${table} set ${set}`)
    await it.database.ownerPool.query(`alter table ${table} enable trigger user`)
    if (table !== 'invitation') await it.database.ownerPool.query(ALWAYS[table])
  }
}

const ALWAYS = {
  event: 'alter table event enable always trigger event_stays',
  redaction_proposal: 'alter table redaction_proposal enable always trigger redaction_proposal_checked',
}

describe('A desk with one admin', () => {
  test('redacts at once, and says on every page that nobody seconded it', async () => {
    expect((await visit(it.as('mo'), `/admin/redactions/new?event=${event}`)).words).toContain(
      'You are the only admin who can sign in: it happens at once, and everybody can read that nobody seconded it.',
    )
    const answer = await propose(it.as('mo'))
    expect(answer.status, answer.words).toBe(303)
    expect(await isRedacted()).toBe(true)
    expect((await visit(it.as('mo'), '/admin/redactions')).words).toContain('the desk’s only admin, without a second')
    const { id } = await it.db.redactionProposal.findFirstOrThrow()
    const proposal = await visit(it.as('mo'), `/admin/redactions/${id}`)
    expect(proposal.words).toContain('Without a second')
    expect(proposal.words).toContain('nobody was there to second it')
    const { subjectId } = await it.db.event.findUniqueOrThrow({ where: { id: event } })
    const history = await visit(it.as('rae'), `/sources/${subjectId}/history`)
    expect(history.words).toContain('By the desk’s only admin, without a second.')
    expect(history.words).toContain('Seconded by: nobody: the desk had no other admin')
  })

  test('does not become one by taking the role from the other, nor by disabling them, before a day has passed', async () => {
    await givePassword(it.db, it.people.mo.id)
    for (const [what, value, back] of [
      ['role', 'editor', 'admin'],
      ['access', 'no', 'yes'],
    ] as const) {
      const other = await makeAdmin(it.db, `Other${what}`)
      await change(it.as('mo'), other.id, what, value)
      const answer = await propose(it.as('mo'))
      expect(answer.status).toBe(422)
      expect(answer.words).toContain('This desk had another admin within the last day')
      expect(await isRedacted()).toBe(false)
      expect((await visit(it.as('mo'), `/admin/redactions/new?event=${event}`)).words).toContain(
        'You can redact alone from',
      )
      await change(it.as('mo'), other.id, what, back)
      await change(it.as('mo'), other.id, what, value)
    }
    await letPass(25)
    expect((await propose(it.as('mo'))).status).toBe(303)
    expect(await isRedacted()).toBe(true)
  })
})

describe('The second of a redaction', () => {
  test('was an admin for a day: until then the page says from when, and it waits', async () => {
    const other = await makeAdmin(it.db, 'Noor', 2 * HOUR)
    const noor = await agentOf(other.id)
    const proposal = addressOf(await propose(it.as('mo')))
    expect((await visit(it.as('mo'), proposal)).words).toMatch(/Noor, from \d+ \w+ \d{4}, \d\d:\d\d UTC/)
    const page = await visit(noor, proposal)
    expect(page.words).toMatch(/You can second this from \d+ \w+ \d{4}/)
    expect(page.text).not.toContain('value="second"')
    const early = await second(noor, proposal)
    expect(early.status).toBe(422)
    expect(early.words).toMatch(/You can second this from/)
    expect(await isRedacted()).toBe(false)
    await letPass(22)
    expect((await second(noor, proposal)).status).toBe(303)
    expect(await isRedacted()).toBe(true)
  })

  test('was an admin before it was proposed, however long that is ago', async () => {
    const first = await makeAdmin(it.db, 'Noor')
    const proposal = addressOf(await propose(it.as('mo')))
    await givePassword(it.db, it.people.sam.id)
    await change(it.as('mo'), it.people.sam.id, 'role', 'admin')
    await letPass(48)
    const sam = await agentOf(it.people.sam.id)
    const answer = await second(sam, proposal)
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('only after this was proposed')
    expect(await isRedacted()).toBe(false)
    expect((await second(await agentOf(first.id), proposal)).status).toBe(303)
  })

  test('is nobody whom the proposer can sign in as by a link of theirs', async () => {
    const other = await makeAdmin(it.db, 'Noor')
    const made = await send(it.as('mo'), `/admin/people/${other.id}/links`)
    const token = /\/invitations?\/([\w-]+)/.exec(made.text)?.[1] ?? ''
    const link = new URL(/https?:\/\/[^\s"<]*[\w-]{20,}/.exec(made.text)?.[0] ?? `http://x/${token}`).pathname
    const proposal = addressOf(await propose(it.as('mo')))
    const used = await send(it.stranger(), link, { password: `${PASSWORD} again` })
    expect(used.status, used.words).toBe(303)
    const asNoor = await agentOf(other.id)
    const answer = await second(asNoor, proposal)
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('a link was made for you, only after this was proposed')
    expect(await isRedacted()).toBe(false)
    // Nor within a day of the link, by a proposal that follows it.
    const later = addressOf(await propose(it.as('mo')))
    expect((await second(asNoor, later)).words).toContain('You can second this from')
  })

  test('does not follow an admin whom the proposer took the role from within the day', async () => {
    const [first, other] = [await makeAdmin(it.db, 'Noor'), await makeAdmin(it.db, 'Olga')]
    await change(it.as('mo'), first.id, 'role', 'reader')
    const proposal = addressOf(await propose(it.as('mo')))
    const olga = await agentOf(other.id)
    expect((await second(olga, proposal)).words).toContain('You can second this from')
    await letPass(25)
    expect((await second(olga, proposal)).status).toBe(303)
  })

  test('is as little theirs where the proposer is the account that was just made', async () => {
    await givePassword(it.db, it.people.mo.id)
    await letPass(48)
    const made = await makeAdmin(it.db, 'Noor', HOUR)
    const proposal = addressOf(await propose(await agentOf(made.id)))
    expect((await second(it.as('mo'), proposal)).words).toContain('You can second this from')
    expect(await isRedacted()).toBe(false)
  })

  test('is asked by the database itself', async () => {
    await givePassword(it.db, it.people.mo.id)
    const other = await makeAdmin(it.db, 'Noor', 2 * HOUR)
    const id = Number(
      addressOf(await propose(it.as('mo')))
        .split('/')
        .at(-1),
    )
    const settled = `update redaction_proposal set outcome = 'seconded', settled_by_id = ${other.id}, settled_at = '2030-01-01' where id = ${id}`
    await expect(it.database.pool.query(settled)).rejects.toThrow(/was an admin before it was proposed, and for a day/)
    await change(it.as('mo'), other.id, 'role', 'reader')
    const alone = `update redaction_proposal set outcome = 'alone', settled_by_id = ${it.people.mo.id}, settled_at = now() where id = ${id}`
    await expect(it.database.pool.query(alone)).rejects.toThrow(/had another admin within the last day/)
  })
})
