import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readRows } from '../../src/selection/form.ts'
import { type Desk, desk, type Fields, send, visit } from '../support/app.ts'
import { type Builder, build } from '../support/build.ts'
import type { Name } from '../support/people.ts'

let it: Desk
let made: Builder
beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
})
afterAll(() => it.close())

type Made = { ref: string; revision: number }
const rowOf = ({ ref, revision }: Made) => `${ref}.${revision}`
const change = (name: Name, claims: Made[], fields: Fields) =>
  send(it.as(name), '/claims/selection', { row: claims.map(rowOf), ...fields })
const claimOf = ({ ref }: Made) => it.db.claim.findUniqueOrThrow({ where: { ref } })

test('Rows are read as they were ticked, each once, and what is none is left out', () => {
  expect(readRows(['KZ-12.3', 'KZ-12.4', 'KZ-1.1', 'x', '', 'KZ-0.1', { a: 1 }])).toEqual([
    { ref: 'KZ-12', revision: 3 },
    { ref: 'KZ-1', revision: 1 },
  ])
  expect(readRows('KZ-12.3')).toEqual([{ ref: 'KZ-12', revision: 3 }])
  expect(readRows({ 0: 'KZ-2.1', 30: 'KZ-3.1' })).toHaveLength(2)
  expect(readRows(undefined)).toEqual([])
})

describe('Several claims at once', () => {
  test('are ticked in the list, and shown again before anything is done', async () => {
    const claim = await made.aClaim({ stage: 'submitted', statement: 'Ticked in the list.' })
    expect((await visit(it.as('eve'), '/claims')).text).toContain(`name="row" value="${rowOf(claim)}"`)
    expect((await visit(it.as('rae'), '/claims')).text).not.toContain('name="row"')
    const page = await visit(it.as('eve'), `/claims/selection?row=${rowOf(claim)}`)
    expect(page.words).toContain('One claim is ticked.')
    expect(page.words).toContain('Ticked in the list.')
    expect(page.words).toContain('Assign them')
    expect((await visit(it.as('ada'), `/claims/selection?row=${rowOf(claim)}`)).words).not.toContain('Close them')
    expect((await visit(it.as('eve'), '/claims/selection')).words).toContain('No claim is ticked')
  })

  test('are assigned, each with a line of its own; what was refused is said with its reason', async () => {
    const [good, other, draft] = [
      await made.aClaim({ stage: 'submitted' }),
      await made.aClaim({ stage: 'submitted' }),
      await made.aClaim({ stage: 'draft' }),
    ]
    await send(it.as('sam'), `/claims/${other.ref}/moves`, { action: 'take_up', revision: 1 })
    const gone = { ref: 'ZZ-99', revision: 1 }
    const result = await change('eve', [good, other, draft, gone], { action: 'assign', to: it.people.sam.id })
    expect(result.status).toBe(200)
    expect(result.words).toContain('1 of 4 claims assigned')
    expect(result.words).toContain(`${good.ref} is assigned to Sam Sato.`)
    expect(result.words).toContain(`${other.ref} Somebody changed it after the list was shown.`)
    expect(result.words).toMatch(new RegExp(`${draft.ref} A claim can be assigned only while`))
    expect(result.words).toContain('ZZ-99 There is no claim ZZ-99.')
    expect(await claimOf(good)).toMatchObject({ assigneeId: it.people.sam.id, stage: 'in_review', revision: 2 })
    expect(await claimOf(draft)).toMatchObject({ revision: 1 })
  })

  test('are tagged and untagged, by reporters too', async () => {
    const claims = [await made.aClaim(), await made.aClaim()]
    expect((await change('ada', claims, { action: 'tag', tag: 'Energy' })).words).toContain('2 of 2 claims tagged')
    expect(await it.db.claimTag.count({ where: { tag: { name: 'energy' } } })).toBe(2)
    await change('ada', claims, { action: 'untag', untag: 'energy' })
    expect(await it.db.claimTag.count({ where: { tag: { name: 'energy' } } })).toBe(0)
  })

  test('are closed for a reason, never as duplicates and never with a verdict', async () => {
    const claims = [await made.aClaim({ stage: 'submitted' }), await made.aClaim({ stage: 'in_review' })]
    const closing = { action: 'close', because: 'out_of_scope', reason: 'About the weather.' }
    expect((await change('eve', claims, { ...closing, reason: '' })).words).toContain('Say why')
    expect((await change('eve', claims, { ...closing, because: 'duplicate' })).status).toBe(422)
    expect((await change('eve', claims, { action: 'decide', verdict: 'verified' })).words).toContain('no such button')
    expect((await change('ada', claims, closing)).status).toBe(403)
    expect((await claimOf(claims[0] as Made)).stage).toBe('submitted')
    expect((await change('eve', claims, closing)).words).toContain('2 of 2 claims closed')
    const event = await it.db.event.findFirstOrThrow({ orderBy: { id: 'desc' }, include: { body: true } })
    expect(event.body?.reason).toBe('About the weather.')
  })

  test('are changed once however often the form is sent', async () => {
    const claims = [await made.aClaim({ stage: 'submitted' }), await made.aClaim({ stage: 'submitted' })]
    const fields = { action: 'assign', to: it.people.eve.id, requestId: randomUUID() }
    const first = await change('eve', claims, fields)
    const events = await it.db.event.count()
    const second = await change('eve', claims, fields)
    expect(await it.db.event.count()).toBe(events)
    expect(second.words.replace(/\b[0-9a-f-]{36}\b/g, '')).toBe(first.words.replace(/\b[0-9a-f-]{36}\b/g, ''))
  })

  test('are a hundred at most', async () => {
    const claims = Array.from({ length: 101 }, (_, n) => ({ ref: `ZZ-${n + 1}`, revision: 1 }))
    expect((await change('eve', claims, { action: 'tag', tag: 'x' })).words).toContain('At most 100 claims')
    expect((await change('eve', [], { action: 'tag', tag: 'x' })).words).toContain('No claim was ticked')
  })
})
