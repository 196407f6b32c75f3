import { spawn } from 'node:child_process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from './support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

it('a server that is stopped as soon as it listens ends well, with the first link made', async () => {
  const own = { ...database.environment, PORT: '0', HOST: '127.0.0.1', ALLOW_UNSAFE_DURABILITY: 'yes' }
  const environment = { ...process.env, ...own, PUBLIC_URL: 'http://127.0.0.1:3000' }
  const child = spawn(process.execPath, ['--disable-warning=DeprecationWarning', '--import', 'tsx', 'src/server.ts'], {
    env: environment,
  })
  const said = { stdout: '', stderr: '' }
  child.stderr.on('data', (piece: Buffer) => {
    said.stderr += piece.toString()
  })
  child.stdout.on('data', (piece: Buffer) => {
    if (!said.stdout.includes('Stet runs') && piece.includes('Stet runs')) child.kill('SIGTERM')
    said.stdout += piece.toString()
  })

  const code = await new Promise((resolve) => child.once('exit', resolve))

  expect({ code, stderr: said.stderr.replace(/.*Deprecat.*\n|.*--trace-dep.*\n/g, '') }).toEqual({
    code: 0,
    stderr: '',
  })
  expect(said.stdout).not.toContain('"level":50')
  expect(said.stdout).toContain('Make the first admin with this link')
})
