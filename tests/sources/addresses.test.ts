import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recomputeSourceKeys } from '../../src/sources/key.store.ts'
import { type Desk, desk, send, visit } from '../support/app.ts'
import { build } from '../support/build.ts'
import { flashOf, givenSource } from './given.ts'

let it: Desk
beforeAll(async () => {
  it = await desk()
})
afterAll(() => it.close())

const add = (fields: Record<string, string>) => send(it.as('ada'), '/sources', { kind: 'article', ...fields })

describe('A source at an address of many', () => {
  test.each([
    ['https://www.example.org/one?at_medium=RSS'],
    ['https://web.archive.org/web/20220107000000/https://example.org/one'],
    ['https://archive.ph/2022.01.07-000000/https://example.org/one?CMP=x'],
    ['https://example.org/one/amp/'],
  ])('is known again by %s', async (url) => {
    const id =
      (await it.db.source.findFirst({ where: { title: 'One' } }))?.id ??
      (await givenSource(it, { title: 'One', url: 'https://example.org/one' }))
    const answer = await add({ url })
    expect(answer.headers.location).toBe(`/sources/${id}`)
    expect(flashOf(answer).text).toContain('already here')
  })

  test('keeps the address as it was typed', async () => {
    const url = 'https://www.example.org/typed?utm_source=x'
    const id = await givenSource(it, { title: 'Typed', url })
    expect(await it.db.source.findUniqueOrThrow({ where: { id } })).toMatchObject({
      url,
      canonicalUrl: 'https://example.org/typed',
    })
  })

  test('is known by the short name of its copy in an archive', async () => {
    const id = await givenSource(it, {
      title: 'Kept',
      url: 'https://example.org/kept',
      archiveUrl: 'https://archive.ph/AbCdE',
    })
    expect((await add({ url: 'https://archive.is/AbCdE' })).headers.location).toBe(`/sources/${id}`)
  })

  test('of a page that draws itself is a source for each route', async () => {
    const first = await givenSource(it, {
      title: 'Post 1',
      url: 'https://example.org/app#!/post/1',
      text: 'The first.',
    })
    const second = await givenSource(it, {
      title: 'Post 2',
      url: 'https://example.org/app#!/post/2',
      text: 'The second.',
    })
    expect(second).not.toBe(first)
    expect(await it.db.capture.count({ where: { sourceId: first } })).toBe(1)
  })
})

describe('A source at almost the address of another', () => {
  test('is asked about, and added where it is another document', async () => {
    const id = await givenSource(it, { title: 'Almost', url: 'https://example.org/almost' })
    const asked = await add({ title: 'Beside', url: 'https://example.org/almost?source=rss' })
    expect(asked.status).toBe(422)
    expect(asked.words).toContain(`A source with almost the same address is here already: “Almost” (#${id}`)
    expect(asked.text).toContain('value="https://example.org/almost?source=rss"')
    const answer = await add({ title: 'Beside', url: 'https://example.org/almost?source=rss', isAnother: 'yes' })
    expect(answer.status).toBe(303)
    expect(answer.headers.location).not.toBe(`/sources/${id}`)
  })

  test('is that one where its text is the same', async () => {
    const text = 'Nothing but this was said on the day.'
    const id = await givenSource(it, { title: 'Same text', url: 'https://example.org/text', text })
    expect((await add({ url: 'https://example.org/text?via=feed', text })).headers.location).toBe(`/sources/${id}`)
  })

  test('is asked about when an address is changed to it, and not when something else is', async () => {
    await givenSource(it, { title: 'There', url: 'https://example.org/there' })
    const id = await givenSource(it, { title: 'Moved', url: 'https://example.org/elsewhere' })
    const edit = (fields: Record<string, string>) =>
      send(it.as('ada'), `/sources/${id}/edits`, { kind: 'article', title: 'Moved', revision: '1', ...fields })
    const url = 'https://example.org/there?from=mail'
    expect((await edit({ url })).words).toContain('A source with almost the same address is here already: “There”')
    expect((await edit({ url, isAnother: 'yes' })).status).toBe(303)
    expect((await edit({ url, revision: '2', title: 'Renamed' })).status).toBe(303)
  })
})

describe('Sources from before the rules', () => {
  test('are known by today’s address; two that have one stay, each can be edited, and they count as one', async () => {
    const made = build(it.db, it.people.ada.id)
    const [first, second] = [
      await made.aSource({ title: 'Old', url: 'https://old.example/a', canonicalUrl: 'https://old.example/a' }),
      await made.aSource({
        title: 'Old too',
        url: 'https://www.old.example/a?CMP=x',
        canonicalUrl: 'https://www.old.example/a?CMP=x',
      }),
    ]
    expect(await recomputeSourceKeys(it.db)).toBeGreaterThanOrEqual(2)
    expect(await recomputeSourceKeys(it.db)).toBe(0)
    expect(await it.db.sourceLikeness.findMany({ where: { firstId: first.id } })).toMatchObject([
      { secondId: second.id, by: 'address' },
    ])
    const answer = await add({ url: 'https://m.old.example/a' })
    expect(answer.headers.location).toBe(`/sources/${first.id}`)
    const edited = await send(it.as('ada'), `/sources/${second.id}/edits`, {
      kind: 'article',
      title: 'Old too, renamed',
      url: 'https://www.old.example/a?CMP=x',
      revision: '1',
    })
    expect(edited.status, edited.words).toBe(303)
    await visit(it.as('ada'), `/sources/${second.id}`)
  })
})
