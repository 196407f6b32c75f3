import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, desk, send, visit } from '../support/app.ts'
import { type Builder, build } from '../support/build.ts'
import { givenSource } from './given.ts'

const TEXT =
  'The bridge over the gorge was shut to lorries from noon. Engineers found a crack in the third pillar. Buses take the old road until spring.'

let it: Desk
let made: Builder
beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
})
afterAll(() => it.close())

async function twoAlike(words: string, fields: Record<string, string> = {}): Promise<[number, number]> {
  const text = TEXT.replaceAll('bridge', words)
  const first = await givenSource(it, { title: `First of the ${words}`, url: `https://first.example/${words}`, text })
  const second = await givenSource(it, {
    title: `Second of the ${words}`,
    text: `${text} ${text}`,
    url: `https://second.example/${words}`,
    ...fields,
  })
  return [first, second]
}

const revisionOf = async (id: number) => String((await it.db.source.findUniqueOrThrow({ where: { id } })).revision)
const count = async (id: number, fields: Record<string, string | number>) =>
  send(it.as('eve'), `/sources/${id}/origins`, { revision: await revisionOf(id), asTwo: 'yes', ...fields })

describe('Two sources that hold nearly the same text', () => {
  test('are counted as two where an editor says so with a reason, and as one again', async () => {
    const [first, second] = await twoAlike('viaduct')
    expect((await visit(it.as('ada'), `/sources/${first}`)).words).toContain(
      'As evidence these count as one with this source',
    )
    const refused = await count(first, { other: second, reason: ' ' })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain('Say why, so that others can follow it.')
    expect((await count(first, { other: second, reason: 'Each sent a reporter.' })).status).toBe(303)
    const page = await visit(it.as('eve'), `/sources/${second}`)
    expect(page.words).toContain('Counted as two origins: Each sent a reporter.')
    expect(page.words).toContain(`another than source #${first}: Each sent a reporter.`)
    expect((await count(second, { other: first, asTwo: '', reason: 'They share an agency.' })).status).toBe(303)
    expect(await it.db.sourceApart.count({ where: { firstId: first } })).toBe(0)
    expect(
      await it.db.event.count({ where: { subject: 'source', subjectId: first, action: { startsWith: 'counted' } } }),
    ).toBe(2)
  })

  test('challenge a verdict that rested on their being two', async () => {
    const [first, second] = await twoAlike('tunnel')
    expect((await count(first, { other: second, reason: 'Two reporters.' })).status).toBe(303)
    const claim = await made.aClaim({
      stage: 'in_review',
      attributions: [{ sourceId: first, naming: 'own_voice' }],
      evidence: [{ sourceId: second, stance: 'supports', basis: 'document', addedById: it.people.ben.id }],
    })
    await made.aDecision(claim.id, { verdict: 'verified', decidedById: it.people.eve.id })
    expect((await count(first, { other: second, asTwo: '', reason: 'One agency.' })).status).toBe(303)
    expect(await it.db.claim.findUniqueOrThrow({ where: { id: claim.id } })).toMatchObject({ cameIn: 'contradiction' })
    const page = await visit(it.as('eve'), `/claims/${claim.ref}`)
    expect(page.words).toContain('The evidence no longer carries the verdict “Verified”.')
  })

  test('are told of to nobody who may not see one of them', async () => {
    const [first, second] = await twoAlike('causeway', { isPrivate: 'yes' })
    expect((await count(first, { other: second, reason: 'Our own notes.' })).status).toBe(303)
    for (const path of [`/sources/${first}`, `/sources/${first}/history`]) {
      const page = await visit(it.as('rae'), path)
      expect(page.words).not.toContain(`#${second}`)
      expect(page.words).not.toContain('Our own notes')
      expect(page.words).not.toContain('Second of the causeway')
    }
  })

  test('are refused where the two are not alike, or the page is out of date', async () => {
    const [first] = await twoAlike('ferry')
    const other = await givenSource(it, { title: 'Unlike' })
    expect((await count(first, { other, reason: 'x' })).status).toBe(404)
    const [one, two] = await twoAlike('harbour')
    expect((await count(one, { other: two, reason: 'x', revision: '9' })).status).toBe(409)
  })
})
