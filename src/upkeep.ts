import type { Logger } from 'pino'
import type { PrismaClient } from '../prisma/client/client.ts'
import { normaliseAddresses } from './accounts/addresses.store.ts'
import { removeEndedSessions } from './accounts/session.store.ts'
import { refreshDocuments } from './claims/search.store.ts'
import { removeOldRequests } from './history/retention.store.ts'
import { continueRedactions } from './redactions/everywhere.store.ts'
import { recomputeSourceKeys } from './sources/key.store.ts'
import { keepEarlierSentences } from './sources/likeness.store.ts'

/** Work that the desk needs from time to time and no request waits for. */
export type UpkeepTask = {
  /** As it is called in the log. */
  name: string
  /** How long after its end it begins again, in seconds. */
  everySeconds: number
  /** Does what there is to do, and answers how much it did. Several processes may do it at once. */
  run: (db: PrismaClient) => Promise<number>
}

/** Every task of upkeep. Each runs once at the start, and then on its own timer. */
export const UPKEEP: readonly UpkeepTask[] = [
  { name: 'redactions', everySeconds: 5, run: (db) => continueRedactions(db) },
  { name: 'search documents', everySeconds: 60, run: refreshDocuments },
  { name: 'ended sessions', everySeconds: 600, run: removeEndedSessions },
  { name: 'requests of a month ago', everySeconds: 3600, run: removeOldRequests },
  { name: 'addresses of sources', everySeconds: 3600, run: recomputeSourceKeys },
  { name: 'sentences of texts', everySeconds: 3600, run: keepEarlierSentences },
  { name: 'addresses of accounts', everySeconds: 86_400, run: normaliseAddresses },
]

export type Upkeep = {
  /** Resolves when each task has run once, whether it succeeded or not. */
  begun: Promise<void>
  /** Begins nothing more, and resolves when what is under way has ended. */
  stop(): Promise<void>
}

/** Runs the tasks, each again and again until stopped. A task that fails is logged and tried again at its next turn; the others go on. */
export function startUpkeep(db: PrismaClient, log: Logger, tasks: readonly UpkeepTask[] = UPKEEP): Upkeep {
  const timers = new Set<NodeJS.Timeout>()
  const underWay = new Set<Promise<void>>()
  let isStopping = false

  const begun = beginAll()
  return {
    begun,
    async stop() {
      isStopping = true
      for (const timer of timers) clearTimeout(timer)
      await Promise.all(underWay)
    },
  }

  async function beginAll(): Promise<void> {
    await Promise.all(tasks.map((task) => begin(task)))
  }

  async function begin(task: UpkeepTask): Promise<void> {
    const run = runOnce(task)
    underWay.add(run)
    await run
    underWay.delete(run)
    if (isStopping) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      void begin(task)
    }, task.everySeconds * 1000)
    timer.unref()
    timers.add(timer)
  }

  async function runOnce({ name, run }: UpkeepTask): Promise<void> {
    try {
      const done = await run(db)
      if (done) log.info({ task: name, done }, 'upkeep')
    } catch (fault) {
      log.error({ err: fault, task: name }, 'upkeep')
    }
  }
}
