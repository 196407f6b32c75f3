import type pg from 'pg'
import { documentText } from '../../src/claims/search.ts'
import { verifyHistory } from '../../src/history/verify.store.ts'

/** What must not be found anywhere in the database, each as the rows that would break it, named in `what`. */
const NEVER: Record<string, string> = {
  'a subject without an event at its revision': `
    select s.subject || ' ' || s.id as what from (
      select 'claim' as subject, id, revision, last_hash from claim union all select 'source', id, revision, last_hash from source
      union all select 'question', id, revision, last_hash from question
      union all select 'party', id, revision, last_hash from party union all select 'story', id, revision, last_hash from story
      union all select 'question', id, revision, last_hash from question union all select 'account', id, revision, last_hash from account union all select 'setting', id, revision, last_hash from setting) s
    where not exists (select from event e
      where e.subject::text = s.subject and e.subject_id = s.id and e.revision = s.revision and e.hash = s.last_hash)`,
  'an event without what it changed': `
    select 'event ' || id as what from event where not exists (select from event_body where event_id = id)`,
  'a request that ended halfway': `select actor_id || ' ' || id as what from request where outcome is null`,
  'a claim decided without the one decision that says so, or a decision in force on any other': `
    select c.ref as what from claim c
    left join lateral (select array_agg(d.verdict) as verdicts from decision d
      where d.claim_id = c.id and not exists (select from decision_end e where e.decision_id = d.id)) f on true
    where case when c.stage = 'decided' and c.superseded_by_id is null
      then f.verdicts is distinct from array[c.verdict] else f.verdicts is not null end`,
  'a decision without its event, or ended before it was made': `
    select c.ref as what from decision d join claim c on c.id = d.claim_id left join decision_end x on x.decision_id = d.id
    where x.at < d.decided_at
      or not exists (select from event e where e.subject = 'claim' and e.subject_id = d.claim_id and e.revision = d.revision)`,
  'a claim whose words are not those of its history': `
    select c.ref || ' ' || field as what from claim c
    cross join lateral (values ('statement', c.statement), ('language', c.language), ('place', c.place)) as now(field, value)
    join lateral (select b.after ->> field as value from event e join event_body b on b.event_id = e.id
      where e.subject = 'claim' and e.subject_id = c.id and b.after::jsonb ? field order by e.revision desc limit 1) told on true
    where told.value is distinct from now.value and not exists (select from event e join event_body b on b.event_id = e.id
      where e.subject = 'claim' and e.subject_id = c.id and b.redacted_at is not null)`,
  'a claim under review that nobody said': `
    select ref as what from claim where stage not in ('draft', 'closed')
      and not exists (select from attribution where claim_id = claim.id)`,
  'a number given out twice, or never': `
    select code as what from story
    where last_number <> (select count(*) from claim where story_id = story.id)
      or last_number <> (select coalesce(max(number), 0) from claim where story_id = story.id)`,
  'a name that search has still to learn': `select claim_id::text as what from claim_document_queue`,
  'a captured text with another digest': `
    select 'capture ' || id as what from capture where sha256 <> encode(sha256(convert_to(text, 'UTF8')), 'hex')`,
  'a passage that does not stand where it says': `
    select 'attribution ' || a.id as what from attribution a join capture c on c.id = a.capture_id
    where a.start is not null and substr(c.text, a.start + 1, a."end" - a.start) <> a.passage
    union all select 'evidence ' || v.id from evidence v join capture c on c.id = v.capture_id
    where v.start is not null and substr(c.text, v.start + 1, v."end" - v.start) <> v.passage`,
  'a part of a source that belongs to another': `
    select 'attribution ' || a.id as what from attribution a join capture c on c.id = a.capture_id where c.source_id <> a.source_id
    union all select 'evidence ' || v.id from evidence v join capture c on c.id = v.capture_id where c.source_id <> v.source_id`,
  'a figure on a question of another story, or a question without one': `
    select c.ref as what from claim c join question q on q.id = c.question_id where q.story_id <> c.story_id or c.figure_comparator is null`,
  'a finding of nobody': `select 'attribution ' || id as what from attribution where finding <> 'unchecked' and found_by_id is null`,
  'a relation that the history of one of its claims does not tell of': `
    select 'relation ' || r.id as what from relation r cross join lateral (values (r.from_id), (r.to_id)) as at_end(claim_id)
    where not exists (select from event e join event_body b on b.event_id = e.id
      where e.subject = 'claim' and e.subject_id = at_end.claim_id and e.action = 'related'
        and (b.redacted_at is not null or (b.after -> 'relation' ->> 'id')::int = r.id))`,
  'a text that is not composed': `
    select 'claim ' || id as what from claim where statement is not nfc normalized
    union all select 'party ' || id from party where name is not nfc normalized
    union all select 'capture ' || id from capture where text is not nfc normalized or text ~ E'\\r'`,
}

/** What does not hold of the record: of its chains, and of what must never be found. */
export async function faultsOfRecord(pool: pg.Pool): Promise<string[]> {
  const { faults } = await verifyHistory(pool)
  const found = faults.map(({ whose, sentence }) => `${whose}: ${sentence}`)
  for (const [never, statement] of Object.entries(NEVER)) {
    const { rows } = await pool.query<{ what: string }>(`${statement} limit 5`)
    found.push(...rows.map(({ what }) => `${never}: ${what}`))
  }
  return [...found, ...(await unsearchable(pool))]
}

/** Claims that search does not know as they are, at most five: their statement's words are not in their document. */
async function unsearchable(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ ref: string; statement: string; text: string | null }>(
    'select ref, statement, d.text from claim left join claim_document d on d.claim_id = claim.id',
  )
  const isKnown = (statement: string, text: string) =>
    documentText([statement])
      .split('\n')
      .every((words) => text.includes(words))
  return rows
    .filter(({ statement, text }) => text === null || !isKnown(statement, text))
    .slice(0, 5)
    .map(({ ref }) => `a claim that search does not know as it is: ${ref}`)
}
