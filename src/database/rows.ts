import { AsyncLocalStorage } from 'node:async_hooks'
import type pg from 'pg'
import type { Prisma, PrismaClient } from '../../prisma/client/client.ts'
import type { NameOf } from './prepared.ts'
import { forget } from './remembered.ts'

/** The connection of a transaction, as long as it lasts. */
type Held = { client: pg.PoolClient | null }
type Way = { to: pg.Pool | Held; nameOf: NameOf }

const ways = new WeakMap<object, Way>()
const beginning = new AsyncLocalStorage<Held>()

/** Lets `rows` ask this pool when it is handed this client, and transactions of the client share their connection with it. */
export function openRows(db: PrismaClient, pool: pg.Pool, nameOf: NameOf): void {
  ways.set(db, { to: pool, nameOf })
  const connect = pool.connect.bind(pool)
  // Prisma takes a transaction's connection by the promise; the pool's own queries come with a callback.
  const connectAndShare = async () => {
    const client = await connect()
    const held = beginning.getStore()
    if (held) hold(held, client)
    return client
  }
  Object.assign(pool, { connect: (...given: []) => (given.length ? connect(...given) : connectAndShare()) })
}

function hold(held: Held, client: pg.PoolClient): void {
  const release = client.release.bind(client)
  held.client = client
  client.release = (fault) => {
    held.client = null
    release(fault)
  }
}

/** Runs `work` in a transaction, whose connection `rows` uses too; within another transaction in a savepoint. What was remembered is read anew. */
export async function transaction<T>(
  db: Pick<PrismaClient, '$transaction'>,
  work: (tx: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  const around = ways.get(db)
  const held = around && 'client' in around.to ? around.to : { client: null }
  const done = await beginning.run(held, () =>
    db.$transaction(
      (tx) => {
        if (around) ways.set(tx, { to: held, nameOf: around.nameOf })
        return beginning.exit(() => work(tx))
      },
      { maxWait: 5_000, timeout: 20_000 },
    ),
  )
  forget(db)
  return done
}

/**
 * The rows of a statement, `T` each: instants as Date, json as values, numbers only where the statement says ::int or the column is one.
 * Straight from the connection, a sixth of the work of Prisma's raw query: for what every page asks, and every change.
 */
export async function rows<T extends object>(db: Prisma.TransactionClient, statement: Prisma.Sql): Promise<T[]> {
  const way = ways.get(db)
  const connection = way && ('client' in way.to ? way.to.client : way.to)
  // A transaction that ran out of time has none any more: Prisma says so.
  if (!way || !connection) return db.$queryRaw<T[]>(statement)
  const { text, values } = statement
  const found = await connection.query<T>({ name: way.nameOf({ sql: text }), text, values })
  return found.rows
}
