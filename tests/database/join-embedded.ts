// Joins the embedded server of a folder as a process of its own: prints a line when it is in, does what it is told, line by line.
import { createInterface } from 'node:readline'
import pg from 'pg'
import { type EmbeddedServer, joinEmbedded } from '../../src/database/embedded.ts'
import { StartFault } from '../../src/database/fault.ts'

const folder = process.argv[2] ?? ''

try {
  const server = await joinEmbedded(folder)
  console.log(server.started ? 'started' : 'joined')
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'leave') break
    console.log(await answer(server, line))
  }
  process.stdin.destroy()
  await server.leave()
  console.log('left')
} catch (error) {
  console.log(error instanceof StartFault ? `fault ${error.message}` : `error ${String(error)}`)
  process.exitCode = 1
}

async function answer(server: EmbeddedServer, sql: string): Promise<string> {
  const client = new pg.Client(server.as('stet_owner'))
  await client.connect()
  try {
    return JSON.stringify((await client.query({ text: sql, rowMode: 'array' })).rows)
  } catch (error) {
    return `error ${String(error)}`
  } finally {
    await client.end()
  }
}
