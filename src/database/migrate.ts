import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Client } from 'pg'
import { errorCode } from './cluster.ts'
import { StartFault } from './fault.ts'
import { splitStatements } from './statements.ts'

export const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** The lock `prisma migrate deploy` takes, so that neither runs beside the other. */
const MIGRATION_LOCK = 72707369

export interface Migration {
  name: string
  sql: string
  checksum: string
}

interface Applied {
  migration_name: string
  checksum: string
  finished: boolean
}

/** The migrations of the folder, oldest first; git keeps no empty folders, so one without its file is not yet a migration. */
export async function readMigrations(folder: string = MIGRATIONS): Promise<Migration[]> {
  const migrations: Migration[] = []
  for (const name of (await readdir(folder)).toSorted()) {
    const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8').catch(() => null)
    if (sql !== null) migrations.push({ name, sql, checksum: createHash('sha256').update(sql).digest('hex') })
  }
  return migrations
}

/** Runs `work` while no other process migrates this database; the lock is the connection's. */
export async function underMigrationLock<T>(owner: Client, work: () => Promise<T>): Promise<T> {
  while (!(await takeLock(owner))) await delay(100)
  try {
    return await work()
  } finally {
    await owner.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => {})
  }
}

// Asked for again and again rather than waited for: an index that another process builds concurrently would wait for this statement to end.
async function takeLock(owner: Client): Promise<boolean> {
  const { rows } = await owner.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [MIGRATION_LOCK])
  return rows[0]?.taken === true
}

/** Applies what the database has not had yet and answers the names. Refuses edited migrations and a newer database. */
export async function migrate(owner: Client, migrations: Migration[]): Promise<string[]> {
  const applied = await appliedMigrations(owner)
  refuseNewerDatabase(applied, migrations)
  refuseEdited(applied, migrations)
  const done = new Set(applied.filter((row) => row.finished).map((row) => row.migration_name))
  const pending = migrations.filter((migration) => !done.has(migration.name))
  refuseHalfApplied(applied, pending)
  for (const migration of pending) await apply(owner, migration)
  return pending.map((migration) => migration.name)
}

async function appliedMigrations(owner: Client): Promise<Applied[]> {
  await owner
    .query(`create table if not exists _prisma_migrations (
    id varchar(36) primary key not null,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`)
    .catch((error: unknown) => {
      if (errorCode(error) !== '42501') throw error
      throw new StartFault(
        'The role that migrates may not make tables in this database. Nothing was changed. ' +
          'Set DATABASE_OWNER_URL to the role that owns the database.',
      )
    })
  const { rows } = await owner.query<Applied>(
    `select migration_name, checksum, finished_at is not null as finished
     from _prisma_migrations where rolled_back_at is null order by started_at, migration_name`,
  )
  return rows
}

function refuseNewerDatabase(applied: Applied[], migrations: Migration[]): void {
  const known = new Set(migrations.map((migration) => migration.name))
  const unknown = applied.find((row) => !known.has(row.migration_name))
  if (!unknown) return
  throw new StartFault(
    `This Stet is older than its database, which has had the migration ${unknown.migration_name}. Nothing was changed. ` +
      'Start the newer Stet, or restore a backup made before it.',
  )
}

function refuseEdited(applied: Applied[], migrations: Migration[]): void {
  const checksums = new Map(migrations.map((migration) => [migration.name, migration.checksum]))
  const edited = applied.find((row) => row.finished && checksums.get(row.migration_name) !== row.checksum)
  if (!edited) return
  throw new StartFault(
    `The migration ${edited.migration_name} was edited after this database had it. Nothing was changed. ` +
      'Put the file back as it was, and write the change as a new migration.',
  )
}

function refuseHalfApplied(applied: Applied[], pending: Migration[]): void {
  const begun = new Set(applied.filter((row) => !row.finished).map((row) => row.migration_name))
  const half = pending.find((migration) => begun.has(migration.name) && !outsideTransaction(migration))
  if (!half) return
  throw new StartFault(
    `The migration ${half.name} was begun by another program and did not end. Nothing was changed. ` +
      'Finish or undo it by hand, and set its row in _prisma_migrations to match.',
  )
}

async function apply(owner: Client, migration: Migration): Promise<void> {
  try {
    await (outsideTransaction(migration) ? applyInSteps(owner, migration) : applyWhole(owner, migration))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    if (errorCode(error) === '42501') {
      throw new StartFault(
        `The migration ${migration.name} needs rights that the owner's role lacks (${why}). ` +
          'Nothing of it was kept. Set DATABASE_OWNER_URL to the role that owns the tables.',
      )
    }
    throw new StartFault(`The migration ${migration.name} failed and was undone: ${why}`)
  }
}

async function applyWhole(owner: Client, migration: Migration): Promise<void> {
  await owner.query('begin')
  try {
    await owner.query(migration.sql)
    await owner.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    )
    await owner.query('commit')
  } catch (error) {
    await owner.query('rollback').catch(() => {})
    throw error
  }
}

/** For `create index concurrently`. Begun and not ended, it is run again, so its statements must bear that. */
async function applyInSteps(owner: Client, migration: Migration): Promise<void> {
  const id = randomUUID()
  await owner.query('delete from _prisma_migrations where migration_name = $1 and finished_at is null', [
    migration.name,
  ])
  await owner.query('insert into _prisma_migrations (id, checksum, migration_name) values ($1, $2, $3)', [
    id,
    migration.checksum,
    migration.name,
  ])
  for (const statement of splitStatements(migration.sql)) await owner.query(statement)
  await owner.query(
    'update _prisma_migrations set finished_at = clock_timestamp(), applied_steps_count = 1 where id = $1',
    [id],
  )
}

function outsideTransaction(migration: Migration): boolean {
  return migration.sql.split('\n', 1)[0]?.trim() === '-- no-transaction'
}
