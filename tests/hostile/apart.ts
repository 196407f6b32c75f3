import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import type { Desk } from '../support/app.ts'

/** A second server on a desk's database, in a process of its own, so that its memory is its own. */
export type Apart = { address: string; megabytes(): number; close(): Promise<void> }

export async function serverApart(it: Desk, given: Record<string, string> = {}): Promise<Apart> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const own = {
    ...it.database.environment,
    PORT: String(port),
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
    PUBLIC_URL: address,
    ...given,
  }
  // A server to test on need not be as durable as one to work on.
  const environment = { ...process.env, ...own, ALLOW_UNSAFE_DURABILITY: 'yes' }
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}`)))
    child.stdout.on('data', (piece: Buffer) => {
      const text = piece.toString()
      if (text.includes('Stet runs at')) resolve()
      else if (text.includes('"level"')) console.log(text.slice(0, 2000))
    })
  })
  return { address, megabytes: () => residentOf(child), close: () => ended(child) }
}

function residentOf({ pid }: ChildProcess): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
