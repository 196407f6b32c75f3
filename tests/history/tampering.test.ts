import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nameDesk } from '../../src/desk/store.ts'
import { clock } from '../../src/history/store.ts'
import { verifyHistory } from '../../src/history/verify.store.ts'
import { changeTags } from '../../src/tags/store.ts'
import { type AttributionGiven, build, type ClaimGiven } from '../support/build.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { givePassword, makePeople } from '../support/people.ts'
import { OUTSIDE, RECORD } from './columns.ts'

let it: TestDatabase
/** A row of each table that has others beside it. */
const row: Record<string, string> = {}
let decidedId = 0
let otherId = 0
let documentId = 0
/** A claim without parts. */
let bareId = 0

beforeAll(async () => {
  it = await testDatabase()
  const people = await makePeople(it.db)
  await givePassword(it.db, people.eve.id)
  const made = build(it.db, people.ada.id)
  const [story, otherStory] = [await made.aStory({ code: 'AA' }), await made.aStory({ code: 'BB' })]
  const question = await made.aQuestion(story.id)
  await made.aQuestion(story.id)
  const [party] = [await made.aParty({ name: 'The Ministry', aliases: ['МВД'] }), await made.aParty({ name: 'TASS' })]
  const source = await made.aSource({ title: 'Dispatch', publisherId: party.id })
  const capture = await made.aCapture(source.id, 'Nine people died.')
  const other = await made.aSource({ title: 'Decree' })
  await made.aCapture(other.id, 'It is decreed.')
  const said: AttributionGiven = {
    sourceId: source.id,
    captureId: capture.id,
    speakerId: party.id,
    passage: 'Nine people',
    start: 0,
    end: 11,
    terms: 'not_for_attribution',
    finding: 'altered',
    foundById: people.eve.id,
    foundAt: new Date(),
    relays: [party.id],
  }
  const piece = {
    sourceId: source.id,
    captureId: capture.id,
    restsOnPartyId: party.id,
    passage: 'Nine',
    start: 0,
    end: 4,
  } as const
  const figure = { questionId: question.id, figureComparator: 'between', figureLow: 8, figureHigh: 9 } as const
  const parts = { storyId: story.id, stage: 'in_review', attributions: [said], evidence: [piece] } satisfies ClaimGiven
  const claim = await made.aClaim({ ...parts, ...figure, figureWording: '8 to 9', figureAsOf: '2022' })
  const second = await made.aClaim({ ...parts })
  const decision = await made.aDecision(second.id, { verdict: 'unproven', decidedById: people.eve.id })
  await made.endDecision(second.id, 'reopened')
  const third = await made.aClaim({ ...parts })
  await made.aDecision(third.id, { verdict: 'unproven', decidedById: people.eve.id })
  await made.cameIn(claim.id, 'nothing')
  await made.aRelation(claim.id, second.id)
  const act = (requestId: string) => ({ actorId: people.ada.id, requestId, digest: '' })
  await changeTags(it.db, act('tags-one'), claim.ref, () => ['priority'])
  await changeTags(it.db, act('tags-two'), second.ref, () => ['front page'])
  await made.aRole(party.id, 'spokesman')
  await it.db.$transaction(async (tx) => nameDesk(tx, act('naming-the-desk'), await clock(tx), 'The Courier'))
  const bare = await made.aClaim({ storyId: story.id, attributions: [] })
  ;[decidedId, otherId, documentId, bareId] = [third.id, second.id, other.id, bare.id]
  Object.assign(row, {
    account: `id = ${people.eve.id}`,
    setting: `key = 'desk'`,
    story: `id = ${otherStory.id}`,
    question: `id = ${question.id}`,
    party: `id = ${party.id}`,
    party_alias: `party_id = ${party.id}`,
    party_role: `party_id = ${party.id}`,
    source: `id = ${source.id}`,
    capture: `id = ${capture.id}`,
    claim: `id = ${claim.id}`,
    attribution: `claim_id = ${claim.id}`,
    relay: `attribution_id = (select id from attribution where claim_id = ${claim.id})`,
    evidence: `claim_id = ${claim.id}`,
    relation: `from_id = ${claim.id}`,
    claim_source: `claim_id = ${claim.id}`,
    claim_unnamed: `claim_id = ${claim.id}`,
    claim_tag: `claim_id = ${claim.id}`,
    decision: `id = ${decision.id}`,
    decision_end: `decision_id = ${decision.id}`,
  })
})
afterAll(() => it.close())

type Column = { table: string; name: string; type: string; references: string | null }

/** Another value for a column, valid by itself; what has to change with it comes along. */
const OTHERWISE: Record<string, () => string> = {
  'account.name': () => `name = 'Eva Egan'`,
  'account.time_zone': () => `time_zone = 'Asia/Almaty'`,
  'setting.key': () => `key = 'another'`,
  'setting.value': () => `value = '{"name":"Another desk","reviewers":0}'`,
  'story.code': () => `code = 'ZZ'`,
  'party_role.from_date': () => `from_date = '1999'`,
  'party_role.to_date': () => `to_date = '1999'`,
  'source.published_on': () => `published_on = '1999'`,
  'capture.sha256': () => `sha256 = repeat('a', 64)`,
  'claim.number': () => `number = 99, ref = 'AA-99'`,
  'claim.ref': () => `ref = 'BB-' || number`,
  'claim.occurred_on': () => `occurred_on = '1999'`,
  'claim.recheck_on': () => `recheck_on = '1999'`,
  'claim.figure_as_of': () => `figure_as_of = '1999'`,
  'claim.figure_low': () => 'figure_low = figure_low - 1',
  'claim.closed_because': () => `stage = 'closed', closed_because = 'dropped'`,
  'claim.duplicate_of_id': () => `stage = 'closed', closed_because = 'duplicate', duplicate_of_id = ${otherId}`,
  'claim.verdict': () => `verdict = 'verified'`,
  'claim.superseded_by_id': () => `superseded_by_id = ${otherId}`,
  'claim.proposal': () => `stage = 'awaiting_second', proposal = '{}'`,
  'claim.moved_at_revision': () => 'moved_at_revision = revision',
  'claim_source.claim_id': () => `claim_id = ${bareId}`,
  'claim_unnamed.claim_id': () => `claim_id = ${bareId}`,
  'attribution.claim_id': () => `claim_id = ${otherId}, ordinal = 77`,
  'relay.attribution_id': () =>
    `ordinal = 77, attribution_id = (select id from attribution where claim_id = ${otherId})`,
  'attribution.said_on': () => `said_on = '1999'`,
  'attribution.former_finding': () => FORMER,
  'attribution.finding_reset_at': () => FORMER,
  'evidence.rests_on_source_id': () => `rests_on_party_id = null, rests_on_source_id = ${documentId}`,
  'decision.claim_id': () => `claim_id = ${decidedId}, revision = 77`,
  'decision.reviewers': () => 'reviewers = 0',
  'decision.change': () => `change = 'update', change_note = 'Another'`,
  'decision.change_note': () => `change = 'update', change_note = 'Another'`,
}
const FORMER = `finding = 'unchecked', former_finding = 'altered', finding_reset_at = now()`
const ON_DECIDED = ['claim.verdict', 'claim.superseded_by_id']

function otherwise({ table, name, type, references }: Column): { set: string; where: string } {
  const key = `${table}.${name}`
  const where = ON_DECIDED.includes(key) ? `id = ${decidedId}` : (row[table] ?? '')
  const given = OTHERWISE[key]?.()
  if (given) return { set: given, where }
  const column = `"${name}"`
  const value = references
    ? `(select o.id from "${references}" o where o.id is distinct from "${table}".${column} order by o.id desc limit 1)`
    : type.startsWith('_')
      ? `${column} || ${type === '_int4' ? '99' : `'more'::text`}`
      : (VALUES[type]?.(column) ??
        `(select e from unnest(enum_range(null::"${type}")) e where e is distinct from "${table}".${column} limit 1)`)
  return { set: `${column} = ${value}`, where }
}

const VALUES: Record<string, (column: string) => string> = {
  text: (column) => `coalesce(${column}, '') || 'x'`,
  int4: (column) => `coalesce(${column}, 0) + 1`,
  numeric: (column) => `${column} + 1`,
  bool: (column) => `not ${column}`,
  timestamptz: (column) => `coalesce(${column}, now()) + interval '1 second'`,
  jsonb: () => `'{"another": 1}'`,
}

/** The columns of the tables that history answers for, as the schema has them. */
async function columnsOfSchema(): Promise<Column[]> {
  const { rows } = await it.ownerPool.query<Column>(
    `select c.relname as table, a.attname as name, t.typname as type, f.confrelid::regclass::text as references
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     join pg_type t on t.oid = a.atttypid
     left join pg_constraint f on f.conrelid = c.oid and f.contype = 'f' and f.conkey = array[a.attnum]
     where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' order by 1, a.attnum`,
  )
  return rows
}

const GUARDED =
  /no event says how it got there|without a new revision|without a decision in force|decision of it is still in force|permission denied|for ever|is not changed|is about what it (said|was)/

test('Every column of every table stands in the written table, and the guards leave out what it leaves out', async () => {
  const columns = await columnsOfSchema()
  const tables = [...new Set(columns.map(({ table }) => table))]
  expect(tables.filter((table) => !RECORD[table] && !OUTSIDE[table])).toEqual([])
  expect([...Object.keys(RECORD), ...Object.keys(OUTSIDE)].filter((table) => !tables.includes(table))).toEqual([])
  for (const [table, { key, recorded, derived = [], personal = [] }] of Object.entries(RECORD)) {
    const held = columns.filter((column) => column.table === table).map(({ name }) => name)
    expect([...key, ...recorded, ...derived, ...personal].toSorted(), table).toEqual(held.toSorted())
  }
  const left = await it.db.leftOutColumn.findMany()
  expect(left.map(({ tableName, columnName }) => `${tableName}.${columnName}`).toSorted()).toEqual(
    Object.entries(RECORD)
      .flatMap(([table, { derived = [], personal = [] }]) =>
        [...derived, ...personal].map((name) => `${table}.${name}`),
      )
      .toSorted(),
  )
})

test('A desk as it works is as its history says', async () => {
  const { faults, uncovered, unsealed } = await verifyHistory(it.exports)
  expect(faults).toEqual([])
  expect([uncovered, unsealed]).toEqual([0, 0])
})

describe('As the application’s role', () => {
  test.each(Object.entries(RECORD))(
    'no recorded column of %s is changed without its event',
    async (table, { recorded }) => {
      const columns = (await columnsOfSchema()).filter((column) => column.table === table)
      for (const column of columns.filter(({ name }) => recorded.includes(name))) {
        const { set, where } = otherwise(column)
        await expect(
          it.pool.query(`update "${table}" set ${set} where ${where}`),
          `${table}.${column.name}`,
        ).rejects.toThrow(GUARDED)
      }
    },
  )

  test.each(Object.entries(RECORD))('no row of %s is removed without its event', async (table) => {
    await expect(it.pool.query(`delete from "${table}" where ${row[table]}`)).rejects.toThrow(
      /without a new revision|permission denied|What history tells of stays|foreign key constraint|violates check|keeps history/,
    )
  })

  test.each(Object.entries(RECORD))('no row of %s is added without its event', async (table, { key, recorded }) => {
    // The same once more under keys of its own.
    const fresh: Record<string, string> = {
      id: `nextval(pg_get_serial_sequence('${table}', 'id'))`,
      email: `'new@example.org'`,
      code: `'NEW'`,
      key: `'new'`,
      wording: `'New?'`,
      number: '88',
      ref: `'AA-88'`,
      ordinal: '88',
      folded: `'new'`,
      alias: `'New'`,
      canonical_url: `'https://example.org/new'`,
      ...(table === 'relation' ? { type: `'narrows'` } : {}),
      ...(table === 'claim_source' || table === 'claim_unnamed' ? { claim_id: String(bareId) } : {}),
      ...(table === 'claim_tag' ? { tag_id: '(select max(id) from tag)' } : {}),
      ...(table === 'decision' ? { revision: '88', claim_id: String(otherId) } : {}),
      ...(table === 'decision_end' ? { decision_id: `(select id from decision where claim_id = ${decidedId})` } : {}),
    }
    const held = (await columnsOfSchema()).filter((column) => column.table === table).map(({ name }) => name)
    const names = held.map((name) => `"${name}"`).join(', ')
    const values = held.map((name) => fresh[name] ?? `"${name}"`).join(', ')
    await expect(
      it.pool.query(`insert into "${table}" (${names}) select ${values} from "${table}" where ${row[table]}`),
      [...key, ...recorded].join(' '),
    ).rejects.toThrow(
      /no event says how it got there|without a new revision|No event of claim|is still in force|without a decision in force/,
    )
  })

  test('a revision is neither lowered nor left as it was by an event of another transaction', async () => {
    const { id } = await it.db.claim.findFirstOrThrow({ where: { revision: { gt: 1 } } })
    const first = `(select hash from event where subject = 'claim' and subject_id = ${id} and revision = 1)`
    await expect(
      it.pool.query(`update claim set revision = 1, moved_at_revision = 1, last_hash = ${first} where id = ${id}`),
    ).rejects.toThrow(/without a new revision/)
  })

  test('what was kept of the record is out of reach', async () => {
    for (const statement of [
      `update recorded_state set digest = 'x'`,
      'delete from recorded_state',
      `insert into left_out_column (table_name, column_name, why) values ('account', 'role', 'mine')`,
    ])
      await expect(it.pool.query(statement)).rejects.toThrow(/permission denied/)
  })
})

describe('With the guards switched off', () => {
  beforeAll(() => switchGuards('disable'))
  afterAll(() => switchGuards('enable'))

  test.each(Object.entries(RECORD))('a change of any recorded column of %s is found', async (table, { recorded }) => {
    const columns = (await columnsOfSchema()).filter((column) => column.table === table)
    for (const column of columns.filter(({ name }) => recorded.includes(name))) {
      const { set, where } = otherwise(column)
      const changed = await it.ownerPool.query<{ was: object; is: object }>(
        `with was as (select ctid as held_at, to_jsonb(t) as row from "${table}" t where ${where})
         update "${table}" set ${set} from was where "${table}".ctid = was.held_at returning was.row as was, to_jsonb("${table}") as is`,
      )
      const { was, is } = changed.rows[0] ?? {}
      const names = columns.map(({ name }) => `"${name}"`).join(', ')
      expect(is, `${table}.${column.name}`).not.toEqual(was)
      expect((await verifyHistory(it.exports)).faults, `${table}.${column.name}`).not.toEqual([])
      await it.ownerPool.query(
        `update "${table}" t set (${names}) =
           (select ${names} from jsonb_populate_record(null::"${table}", $1))
         where to_jsonb(t) = $2`,
        [was, is],
      )
      expect((await verifyHistory(it.exports)).faults, `${table}.${column.name} put back`).toEqual([])
    }
  })

  test('an altered seal is found, and so is a decision without a digest of its seal', async () => {
    await it.ownerPool.query(
      `update decision set seal = jsonb_set(seal, '{row,statement}', '"Another"') where ${row.decision}`,
    )
    expect((await verifyHistory(it.exports)).faults.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/^The seal of decision \d+ was altered/),
    ])
  })
})

async function switchGuards(how: 'enable' | 'disable'): Promise<void> {
  await it.ownerPool.query(
    Object.keys(RECORD)
      .map((table) => `alter table "${table}" ${how} trigger user`)
      .join(';'),
  )
}
