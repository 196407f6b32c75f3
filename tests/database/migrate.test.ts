import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openDatabase } from '../../src/database/connect.ts'
import { type Migration, migrate, readMigrations, underMigrationLock } from '../../src/database/migrate.ts'
import { prepare } from '../../src/database/prepare.ts'
import { splitStatements } from '../../src/database/statements.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { withAdmin } from '../support/server.ts'

let database: TestDatabase
let migrations: Migration[]

beforeAll(async () => {
  database = await testDatabase()
  migrations = await readMigrations()
})
afterAll(() => database.close())

describe('Migrating', () => {
  test('a database that has had everything changes nothing', async () => {
    await asOwner(async (owner) => expect(await migrate(owner, migrations)).toEqual([]))
  })

  test('several processes that start at once apply each migration once', async () => {
    const name = `${inject('server').template}_empty`
    const { admin, owner, app } = inject('server')
    await withAdmin(admin, (client) => client.query(`create database ${name} owner ${owner.user}`))
    const server = { owner: { ...owner, database: name }, app: { ...app, database: name } }
    const config = { dataDir: '', poolSize: 1, allowUnsafeDurability: true }
    await Promise.all([1, 2, 3, 4].map(() => prepare(server, config)))
    await withAdmin(server.owner, async (client) => {
      const { rows } = await client.query(
        'select migration_name, applied_steps_count from _prisma_migrations order by 1',
      )
      expect(rows).toEqual(migrations.map((it) => ({ migration_name: it.name, applied_steps_count: 1 })))
    })
  })

  test('refuses a migration that was edited after the database had it', async () => {
    const edited = migrations.map((it, index) => (index === 0 ? { ...it, checksum: 'other' } : it))
    await asOwner((owner) => expect(migrate(owner, edited)).rejects.toThrow(/was edited after this database had it/))
  })

  test('refuses a database that is newer than the application', async () => {
    await asOwner((owner) =>
      expect(migrate(owner, migrations.slice(0, -1))).rejects.toThrow(/older than its database.*Nothing was changed/),
    )
  })

  test('undoes a migration that fails, whole', async () => {
    const failing = migration('20990101000000_failing', 'create table half (n int); select 1 / 0;')
    await asOwner(async (owner) => {
      await expect(migrate(owner, [...migrations, failing])).rejects.toThrow(/failed and was undone: division by zero/)
      expect((await owner.query("select to_regclass('half') as it")).rows).toEqual([{ it: null }])
    })
  })

  test('applies a migration marked no-transaction statement by statement', async () => {
    const outside = migration(
      '20990101000001_outside',
      '-- no-transaction\ncreate index concurrently if not exists story_title_idx on story (title);\nselect 1;',
    )
    await asOwner(async (owner) => {
      expect(await migrate(owner, [...migrations, outside])).toEqual([outside.name])
      expect(await migrate(owner, [...migrations, outside])).toEqual([])
      await owner.query('drop index story_title_idx')
      await owner.query('delete from _prisma_migrations where migration_name = $1', [outside.name])
    })
  })

  test('waits while another process migrates', async () => {
    const order: string[] = []
    await asOwner((first) =>
      asOwner(async (second) => {
        let waiting: Promise<unknown> = Promise.resolve()
        await underMigrationLock(first, async () => {
          waiting = underMigrationLock(second, async () => order.push('second'))
          await first.query('select pg_sleep(0.1)')
          order.push('first')
        })
        await waiting
      }),
    )
    expect(order).toEqual(['first', 'second'])
  })
})

describe('Opening a server refuses in a sentence', () => {
  const config = { dataDir: '', poolSize: 2, allowUnsafeDurability: true }

  test('somebody the server does not know, without repeating the password', async () => {
    const databaseUrl = database.environment.DATABASE_URL.replace(/\/\/[^@]*@/, '//stranger:guessed@')
    const refusal = await openDatabase({ ...config, databaseUrl }).catch((error: Error) => error)
    if (!(refusal instanceof Error)) return refusal.close()
    expect(refusal.message).toMatch(/\(DATABASE_URL\) does not let Stet in: .*stranger/)
    expect(refusal.message).not.toContain('guessed')
  })

  test('a role alone that may not make tables', async ({ skip }) => {
    const { DATABASE_URL, DATABASE_OWNER_URL } = database.environment
    if (new URL(DATABASE_URL).username === new URL(DATABASE_OWNER_URL).username) skip()
    const other = await testDatabase()
    await other.ownerPool.query('drop table _prisma_migrations')
    const opened = openDatabase({ ...config, databaseUrl: other.environment.DATABASE_URL })
    await expect(opened).rejects.toThrow(/may not make tables.*DATABASE_OWNER_URL/)
    await other.close()
  })

  test('two addresses that lead to different databases', async () => {
    const other = await testDatabase()
    await other.ownerPool.query('drop schema public cascade; create schema public')
    const opened = openDatabase({
      ...config,
      databaseUrl: other.environment.DATABASE_URL,
      databaseOwnerUrl: database.environment.DATABASE_OWNER_URL,
    })
    await expect(opened).rejects.toThrow(/lead to different databases/)
    await other.close()
  })

  test('a server that does not wait for its disk', async () => {
    const { DATABASE_URL, DATABASE_OWNER_URL } = database.environment
    const databaseUrl = `${DATABASE_URL}${DATABASE_URL.includes('?') ? '&' : '?'}options=-csynchronous_commit%3Doff`
    const opened = openDatabase({
      ...config,
      allowUnsafeDurability: false,
      databaseUrl,
      databaseOwnerUrl: DATABASE_OWNER_URL,
    })
    await expect(opened).rejects.toThrow(/synchronous_commit off.*ALLOW_UNSAFE_DURABILITY/)
  })

  test('and one address alone works and says what that costs', async () => {
    const opened = await openDatabase({ ...config, databaseUrl: database.environment.DATABASE_OWNER_URL })
    expect(opened.notes.join()).toMatch(/the role that owns its tables.*DATABASE_OWNER_URL/)
    await opened.close()
  })
})

test.each([
  ['select 1; select 2', ['select 1', 'select 2']],
  ["select 'a;b'; -- c;d\n", ["select 'a;b'"]],
  ['do $x$ begin; end $x$; select "a;b"', ['do $x$ begin; end $x$', 'select "a;b"']],
  ['/* one; */ select 1;', ['/* one; */ select 1']],
  [';;', []],
])('Splitting %j at the ends of statements', (script, statements) => {
  expect(splitStatements(script)).toEqual(statements)
})

function migration(name: string, sql: string): Migration {
  return { name, sql, checksum: name }
}

async function asOwner(work: (owner: pg.Client) => Promise<unknown>): Promise<void> {
  const owner = new pg.Client(database.environment.DATABASE_OWNER_URL)
  await owner.connect()
  await work(owner).finally(() => owner.end())
}
