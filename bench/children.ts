import { type ChildProcess, spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ClientConfig } from 'pg'

const ROOT = join(import.meta.dirname, '..')
const children = new Set<ChildProcess>()

/** A process of the run that answers HTTP. */
export type Running = {
  url: string
  pid: number
  /** From its start to its first page, in milliseconds. */
  firstPage: number
  stop(): Promise<void>
}

/** Starts the application itself, as `npm start` does. */
export async function startStet(environment: Record<string, string>): Promise<Running> {
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } }
  return start(scripts.start.split(' ').slice(1), environment, '/sign-in')
}

/** Starts the floors. */
export function startFloors(environment: Record<string, string>): Promise<Running> {
  return start(['--import', 'tsx', 'bench/floor.ts'], environment, '/')
}

async function start(command: string[], environment: Record<string, string>, page: string): Promise<Running> {
  const file = command.at(-1)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const began = performance.now()
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), HOST: '127.0.0.1', ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  children.add(child)
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      children.delete(child)
      resolve()
    })
  })
  while (!(await answers(url + page))) {
    if (child.exitCode !== null) throw new Error(`${file} ended with ${child.exitCode} before its first page`)
    if (performance.now() - began > 60_000) throw new Error(`${file} showed no page within a minute`)
    await delay(20)
  }
  return {
    url,
    pid: child.pid ?? 0,
    firstPage: performance.now() - began,
    async stop() {
      child.kill('SIGTERM')
      await Promise.race([ended, delay(15_000)])
      child.kill('SIGKILL')
    },
  }
}

/** Ends every process that is still there. */
export async function stopAll(): Promise<void> {
  for (const child of children) child.kill('SIGKILL')
  while (children.size) await delay(20)
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    async (answer) => {
      await answer.text()
      return true
    },
    () => false,
  )
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/** The address of a database, for an environment. */
export function addressOf({ host, port, user, password, database }: ClientConfig): string {
  const who = [user, password].map((word) => encodeURIComponent(String(word ?? ''))).join(':')
  return host?.startsWith('/')
    ? `postgresql://${who}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
    : `postgresql://${who}@${host}:${port}/${database}`
}

/** Memory of a process and its own children, in MB, without the database's; null where the system does not say. */
export async function memoryOf(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => null)
  if (status === null) return null
  if (/^Name:\s*postgres$/m.test(status)) return 0
  let all = kilobytes(status, 'VmRSS') / 1024
  for (const task of await readdir(`/proc/${pid}/task`).catch(() => []))
    for (const child of (await readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '')).split(' '))
      if (child.trim()) all += (await memoryOf(Number(child))) ?? 0
  return all
}

/** The peak of a process's memory, in MB; null where the system does not say. */
export async function peakOf(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => null)
  return status === null ? null : kilobytes(status, 'VmHWM') / 1024
}

function kilobytes(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN)
}
