import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { findBinaries, runProgram } from '../../src/database/binaries.ts'
import { type EmbeddedServer, joinEmbedded } from '../../src/database/embedded.ts'
import { isServer, type Postmaster, readPostmaster } from '../../src/database/postmaster.ts'
import { makeScratchFolder } from '../../src/database/scratch.ts'

const isRoot = process.getuid?.() === 0
// Each starts servers, which takes seconds on a busy machine.
const SLOW = { timeout: 120_000 }
let folder: string
let joined: EmbeddedServer[] = []

beforeAll(async () => {
  folder = await makeScratchFolder()
})

afterEach(async () => {
  for (const server of joined) await server.leave({ force: true })
  joined = []
})

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

describe('The embedded server', SLOW, () => {
  test('starts, is shared by processes, outlives one that dies, and stops with the last one out', async () => {
    const first = await joinHere()
    expect(first.started).toBe(true)
    await ask(first, 'create table kept (n int)')

    const other = await Companion.start(folder)
    expect(other.first).toBe('joined')
    expect(await other.say('insert into kept values (1) returning n')).toBe('[[1]]')

    await first.leave()
    expect(await serverLives()).toBe(true)
    expect(await other.say('select n from kept')).toBe('[[1]]')

    other.kill()
    await other.ended
    expect(await serverLives()).toBe(true)

    const second = await joinHere()
    expect(second.started).toBe(false)
    expect(await ask(second, 'select n from kept')).toEqual([{ n: 1 }])
    await second.leave()
    expect(await serverLives()).toBe(false)
  })

  test('that is killed comes back at the same address with every row it confirmed', async () => {
    const server = await joinHere()
    await ask(server, 'create table confirmed (n int)')
    const pool = new pg.Pool({ ...server.as('stet_owner'), max: 2 })
    pool.on('error', () => {})
    for (let n = 0; n < 50; n++) await pool.query('insert into confirmed values ($1)', [n])
    const { pid } = await postmaster()
    process.kill(pid, 'SIGKILL')
    await until(async () => (await postmaster()).pid !== pid && (await pool.query('select 1')).rowCount === 1)
    expect((await pool.query('select count(*)::int as n from confirmed')).rows[0].n).toBe(50)
    await pool.end()
  })

  test('killed as its last process leaves, it is not started again', async () => {
    const server = await joinHere()
    process.kill((await postmaster()).pid, 'SIGKILL')
    await until(async () => !(await serverLives()))
    await server.leave()
    await delay(500)
    expect(await serverLives()).toBe(false)
  })

  test('is started once when several processes start at the same time', async () => {
    const empty = await makeScratchFolder()
    const companions = await Promise.all([Companion.start(empty), Companion.start(empty)])
    const words = companions.map((companion) => companion.first)
    expect(words.filter((word) => word === 'started').length).toBeGreaterThanOrEqual(1)
    expect(words.every((word) => word === 'started' || word === 'joined')).toBe(true)
    const seen = await Promise.all(companions.map((it) => it.say('select pg_postmaster_start_time()')))
    expect(new Set(seen).size).toBe(1)
    expect(seen[0]).toContain('20')
    for (const companion of companions) companion.tell('leave')
    await Promise.all(companions.map((companion) => companion.ended))
    expect(await readPostmaster(join(empty, 'pg'))).toBe(null)
    await rm(empty, { recursive: true })
  })

  test('keeps its passwords from everyone else, listens on no network, and sorts and folds letters of any script', async () => {
    const server = await joinHere()
    const passwords = await stat(join(folder, 'pg', 'stet.json'))
    expect(passwords.mode & 0o077).toBe(0)
    if (process.platform !== 'win32') {
      expect(server.as('stet_app').host).toMatch(/^\//)
      expect(await ask(server, 'show listen_addresses')).toEqual([{ listen_addresses: '' }])
    }
    expect(await ask(server, "select lower('ÄŽҚ') as it, current_setting('data_checksums') as sums")).toEqual([
      { it: 'äžқ', sums: 'on' },
    ])
    await ask(server, 'create extension pg_trgm')
    expect(await ask(server, "select show_trgm('äü')::text as it")).not.toEqual([{ it: '{}' }])
    const stranger = new pg.Client({ ...server.as('stet_app'), password: 'guessed' })
    await expect(stranger.connect()).rejects.toThrow('password authentication failed')
  })

  test('starts over a process id that now belongs to another program', async () => {
    const server = await joinHere()
    const file = await readFile(join(folder, 'pg', 'postmaster.pid'), 'utf8')
    await server.leave()
    await writeFile(join(folder, 'pg', 'postmaster.pid'), file.replace(/^\d+/, String(process.pid)))
    expect((await joinHere()).started).toBe(true)
  })
})

describe('What the operator has to put right is said in a sentence', SLOW, () => {
  test('a folder made by another major version', async () => {
    const version = join(folder, 'pg', 'PG_VERSION')
    await writeFile(version, '17\n')
    await expect(joinEmbedded(folder)).rejects.toThrow(
      /made by PostgreSQL 17; this Stet brings PostgreSQL 18.*DATA_DIR/,
    )
    await writeFile(version, '18\n')
  })

  test('a folder that holds something else', async () => {
    const other = await makeScratchFolder()
    await mkdir(join(other, 'pg'))
    await writeFile(join(other, 'pg', 'letter.txt'), 'Dear editor')
    await expect(joinEmbedded(other)).rejects.toThrow(/is not a database.*DATA_DIR/)
    await rm(other, { recursive: true })
  })

  test.runIf(isRoot)('a folder the account of the database cannot enter', async () => {
    const closed = await mkdtemp(join(tmpdir(), 'stet-closed-'))
    await expect(joinEmbedded(closed)).rejects.toThrow(/cannot enter.*DATA_DIR/)
    await rm(closed, { recursive: true })
  })
})

describe.runIf(isRoot)('As root', SLOW, () => {
  test('it runs under another account', async () => {
    await joinHere()
    const { uid } = await stat(`/proc/${(await postmaster()).pid}`)
    expect(uid).not.toBe(0)
  })

  test('a data folder nobody chose may lie where that account cannot go: the database is then kept elsewhere', async () => {
    const closed = await mkdtemp(join(tmpdir(), 'stet-closed-'))
    const server = await joinEmbedded(closed, { chosen: false })
    const elsewhere = (await readFile(join(closed, 'database-is-in'), 'utf8')).trim()
    expect(server.notes.join()).toMatch(new RegExp(`kept in ${elsewhere}.*Set DATA_DIR`))
    await ask(server, 'create table kept ()')
    await server.leave()
    const again = await joinEmbedded(closed, { chosen: false })
    expect(await ask(again, 'select * from kept')).toEqual([])
    await again.leave()
    for (const used of [closed, elsewhere]) await rm(used, { recursive: true })
  })

  test('programs that account cannot reach are copied once to where it can', async () => {
    const closed = await mkdtemp(join(tmpdir(), 'stet-closed-'))
    const home = dirname(dirname(dirname((await findBinaries(undefined, folder)).postgres)))
    await cp(home, join(closed, 'package'), { recursive: true, verbatimSymlinks: true })
    const nobody = { uid: 65534, gid: 65534 }
    const { postgres } = await findBinaries(nobody, folder, join(closed, 'package'))
    expect(postgres.startsWith(folder)).toBe(true)
    expect(await runProgram(postgres, ['--version'], nobody)).toContain('(PostgreSQL) 18')
    await rm(closed, { recursive: true })
  })
})

async function joinHere(): Promise<EmbeddedServer> {
  const server = await joinEmbedded(folder)
  joined.push(server)
  return server
}

async function ask(server: EmbeddedServer, sql: string): Promise<unknown[]> {
  const client = new pg.Client(server.as('stet_owner'))
  await client.connect()
  return (await client.query(sql).finally(() => client.end())).rows
}

async function postmaster(): Promise<Postmaster> {
  return (await readPostmaster(join(folder, 'pg'))) ?? { pid: 0, host: '', port: 0 }
}

async function serverLives(): Promise<boolean> {
  return isServer((await postmaster()).pid || 2 ** 30)
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    if (await holds().catch(() => false)) return
    await delay(50)
  }
  throw new Error('the server did not come back')
}

/** Another process on the same server. */
class Companion {
  static async start(folder: string): Promise<Companion> {
    const script = fileURLToPath(new URL('join-embedded.ts', import.meta.url))
    const companion = new Companion(spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: 'pipe' }))
    companion.first = await companion.nextLine()
    return companion
  }

  first = ''
  readonly ended: Promise<void>
  private readonly child: ChildProcessWithoutNullStreams
  private readonly lines: AsyncIterator<string>

  constructor(child: ChildProcessWithoutNullStreams) {
    this.child = child
    this.lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    this.ended = new Promise((resolve) => child.once('exit', () => resolve()))
  }

  tell(line: string): void {
    this.child.stdin.write(`${line}\n`)
  }

  say(line: string): Promise<string> {
    this.tell(line)
    return this.nextLine()
  }

  kill(): void {
    this.child.kill('SIGKILL')
  }

  private async nextLine(): Promise<string> {
    return (await this.lines.next()).value ?? ''
  }
}
