import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, desk, type Fields, send, visit } from '../support/app.ts'
import { build } from '../support/build.ts'
import type { Name } from '../support/people.ts'

let it: Desk
beforeAll(async () => {
  it = await desk()
  const made = build(it.db, it.people.ada.id)
  const { id } = await made.aStory({ code: 'KZ', title: 'Kazakhstan' })
  await made.aClaim({ storyId: id, stage: 'in_review' })
})
afterAll(() => it.close())

const save = (name: Name, fields: Fields) =>
  send(it.as(name), '/views', { list: 'claims', query: 'story=KZ&stage=in_review', ...fields })
const idOf = async (name: string) => (await it.db.savedView.findFirstOrThrow({ where: { name } })).id

describe('A view', () => {
  test('is a name for what the list is narrowed to, and stands beside its filters', async () => {
    expect((await visit(it.as('ada'), '/claims?story=KZ')).words).toContain('Save these filters as a view')
    const answer = await save('ada', { name: 'In review', query: 'story=KZ&stage=in_review&after=xyz&page=2' })
    expect(answer.headers.location).toBe('/claims?story=KZ&stage=in_review')
    const page = await visit(it.as('ada'), '/claims')
    expect(page.text).toContain('href="/claims?story=KZ&amp;stage=in_review"><bdi>In review</bdi>')
    expect(page.words).not.toContain('Save these filters')
  })

  test('is its owner’s alone, until it is shared', async () => {
    expect((await visit(it.as('ben'), '/claims')).text).not.toContain('<bdi>In review</bdi>')
    const id = await idOf('In review')
    await send(it.as('ada'), `/views/${id}`, { [`name${id}`]: 'All in review', isShared: 'yes' })
    expect((await visit(it.as('ben'), '/claims')).words).toContain('All in review by Ada Abel')
    expect((await send(it.as('ben'), `/views/${id}`, { [`name${id}`]: 'Mine' })).status).toBe(404)
    expect((await send(it.as('ben'), `/views/${id}/removal`)).status).toBe(404)
    await send(it.as('ada'), `/views/${id}`, { [`name${id}`]: 'All in review' })
    expect((await visit(it.as('ben'), '/claims')).words).not.toContain('All in review')
  })

  test('of the queue stands beside the queue', async () => {
    await save('eve', { name: 'Nobody’s', list: 'queue', query: 'assignee=none&claim=KZ-1', isShared: 'yes' })
    expect((await visit(it.as('sam'), '/queue')).text).toContain('href="/queue?assignee=none"><bdi>Nobody’s</bdi>')
    expect((await visit(it.as('sam'), '/claims')).words).not.toContain('Nobody’s')
  })

  test('needs a name of its own, and filters that can be read', async () => {
    expect((await save('ada', { name: '' })).words).toContain('Give the view a name.')
    const twice = await save('ada', { name: 'All in review' })
    expect(twice.status).toBe(422)
    expect(twice.words).toContain('You have a view of this name')
    expect(twice.text).toContain('value="story=KZ&amp;stage=in_review"')
    expect((await save('ada', { name: 'X', query: 'stage=nonsense' })).words).toContain('Choose a stage of the list.')
    expect((await save('ada', { name: 'X', list: 'people' })).words).toContain('There is no such list.')
  })

  test('whose story is gone says so when it is opened', async () => {
    await save('ada', { name: 'Elsewhere', query: 'story=ELSE' })
    expect((await visit(it.as('ada'), '/claims?story=ELSE', 422)).words).toContain('Choose a story of the list.')
  })

  test('is removed by its owner', async () => {
    const id = await idOf('All in review')
    expect((await send(it.as('ada'), `/views/${id}/removal`)).status).toBe(303)
    expect((await visit(it.as('ada'), '/claims')).words).not.toContain('All in review')
    expect((await send(it.as('ada'), `/views/${id}/removal`)).status).toBe(404)
  })
})
