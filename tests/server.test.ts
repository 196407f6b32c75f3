import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type TestDatabase, testDatabase } from './support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

/** A request on a connection that stays open; resolves to the status, or to the fault that broke it. */
function ask(agent: Agent, port: number, path: string): Promise<number | string> {
  return new Promise((resolve) => {
    const req = get({ agent, host: '127.0.0.1', port, path }, (res) => {
      res.resume()
      res.once('end', () => resolve(res.statusCode ?? 0))
      res.once('error', (fault) => resolve(String(fault)))
    })
    req.once('error', (fault: NodeJS.ErrnoException) => resolve(fault.code ?? String(fault)))
  })
}

it('a server that is stopped under load answers every request it has taken, and ends well', async () => {
  const port = await freePort()
  const own = { ...database.environment, PORT: String(port), HOST: '127.0.0.1', ALLOW_UNSAFE_DURABILITY: 'yes' }
  const child = spawn(process.execPath, ['--disable-warning=DeprecationWarning', '--import', 'tsx', 'src/server.ts'], {
    env: { ...process.env, ...own, LOG_LEVEL: 'error' },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => {
      said += piece.toString()
    })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  await vi.waitUntil(() => said.includes('Stet runs'), { timeout: 60_000 })

  const asset = /\/assets\/[0-9a-f]+\/[\w.]+/.exec(await (await fetch(`http://127.0.0.1:${port}/sign-in`)).text())?.[0]
  expect(asset).toBeDefined()
  const paths = ['/healthz', '/sign-in', asset ?? '', '/nothing-here', '/healthz']
  const answers: (number | string)[] = []
  let isOver = false
  const clients = Array.from({ length: 20 }, async (_, client) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (let n = client; !isOver; n += 1) {
      const answer = await ask(agent, port, paths[n % paths.length] ?? '')
      // Nobody listens any more: the request was never taken.
      if (answer === 'ECONNREFUSED') isOver = true
      else answers.push(answer)
    }
    agent.destroy()
  })
  while (answers.length < 200) await delay(10)
  child.kill('SIGTERM')
  await Promise.all(clients)

  expect(await ended).toBe(0)
  expect(answers.filter((answer) => ![200, 303, 404].includes(Number(answer)))).toEqual([])
  expect(said).not.toContain('"level":50')
})

async function freePort(): Promise<number> {
  const listening = createServer().listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  listening.close()
  await once(listening, 'close')
  return port
}

it('a server that is stopped as soon as it listens ends well, with the first link made', async () => {
  const own = { ...database.environment, PORT: '0', HOST: '127.0.0.1', ALLOW_UNSAFE_DURABILITY: 'yes' }
  const environment = { ...process.env, ...own, PUBLIC_URL: 'http://127.0.0.1:3000' }
  const child = spawn(process.execPath, ['--disable-warning=DeprecationWarning', '--import', 'tsx', 'src/server.ts'], {
    env: environment,
  })
  const said = { stdout: '', stderr: '' }
  child.stderr.on('data', (piece: Buffer) => {
    said.stderr += piece.toString()
  })
  child.stdout.on('data', (piece: Buffer) => {
    if (!said.stdout.includes('Stet runs') && piece.includes('Stet runs')) child.kill('SIGTERM')
    said.stdout += piece.toString()
  })

  const code = await new Promise((resolve) => child.once('exit', resolve))

  expect({ code, stderr: said.stderr.replace(/.*Deprecat.*\n|.*--trace-dep.*\n/g, '') }).toEqual({
    code: 0,
    stderr: '',
  })
  expect(said.stdout).not.toContain('"level":50')
  expect(said.stdout).toContain('Make the first admin with this link')
})
