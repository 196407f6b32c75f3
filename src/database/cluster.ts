import { randomBytes } from 'node:crypto'
import { appendFile, chown, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Account } from './account.ts'
import { type Binaries, runProgram } from './binaries.ts'
import { StartFault } from './fault.ts'
import { isRunning } from './postmaster.ts'

const passwordsShape = z.strictObject({ postgres: z.string(), stet_owner: z.string(), stet_app: z.string() })

export type Passwords = z.infer<typeof passwordsShape>

/** The cluster's passwords, making the cluster first where there is none. */
export async function prepareCluster(
  folder: string,
  binaries: Binaries,
  account: Account | undefined,
): Promise<Passwords> {
  let version = await versionOf(folder)
  if (version === null) {
    await makeCluster(folder, binaries, account)
    version = await versionOf(folder)
  }
  if (version !== binaries.major) {
    throw new StartFault(
      `The database in ${folder} was made by PostgreSQL ${version}; this Stet brings PostgreSQL ${binaries.major}. ` +
        'Nothing was changed. Start the Stet that made it, or set DATA_DIR to another folder.',
    )
  }
  return readPasswords(folder)
}

async function versionOf(folder: string): Promise<string | null> {
  try {
    return (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim()
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EACCES') throw belongsToAnother(folder)
    const contents = await readdir(folder).catch(() => [])
    if (contents.length === 0) return null
    throw new StartFault(
      `${folder} is not a database: it has files, but no PG_VERSION. Nothing was changed. ` +
        'Put back the whole folder from a backup, or set DATA_DIR to another folder.',
    )
  }
}

async function readPasswords(folder: string): Promise<Passwords> {
  try {
    return passwordsShape.parse(JSON.parse(await readFile(join(folder, 'stet.json'), 'utf8')))
  } catch (error) {
    if (errorCode(error) === 'EACCES') throw belongsToAnother(folder)
    throw new StartFault(
      `The passwords of the database in ${folder} cannot be read (stet.json is missing or damaged). Nothing was changed. ` +
        'Put the file back from a backup, or set DATA_DIR to another folder.',
    )
  }
}

function belongsToAnother(folder: string): StartFault {
  return new StartFault(
    `${folder} belongs to another account. Start Stet under that account, or set DATA_DIR to another folder.`,
  )
}

/** A cluster appears under its name only when it is whole; whoever comes second throws its own away. */
async function makeCluster(folder: string, binaries: Binaries, account: Account | undefined): Promise<void> {
  await removeAbandoned(folder)
  const draft = `${folder}.new-${process.pid}`
  const passwordFile = `${draft}.password`
  const passwords: Passwords = { postgres: password(), stet_owner: password(), stet_app: password() }
  try {
    await mkdir(draft, { mode: 0o700 })
    await writeOwned(passwordFile, passwords.postgres, account)
    if (account) await chown(draft, account.uid, account.gid)
    await runProgram(binaries.initdb, initialOptions(draft, passwordFile), account)
    await appendFile(join(draft, 'postgresql.conf'), "\ninclude_if_exists = 'stet.conf'\n")
    const said = await runProgram(
      binaries.postgres,
      ['--single', '-D', draft, 'postgres'],
      account,
      firstStatements(passwords),
    )
    if (/\b(ERROR|FATAL|PANIC):/.test(said)) throw new Error(said)
    await writeOwned(join(draft, 'stet.json'), `${JSON.stringify(passwords)}\n`, account)
    await rename(draft, folder).catch((error: unknown) => {
      if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(errorCode(error) ?? '')) throw error
    })
    await syncFolder(dirname(folder))
  } catch (error) {
    if (error instanceof StartFault) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new StartFault(
      `The database cannot be made in ${dirname(folder)} (${why}). Set DATA_DIR to a folder that can.`,
    )
  } finally {
    await rm(passwordFile, { force: true })
    await rm(draft, { recursive: true, force: true })
  }
}

// Without --lc-ctype pg_trgm drops every letter beyond ASCII.
function initialOptions(folder: string, passwordFile: string): string[] {
  return [
    `--pgdata=${folder}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--data-checksums',
    '--encoding=UTF8',
    '--locale=C',
    '--lc-ctype=C.UTF-8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]
}

function firstStatements(passwords: Passwords): string {
  return [
    `create role stet_owner login password '${passwords.stet_owner}'`,
    `create role stet_app login password '${passwords.stet_app}'`,
    'create database stet owner stet_owner',
    'revoke all on database stet from public',
    'grant connect on database stet to stet_app',
    '',
  ].join('\n')
}

function password(): string {
  return randomBytes(24).toString('base64url')
}

/** Writes a file only the server's account may read. */
export async function writeOwned(file: string, text: string, account: Account | undefined): Promise<void> {
  const draft = `${file}.${process.pid}`
  await writeFile(draft, text, { mode: 0o600, flush: true })
  if (account) await chown(draft, account.uid, account.gid)
  await rename(draft, file)
}

async function removeAbandoned(folder: string): Promise<void> {
  const parent = dirname(folder)
  for (const name of await readdir(parent)) {
    const pid = /^pg\.new-(\d+)/.exec(name)?.[1]
    if (pid && (Number(pid) === process.pid || !isRunning(Number(pid)))) {
      await rm(join(parent, name), { recursive: true, force: true })
    }
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const opened = await open(folder)
  await opened.sync().finally(() => opened.close())
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
