import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { openSession } from '../src/accounts/session.store.ts'
import { cursorOf } from '../src/claims/filter.ts'
import { openPools } from '../src/database/connect.ts'
import type { EmbeddedServer } from '../src/database/embedded.ts'
import { prepare } from '../src/database/prepare.ts'
import { addressOf, type Running, startFloors, startStet } from './children.ts'
import { COMMON_WORD, RARE_WORD } from './claims.ts'
import { load } from './load.ts'
import { type Statement, statementsOf } from './record.ts'

/** A filled database, the application on it, and the floors beside it. */
export type Desk = {
  count: number
  app: pg.ClientConfig
  admin: pg.ClientConfig
  stet: Running
  floors: Running
  /** What a process of the application needs. */
  environment: Record<string, string>
  token: string
  addresses: Addresses
  /** The page that stands for page 2,000. */
  farPage: number
}

type Addresses = Record<'list' | 'first' | 'far' | 'common' | 'rare' | 'claim' | 'queue', string>

const EDITOR = 2

/** Makes a database with this many claims and starts the application and the floors on it. */
export async function openDesk(server: EmbeddedServer, folder: string, count: number): Promise<Desk> {
  const name = `stet_${count}`
  const admin = server.as('postgres', name)
  await withClient(server.as('postgres', 'postgres'), (client) =>
    client.query(`create database ${name} owner stet_owner`),
  )
  const app = server.as('stet_app', name)
  await prepare({ app, owner: server.as('stet_owner', name) }, { dataDir: '', poolSize: 1 })
  const database = openPools(app, 4, { notes: [], embedded: true })
  const token = await load(admin, database.db, count)
    .then(() => openSession(database.db, EDITOR, 'the bench'))
    .finally(() => database.close())
  await withClient(admin, (client) => client.query(BARE))
  const farPage = Math.min(2_000, Math.floor(count / 100))
  const addresses = await withClient(admin, (client) => addressesIn(client, farPage))
  const statements = await statementsOf(app, token, Object.values(addresses))
  const spec = join(folder, `${name}.json`)
  await writeFile(spec, JSON.stringify(specOf(addresses, statements)))
  const environment = { DATABASE_URL: addressOf(app), DATABASE_OWNER_URL: addressOf(server.as('stet_owner', name)) }
  const stet = await startStet(environment)
  const floors = await startFloors({ DATABASE_URL: addressOf(app), SPEC: spec })
  return { count, app, admin, stet, floors, environment, token, addresses, farPage }
}

// The row that is updated is as wide and as indexed as a claim's; nothing guards it.
const BARE = `
  create table bare_claim (like claim including defaults including indexes);
  insert into bare_claim select * from claim;
  create table bare_history (id serial primary key, claim_id int not null, at timestamptz not null, actor_id int not null, action text not null, after json);
  create index on bare_history (claim_id, id);
  grant select, insert, update on bare_claim, bare_history to stet_app;
  grant usage on sequence bare_history_id_seq to stet_app;
  analyze bare_claim`

async function addressesIn(client: pg.Client, farPage: number): Promise<Addresses> {
  const { rows } = await client.query<{ id: number; updated_at: Date }>(
    'select id, updated_at from claim order by updated_at desc, id desc offset $1 limit 1',
    [(farPage - 1) * 50 - 1],
  )
  const { rows: fullest } = await client.query<{ ref: string }>('select ref from claim order by id desc limit 1')
  const [last] = rows
  if (!last || !fullest[0]) throw new Error('There are too few claims to measure anything')
  const after = new URLSearchParams(cursorOf('after', { key: last.updated_at.toISOString(), id: last.id }))
  return {
    list: '/claims?story=S3A&stage=in_review',
    first: '/claims',
    far: `/claims?${after.toString()}`,
    common: `/claims?q=${COMMON_WORD}`,
    rare: `/claims?q=${RARE_WORD}`,
    claim: `/claims/${fullest[0].ref}`,
    queue: '/queue',
  }
}

/** The floors' statements: of a list the one that reads its claims, of a claim's page all. */
function specOf(addresses: Addresses, statements: Map<string, Statement[]>): Record<string, Statement[]> {
  return Object.fromEntries(
    Object.entries(addresses).map(([name, address]) => {
      const all = statements.get(address) ?? []
      const list = all.filter(({ text }) => text.includes('left join lateral'))
      return [name, address.startsWith('/claims?') || address === '/claims' ? list : all]
    }),
  )
}

/** Runs `work` on a connection of its own. */
export async function withClient<T>(to: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(to)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
