import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, type SqlQuery } from '@prisma/driver-adapter-utils'
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg'
import type { ClientConfig } from 'pg'
import pg from 'pg'
import { MIGRATIONS, type Migration } from '../database/migrate.ts'
import { withScratchServer } from '../database/scratch.ts'
import { splitStatements } from '../database/statements.ts'

/** Oids of pg_type: "char", which the adapter does not know, and char(n), which it does. */
const SINGLE_CHAR = 18
const BLANK_PADDED_CHAR = 1042

// Node has it; its types do not say so without the browser's.
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>
}

/** The SQL that is missing between what the migrations make and the schema; '' when nothing is. Needs no server. */
export function drift(migrations: Migration[], schema: string): Promise<string> {
  return withScratchServer((server) => compare(server.as('postgres', 'postgres'), migrations, schema))
}

async function compare(server: ClientConfig, migrations: Migration[], schema: string): Promise<string> {
  const { SchemaEngine } = await loadEngine()
  const adapters = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => mendedAdapter(server),
    connectToShadowDb: () => shadow(server),
  })
  // Where the engine says why it gave up.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(message) },
  })
  const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapters)
  const { stdout } = await engine.diff({
    from: { tag: 'migrations', ...migrationList(migrations) },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  })
  const sql = (stdout ?? '').trim()
  return sql === '-- This is an empty migration.' ? '' : sql
}

function migrationList(migrations: Migration[]): MigrationList {
  return {
    baseDir: MIGRATIONS,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  }
}

async function shadow(server: ClientConfig) {
  const maker = new pg.Client(server)
  await maker.connect()
  await maker.query('create database shadow').finally(() => maker.end())
  return mendedAdapter({ ...server, database: 'shadow' })
}

// One connection, as the engine's advisory lock is the connection's.
async function mendedAdapter(server: ClientConfig) {
  const pool = new pg.Pool({ ...server, max: 1 })
  pool.on('error', () => {})
  const query = pool.query.bind(pool)
  const singles = new WeakMap<object, number[]>()
  const mended = Object.assign(pool, {
    async query(asked: pg.QueryConfig) {
      const result = await query(asked)
      const fields = result.fields ?? []
      singles.set(
        result.rows ?? [],
        [...fields.keys()].filter((index) => fields[index]?.dataTypeID === SINGLE_CHAR),
      )
      for (const field of fields) if (field.dataTypeID === SINGLE_CHAR) field.dataTypeID = BLANK_PADDED_CHAR
      return result
    },
  })
  const adapter = await new PrismaPg(mended, { disposeExternalPool: true }).connect()
  const queryRaw = adapter.queryRaw.bind(adapter)
  return Object.assign(adapter, {
    async queryRaw(asked: SqlQuery) {
      const result = await queryRaw(asked)
      for (const index of singles.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character
      return result
    },
    // The adapter's own splits at every semicolon, those inside function bodies too. Several statements at once are one transaction.
    async executeScript(script: string) {
      for (const statement of script.startsWith('-- no-transaction') ? splitStatements(script) : [script])
        await query(statement)
    },
  })
}

// Node 20 does not import .wasm files, so its glue is joined to it by hand.
async function loadEngine() {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const file = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm')
  const { instance } = await WebAssembly.instantiate(await readFile(file), { './schema_engine_bg.js': { ...glue } })
  const { __wbg_set_wasm: join } = glue
  const { __wbindgen_start: begin } = instance.exports
  join(instance.exports)
  if (typeof begin === 'function') begin()
  return glue
}
