import { createHash, randomBytes } from 'node:crypto'
import { chown, lstat, mkdir, readFile, rmdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ClientConfig } from 'pg'
import pg from 'pg'
import type { Account } from './account.ts'
import { type Binaries, findBinaries, runProgram } from './binaries.ts'
import { errorCode, type Passwords, prepareCluster, writeOwned } from './cluster.ts'
import { StartFault } from './fault.ts'
import { findPlace } from './place.ts'
import { disown, isServer, type Postmaster, readPostmaster } from './postmaster.ts'
import { serverSettings } from './settings.ts'

/** Every process that uses the server shares this lock while it lives; who can take it alone is the last one out. */
const PRESENCE_LOCK = 7270736901
const SOCKET_PATH_LIMIT = 107
const PATIENCE_MS = 60_000
const RECOVERY_MS = 15 * 60_000

/** What a server says, or the system says of it, while it starts, recovers or stops. */
const PASSING = ['57P03', '57P01', '57P02', '08006', 'ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT']

export type EmbeddedRole = keyof Passwords

export interface EmbeddedServer {
  notes: string[]
  /** Whether this process started it; false where it ran already. */
  started: boolean
  as(role: EmbeddedRole, database?: string): ClientConfig
  /** Leaves the server, and stops it when nobody else uses it, or in any case by force. */
  leave(options?: { force?: boolean }): Promise<void>
}

interface Cluster {
  folder: string
  binaries: Binaries
  account: Account | undefined
  passwords: Passwords
}

/** Starts the embedded server of the data folder, or joins the one that runs; it outlives a crash of this process. */
export async function joinEmbedded(dataDir: string, options: { chosen?: boolean } = {}): Promise<EmbeddedServer> {
  const place = await findPlace(dataDir, options.chosen ?? true)
  const folder = join(place.folder, 'pg')
  const binaries = await findBinaries(place.account, place.folder)
  const passwords = await prepareCluster(folder, binaries, place.account)
  const cluster: Cluster = { folder, binaries, account: place.account, passwords }

  let leaving = false
  let returning: Promise<void> | undefined
  let { presence, server, started } = await becomePresent(cluster, () => leaving)
  watch()

  function watch() {
    presence.on('error', () => {})
    presence.once('end', () => {
      if (!leaving) returning = comeBack()
    })
  }

  // The server was killed under us: start it again at the address the pools know.
  async function comeBack(): Promise<void> {
    try {
      const back = await becomePresent(cluster, () => leaving)
      presence = back.presence
      server = back.server
      watch()
    } catch {
      if (leaving) return
      await delay(1000)
      await comeBack()
    }
  }

  return {
    notes: place.notes,
    started,
    as: (role, database = 'stet') => credentials(cluster, server, role, database),
    async leave({ force = false } = {}) {
      leaving = true
      await returning
      const last = force || (await isLast(presence))
      if (last) await stop(cluster, force)
      await presence.end().catch(() => {})
    },
  }
}

/** Refuses a data folder in which no server has ever been made, in a sentence. */
export async function refuseMissingCluster(dataDir: string, chosen: boolean): Promise<void> {
  const { folder } = await findPlace(dataDir, chosen)
  const isThere = await readFile(join(folder, 'pg', 'PG_VERSION')).then(
    () => true,
    () => false,
  )
  if (!isThere)
    throw new StartFault(`There is no desk in ${folder} yet. Start Stet first, or set DATA_DIR or DATABASE_URL.`)
}

function credentials(cluster: Cluster, server: Postmaster, role: EmbeddedRole, database: string): ClientConfig {
  return { host: server.host, port: server.port, user: role, password: cluster.passwords[role], database, ssl: false }
}

async function becomePresent(cluster: Cluster, isLeaving: () => boolean) {
  const began = Date.now()
  let started = false
  let lastError: unknown
  for (;;) {
    const server = await readPostmaster(cluster.folder)
    const lives = server !== null && (await isServer(server.pid))
    if (lives) {
      try {
        return { presence: await connectPresence(cluster, server), server, started }
      } catch (error) {
        if (!isPassing(error)) throw error
        lastError = error
      }
    } else {
      // Started now, a server would stay behind; one that was being started is still joined, and so stopped.
      if (isLeaving()) throw new Error('leaving')
      try {
        if (server) await disown(cluster.folder, server)
        await start(cluster)
        started = true
        continue
      } catch (error) {
        if (error instanceof StartFault) throw error
        lastError = error
      }
    }
    if (Date.now() - began > (lives ? RECOVERY_MS : PATIENCE_MS)) throw await didNotStart(cluster, lastError)
    await delay(100)
  }
}

async function connectPresence(cluster: Cluster, server: Postmaster): Promise<pg.Client> {
  const presence = new pg.Client({
    ...credentials(cluster, server, 'stet_app', 'postgres'),
    application_name: 'stet presence',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  })
  presence.on('error', () => {})
  try {
    await presence.connect()
    await presence.query('select pg_advisory_lock_shared($1)', [PRESENCE_LOCK])
    return presence
  } catch (error) {
    await presence.end().catch(() => {})
    throw error
  }
}

function isPassing(error: unknown): boolean {
  const code = errorCode(error)
  if (code) return PASSING.includes(code)
  return error instanceof Error && /timeout|terminated/i.test(error.message)
}

async function isLast(presence: pg.Client): Promise<boolean> {
  try {
    await presence.query('select pg_advisory_unlock_shared($1)', [PRESENCE_LOCK])
    const { rows } = await presence.query('select pg_try_advisory_lock($1) as alone', [PRESENCE_LOCK])
    return rows[0]?.alone === true
  } catch {
    return false
  }
}

async function start(cluster: Cluster): Promise<void> {
  const { folder, binaries, account } = cluster
  await writeOwned(join(folder, 'stet.conf'), serverSettings(await address(cluster), folder), account)
  const log = join(folder, 'start.log')
  await writeOwned(log, '', account)
  await runProgram(binaries.pgCtl, ['start', '-D', folder, '-w', '-t', '60', '-s', '-l', log], account, null)
}

async function stop({ folder, binaries, account }: Cluster, force: boolean): Promise<void> {
  const server = await readPostmaster(folder)
  const mode = force ? 'immediate' : 'fast'
  await runProgram(binaries.pgCtl, ['stop', '-D', folder, '-w', '-t', '60', '-s', '-m', mode], account, null).catch(
    (error: unknown) => {
      if (!force) throw error
    },
  )
  if (server && basename(server.host).startsWith('stet-')) await rmdir(server.host).catch(() => {})
}

export type Address = { socketFolder: string } | { port: number }

/** A Unix socket at the same place each time, so that pools find a server started again; a free loopback port on Windows. */
async function address(cluster: Cluster): Promise<Address> {
  if (process.platform === 'win32') return { port: await freePort() }
  const usual = join(socketParent(), `stet-${createHash('sha256').update(cluster.folder).digest('hex').slice(0, 16)}`)
  if (await claimFolder(usual, cluster.account)) return { socketFolder: usual }
  // Somebody else's folder has that name: take another, and keep to it.
  const conf = await readFile(join(cluster.folder, 'stet.conf'), 'utf8').catch(() => '')
  const known = /^unix_socket_directories = '(.+)'$/m.exec(conf)?.[1]
  if (known && known !== usual && dirname(known) === dirname(usual) && (await claimFolder(known, cluster.account))) {
    return { socketFolder: known }
  }
  const other = `${usual}-${randomBytes(4).toString('hex')}`
  if (await claimFolder(other, cluster.account)) return { socketFolder: other }
  throw new StartFault(`The embedded database cannot make a folder for its socket in ${dirname(usual)}. Set TMPDIR.`)
}

function socketParent(): string {
  const longest = 'stet-0123456789abcdef-01234567/.s.PGSQL.5432'.length + 1
  const parent = [tmpdir(), '/tmp'].find((folder) => Buffer.byteLength(folder) + longest <= SOCKET_PATH_LIMIT)
  return parent ?? '/tmp'
}

async function claimFolder(folder: string, account: Account | undefined): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 })
    if (account) await chown(folder, account.uid, account.gid)
    return true
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') return false
    const found = await lstat(folder).catch(() => null)
    const uid = account?.uid ?? process.getuid?.()
    return found !== null && found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const bound = server.address()
      server.close(() => resolve(bound !== null && typeof bound === 'object' ? bound.port : 0))
    })
  })
}

async function didNotStart(cluster: Cluster, cause: unknown): Promise<StartFault> {
  const log = (await readFile(join(cluster.folder, 'start.log'), 'utf8').catch(() => '')).trim().split('\n').slice(-5)
  const why = log.filter(Boolean).join(' ') || (cause instanceof Error ? cause.message : String(cause))
  return new StartFault(`The embedded database in ${cluster.folder} does not start. It says: ${why}`)
}
