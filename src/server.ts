import { setTimeout as delay } from 'node:timers/promises'
import { firstRunLink } from './accounts/first-run.store.ts'
import { createApp } from './app.ts'
import { ConfigFault, costsOfSettings, readConfig } from './config.ts'
import { openDatabase } from './database/connect.ts'
import { StartFault } from './database/fault.ts'
import { refoldNames } from './parties/refolding.store.ts'
import { startUpkeep } from './upkeep.ts'
import { openLog } from './web/log.ts'
import { createStoppableServer } from './web/shutdown.ts'

// How long work that no request waits for may take to end after SIGTERM, in milliseconds.
const BACKGROUND_MS = 10_000

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
  await refoldNames(database.db)
  const stoppable = createStoppableServer(createApp(database, config, log))

  const { server } = stoppable
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(config.port, config.host, resolve)
  }).catch(async (fault: NodeJS.ErrnoException) => {
    await database.close()
    throw new StartFault(sentenceFor(fault, config.host, config.port))
  })

  const upkeep = startUpkeep(database.db, log)
  const linked = firstRunLink(database.db, config.publicUrl)

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

  for (const note of [...database.notes, ...costsOfSettings(config, process.getuid?.())]) console.log(note)
  console.log(`Stet runs at ${config.publicUrl}`)
  const link = await linked
  console.log(
    link
      ? `Make the first admin with this link (once, within 72 hours): ${link}`
      : `Sign in at ${config.publicUrl}/sign-in`,
  )

  /** Ends the requests under way and what was begun at the start, then closes the database. */
  async function stop(): Promise<void> {
    await stoppable.stop()
    const ended = Promise.allSettled([upkeep.stop(), linked])
    await Promise.race([ended, delay(BACKGROUND_MS, null, { ref: false })])
    await database.close()
  }
}

function sentenceFor(fault: NodeJS.ErrnoException, host: string, port: number): string {
  if (fault.code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Stop it, or set PORT to another number.`
  if (fault.code === 'EACCES') return `Port ${port} may not be used by this account. Set PORT to a number above 1024.`
  return `Stet cannot listen on ${host}:${port} (${fault.code ?? fault.message}). Check HOST and PORT.`
}
