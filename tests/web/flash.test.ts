import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../../src/accounts/session.store.ts'
import { type Desk, desk, visit } from '../support/app.ts'

let it: Desk
let token: string
beforeAll(async () => {
  it = await desk()
  token = await openSession(it.db, it.people.eve.id, 'a test')
})
afterAll(() => it.close())

const LINE = { text: 'A line of somebody else', button: undoButton('/claims/KZ-1/undoings') }

/** The page that a browser with this cookie is shown. */
async function pageWith(flash: object, signedBy: string | null): Promise<string> {
  const value = Buffer.from(JSON.stringify(flash)).toString('base64url')
  const signature = signedBy && createHmac('sha256', signedBy).update(`flash\n${value}`).digest('base64url')
  const cookie = `stet_session=${token}; stet_flash=${value}${signature ? `.${signature}` : ''}`
  return (await visit(it.stranger().set('Cookie', cookie), '/')).text
}

function undoButton(path: string) {
  return { text: 'Undo', path, fields: { revision: '3' } }
}

describe('The line shown once', () => {
  test('is shown to the session it was written for', async () => {
    const page = await pageWith(LINE, token)
    expect(page).toContain('A line of somebody else')
    expect(page).toContain('action="/claims/KZ-1/undoings"')
  })

  test.each([
    ['without a signature', null],
    ['signed by another session', 'A'.repeat(43)],
    ['signed by nothing', ''],
  ])('is not shown %s', async (_name, signedBy) => {
    expect(await pageWith(LINE, signedBy)).not.toContain('A line of somebody else')
  })

  test.each([
    '/admin/people/1/role',
    '/claims/KZ-1/decisions',
    '/claims/KZ-1/undoings/../decisions',
    '/claims/../admin/undoings',
    '//evil.example/undoings',
    '/claims/KZ-1/undoings?x=1',
  ])('has no button to %s, whoever signed it', async (path) => {
    const page = await pageWith({ text: 'A line', button: undoButton(path) }, token)
    expect(page).toContain('A line')
    expect(page).not.toContain(`action="${path}"`)
  })
})
