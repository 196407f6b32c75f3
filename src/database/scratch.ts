import { chmod, mkdtemp, readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedServer, joinEmbedded } from './embedded.ts'
import { isRunning, isServer, readPostmaster } from './postmaster.ts'

const PREFIX = 'stet-scratch-'

/** A folder for a throw-away server, which another account can enter when root makes it. Clears away those of dead processes. */
export async function makeScratchFolder(parent?: string): Promise<string> {
  parent ??= await roomyFolder()
  await removeAbandoned(parent)
  const folder = await mkdtemp(join(parent, PREFIX))
  if (process.getuid?.() === 0) await chmod(folder, 0o711)
  await writeFile(join(folder, 'made-by'), String(process.pid))
  return folder
}

/** Runs `work` with an embedded server of its own, which is gone afterwards; in memory where there is room, unless told where. */
export async function withScratchServer<T>(work: (server: EmbeddedServer) => Promise<T>, parent?: string): Promise<T> {
  const folder = await makeScratchFolder(parent)
  try {
    const server = await joinEmbedded(folder)
    return await work(server).finally(() => server.leave({ force: true }))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Memory where it has a gigabyte free and programs may run from it, else the temporary folder. */
async function roomyFolder(): Promise<string> {
  const mounts = (await readFile('/proc/mounts', 'utf8').catch(() => '')).split('\n')
  const options = mounts.find((line) => line.split(' ')[1] === '/dev/shm')?.split(' ')[3]
  if (!options || /\bnoexec\b|\bro\b/.test(options)) return tmpdir()
  const memory = await statfs('/dev/shm').catch(() => null)
  return memory && memory.bavail * memory.bsize > 2 ** 30 ? '/dev/shm' : tmpdir()
}

async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(PREFIX)) continue
    const folder = join(parent, name)
    const maker = Number(await readFile(join(folder, 'made-by'), 'utf8').catch(() => '0'))
    if (maker > 0 && !isRunning(maker)) await remove(folder).catch(() => {})
  }
}

async function remove(folder: string): Promise<void> {
  const server = await readPostmaster(join(folder, 'pg'))
  if (server && (await isServer(server.pid))) process.kill(server.pid, 'SIGQUIT')
  if (server?.host.startsWith('/')) await rm(server.host, { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}
