import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readMigrations } from '../../src/database/migrate.ts'
import { lockSetting } from '../../src/desk/setting.store.ts'
import { clock, record } from '../../src/history/store.ts'
import { verifyHistory } from '../../src/history/verify.store.ts'
import { editStory } from '../../src/stories/store.ts'
import { type Builder, build } from '../support/build.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { makePeople, type People } from '../support/people.ts'

const ROOT = join(import.meta.dirname, '../..')

let it: TestDatabase
let people: People
let made: Builder

beforeAll(async () => {
  it = await testDatabase()
  people = await makePeople(it.db)
  made = build(it.db, people.ada.id)
})
afterAll(() => it.close())

/** A claim with five events, each of which says something. */
async function aClaim(): Promise<{ id: number; ref: string }> {
  const claim = await made.aClaim()
  for (const place of ['Almaty', 'Astana', 'Aktau', 'Taraz'])
    await it.db.$transaction(async (tx) => {
      const was = await tx.claim.findUniqueOrThrow({ where: { id: claim.id } })
      const act = { actorId: people.ada.id, requestId: 'a-request', digest: '' }
      const happening = { action: 'edited', before: { place: was.place }, after: { place }, reason: 'As printed.' }
      const kept = await record(tx, act, await clock(tx), 'claim', was, happening)
      await tx.claim.update({ where: { id: claim.id }, data: { ...kept, place } })
    })
  return claim
}

/** What somebody can do who owns the tables, and switches off what guards them. */
async function tamper(...statements: string[]): Promise<void> {
  const client: pg.PoolClient = await it.ownerPool.connect()
  const tables = ['event', 'event_body', 'claim', 'capture', 'setting', 'redaction']
  try {
    await client.query('begin')
    for (const table of tables) await client.query(`alter table ${table} disable trigger user`)
    for (const statement of statements) await client.query(statement)
    for (const table of tables) await client.query(`alter table ${table} enable trigger user`)
    await client.query('commit')
  } finally {
    await client.query('rollback')
    client.release()
  }
}

const eventOf = (claim: { id: number }, revision: number) =>
  `subject = 'claim' and subject_id = ${claim.id} and revision = ${revision}`
const bodyOf = (claim: { id: number }, revision: number) =>
  `event_id = (select id from event where ${eventOf(claim, revision)})`

/** What is found of one subject. */
async function foundOf(whose: string): Promise<string[]> {
  const { faults } = await verifyHistory(it.exports)
  return faults.filter((fault) => fault.whose === whose).map(({ sentence }) => sentence)
}

describe('Verifying history', () => {
  test('finds nothing wrong with a desk as it works, and says how much was read', async () => {
    const source = await made.aSource()
    await made.aCapture(source.id, 'Порядок восстановлен. 🗞')
    await made.aParty({ name: 'Interior Ministry' })
    const claim = await aClaim()
    await made.aDecision(claim.id, { verdict: 'unproven', decidedById: people.eve.id })
    const { faults, chains, events, captures } = await verifyHistory(it.exports)
    expect(faults).toEqual([])
    expect(captures).toBe(1)
    expect(events).toBe(await it.db.event.count())
    // Six people, a story, two sources, a party, a claim.
    expect(chains).toBe(11)
  })

  test('a redacted body leaves the chain whole; one that was emptied in silence does not', async () => {
    const claim = await aClaim()
    const empty = (revision: number) =>
      `update event_body set before = null, after = null, reason = null, salt = '', redacted_at = '2026-11-24' where ${bodyOf(claim, revision)}`
    await tamper(
      empty(3),
      `insert into redaction (subject, subject_id, event_id, ground, by_id, at)
       select 'claim', ${claim.id}, id, 'law', ${people.mo.id}, '2026-11-24' from event where ${eventOf(claim, 3)}`,
    )
    expect(await foundOf(`Claim ${claim.ref}`)).toEqual([])
    expect((await verifyHistory(it.exports)).redacted).toBe(1)
    await tamper(empty(4))
    expect(await foundOf(`Claim ${claim.ref}`)).toEqual([
      'What revision 4 (edited) changed was emptied, and no redaction tells of it.',
    ])
  })

  const other = `(select id from account where email = 'eve@example.org')`
  test.each<[string, (claim: { id: number }) => string[], RegExp]>([
    [
      'a tampered body',
      (claim) => [`update event_body set after = '{"place":"Baku"}' where ${bodyOf(claim, 3)}`],
      /^What revision 3 \(edited\) changed was altered/,
    ],
    [
      'a body whose bytes alone differ',
      (claim) => [`update event_body set after = '{ "place":"Astana"}' where ${bodyOf(claim, 3)}`],
      /^What revision 3 \(edited\) changed was altered/,
    ],
    [
      'a tampered reason',
      (claim) => [`update event_body set reason = 'As told.' where ${bodyOf(claim, 2)}`],
      /^What revision 2 \(edited\) changed was altered/,
    ],
    [
      'a redaction that kept something',
      (claim) => [`update event_body set before = null, redacted_at = now() where ${bodyOf(claim, 2)}`],
      /^Revision 2 \(edited\) is marked as redacted, and yet holds values/,
    ],
    ['a removed body', (claim) => [`delete from event_body where ${bodyOf(claim, 4)}`], /^What revision 4 .* missing/],
    [
      'another actor',
      (claim) => [`update event set actor_id = ${other} where ${eventOf(claim, 3)}`],
      /^Revision 3 \(edited\) was altered/,
    ],
    [
      'another action',
      (claim) => [`update event set action = 'decided' where ${eventOf(claim, 3)}`],
      /^Revision 3 \(decided\) was altered/,
    ],
    [
      'another time',
      (claim) => [`update event set at = at + interval '1 millisecond' where ${eventOf(claim, 5)}`],
      /^Revision 5 \(edited\) was altered/,
    ],
    [
      'a body and its digest, made to fit',
      (claim) => [`update event set body_digest = repeat('a', 64) where ${eventOf(claim, 2)}`],
      /^Revision 2 \(edited\) was altered/,
    ],
    [
      'a removed row',
      (claim) => [`delete from event_body where ${bodyOf(claim, 3)}`, `delete from event where ${eventOf(claim, 3)}`],
      /^Revision 3 is missing: revision 2 is followed by revision 4/,
    ],
    [
      'a removed first row',
      (claim) => [`delete from event_body where ${bodyOf(claim, 1)}`, `delete from event where ${eventOf(claim, 1)}`],
      /^Revision 1 is missing: the history begins at revision 2/,
    ],
    [
      'a removed row, the others numbered anew',
      (claim) => [
        `delete from event_body where ${bodyOf(claim, 4)}`,
        `delete from event where ${eventOf(claim, 4)}`,
        `update event set revision = 4 where ${eventOf(claim, 5)}`,
        `update claim set revision = 4 where id = ${claim.id}`,
      ],
      /^Revision 4 \(edited\) does not follow from revision 3/,
    ],
    [
      'a cut-off end',
      (claim) => [`delete from event_body where ${bodyOf(claim, 5)}`, `delete from event where ${eventOf(claim, 5)}`],
      /^The end was cut off: the history ends at revision 4, and it is at revision 5/,
    ],
    [
      'a cut-off end, the claim set back',
      (claim) => [
        `delete from event_body where ${bodyOf(claim, 5)}`,
        `delete from event where ${eventOf(claim, 5)}`,
        `update claim set revision = 4 where id = ${claim.id}`,
      ],
      /^Its last event, revision 4, is not the one whose hash it keeps/,
    ],
    [
      'reordered rows',
      (claim) => [
        `update event set revision = 99 where ${eventOf(claim, 3)}`,
        `update event set revision = 3 where ${eventOf(claim, 4)}`,
        `update event set revision = 4 where ${eventOf(claim, 99)}`,
      ],
      /^Revision 3 \(edited\) does not follow from revision 2/,
    ],
    [
      'an inserted foreign row',
      (claim) => [
        `insert into event (subject, subject_id, revision, actor_id, action, at, request_id, body_digest, previous_hash, hash)
         select 'claim', ${claim.id}, 6, actor_id, action, at, request_id, body_digest, repeat('a', 64), hash
         from event where subject = 'account' limit 1`,
      ],
      /^Revision 6 \(created\) does not follow from revision 5/,
    ],
    [
      'a forged row behind the end',
      (claim) => [
        `insert into event (subject, subject_id, revision, action, at, body_digest, previous_hash, hash)
         select 'claim', ${claim.id}, 6, 'decided', now(), repeat('a', 64), hash, repeat('b', 64) from event where ${eventOf(claim, 5)}`,
      ],
      /^Revision 6 \(decided\) was altered/,
    ],
    [
      'a claim that has no history',
      (claim) => [
        `delete from event_body where event_id in (select id from event where subject = 'claim' and subject_id = ${claim.id})`,
        `delete from event where subject = 'claim' and subject_id = ${claim.id}`,
      ],
      /^It is at revision 5, and has no history at all/,
    ],
  ])('finds %s, and names the claim and the first broken link', async (_, how, sentence) => {
    const claim = await aClaim()
    await tamper(...how(claim))
    const found = await foundOf(`Claim ${claim.ref}`)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(sentence)
  })

  test('finds a row that is not what its last event says, though its chain is whole', async () => {
    await it.db.$transaction(async (tx) => {
      const was = await tx.account.findUniqueOrThrow({ where: { id: people.rae.id } })
      const act = { actorId: people.rae.id, requestId: 'a-forged-one', digest: '' }
      const kept = await record(tx, act, await clock(tx), 'account', was, {
        action: 'edited',
        after: { role: 'reader' },
      })
      await tx.account.update({ where: { id: was.id }, data: { ...kept, role: 'admin' } })
    })
    expect(await foundOf(`The account of Rae Ruiz (#${people.rae.id})`)).toEqual([
      'Its role is not what its history says: it was changed by another way.',
    ])
  })

  test('finds a decision added with an event that holds no digest of its seal', async () => {
    const claim = await aClaim()
    const first = await made.aDecision(claim.id, { verdict: 'unproven', decidedById: people.eve.id })
    await made.endDecision(claim.id, 'reopened')
    await it.db.$transaction(async (tx) => {
      const was = await tx.claim.findUniqueOrThrow({ where: { id: claim.id } })
      const act = { actorId: people.eve.id, requestId: 'a-forged-two', digest: '' }
      const at = await clock(tx)
      const after = { stage: 'decided', verdict: 'verified' }
      const kept = await record(tx, act, at, 'claim', was, { action: 'decided', after })
      const data = { ...kept, stage: 'decided', verdict: 'verified', formerVerdict: null } as const
      await tx.claim.update({ where: { id: claim.id }, data })
      await tx.$executeRaw`
        insert into decision (claim_id, revision, verdict, findings, rationale, decided_by_id, decided_at, reviewers, seal, seal_version, source_ids)
        select claim_id, ${kept.revision}, 'verified', findings, rationale, decided_by_id, ${at}, reviewers, seal, seal_version, source_ids
        from decision where id = ${first.id}`
    })
    expect(await foundOf(`Claim ${claim.ref}`)).toEqual([
      expect.stringMatching(/its event holds no digest of its seal/),
    ])
  })

  test('finds events of a subject that is not there', async () => {
    await tamper(
      `insert into event (subject, subject_id, revision, action, at, body_digest, previous_hash, hash)
       select 'setting', 777, revision, action, at, body_digest, previous_hash, hash from event where subject = 'story' limit 1`,
    )
    expect(await foundOf('A setting that is not there (#777)')).toEqual([
      expect.stringMatching(/^Revision 1 .* altered/),
    ])
  })

  test('finds a captured text that is not the one that was taken', async () => {
    const source = await made.aSource()
    const capture = await made.aCapture(source.id, 'At least 26 were killed.')
    await tamper(`update capture set text = 'At least 44 were killed.' where id = ${capture.id}`)
    expect(await foundOf(`A text of source #${source.id} (capture ${capture.id})`)).toHaveLength(1)
  })

  test('names sources, parties, stories, accounts and settings as people know them', async () => {
    const source = await made.aSource()
    const party = await made.aParty({ name: 'TASS' })
    const story = await made.aStory({ code: 'QQ' })
    await it.db.$transaction(async (tx) => lockSetting(tx, null, await clock(tx), 'desk', {}))
    const setting = await it.db.setting.findFirstOrThrow()
    const of = (subject: string, id: number) =>
      `update event set action = 'forged' where subject = '${subject}' and subject_id = ${id}`
    await tamper(
      of('source', source.id),
      of('party', party.id),
      of('story', story.id),
      of('account', people.ben.id),
      of('setting', setting.id),
    )
    for (const whose of [
      `Source #${source.id}`,
      `Party #${party.id} (TASS)`,
      'Story QQ',
      `The account of Ben Bauer (#${people.ben.id})`,
      'The setting “desk”',
    ])
      expect(await foundOf(whose), whose).toEqual([expect.stringMatching(/^Revision 1 \(forged\) was altered/)])
  })

  test('asks as often for long chains as for short ones: once a thousand events', async () => {
    const countNow = () => it.countQueries(() => verifyHistory(it.exports))
    const before = await countNow()
    const story = await made.aStory({ code: 'LONG' })
    for (let revision = 1; revision <= 20; revision += 1)
      await editStory(
        it.db,
        { actorId: people.eve.id, requestId: `an-edit-of-a-story-${revision}`, digest: '' },
        'LONG',
        { title: `Title ${revision}`, summary: '', timeZone: 'UTC', revision: story.revision + revision - 1 },
      )
    expect(await countNow()).toBe(before)
  })
})

// It starts a process, which takes seconds on a busy machine.
describe('npm run verify-history', { timeout: 240_000 }, () => {
  test('ends with 0 and counts where everything holds, and with 1 and a sentence where it does not', async () => {
    const sound = await testDatabase()
    const { ada } = await makePeople(sound.db)
    const claim = await build(sound.db, ada.id).aClaim()
    const well = await run(sound)
    expect(well.said).toContain('events in')
    expect(well.said).toContain('everything holds')
    expect(well.code, well.said).toBe(0)
    await sound.ownerPool.query('alter table event disable trigger user')
    await sound.ownerPool.query(`update event set action = 'decided' where subject = 'claim'`)
    const { code, said } = await run(sound)
    expect(said).toContain(`Claim ${claim.ref}: Revision 1 (decided) was altered`)
    expect(said).toContain('1 does not hold')
    expect(code, said).toBe(1)
    expect((await run(sound, '--fast')).code).toBe(2)
    await sound.close()
  })

  test('migrates nothing: a database of another version gets a sentence', async () => {
    const other = await testDatabase()
    const last = (await readMigrations()).at(-1)?.name
    await other.ownerPool.query('delete from _prisma_migrations where migration_name = $1', [last])
    const older = await run(other)
    expect(older.said).toContain(`it has not had the migration ${last}`)
    expect(older.code).toBe(1)
    const { rowCount } = await other.ownerPool.query('select 1 from _prisma_migrations where migration_name = $1', [
      last,
    ])
    expect(rowCount).toBe(0)
    await other.ownerPool.query(`update _prisma_migrations set migration_name = '29991231000000_later' where migration_name = (
      select max(migration_name) from _prisma_migrations)`)
    expect((await run(other)).said).toContain(
      'This Stet is older than its database, which has had the migration 29991231000000_later',
    )
    await other.close()
  })
})

async function run(on: TestDatabase, ...flags: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/commands/verify-history.ts', ...flags], {
    cwd: ROOT,
    env: { ...process.env, ...on.environment },
  })
  let said = ''
  child.stdout.on('data', (part: Buffer) => (said += part))
  child.stderr.on('data', (part: Buffer) => (said += part))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, said }
}
