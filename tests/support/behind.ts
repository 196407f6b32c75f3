import type { TestDatabase } from './database.ts'

const GUARDED = [
  'account',
  'attribution',
  'capture',
  'claim',
  'claim_source',
  'claim_tag',
  'claim_unnamed',
  'decision',
  'decision_end',
  'event',
  'event_body',
  'evidence',
  'party',
  'party_alias',
  'party_role',
  'question',
  'redaction',
  'relation',
  'relay',
  'setting',
  'source',
  'story',
] as const

/**
 * Runs statements in one transaction of the role that owns the tables, with the guards switched off: for rows that a test needs and no person makes.
 * What is kept of the record's state follows, so that they are taken as they are.
 */
export async function changeUnguarded(it: Pick<TestDatabase, 'ownerPool'>, ...statements: string[]): Promise<void> {
  const client = await it.ownerPool.connect()
  try {
    await client.query('begin')
    await client.query(GUARDED.map((table) => `alter table ${table} disable trigger user`).join(';'))
    for (const statement of statements) await client.query(statement)
    await client.query('set constraints all immediate')
    await client.query('update recorded_state set digest = state_digest(subject, subject_id)')
    await client.query(GUARDED.map((table) => `alter table ${table} enable trigger user`).join(';'))
    await client.query('commit')
  } finally {
    await client.query('rollback')
    client.release()
  }
}

/** A proposal to redact a line of history or a text, by a person who need not be an admin; its number. */
export async function insertProposal(
  it: Pick<TestDatabase, 'ownerPool'>,
  { eventId, captureId, proposedById }: { eventId?: number; captureId?: number; proposedById: number },
): Promise<number> {
  await changeUnguarded(
    it,
    'alter table redaction_proposal disable trigger user',
    `insert into redaction_proposal (event_id, capture_id, ground, proposed_by_id, proposed_at)
     values (${eventId ?? null}, ${captureId ?? null}, 'safety_of_source', ${proposedById}, now())`,
    'alter table redaction_proposal enable trigger user',
  )
  const { rows } = await it.ownerPool.query<{ id: number }>('select max(id) as id from redaction_proposal')
  return rows[0]?.id ?? 0
}
