/** How a column's value is read before words are looked for in it. */
type ReadAs = 'text' | 'JSON' | 'address'

/** What becomes of words in a place: a redaction empties them, the tidying after it does, or somebody edits them. */
export type Remedy = 'redact' | 'empty' | 'edit'

/** A table whose text is looked through, what its rows are called, its columns, and what is done about words in them. */
export type Place = {
  table: string
  called: { one: string; many: string }
  columns: Record<string, ReadAs>
  remedy: Remedy
}

/** Every place where words of a desk can stand, in the order in which they are looked through. */
export const PLACES = [
  {
    table: 'capture',
    called: { one: 'text of a source', many: 'texts of sources' },
    columns: { text: 'text' },
    remedy: 'redact',
  },
  {
    table: 'event_body',
    called: { one: 'line of history', many: 'lines of history' },
    columns: { before: 'JSON', after: 'JSON', reason: 'text' },
    remedy: 'redact',
  },
  {
    table: 'decision',
    called: { one: 'sealed copy', many: 'sealed copies' },
    columns: {
      seal: 'JSON',
      rationale: 'text',
      override_reason: 'text',
      reply_sought: 'text',
      change_note: 'text',
    },
    remedy: 'redact',
  },
  {
    table: 'comment',
    called: { one: 'comment', many: 'comments' },
    columns: { text: 'text' },
    remedy: 'empty',
  },
  { table: 'tag', called: { one: 'tag', many: 'tags' }, columns: { name: 'text' }, remedy: 'empty' },
  {
    table: 'saved_view',
    called: { one: 'saved view', many: 'saved views' },
    columns: { name: 'text', query: 'address' },
    remedy: 'empty',
  },
  {
    table: 'request',
    called: { one: 'answer kept of a form', many: 'answers kept of forms' },
    columns: { outcome: 'JSON' },
    remedy: 'empty',
  },
  {
    table: 'claim',
    called: { one: 'claim', many: 'claims' },
    columns: { statement: 'text', place: 'text', figure_wording: 'text', proposal: 'JSON' },
    remedy: 'edit',
  },
  {
    table: 'attribution',
    called: { one: 'attribution', many: 'attributions' },
    columns: {
      passage: 'text',
      prefix: 'text',
      suffix: 'text',
      quote: 'text',
      original_words: 'text',
      speaker_as_printed: 'text',
      cue: 'text',
      occasion: 'text',
      hedges: 'text',
      finding_note: 'text',
      finding_url: 'address',
    },
    remedy: 'edit',
  },
  {
    table: 'evidence',
    called: { one: 'piece of evidence', many: 'pieces of evidence' },
    columns: { passage: 'text', prefix: 'text', suffix: 'text', note: 'text' },
    remedy: 'edit',
  },
  {
    table: 'relation',
    called: { one: 'note of a relation', many: 'notes of relations' },
    columns: { note: 'text' },
    remedy: 'edit',
  },
  {
    table: 'source',
    called: { one: 'source', many: 'sources' },
    columns: {
      title: 'text',
      byline: 'text',
      notes: 'text',
      url: 'address',
      canonical_url: 'address',
      archive_url: 'address',
    },
    remedy: 'edit',
  },
  {
    table: 'source_apart',
    called: { one: 'reason why sources are told apart', many: 'reasons why sources are told apart' },
    columns: { reason: 'text' },
    remedy: 'edit',
  },
  {
    table: 'party',
    called: { one: 'party', many: 'parties' },
    columns: { name: 'text', note: 'text' },
    remedy: 'edit',
  },
  {
    table: 'party_alias',
    called: { one: 'other name of a party', many: 'other names of parties' },
    columns: { alias: 'text' },
    remedy: 'edit',
  },
  {
    table: 'party_role',
    called: { one: 'role of a party', many: 'roles of parties' },
    columns: { role: 'text' },
    remedy: 'edit',
  },
  {
    table: 'story',
    called: { one: 'story', many: 'stories' },
    columns: { title: 'text', summary: 'text' },
    remedy: 'edit',
  },
  {
    table: 'question',
    called: { one: 'question', many: 'questions' },
    columns: {
      wording: 'text',
      measure: 'text',
      population: 'text',
      place: 'text',
      period: 'text',
      unit: 'text',
    },
    remedy: 'edit',
  },
  { table: 'setting', called: { one: 'setting', many: 'settings' }, columns: { value: 'JSON' }, remedy: 'edit' },
  {
    table: 'account',
    called: { one: 'person', many: 'people' },
    columns: { name: 'text', email: 'text' },
    remedy: 'edit',
  },
] as const satisfies readonly Place[]

export type PlaceName = (typeof PLACES)[number]['table']

/** A stored value as the texts in it. */
export function textsIn(value: unknown, as: ReadAs): string[] {
  if (typeof value === 'string') return as === 'address' ? [value, decoded(value)] : [value]
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, as))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, one]) => [name, ...textsIn(one, as)])
  return []
}

/** An address with what is percent-encoded in it written out; as it is where that is malformed. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address.replaceAll('+', ' '))
  } catch {
    return address
  }
}
