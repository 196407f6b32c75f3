import { parentPort } from 'node:worker_threads'
import { TASKS, type TaskName } from './tasks.ts'

/** The thread that texts are compared in: it answers one task after the other. */
const answer = (message: unknown) => parentPort?.postMessage(message, [])

parentPort?.on('message', ({ name, input }: { name: TaskName; input: never }) => {
  try {
    answer({ result: TASKS[name](input) })
  } catch {
    // A task that fails is given up as one that takes too long; the page shows both texts.
    answer({ result: null })
  }
})
answer('ready')
