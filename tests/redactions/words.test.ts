import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Prisma } from '../../prisma/client/client.ts'
import { verifyHistory } from '../../src/history/verify.store.ts'
import { PLACES } from '../../src/redactions/columns-searched.ts'
import { mayHold } from '../../src/redactions/elsewhere.store.ts'
import { continueRedactions } from '../../src/redactions/everywhere.store.ts'
import { standsIn } from '../../src/redactions/words.ts'
import { givenSource } from '../sources/given.ts'
import { type Desk, desk, type Fields, send, visit } from '../support/app.ts'
import { build } from '../support/build.ts'

let it: Desk
let claim: { id: number; ref: string }

beforeAll(async () => {
  it = await desk()
  claim = await build(it.db, it.people.ada.id).aClaim({ stage: 'in_review' })
})
afterAll(() => it.close())

const form = { ground: 'personal_data', everywhere: 'yes', intent: 'redact' }
const codeIn = ({ text }: { text: string }) => /name="previewed" value="(\w+)"/.exec(text)?.[1] ?? ''
const ask = (fields: Fields) => send(it.as('mo'), '/admin/redactions', { ...form, ...fields })

async function confirmed(fields: Fields) {
  return ask({ ...fields, previewed: codeIn(await ask(fields)) })
}

async function aCapture(text: string) {
  const source = await givenSource(it, { title: 'Dispatch', text })
  return it.db.capture.findFirstOrThrow({ where: { sourceId: source } })
}

async function textOf(id: number) {
  return (await it.db.capture.findUniqueOrThrow({ where: { id } })).text
}

describe('Words that are redacted', () => {
  test.each([
    ['with a line end between them', 'Anna Kim. Anna\nKim.'],
    ['with a no-break space, in other case', 'Anna Kim. ANNA\u00a0KIM.'],
    ['with a soft hyphen in them', 'Anna Kim. An\u00adna Kim.'],
    ['with a hyphen at a line’s end', 'Anna Kim. An-\nna Kim.'],
    ['with an invisible character', 'Anna Kim. Anna\u200b Kim.'],
  ])('go %s too', async (_, text) => {
    const capture = await aCapture(text)
    expect((await confirmed({ capture: capture.id, words: 'Anna Kim', everywhere: '' })).status).toBe(303)
    expect(await textOf(capture.id)).toMatch(/^▮{8}\. ▮+\.$/)
  })

  test('stay inside longer words, unless that is ticked', async () => {
    const capture = await aCapture('Anna Kim met Anna Kimova.')
    expect((await confirmed({ capture: capture.id, words: 'Anna Kim', everywhere: '' })).status).toBe(303)
    expect(await textOf(capture.id)).toBe('▮▮▮▮▮▮▮▮ met Anna Kimova.')
    const again = { capture: capture.id, words: 'Anna Kim', everywhere: '', insideWords: 'yes' }
    expect((await confirmed(again)).status).toBe(303)
    expect(await textOf(capture.id)).toBe('▮▮▮▮▮▮▮▮ met ▮▮▮▮▮▮▮▮ova.')
  })

  test('are not repeated in the note that everybody reads', async () => {
    const capture = await aCapture('Bela Novak spoke.')
    const answer = await ask({ capture: capture.id, words: 'Bela Novak', groundNote: 'asked for by BELA  NOVAK' })
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('This repeats the words that are to go.')
  })
})

describe('What a redaction would empty', () => {
  test('is shown in numbers first, and again when these have changed', async () => {
    const capture = await aCapture('Order was the word. The end.')
    const first = await ask({ capture: capture.id, words: 'the word' })
    expect(first.status).toBe(200)
    expect(first.words).toContain('Once in this text.')
    expect(first.words).toContain('Redact all of this')
    expect(await textOf(capture.id)).toContain('the word')
    await aCapture('Another text with the word.')
    const stale = await ask({ capture: capture.id, words: 'the word', previewed: codeIn(first) })
    expect(stale.status).toBe(409)
    expect(stale.words).toContain('1 text of a source')
    expect(await it.db.redactionProposal.count({ where: { captureId: capture.id } })).toBe(0)
    expect((await ask({ capture: capture.id, words: 'the word', previewed: codeIn(stale) })).status).toBe(303)
  })

  test('names comments, tags, saved views, notes of findings and people, and empties what is no history', async () => {
    const secret = 'Zoran Mlakar'
    const capture = await aCapture(`It was ${secret}.`)
    const { db } = it
    const at = new Date()
    const comment = await db.comment.create({
      data: { claimId: claim.id, authorId: it.people.ada.id, text: `Ask Zoran\u00a0MLAKAR’s office.`, at },
    })
    const tag = await db.tag.create({ data: { name: 'zoran mlakar' } })
    const view = await db.savedView.create({
      data: {
        ownerId: it.people.eve.id,
        list: 'claims',
        name: `On ${secret}`,
        query: 'q=Zoran+Mlakar&stage=draft',
        madeAt: at,
      },
    })
    await db.request.create({
      data: {
        actorId: it.people.ada.id,
        id: 'a-request-with-words',
        digest: 'x',
        outcome: { path: '/', flash: { text: `${secret} is added.` } },
      },
    })
    const saidBy = { saidById: it.people.eve.id, saidAt: at }
    await db.sourceApart.create({
      data: { firstId: capture.sourceId, secondId: 999, reason: `${secret} says so`, ...saidBy },
    })
    const looked = await ask({ capture: capture.id, words: secret, intent: 'look' })
    expect(looked.words).toContain(`Source #${capture.sourceId}: why it is told apart from another`)
    expect(looked.words).toContain(`Claim ${claim.ref}: a comment`)
    expect(looked.words).toContain('1 comment')
    expect(looked.words).toContain('1 tag')
    expect(looked.words).toContain('1 saved view')
    const answer = await confirmed({ capture: capture.id, words: secret })
    expect(answer.status, answer.words).toBe(303)
    await continueRedactions(db)
    expect((await db.comment.findUniqueOrThrow({ where: { id: comment.id } })).text).toBe('Ask ▮▮▮▮▮▮▮▮▮▮▮▮’s office.')
    expect((await db.tag.findUniqueOrThrow({ where: { id: tag.id } })).name).toBe(`▮▮▮▮▮▮▮▮▮▮▮▮ ${tag.id}`)
    expect(await db.savedView.findUniqueOrThrow({ where: { id: view.id } })).toMatchObject({ query: '' })
    const request = await db.request.findFirstOrThrow({ where: { id: 'a-request-with-words' } })
    expect(request).toMatchObject({ outcome: null, digest: '' })
    const page = await visit(it.as('mo'), answer.headers.location ?? '')
    expect(page.words).toContain('1 comment, 1 tag, 1 saved view')
    const proposal = await db.redactionProposal.findFirstOrThrow({ orderBy: { id: 'desc' } })
    expect(proposal.words).toEqual([])
    expect(proposal.finishedAt).not.toBeNull()
  })

  test('goes on where it was when it was stopped, and ends', async () => {
    const secret = 'Lena Ortiz'
    const made = build(it.db, it.people.ada.id)
    const source = await made.aSource({ title: 'Many' })
    const captures = []
    for (let n = 0; n < 110; n += 1) captures.push(await made.aCapture(source.id, `${n}: ${secret}.`))
    const [first] = captures
    const fields = { capture: first?.id ?? 0, words: secret }
    const { redactionProposal } = it.db
    expect((await ask(fields)).words).toContain('109 texts of sources')
    expect((await confirmed(fields)).status).toBe(303)
    // Whatever the answer did not wait for is done by the next that goes on.
    while (await redactionProposal.count({ where: { outcome: 'alone', finishedAt: null } }))
      await continueRedactions(it.db, 200)
    const { rows } = await it.database.pool.query(
      `select count(*)::int as count from capture where text like '%Ortiz%'`,
    )
    expect(rows[0]?.count).toBe(0)
    expect((await verifyHistory(it.database.exports)).faults).toEqual([])
  })
})

/** Text columns in which no words of the record stand, each with the reason. */
const NOT_SEARCHED: Record<string, string> = {
  'account.password_hash': 'a hash',
  'account.time_zone': 'a name of the tz database',
  'account.theme': 'one of three words',
  'account.density': 'one of two words',
  'attribution.said_on': 'a date',
  'attribution.original_language': 'a code',
  'capture.sha256': 'a digest, renewed with the text',
  'claim.ref': 'a reference',
  'claim.language': 'a code',
  'claim.occurred_on': 'a date',
  'claim.recheck_on': 'a date',
  'claim.figure_as_of': 'a date',
  'claim_document.text': 'made anew from what it repeats',
  'claim_document.tsv': 'made anew from what it repeats',
  'decision.findings': 'findings by numbers of attributions',
  'event.action': 'a word of the application',
  'event.body_digest': 'a salted digest, whose salt goes with the redaction',
  'left_out_column.table_name': 'a name of the schema',
  'left_out_column.column_name': 'a name of the schema',
  'left_out_column.only_as': 'a word of the application',
  'left_out_column.why': 'a reason of the application',
  'recorded_state.digest': 'a digest of a row as it was recorded, renewed with it',
  'event.request_id': 'a random number',
  'event_body.salt': 'a random number',
  'party.folded': 'the name again, made anew with it',
  'party.wikidata_id': 'a number of Wikidata',
  'party_alias.folded': 'the other name again, made anew with it',
  'party_role.from_date': 'a date',
  'party_role.to_date': 'a date',
  'rate_limit.key': 'an address of the network or a number, for minutes',
  'redaction.ground_note': 'for everybody to read; a form that repeats the words in it is refused',
  'redaction_proposal.ground_note': 'for everybody to read; a form that repeats the words in it is refused',
  'redaction_proposal.answer': 'why not: what is declined stays',
  'redaction_proposal.words': 'the words themselves, until it is finished',
  'redaction_proposal.progress': 'numbers',
  'request.id': 'a random number',
  'request.digest': 'a salted digest, emptied with the outcome',
  'saved_view.list': 'one of two words',
  'session.user_agent': 'what a browser says of itself',
  'setting.key': 'a word of the application',
  'source.published_on': 'a date',
  'source.language': 'a code',
  'source_key.address': 'made anew from the addresses of the source',
  'source_key.near': 'made anew from the addresses of the source',
  'source_key.archived_copy': 'made anew from the addresses of the source',
  'story.code': 'the part of references before the hyphen',
  'story.time_zone': 'a name of the tz database',
}

test('Every text column is looked through, or a reason is written why not', async () => {
  const { rows } = await it.database.ownerPool.query<{ name: string }>(
    `select c.table_name || '.' || c.column_name as name from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.table_name not like '\\_prisma%'
       and (c.data_type in ('text', 'json', 'jsonb', 'character varying', 'tsvector')
         or (c.data_type = 'ARRAY' and c.udt_name = '_text'))
       and c.column_name !~ '(^|_)hash$'
     order by 1`,
  )
  const searched = new Set(
    PLACES.flatMap(({ table, columns }) => Object.keys(columns).map((name) => `${table}.${name}`)),
  )
  const names = rows.map(({ name }) => name)
  expect(names.filter((name) => !searched.has(name) && !NOT_SEARCHED[name])).toEqual([])
  expect(
    [...searched, ...Object.keys(NOT_SEARCHED)].filter((name) => !names.includes(name) && !name.endsWith('hash')),
  ).toEqual([])
})

test('The quick look of the database misses no text that holds the words', async () => {
  const letters = [
    'a',
    'n',
    'F',
    'i',
    'K',
    'Ж',
    'ё',
    ' ',
    '\n',
    '-',
    '\u00ad',
    '\u00a0',
    '\u200b',
    'ﬁ',
    'Ａ',
    '𝐚',
    'ı',
    'İ',
    '’',
    "'",
    'K',
    'ſ',
    '\u0301',
    '—',
    '3',
    '³',
  ]
  const unit = fc.constantFrom(...letters)
  const cases = fc.sample(
    fc.record({
      words: fc.constantFrom('anna fi', 'kim', 'Жёа', "nan'a", 'fi-fi', 'aka 333'),
      between: fc.array(unit, { maxLength: 3 }),
      around: fc.string({ unit, maxLength: 6 }),
    }),
    1500,
  )
  const texts = cases.flatMap(({ words, between, around }) => {
    const broken = [...words].map((letter, index) => letter + (index % 2 ? '' : between.join(''))).join('')
    const forms = [broken, broken.toUpperCase(), words.replaceAll('fi', 'ﬁ'), JSON.stringify(broken).slice(1, -1)]
    return forms.map((form) => ({ words, text: `${around} ${form} ${around}` }))
  })
  const held = texts.filter(({ words, text }) => standsIn(text, { words: [words], insideWords: true }))
  expect(held.length).toBeGreaterThan(200)
  for (const words of new Set(held.map((one) => one.words))) {
    const some = held.filter((one) => one.words === words)
    const found = await it.db.$queryRaw<{ at: bigint }[]>`
      select at from unnest(${some.map(({ text }) => text)}::text[]) with ordinality as given(text, at)
      where not ${mayHold(Prisma.sql`given.text`, { words: [words] })}`
    expect(found.map(({ at }) => some[Number(at) - 1])).toEqual([])
  }
})
