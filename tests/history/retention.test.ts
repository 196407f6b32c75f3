import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeOldRequests } from '../../src/history/retention.store.ts'
import { once } from '../../src/history/store.ts'
import { accepted } from '../../src/outcome.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { makePeople, type People } from '../support/people.ts'

let it: TestDatabase
let people: People

beforeAll(async () => {
  it = await testDatabase()
  people = await makePeople(it.db)
})
afterAll(() => it.close())

const landing = async () => accepted({ path: '/claims' })

describe('What is kept of a form that was sent', () => {
  test('holds a salted digest: the same words twice are not known to be the same', async () => {
    const digest = 'd'.repeat(64)
    const acts = [randomUUID(), randomUUID()].map((requestId) => ({ actorId: people.ada.id, requestId, digest }))
    for (const act of acts) await once(it.db, act, landing)
    const rows = await it.db.request.findMany({ where: { id: { in: acts.map(({ requestId }) => requestId) } } })
    const stored = rows.map((row) => row.digest)
    expect(new Set(stored).size).toBe(2)
    for (const one of stored) expect(one).toMatch(/^[0-9a-f]{32}:[0-9a-f]{64}$/)
    expect(stored.join()).not.toContain(digest)
  })

  test('answers the same form with its first outcome, and another under its id with a refusal', async () => {
    const act = { actorId: people.ada.id, requestId: randomUUID(), digest: 'one' }
    await once(it.db, act, landing)
    expect(await once(it.db, act, () => Promise.reject(new Error('done twice')))).toEqual(accepted({ path: '/claims' }))
    expect(await once(it.db, { ...act, digest: 'another' }, landing)).toMatchObject({ kind: 'refused' })
  })

  test('also of one that was kept before digests were salted', async () => {
    const act = { actorId: people.ada.id, requestId: randomUUID(), digest: 'e'.repeat(64) }
    await it.db.request.create({
      data: { actorId: act.actorId, id: act.requestId, digest: act.digest, outcome: { path: '/old' } },
    })
    expect(await once(it.db, act, landing)).toEqual(accepted({ path: '/old' }))
  })

  test('is removed thirty days after, in batches, and not before', async () => {
    await it.pool.query(
      `insert into request (actor_id, id, digest, outcome, created_at)
       select $1::int, 'old ' || n, '', '{}'::jsonb, now() - interval '30 days 1 minute' from generate_series(1, 2500) n
       union all select $1::int, 'kept ' || n, '', '{}', now() - interval '29 days 23 hours' from generate_series(1, 10) n`,
      [people.ben.id],
    )
    expect(await removeOldRequests(it.db)).toBe(2500)
    expect(await removeOldRequests(it.db)).toBe(0)
    expect(await it.db.request.count({ where: { actorId: people.ben.id } })).toBe(10)
  })

  test('is found by its age, oldest first, without looking through the rest', async () => {
    await it.pool.query('analyze request')
    const client = await it.pool.connect()
    try {
      await client.query('set enable_seqscan = off')
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `explain select actor_id, id from request where created_at < now() - interval '30 days' order by created_at limit 1000 for update skip locked`,
      )
      expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('request_created_at_idx')
    } finally {
      await client.query('reset enable_seqscan')
      client.release()
    }
  })
})
