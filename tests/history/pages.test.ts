import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Act, clock, record } from '../../src/history/store.ts'
import { type Desk, desk, send, visit } from '../support/app.ts'
import { type Builder, build } from '../support/build.ts'

let it: Desk
let made: Builder

beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
  await made.aStory({ code: 'KZ', title: 'Unrest in Kazakhstan' })
})
afterAll(() => it.close())

/** Edits of a claim's place, one after the other. */
async function edited(id: number, count: number): Promise<void> {
  const act: Act = { actorId: it.people.ada.id, requestId: 'a-request', digest: '' }
  await it.db.$transaction(
    async (tx) => {
      for (let time = 1; time <= count; time += 1) {
        const was = await tx.claim.findUniqueOrThrow({ where: { id } })
        const place = `Place ${was.revision}`
        const kept = await record(tx, act, await clock(tx), 'claim', was, {
          action: 'edited',
          before: { place: was.place },
          after: { place },
        })
        await tx.claim.update({ where: { id }, data: { ...kept, place } })
      }
    },
    { timeout: 60_000 },
  )
}

describe('The history of', () => {
  test('a story is told in sentences, with what was taken out and put in said aloud as well as marked', async () => {
    const fields = { title: 'Unrest in Kazakhstan, January 2022', summary: '', timeZone: 'UTC', revision: 1 }
    expect((await send(it.as('eve'), '/stories/KZ/edits', fields)).status).toBe(303)
    expect((await visit(it.as('rae'), '/stories/KZ')).text).toContain('href="/stories/KZ/history"')
    const { words, text } = await visit(it.as('rae'), '/stories/KZ/history')
    expect(words).toContain('History of Unrest in Kazakhstan, January 2022')
    expect(words).toContain('Eve Egan edited the story. Revision 2')
    expect(words).toContain('Ada Abel opened the story. Revision 1')
    expect(words).toContain('Title: Unrest in Kazakhstan [put in:, January 2022 ]')
    expect(text).toMatch(/<ins><span class="visually-hidden">/)
    expect(text).toContain('<li id="r2">')
    expect(text).toContain('href="/stories/KZ/history?upTo=50#r2"')
  })

  test('a party is linked from its page', async () => {
    const party = await made.aParty({ name: 'Interior Ministry' })
    const fields = { kind: 'organisation', name: 'Ministry of the Interior', revision: 1 }
    expect((await send(it.as('ben'), `/parties/${party.id}/edits`, fields)).status).toBe(303)
    expect((await visit(it.as('rae'), `/parties/${party.id}`)).text).toContain(`href="/parties/${party.id}/history"`)
    const { words } = await visit(it.as('rae'), `/parties/${party.id}/history`)
    expect(words).toContain('Ben Bauer edited the party.')
    expect(words).toContain('Ada Abel added the party.')
  })

  test('a source is linked from its page, and names its publisher', async () => {
    const publisher = await made.aParty({ name: 'The Courier' })
    const source = await made.aSource({ title: 'Dispatch', publisherId: publisher.id })
    await send(it.as('ada'), `/sources/${source.id}/captures`, { text: 'Order is restored.' })
    const { words } = await visit(it.as('rae'), `/sources/${source.id}/history`)
    expect(words).toContain('History of Dispatch')
    expect(words).toContain('Ada Abel added its text.')
    expect(words).toContain('Publisher: The Courier')
    expect((await visit(it.as('rae'), `/sources/${source.id}`)).text).toContain(`href="/sources/${source.id}/history"`)
  })

  test('a private source is nobody’s who may not see it', async () => {
    const source = await made.aSource({ title: 'Leaked order', isPrivate: true })
    expect((await visit(it.as('rae'), `/sources/${source.id}/history`, 404)).text).not.toContain('Leaked')
    expect((await visit(it.as('ada'), `/sources/${source.id}/history`)).words).toContain('Leaked order')
  })

  test('a person and the desk’s settings is for admins', async () => {
    const { id } = it.people.ben
    expect((await send(it.as('mo'), `/admin/people/${id}/role`, { role: 'editor', revision: 1 })).status).toBe(303)
    const { words } = await visit(it.as('mo'), `/admin/people/${id}/history`)
    expect(words).toContain('Mo Musa changed the role. Revision 2')
    expect(words).toContain('Role: [taken out: Reporter ] [put in: Editor ]')
    await visit(it.as('eve'), `/admin/people/${id}/history`, 403)

    expect((await visit(it.as('mo'), '/admin/desk/history')).words).toContain('Nothing yet')
    expect((await visit(it.as('mo'), '/admin/desk')).text).toContain('href="/admin/desk/history"')
    const settings = { name: 'The night desk', reviewers: '2', revision: 1 }
    expect((await send(it.as('mo'), '/admin/desk', settings)).status).toBe(303)
    const desk = await visit(it.as('mo'), '/admin/desk/history')
    expect(desk.words).toContain('Mo Musa changed the desk’s settings.')
    expect(desk.words).toContain('The night desk')
    expect(desk.words).toContain('Always two')
    await visit(it.as('eve'), '/admin/desk/history', 403)
  })

  test('what is not there is not found', async () => {
    for (const path of ['/claims/ZZ-9', '/sources/999', '/parties/999', '/stories/ZZ', '/sources/x'])
      await visit(it.as('mo'), `${path}/history`, 404)
    await visit(it.as('mo'), '/admin/people/999/history', 404)
  })
})

describe('A long history', () => {
  test('is read fifty lines at a time, and every line keeps its address', async () => {
    const claim = await made.aClaim({ statement: 'Nine aircraft landed.' })
    await edited(claim.id, 119)
    const path = `/claims/${claim.ref}/history`
    const first = await visit(it.as('rae'), path)
    expect(first.text).toContain('id="r120"')
    expect(first.text).toContain('id="r71"')
    expect(first.text).not.toContain('id="r70"')
    expect(first.text).toContain(`href="${path}?upTo=70" rel="next"`)
    const linked = /href="([^"#]+)#r71"/.exec(first.text)?.[1] ?? ''
    expect((await visit(it.as('rae'), linked)).text).toContain('id="r71"')
    const second = await visit(it.as('rae'), `${path}?upTo=70`)
    expect(second.text).toContain(`href="${path}" rel="prev"`)
    const last = await visit(it.as('rae'), `${path}?upTo=20`)
    expect(last.text).toContain('id="r1"')
    expect(last.words).not.toContain('Older')
    expect((await visit(it.as('rae'), `${path}?upTo=some`)).text).toContain('id="r120"')
  })

  test('takes as many queries as a short one', async () => {
    const claim = await made.aClaim({ statement: 'One aircraft landed.' })
    const count = (name: 'rae' | 'ada') =>
      it.database.countQueries(() => visit(it.as(name), `/claims/${claim.ref}/history`))
    await count('rae')
    const [reader, reporter] = [await count('rae'), await count('ada')]
    await edited(claim.id, 99)
    expect(await count('rae')).toBe(reader)
    expect(await count('ada')).toBe(reporter)
  })
})
