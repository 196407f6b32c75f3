import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isPassword } from '../../src/accounts/password.ts'
import { createAccount } from '../../src/accounts/store.ts'
import { clock } from '../../src/history/store.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PASSWORD = 'harbour lamp quiet seventeen'
// It starts a process, which takes seconds on a busy machine.
const PATIENCE = 240_000

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

describe('npm run seed', { timeout: PATIENCE }, () => {
  it('refuses a flag that it does not know, and says how it is used', async () => {
    const { code, said } = await seed('--pasword', 'x')
    expect(code, said).toBe(2)
    expect(said).toContain('--pasword')
    expect(said).toContain('npm run seed -- --password')
  })

  it('refuses a weak password by the rule for everybody, and changes nothing', async () => {
    const { code, said } = await seed('--password', 'ada obi')
    expect(code, said).toBe(2)
    expect(said).toContain('at least 10 characters')
    expect(await database.db.account.count()).toBe(0)
  })

  it('fills the desk, gives the cast the password, and prints who they are', async () => {
    const { code, said } = await seed('--password', PASSWORD)
    expect(said).toContain('ada@example.org')
    expect(said).toMatch(/Mo Farrell\s+Admin\s+mo@example\.org/)
    expect(said).not.toContain('/invitations/')
    expect(code, said).toBe(0)
    const { passwordHash } = await database.db.account.findUniqueOrThrow({ where: { email: 'rae@example.org' } })
    expect(await isPassword(passwordHash, PASSWORD)).toBe(true)
  })

  it('says the second time that the story is there, and changes nothing', async () => {
    const before = await database.db.event.count()
    const { code, said } = await seed()
    expect(code, said).toBe(1)
    expect(said).toContain('already has its story')
    expect(await database.db.event.count()).toBe(before)
  })

  it('prints a one-time link for each when no password is given, and keeps somebody who is there already', async () => {
    const other = await testDatabase()
    const mo = { email: 'mo@example.org', name: 'Another Mo', role: 'admin' as const }
    await other.db.$transaction(async (tx) => createAccount(tx, null, await clock(tx), mo))
    const { code, said } = await seed({ database: other })
    expect(code, said).toBe(0)
    expect(said).toMatch(/Another Mo\s+Admin\s+mo@example\.org/)
    expect(said.match(/\/invitations\/[\w-]{43}/g)).toHaveLength(6)
    expect(await other.db.invitation.count({ where: { usedAt: null } })).toBe(6)
    await other.close()
  })
})

async function seed(...given: (string | { database: TestDatabase })[]): Promise<{ code: number | null; said: string }> {
  const flags = given.filter((one) => typeof one === 'string')
  const on = given.find((one) => typeof one !== 'string')?.database ?? database
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/commands/seed.ts', ...flags], {
    cwd: ROOT,
    env: { ...process.env, ...on.environment },
  })
  let said = ''
  child.stdout.on('data', (part: Buffer) => (said += part))
  child.stderr.on('data', (part: Buffer) => (said += part))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, said }
}
