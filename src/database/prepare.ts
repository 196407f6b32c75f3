import { setTimeout as delay } from 'node:timers/promises'
import type { ClientConfig } from 'pg'
import pg from 'pg'
import { connection, LIMITS } from './address.ts'
import { errorCode } from './cluster.ts'
import type { DatabaseConfig, Server } from './connect.ts'
import { StartFault } from './fault.ts'
import { changeableHistory, grantApplication } from './grants.ts'
import { migrate, readMigrations, underMigrationLock } from './migrate.ts'

const OLDEST_MAJOR = 15
const PATIENCE_MS = 10_000
const PASSING = ['ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', '57P03']

/** Checks the server, migrates as the owner and gives the application's role its rights. Answers notes for the operator. */
export async function prepare(server: Server, config: DatabaseConfig): Promise<string[]> {
  const role = await withClient(server.app, 'DATABASE_URL', async (app) => {
    await refuseOldServer(app)
    if (!config.allowUnsafeDurability) await refuseForgetfulServer(app)
    return (await app.query<{ role: string }>('select current_user as role')).rows[0]?.role ?? ''
  })
  const migrations = await readMigrations()
  const notes = await withClient(server.owner, 'DATABASE_OWNER_URL', (owner) =>
    underMigrationLock(owner, async () => {
      await migrate(owner, migrations)
      const ownerRole = (await owner.query('select current_user as role')).rows[0]?.role
      if (ownerRole !== role) await grantApplication(owner, role)
      return costOfRights(role, ownerRole === role, await changeableHistory(owner, role))
    }),
  )
  await refuseOtherDatabase(server, migrations.at(-1)?.name)
  return notes
}

function costOfRights(role: string, isOwner: boolean, changeable: string[]): string[] {
  if (isOwner) {
    return [
      `Stet runs as ${role}, the role that owns its tables: only triggers keep history from being changed, and that role can ` +
        'switch them off. Give the application a role of its own in DATABASE_URL, and the owner in DATABASE_OWNER_URL.',
    ]
  }
  if (changeable.length === 0) return []
  return [
    `The role ${role} may change history (${changeable.join(', ')}): it is a superuser, or owns those tables or belongs to ` +
      'their owner. Give DATABASE_URL a role without such rights.',
  ]
}

async function refuseOldServer(app: pg.Client): Promise<void> {
  const { rows } = await app.query("select current_setting('server_version_num')::int / 10000 as major")
  const major = Number(rows[0]?.major)
  if (major >= OLDEST_MAJOR) return
  throw new StartFault(
    `The server at DATABASE_URL is PostgreSQL ${major}; Stet needs version ${OLDEST_MAJOR} or later. Nothing was changed.`,
  )
}

async function refuseForgetfulServer(app: pg.Client): Promise<void> {
  const { rows } = await app.query<{ name: string }>(
    "select name from unnest(array['fsync', 'synchronous_commit']) as name where current_setting(name) = 'off'",
  )
  if (rows.length === 0) return
  throw new StartFault(
    `The database runs with ${rows.map((row) => `${row.name} off`).join(' and ')}: what it has confirmed can be lost when ` +
      'the machine fails. Switch it on, or, for trying things out only, set ALLOW_UNSAFE_DURABILITY=yes.',
  )
}

async function refuseOtherDatabase(server: Server, newest: string | undefined): Promise<void> {
  if (!newest) return
  const same = await withClient(server.app, 'DATABASE_URL', (app) =>
    app.query('select 1 from _prisma_migrations where migration_name = $1', [newest]).then(
      ({ rowCount }) => rowCount === 1,
      (error: unknown) => {
        if (errorCode(error) === '42P01' || errorCode(error) === '42501') return false
        throw error
      },
    ),
  )
  if (same) return
  throw new StartFault(
    'DATABASE_URL and DATABASE_OWNER_URL lead to different databases or schemas: what the owner migrated, the application ' +
      'does not see. Make both name the same database.',
  )
}

/** Refuses a database that is older or newer than this Stet, in a sentence; asks as the application's role and changes nothing. */
export async function refuseOtherVersion(app: ClientConfig): Promise<void> {
  const known = (await readMigrations()).map(({ name }) => name)
  const applied = await withClient(app, 'DATABASE_URL', (client) =>
    client
      .query<{ name: string }>(
        'select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
      )
      .then(
        ({ rows }) => rows.map(({ name }) => name),
        (error: unknown): string[] => {
          if (errorCode(error) === '42P01') return []
          throw error
        },
      ),
  )
  const [unknown] = applied.filter((name) => !known.includes(name))
  if (unknown)
    throw new StartFault(
      `This Stet is older than its database, which has had the migration ${unknown}. Nothing was changed. Use the newer Stet.`,
    )
  const [missing] = known.filter((name) => !applied.includes(name))
  if (missing)
    throw new StartFault(
      `The database is older than this Stet: it has not had the migration ${missing}. Nothing was changed. Start Stet once, which brings it up to date, and try again.`,
    )
}

async function withClient<T>(to: ClientConfig, setting: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(to, setting)
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

/** A server started at the same time as we are gets a few seconds. */
async function connect(to: ClientConfig, setting: string): Promise<pg.Client> {
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const client = new pg.Client(connection(to, LIMITS.owner))
    client.on('error', () => {})
    try {
      await client.connect()
      return client
    } catch (error) {
      await client.end().catch(() => {})
      if (!PASSING.includes(errorCode(error) ?? '') || Date.now() > until) throw unreachable(client, setting, error)
      await delay(250)
    }
  }
}

function unreachable(client: pg.Client, setting: string, error: unknown): StartFault {
  const where = `${client.host}:${client.port}`
  const why = error instanceof Error ? error.message || (errorCode(error) ?? error.name) : String(error)
  return new StartFault(
    `The database at ${where} (${setting}) does not let Stet in: ${why}. Start it, or correct ${setting}.`,
  )
}
