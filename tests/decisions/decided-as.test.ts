import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { calledOtherwise } from '../../src/decisions/decided-as.ts'
import { weigh } from '../../src/decisions/independence.ts'
import type { Parts } from '../../src/decisions/parts.ts'
import { partsOf } from '../../src/decisions/seal.store.ts'
import { findPartyWords } from '../../src/parties/edit.store.ts'
import { type Desk, desk, type Fields, send, visit } from '../support/app.ts'
import { type Builder, build } from '../support/build.ts'
import type { Name } from '../support/people.ts'

let it: Desk
let made: Builder
let story: { id: number }
let ministry: { id: number }
let paper: { id: number }
let claim: { id: number; ref: string }

beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
  story = await made.aStory({ code: 'KZ' })
})
afterAll(() => it.close())

beforeEach(async () => {
  ministry = await made.aParty({ name: 'Interior Ministry' })
  const relay = await made.aParty({ name: 'Press Office' })
  paper = await made.aSource({ title: 'Dispatch', publisherId: (await made.aParty({ name: 'The Courier' })).id })
  claim = await made.aClaim({
    storyId: story.id,
    stage: 'in_review',
    attributions: [{ sourceId: paper.id, speakerId: ministry.id, relays: [relay.id] }],
    evidence: [{ sourceId: (await made.aSource({ title: 'Register' })).id }],
  })
})

async function rename(id: number, name: string) {
  const { revision, words } = await findPartyWords(it.db, id)
  const answer = await send(it.as('ada'), `/parties/${id}/edits`, {
    revision,
    kind: words.kind,
    name,
    somebodyElse: 'yes',
  })
  expect(answer.status, answer.words).toBe(303)
}

async function decide(revision: number, who: Name = 'eve', more: Fields = {}) {
  const ruling = { verdict: 'verified', rationale: 'The register says so.' }
  return send(it.as(who), `/claims/${claim.ref}/decisions`, { revision, ...ruling, ...more })
}
const now = () => it.db.claim.findUniqueOrThrow({ where: { id: claim.id } })

async function listed(): Promise<Record<string, string>> {
  const answer = await it.as('rae').get(`/exports/claims.csv?story=KZ`).buffer(true)
  const rows = parse<Record<string, string>>(answer.text, { columns: true, bom: true })
  return rows.find((row) => row.claim === claim.ref) ?? {}
}

describe('A decided claim whose speaker is called otherwise', () => {
  test('says on its page and in the list’s file under which name it was decided', async () => {
    expect((await decide(1)).status).toBe(303)
    expect(await listed()).toMatchObject({ speaker: 'Interior Ministry', new_since: '', decided_as: '' })
    await rename(ministry.id, 'Ministry of Internal Affairs')
    const page = (await visit(it.as('rae'), `/claims/${claim.ref}`)).words
    expect(page).toContain('Verified, new since')
    expect(page).toContain('Decided as: the speaker “Interior Ministry”, now called “Ministry of Internal Affairs”.')
    expect(await listed()).toMatchObject({
      speaker: 'Ministry of Internal Affairs',
      verdict: 'verified',
      new_since: 'addition',
      decided_as: 'speaker: Interior Ministry',
    })
    const { text } = await it.as('rae').get('/exports/claims.csv?preset=verified').buffer(true)
    const sealed = parse<Record<string, string>>(text, { columns: true, bom: true }).find(
      (row) => row.claim === claim.ref,
    )
    expect(sealed).toMatchObject({ speaker: 'Interior Ministry', new_since: '', decided_as: '' })
  })

  test('says nothing of it once it is decided again', async () => {
    await decide(1)
    await rename(ministry.id, 'Ministry of Internal Affairs')
    const { revision } = await now()
    await send(it.as('eve'), `/claims/${claim.ref}/moves`, {
      revision,
      action: 'reopen',
      reopen: { reason: 'Renamed.' },
    })
    await decide((await now()).revision, 'eve', { change: 'clarification', changeNote: 'The ministry was renamed.' })
    expect((await visit(it.as('rae'), `/claims/${claim.ref}`)).words).not.toContain('Decided as:')
    expect(await listed()).toMatchObject({ new_since: '', decided_as: '' })
  })

  test('names nobody to readers who spoke on condition of not being named', async () => {
    claim = await made.aClaim({
      storyId: story.id,
      stage: 'in_review',
      attributions: [{ sourceId: paper.id, speakerId: ministry.id, terms: 'not_for_attribution' }],
      evidence: [{ sourceId: (await made.aSource({ title: 'Register' })).id }],
    })
    await decide(1)
    await rename(ministry.id, 'Ministry of Internal Affairs')
    expect((await visit(it.as('eve'), `/claims/${claim.ref}`)).words).toContain(
      'Decided as: the speaker “Interior Ministry”',
    )
    expect((await visit(it.as('rae'), `/claims/${claim.ref}`)).words).not.toMatch(/Interior Ministry|Internal Affairs/)
    expect(JSON.stringify(await listed())).not.toMatch(/Interior Ministry|Internal Affairs/)
  })
})

describe('A ruling that was begun before a party changed', () => {
  test('is shown what happened, keeps what was typed, and may then be sent', async () => {
    await rename(ministry.id, 'Ministry of Internal Affairs')
    const late = await decide(1)
    expect(late.status).toBe(409)
    expect(late.words).toContain('A party or a source that this claim names was changed')
    expect(late.words).toContain('changed a party that the claim names')
    expect(late.text).toContain('The register says so.')
    expect((await now()).stage).toBe('in_review')
    expect((await decide((await now()).revision)).status).toBe(303)
  })

  test('leaves other forms as they are: an edit begun before is saved', async () => {
    await rename(ministry.id, 'Ministry of Internal Affairs')
    const [said] = await it.db.attribution.findMany({ where: { claimId: claim.id } })
    const answer = await send(it.as('eve'), `/claims/${claim.ref}/edits`, {
      revision: 1,
      statement: 'Another sentence.',
      attributions: [
        { id: said!.id, source: `#${paper.id}`, naming: 'named', position: 'asserts', speaker: `#${ministry.id}` },
      ],
    })
    expect(answer.status, answer.words).toBe(303)
  })
})

test('What is called otherwise is told of each thing once, and nothing where all is the same', async () => {
  const parts = (await partsOf(it.db, [claim.id])).get(claim.id)!
  expect(calledOtherwise(parts, parts)).toEqual([])
  const later: Parts = structuredClone(parts)
  for (const one of later.attributions) {
    Object.assign(one, { speaker: 'B', speakerKind: 'person', speakerRole: 'Minister' })
    Object.assign(one.source, { title: 'T', url: 'https://example.org/t', publisher: 'P', publishedOn: '2022-01-07' })
    for (const relay of one.relays) relay.name = 'R'
  }
  for (const one of later.evidence) Object.assign(one.source, { title: null, publisherId: 7, publisher: 'Q' })
  expect(calledOtherwise({ ...parts, attributions: [...parts.attributions, ...parts.attributions] }, later)).toEqual([
    'the speaker “Interior Ministry”, now called “B”',
    '“Interior Ministry” as Organisation, now Person',
    '“Interior Ministry” as nothing known, now Minister',
    'the relay “Press Office”, now called “R”',
    'the source “Dispatch”, now titled “T”',
    '“Dispatch” at nothing known, now https://example.org/t',
    'the publisher “The Courier”, now called “P”',
    '“Dispatch” as printed on nothing known, now 7 January 2022',
    'the source “Register”, now titled “nothing”',
    '“Register” as published by nothing known, now Q',
  ])
})

test('What a party is called, and of which kind it is, decides nothing of how evidence counts', async () => {
  const parts = (await partsOf(it.db, [claim.id])).get(claim.id)!
  const counted = (of: Parts) =>
    weigh(of.attributions, of.evidence).map(({ origin, ...rest }) => ({ ...rest, why: '', keys: origin?.keys }))
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('person', 'organisation', 'group'), (name, kind) => {
      const renamed: Parts = structuredClone(parts)
      for (const one of renamed.attributions) Object.assign(one, { speaker: name, speakerKind: kind })
      for (const { source } of [...renamed.attributions, ...renamed.evidence])
        Object.assign(source, { publisher: name })
      expect(counted(renamed)).toEqual(counted(parts))
    }),
  )
})
