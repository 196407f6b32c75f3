import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifyHistory } from '../../src/history/verify.store.ts'
import { type Builder, build } from '../support/build.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { makeAdmin, makePeople, type People } from '../support/people.ts'

const TEXT = 'The colonel, Ivan Petrov 🗞, said so. Ivan Petrov left.'

let it: TestDatabase
let people: People
let made: Builder
let source: { id: number }
let capture: { id: number; sha256: string }
let claim: { id: number; ref: string }
let decision: { id: number }
let event: { id: number; revision: number }

beforeAll(async () => {
  it = await testDatabase()
  people = await makePeople(it.db)
  made = build(it.db, people.ada.id)
})
afterAll(() => it.close())

beforeEach(async () => {
  source = await made.aSource({ title: 'Dispatch' })
  capture = await made.aCapture(source.id, TEXT)
  claim = await made.aClaim({ stage: 'in_review', attributions: [{ sourceId: source.id }] })
  decision = await made.aDecision(claim.id, { verdict: 'unproven', decidedById: people.eve.id })
  event = await it.db.event.findFirstOrThrow({ where: { subject: 'source', subjectId: source.id } })
})

type Row = Record<string, string | number | null>

const NAMED = ['event_id', 'capture_id', 'decision_id', 'places', 'length', 'ground', 'ground_note'] as const

/** A redaction as the application’s role may write it down, the proposal that it carries out, and what is told of it. */
async function written(row: Row, { isTold = true, everywhere = false } = {}): Promise<void> {
  const whole: Row = { ground: `'law'`, by_id: people.mo.id, at: `'2026-11-24T17:00Z'`, ...row }
  const named = Object.entries(whole).filter(([name]) => (NAMED as readonly string[]).includes(name))
  const proposal = await proposed({
    ...Object.fromEntries(named),
    everywhere: String(everywhere),
    proposed_by_id: whole.by_id ?? null,
  })
  const second = row.seconded_by_id ?? null
  const told = [
    `insert into event (subject, subject_id, revision, actor_id, action, at, body_digest, previous_hash, hash)
     select ${whole.subject}, ${whole.subject_id}, revision + 1, ${whole.by_id}, 'redacted', ${whole.at}, repeat('a', 64), last_hash, repeat('b', 64)
     from ${String(whole.subject).replaceAll("'", '')} where id = ${whole.subject_id}`,
  ]
  return inOne(
    answered(proposal, second === null ? 'alone' : 'seconded', Number(second ?? people.mo.id)),
    insertion('redaction', { ...whole, proposal_id: proposal }),
    ...(isTold ? told : []),
    `update redaction_proposal set finished_at = now() where id = ${proposal}`,
  )
}

/** A proposal of Mo’s that waits, by its number. */
async function proposed(row: Row): Promise<number> {
  const whole = { ground: `'law'`, proposed_by_id: people.mo.id, proposed_at: 'now()', ...row }
  const { rows } = await it.pool.query<{ id: number }>(`${insertion('redaction_proposal', whole)} returning id`)
  return rows[0]?.id ?? 0
}

function insertion(table: string, row: Row): string {
  return `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.values(row).map(String).join(', ')})`
}

function answered(proposal: number, outcome: string, by: number): string {
  return `update redaction_proposal set outcome = '${outcome}', settled_by_id = ${by}, settled_at = now() where id = ${proposal}`
}

async function inOne(...statements: string[]): Promise<void> {
  const client = await it.pool.connect()
  try {
    await client.query('begin')
    for (const statement of statements) await client.query(statement)
    await client.query('commit')
  } finally {
    await client.query('rollback').catch(() => {})
    client.release()
  }
}

const ofEvent = () => ({ subject: `'source'`, subject_id: source.id, event_id: event.id })
const ofText = (places: number[], length: number | null) => ({
  subject: `'source'`,
  subject_id: source.id,
  capture_id: capture.id,
  places: `array[${places.join()}]::int[]`,
  length: length ?? 'null',
})
const ofDecision = () => ({ subject: `'claim'`, subject_id: claim.id, decision_id: decision.id })

describe('Writing down a redaction', () => {
  test('empties what an event changed, with the salt by which it could be guessed; the chain still verifies', async () => {
    await written(ofEvent())
    const body = await it.db.eventBody.findUniqueOrThrow({ where: { eventId: event.id } })
    expect(body).toMatchObject({ before: null, after: null, reason: null, salt: '' })
    expect(body.redactedAt?.toISOString()).toBe('2026-11-24T17:00:00.000Z')
    const { faults } = await verifyHistory(it.exports)
    expect(faults.filter(({ sentence }) => /revision 1/.test(sentence))).toEqual([])
    await expect(written(ofEvent())).rejects.toThrow(/redacted already/)
  })

  test('puts tombstones for words of a text, so that every place stays, and takes a new digest', async () => {
    await written(ofText([13, 37], 11))
    const { sha256: before } = capture
    const { text, sha256 } = await it.db.capture.findUniqueOrThrow({ where: { id: capture.id } })
    expect(text).toBe('The colonel, ▮▮▮▮▮▮▮▮▮▮▮ 🗞, said so. ▮▮▮▮▮▮▮▮▮▮▮ left.')
    expect(Array.from(text)).toHaveLength(Array.from(TEXT).length)
    expect(sha256).not.toBe(before)
    const { faults } = await verifyHistory(it.exports)
    expect(faults.filter(({ whose }) => whose.includes(`capture ${capture.id})`))).toEqual([])
  })

  test('is itself for ever', async () => {
    await written(ofEvent())
    for (const pool of [it.pool, it.ownerPool])
      for (const statement of ['update redaction set at = at', 'delete from redaction', 'truncate redaction'])
        await expect(pool.query(statement), statement).rejects.toThrow(/permission denied|keeps history/)
  })

  test('empties a whole text', async () => {
    await written(ofText([], null))
    expect((await it.db.capture.findUniqueOrThrow({ where: { id: capture.id } })).text).toBe('')
    await expect(written(ofText([], null))).rejects.toThrow(/redacted already/)
  })

  test('empties a sealed copy and the reasons; who, what and when stay', async () => {
    const before = await it.db.decision.findUniqueOrThrow({ where: { id: decision.id } })
    await written(ofDecision())
    const after = await it.db.decision.findUniqueOrThrow({ where: { id: decision.id } })
    expect(after).toEqual({ ...before, seal: {}, rationale: '[redacted]' })
  })
})

describe('A redaction is refused', () => {
  test.each<[string, () => Row, RegExp]>([
    ['outside the text', () => ofText([50], 11), /no 11 characters at 50/],
    ['of nothing', () => ({ subject: `'source'`, subject_id: source.id }), /of_one_thing/],
    ['of two things at once', () => ({ ...ofEvent(), decision_id: decision.id }), /of_one_thing/],
    ['under another’s name', () => ({ ...ofEvent(), subject_id: source.id - 1 }), /whose that is/],
    ['by who is no admin', () => ({ ...ofEvent(), by_id: people.eve.id }), /Only an admin/],
    ['seconded by who is no admin', () => ({ ...ofEvent(), seconded_by_id: people.eve.id }), /another admin seconds/],
    ['seconded by oneself', () => ({ ...ofEvent(), seconded_by_id: people.mo.id }), /redaction_proposal_settled/],
    ['on another ground that is not said', () => ({ ...ofEvent(), ground: `'other'` }), /other_ground_said/],
  ])('%s', async (_, row, message) => {
    await expect(written(row())).rejects.toThrow(message)
    expect((await it.db.capture.findUniqueOrThrow({ where: { id: capture.id } })).text).toBe(TEXT)
  })

  test('where no history tells of it', async () => {
    await expect(written(ofEvent(), { isTold: false })).rejects.toThrow(/told in the history/)
  })

  test('that no proposal asked for, or another than that which was asked for', async () => {
    const bare = insertion('redaction', { ...ofEvent(), ground: `'law'`, by_id: people.mo.id, at: 'now()' })
    await expect(inOne(bare)).rejects.toThrow(/carries out a proposal/)
    const waits = await proposed({ event_id: event.id })
    const under = (row: Row) =>
      insertion('redaction', { ground: `'law'`, by_id: people.mo.id, at: 'now()', proposal_id: waits, ...row })
    await expect(inOne(under(ofEvent()))).rejects.toThrow(/carries out a proposal/)
    const settled = answered(waits, 'alone', people.mo.id)
    await expect(inOne(settled, under(ofDecision()))).rejects.toThrow(/what was proposed, and nothing else/)
    const finished = `update redaction_proposal set finished_at = now() where id = ${waits}`
    await expect(inOne(settled, finished, under(ofEvent()))).rejects.toThrow(/carries out a proposal/)
  })

  test('for anything but emptying: the record of a redaction opens nothing else', async () => {
    const { subject, subject_id, ...named } = ofText([13], 11)
    const proposal = await proposed(named)
    const sneak = (statement: string) =>
      inOwn(
        answered(proposal, 'alone', people.mo.id),
        insertion('redaction', {
          subject,
          subject_id,
          ...named,
          ground: `'law'`,
          by_id: people.mo.id,
          at: 'now()',
          proposal_id: proposal,
        }),
        statement,
      )
    for (const statement of [
      `update capture set text = 'Another' where id = ${capture.id}`,
      `update capture set taken_at = now() where id = ${capture.id}`,
      `update decision set seal = '{}', rationale = '[redacted]' where id = ${decision.id}`,
      `update event_body set before = null, after = null, reason = null, salt = '', redacted_at = now() where event_id = ${event.id}`,
      `delete from capture where id = ${capture.id}`,
    ])
      await expect(sneak(statement), statement).rejects.toThrow(/keeps history/)
  })
})

async function inOwn(...statements: string[]): Promise<void> {
  const client = await it.ownerPool.connect()
  try {
    await client.query('begin')
    for (const statement of statements) await client.query(statement)
    await client.query('commit')
  } finally {
    await client.query('rollback').catch(() => {})
    client.release()
  }
}

describe('What was proposed', () => {
  test('is dated by the database, and stays as it was proposed and answered', async () => {
    const waits = await proposed({ event_id: event.id, proposed_at: `'2020-01-01T00:00Z'` })
    const { proposedAt } = await it.db.redactionProposal.findUniqueOrThrow({ where: { id: waits } })
    expect(Date.now() - proposedAt.getTime()).toBeLessThan(600_000)
    for (const change of [
      `event_id = ${event.id - 1}`,
      'everywhere = true',
      `proposed_at = '2020-01-01'`,
      `proposed_by_id = ${people.eve.id}`,
    ])
      await expect(
        it.pool.query(`update redaction_proposal set ${change} where id = ${waits}`),
        change,
      ).rejects.toThrow(/stays as it is/)
    await expect(it.pool.query(`delete from redaction_proposal where id = ${waits}`)).rejects.toThrow(/stays on record/)
    await expect(
      it.pool.query(
        insertion('redaction_proposal', {
          event_id: event.id,
          ground: `'law'`,
          proposed_by_id: people.mo.id,
          proposed_at: 'now()',
          outcome: `'alone'`,
          settled_by_id: people.mo.id,
          settled_at: 'now()',
        }),
      ),
    ).rejects.toThrow(/proposed before it is answered/)
    await expect(proposed({ event_id: event.id, proposed_by_id: people.eve.id })).rejects.toThrow(/Only an admin/)
    await inOne(answered(waits, 'withdrawn', people.mo.id).replace(' where', ', finished_at = now() where'))
    await expect(inOne(answered(waits, 'alone', people.mo.id))).rejects.toThrow(/stays as it is/)
  })
})

// Last: the desk keeps its second admin.
describe('Where another admin can sign in, a redaction is refused', () => {
  test('without a second, where another admin can sign in', async () => {
    const other = await makeAdmin(it.db, 'Noor')
    await expect(written(ofEvent())).rejects.toThrow(/Another admin has to second/)
    await written({ ...ofDecision(), seconded_by_id: other.id })
  })
})
