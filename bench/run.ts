/*
 * How fast the desk is, beside floors on the same database: bench/README.md says how to read it.
 *
 *   npm run bench -- --claims 10000
 *   npm run bench -- --claims 200000 --rounds 3
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { makeScratchFolder, withScratchServer } from '../src/database/scratch.ts'
import { csvCase, figure, httpCases, type Length, type Line } from './cases.ts'
import { memoryOf, startStet, stopAll } from './children.ts'
import { openDesk } from './desk.ts'
import { isMet, tableOf } from './report.ts'

const SMALL = 10_000

const { values } = parseArgs({
  options: {
    claims: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '3' },
    requests: { type: 'string', default: '100' },
  },
})
const count = wholeNumber('claims', 1_000)
const length = {
  rounds: wholeNumber('rounds', 1),
  requests: wholeNumber('requests', 20),
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void stopAll().finally(() => process.exit(1))
  })

// On a disk, as a desk's database is: what is saved is waited for.
const lines = [...(await startCases()), ...(await withScratchServer((server) => measuredOn(server, length), tmpdir()))]
const table = tableOf(lines)
console.log(`\n${table}`)
const where = { node: process.version, cores: availableParallelism(), platform: process.platform }
const results = { at: new Date().toISOString(), claims: count, ...length, ...where, lines }
await writeFile(join(import.meta.dirname, 'results.json'), `${JSON.stringify(results, null, 2)}\n`)
const missed = lines.filter((line) => isMet(line) === false).length
console.log(`\n${missed ? `${missed} figures missed` : 'Every figure met'}. Also in bench/results.json.`)

async function measuredOn(server: Parameters<typeof openDesk>[0], length: Length): Promise<Line[]> {
  const folder = await mkdtemp(join(tmpdir(), 'stet-bench-'))
  try {
    const small = count > SMALL ? await loaded(SMALL) : null
    const desk = await loaded(count)
    console.log('Measuring.')
    const found = await httpCases(desk, small, length)
    return [...found, ...(await csvCase(desk, length.rounds))]
  } finally {
    await stopAll()
    await rm(folder, { recursive: true, force: true })
  }

  async function loaded(claims: number) {
    const began = performance.now()
    const desk = await openDesk(server, folder, claims)
    console.log(
      `${claims.toLocaleString('en')} claims loaded and checked in ${((performance.now() - began) / 1000).toFixed(0)} s.`,
    )
    return desk
  }
}

/** The first start there is, with a database of its own to make, and the next one. */
async function startCases(): Promise<Line[]> {
  const folder = await makeScratchFolder(tmpdir())
  const environment = { DATA_DIR: folder, DATABASE_URL: '', DATABASE_OWNER_URL: '' }
  try {
    const first = await startStet(environment)
    await delay(15_000)
    const idle = (await memoryOf(first.pid)) ?? Number.NaN
    await first.stop()
    const second = await startStet(environment)
    await second.stop()
    return [
      figure('first start to first page', first.firstPage / 1000, 30, 's'),
      figure('next start to first page', second.firstPage / 1000, null, 's'),
      figure('memory, idle after the first page', idle, 180, 'MB'),
    ]
  } finally {
    await stopAll()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function wholeNumber(name: keyof typeof values, least: number): number {
  const value = Number(values[name])
  if (Number.isInteger(value) && value >= least) return value
  throw new Error(`--${name} must be a whole number, ${least} or more.`)
}
