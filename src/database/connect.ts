import { PrismaPg } from '@prisma/adapter-pg'
import type { ClientConfig } from 'pg'
import pg from 'pg'
import { type Prisma, PrismaClient } from '../../prisma/client/client.ts'
import { connection, LIMITS, type Limits } from './address.ts'
import { joinEmbedded, refuseMissingCluster } from './embedded.ts'
import { prepare, refuseOtherVersion } from './prepare.ts'
import { statementNames } from './prepared.ts'
import { openRows } from './rows.ts'

/** A connection or a transaction; transactions nest by savepoint. */
export type Db = Prisma.TransactionClient

export interface DatabaseConfig {
  databaseUrl?: string | undefined
  /** The role that owns the tables and migrates; without it, that of databaseUrl. */
  databaseOwnerUrl?: string | undefined
  dataDir: string
  /** False when nobody chose dataDir; root may then keep the cluster elsewhere. */
  dataDirChosen?: boolean | undefined
  poolSize: number
  allowUnsafeDurability?: boolean | undefined
}

export interface Database {
  db: PrismaClient
  /** The connections Prisma uses too, for SQL it cannot say. */
  pool: pg.Pool
  /** Connections of their own for exports, so that a slow reader takes none of the desk's. */
  exports: pg.Pool
  /** Sentences for the operator. */
  notes: string[]
  embedded: boolean
  close(): Promise<void>
}

/** The two roles' ways in. */
export interface Server {
  app: ClientConfig
  owner: ClientConfig
}

/** Opens the database, embedded or at databaseUrl, migrated. Throws StartFault for what the operator can put right. */
export async function openDatabase(config: DatabaseConfig): Promise<Database> {
  return config.databaseUrl ? openServer(config, config.databaseUrl) : openEmbedded(config)
}

/**
 * Opens a database that is there already for reading alone, as the application's role: nothing is migrated, granted or written. Throws StartFault
 * where there is none, or one of another version.
 */
export async function openForReading(config: DatabaseConfig): Promise<Database> {
  if (config.databaseUrl) return openReading({ connectionString: config.databaseUrl }, { notes: [], embedded: false })
  const chosen = config.dataDirChosen ?? true
  await refuseMissingCluster(config.dataDir, chosen)
  const embedded = await joinEmbedded(config.dataDir, { chosen })
  try {
    return await openReading(embedded.as('stet_app'), {
      notes: embedded.notes,
      embedded: true,
      leave: () => embedded.leave(),
    })
  } catch (error) {
    await embedded.leave()
    throw error
  }
}

async function openReading(app: ClientConfig, rest: Parameters<typeof openPools>[2]): Promise<Database> {
  await refuseOtherVersion(app)
  return openPools(app, 1, rest)
}

async function openServer(config: DatabaseConfig, url: string): Promise<Database> {
  const server = {
    app: { connectionString: url },
    owner: { connectionString: config.databaseOwnerUrl ?? url },
  }
  const notes = await prepare(server, config)
  return openPools(server.app, config.poolSize, { notes, embedded: false })
}

async function openEmbedded(config: DatabaseConfig): Promise<Database> {
  const embedded = await joinEmbedded(config.dataDir, { chosen: config.dataDirChosen ?? true })
  try {
    const server = { app: embedded.as('stet_app'), owner: embedded.as('stet_owner') }
    const notes = await prepare(server, config)
    return openPools(server.app, config.poolSize, {
      notes: [...embedded.notes, ...notes],
      embedded: true,
      leave: () => embedded.leave(),
    })
  } catch (error) {
    await embedded.leave()
    throw error
  }
}

/** The pools and Prisma on a database that is ready for them. */
export function openPools(
  app: ClientConfig,
  poolSize: number,
  rest: { notes: string[]; embedded: boolean; leave?: () => Promise<void> },
): Database {
  const pool = openPool(app, LIMITS.desk, poolSize)
  const exports = openPool(app, LIMITS.exports, 3)
  const statementNameGenerator = statementNames()
  const db = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator }),
    transactionOptions: { maxWait: 5_000, timeout: LIMITS.desk.statementMs },
  })
  openRows(db, pool, statementNameGenerator)
  let closing: Promise<void> | undefined
  return {
    db,
    pool,
    exports,
    notes: rest.notes,
    embedded: rest.embedded,
    close() {
      closing ??= (async () => {
        await db.$disconnect()
        await Promise.all([pool.end(), exports.end()])
        await rest.leave?.()
      })()
      return closing
    },
  }
}

function openPool(app: ClientConfig, limits: Limits, max: number): pg.Pool {
  const pool = new pg.Pool({ ...connection(app, limits), max, idleTimeoutMillis: 30_000 })
  // A connection that breaks while idle is only taken out of the pool; whoever queries next gets the error or a new one.
  pool.on('error', () => {})
  return pool
}
