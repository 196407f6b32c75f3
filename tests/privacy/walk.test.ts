import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FIELDS_OF_CLAIM } from '../../src/privacy/event.ts'
import { addressesOf } from '../hostile/walk.ts'
import { type Agent, type Desk, desk } from '../support/app.ts'
import { routesOf } from '../support/routes.ts'
import { ALSO, MARKED, markOf, plantedRecord, SEEN_BY_REPORTERS } from './record.ts'

/** Columns of which no value at all may be shown to anybody. */
const NEVER_SHOWN: Readonly<Record<string, string>> = {
  'account.password_hash': 'select password_hash from account where password_hash is not null',
  'invitation.token_hash': 'select token_hash from invitation',
  'session.token_hash': 'select token_hash from session',
  'event_body.salt': "select salt from event_body where salt <> ''",
  'request.digest': "select digest from request where digest <> ''",
  'request.id': 'select id from request',
  'capture.sha256': 'select c.sha256 from capture c join source s on s.id = c.source_id where s.is_private',
}

/** Columns whose values are made of the marked ones: they hold marks, and are masked as they are read. */
const HOLDING = ['decision.seal', 'event_body.before', 'event_body.after'] as const

/** Columns that search looks through, and so hold no mark. */
const SEARCHED = ['claim_document.text', 'claim_document.tsv'] as const

const CHAIN = 'A digest, which the public history shows or may show.'
const DESK = 'Words of the desk itself, which everybody signed in may read.'
const OF_PUBLIC = 'It describes what is public: a date or a code, which tells nothing of the words.'
const ADMIN = 'Only admins reach it, and it holds no words of a source.'

/** Text columns that may be shown to everybody signed in, each with the reason. */
const PUBLIC: Readonly<Record<string, string>> = {
  'account.name': DESK,
  'account.time_zone': 'Shown to its owner.',
  'account.theme': 'Shown to its owner.',
  'account.density': 'Shown to its owner.',
  'account.last_hash': CHAIN,
  'rate_limit.key': 'Never read by a page.',
  'setting.key': DESK,
  'setting.value': DESK,
  'setting.last_hash': CHAIN,
  'story.code': DESK,
  'story.title': DESK,
  'story.summary': DESK,
  'story.time_zone': DESK,
  'story.last_hash': CHAIN,
  'question.wording': DESK,
  'question.measure': DESK,
  'question.population': DESK,
  'question.place': DESK,
  'question.period': DESK,
  'question.unit': DESK,
  'question.last_hash': CHAIN,
  'relation.note': DESK,
  'party.wikidata_id': 'Hidden with its party.',
  'party.last_hash': CHAIN,
  'party_role.from_date': 'Hidden with its party.',
  'party_role.to_date': 'Hidden with its party.',
  'source.published_on': 'Hidden with its source.',
  'source_key.address': 'Hidden with its source: its address as it is compared.',
  'source_key.archived_copy': 'Hidden with its source.',
  'source_key.near': 'Hidden with its source.',
  'source_apart.reason': 'The reasons of editors.',
  'source.language': OF_PUBLIC,
  'source.last_hash': CHAIN,
  'claim.ref': DESK,
  'claim.statement': 'The desk’s own sentence.',
  'claim.language': DESK,
  'claim.occurred_on': DESK,
  'claim.place': DESK,
  'claim.proposal': 'The reasons of editors, which everybody signed in may read.',
  'claim.figure_as_of': OF_PUBLIC,
  'claim.recheck_on': DESK,
  'claim.last_hash': CHAIN,
  'attribution.original_language': OF_PUBLIC,
  'attribution.said_on': 'Who said it and when stays, by rule.',
  'decision.rationale': 'The reasons of editors, which everybody signed in may read.',
  'decision.findings': 'Findings by number.',
  'decision.override_reason': 'The reasons of editors.',
  'decision.reply_sought': 'The reasons of editors.',
  'decision.change_note': 'The reasons of editors.',
  'event.action': DESK,
  'event.request_id': 'Never read by a page.',
  'event.body_digest': CHAIN,
  'event.previous_hash': CHAIN,
  'event.hash': CHAIN,
  'event_body.reason': 'The reasons of people of the desk.',
  'redaction_proposal.ground_note': ADMIN,
  'redaction_proposal.answer': ADMIN,
  'redaction_proposal.words': ADMIN,
  'redaction_proposal.progress': ADMIN,
  'redaction.ground_note': 'Told where something was redacted, by rule.',
  'request.outcome': 'Sent to the person who made the change, who saw what it tells.',
  'saved_view.list': DESK,
  'left_out_column.table_name': 'Names of the schema.',
  'left_out_column.column_name': 'Names of the schema.',
  'left_out_column.only_as': 'Names of the schema.',
  'left_out_column.why': 'Words of the schema.',
  'recorded_state.digest': CHAIN,
  'tag.name': DESK,
  '_prisma_migrations.id': 'The migrations’ own table.',
  '_prisma_migrations.checksum': 'The migrations’ own table.',
  '_prisma_migrations.migration_name': 'The migrations’ own table.',
  '_prisma_migrations.logs': 'The migrations’ own table.',
}

const MARKS = [...MARKED.map(markOf), ...Object.values(ALSO)]
const UUID = /[0-9a-f]{8}-[0-9a-f-]{27}/g
const CONTROL = 'Zqnothinglikeitqz'

let it: Desk
let record: { interview: number; hidden: number }
beforeAll(async () => {
  it = await desk()
  record = await plantedRecord(it)
}, 60_000)
afterAll(() => it.close())

describe('Every text column of the database', () => {
  test('is planted with a mark, never shown, or on the list of public ones with its reason', async () => {
    const columns = await columnsOf()
    const listed = [...MARKED, ...HOLDING, ...SEARCHED, ...Object.keys(NEVER_SHOWN), ...Object.keys(PUBLIC)]
    expect(
      columns.filter((column) => !listed.includes(column)),
      'on no list',
    ).toEqual([])
    expect(
      listed.filter((column) => !columns.includes(column)),
      'no such column',
    ).toEqual([])
    expect(
      listed.filter((column, at) => listed.indexOf(column) !== at),
      'on two lists',
    ).toEqual([])
  })

  test('holds its mark where one is planted, and none where search looks', async () => {
    for (const column of MARKED) expect(await holds(column, markOf(column)), column).toBe(true)
    for (const column of HOLDING) expect(await holds(column, 'Zq'), column).toBe(true)
    for (const column of SEARCHED) expect(await holds(column, 'Zq'), column).toBe(false)
  })
})

describe('Every field of a claim’s events', () => {
  test('has a rule how it is shown', async () => {
    const { rows } = await it.database.ownerPool.query<{ field: string }>(`
      select distinct field from event e join event_body b on b.event_id = e.id
      cross join lateral (values (b.before), (b.after)) side(fields) cross join lateral json_object_keys(side.fields) field
      where e.subject = 'claim' and json_typeof(side.fields) = 'object'`)
    expect(rows.map(({ field }) => field).filter((field) => !(field in FIELDS_OF_CLAIM))).toEqual([])
  })
})

describe('What is withheld', () => {
  test('is on no page, in no header and in no file that a reader can reach', async () => {
    const { seen, leaks } = await everythingFor(it.as('rae'))
    expect(seen.size).toBeGreaterThan(100)
    expect(leaks).toEqual([])
  }, 120_000)

  test('is on nothing that somebody reaches who is not signed in', async () => {
    const { leaks } = await everythingFor(it.stranger())
    expect(leaks).toEqual([])
  }, 60_000)

  test('is seen by those who may see it', async () => {
    const { text } = await everythingFor(it.as('ben'))
    expect(SEEN_BY_REPORTERS.filter((word) => !text.toLowerCase().includes(word.toLowerCase()))).toEqual([])
  }, 120_000)

  test.each(['rae', 'ben', 'mo'] as const)('is in no file, whoever takes it: %s', async (name) => {
    const questions = await it.db.question.findMany()
    const files = [
      '/exports/claims.csv',
      '/exports/claims.csv?preset=verified',
      '/exports/claims.csv?preset=attributed',
      ...questions.map(({ id }) => `/questions/${id}/figures.csv`),
    ]
    for (const path of files) {
      const answer = await it.as(name).get(path).expect(200)
      expect(leaksIn(path, answer.status, answer.text, JSON.stringify(answer.headers))).toEqual([])
      expect(answer.text.split('\r\n').length, path).toBeGreaterThan(2)
    }
  })

  test.each([
    '/claims?q=*',
    '/claims?speaker=*',
    '/claims?tag=*',
    '/sources?q=*',
    '/parties?q=*',
    '/parties/suggestions?q=*',
    '/questions/suggestions?story=1&q=*',
    '/exports/claims.csv?q=*',
    '/exports/claims.csv?speaker=*',
  ])(
    'answers a reader who asks for it as it answers for a word that stands nowhere: %s',
    async (path) => {
      const plain = async (word: string) => {
        const { text, status } = await it.as('rae').get(path.replace('*', word))
        return `${status} ${text.replaceAll(word, '*').replaceAll(word.toLowerCase(), '*').replace(UUID, '')}`
      }
      const nothing = await plain(CONTROL)
      for (const word of MARKS) expect(await plain(word), word).toBe(nothing.replaceAll(CONTROL, word))
    },
    60_000,
  )

  test('leaves in its place that the speaker is withheld, in every file and for readers', async () => {
    const { ref } = await it.db.claim.findFirstOrThrow({ where: { statement: 'The roads were shut.' } })
    for (const path of [
      '/exports/claims.csv?preset=verified',
      '/exports/claims.csv?preset=attributed',
      '/exports/claims.csv',
    ]) {
      const rows: Record<string, string>[] = parse((await it.as('mo').get(path)).text, { bom: true, columns: true })
      const row = rows.find(({ claim }) => claim === ref)
      expect(row, path).toMatchObject({ speaker: 'speaker withheld', speaker_kind: '', speaker_role: '', passage: '' })
      expect(row?.source_title, path).toBe('an interview not for attribution')
    }
    expect((await it.as('rae').get(`/claims/${ref}`)).text).toContain('Speaker withheld')
  })

  test('is told of in the form that names a speaker who is not to be named', async () => {
    const { ref } = await it.db.claim.findFirstOrThrow({ where: { statement: 'The roads were shut.' } })
    const { text } = await it.as('eve').get(`/claims/${ref}/edit`).expect(200)
    expect(text).toContain('This names a speaker who is not to be named.')
    const other = await it.db.claim.findFirstOrThrow({ where: { statement: 'The ledger was burnt.' } })
    expect((await it.as('eve').get(`/claims/${other.ref}/edit`)).text).not.toContain('This names a speaker who')
  })

  test('is in no address that the desk makes: words of a text are named by their place', async () => {
    const [capture] = await it.db.capture.findMany({ where: { sourceId: record.hidden }, orderBy: { id: 'asc' } })
    const form = await it.as('ada').get(`/claims/new?source=${record.hidden}&capture=${capture?.id}&start=0&end=20`)
    expect(form.text).toContain(capture?.text.slice(0, 20).trim())
    const byWords = await it.as('ada').get(`/claims/new?source=${record.hidden}&passage=${CONTROL}`)
    expect(byWords.text).not.toContain(CONTROL)
    const foreign = await it.as('ada').get(`/claims/new?source=1&capture=${capture?.id}&start=0&end=20`)
    expect(foreign.text).not.toContain(`${capture?.text.slice(0, 20).trim()}</textarea>`)
  })

  test('answers a reader who asks for its number as it answers for one that is not there', async () => {
    const parties = await it.db.party.findMany({ where: { name: { startsWith: 'Zq' } } })
    const ways = [
      ...[record.hidden, record.interview].flatMap((id) => [
        `/sources/${id}`,
        `/sources/${id}/history`,
        `/claims?source=${id}`,
        `/exports/claims.csv?source=${id}`,
      ]),
      ...parties.flatMap(({ id }) => [
        `/parties/${id}`,
        `/parties/${id}/history`,
        `/claims?speaker=${id}`,
        `/exports/claims.csv?speaker=${id}`,
      ]),
    ]
    for (const way of ways) {
      const asked = await it.as('rae').get(way)
      const id = /\d+/.exec(way)?.[0] ?? ''
      const none = await it.as('rae').get(way.replace(id, '99999'))
      expect(asked.status, way).toBe(none.status)
      expect(wordsIn(asked.text, id), way).toBe(wordsIn(none.text, '99999'))
    }
  })
})

/** Every text column: table and name. */
async function columnsOf(): Promise<string[]> {
  const { rows } = await it.database.ownerPool.query<{ column: string }>(`
    select c.table_name || '.' || c.column_name as column
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
      and (c.data_type in ('text', 'character varying', 'character', 'json', 'jsonb', 'tsvector', 'xml', 'bytea') or c.udt_name in ('_text', '_varchar'))
    order by 1`)
  return rows.map(({ column }) => column)
}

async function holds(column: string, word: string): Promise<boolean> {
  const [table = '', name = ''] = column.split('.')
  const { rows } = await it.database.ownerPool.query(
    `select from "${table}" where strpos(lower("${name}"::text), $1) > 0 limit 1`,
    [word.toLowerCase()],
  )
  return rows.length > 0
}

async function valuesNeverShown(): Promise<string[]> {
  const found: string[] = []
  for (const statement of Object.values(NEVER_SHOWN)) {
    const { rows } = await it.database.ownerPool.query({ text: statement, rowMode: 'array' })
    found.push(...rows.map(([value]) => String(value)))
  }
  return found
}

/** Opens every address of the router with all that the desk has, and follows every link from there on, but for lists narrowed twice or in
 * another order. */
async function everythingFor(agent: Agent): Promise<{ seen: Set<string>; leaks: string[]; text: string }> {
  const ways = ['/claims?figure=yes', '/claims?conflict=yes']
  for (const route of routesOf(it.app).filter(({ method }) => method === 'GET'))
    ways.push(...(await addressesOf(it, route, true)))
  for (const { ref } of await it.db.claim.findMany())
    ways.push(`/claims/${ref}?saved=yes`, `/claims/${ref}/history?upTo=2`)
  const never = await valuesNeverShown()
  const seen = new Set<string>()
  const leaks: string[] = []
  let all = ''
  for (let path = ways.pop(); path !== undefined && seen.size < 1500; path = ways.pop()) {
    if (seen.has(path) || /[?&]sort=|&/.test(path)) continue
    seen.add(path)
    const { text, status, headers } = await agent.get(path)
    leaks.push(...leaksIn(path, status, text, JSON.stringify(headers)))
    leaks.push(...never.filter((value) => text.includes(value)).map((value) => `${path} shows ${value}`))
    all += text
    ways.push(
      ...[...text.matchAll(/href="(\/(?!assets|\/|sign-out)[^"#]*)/g)].map(([, href = '']) =>
        href.replaceAll('&amp;', '&'),
      ),
    )
  }
  return { seen, leaks, text: all }
}

/** Where marks stand in an answer, with what is around them. */
function leaksIn(path: string, status: number, text: string, headers: string): string[] {
  // What was asked for is said again, and tells nothing.
  const asked = decodeURIComponent(path).toLowerCase()
  return [text, headers].flatMap((where) => {
    const plain = where.toLowerCase()
    return MARKS.filter((word) => plain.includes(word.toLowerCase()) && !asked.includes(word.toLowerCase())).map(
      (word) => {
        const at = plain.indexOf(word.toLowerCase())
        return `${status} ${path}: …${where.slice(Math.max(0, at - 120), at + word.length + 20)}…`
      },
    )
  })
}

function wordsIn(html: string, id: string): string {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html
  return main
    .replace(/<[^>]*>/g, ' ')
    .replace(UUID, '')
    .replaceAll(new RegExp(`\\b${id}\\b`, 'g'), '*')
    .replace(/\s+/g, ' ')
}
