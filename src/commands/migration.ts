import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readMigrations } from '../database/migrate.ts'
import { drift } from './drift.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const MIGRATIONS = join(ROOT, 'prisma/migrations')

const { values, positionals } = parseArgs({ allowPositionals: true, options: { check: { type: 'boolean' } } })
const name = positionals[0]

if (values.check) await check()
else if (name && /^[a-z][a-z0-9_]*$/.test(name)) await draft(name)
else {
  console.error('npm run migration -- a_name      drafts the SQL from schema.prisma')
  console.error('npm run migration -- --check     fails where the migrations do not make the schema')
  process.exitCode = 2
}

async function check(): Promise<void> {
  const sql = await wanted()
  if (sql === '') return console.log('The migrations make the schema.')
  console.error(`prisma/schema.prisma has what no migration makes:\n\n${sql}`)
  process.exitCode = 1
}

async function draft(title: string): Promise<void> {
  const sql = await wanted()
  if (sql === '') return console.log('The migrations make the schema; there is nothing to write.')
  const folder = join(MIGRATIONS, `${await stamp()}_${title}`)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'migration.sql'), `${sql}\n`, { flag: 'wx' })
  console.log(`${relative(ROOT, folder)}/migration.sql is written. Read it before it is applied.`)
}

async function wanted(): Promise<string> {
  return drift(await readMigrations(MIGRATIONS), await readFile(join(ROOT, 'prisma/schema.prisma'), 'utf8'))
}

/** Now, or a second after the newest migration if that lies ahead: names are the order. */
async function stamp(): Promise<string> {
  const now = new Date().toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)
  const newest = (await readMigrations(MIGRATIONS)).at(-1)?.name.slice(0, 14) ?? ''
  return now > newest ? now : String(BigInt(newest) + 1n)
}
