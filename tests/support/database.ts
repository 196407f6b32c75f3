import pg from 'pg'
import { inject } from 'vitest'
import { connection, LIMITS } from '../../src/database/address.ts'
import { type Database, openPools } from '../../src/database/connect.ts'
import { forget } from '../../src/database/remembered.ts'
import { withAdmin } from './server.ts'

export interface TestDatabase extends Database {
  /** As the role that owns the tables. */
  ownerPool: pg.Pool
  /** How many statements went to this database so far: Prisma's and raw ones, `begin` and `commit` too. */
  queries(): number
  /** How many statements `work` sends. */
  countQueries(work: () => Promise<unknown>): Promise<number>
  /** The statements `work` sends. */
  statementsOf(work: () => Promise<unknown>): Promise<string[]>
  /** What a process started on this database needs in its environment. */
  environment: { DATABASE_URL: string; DATABASE_OWNER_URL: string }
}

// Every page looks its desk's name and its session up, and remembers both for a while: how often depends on the clock, not on what is shown.
const BY_THE_CLOCK = /"(setting|session)"/

let made = 0

/** A migrated database of its own, for one test file: in beforeAll; its close(), in afterAll, drops it. */
export async function testDatabase({ poolSize = 10 }: { poolSize?: number } = {}): Promise<TestDatabase> {
  const server = inject('server')
  const name = `${server.template}_${process.pid}_${++made}`
  await withAdmin(server.admin, (admin) =>
    admin.query(`create database ${name} template ${server.template} owner ${server.owner.user}`),
  )
  const app = { ...server.app, database: name }
  const owner = { ...server.owner, database: name }
  const database = openPools(app, poolSize, { notes: [], embedded: server.embedded })
  const ownerPool = new pg.Pool({ ...connection(owner, LIMITS.owner), max: 3 })
  ownerPool.on('error', () => {})
  const statements = recordStatements([database.pool, database.exports])
  return {
    ...database,
    ownerPool,
    queries: () => statements.length,
    countQueries: async (work) => (await during(work)).length,
    statementsOf: during,
    environment: { DATABASE_URL: address(app), DATABASE_OWNER_URL: address(owner) },
    async close() {
      await database.close()
      await ownerPool.end()
      await withAdmin(server.admin, (admin) => admin.query(`drop database if exists ${name} with (force)`))
    },
  }

  async function during(work: () => Promise<unknown>): Promise<string[]> {
    forget(database.db)
    const before = statements.length
    await work()
    return statements.slice(before).filter((statement) => !BY_THE_CLOCK.test(statement))
  }
}

function recordStatements(pools: pg.Pool[]): string[] {
  const statements: string[] = []
  for (const pool of pools) {
    pool.on('connect', (client) => {
      const query = client.query.bind(client)
      Object.assign(client, {
        query(...asked: unknown[]) {
          statements.push(textOf(asked[0]))
          return Reflect.apply(query, undefined, asked)
        },
      })
    })
  }
  return statements
}

function textOf(asked: unknown): string {
  if (typeof asked === 'string') return asked
  if (typeof asked !== 'object' || asked === null) return ''
  if ('text' in asked && typeof asked.text === 'string') return asked.text
  return 'cursor' in asked ? textOf(asked.cursor) : ''
}

function address({ host, port, user, password, database }: pg.ClientConfig): string {
  const who = [user, password].map((word) => encodeURIComponent(String(word ?? ''))).join(':')
  return host?.startsWith('/')
    ? `postgresql://${who}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
    : `postgresql://${who}@${host}:${port}/${database}`
}
