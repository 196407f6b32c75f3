import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Builder, build } from '../support/build.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { makePeople, type People } from '../support/people.ts'

let it: TestDatabase
let people: People
let made: Builder
let decided: { id: number; ref: string }
let open: { id: number; ref: string }

beforeAll(async () => {
  it = await testDatabase()
  people = await makePeople(it.db)
  made = build(it.db, people.ada.id)
  const source = await made.aSource({ title: 'Dispatch' })
  await made.aCapture(source.id, 'Order has basically been restored.')
  decided = await made.aClaim({ stage: 'in_review', attributions: [{ sourceId: source.id }] })
  await made.aDecision(decided.id, { verdict: 'unproven', decidedById: people.eve.id })
  const ended = await made.aClaim({ stage: 'in_review', attributions: [{ sourceId: source.id }] })
  await made.aDecision(ended.id, { verdict: 'verified', decidedById: people.eve.id })
  await made.endDecision(ended.id, 'reopened')
  open = await made.aClaim({ stage: 'in_review', attributions: [{ sourceId: source.id }] })
})
afterAll(() => it.close())

const asOwner = (sql: string, values: unknown[] = []) => it.ownerPool.query(sql, values)
const asApplication = (sql: string, values: unknown[] = []) => it.pool.query(sql, values)

/** Statements in one transaction of the application’s role. */
async function atCommit(...statements: string[]): Promise<void> {
  const client = await it.pool.connect()
  try {
    await client.query('begin')
    for (const statement of statements) await client.query(statement)
    await client.query('commit')
  } finally {
    await client.query('rollback').catch(() => {})
    client.release()
  }
}

const databaseName = async () => (await it.ownerPool.query('select current_database() as it')).rows[0].it

const HISTORY = [
  ['event', 'action = action'],
  ['decision', 'rationale = rationale'],
  ['decision_end', 'cause = cause'],
  ['capture', 'text = text'],
] as const

describe('History stays', () => {
  test.each(HISTORY)('%s can be neither updated, deleted nor emptied, not even by its owner', async (table, change) => {
    await expect(asOwner(`update ${table} set ${change}`)).rejects.toThrow(/keeps history/)
    await expect(asOwner(`delete from ${table}`)).rejects.toThrow(/keeps history/)
    await expect(asOwner(`truncate ${table} cascade`)).rejects.toThrow(/keeps history/)
  })

  test.each(HISTORY)('%s is closed to the application as well', async (table, change) => {
    await expect(asApplication(`update ${table} set ${change}`)).rejects.toThrow(/permission denied|keeps history/)
    await expect(asApplication(`delete from ${table}`)).rejects.toThrow(/permission denied|keeps history/)
    await expect(asApplication(`truncate ${table} cascade`)).rejects.toThrow(/permission denied|keeps history/)
  })

  test('the guards stay awake where a session plays a replica', async () => {
    const { rows } = await asOwner(
      `select tgrelid::regclass::text as name, count(*)::int as triggers from pg_trigger
       where not tgisinternal and tgenabled = 'A' group by 1 order by 1`,
    )
    expect(rows).toEqual([
      { name: 'capture', triggers: 4 },
      { name: 'decision', triggers: 3 },
      { name: 'decision_end', triggers: 2 },
      { name: 'event', triggers: 2 },
      { name: 'event_body', triggers: 3 },
      { name: 'redaction', triggers: 4 },
      { name: 'redaction_proposal', triggers: 3 },
    ])
  })

  test('what an event says is never rewritten, emptied in silence or deleted', async () => {
    const { rows } = await asOwner(`select max(event_id) as id from event_body`)
    const id: number = rows[0].id
    await expect(asOwner(`update event_body set reason = 'Another' where event_id = $1`, [id])).rejects.toThrow(
      /only be redacted/,
    )
    await expect(
      asOwner(
        `update event_body set before = null, after = null, reason = null, salt = '', redacted_at = now() where event_id = $1`,
        [id],
      ),
    ).rejects.toThrow(/only be redacted/)
    await expect(asOwner('delete from event_body where event_id = $1', [id])).rejects.toThrow(/keeps history/)
    await expect(asOwner('truncate event_body')).rejects.toThrow(/keeps history/)
  })
})

describe('No change without its event', () => {
  test('a verdict set by SQL is refused at commit', async () => {
    await expect(
      asApplication(`update claim set stage = 'decided', verdict = 'verified' where id = ${open.id}`),
    ).rejects.toThrow(/without a new revision|without a decision/)
    await expect(asOwner(`update claim set verdict = 'verified' where id = ${decided.id}`)).rejects.toThrow(
      /without a new revision|without a decision/,
    )
  })

  test('so is a new revision that no event tells of', async () => {
    await expect(
      asApplication(`update claim set statement = 'Another', revision = revision + 1 where id = ${open.id}`),
    ).rejects.toThrow(/no event says how it got there/)
  })

  test.each(['claim', 'source', 'party', 'story', 'account'])(
    'a row of %s with another hash is refused',
    async (table) => {
      if (table === 'party') await made.aParty({ name: 'Interior Ministry' })
      await expect(
        asApplication(`update ${table} set last_hash = 'x' where id = (select max(id) from ${table})`),
      ).rejects.toThrow(/no event says/)
    },
  )

  test('a row that is inserted without its event is refused', async () => {
    await expect(
      asApplication(`insert into party (kind, name, folded) values ('person', 'Nobody', 'nobody')`),
    ).rejects.toThrow(/no event says/)
    await expect(asApplication(`insert into setting (key, value) values ('desk', '{}')`)).rejects.toThrow(
      /no event says/,
    )
  })

  test('nor does an event help that stands in a table of the session’s own', async () => {
    await it.ownerPool.query(`grant temporary on database ${await databaseName()} to public`)
    await expect(
      atCommit(
        'create temporary table event (like event) on commit drop',
        `insert into event (id, subject, subject_id, revision, action, at, body_digest, previous_hash, hash)
         select 0, 'claim', id, revision + 1, 'edited', now(), '', last_hash, 'x' from claim where id = ${open.id}`,
        `update claim set statement = 'Another', revision = revision + 1, last_hash = 'x' where id = ${open.id}`,
      ),
    ).rejects.toThrow(/no event says how it got there/)
    await it.ownerPool.query(`revoke temporary on database ${await databaseName()} from public`)
  })

  test('words may be changed and changed back within a transaction only with their event', async () => {
    await expect(
      atCommit(
        `update claim set statement = 'Another' where id = ${open.id}`,
        `update claim set place = 'Almaty' where id = ${open.id}`,
      ),
    ).rejects.toThrow(/without a new revision/)
  })

  test('a reference is for ever', async () => {
    await expect(asOwner(`update claim set ref = 'ZZ-1' where id = ${open.id}`)).rejects.toThrow(/for ever/)
  })
})

describe('History has no gaps', () => {
  const event = (revision: string, previous: string) =>
    `insert into event (subject, subject_id, revision, action, at, body_digest, previous_hash, hash)
     select 'claim', id, ${revision}, 'edited', now(), repeat('a', 64), ${previous}, repeat('c', 64) from claim where id = ${open.id}`

  test.each([
    ['a revision left out', 'revision + 2', 'last_hash'],
    ['another hash before it', 'revision + 1', `repeat('d', 64)`],
    ['the place of one that is there', 'revision', 'last_hash'],
  ])('an event with %s is refused', async (_, revision, previous) => {
    await expect(asApplication(event(revision, previous))).rejects.toThrow(
      /does not follow|event_subject_revision_key|event_hashes/,
    )
    await expect(asOwner(event(revision, previous))).rejects.toThrow(
      /does not follow|event_subject_revision_key|event_hashes/,
    )
  })
})

describe('No verdict without its decision', () => {
  /** An event and the claim’s change, forged by somebody who knows how. */
  const forged = (id: number, change: string) => [
    `insert into event (subject, subject_id, revision, action, at, body_digest, previous_hash, hash)
     select 'claim', id, revision + 1, 'decided', now(), repeat('a', 64), last_hash, repeat('b', 64) from claim where id = ${id}`,
    `update claim set ${change}, revision = revision + 1, last_hash = repeat('b', 64) where id = ${id}`,
  ]

  test('not even with an event of its own', async () => {
    await expect(atCommit(...forged(open.id, `stage = 'decided', verdict = 'verified'`))).rejects.toThrow(
      /without a decision in force/,
    )
    await expect(atCommit(...forged(decided.id, `verdict = 'verified'`))).rejects.toThrow(/without a decision in force/)
  })

  test('and a decision in force goes with its claim', async () => {
    await expect(
      atCommit(...forged(decided.id, `stage = 'in_review', verdict = null, former_verdict = 'unproven'`)),
    ).rejects.toThrow(/still in force/)
    await expect(
      asApplication(
        `insert into decision_end (decision_id, at, cause) select id, now(), 'reopened' from decision where claim_id = ${decided.id}`,
      ),
    ).rejects.toThrow(/without a decision in force/)
  })

  const anotherDecision = (columns: Record<string, string>) => {
    const given = {
      reviewers: '1',
      rationale: `'Because.'`,
      verdict: `'unproven'`,
      seconded_by_id: 'null',
      reply_sought: 'null',
      revision: '1',
      ...columns,
    }
    return `insert into decision (claim_id, findings, decided_by_id, decided_at, seal, seal_version, source_ids, ${Object.keys(given).join(', ')})
      values (${open.id}, '{}', ${people.eve.id}, now(), '{}', 1, '{}', ${Object.values(given).join(', ')})`
  }

  /** A decision with an event and a claim that fit it, but for what is said here. */
  const whole = (decision: string, at = 'now()', actor = String(people.eve.id)) => [
    `insert into event (subject, subject_id, revision, actor_id, action, at, body_digest, previous_hash, hash)
     select 'claim', id, revision + 1, ${actor}, 'decided', ${at}, repeat('a', 64), last_hash, repeat('e', 64) from claim where id = ${open.id}`,
    `update claim set stage = 'decided', verdict = 'unproven', revision = revision + 1, last_hash = repeat('e', 64) where id = ${open.id}`,
    decision,
  ]

  test('a decision without the event of its revision, its instant and one of its people is refused', async () => {
    const told = /No event of claim \d+ tells of a decision/
    const { revision } = await it.db.claim.findUniqueOrThrow({ where: { id: open.id } })
    const next = anotherDecision({ revision: String(revision + 1) })
    await expect(atCommit(...whole(anotherDecision({ revision: String(revision) })))).rejects.toThrow(told)
    await expect(atCommit(...whole(next, `now() - interval '1 hour'`))).rejects.toThrow(told)
    await expect(atCommit(...whole(next, 'now()', String(people.ada.id)))).rejects.toThrow(told)
    await expect(atCommit(...whole(next, 'now()', 'null'))).rejects.toThrow(told)
    expect(await it.db.decision.count({ where: { claimId: open.id } })).toBe(0)
  })

  test('a decision that restores another says what that one said', async () => {
    const { id } = await it.db.decision.findFirstOrThrow({ where: { verdict: 'unproven' } })
    await expect(asApplication(anotherDecision({ restores_id: String(id) }))).rejects.toThrow(
      /says what it said before/,
    )
  })

  test.each([
    ['without two, on a desk that wants two', { reviewers: '2' }, 'decision_has_its_second'],
    ['on a desk of minus one', { reviewers: '-1' }, 'decision_reviewers'],
    ['without a rationale', { rationale: `' '` }, 'decision_reasons'],
    ['“False” without a reply sought', { verdict: `'false'` }, 'decision_reply_sought'],
    ['with a change that says nothing', { change: `'update'` }, 'decision_change_noted'],
  ])('%s it is refused', async (_, columns, constraint) => {
    await expect(asApplication(anotherDecision(columns))).rejects.toThrow(constraint)
  })

  test('nobody is their own second', async () => {
    await expect(asApplication(anotherDecision({ seconded_by_id: String(people.eve.id) }))).rejects.toThrow(
      'decision_second_is_another',
    )
  })
})

describe('Rows agree with themselves', () => {
  const onClaim: [string, string][] = [
    [`stage = 'decided'`, 'claim_verdict_when_decided'],
    [`verdict = 'verified'`, 'claim_verdict_when_decided'],
    [`stage = 'closed'`, 'claim_reason_when_closed'],
    [`closed_because = 'dropped'`, 'claim_reason_when_closed'],
    [`stage = 'closed', closed_because = 'duplicate'`, 'claim_duplicate_named'],
    [`stage = 'awaiting_second'`, 'claim_proposal_when_awaiting'],
    [`proposal = '{}'`, 'claim_proposal_when_awaiting'],
    ['superseded_by_id = id', 'claim_not_its_own_successor'],
    ['superseded_by_id = id - 1', 'claim_superseded_when_decided'],
    [`figure_low = 44, figure_high = 26`, 'claim_figure_order'],
    [`figure_low = 'NaN'`, 'claim_figure_finite'],
    [`occurred_on = '7 January'`, 'claim_dates'],
    [`occurred_on = '2022-13'`, 'claim_dates'],
    ['revision = 0', 'claim_revision'],
    [`statement = ''`, 'claim_lengths'],
  ]
  test.each(onClaim)('a claim with %s is refused by %s', async (change, constraint) => {
    await expect(asOwner(`update claim set ${change} where id = ${open.id}`)).rejects.toThrow(constraint)
  })

  test.each([
    [`naming = 'own_voice', speaker_id = (select max(id) from party)`, 'attribution_speaker_of_naming'],
    ['start = 3', 'attribution_anchor'],
    [`start = 3, "end" = 3, passage = 'x'`, 'attribution_anchor'],
    [`finding = 'confirmed_primary'`, 'attribution_finding_signed'],
  ])('an attribution with %s is refused by %s', async (change, constraint) => {
    await expect(asOwner(`update attribution set ${change} where claim_id = ${open.id}`)).rejects.toThrow(constraint)
  })

  test('a piece of evidence goes back to one thing, and only a document is an act', async () => {
    const insert = (columns: string, values: string) =>
      asOwner(
        `insert into evidence (claim_id, source_id, stance, basis, added_by_id, ${columns})
         select ${open.id}, max(s.id), 'supports', 'told_by', ${people.ada.id}, ${values} from source s`,
      )
    await expect(
      insert('rests_on_party_id, rests_on_source_id', '(select max(id) from party), max(s.id)'),
    ).rejects.toThrow('evidence_rests_on_one')
    await expect(insert('is_the_act', 'true')).rejects.toThrow('evidence_act_is_document')
  })
})
