import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeableHistory, grantApplication } from '../../src/database/grants.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

let database: TestDatabase
let separate: boolean

beforeAll(async () => {
  database = await testDatabase()
  const user = async (pool: TestDatabase['pool']) => (await pool.query('select current_user as it')).rows[0].it
  separate = (await user(database.pool)) !== (await user(database.ownerPool))
})
afterAll(() => database.close())

describe("The application's role", () => {
  const HISTORY = ['event', 'decision', 'decision_end', 'capture', 'redaction', 'event_body']

  test.each(HISTORY)('can neither change nor empty nor alter %s', async (table) => {
    for (const sql of [
      `update ${table} set id = id`,
      `delete from ${table}`,
      `truncate ${table}`,
      `alter table ${table} disable trigger all`,
      `alter table ${table} disable trigger user`,
      `alter table ${table} disable trigger ${await firstTrigger(table)}`,
      `drop trigger ${await firstTrigger(table)} on ${table}`,
      `create trigger mine before insert on ${table} for each row execute function refuse_change_of_history()`,
      `create rule mine as on insert to ${table} do instead nothing`,
      `alter table ${table} rename to mine`,
      `alter table ${table} add column mine int`,
      `drop table ${table}`,
    ]) {
      await refused(sql.replace('set id = id', `set ${await firstColumn(table)} = ${await firstColumn(table)}`))
    }
  })

  test('cannot switch triggers off for its session', () => refused('set session_replication_role = replica'))

  test('cannot put another function in place of one that guards', async () => {
    await refused(
      `create or replace function refuse_change_of_history() returns trigger language plpgsql as 'begin return old; end'`,
    )
    await refused('drop function refuse_change_of_history() cascade')
    await refused('alter function refuse_untold_change() set search_path = pg_temp')
  })

  test('cannot make or truncate tables, nor rewrite the list of migrations', async () => {
    await refused('create table mine (n int)')
    await refused('create schema mine')
    await refused('truncate story')
    await refused('delete from _prisma_migrations')
  })

  test('that may become the owner of history is told so', async ({ skip }) => {
    if (!separate) skip()
    const owner = await database.ownerPool.connect()
    const ownerRole = (await owner.query('select current_user as it')).rows[0].it
    expect(await changeableHistory(owner, ownerRole)).toEqual(HISTORY)
    owner.release()
  })

  test('can add to history and read it', async () => {
    for (const table of HISTORY) {
      const right = await database.pool.query('select has_table_privilege($1, $2) as it', [table, 'insert'])
      expect(right.rows[0].it).toBe(true)
    }
  })

  test('is given the same rights again without harm', async ({ skip }) => {
    if (!separate) skip()
    const role = (await database.pool.query('select current_user as it')).rows[0].it
    const owner = await database.ownerPool.connect()
    await grantApplication(owner, role)
    expect(await changeableHistory(owner, role)).toEqual([])
    owner.release()
    await database.db.rateLimit.create({ data: { key: 'still works' } })
    await refused('create temporary table event (n int)')
  })
})

async function firstColumn(table: string): Promise<string> {
  const { rows } = await database.ownerPool.query(
    'select attname from pg_attribute where attrelid = $1::regclass and attnum = 1',
    [table],
  )
  return rows[0].attname
}

async function firstTrigger(table: string): Promise<string> {
  const { rows } = await database.ownerPool.query(
    'select tgname from pg_trigger where tgrelid = $1::regclass and not tgisinternal order by tgname limit 1',
    [table],
  )
  return rows[0].tgname
}

async function refused(...statements: string[]): Promise<void> {
  if (!separate) return
  for (const sql of statements)
    await expect(database.pool.query(sql), sql).rejects.toThrow(/permission denied|must be (the )?owner/)
}
