import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedServer, joinEmbedded } from './embedded.ts'

/** A folder for a throw-away server, which another account can enter when root makes it. */
export async function makeScratchFolder(parent: string = tmpdir()): Promise<string> {
  const folder = await mkdtemp(join(parent, 'stet-scratch-'))
  if (process.getuid?.() === 0) await chmod(folder, 0o711)
  return folder
}

/** Runs `work` with an embedded server of its own, which is gone afterwards. */
export async function withScratchServer<T>(work: (server: EmbeddedServer) => Promise<T>): Promise<T> {
  const folder = await makeScratchFolder()
  try {
    const server = await joinEmbedded(folder)
    return await work(server).finally(() => server.leave({ force: true }))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
