import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, desk, type Fields, send, visit } from '../support/app.ts'
import { changeUnguarded } from '../support/behind.ts'
import { type Builder, build } from '../support/build.ts'
import type { Name } from '../support/people.ts'

let it: Desk
let made: Builder
let ministry: { id: number }
let paper: { id: number }
let register: { id: number }
let leak: { id: number }

const TEXT = 'The register of the city’s morgue lists 26 bodies brought in on 7 January.'

beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
  ministry = await made.aParty({ name: 'Interior Ministry', aliases: ['МВД'] })
  paper = await made.aSource({ title: 'Dispatch from Almaty' })
  register = await made.aSource({ title: 'Register of the morgue', kind: 'official_document' })
  await made.aCapture(register.id, TEXT)
  leak = await made.aSource({ title: 'A letter from inside', isPrivate: true })
})
afterAll(() => it.close())

async function aClaim(stage: 'draft' | 'submitted' | 'in_review' | 'needs_info' = 'in_review') {
  const claim = await made.aClaim({ stage, attributions: [{ sourceId: paper.id, speakerId: ministry.id }] })
  return claim.ref
}

async function decided(verdict: 'verified' | 'unproven' = 'verified') {
  const ref = await aClaim()
  const { id } = await now(ref)
  await add('ben', ref)
  await made.aDecision(id, { verdict, decidedById: it.people.eve.id })
  return ref
}

const now = (ref: string) =>
  it.db.claim.findUniqueOrThrow({ where: { ref }, include: { evidence: { orderBy: { id: 'asc' } } } })

const PIECE = { stance: 'supports', basis: 'document' }

async function add(who: Name, ref: string, own: Fields = {}) {
  const { revision } = await now(ref)
  return send(it.as(who), `/claims/${ref}/evidence`, { revision, source: `#${register.id}`, ...PIECE, ...own })
}

async function edit(who: Name, ref: string, own: Fields = {}) {
  const { revision, evidence } = await now(ref)
  const id = evidence[0]?.id
  return send(it.as(who), `/claims/${ref}/evidence/${id}/edits`, {
    revision,
    source: `#${register.id}`,
    ...PIECE,
    ...own,
  })
}

describe('Adding evidence', () => {
  test('a reporter adds what they found; its passage is held in the text', async () => {
    const ref = await aClaim('submitted')
    await visit(it.as('ben'), `/claims/${ref}/evidence/new`)
    const answer = await add('ben', ref, { passage: 'lists 26 bodies', note: 'Seen at the desk.' })
    expect(answer.status).toBe(303)
    const { evidence, stage } = await now(ref)
    expect(stage).toBe('submitted')
    expect(evidence[0]).toMatchObject({
      passage: 'lists 26 bodies',
      addedById: it.people.ben.id,
      start: TEXT.indexOf('lists'),
    })
    const page = await visit(it.as('rae'), `/claims/${ref}`)
    expect(page.words).toContain('Register of the morgue')
    expect(page.words).toContain('Is enough by itself')
    expect(page.text).toContain('<mark>lists 26 bodies</mark>')
  })

  test('a passage that is not in the text is kept, and that is said', async () => {
    const ref = await aClaim()
    const answer = await add('ben', ref, { passage: 'lists 44 bodies' })
    expect(answer.status).toBe(303)
    expect((await visit(it.as('ben'), `/claims/${ref}`)).words).toContain('The passage is not in the text held.')
  })

  test('it goes back to a party by any of its names, or to a new one that is said to be one', async () => {
    const ref = await aClaim()
    await add('ben', ref, { source: 'Dispatch from Almaty', basis: 'told_by', restsOnParty: 'мвд' })
    expect((await now(ref)).evidence[0]?.restsOnPartyId).toBe(ministry.id)

    const unknown = await add('ben', ref, { basis: 'told_by', restsOnParty: 'City Hospital', note: 'By telephone.' })
    expect(unknown.status).toBe(422)
    expect(unknown.words).toContain('“City Hospital” is not known yet')
    expect(unknown.text).toContain('By telephone.</textarea>')
    expect(await it.db.party.count({ where: { name: 'City Hospital' } })).toBe(0)
    await add('ben', ref, { basis: 'told_by', restsOnParty: 'City Hospital', restsOnKind: 'organisation' })
    expect(await it.db.party.count({ where: { name: 'City Hospital' } })).toBe(1)
  })

  test('what is wrong is said beside each field, with everything typed kept', async () => {
    const ref = await aClaim()
    const { revision } = await now(ref)
    const answer = await send(it.as('ben'), `/claims/${ref}/evidence`, {
      revision,
      source: ' ',
      note: 'A note to keep',
    })
    expect(answer.status).toBe(422)
    for (const field of ['source', 'stance', 'basis']) expect(answer.text).toContain(`href="#f-${field}"`)
    expect(answer.text).toContain('A note to keep</textarea>')

    const unknown = await add('ben', ref, { source: 'https://example.org/nowhere' })
    expect(unknown.status).toBe(422)
    expect(unknown.words).toContain('There is no such source yet')
    const act = await add('ben', ref, { basis: 'told_by', isTheAct: 'yes' })
    expect(act.words).toContain('Only a document can be the act')
    const both = await add('ben', ref, { restsOnParty: 'МВД', restsOnSource: `#${paper.id}` })
    expect(both.words).toContain('not to both')
    expect((await now(ref)).evidence).toHaveLength(0)
  })

  test('a draft takes it from its author and from editors only, a closed claim from nobody', async () => {
    const draft = await aClaim('draft')
    expect((await add('ben', draft)).status).toBe(403)
    expect((await add('ada', draft)).status).toBe(303)
    expect((await add('rae', draft)).status).toBe(403)
    const { revision } = await now(draft)
    await send(it.as('ada'), `/claims/${draft}/moves`, { revision, action: 'drop' })
    expect((await add('eve', draft)).status).toBe(422)
    await visit(it.as('eve'), `/claims/${draft}/evidence/new`, 403)
  })
})

test('A claim takes two hundred pieces of evidence and no more, and says so with everything typed', async () => {
  const ref = await aClaim()
  const { id: claimId } = await now(ref)
  await changeUnguarded(
    it.database,
    `insert into evidence (claim_id, source_id, stance, basis, added_by_id)
     select ${claimId}, ${paper.id}, 'context', 'unknown', ${it.people.ben.id} from generate_series(1, 199)`,
  )
  expect((await add('ben', ref)).status).toBe(303)
  const beyond = await add('ben', ref, { note: 'One too many' })
  expect(beyond.status).toBe(422)
  expect(beyond.words).toContain(`${ref} has 200 pieces of evidence, and a claim has no more.`)
  expect(beyond.text).toContain('One too many</textarea>')
  expect((await now(ref)).evidence).toHaveLength(200)
})

describe('On a decided claim', () => {
  test('what supports shows as new since, what contradicts challenges, and the verdict stands', async () => {
    const ref = await decided()
    await add('ben', ref)
    expect(await now(ref)).toMatchObject({ stage: 'decided', verdict: 'verified', cameIn: 'addition' })
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).toContain('Verified, new since')
    await add('ben', ref, { stance: 'contradicts' })
    await add('ben', ref)
    expect(await now(ref)).toMatchObject({ stage: 'decided', verdict: 'verified', cameIn: 'contradiction' })
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).toContain('Verified, challenged')
  })

  test('editing what a decision stands on is an editor’s, needs a reason, and ends the decision', async () => {
    const ref = await decided()
    expect((await edit('ben', ref, { note: 'Another', reason: 'I misread it.' })).status).toBe(403)
    const unsaid = await edit('eve', ref, { note: 'Another' })
    expect(unsaid.status).toBe(422)
    expect(unsaid.words).toContain('Say why: this puts the claim back under review.')
    expect(unsaid.text).toContain('Another</textarea>')
    expect((await edit('eve', ref, { note: 'Another', reason: 'It was misread.' })).status).toBe(303)
    expect(await now(ref)).toMatchObject({ stage: 'in_review', verdict: null, formerVerdict: 'verified' })
    const decision = await it.db.decision.findFirstOrThrow({ where: { claim: { ref } }, include: { end: true } })
    expect(decision.end?.cause).toBe('edited')
    const { words } = await visit(it.as('rae'), `/claims/${ref}/history`)
    expect(words).toContain('Stage: [taken out: Decided ] [put in: In review ]')
    expect(words).toContain('Verdict: [taken out: Verified ]')
  })

  test('the same again changes nothing', async () => {
    const ref = await decided()
    const { revision } = await now(ref)
    expect((await edit('eve', ref, { reason: 'To be sure.' })).status).toBe(303)
    expect(await now(ref)).toMatchObject({ stage: 'decided', revision })
  })
})

describe('Editing evidence', () => {
  test('whoever added it edits it while the claim is open; the page shows the form as it stands', async () => {
    const ref = await aClaim()
    await add('ben', ref, { passage: 'lists 26 bodies' })
    const { evidence } = await now(ref)
    const form = await visit(it.as('ben'), `/claims/${ref}/evidence/${evidence[0]?.id}/edit`)
    expect(form.text).toContain('lists 26 bodies</textarea>')
    await visit(it.as('ada'), `/claims/${ref}/evidence/${evidence[0]?.id}/edit`, 403)
    await visit(it.as('eve'), `/claims/${ref}/evidence/99999/edit`, 404)
    expect((await edit('ben', ref, { stance: 'context', passage: 'lists 26 bodies' })).status).toBe(303)
    expect((await now(ref)).evidence[0]).toMatchObject({ stance: 'context', passage: 'lists 26 bodies' })
  })

  test('removing it needs a reason and stays in the history', async () => {
    const ref = await aClaim()
    await add('ben', ref, { note: 'A note to remember' })
    expect((await edit('ben', ref, { isRemoved: 'yes' })).status).toBe(422)
    expect((await edit('ben', ref, { isRemoved: 'yes', reason: 'Another city.' })).status).toBe(303)
    const claim = await now(ref)
    expect(claim.evidence).toHaveLength(0)
    const event = await it.db.event.findFirstOrThrow({
      where: { subject: 'claim', subjectId: claim.id, revision: claim.revision },
      include: { body: true },
    })
    expect(event).toMatchObject({
      action: 'evidence removed',
      body: { reason: 'Another city.', before: { evidence: { note: 'A note to remember' } } },
    })
  })

  test('a piece that comes too late is shown what happened meanwhile, and kept as typed', async () => {
    const ref = await aClaim()
    const { revision } = await now(ref)
    const asked = { revision, action: 'ask', ask: { reason: 'Which day was it?' } }
    expect((await send(it.as('eve'), `/claims/${ref}/moves`, asked)).status).toBe(303)
    const fields = { revision, source: `#${register.id}`, ...PIECE, note: 'Too late by a minute' }
    const late = await send(it.as('ben'), `/claims/${ref}/evidence`, fields)
    expect(late.status).toBe(409)
    for (const words of ['What happened meanwhile', 'Eve Egan asked for information.', 'Which day was it?'])
      expect(late.words).toContain(words)
    expect(late.text).toContain('Too late by a minute</textarea>')
  })

  test('an edit on an older version is told so, theirs beside yours', async () => {
    const ref = await aClaim()
    await add('ben', ref, { note: 'As it was' })
    const { revision, evidence } = await now(ref)
    await edit('eve', ref, { note: 'As Eve has it' })
    const late = await send(it.as('ben'), `/claims/${ref}/evidence/${evidence[0]?.id}/edits`, {
      revision,
      source: `#${register.id}`,
      ...PIECE,
      note: 'As Ben has it',
    })
    expect(late.status).toBe(409)
    expect(late.words).toContain('As Eve has it')
    expect(late.text).toContain('As Ben has it</textarea>')
  })
})

test('A private source stays private: readers see that there is evidence, and how it counts, and nothing of it', async () => {
  const ref = await aClaim()
  await add('ben', ref, { source: `#${leak.id}`, passage: 'A secret sentence', note: 'Handed over in person' })
  const reader = await visit(it.as('rae'), `/claims/${ref}`)
  expect(reader.words).toContain('a private source')
  for (const secret of ['A letter from inside', 'A secret sentence', 'Handed over in person'])
    expect(reader.text).not.toContain(secret)
  expect((await visit(it.as('ben'), `/claims/${ref}`)).words).toContain('A letter from inside')
})

test('The claim page asks the same number of queries however much evidence there is', async () => {
  const ref = await aClaim()
  await add('ben', ref, { passage: 'lists 26 bodies' })
  await visit(it.as('eve'), `/claims/${ref}`)
  const few = await it.database.countQueries(() => visit(it.as('eve'), `/claims/${ref}`))
  for (let more = 0; more < 5; more += 1) await add('ben', ref, { passage: 'lists 26 bodies' })
  expect(await it.database.countQueries(() => visit(it.as('eve'), `/claims/${ref}`))).toBe(few)
})
