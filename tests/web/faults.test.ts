import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, desk, send, visit, wordsOf } from '../support/app.ts'

let it: Desk
beforeAll(async () => {
  it = await desk()
})
afterAll(() => it.close())

test('on a full disk nothing is saved, what was typed is kept, pages are read on, and it recovers', async () => {
  await it.database.ownerPool.query(`
    create function find_no_room() returns trigger language plpgsql as $$
      begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$;
    create trigger no_room before insert on story for each row execute function find_no_room()`)
  const story = { code: 'FULL', title: 'A story without room', timeZone: 'Asia/Almaty', summary: '' }
  // Not by send(), which takes every 5xx for a fault.
  const form = new URLSearchParams({ requestId: randomUUID(), ...story }).toString()
  const answer = await it.as('eve').post('/stories').type('form').send(form)
  expect(answer.status).toBe(503)
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  expect(wordsOf(answer.text)).toContain('cannot save')
  expect(wordsOf(answer.text)).toContain('A story without room')
  expect((await visit(it.as('eve'), '/stories')).words).not.toContain('A story without room')

  await it.database.ownerPool.query('drop trigger no_room on story')
  expect((await send(it.as('eve'), '/stories', story)).status).toBe(303)
})
