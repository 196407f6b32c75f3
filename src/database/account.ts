import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { StartFault } from './fault.ts'

const runFile = promisify(execFile)

export interface Account {
  uid: number
  gid: number
}

/** The account PostgreSQL runs under when we are root, which it refuses to be; undefined means our own. */
export async function serverAccount(clusterFolder: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(clusterFolder).catch(() => null)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '')
  for (const name of ['postgres', 'nobody']) {
    const entry = accounts.split('\n').find((line) => line.startsWith(`${name}:`))
    const [, , uid, gid] = entry?.split(':') ?? []
    if (uid && gid && Number(uid) !== 0) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new StartFault(
    'The embedded database does not run as root, and this system has neither an account named postgres nor nobody. ' +
      'Start Stet under another account, or set DATABASE_URL.',
  )
}

/** Whether the account can enter the folder. */
export async function canEnter(account: Account | undefined, folder: string): Promise<boolean> {
  return holds(account, '-x', folder)
}

/** Whether the account can run the file. */
export async function canRun(account: Account | undefined, file: string): Promise<boolean> {
  return holds(account, '-x', file)
}

async function holds(account: Account | undefined, test: string, path: string): Promise<boolean> {
  if (!account) return true
  return runFile('/bin/sh', ['-c', `test ${test} "$0"`, path], { ...account, cwd: '/' }).then(
    () => true,
    () => false,
  )
}
