import { randomBytes } from 'node:crypto'
import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Account, canEnter, serverAccount } from './account.ts'
import { StartFault } from './fault.ts'

export interface Place {
  /** Holds the cluster `pg` and, where needed, a copy of the programs. */
  folder: string
  account: Account | undefined
  notes: string[]
}

/**
 * Where the cluster lives: the data folder, or, when we are root and the account PostgreSQL runs under cannot enter a data
 * folder that nobody chose (a clone under /root), a folder under /var/lib that the data folder names.
 */
export async function findPlace(dataDir: string, chosen: boolean): Promise<Place> {
  const asked = await makeFolder(resolve(dataDir))
  const account = await serverAccount(join(asked, 'pg'))
  if (await canEnter(account, asked)) return { folder: asked, account, notes: [] }
  if (chosen) throw unreachable(asked)
  const elsewhere = await folderElsewhere(asked)
  const owner = await serverAccount(join(elsewhere, 'pg'))
  if (!(await canEnter(owner, elsewhere))) throw unreachable(asked)
  return {
    folder: elsewhere,
    account: owner,
    notes: [
      `The database is kept in ${elsewhere}: it does not run as root, and the account it runs under cannot enter ${asked}. ` +
        'Set DATA_DIR to choose a place.',
    ],
  }
}

async function makeFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    return await realpath(folder)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new StartFault(`The data folder ${folder} cannot be made or read (${why}). Set DATA_DIR to one that can.`)
  }
}

async function folderElsewhere(asked: string): Promise<string> {
  const pointer = join(asked, 'database-is-in')
  const known = (await readFile(pointer, 'utf8').catch(() => '')).trim()
  if (known) return makeFolder(known)
  const folder = join('/var/lib', `stet-${randomBytes(4).toString('hex')}`)
  // Two first starts at once agree on the one that wrote its line first.
  const won = await writeFile(pointer, `${folder}\n`, { flag: 'wx' }).then(
    () => true,
    () => false,
  )
  return won ? makeFolder(folder) : folderElsewhere(asked)
}

function unreachable(folder: string): StartFault {
  return new StartFault(
    `The account the database runs under cannot enter ${folder}: as root is not allowed to run it, it runs as another. ` +
      'Set DATA_DIR to a folder that every account can enter, such as /var/lib/stet, or start Stet under an ordinary account.',
  )
}
