import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClientConfig } from 'pg'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import type { Server } from '../../src/database/connect.ts'
import { joinEmbedded } from '../../src/database/embedded.ts'
import { prepare } from '../../src/database/prepare.ts'
import { makeScratchFolder } from '../../src/database/scratch.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    server: TestServer
  }
}

/** One server a run, and on it a migrated database that each test file copies. */
export interface TestServer extends Server {
  /** May create databases and drop them. */
  admin: ClientConfig
  template: string
  embedded: boolean
}

interface Started {
  roles: Server & { admin: ClientConfig }
  embedded: boolean
  stop(): Promise<void>
}

/** Started by vitest once a run, whatever files run; what it returns is called at the end, failed or not. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const run = `stet_test_${randomBytes(4).toString('hex')}`
  const { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl } = process.env
  const started = url ? await useServer(run, url, ownerUrl) : await startEmbedded()
  try {
    const template = await makeTemplate(run, started)
    project.provide('server', { ...started.roles, template, embedded: started.embedded })
  } catch (error) {
    await started.stop()
    throw error
  }
  return async () => {
    await dropDatabases(run, started.roles.admin).catch((error: unknown) => {
      if (!started.embedded) throw error
    })
    await started.stop()
  }
}

async function startEmbedded(): Promise<Started> {
  const folder = await makeScratchFolder()
  process.once('exit', () => {
    // Only where the run broke off before its end: nothing may stay behind.
    try {
      const [pid, , , , socketFolder] = readFileSync(join(folder, 'pg', 'postmaster.pid'), 'utf8').split('\n')
      process.kill(Number(pid), 'SIGQUIT')
      if (socketFolder) rmSync(socketFolder, { recursive: true, force: true })
    } catch {
      // it is gone, as it should be
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  const server = await joinEmbedded(folder)
  return {
    roles: { admin: server.as('postgres', 'postgres'), owner: server.as('stet_owner'), app: server.as('stet_app') },
    embedded: true,
    async stop() {
      await server.leave({ force: true })
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Two roles of its own where the given one may make roles, so that the application has no DDL; else the given ones. */
async function useServer(run: string, url: string, ownerUrl: string | undefined): Promise<Started> {
  const admin = parsed(ownerUrl ?? url)
  const made = await makeRoles(run, admin)
  const owner = made ? { ...admin, user: `${run}_owner`, password: run } : admin
  const app = made ? { ...admin, user: `${run}_app`, password: run } : parsed(url)
  return {
    roles: { admin, owner, app },
    embedded: false,
    async stop() {
      if (made) await withAdmin(admin, (client) => client.query(`drop role if exists ${run}_owner, ${run}_app`))
    },
  }
}

async function makeRoles(run: string, admin: ClientConfig): Promise<boolean> {
  return withAdmin(admin, async (client) => {
    try {
      await client.query('begin')
      await client.query(`create role ${run}_owner login password '${run}'`)
      await client.query(`create role ${run}_app login password '${run}'`)
      await client.query(`grant ${run}_owner to current_user`)
      await client.query('commit')
      return true
    } catch {
      await client.query('rollback')
      return false
    }
  })
}

function parsed(url: string): ClientConfig {
  const { host, port, user, password, database, ssl } = new pg.Client(url)
  return { host, port, user, password: password ?? undefined, database, ssl }
}

async function makeTemplate(run: string, { roles, embedded }: Started): Promise<string> {
  await withAdmin(roles.admin, (client) => client.query(`create database ${run} owner ${roles.owner.user}`))
  const server = { app: { ...roles.app, database: run }, owner: { ...roles.owner, database: run } }
  await prepare(server, { dataDir: '', poolSize: 1, allowUnsafeDurability: !embedded })
  return run
}

async function dropDatabases(run: string, admin: ClientConfig): Promise<void> {
  await withAdmin(admin, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      "select datname from pg_database where datname = $1 or datname like $1 || '\\_%'",
      [run],
    )
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`)
  })
}

/** Runs `work` on a connection that may create and drop databases. */
export async function withAdmin<T>(admin: ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(admin)
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
