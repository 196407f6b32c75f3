import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { takeNumber } from '../../src/stories/store.ts'
import { givenClaim, givenSource, givenStory } from '../sources/given.ts'
import { type Desk, desk, send, visit } from '../support/app.ts'

let it: Desk
beforeAll(async () => {
  it = await desk()
})
afterAll(() => it.close())

const revisionOf = async (code: string) => (await it.db.story.findUniqueOrThrow({ where: { code } })).revision

describe('Stories', () => {
  test('say so while there are none, and offer a beginning to who may begin one', async () => {
    expect((await visit(it.as('rae'), '/stories')).words).toContain('No story yet')
    expect((await visit(it.as('eve'), '/stories')).text).toContain('href="/stories/new"')
    await visit(it.as('ada'), '/stories/new', 403)
    await visit(it.stranger(), '/stories', 303)
  })

  test('are begun by an editor, with a code that is written large', async () => {
    await visit(it.as('eve'), '/stories/new')
    const answer = await send(it.as('eve'), '/stories', {
      code: 'kz',
      title: 'Unrest',
      summary: 'January',
      timeZone: 'Asia/Almaty',
    })
    expect(answer.headers.location).toBe('/stories/KZ')
    const shown = await visit(it.as('rae'), '/stories/KZ')
    expect(shown.words).toContain('Story KZ · Asia/Almaty Unrest January')
    expect(shown.words).toContain('Eve Egan opened the story.')
    expect((await visit(it.as('rae'), '/stories')).words).toContain('Unrest KZ 0 claims')
  })

  test('have a code of their own, also when two are begun at once', async () => {
    const taken = await send(it.as('sam'), '/stories', { code: 'KZ', title: 'Another', timeZone: 'UTC' })
    expect(taken.status).toBe(422)
    expect(taken.words).toContain('Another story already has the code KZ. Choose another.')
    expect(taken.text).toContain('value="Another"')
    const both = await Promise.all(
      ['eve', 'sam', 'mo'].map((name) =>
        send(it.as(name as 'eve'), '/stories', { code: 'UA', title: name, timeZone: 'UTC' }),
      ),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 422, 422])
  })

  test.each([
    [{ code: '1Z' }, 'Two to eight letters A to Z or digits, beginning with a letter, such as KZ.'],
    [{ code: 'K' }, 'Two to eight letters A to Z or digits, beginning with a letter, such as KZ.'],
    [{ code: 'ABCDEFGHI' }, 'Two to eight letters A to Z or digits, beginning with a letter, such as KZ.'],
    [{ code: 'ß1' }, 'such as KZ.'],
    [{ title: '' }, 'Give the story a title.'],
    [{ title: 'x\0y' }, 'The text contains a NUL character; please remove it.'],
    [{ title: ['a', 'b'] }, 'This must be a single text.'],
    [{ timeZone: 'Mars/Olympus' }, 'Choose a time zone of the list.'],
    [{ lastNumber: '7' }, 'The form sent something that is not asked for here: lastNumber.'],
  ])('are refused with a sentence when given %j', async (wrong, sentence) => {
    const fields = { code: 'NW', title: 'New', summary: 'kept <as> typed', timeZone: 'UTC', ...wrong }
    const answer = await send(it.as('eve'), '/stories', fields)
    expect(answer.status).toBe(422)
    expect(answer.words).toContain(sentence)
    expect(answer.words).toContain('kept <as> typed')
    expect(await it.db.story.count({ where: { code: 'NW' } })).toBe(0)
  })

  test('are edited on their newest revision; else theirs stands beside yours, and nothing typed is lost', async () => {
    const revision = await revisionOf('KZ')
    const edit = { title: 'Unrest in Kazakhstan', summary: 'January', timeZone: 'Asia/Almaty', revision }
    await visit(it.as('eve'), '/stories/KZ/edit')
    expect((await send(it.as('eve'), '/stories/KZ/edits', edit)).status).toBe(303)
    const stale = await send(it.as('sam'), '/stories/KZ/edits', { ...edit, title: 'Another title' })
    expect(stale.status).toBe(409)
    expect(stale.words).toContain('As it is now Unrest in Kazakhstan')
    expect(stale.text).toContain('value="Another title"')
    expect(stale.text).toContain(`name="revision" value="${revision + 1}"`)
    expect((await visit(it.as('rae'), '/stories/KZ')).words).toContain('Title: Unrest [put in: in Kazakhstan ]')
    const same = await send(it.as('eve'), '/stories/KZ/edits', { ...edit, revision: revision + 1 })
    expect(same.status).toBe(303)
    expect(await revisionOf('KZ')).toBe(revision + 1)
  })

  test.each([['/stories/nothing'], ['/stories/%00'], ['/stories/..%2f'], ['/stories/kz'], ['/stories/QQ']])(
    'are not at %s',
    async (path) => {
      await visit(it.as('rae'), path, 404)
    },
  )

  test('count their claims by stage, with the way to each', async () => {
    const story = await givenStory(it, 'BY')
    const source = await givenSource(it)
    const ref = await givenClaim(it, { story, source, hedges: 'reportedly' })
    const shown = await visit(it.as('rae'), '/stories/BY')
    expect(shown.text).toContain('href="/claims?story=BY&amp;stage=draft" aria-label="Draft: 1"')
    expect(shown.words).toContain(ref)
    expect(shown.words).toMatch(/hedged: “ ?reportedly ?”/)
  })

  test('give out references without gaps or doubles to twenty at once, and take back those of what fails', async () => {
    const { id } = await it.db.story.findUniqueOrThrow({ where: { code: 'KZ' } })
    const failing = it.db.$transaction(async (tx) => {
      await takeNumber(tx, id)
      throw new Error('the claim was not written')
    })
    await expect(failing).rejects.toThrow('not written')
    const taken = await Promise.all(
      Array.from({ length: 20 }, () => it.db.$transaction((tx) => takeNumber(tx, id), { maxWait: 20_000 })),
    )
    expect(taken.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 1),
    )
    expect(taken.every(({ number, ref }) => ref === `KZ-${number}`)).toBe(true)
  })
})
