import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const runFile = promisify(execFile)

// Above every system's highest process id, and still a number PostgreSQL reads.
const NOBODYS_PID = 2147483646

export interface Postmaster {
  pid: number
  host: string
  port: number
}

/** The server that postmaster.pid names, running or not; null when there is none or it is still writing the file. */
export async function readPostmaster(folder: string): Promise<Postmaster | null> {
  const lines = (await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const [pid, , , port, socketFolder, address] = lines.map((line) => line.trim())
  if (!pid || !port || lines.length < 6) return null
  return { pid: Number(pid), host: socketFolder || address || '127.0.0.1', port: Number(port) }
}

/** Whether the process is a PostgreSQL server, and neither another program under a used-again id nor dead and unreaped. */
export async function isServer(pid: number): Promise<boolean> {
  if (!isRunning(pid)) return false
  if (process.platform === 'win32') return true
  const { stdout } = await processLine(pid)
  return stdout.includes('postgres') && !stdout.startsWith('Z')
}

async function processLine(pid: number): Promise<{ stdout: string }> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    const [, name = '', state = ''] = /^\d+ \((.*)\) (\S)/.exec(line) ?? []
    return { stdout: `${state} ${name}` }
  }
  return runFile('ps', ['-o', 'stat=,comm=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * Lets PostgreSQL start over a postmaster.pid whose process id now belongs to something else. The file stays, as its line
 * on shared memory is how PostgreSQL sees that processes of the old server still live.
 */
export async function disown(folder: string, postmaster: Postmaster): Promise<void> {
  const file = join(folder, 'postmaster.pid')
  const text = await readFile(file, 'utf8').catch(() => '')
  if (Number(text.split('\n')[0]) === postmaster.pid) await writeFile(file, text.replace(/^\d+/, String(NOBODYS_PID)))
}
