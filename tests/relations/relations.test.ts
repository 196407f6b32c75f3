import { randomUUID } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Stage, Verdict } from '../../prisma/client/enums.ts'
import { verifyHistory } from '../../src/history/verify.store.ts'
import { MOST_RELATIONS } from '../../src/relations/store.ts'
import { type Desk, desk, type Fields, send, visit } from '../support/app.ts'
import { changeUnguarded } from '../support/behind.ts'
import { type Builder, build } from '../support/build.ts'
import type { Name } from '../support/people.ts'

let it: Desk
let made: Builder
let story: { id: number }
let paper: { id: number }

beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
  story = await made.aStory({ code: 'KZ', title: 'Kazakhstan, January 2022' })
  paper = await made.aSource({ title: 'Dispatch from Almaty' })
})
afterAll(() => it.close())

async function aClaim(stage: Stage = 'in_review', statement = 'At least 26 protesters were killed.') {
  const attributions = [{ sourceId: paper.id, hedges: ['reportedly'] }]
  return (await made.aClaim({ storyId: story.id, statement, stage, attributions })).ref
}

async function decided(verdict: Verdict) {
  const ref = await aClaim()
  await made.aDecision((await now(ref)).id, { verdict, decidedById: it.people.eve.id })
  return ref
}

const now = (ref: string) => it.db.claim.findUniqueOrThrow({ where: { ref } })

async function relate(who: Name, ref: string, type: string, to: string, own: Fields = {}) {
  const { revision } = await now(ref)
  return send(it.as(who), `/claims/${ref}/relations`, { revision, type, to, ...own })
}

async function between(ref: string, to: string) {
  return it.db.relation.findFirstOrThrow({ where: { from: { ref }, to: { ref: to } } })
}

async function remove(who: Name, ref: string, id: number, own: Fields = {}) {
  const { revision } = await now(ref)
  return send(it.as(who), `/claims/${ref}/relations/${id}/removal`, {
    revision,
    [`relation${id}`]: { reason: 'It is another city.' },
    ...own,
  })
}

async function csv(query: string) {
  const { text } = await it.as('rae').get(`/exports/claims.csv?${query}`).buffer(true)
  return parse<Record<string, string>>(text, { bom: true, columns: true })
}

describe('A relation', () => {
  test.each([
    ['contradicts', 'Contradicts', 'Is contradicted by'],
    ['updates', 'Updates', 'Is updated by'],
    ['narrows', 'Narrows', 'Is narrowed by'],
  ])(
    'that %s is told from both ends, with the other claim, its badge, the note, who and when',
    async (type, to, by) => {
      const [ref, other] = [await aClaim(), await decided('verified')]
      expect((await relate('ben', ref, type, other.toLowerCase(), { note: 'Seen side by side.' })).status).toBe(303)
      const mine = await visit(it.as('rae'), `/claims/${ref}`)
      expect(mine.words).toContain(`${to} ${other}: At least 26 protesters were killed. Verified, new since`)
      expect(mine.words).toContain('Seen side by side. by Ben Bauer,')
      const theirs = await visit(it.as('rae'), `/claims/${other}`)
      expect(theirs.words).toContain(`${by} ${ref}: At least 26 protesters were killed. In review`)
      expect(theirs.words).toContain('Seen side by side.')
      for (const page of [mine, theirs]) expect(page.words).toContain('reportedly')
    },
  )

  test('is told by the history of both, and makes nobody’s form stale', async () => {
    const [ref, other] = [await aClaim(), await aClaim()]
    const [mine, theirs] = [await now(ref), await now(other)]
    await relate('ben', ref, 'updates', other, { note: 'A later count.' })
    expect(await now(ref)).toMatchObject({ revision: mine.revision + 1, movedAtRevision: mine.movedAtRevision })
    expect(await now(other)).toMatchObject({ revision: theirs.revision + 1, movedAtRevision: theirs.movedAtRevision })
    expect((await visit(it.as('rae'), `/claims/${ref}/history`)).words).toContain(
      `Ben Bauer related the claim to another. Revision 2 Relation: Updates ${other}; A later count.`,
    )
    expect((await visit(it.as('rae'), `/claims/${other}/history`)).words).toContain(
      `Relation: Is updated by ${ref}; A later count.`,
    )
    const events = await it.db.event.findMany({ where: { action: 'related', subjectId: { in: [mine.id, theirs.id] } } })
    expect(new Set(events.map(({ requestId }) => requestId)).size).toBe(1)
    const late = await send(it.as('eve'), `/claims/${other}/moves`, { revision: theirs.revision, action: 'hand_back' })
    expect(late.status).toBe(303)
  })

  test('is offered with what the address asks for', async () => {
    const [ref, other] = [await aClaim(), await aClaim()]
    const form = await visit(it.as('ada'), `/claims/${ref}/relations/new?to=${other}&type=updates`)
    expect(form.text).toContain(`value="${other}"`)
    expect(form.text).toMatch(/value="updates" checked/)
    const odd = await visit(it.as('ada'), `/claims/${ref}/relations/new?type=hates&type=loves&to=${'x'.repeat(900)}`)
    expect(odd.text).not.toContain(' checked')
    expect(odd.text).not.toContain('x'.repeat(41))
  })

  test('sent twice at once is one', async () => {
    const [ref, other] = [await aClaim(), await aClaim()]
    const requestId = randomUUID()
    const both = await Promise.all([0, 1].map(() => relate('ben', ref, 'narrows', other, { requestId })))
    expect(both.map(({ status }) => status)).toEqual([303, 303])
    expect(await it.db.relation.count({ where: { from: { ref } } })).toBe(1)
  })

  test('of two claims, each said of the other at once, stands once, and nobody waits for ever', async () => {
    const [ref, other] = [await aClaim(), await aClaim()]
    const both = await Promise.all([relate('ben', ref, 'contradicts', other), relate('ada', other, 'contradicts', ref)])
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 422])
  })
})

describe('It is refused, with everything typed kept,', () => {
  test.each([
    ['an unknown claim', 'KZ-99999', 'There is no claim KZ-99999.'],
    ['no reference at all', 'the other one', 'There is no claim the other one.'],
    ['nothing', ' ', 'Name the other claim by its reference, such as KZ-12.'],
  ])('to %s', async (_, to, sentence) => {
    const answer = await relate('ben', await aClaim(), 'updates', to, { note: 'A note to keep' })
    expect(answer.status).toBe(422)
    expect(answer.words).toContain(sentence)
    expect(answer.text).toContain('href="#f-to"')
    expect(answer.text).toContain('A note to keep</textarea>')
  })

  test('to itself', async () => {
    const ref = await aClaim()
    const answer = await relate('ben', ref, 'updates', ref)
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('A claim cannot be related to itself.')
  })

  test('twice, and said the other way round', async () => {
    const [ref, other] = [await aClaim(), await aClaim()]
    await relate('ben', ref, 'contradicts', other)
    const twice = await relate('ada', ref, 'contradicts', other)
    expect(twice.status).toBe(422)
    expect(twice.words).toContain(`${ref} contradicts ${other} already.`)
    const mirrored = await relate('ada', other, 'contradicts', ref)
    expect(mirrored.status).toBe(422)
    expect(mirrored.words).toContain(`${other} is contradicted by ${ref} already.`)
    // Another type says something else.
    expect((await relate('ada', other, 'updates', ref)).status).toBe(303)
  })

  test('with a type that is none, or without one', async () => {
    const [ref, other] = [await aClaim(), await aClaim()]
    for (const type of ['supersedes', 'duplicates', '', '__proto__']) {
      const answer = await relate('ben', ref, type, other)
      expect(answer.status, type).toBe(422)
      expect(answer.words).toContain('Choose what this claim has to do with the other.')
    }
  })

  test('on a claim that was moved meanwhile', async () => {
    const [ref, other] = [await aClaim('submitted'), await aClaim()]
    const { revision } = await now(ref)
    await send(it.as('eve'), `/claims/${ref}/moves`, { revision, action: 'take_up' })
    const answer = await relate('ben', ref, 'updates', other, { revision, note: 'Typed meanwhile' })
    expect(answer.status).toBe(409)
    expect(answer.words).toContain('Eve Egan took up the claim.')
    expect(answer.words).toContain('Somebody changed this claim while you were working on it.')
    expect(answer.text).toContain('Typed meanwhile</textarea>')
    expect(answer.text).toContain(`name="revision" value="${revision + 1}"`)
  })

  test('with NUL or 100 KB in it', async () => {
    const [ref, other] = [await aClaim(), await aClaim()]
    const nul = await relate('ben', ref, 'updates', other, { note: 'a\0b' })
    expect(nul.status).toBe(422)
    expect((await relate('ben', ref, 'updates', `${other}\0`)).status).toBe(422)
    const long = await relate('ben', ref, 'updates', other, { note: 'x'.repeat(100_000) })
    expect(long.status).toBe(422)
    expect(long.words).toContain('At most 2,000 characters')
    expect((await relate('ben', ref, 'updates', 'K'.repeat(100_000))).status).toBe(422)
    expect(await it.db.relation.count({ where: { from: { ref } } })).toBe(0)
  })

  test('to a draft of somebody else, on one, and where either end is closed', async () => {
    const [draft, closed, ref] = [await aClaim('draft'), await aClaim('draft'), await aClaim()]
    await send(it.as('ada'), `/claims/${closed}/moves`, { revision: 1, action: 'drop' })
    expect((await relate('ben', draft, 'updates', ref)).status).toBe(403)
    await visit(it.as('ben'), `/claims/${draft}/relations/new`, 403)
    const theirs = await relate('ben', ref, 'updates', draft)
    expect([theirs.status, theirs.words]).toEqual([422, expect.stringContaining(`${draft} is a draft of somebody`)])
    expect((await relate('ada', ref, 'updates', draft)).status).toBe(303)
    expect((await relate('ada', closed, 'updates', ref)).status).toBe(422)
    const gone = await relate('eve', ref, 'updates', closed)
    expect([gone.status, gone.words]).toEqual([422, expect.stringContaining(`${closed} is closed.`)])
  })

  test('to readers', async () => {
    const [ref, other] = [await aClaim(), await aClaim()]
    expect((await relate('rae', ref, 'updates', other)).status).toBe(403)
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).not.toContain('Relate to another claim')
  })

  test('beyond two hundred of a claim, whichever end it is', async () => {
    const [ref, other] = [await aClaim(), await aClaim()]
    const many = await made.manyClaims(MOST_RELATIONS, () => ({ storyId: story.id, stage: 'submitted' }))
    const toId = (await now(ref)).id
    await changeUnguarded(
      it.database,
      `insert into relation (from_id, to_id, type, added_by_id, created_at)
       select unnest(array[${many.map(({ id }) => id).join(', ')}]), ${toId}, 'narrows', ${it.people.ada.id}, now()`,
    )
    for (const [from, to] of [
      [ref, other],
      [other, ref],
    ] as const) {
      const answer = await relate('ben', from, 'updates', to)
      expect(answer.status).toBe(422)
      expect(answer.words).toContain(`${ref} has 200 relations, and a claim has no more.`)
    }
  })
})

describe('Removing it', () => {
  test('needs a reason, takes it from both pages, and both histories say so', async () => {
    const [ref, other] = [await aClaim(), await aClaim()]
    await relate('ben', ref, 'updates', other, { note: 'A later count.' })
    const { id } = await between(ref, other)
    const without = await remove('ben', other, id, { [`relation${id}`]: { reason: ' ' } })
    expect(without.status).toBe(422)
    expect(without.text).toContain(`href="#f-relation${id}-reason"`)
    // From the other end, by whoever added it.
    expect((await remove('ben', other, id)).status).toBe(303)
    for (const one of [ref, other]) {
      expect((await visit(it.as('rae'), `/claims/${one}`)).text).not.toContain(`id="relation-${id}"`)
      const { words } = await visit(it.as('rae'), `/claims/${one}/history`)
      expect(words).toContain('Ben Bauer removed a relation to another claim.')
      expect(words).toContain('It is another city.')
    }
    expect((await visit(it.as('rae'), `/claims/${ref}/history`)).words).toContain(
      `Relation: [taken out: Updates ${other}; A later count. ]`,
    )
    expect((await remove('ben', ref, id)).status).toBe(404)
    expect((await relate('ada', ref, 'updates', other)).status).toBe(303)
  })

  test('is for whoever added it and for editors', async () => {
    const [ref, other] = [await aClaim(), await aClaim()]
    await relate('ben', ref, 'updates', other)
    const { id } = await between(ref, other)
    expect((await remove('ada', ref, id)).status).toBe(403)
    expect((await remove('rae', ref, id)).status).toBe(403)
    expect((await visit(it.as('ada'), `/claims/${ref}`)).words).not.toContain('Remove the relation')
    expect((await visit(it.as('ben'), `/claims/${ref}`)).words).toContain('Remove the relation')
    expect((await remove('eve', ref, id)).status).toBe(303)
  })

  test('of another claim’s relation leads nowhere', async () => {
    const [ref, other, third] = [await aClaim(), await aClaim(), await aClaim()]
    await relate('ben', ref, 'updates', other)
    const { id } = await between(ref, other)
    for (const odd of [id, 999_999_999]) expect((await remove('eve', third, odd)).status).toBe(404)
    expect((await send(it.as('eve'), `/claims/${ref}/relations/x/removal`, { revision: 1 })).status).toBe(404)
    expect(await it.db.relation.count({ where: { id } })).toBe(1)
  })

  test('on a claim that was moved meanwhile keeps the reason', async () => {
    const [ref, other] = [await aClaim(), await aClaim()]
    await relate('ben', ref, 'updates', other)
    const { id } = await between(ref, other)
    const { revision } = await now(ref)
    await send(it.as('eve'), `/claims/${ref}/moves`, { revision, action: 'hand_back' })
    const late = await remove('ben', ref, id, { revision })
    expect(late.status).toBe(409)
    expect(late.text).toContain('It is another city.</textarea>')
  })

  test('is the only change that the database lets happen to it', async () => {
    const [ref, other] = [await aClaim(), await aClaim()]
    await relate('ben', ref, 'updates', other)
    const { id } = await between(ref, other)
    await expect(it.db.$executeRaw`update relation set note = 'Otherwise' where id = ${id}`).rejects.toThrow(
      'A relation between claims is not changed.',
    )
    await expect(it.db.relation.update({ where: { id }, data: { type: 'narrows' } })).rejects.toThrow('is not changed')
  })
})

describe('On decided claims', () => {
  test('a contradiction that is verified challenges, queues, and stays when it is removed', async () => {
    const [ref, other] = [await decided('verified'), await decided('partly_verified')]
    const { id: storyId } = story
    const waiting = () => it.db.claim.count({ where: { storyId, stage: 'decided', waitsSince: { not: null } } })
    const before = await waiting()
    await relate('ben', ref, 'contradicts', other)
    expect(await waiting()).toBe(before + 2)
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).toContain('Verified, challenged')
    expect((await visit(it.as('rae'), `/claims/${other}`)).words).toContain('Partly verified, challenged')
    expect((await visit(it.as('eve'), `/queue?claim=${ref}`)).words).toContain(other)
    const { id } = await between(ref, other)
    await remove('eve', ref, id)
    expect(await now(ref)).toMatchObject({ stage: 'decided', verdict: 'verified', cameIn: 'contradiction' })
  })

  test('the flash says which of the two is challenged; what a false claim is contradicted by bears its verdict out', async () => {
    const [ref, other] = [await decided('false'), await decided('verified')]
    const agent = it.as('ben')
    const { revision } = await now(ref)
    const answer = await send(agent, `/claims/${ref}/relations`, { revision, type: 'contradicts', to: other })
    expect(answer.status).toBe(303)
    expect(await now(ref)).toMatchObject({ cameIn: 'addition', waitsSince: null })
    expect(await now(other)).toMatchObject({ cameIn: 'addition', waitsSince: null })
    const third = await decided('unproven')
    await relate('ben', third, 'contradicts', other)
    const landed = await agent.get(`/claims/${third}`)
    expect(landed.status).toBe(200)
    expect(await now(third)).toMatchObject({ cameIn: 'contradiction', waitsSince: expect.any(Date) })
    expect(await now(other)).toMatchObject({ cameIn: 'addition', waitsSince: null })
  })

  test('what updates, and what contradicts without being verified, is new since', async () => {
    const [ref, other] = [await decided('verified'), await aClaim()]
    await relate('ben', other, 'updates', ref)
    expect(await now(ref)).toMatchObject({ stage: 'decided', cameIn: 'addition' })
    await relate('ben', ref, 'contradicts', other)
    expect(await now(ref)).toMatchObject({ stage: 'decided', cameIn: 'addition', waitsSince: null })
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).toContain('Verified, new since')
  })
})

describe('Beside relations stand', () => {
  test('what a claim supersedes and what repeats it, with who said so', async () => {
    const [older, newer, repeated] = [await decided('verified'), await decided('verified'), await aClaim()]
    const { revision } = await now(older)
    await send(it.as('eve'), `/claims/${older}/moves`, {
      revision,
      action: 'supersede',
      supersede: { newer, reason: 'A later count.' },
    })
    await send(it.as('sam'), `/claims/${repeated}/moves`, {
      revision: (await now(repeated)).revision,
      action: 'close',
      close: { because: 'duplicate', duplicateOf: newer, reason: 'The same sentence.' },
    })
    const { words } = await visit(it.as('rae'), `/claims/${newer}`)
    expect(words).toContain(`Supersedes ${older}: At least 26 protesters were killed. Superseded`)
    expect(words).toContain('A later count. by Eve Egan,')
    expect(words).toContain(`Has the duplicate ${repeated}: At least 26 protesters were killed. Closed: duplicate`)
    expect(words).toContain('The same sentence. by Sam Sato,')
    expect((await visit(it.as('rae'), `/claims/${older}`)).words).toContain(`Is superseded by ${newer}`)
    expect((await visit(it.as('rae'), `/claims/${repeated}`)).words).toContain(`Is a duplicate of ${newer}`)
  })
})

describe('Exports', () => {
  test('name what a claim contradicts or is contradicted by, by number; a seal keeps what it was then', async () => {
    const ref = await decided('false')
    const others = [await aClaim(), await aClaim()]
    const { id: storyId } = await made.aStory({ code: 'AB', title: 'Another story' })
    const abroad = (await made.aClaim({ storyId, stage: 'in_review', attributions: [{ sourceId: paper.id }] })).ref
    for (const other of [others[1] ?? '', abroad]) await relate('ben', ref, 'contradicts', other)
    await relate('ben', others[0] ?? '', 'contradicts', ref)
    await relate('ben', ref, 'updates', await aClaim())
    const rowOf = async (query: string, claim: string) => (await csv(query)).find((row) => row.claim === claim)
    expect((await rowOf('verdict=false', ref))?.contradicts).toBe([abroad, ...others].join(' | '))
    expect((await rowOf('story=AB', abroad))?.contradicts).toBe(ref)

    // Decided with the relation, and related after it.
    const sealed = await aClaim()
    await relate('ben', sealed, 'contradicts', ref)
    await made.aDecision((await now(sealed)).id, { verdict: 'verified', decidedById: it.people.eve.id })
    await relate('ben', sealed, 'contradicts', others[0] ?? '')
    expect((await rowOf('preset=verified', sealed))?.contradicts).toBe(ref)
    expect((await rowOf('verdict=verified', sealed))?.contradicts).toBe([ref, others[0]].join(' | '))
  })

  test('leave the cell empty for a seal from before there were relations', async () => {
    const ref = await decided('verified')
    await changeUnguarded(
      it.database,
      `insert into relation (from_id, to_id, type, added_by_id, created_at)
       select a.id, b.id, 'contradicts', ${it.people.ada.id}, now() from claim a, claim b where a.ref = '${ref}' and b.ref = 'KZ-1'`,
    )
    expect((await csv('preset=verified')).find((row) => row.claim === ref)?.contradicts).toBe('')
  })
})

test('Whoever redacts finds the words of a note: on the claim, and in the history of both', async () => {
  const [ref, other] = [await aClaim(), await aClaim()]
  await relate('ben', ref, 'updates', other, { note: 'As Petrov told us.' })
  const event = await it.db.event.findFirstOrThrow({ where: { action: 'recorded' } })
  const looked = await send(it.as('mo'), '/admin/redactions', { event: event.id, words: 'Petrov', intent: 'look' })
  expect(looked.words).toContain(`Claim ${ref}: the note of a relation`)
  expect(looked.text).toContain(`#relation-${(await between(ref, other)).id}`)
  for (const one of [ref, other]) expect(looked.words).toContain(`History of claim ${one}, revision 2`)
})

test('A claim’s page and its row ask as often for sixty relations as for one', async () => {
  const ref = await aClaim()
  await relate('eve', ref, 'contradicts', await aClaim())
  await visit(it.as('eve'), `/claims/${ref}`)
  const few = await it.database.countQueries(() => visit(it.as('eve'), `/claims/${ref}`))
  const rows = await it.database.countQueries(() => csv('stage=in_review'))
  const many = await made.manyClaims(60, () => ({ storyId: story.id, stage: 'submitted' }))
  const { id } = await now(ref)
  const added = `${it.people.ada.id}, now()`
  const rowsOfMany = many.map((other, at) =>
    at % 2 ? `(${id}, ${other.id}, 'contradicts', ${added})` : `(${other.id}, ${id}, 'narrows', ${added})`,
  )
  await changeUnguarded(
    it.database,
    `insert into relation (from_id, to_id, type, added_by_id, created_at) values ${rowsOfMany.join(', ')}`,
  )
  expect(await it.database.countQueries(() => visit(it.as('eve'), `/claims/${ref}`))).toBe(few)
  expect(await it.database.countQueries(() => csv('stage=in_review'))).toBe(rows)
})

test('The chains hold after all of it', async () => {
  expect((await verifyHistory(it.database.exports)).faults).toEqual([])
})
