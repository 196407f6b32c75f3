import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { flashOf } from '../sources/given.ts'
import { type Desk, desk, type Fields, send, visit } from '../support/app.ts'
import { type AttributionGiven, type Builder, build, type ClaimGiven } from '../support/build.ts'

let it: Desk
let made: Builder
let paper: { id: number }
let agency: { id: number }
let ministry: { id: number }
let spokesman: { id: number }
let said: AttributionGiven
let denied: AttributionGiven

beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
  paper = await made.aSource({ title: 'Dispatch from Almaty' })
  agency = await made.aSource({ title: 'Agency report' })
  ministry = await made.aParty({ name: 'Interior Ministry' })
  spokesman = await made.aParty({ name: 'A. Spokesman', kind: 'person' })
  const { id: captureId } = await made.aCapture(paper.id, 'At least 26 were killed, the ministry said.')
  said = {
    sourceId: paper.id,
    captureId,
    speakerId: ministry.id,
    relays: [spokesman.id],
    cue: 'said',
    hedges: ['at least'],
    passage: 'At least 26 were killed',
    suffix: ', the ministry said.',
    start: 0,
    end: 23,
    finding: 'confirmed_relayed',
    findingNote: 'By the agency.',
    foundById: it.people.eve.id,
    foundAt: new Date('2022-01-08T09:00:00Z'),
  }
  denied = { sourceId: agency.id, speakerId: spokesman.id, position: 'denies', passage: 'Nobody was killed' }
})
afterAll(() => it.close())

const aClaim = async (given: ClaimGiven) => (await made.aClaim({ stage: 'submitted', ...given })).ref
const now = (ref: string) =>
  it.db.claim.findUniqueOrThrow({
    where: { ref },
    include: { attributions: { orderBy: { ordinal: 'asc' }, include: { relays: true } } },
  })

async function move(ref: string, action: string, own: Fields) {
  const { revision } = await now(ref)
  return send(it.as('eve'), `/claims/${ref}/moves`, { revision, action, [action]: own })
}

const closeAs = (ref: string, duplicateOf: string) =>
  move(ref, 'close', { because: 'duplicate', duplicateOf, reason: 'The same sentence.' })

async function historyOf(ref: string) {
  return (await visit(it.as('ada'), `/claims/${ref}/history`)).words
}

describe('A duplicate', () => {
  test('hands its attributions over whole, and both histories name the other claim', async () => {
    const [ref, other] = [await aClaim({ attributions: [said] }), await aClaim({ attributions: [denied] })]
    const { revision } = await now(other)
    const answer = await closeAs(ref, other)
    expect(answer.status, answer.words).toBe(303)
    const [closed, after] = [await now(ref), await now(other)]
    const { relays, id: _, claimId: _c, ordinal: _o, createdAt: _a, ...handed } = after.attributions[1]!
    const { relays: were, id: _i, claimId: _d, ordinal: _n, createdAt: _t, ...held } = closed.attributions[0]!
    expect(handed).toEqual(held)
    expect(relays.map(({ partyId, printed }) => [partyId, printed])).toEqual(
      were.map(({ partyId, printed }) => [partyId, printed]),
    )
    expect(after).toMatchObject({ revision: revision + 1, movedAtRevision: revision + 1, stage: 'submitted' })
    expect(after.wordsBy).toEqual([it.people.ada.id])
    expect(await historyOf(other)).toContain(`Taken over from: ${ref}`)
    expect(await historyOf(ref)).toContain(`Duplicate of: ${other}`)
    const document = await it.db.claimDocument.findUniqueOrThrow({ where: { claimId: after.id } })
    expect(document.text).toContain('at least 26 were killed')
  })

  test('doubles nothing that the other claim has: the same source, passage and speaker', async () => {
    const [ref, other] = [await aClaim({ attributions: [said, denied] }), await aClaim({ attributions: [said] })]
    await closeAs(ref, other)
    expect((await now(other)).attributions.map(({ passage }) => passage)).toEqual([said.passage, denied.passage])
    const again = await aClaim({ attributions: [said] })
    await closeAs(again, other)
    const after = await now(other)
    expect(after.attributions).toHaveLength(2)
    expect(after.movedAtRevision).toBe(after.revision - 1)
  })

  test('takes back a finding of its own statement, where no words of the source are held and the other says something else', async () => {
    const bare = { ...said, captureId: null, passage: null, suffix: null, start: null, end: null }
    const printed = { ...said, sourceId: agency.id, captureId: null, start: null, end: null }
    const given = (statement: string, ...attributions: AttributionGiven[]) => aClaim({ statement, attributions })
    const ref = await given('Order has been restored.', bare, printed)
    const [same, other] = [await given('Order has been restored.'), await given('Order has not been restored.')]
    await closeAs(ref, same)
    expect((await now(same)).attributions.map(({ finding }) => finding)).toEqual([said.finding, said.finding])
    const answer = await closeAs(same, other)
    expect(answer.status, answer.words).toBe(303)
    expect((await now(other)).attributions).toMatchObject([
      { finding: 'unchecked', findingNote: null, formerFinding: 'confirmed_relayed' },
      { finding: 'confirmed_relayed', formerFinding: null },
    ])
    expect(flashOf(answer).text).toContain('check again whether it was said')
    const event = await it.db.event.findFirstOrThrow({
      where: { subject: 'claim', subjectId: (await now(other)).id },
      orderBy: { revision: 'desc' },
      include: { body: true },
    })
    expect(event.body).toMatchObject({
      before: { findings: [{ finding: 'confirmed_relayed', findingNote: 'By the agency.' }] },
    })
  })

  test.each([
    ['shows as new since', () => said, 'addition', 'Unproven, new since'],
    ['that denies challenges it', () => denied, 'contradiction', 'Unproven, challenged'],
  ] as const)('on a decided claim %s, and the verdict stands', async (_, attribution, cameIn, headline) => {
    const { id, ref: other } = await made.aClaim({ stage: 'in_review', attributions: [] })
    await made.aDecision(id, { verdict: 'unproven', decidedById: it.people.eve.id })
    const ref = await aClaim({ attributions: [attribution()] })
    expect((await closeAs(ref, other)).status).toBe(303)
    expect(await now(other)).toMatchObject({ stage: 'decided', verdict: 'unproven', cameIn })
    expect((await visit(it.as('rae'), `/claims/${other}`)).words).toContain(headline)
  })

  test('leaves with the other claim what it took over, reopened or undone, and says so', async () => {
    const [ref, other] = [await aClaim({ attributions: [said] }), await aClaim({ attributions: [denied] })]
    await closeAs(ref, other)
    const agent = await it.signIn('eve')
    await send(agent, `/claims/${ref}/undoings`, { revision: (await now(ref)).revision })
    expect((await visit(agent, `/claims/${ref}`)).words).toContain(`What ${other} took over from it stays there.`)
    await closeAs(ref, other)
    const { revision } = await now(ref)
    await send(agent, `/claims/${ref}/moves`, { revision, action: 'reopen', reopen: { reason: 'It differs.' } })
    expect((await visit(agent, `/claims/${ref}`)).words).toContain(`What ${other} took over from it stays there.`)
    expect((await now(other)).attributions).toHaveLength(2)
    expect(await now(ref)).toMatchObject({ stage: 'submitted', duplicateOfId: null })
  })

  test('changes no words that await a second', async () => {
    const { ref: other } = await made.aClaim({
      stage: 'awaiting_second',
      attributions: [],
      proposal: { verdict: 'unproven', rationale: 'Looked into.', decidedById: it.people.sam.id },
    })
    const ref = await aClaim({ attributions: [said] })
    const answer = await closeAs(ref, other)
    expect(answer.status).toBe(422)
    expect(answer.words).toContain(`${other} awaits a second`)
    expect((await now(ref)).stage).toBe('submitted')
  })
})
