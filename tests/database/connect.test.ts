import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/database/connect.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

describe('Every connection', () => {
  test('speaks UTC, so that an hour read is the hour written', async () => {
    for (const pool of [database.pool, database.exports]) {
      expect((await pool.query('show timezone')).rows[0].TimeZone).toBe('UTC')
    }
    const [row] = await database.db.$queryRaw<{ it: Date }[]>`select '2022-01-07T18:00:00+06'::timestamptz as it`
    expect(row?.it).toEqual(new Date('2022-01-07T12:00:00Z'))
  })

  test('has time-outs, longer ones for exports', async () => {
    const limit = async (pool: TestDatabase['pool'], name: string) =>
      (await pool.query(`select current_setting($1) as it`, [name])).rows[0].it
    expect(await limit(database.pool, 'statement_timeout')).toBe('15s')
    expect(await limit(database.pool, 'lock_timeout')).toBe('5s')
    expect(await limit(database.pool, 'idle_in_transaction_session_timeout')).toBe('15s')
    expect(await limit(database.exports, 'statement_timeout')).toBe('10min')
  })

  test('keeps them when the address has options of its own', async () => {
    const { DATABASE_URL, DATABASE_OWNER_URL } = database.environment
    const options = `options=${encodeURIComponent('-c work_mem=9MB')}`
    const opened = await openDatabase({
      databaseUrl: `${DATABASE_URL}${DATABASE_URL.includes('?') ? '&' : '?'}${options}`,
      databaseOwnerUrl: DATABASE_OWNER_URL,
      dataDir: '',
      poolSize: 2,
      allowUnsafeDurability: true,
    })
    expect((await opened.pool.query('show timezone')).rows[0].TimeZone).toBe('UTC')
    expect((await opened.pool.query('show work_mem')).rows[0].work_mem).toBe('9MB')
    await opened.close()
  })
})

describe('A transaction', () => {
  test('nests by savepoint: what the inner one did is undone alone', async () => {
    await database.db.$transaction(async (outer) => {
      await outer.rateLimit.create({ data: { key: 'kept' } })
      const inner = outer.$transaction(async (db) => {
        await db.rateLimit.create({ data: { key: 'undone' } })
        throw new Error('undo')
      })
      await expect(inner).rejects.toThrow('undo')
    })
    expect(await database.db.rateLimit.findMany({ select: { key: true } })).toEqual([{ key: 'kept' }])
  })
})

describe('Counting statements', () => {
  test("counts Prisma's and raw ones alike", async () => {
    expect(await database.countQueries(() => database.db.story.findMany({ take: 1 }))).toBe(1)
    expect(await database.countQueries(() => database.db.$queryRaw`select 1`)).toBe(1)
    expect(await database.countQueries(() => database.pool.query('select 1'))).toBe(1)
    expect(await database.countQueries(() => database.exports.query('select 1'))).toBe(1)
    const said = await database.statementsOf(() => database.db.$transaction((db) => db.story.count()))
    expect(said[0]).toBe('BEGIN')
    expect(said.at(-1)).toBe('COMMIT')
    expect(said).toHaveLength(3)
  })
})
