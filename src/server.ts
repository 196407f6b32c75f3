import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { firstRunLink } from './accounts/first-run.store.ts'
import { createApp } from './app.ts'
import { drainDocumentQueue } from './claims/search.store.ts'
import { ConfigFault, readConfig } from './config.ts'
import { openDatabase } from './database/connect.ts'
import { StartFault } from './database/fault.ts'
import { openLog } from './web/log.ts'

// How long a request under way may take to end after SIGTERM, in milliseconds.
const DRAIN = 10_000

// In milliseconds: for the headers, for the whole request, and how often both are looked at, which Node by itself does twice a minute.
const LIMITS = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1_000 }
// Whoever takes nothing of an answer for so long does not get the rest.
const STILL = 60_000

try {
  await start()
} catch (fault) {
  if (!(fault instanceof ConfigFault || fault instanceof StartFault)) throw fault
  for (const sentence of fault.message.split('\n')) console.error(sentence)
  process.exitCode = 1
}

async function start(): Promise<void> {
  const config = readConfig(process.env)
  const log = openLog(config.logLevel)
  const database = await openDatabase(config)
  const server = createServer(LIMITS, createApp(database, config, log))
  server.setTimeout(STILL)

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(config.port, config.host, resolve)
  }).catch(async (fault: NodeJS.ErrnoException) => {
    await database.close()
    throw new StartFault(sentenceFor(fault, config.host, config.port))
  })

  // What a process that was killed had still to write for search.
  const drained = drainDocumentQueue(database.db).catch((fault: unknown) => log.error({ err: fault }, 'document queue'))
  const linked = firstRunLink(database.db, config.publicUrl)
  const begun = Promise.allSettled([drained, linked])

  let isStopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (isStopping) return
      isStopping = true
      stop().catch((fault: unknown) => {
        log.error({ err: fault }, 'stopping')
        process.exit(1)
      })
    })

  for (const note of database.notes) console.log(note)
  console.log(`Stet runs at ${config.publicUrl}`)
  const link = await linked
  console.log(
    link
      ? `Make the first admin with this link (once, within 72 hours): ${link}`
      : `Sign in at ${config.publicUrl}/sign-in`,
  )

  /** Takes no new connection, ends idle ones, lets requests under way and what was begun at the start finish, then closes the database. */
  async function stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.on('request', (_req, res) => res.setHeader('connection', 'close'))
    const idle = setInterval(() => server.closeIdleConnections(), 50)
    const limit = setTimeout(() => server.closeAllConnections(), DRAIN)
    await closed
    clearInterval(idle)
    clearTimeout(limit)
    await Promise.race([begun, delay(DRAIN, null, { ref: false })])
    await database.close()
  }
}

function sentenceFor(fault: NodeJS.ErrnoException, host: string, port: number): string {
  if (fault.code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Stop it, or set PORT to another number.`
  if (fault.code === 'EACCES') return `Port ${port} may not be used by this account. Set PORT to a number above 1024.`
  return `Stet cannot listen on ${host}:${port} (${fault.code ?? fault.message}). Check HOST and PORT.`
}
