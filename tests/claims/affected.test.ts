import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyHistory } from '../../src/history/verify.store.ts'
import { editParty, findPartyWords } from '../../src/parties/edit.store.ts'
import { type Agent, type Desk, desk, type Fields, send, visit } from '../support/app.ts'
import { type Builder, build, type ClaimGiven } from '../support/build.ts'

let it: Desk
let made: Builder
let story: { id: number }
let ada: Agent

beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
  story = await made.aStory({ code: 'KZ' })
  ada = await it.signIn('ada')
})
afterAll(() => it.close())

const now = (id: number) =>
  it.db.claim.findUniqueOrThrow({
    where: { id },
    include: { attributions: { orderBy: { ordinal: 'asc' } } },
  })
const eventOf = async (id: number) =>
  it.db.event.findFirstOrThrow({
    where: { subject: 'claim', subjectId: id },
    orderBy: { revision: 'desc' },
    include: { body: true },
  })

async function editedParty(id: number, own: Fields) {
  const { revision, words } = await findPartyWords(it.db, id)
  const { kind, name, note } = words
  return send(ada, `/parties/${id}/edits`, { revision, kind, name, note, ...own })
}

async function editedSource(id: number, own: Fields) {
  const source = await it.db.source.findUniqueOrThrow({ where: { id }, include: { publisher: true } })
  const { revision, kind, title, url, publisher } = source
  const held = { kind, title: title ?? '', url: url ?? '', publisher: publisher?.name ?? '' }
  return send(ada, `/sources/${id}/edits`, { revision, ...held, ...own })
}

const found = () => ({
  finding: 'confirmed_primary' as const,
  findingNote: 'Seen.',
  foundById: it.people.eve.id,
  foundAt: new Date('2022-01-08T09:00:00Z'),
})

/** A claim of one speaker, decided “Verified” on a document from outside. */
async function decided(given: ClaimGiven) {
  const claim = await made.aClaim({ storyId: story.id, stage: 'in_review', ...given })
  await made.aDecision(claim.id, { verdict: 'verified', decidedById: it.people.eve.id })
  return claim.id
}

describe('A party', () => {
  test('called otherwise is told to every claim that names it, and what was found of its words returns to unchecked', async () => {
    const ministry = await made.aParty({ name: 'Interior Ministry' })
    const other = await made.aParty({ name: 'Union' })
    const paper = await made.aSource({ title: 'Dispatch' })
    const printed = await made.aSource({ title: 'Gazette', publisherId: ministry.id })
    const said = { sourceId: paper.id, speakerId: ministry.id, ...found() }
    const asSpeaker = await decided({ attributions: [said], evidence: [{ sourceId: (await made.aSource()).id }] })
    const asRelay = await made.aClaim({
      attributions: [{ sourceId: paper.id, speakerId: other.id, relays: [ministry.id], ...found() }],
    })
    const asPublisher = await made.aClaim({ attributions: [{ sourceId: printed.id, ...found() }] })
    const asOrigin = await made.aClaim({
      attributions: [{ sourceId: paper.id }],
      evidence: [{ sourceId: paper.id, restsOnPartyId: ministry.id }],
    })
    const asIssuer = await made.aClaim({
      attributions: [{ sourceId: paper.id }],
      evidence: [{ sourceId: paper.id, restsOnSourceId: printed.id }],
    })
    const untouched = await made.aClaim({ attributions: [{ sourceId: paper.id, speakerId: other.id, ...found() }] })

    const answer = await editedParty(ministry.id, { name: 'Ministry of Internal Affairs' })
    expect(answer.status, answer.words).toBe(303)
    const told = (await visit(ada, `/parties/${ministry.id}`)).words
    expect(told).toContain('5 claims that name it have it in their history. One finding is to be checked again.')
    for (const id of [asSpeaker, asRelay.id, asPublisher.id, asOrigin.id, asIssuer.id]) {
      const event = await eventOf(id)
      expect(event).toMatchObject({ action: 'party changed', actorId: it.people.ada.id })
      expect(event.body?.before).toMatchObject({ party: { partyId: ministry.id, name: 'Interior Ministry' } })
      expect(event.body?.after).toMatchObject({ party: { name: 'Ministry of Internal Affairs' } })
    }
    expect((await eventOf(untouched.id)).action).toBe('recorded')
    expect(await now(asSpeaker)).toMatchObject({
      stage: 'decided',
      verdict: 'verified',
      cameIn: 'addition',
      attributions: [{ finding: 'unchecked', findingNote: null, formerFinding: 'confirmed_primary' }],
    })
    for (const { id } of [asRelay, asPublisher, untouched])
      expect((await now(id)).attributions[0]).toMatchObject({ finding: 'confirmed_primary' })
    const { ref } = await now(asSpeaker)
    const page = (await visit(it.as('rae'), `/claims/${ref}`)).words
    expect(page).toContain('Verified, new since')
    expect(page).toContain('changed a party that the claim names')
    expect(page).toContain('check again')
  })

  test('through which words were confirmed takes that back when it becomes another', async () => {
    const relay = await made.aParty({ name: 'Red Crescent' })
    const speaker = await made.aParty({ name: 'Hospital of the town' })
    const said = { sourceId: (await made.aSource()).id, speakerId: speaker.id, relays: [relay.id] }
    const through = await made.aClaim({ attributions: [{ ...said, ...found(), finding: 'confirmed_relayed' }] })
    const otherwise = await made.aClaim({ attributions: [{ ...said, ...found() }] })
    const answer = await editedParty(relay.id, { name: 'A channel' })
    expect(answer.status, answer.words).toBe(303)
    expect((await now(through.id)).attributions).toMatchObject([
      { finding: 'unchecked', formerFinding: 'confirmed_relayed' },
    ])
    expect((await now(otherwise.id)).attributions).toMatchObject([{ finding: 'confirmed_primary' }])
  })

  test.each<[string, Fields]>([
    ['note', { note: 'Mind the spelling.' }],
    ['other names', { aliases: 'MVD' }],
    ['Wikidata id', { wikidataId: 'Q4294' }],
    ['earlier role, which none of its claims shows', { roles: [{ role: 'Deputy', to: '2001' }] }],
  ])('whose %s changes is told to no claim', async (_, own) => {
    const ministry = await made.aParty({ name: `Ministry of ${_}` })
    const claim = await made.aClaim({
      attributions: [{ sourceId: (await made.aSource()).id, speakerId: ministry.id, saidOn: '2022-01-07', ...found() }],
    })
    const answer = await editedParty(ministry.id, own)
    expect(answer.status, answer.words).toBe(303)
    expect(await now(claim.id)).toMatchObject({ revision: 1, attributions: [{ finding: 'confirmed_primary' }] })
  })

  test('of another kind is another; another role is told, and leaves what was found', async () => {
    const spokesman = await made.aParty({ name: 'A. Spokesman', kind: 'person' })
    const sourceId = (await made.aSource()).id
    const claim = await made.aClaim({
      attributions: [{ sourceId, speakerId: spokesman.id, saidOn: '2022-01-07', ...found() }],
    })
    await editedParty(spokesman.id, { roles: [{ role: 'Minister', from: '2020' }] })
    expect((await eventOf(claim.id)).body?.after).toMatchObject({ party: { role: 'Minister' } })
    expect(await now(claim.id)).toMatchObject({ revision: 2, attributions: [{ finding: 'confirmed_primary' }] })
    await editedParty(spokesman.id, { kind: 'group', roles: [{ role: 'Minister', from: '2020' }] })
    expect(await now(claim.id)).toMatchObject({ revision: 3, attributions: [{ finding: 'unchecked' }] })
  })
})

describe('Who may not see it is not told the name of a party', () => {
  test.each<[string, (party: number, secret: number, open: number) => ClaimGiven, boolean]>([
    ['that publishes a private source', (_, secret) => ({ attributions: [{ sourceId: secret }] }), false],
    [
      'that a private piece of evidence goes back to',
      (party, secret, open) => ({
        attributions: [{ sourceId: open }],
        evidence: [{ sourceId: secret, restsOnPartyId: party }],
      }),
      false,
    ],
    [
      'that speaks on condition of not being named',
      (party, _, open) => ({ attributions: [{ sourceId: open, speakerId: party, terms: 'not_for_attribution' }] }),
      false,
    ],
    [
      'but of one that speaks openly',
      (party, _, open) => ({ attributions: [{ sourceId: open, speakerId: party }] }),
      true,
    ],
  ])('%s', async (which, given, isShown) => {
    const party = await made.aParty({ name: `Quillfeather ${which.length}` })
    const secret = await made.aSource({ title: 'Memo', isPrivate: true, publisherId: party.id })
    const open = await made.aSource({ title: 'Open' })
    const claim = await made.aClaim({ storyId: story.id, ...given(party.id, secret.id, open.id) })
    const answer = await editedParty(party.id, { name: `Nightjar ${which.length}` })
    expect(answer.status, answer.words).toBe(303)
    for (const path of [`/claims/${claim.ref}`, `/claims/${claim.ref}/history`]) {
      expect((await visit(ada, path)).words).toContain('Quillfeather')
      const read = (await visit(it.as('rae'), path)).words
      expect(read).toContain('changed a party that the claim names')
      if (isShown) expect(read).toContain('Quillfeather')
      else expect(read).not.toMatch(/Quillfeather|Nightjar/)
    }
  })
})

describe('A source', () => {
  test('that becomes another document takes findings back and is told to its claims, in words', async () => {
    const source = await made.aSource({ title: 'Dispatch', url: 'https://example.org/1' })
    const claim = await made.aClaim({ attributions: [{ sourceId: source.id, ...found() }] })
    const asOrigin = await made.aClaim({
      attributions: [{ sourceId: (await made.aSource()).id }],
      evidence: [{ sourceId: (await made.aSource()).id, restsOnSourceId: source.id }],
    })
    const answer = await editedSource(source.id, { title: 'Another dispatch' })
    expect(answer.status, answer.words).toBe(303)
    expect((await visit(ada, `/sources/${source.id}`)).words).toContain(
      '2 claims that name it have it in their history.',
    )
    expect(await now(claim.id)).toMatchObject({ revision: 2, attributions: [{ finding: 'unchecked' }] })
    expect((await eventOf(asOrigin.id)).action).toBe('source changed')
    const history = (await visit(ada, `/claims/${claim.ref}/history`)).words
    expect(history).toContain('changed a source that the claim rests on')
    expect(history).toContain('Another dispatch')
  })

  test('whose notes or language change is told to nobody; that becomes private is told, and findings stay', async () => {
    const source = await made.aSource({ title: 'Memo' })
    const claim = await made.aClaim({ attributions: [{ sourceId: source.id, ...found() }] })
    await editedSource(source.id, { notes: 'Ours.', language: 'ru' })
    expect(await now(claim.id)).toMatchObject({ revision: 1 })
    await editedSource(source.id, { notes: 'Ours.', language: 'ru', isPrivate: 'yes' })
    expect(await now(claim.id)).toMatchObject({ revision: 2, attributions: [{ finding: 'confirmed_primary' }] })
    await editedSource(source.id, { notes: 'Ours.', language: 'ru', isPrivate: 'yes', title: 'A secret memo' })
    expect((await visit(it.as('rae'), `/claims/${claim.ref}/history`)).words).not.toMatch(/secret|Memo/)
  })

  test('that no longer counts as evidence challenges the verdict it carried, and puts it in the queue', async () => {
    const ministry = await made.aParty({ name: 'Ministry of Truth' })
    await made.aParty({ name: 'Hospital' })
    const paper = await made.aSource({ title: 'Paper' })
    const register = await made.aSource({ title: 'Register', kind: 'official_document' })
    const attributions = [{ sourceId: paper.id, speakerId: ministry.id }]
    const carried = await decided({ attributions, evidence: [{ sourceId: register.id }] })
    const other = await decided({
      attributions,
      evidence: [{ sourceId: register.id }, { sourceId: (await made.aSource()).id }],
    })
    await editedSource(register.id, { publisher: 'Hospital' })
    expect(await now(carried)).toMatchObject({ cameIn: 'addition' })
    const answer = await editedSource(register.id, { publisher: 'Ministry of Truth' })
    expect(answer.status, answer.words).toBe(303)
    expect((await visit(ada, `/sources/${register.id}`)).words).toContain('One verdict is challenged')
    expect(await now(carried)).toMatchObject({ stage: 'decided', verdict: 'verified', cameIn: 'contradiction' })
    expect((await now(carried)).waitsSince).not.toBeNull()
    expect((await eventOf(carried)).body?.reason).toBe('The evidence no longer carries the verdict “Verified”.')
    expect(await now(other)).toMatchObject({ cameIn: 'addition' })
  })
})

describe('A verdict is challenged once its evidence no longer carries it', () => {
  test('as who stands behind the evidence is given as a speaker of the claim', async () => {
    const register = await made.aSource({
      title: 'Land register',
      publisherId: (await made.aParty({ name: 'Registry' })).id,
    })
    const [paper, ministry] = [await made.aSource(), await made.aParty({ name: 'Ministry of Land' })]
    const attributions = [{ sourceId: paper.id, speakerId: ministry.id }]
    const [added, handed, kept] = [
      await decided({ attributions, evidence: [{ sourceId: register.id }] }),
      await decided({ attributions, evidence: [{ sourceId: register.id }] }),
      await decided({ attributions, evidence: [{ sourceId: register.id }] }),
    ]
    const give = async (id: number, speaker: string) => {
      const { ref, revision } = await now(id)
      const said = { source: `#${paper.id}`, naming: 'named', position: 'asserts', speaker }
      const answer = await send(ada, `/claims/${ref}/attributions`, { revision, attributions: [said] })
      expect(answer.status, answer.words).toBe(303)
    }
    await give(added, 'Registry')
    expect(await now(added)).toMatchObject({ stage: 'decided', cameIn: 'contradiction' })
    expect((await eventOf(added)).body?.reason).toBe('The evidence no longer carries the verdict “Verified”.')
    await made.aParty({ name: 'Bystander' })
    await give(kept, 'Bystander')
    expect(await now(kept)).toMatchObject({ stage: 'decided', cameIn: 'addition' })
    expect((await eventOf(kept)).body?.reason).toBeNull()
    const { speakerId } = (await now(added)).attributions[1]!
    const duplicate = await made.aClaim({
      storyId: story.id,
      stage: 'submitted',
      attributions: [{ sourceId: paper.id, speakerId }],
    })
    const eve = await it.signIn('eve')
    const close = { because: 'duplicate', duplicateOf: (await now(handed)).ref, reason: 'The same.' }
    const fields = { revision: duplicate.revision, action: 'close', close }
    expect((await send(eve, `/claims/${duplicate.ref}/moves`, fields)).status).toBe(303)
    expect(await now(handed)).toMatchObject({ stage: 'decided', cameIn: 'contradiction' })
  })

  test('as a piece is added that makes two others one', async () => {
    const [paper, one, other, agency] = [
      await made.aSource(),
      await made.aSource(),
      await made.aSource(),
      await made.aSource(),
    ]
    for (const { id } of [one, other])
      await it.db.sourceLikeness.create({ data: { firstId: id, secondId: agency.id, by: 'text', share: 60 } })
    const ministry = await made.aParty({ name: 'Ministry of Health' })
    const told = (restsOnSourceId: number) => ({ sourceId: paper.id, basis: 'told_by' as const, restsOnSourceId })
    const claim = await decided({
      attributions: [{ sourceId: paper.id, speakerId: ministry.id }],
      evidence: [told(one.id), told(other.id)],
    })
    const { ref, revision } = await now(claim)
    const piece = { source: `#${paper.id}`, stance: 'supports', basis: 'told_by', restsOnSource: `#${agency.id}` }
    const answer = await send(ada, `/claims/${ref}/evidence`, { revision, ...piece })
    expect(answer.status, answer.words).toBe(303)
    expect(await now(claim)).toMatchObject({ stage: 'decided', cameIn: 'contradiction' })
  })
})

describe('A finding that was begun before', () => {
  test.each<[string, (party: number, source: number) => ReturnType<typeof editedParty>]>([
    ['its speaker became another', (party) => editedParty(party, { name: 'Somebody else entirely' })],
    ['its source became another', (_, source) => editedSource(source, { title: 'Something else entirely' })],
  ])('%s is not saved on who was not looked at', async (_, change) => {
    const [party, source] = [
      await made.aParty({ name: `Prosecutor ${_}` }),
      await made.aSource({ title: `Brief ${_}` }),
    ]
    const said = { sourceId: source.id, speakerId: party.id }
    const [other, another] = [await made.aSource(), await made.aParty({ name: `Court ${_}` })]
    const claim = await made.aClaim({
      storyId: story.id,
      stage: 'submitted',
      attributions: [said, { sourceId: other.id, speakerId: another.id }],
    })
    const eve = await it.signIn('eve')
    const { revision, attributions } = await now(claim.id)
    expect((await change(party.id, source.id)).status).toBe(303)
    const found = (at: number, own = revision) =>
      send(eve, `/claims/${claim.ref}/attributions/${attributions[at]!.id}/findings`, {
        revision: own,
        [`found${attributions[at]!.id}`]: { finding: 'confirmed_primary', findingNote: 'Seen on its page.' },
      })
    const answer = await found(0)
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('Seen on its page.')
    expect((await now(claim.id)).attributions[0]).toMatchObject({ finding: 'unchecked' })
    expect((await found(1)).status).toBe(303)
    expect((await found(0, (await now(claim.id)).revision)).status).toBe(303)
  })
})

describe('The database', () => {
  test('refuses another name of a party, and another title of a source, that keep a finding', async () => {
    const party = await made.aParty({ name: 'Akimat' })
    const source = await made.aSource({ title: 'Bulletin' })
    await made.aClaim({ attributions: [{ sourceId: source.id, speakerId: party.id, ...found() }] })
    const changed = (table: string, columns: string, id: number) =>
      it.database.pool.query(`with happened as (
        insert into event (subject, subject_id, revision, action, at, body_digest, previous_hash, hash)
        select '${table}', id, revision + 1, 'edited', now(), repeat('0', 64), last_hash, repeat('f', 64) from ${table} where id = ${id} returning id),
        body as (insert into event_body (event_id, salt) select id, '' from happened)
        update ${table} set ${columns}, revision = revision + 1, last_hash = repeat('f', 64) where id = ${id}`)
    await expect(changed('party', `name = 'The Akimat'`, party.id)).rejects.toThrow(/is about what it was before/)
    await expect(changed('source', `title = 'The Bulletin'`, source.id)).rejects.toThrow(/is about what it was before/)
  })
})

test('A party that speaks in more claims than one statement tells is told to all of them', async () => {
  const party = await made.aParty({ name: 'Speaker of thousands' })
  const source = await made.aSource()
  const given = { sourceId: source.id, speakerId: party.id, naming: 'named' as const, ...found() }
  const claims = await made.manyClaims(1100, () => ({ storyId: story.id, attributions: [given] }))
  const { revision, words } = await findPartyWords(it.db, party.id)
  const form = { ...words, name: 'Thousands', revision, somebodyElse: false, roles: [], intent: undefined }
  const outcome = await editParty(it.db, it.act('ada'), party.id, form)
  expect(outcome.kind).toBe('accepted')
  const ids = claims.map(({ id }) => id)
  expect(await it.db.claim.count({ where: { id: { in: ids }, revision: 2 } })).toBe(1100)
  expect(await it.db.attribution.count({ where: { speakerId: party.id, finding: 'unchecked' } })).toBe(1100)
  expect((await verifyHistory(it.database.exports)).faults).toEqual([])
})
