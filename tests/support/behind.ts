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
