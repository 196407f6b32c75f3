import { Worker } from 'node:worker_threads'
import { TASKS, type TaskInput, type TaskName, type TaskResult } from './tasks.ts'

/**
 * The bounds of work on texts: how many threads do it, how many tasks may wait for one, how long one may take (milliseconds from when a thread
 * takes it up), and from how many UTF-16 units on a task goes to a thread at all.
 */
export const LIMITS = { threads: 2, waiting: 16, longest: 5_000, inline: 4_000 }

type Job = { name: TaskName; input: unknown; done: (result: unknown) => void }
type Thread = { worker: Worker; job: Job | null; timer: NodeJS.Timeout | undefined; isReady: boolean }

const threads = new Set<Thread>()
const waiting: Job[] = []

/**
 * The result of a task, done in another thread so that other requests go on meanwhile. Null when it is given up: it took too long, or too
 * many tasks wait already.
 */
export function runTask<N extends TaskName>(name: N, input: TaskInput<N>): Promise<TaskResult<N> | null> {
  if (sizeOf(input) <= LIMITS.inline) return Promise.resolve((TASKS[name] as (input: unknown) => TaskResult<N>)(input))
  return new Promise((resolve) => {
    if (waiting.length >= LIMITS.waiting) return resolve(null)
    waiting.push({ name, input, done: (result) => resolve(result as TaskResult<N> | null) })
    assign()
  })
}

/** How many tasks are being done and how many wait. */
export function taskCounts(): { running: number; waiting: number } {
  return { running: [...threads].filter(({ job }) => job).length, waiting: waiting.length }
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 0
  let size = 0
  for (const part of Object.values(value)) size += sizeOf(part)
  return size
}

function assign(): void {
  while (waiting.length > 0) {
    const free = [...threads].find(({ job, isReady }) => !job && isReady)
    if (!free) {
      if (threads.size < LIMITS.threads && [...threads].every(({ isReady }) => isReady)) start()
      return
    }
    const job = waiting.shift()
    if (!job) return
    free.job = job
    free.worker.ref()
    free.timer = setTimeout(() => stop(free), LIMITS.longest)
    free.worker.postMessage({ name: job.name, input: job.input }, [])
  }
}

function start(): void {
  const worker = new Worker(new URL('./thread-start.mjs', import.meta.url), { execArgv: [] })
  const thread: Thread = { worker, job: null, timer: undefined, isReady: false }
  threads.add(thread)
  worker.on('message', (message: 'ready' | { result: unknown }) => {
    if (message === 'ready') thread.isReady = true
    else finish(thread, message.result)
    assign()
  })
  worker.on('error', () => stop(thread))
  worker.on('exit', () => stop(thread))
}

function finish(thread: Thread, result: unknown): void {
  clearTimeout(thread.timer)
  const { job } = thread
  thread.job = null
  // A thread without work does not keep the process.
  thread.worker.unref()
  job?.done(result)
}

function stop(thread: Thread): void {
  if (!threads.delete(thread)) return
  // A thread that never came up would be started again for ever.
  if (!thread.isReady) for (const job of waiting.splice(0)) job.done(null)
  finish(thread, null)
  void thread.worker.terminate()
  assign()
}
