import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Prisma } from '../../prisma/client/client.ts'
import {
  answers,
  drainDocumentQueue,
  queueDocumentsOf,
  refreshDocuments,
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
    ['airport', "('airport':*)"],
    ['Almaty airp', "('almaty':*) & ('airp':*)"],
    ['"order restored"', "('order' <-> 'restored')"],
    ['"order rest', "('order' <-> 'rest')"],
    ['troops -left', "('troops':*) & !('left')"],
    ['Almaty - airport', "('almaty':*) & ('airport':*)"],
    ['a or b', "('a') | ('b')"],
    ['police/guards', "('police':* <-> 'guards':*)"],
    ['co-operation', "('co':* <-> 'operation':* | 'cooperation':*)"],
    ['Il-76', "('il':* <-> '76')"],
    ['9,900', "('9900' | '9' <-> '900')"],
    ['9 900', "('9900' | '9' <-> '900')"],
  ])('%s', (typed, query) => {
    expect(searchOf(typed)).toEqual({ query, runs: [] })
  })

  it.each([
    ['阿拉木图 airport', { query: "('airport':*)", runs: [{ text: '阿拉木图', isExcluded: false }] }],
    ['-ﾊﾟﾝﾀﾞ', { query: '', runs: [{ text: 'パンダ', isExcluded: true }] }],
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

  it.each([
    ['The police/guards opened fire.', ['guards', 'police', 'police/guards', 'guar']],
    ['Some 26-30 officers were hurt.', ['30', '26', '26-30', 'offic']],
    ['An Il-76 has landed.', ['76', 'il76', 'Il 76', 'il-76']],
    ['Printed at www.inform.kz today.', ['inform', 'inform.kz']],
    ['Some 9,900 people were held.', ['9900', '9,900', '9 900', '9.900', '٩٩٠٠']],
    ['Some 12 345 people were fined.', ['12,345', '12345', '12 345']],
    ['It took 1,00,000 rupees.', ['100000', '1,00,000']],
    ['The demon\u00adstra\u200btors left.', ['demonstrators', 'demonstr']],
    ['The anti-ter-\nrorist law.', ['terrorist', 'antiterrorist']],
    ['Łukasz met Øystein in Straße.', ['lukasz', 'oystein', 'strasse', 'Straße', 'STRASSE']],
    ['Işık wrote it.', ['isik', 'ışık', 'IŞIK']],
    ['قال علی کریم', ['علي', 'كريم']],
    ['The U.S. embassy closed.', ['u.s.', 'us', 'US emb']],
    ["People's Daily printed it.", ['peoples', "people's", 'people’s daily']],
    ['किरण ने कहा', ['किरण']],
    ['ＮＡＴＯ left.', ['nato']],
  ])('finds %s by any of its words', async (statement, searches) => {
    await made.aClaim({ statement })
    for (const typed of searches) expect(await found(typed), typed).toContain(statement)
  })

  it('takes a spaced hyphen for a dash, and one before a word for “without”', async () => {
    await made.aClaim({ statement: 'Almaty has an airport of its own.' })
    expect(await found('Almaty - airport')).toContain('Almaty has an airport of its own.')
    expect(await found('Almaty – airport')).toContain('Almaty has an airport of its own.')
    expect(await found('Almaty -airport')).not.toContain('Almaty has an airport of its own.')
  })

  it('tells apart what a number or a mark tells apart', async () => {
    await made.aClaim({ statement: 'Quota of 2,600 कि tonnes.' })
    for (const typed of ['quota 26', 'quota 260', 'quota की']) expect(await found(typed), typed).toEqual([])
    expect(await found('quota 2600')).toHaveLength(1)
  })

  it('finds every statement by each of its words', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('Ærø', '9,900', 'Il-76', 'a/b.c', 'naïve', 'Ёлка', '26–30', '½', 'U.N.', 'x²'), {
          minLength: 1,
          maxLength: 5,
        }),
        async (words) => {
          const statement = `Of ${words.join(' ')} it is said.`
          await made.aClaim({ statement })
          for (const word of words) expect(await found(word), word).toContain(statement)
        },
      ),
      { numRuns: 15 },
    )
  })

  it('writes all documents anew where they were folded by another version', async () => {
    await made.aClaim({ statement: 'Refolded statement.' })
    await database.db.$executeRaw`update claim_document set text = 'nothing'`
    await database.db.foldingVersion.update({ where: { id: 1 }, data: { documents: 0 } })
    expect(await refreshDocuments(database.db)).toBe(await database.db.claim.count())
    expect(await found('refolded')).toEqual(['Refolded statement.'])
    expect(await refreshDocuments(database.db)).toBe(0)
  })

  it('looks words up in the index', async () => {
    const plan = await database.db.$transaction(async (tx) => {
      await tx.$executeRaw`set local enable_seqscan = off`
      const search = searchOf('police/guards 9,900 alma')
      return tx.$queryRaw<{ 'QUERY PLAN': string }[]>(
        Prisma.sql`explain select from claim_document d where ${answers(search as NonNullable<typeof search>)}`,
      )
    })
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('claim_document_tsv_idx')
  })

  it('cuts what is longer than the index takes', async () => {
    const source = await made.aSource()
    const passage = Array.from({ length: 700 }, (_, at) => `w${at}x${'y'.repeat(1)}`).join(' ')
    const claim = await made.aClaim({
      statement: 'A very long claim.',
      attributions: Array.from({ length: 150 }, (_, at) => ({ sourceId: source.id, passage: `${passage} n${at}` })),
    })
    expect(claim.id).toBeGreaterThan(0)
    expect(await found('very long claim')).toEqual(['A very long claim.'])
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

  it('cuts a document whose words are more than can be searched, and finds the claim by its beginning', async () => {
    const passages = Array.from({ length: 150 }, (_, piece) =>
      Array.from({ length: 400 }, (_, at) => `word${piece}n${at}/x${piece}n${at}`).join(' '),
    )
    const source = await made.aSource()
    await made.manyClaims(1, () => ({
      statement: 'Boundless report',
      attributions: passages.map((passage) => ({ sourceId: source.id, passage })),
    }))
    expect(await found('boundless')).toEqual(['Boundless report'])
  })

  it('goes on where one claim’s document cannot be written, names that claim, and tries it again later', async () => {
    const claims = await made.manyClaims(3, (index) => ({ statement: `Stubborn ${index}` }))
    const [, stubborn] = claims
    const owner = database.ownerPool
    await owner.query(`create function refuse_stubborn() returns trigger language plpgsql as $$ begin
      if new.claim_id = ${stubborn?.id} then raise exception 'stubborn'; end if; return new; end $$`)
    await owner.query(
      'create trigger refuse_stubborn before update on claim_document for each row execute function refuse_stubborn()',
    )
    await database.db.claimDocumentQueue.createMany({ data: claims.map(({ id }) => ({ claimId: id })) })
    await expect(drainDocumentQueue(database.db)).rejects.toThrow(`claim ids ${stubborn?.id}`)
    expect(await database.db.claimDocumentQueue.findMany()).toMatchObject([{ claimId: stubborn?.id, failures: 1 }])
    expect(await drainDocumentQueue(database.db)).toBe(0)
    await owner.query('drop function refuse_stubborn() cascade')
    await database.db.claimDocumentQueue.updateMany({ data: { retryAt: new Date(0) } })
    expect(await drainDocumentQueue(database.db)).toBe(1)
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
