import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, desk, send } from '../support/app.ts'
import { type Builder, build } from '../support/build.ts'

let it: Desk
let made: Builder
let paper: { id: number }
let other: { id: number }
beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
  paper = await made.aSource()
  other = await made.aSource()
})
afterAll(() => it.close())

async function aClaim(count: number) {
  const more = Array.from({ length: count - 1 }, (_, at) => ({ sourceId: paper.id, passage: `Words ${at}` }))
  const { ref } = await made.aClaim({ stage: 'in_review', attributions: [{ sourceId: paper.id }, ...more] })
  return ref
}

const countOf = (ref: string) => it.db.attribution.count({ where: { claim: { ref } } })

test('A claim takes two hundred attributions and no more, and says so with everything typed', async () => {
  const ref = await aClaim(199)
  const add = async (passage: string) => {
    const { revision } = await it.db.claim.findUniqueOrThrow({ where: { ref } })
    const attribution = { source: `#${paper.id}`, naming: 'unstated', position: 'asserts', passage }
    return send(it.as('ada'), `/claims/${ref}/attributions`, { revision, attributions: [attribution] })
  }
  expect((await add('The last')).status).toBe(303)
  const beyond = await add('One too many')
  expect(beyond.status).toBe(422)
  expect(beyond.words).toContain(`${ref} has 200 attributions, and a claim has no more.`)
  expect(beyond.text).toContain('One too many</textarea>')
  expect(await countOf(ref)).toBe(200)
})

test('Nor does it take over those of a duplicate beyond them', async () => {
  const ref = await aClaim(200)
  const one = await made.aClaim({ stage: 'in_review', attributions: [{ sourceId: other.id, passage: 'Elsewhere' }] })
  const close = (duplicateOf: string, revision = 1) =>
    send(it.as('eve'), `/claims/${one.ref}/moves`, {
      revision,
      action: 'close',
      close: { because: 'duplicate', duplicateOf, reason: 'The same.' },
    })
  const refused = await close(ref)
  expect(refused.status).toBe(422)
  expect(refused.words).toContain(`${ref} would have more than 200 attributions with those of ${one.ref}`)
  expect(refused.text).toContain('href="#f-close-duplicateOf"')
  expect(await countOf(ref)).toBe(200)
  expect((await close(await aClaim(199))).status).toBe(303)
})
