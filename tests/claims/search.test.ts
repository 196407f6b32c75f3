import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Prisma } from '../../prisma/client/client.ts'
import {
  answers,
  drainDocumentQueue,
  queueDocumentsOf,
  similarClaims,
  writeDocuments,
  writeDocumentsOfSource,
} from '../../src/claims/search.store.ts'
import { searchOf } from '../../src/claims/search.ts'
import { clock, record } from '../../src/history/store.ts'
import { containing, unfitness } from '../../src/text.ts'
import { type Builder, build } from '../support/build.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { makePeople, type People } from '../support/people.ts'

describe('what somebody typed', () => {
  it.each([
    ['airport', { words: 'airport', before: '', beginning: 'airport', runs: [] }],
    ['almaty airp', { words: 'almaty airp', before: 'almaty', beginning: 'airp', runs: [] }],
    ['"order restored"', { words: '"order restored"', before: '"order restored"', beginning: null, runs: [] }],
    ['"order rest', { words: '"order rest', before: '"order rest', beginning: null, runs: [] }],
    ['troops -left', { words: 'troops -left', before: 'troops -left', beginning: null, runs: [] }],
    ['阿拉木图 airport', { words: 'airport', before: '', beginning: 'airport', runs: ['阿拉木图'] }],
    ['阿拉木图', { words: '', before: '', beginning: null, runs: ['阿拉木图'] }],
  ])('%s', (typed, expected) => {
    expect(searchOf(typed)).toEqual(expected)
  })

  it('may hold nothing to look for', () => {
    expect(searchOf('  -- !! ')).toBeNull()
  })

  it('is looked for as it stands, signs of patterns included', () => {
    expect(containing('100%_\\')).toBe('%100\\%\\_\\\\%')
  })
})

describe('search', () => {
  let database: TestDatabase
  let people: People
  let made: Builder
  beforeAll(async () => {
    database = await testDatabase()
    people = await makePeople(database.db)
    made = build(database.db, people.ada.id)
  })
  afterAll(() => database.close())

  async function found(typed: string): Promise<string[]> {
    const search = searchOf(typed)
    if (!search) return []
    const rows = await database.db.$queryRaw<{ statement: string }[]>(Prisma.sql`
      select c.statement from claim c join claim_document d on d.claim_id = c.id where ${answers(search)} order by c.id`)
    return rows.map(({ statement }) => statement)
  }

  it('finds a claim by its words, its passage, its reference, its place and the names of all who take part, in any script', async () => {
    const president = await made.aParty({
      name: 'Kassym-Jomart Tokáyev',
      kind: 'person',
      aliases: ['Касым-Жомарт Токаев', '托卡耶夫'],
    })
    const tass = await made.aParty({ name: 'TASS', aliases: ['ТАСС'] })
    const courier = await made.aParty({ name: 'The Courier' })
    const story = await made.aStory({ code: 'KZ' })
    const source = await made.aSource({ publisherId: courier.id })
    await made.aClaim({
      storyId: story.id,
      statement: 'Order has been restored.',
      place: 'Almaty',
      attributions: [
        {
          sourceId: source.id,
          speakerId: president.id,
          relays: [tass.id],
          passage: 'order had “basically” been restored',
        },
        { sourceId: source.id, speakerAsPrinted: 'an unnamed correspondent' },
      ],
    })
    for (const typed of [
      'order',
      'ORDER RESTORED',
      'rest',
      'KZ-1',
      'almaty',
      'basically',
      '"been restored"',
      'Tokayev',
      'Tokáyev',
      'Токаев',
      'токаев',
      'тасс',
      '托卡耶夫',
      '卡耶',
      'courier tokay',
      'correspondent',
    ])
      expect(await found(typed), typed).toEqual(['Order has been restored.'])
    for (const typed of ['disorder', 'order -restored', '"restored been"', '托洛茨基'])
      expect(await found(typed), typed).toEqual([])
  })

  it('answers whatever is typed, without a fault', async () => {
    const signs = fc.constantFrom(
      ...'"\'\\:*&|!()<>-% _',
      'or',
      'a',
      'ж',
      '字',
      '²',
      '½',
      '\u0301',
      '\u200d',
      '😀',
      '٣',
    )
    const anything = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.string({ unit: signs, maxLength: 12 }))
    await fc.assert(
      fc.asyncProperty(anything, async (typed) => {
        if (!unfitness(typed)) await found(typed)
      }),
      { numRuns: 300, examples: [['⑴ܐ'], ['a½'], ['x㈱']] },
    )
  })

  it('finds no claim by the words of a private source, from the moment it is private', async () => {
    const source = await made.aSource()
    const claim = await made.aClaim({
      statement: 'A convoy has left.',
      attributions: [{ sourceId: source.id, passage: 'the whistleblower memorandum', speakerAsPrinted: 'a colonel' }],
    })
    expect(await found('memorandum')).toHaveLength(1)
    await database.db.$transaction(async (tx) => {
      const kept = await record(tx, null, await clock(tx), 'source', source, { action: 'edited' })
      await tx.source.update({ where: { id: source.id }, data: { ...kept, isPrivate: true } })
      await writeDocumentsOfSource(tx, source.id)
    })
    expect([...(await found('memorandum')), ...(await found('colonel'))]).toEqual([])
    await database.db.$transaction((tx) => writeDocuments(tx, [claim.id]))
    expect(await found('memorandum')).toEqual([])
    expect(await found('convoy')).toHaveLength(1)
  })

  it('finds claims by a new alias once the queue is drained, in any number of claims', async () => {
    const party = await made.aParty({ name: 'Ministry of Emergencies' })
    const source = await made.aSource()
    await made.manyClaims(3, (index) => ({
      statement: `Emergency ${index}`,
      attributions: [{ sourceId: source.id, speakerId: party.id }],
    }))
    await database.db.$transaction(async (tx) => {
      const kept = await record(tx, null, await clock(tx), 'party', party, { action: 'edited' })
      await tx.party.update({ where: { id: party.id }, data: kept })
      await tx.partyAlias.create({ data: { partyId: party.id, alias: 'МЧС', folded: 'мчс' } })
      await queueDocumentsOf(tx, party.id)
      await queueDocumentsOf(tx, party.id)
    })
    expect(await found('мчс')).toEqual([])
    expect(await drainDocumentQueue(database.db)).toBe(3)
    expect(await found('мчс')).toEqual(['Emergency 0', 'Emergency 1', 'Emergency 2'])
    expect(await drainDocumentQueue(database.db)).toBe(0)
  })

  it('writes the documents of a hundred claims in as many statements as those of one', async () => {
    const one = await made.manyClaims(1, () => ({}))
    const many = await made.manyClaims(100, () => ({}))
    const write = (claims: { id: number }[]) =>
      database.countQueries(() =>
        database.db.$transaction((tx) =>
          writeDocuments(
            tx,
            claims.map(({ id }) => id),
          ),
        ),
      )
    expect(await write(many)).toBe(await write(one))
  })

  it('shows similar claims of the story with the reason, and none of another story', async () => {
    const story = await made.aStory({ code: 'SIM' })
    const source = await made.aSource()
    const passage = 'at least 26 protesters were “liquidated” and 18 security personnel died'
    const attributions = [{ sourceId: source.id, passage }]
    const figure = (figureLow: number) => ({ figureComparator: 'at_least' as const, figureLow })
    const [mine] = await made.manyClaims(1, () => ({
      storyId: story.id,
      statement: 'At least 26 protesters were killed in Almaty.',
      attributions,
      ...figure(26),
    }))
    await made.manyClaims(1, () => ({
      storyId: story.id,
      statement: 'Eighteen security personnel died.',
      attributions,
    }))
    await made.manyClaims(1, () => ({
      storyId: story.id,
      statement: 'At least 26 protesters were killed in Almaty today.',
      ...figure(26),
    }))
    await made.manyClaims(1, () => ({
      storyId: story.id,
      statement: 'At least 44 protesters were killed in Almaty.',
      ...figure(44),
    }))
    await made.manyClaims(1, () => ({ storyId: story.id, statement: 'No protesters were killed in Almaty.' }))
    await made.manyClaims(1, () => ({ storyId: story.id, statement: 'Nine transports landed at the airport.' }))
    await made.aClaim({ statement: 'At least 26 protesters were killed in Almaty.' })
    const similar = await similarClaims(database.db, mine?.id ?? 0, true)
    expect(similar.map(({ statement, reason, looksSame }) => ({ statement, reason, looksSame }))).toEqual([
      {
        statement: 'At least 26 protesters were killed in Almaty today.',
        reason: 'shares protesters, killed, Almaty; same figure',
        looksSame: true,
      },
      {
        statement: 'At least 44 protesters were killed in Almaty.',
        reason: 'shares protesters, killed, Almaty; but another number',
        looksSame: false,
      },
      {
        statement: 'No protesters were killed in Almaty.',
        reason: expect.stringMatching(/^shares protesters, killed, Almaty; .*but one of them says no$/),
        looksSame: false,
      },
      {
        statement: 'Eighteen security personnel died.',
        reason: expect.stringContaining('same passage of the same source'),
        looksSame: false,
      },
    ])
  })
})
