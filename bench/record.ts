import type { AddressInfo } from 'node:net'
import type pg from 'pg'
import type { ClientConfig } from 'pg'
import { createApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { openPools } from '../src/database/connect.ts'
import { openLog } from '../src/web/log.ts'

/** A statement as it went to the database. */
export type Statement = { text: string; values: unknown[] }

// What every page asks, or the clock; a transaction's edges.
const APART = /"(setting|session)"|from session s|^\s*(begin|commit|rollback|savepoint|release)/i

/** The statements that the application's pages send for their own content, by address. */
export async function statementsOf(
  app: ClientConfig,
  token: string,
  addresses: readonly string[],
): Promise<Map<string, Statement[]>> {
  const database = openPools(app, 5, { notes: [], embedded: false })
  const sent: Statement[] = []
  for (const pool of [database.pool, database.exports]) pool.on('connect', (client) => listen(client, sent))
  const config = readConfig({ LOG_LEVEL: 'silent' })
  const server = createApp(database, config, openLog(config.logLevel)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const found = new Map<string, Statement[]>()
  try {
    for (const address of addresses) {
      sent.length = 0
      const answer = await fetch(`http://127.0.0.1:${port}${address}`, { headers: { cookie: `stet_session=${token}` } })
      await answer.text()
      if (answer.status !== 200) throw new Error(`${address} answers ${answer.status}`)
      found.set(
        address,
        sent.filter(({ text }) => !APART.test(text)),
      )
    }
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await database.close()
  }
  return found
}

function listen(client: pg.PoolClient, sent: Statement[]): void {
  const query = client.query.bind(client)
  Object.assign(client, {
    query(...asked: unknown[]) {
      const [first, second] = asked
      if (typeof first === 'string') sent.push({ text: first, values: Array.isArray(second) ? second : [] })
      else if (typeof first === 'object' && first !== null && 'text' in first) {
        const values = Array.isArray(second)
          ? second
          : 'values' in first && Array.isArray(first.values)
            ? first.values
            : []
        sent.push({ text: String(first.text), values })
      }
      return Reflect.apply(query, undefined, asked)
    },
  })
}
