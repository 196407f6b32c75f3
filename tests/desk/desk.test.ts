import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deskName, readDesk } from '../../src/desk/store.ts'
import { type Desk, desk, send, visit } from '../support/app.ts'

let it_: Desk
beforeAll(async () => {
  it_ = await desk()
})
afterAll(() => it_.close())

describe('the desk’s settings', () => {
  it('are one reviewer and a plain name until somebody sets them', async () => {
    expect(await readDesk(it_.db)).toMatchObject({ name: 'The desk', reviewers: 1 })
  })

  it('are saved with their history, and the name is on every page at once', async () => {
    await visit(it_.as('mo'), '/admin/desk')
    const answer = await send(it_.as('mo'), '/admin/desk', { name: 'Night desk', reviewers: '2', revision: 1 })
    expect([answer.status, answer.headers.location]).toEqual([303, '/admin/desk'])
    expect((await visit(it_.as('rae'), '/')).words).toContain('Night desk')
    expect(await readDesk(it_.db)).toMatchObject({ name: 'Night desk', reviewers: 2 })
    const setting = await it_.db.setting.findUniqueOrThrow({ where: { key: 'desk' } })
    const [event] = await it_.db.event.findMany({
      where: { subject: 'setting', subjectId: setting.id },
      orderBy: { revision: 'desc' },
      include: { body: true },
    })
    expect(event).toMatchObject({ revision: 2, action: 'edited', actorId: it_.people.mo.id, hash: setting.lastHash })
    expect(event?.body).toMatchObject({ before: { reviewers: 1 }, after: { name: 'Night desk', reviewers: 2 } })
  })

  it('changed by somebody else meanwhile are not overwritten unseen', async () => {
    const answer = await send(it_.as('mo'), '/admin/desk', { name: 'Day desk', reviewers: '0', revision: 1 })
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('value="Day desk"')
    expect(answer.text).toContain('name="revision" value="2"')
    expect((await readDesk(it_.db)).name).toBe('Night desk')
  })

  it.each([
    [{ reviewers: '3' }, 'Choose how many people'],
    [{ reviewers: '' }, 'Choose how many people'],
    [{ name: '' }, 'Write the desk’s name'],
    [{ name: 'x'.repeat(81) }, 'At most 80 characters'],
    [{ revision: 'x' }, 'does not say which revision'],
    [{ key: 'first-run' }, 'not asked for here'],
  ])('refuse %j', async (given, why) => {
    const answer = await send(it_.as('mo'), '/admin/desk', { name: 'A', reviewers: '1', revision: 2, ...given })
    expect([answer.status, answer.words.includes(why)]).toEqual([422, true])
  })

  it('are remembered by name when the database is away', async () => {
    const away = { setting: { findUnique: () => Promise.reject(new Error('away')) } } as unknown as typeof it_.db
    expect(await deskName(away)).toBe('Stet')
  })
})
