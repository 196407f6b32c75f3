import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { maybeTag } from '../../src/tags/tag.ts'
import { type Desk, desk, send, visit } from '../support/app.ts'
import { build } from '../support/build.ts'
import type { Name } from '../support/people.ts'

let it: Desk
let ref: string
let id: number
beforeAll(async () => {
  it = await desk()
  ;({ ref, id } = await build(it.db, it.people.ada.id).aClaim({ stage: 'in_review', statement: 'Prices rose.' }))
})
afterAll(() => it.close())

const tag = (name: Name, tags: string) => send(it.as(name), `/claims/${ref}/tags`, { tags })

test.each([
  [' Election  Night ', 'election night'],
  ['Ереван', 'ереван'],
  ['', null],
  ['a;b', null],
  ['a,b', null],
  ['x'.repeat(41), null],
  ['a\0', null],
])('A tag typed as %o is kept as %o', (typed, kept) => {
  expect(maybeTag(typed)).toBe(kept)
})

describe('Tags', () => {
  test('are the desk’s own words for a claim, kept alike however they are typed', async () => {
    expect((await tag('ada', 'Prices; Almaty ;prices')).status).toBe(303)
    const page = await visit(it.as('rae'), `/claims/${ref}`)
    expect(page.text).toContain('href="/claims?tag=almaty"')
    expect(page.text).toContain('href="/claims?tag=prices"')
    expect(page.text).not.toContain('Change the tags')
    expect((await visit(it.as('ada'), `/claims/${ref}/history`)).words).toContain('tagged the claim')
  })

  test('narrow the list of claims', async () => {
    expect((await visit(it.as('rae'), '/claims?tag=Almaty')).words).toContain('Prices rose.')
    expect((await visit(it.as('rae'), '/claims?tag=weather')).words).toContain('No claim matches')
    expect((await visit(it.as('rae'), `/claims?tag=${'x'.repeat(50)}`, 422)).words).toContain('Name a tag of the desk')
  })

  test('do not make a form stale that was open meanwhile', async () => {
    const { revision } = await it.db.claim.findUniqueOrThrow({ where: { id } })
    await tag('ada', 'prices; almaty; energy')
    expect((await send(it.as('eve'), `/claims/${ref}/moves`, { action: 'hand_back', revision })).status).toBe(303)
  })

  test('are ten at most, and readers give none', async () => {
    const many = Array.from({ length: 11 }, (_, n) => `tag ${n}`).join('; ')
    const refused = await tag('ada', many)
    expect(refused.words).toContain('at most 10 tags')
    expect(refused.text).toContain(many)
    expect((await tag('rae', 'prices')).status).toBe(403)
    expect((await tag('ada', '')).status).toBe(303)
    expect(await it.db.claimTag.count()).toBe(0)
  })
})
