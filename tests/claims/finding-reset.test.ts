import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Agent, type Desk, desk, type Fields, send, visit } from '../support/app.ts'
import { type Builder, build } from '../support/build.ts'

let it: Desk
let made: Builder
let story: { id: number }
let eve: Agent
let claim: { id: number; ref: string }
let attribution: { id: number }
let agency: { id: number }

const STATEMENT = 'Order has been restored in Almaty.'

beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
  story = await made.aStory({ code: 'KZ' })
  await made.aSource({ title: 'Dispatch' })
  agency = await made.aSource({ title: 'Agency report' })
  await made.aParty({ name: 'Interior Ministry' })
  await made.aParty({ name: 'The Office' })
  eve = await it.signIn('eve')
})
afterAll(() => it.close())

const SAID: Fields = {
  source: 'Dispatch',
  naming: 'named',
  position: 'asserts',
  speaker: 'Interior Ministry',
  speakerAsPrinted: 'the ministry',
  relays: [{ party: 'The Office' }],
  cue: 'said',
  passage: 'Order has been restored, the ministry said.',
  quote: 'restored',
  speech: 'partial',
  saidOn: '2022-01-07',
}

const FOUND: Fields = {
  finding: 'confirmed_primary',
  findingNote: 'Seen on the ministry’s page.',
  findingUrl: 'https://ministry.example/1',
  originalWords: 'тәртіп орнады',
  originalLanguage: 'kk',
}

beforeEach(async () => {
  claim = await record()
  await find()
})

async function record(own: Fields = {}) {
  const said = { ...SAID, ...own }
  const answer = await send(it.as('ada'), '/claims', { story: story.id, statement: STATEMENT, attributions: [said] })
  expect(answer.status, answer.words).toBe(303)
  const newest = await it.db.claim.findFirstOrThrow({ orderBy: { id: 'desc' }, include: { attributions: true } })
  attribution = newest.attributions[0]!
  return newest
}

async function find(own: Fields = {}) {
  const { revision } = await now()
  const fields = { revision, [`found${attribution.id}`]: { ...FOUND, ...own } }
  const answer = await send(eve, `/claims/${claim.ref}/attributions/${attribution.id}/findings`, fields)
  expect(answer.status, answer.words).toBe(303)
}

const now = () =>
  it.db.claim.findUniqueOrThrow({
    where: { id: claim.id },
    include: { attributions: { orderBy: { ordinal: 'asc' } } },
  })

/** Edits the claim with its attribution as the form shows it, but for what is given. */
async function edit(said: Fields, own: Fields = {}) {
  const { revision, attributions } = await now()
  const { originalWords, originalLanguage } = attributions[0]!
  const held = { originalWords: originalWords ?? '', originalLanguage: originalLanguage ?? '' }
  const answer = await send(eve, `/claims/${claim.ref}/edits`, {
    revision,
    statement: STATEMENT,
    attributions: [{ ...SAID, ...held, id: attribution.id, ...said }],
    ...own,
  })
  expect(answer.status, answer.words).toBe(303)
}

const CONFIRMED = {
  finding: 'confirmed_primary',
  findingNote: FOUND.findingNote,
  findingUrl: FOUND.findingUrl,
  originalWords: FOUND.originalWords,
  formerFinding: null,
}

const TAKEN_BACK = {
  finding: 'unchecked',
  findingNote: null,
  findingUrl: null,
  foundById: null,
  foundAt: null,
  originalWords: null,
  originalLanguage: null,
  wordsFound: false,
  formerFinding: 'confirmed_primary',
}

describe('A finding', () => {
  test.each<[string, Fields]>([
    ['source', { source: 'Agency report' }],
    ['speaker', { speaker: 'The Office' }],
    ['speaker as printed', { speakerAsPrinted: 'the office' }],
    ['naming', { naming: 'described', speaker: '' }],
    ['position', { position: 'denies' }],
    ['passage', { passage: 'Order has not been restored, the ministry said.' }],
    ['quoted words', { quote: 'been restored' }],
    ['original words, which came with it', { originalWords: 'басқа сөздер' }],
  ])('is taken back when an edit changes the %s of its attribution', async (_, said) => {
    await edit(said)
    const [after] = (await now()).attributions
    const kept = said.originalWords ? { originalWords: said.originalWords, originalLanguage: 'kk' } : {}
    expect(after).toMatchObject({ ...TAKEN_BACK, ...kept, formerFoundById: it.people.eve.id })
    const page = await visit(eve, `/claims/${claim.ref}`)
    expect(page.words).toContain('Attribution 1 was confirmed from the original statement, by Eve')
    expect(page.words).toMatch(
      /Was confirmed from the original statement, by Eve .* before the attribution was changed on .*: check again\./,
    )
  })

  test.each<[string, Fields, Fields]>([
    ['cue', { cue: 'announced' }, {}],
    ['hedges', { hedges: 'reportedly' }, {}],
    ['relays, where it was not confirmed through one', { relays: [] }, {}],
    ['date', { saidOn: '2022-01-08' }, {}],
    ['occasion', { occasion: 'in an address' }, {}],
    ['statement, where the source’s words are held', {}, { statement: 'Order is restored in Almaty.' }],
    ['figure', {}, { figure: { comparator: 'stated', low: '1', wording: 'one' } }],
  ])('stays when an edit changes only the %s', async (_, said, own) => {
    await edit(said, own)
    expect((await now()).attributions[0]).toMatchObject(CONFIRMED)
    expect((await visit(eve, `/claims/${claim.ref}`)).words).not.toContain('check again')
  })

  test('that was confirmed through a relay is taken back with the relay', async () => {
    await find({ finding: 'confirmed_relayed' })
    await edit({ relays: [] })
    expect((await now()).attributions[0]).toMatchObject({ ...TAKEN_BACK, formerFinding: 'confirmed_relayed' })
  })

  test('is taken back with the statement where no words of the source are held', async () => {
    claim = await record({ passage: '', quote: '', speech: '' })
    await find()
    await edit({ passage: '', quote: '', speech: '' }, { statement: 'Order has not been restored in Almaty.' })
    expect((await now()).attributions[0]).toMatchObject(TAKEN_BACK)
  })

  test('goes without the original words that the attribution had before it', async () => {
    claim = await record({ originalWords: 'порядок восстановлен', originalLanguage: 'ru' })
    await find({ originalWords: '', originalLanguage: '' })
    await edit({ position: 'denies' })
    const words = { originalWords: 'порядок восстановлен', originalLanguage: 'ru' }
    expect((await now()).attributions[0]).toMatchObject({ ...TAKEN_BACK, ...words })
  })

  test('that was taken back stands in the event of the edit, as it was', async () => {
    await edit({ position: 'denies' })
    const event = await it.db.event.findFirstOrThrow({
      where: { subject: 'claim', subjectId: claim.id },
      orderBy: { revision: 'desc' },
      include: { body: true },
    })
    expect(event.body?.before).toMatchObject({ findings: [{ ...FOUND, foundById: it.people.eve.id }] })
    expect(event.body?.after).toMatchObject({ findings: [{ id: attribution.id, finding: 'unchecked' }] })
    const history = (await visit(it.as('rae'), `/claims/${claim.ref}/history`)).words
    expect(history).toContain('Seen on the ministry’s page.')
  })

  test('given anew needs no other check, and stays when the same words are saved again', async () => {
    await edit({ position: 'denies' })
    await find({ finding: 'not_found' })
    expect((await now()).attributions[0]).toMatchObject({ finding: 'not_found', formerFinding: null })
    await edit({ position: 'denies', originalWords: FOUND.originalWords!, cue: 'denied' })
    expect((await now()).attributions[0]).toMatchObject({ finding: 'not_found', formerFinding: null })
  })

  test('is not kept by an attribution that one form changes and changes back', async () => {
    const { revision } = await now()
    const other = { ...SAID, id: attribution.id, position: 'denies' }
    const fields = { revision, statement: STATEMENT, attributions: [other, { ...SAID, id: attribution.id }] }
    const answer = await send(eve, `/claims/${claim.ref}/edits`, fields)
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('stands twice in this form')
    expect((await now()).attributions[0]).toMatchObject(CONFIRMED)
  })

  test('of one attribution is taken back, and that of another stays', async () => {
    const { revision } = await now()
    await send(eve, `/claims/${claim.ref}/attributions`, {
      revision,
      attributions: [{ source: `#${agency.id}`, naming: 'unstated', position: 'asserts' }],
    })
    const second = (await now()).attributions[1]!
    const held = { originalWords: FOUND.originalWords!, originalLanguage: 'kk' }
    const { revision: latest } = await now()
    await send(eve, `/claims/${claim.ref}/edits`, {
      revision: latest,
      statement: STATEMENT,
      attributions: [
        { ...SAID, ...held, id: attribution.id },
        { id: second.id, source: `#${agency.id}`, naming: 'unstated', position: 'withdraws' },
      ],
    })
    expect((await now()).attributions).toMatchObject([CONFIRMED, { finding: 'unchecked', formerFinding: null }])
  })
})

describe('The database', () => {
  const inOne = async (...statements: string[]) => {
    const client = await it.database.pool.connect()
    try {
      await client.query('begin')
      for (const statement of [told(), ...statements]) await client.query(statement)
      await client.query('commit')
    } finally {
      await client.query('rollback').catch(() => {})
      client.release()
    }
  }
  // An event of a new revision, without which nothing recorded changes at all.
  const told = () => `
    with told as (
      insert into event (subject, subject_id, revision, action, at, body_digest, previous_hash, hash)
      select 'claim', id, revision + 1, 'edited', now(), repeat('a', 64), last_hash, encode(sha256(random()::text::bytea), 'hex')
      from claim where id = ${claim.id} returning subject_id, revision, hash)
    update claim set revision = told.revision, last_hash = told.hash from told where claim.id = told.subject_id`
  const set = (columns: string) => `update attribution set ${columns} where id = ${attribution.id}`

  test.each([
    ['position', `position = 'denies'`],
    ['speaker', `speaker_id = null, naming = 'unclear'`],
    ['source', `source_id = (select max(id) from source)`],
    ['passage', `passage = 'Other words.'`],
    ['quoted words', 'quote = null'],
  ])('refuses a change of the %s that keeps the finding', async (_, columns) => {
    await expect(inOne(set(columns))).rejects.toThrow(/its finding is about what it said before/)
    const back = `finding = 'unchecked', found_by_id = null, found_at = null`
    await expect(
      inOne(
        set(back),
        set(columns),
        set(`finding = 'confirmed_primary', found_by_id = ${it.people.eve.id}, found_at = now() - interval '1 minute'`),
      ),
    ).rejects.toThrow(/its finding is about what it said before/)
    await inOne(set(columns), set(back))
  })

  test('lets a finding be given on the new words in the same transaction', async () => {
    const found = `finding = 'not_found', found_by_id = ${it.people.eve.id}, found_at = clock_timestamp()`
    await inOne(set(`position = 'denies'`), set(found))
    expect((await now()).attributions[0]).toMatchObject({ finding: 'not_found', position: 'denies' })
  })

  test('lets what a finding is not about change', async () => {
    await inOne(set(`cue = 'announced'`))
    expect((await now()).attributions[0]).toMatchObject({ finding: 'confirmed_primary', cue: 'announced' })
  })
})
