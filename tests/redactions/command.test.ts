import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build } from '../support/build.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { makePeople } from '../support/people.ts'

const ROOT = join(import.meta.dirname, '../..')

let it: TestDatabase
let text: { id: number }
let ref: string

beforeAll(async () => {
  it = await testDatabase()
  const { ada } = await makePeople(it.db)
  const made = build(it.db, ada.id)
  const source = await made.aSource()
  text = await made.aCapture(source.id, 'The colonel, Ivan Petrov 🗞, said so.')
  ref = (await made.aClaim({ attributions: [{ sourceId: source.id }] })).ref
})
afterAll(() => it.close())

// It starts a process each time, which takes seconds on a busy machine.
describe('npm run redact', { timeout: 240_000 }, () => {
  test('says how it is used, and who is no admin', async () => {
    expect((await run('', '--by', 'mo@example.org')).said).toContain('npm run redact -- --by')
    const { code, said } = await run(
      '',
      '--by',
      'eve@example.org',
      '--claim',
      ref,
      '--revision',
      '1',
      '--ground',
      'law',
    )
    expect(said).toContain('no admin with the address eve@example.org')
    expect(code).toBe(1)
  })

  test('takes the words from standard input, and out of the text', async () => {
    const { code, said } = await run(
      'Ivan Petrov\n',
      '--by',
      'mo@example.org',
      '--text',
      `${text.id}`,
      '--ground',
      'law',
    )
    expect(said).toContain('It is redacted, and it is said openly that nobody seconded it')
    expect(code, said).toBe(0)
    const capture = await it.db.capture.findUniqueOrThrow({ where: { id: text.id } })
    expect(capture.text).toBe('The colonel, ▮▮▮▮▮▮▮▮▮▮▮ 🗞, said so.')
  })

  test('empties a line of history, and refuses what is not there', async () => {
    const of = (revision: string) =>
      run(
        '',
        '--by',
        'mo@example.org',
        '--claim',
        ref,
        '--revision',
        revision,
        '--ground',
        'other',
        '--note',
        'asked for',
      )
    expect((await of('1')).code).toBe(0)
    const { code, said } = await of('77')
    expect(said).toContain(`${ref} has no such revision`)
    expect(code).toBe(1)
    expect((await of('1')).said).toContain('redacted already')
  })
})

async function run(input: string, ...flags: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/commands/redact.ts', ...flags], {
    cwd: ROOT,
    env: { ...process.env, ...it.environment },
  })
  let said = ''
  child.stdout.on('data', (part: Buffer) => (said += part))
  child.stderr.on('data', (part: Buffer) => (said += part))
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, said }
}
