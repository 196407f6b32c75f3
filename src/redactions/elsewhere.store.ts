import type { Subject } from '../../prisma/client/enums.ts'
import type { Db } from '../history/store.ts'
import { placesOf } from '../history/tombstone.ts'
import { paths } from '../paths.ts'
import type { Target } from './target.store.ts'

/** Something else that holds the same words: what it is, where it is seen, and whether it is redacted or edited. */
export type Elsewhere = {
  what: string
  href: string
  how: 'redact' | 'edit'
  target: Pick<Target, 'kind' | 'id'> | null
}

const MOST = 200

/** How JSON writes these words inside a text; history and seals are stored so. */
function inJson(words: string): string {
  return JSON.stringify(words).slice(1, -1)
}

/** Lines of history and sealed copies that hold any of the words and are not redacted, all or at most so many of each. Looks through all of them. */
export async function copiesOf(
  db: Db,
  words: readonly string[],
  most: number | null = null,
): Promise<(Pick<Target, 'kind' | 'id'> & Copy)[]> {
  if (words.length === 0) return []
  const json = words.map(inJson)
  const events = await db.$queryRaw<(Copy & { id: number })[]>`
    select e.id, e.subject::text as subject, e.subject_id as "subjectId", e.revision,
      coalesce((select ref from claim where e.subject = 'claim' and id = e.subject_id),
        (select code from story where e.subject = 'story' and id = e.subject_id)) as name
    from event_body b join event e on e.id = b.event_id
    where b.redacted_at is null and exists (
      select from unnest(${json}::text[], ${words}::text[]) as sought(json, plain)
      where position(sought.json in concat_ws(' ', b.before::text, b.after::text)) > 0 or position(sought.plain in b.reason) > 0)
    order by e.id limit ${most}`
  const decisions = await db.$queryRaw<(Copy & { id: number })[]>`
    select d.id, 'claim' as subject, d.claim_id as "subjectId", d.revision, c.ref as name
    from decision d join claim c on c.id = d.claim_id
    where d.seal <> '{}' and exists (
      select from unnest(${json}::text[], ${words}::text[]) as sought(json, plain)
      where position(sought.json in d.seal::text) > 0
        or position(sought.plain in concat_ws(' ', d.rationale, d.override_reason, d.reply_sought, d.change_note)) > 0)
    order by d.id limit ${most}`
  return [
    ...events.map((row) => ({ kind: 'event' as const, ...row })),
    ...decisions.map((row) => ({ kind: 'decision' as const, ...row })),
  ]
}

/** Captured texts that hold the words to the letter, and where in them, besides the one given. */
export async function textsWith(db: Db, words: string, exceptId: number): Promise<Target[]> {
  const texts = await db.$queryRaw<{ id: number; text: string }[]>`
    select id, text from capture where position(${words} in text) > 0 and id <> ${exceptId} order by id`
  return texts.map(({ id, text }) => ({ kind: 'capture', id, ...placesOf(text, words) }))
}

/** Whose a copy is, and at which revision. */
type Copy = { subject: Subject; subjectId: number; revision: number; name: string | null }

/** Everything that holds the words: history, sealed copies and captured texts, which are redacted, and what is edited instead. */
export async function standingElsewhere(
  db: Db,
  words: string,
  except: Pick<Target, 'kind' | 'id'>,
): Promise<Elsewhere[]> {
  const copies = (await copiesOf(db, [words], MOST)).map(
    (copy): Elsewhere => ({
      what:
        copy.kind === 'event'
          ? `History of ${called(copy)}, revision ${copy.revision}`
          : `Sealed copy of ${copy.name}, decided at revision ${copy.revision}`,
      href: copy.kind === 'event' ? paths.event(historyOf(copy), copy.revision) : paths.claim(copy.name ?? ''),
      how: 'redact',
      target: { kind: copy.kind, id: copy.id },
    }),
  )
  // Each looks through the whole of its table, one after the other: this is asked for seldom.
  const texts = await db.$queryRaw<{ id: number; sourceId: number }[]>`
    select id, source_id as "sourceId" from capture where position(${words} in text) > 0 order by id limit ${MOST}`
  const edited = await db.$queryRaw<{ kind: keyof typeof EDITED; id: number; name: string }[]>`
    select 'claim' as kind, id, ref as name from claim
      where position(${words} in concat_ws(' ', statement, place, figure_wording, proposal::text)) > 0
    union all select 'attribution', a.id, c.ref from attribution a join claim c on c.id = a.claim_id
      where position(${words} in concat_ws(' ', passage, prefix, suffix, quote, original_words, speaker_as_printed, cue, occasion,
        array_to_string(hedges, ' '), finding_note, finding_url)) > 0
    union all select 'evidence', e.id, c.ref from evidence e join claim c on c.id = e.claim_id
      where position(${words} in concat_ws(' ', passage, prefix, suffix, note)) > 0
    union all select 'source', id, coalesce(title, '') from source
      where position(${words} in concat_ws(' ', title, url, archive_url, byline, notes)) > 0
    union all select 'party', id, name from party where position(${words} in concat_ws(' ', name, note)) > 0
      or exists (select from party_alias l where l.party_id = party.id and position(${words} in l.alias) > 0)
      or exists (select from party_role r where r.party_id = party.id and position(${words} in r.role) > 0)
    union all select 'story', id, code from story where position(${words} in concat_ws(' ', title, summary)) > 0
    union all select 'question', id, '' from question where position(${words} in concat_ws(' ', wording, measure, population, place, period, unit)) > 0
    union all select 'relation', r.id, c.ref from relation r join claim c on c.id = r.from_id where position(${words} in note) > 0
    limit ${MOST}`
  return [
    ...copies,
    ...(await digestsOf(db, except)),
    ...texts.map(
      ({ id, sourceId }): Elsewhere => ({
        what: `Text ${id} of source #${sourceId}`,
        href: `${paths.source(sourceId)}?capture=${id}`,
        how: 'redact',
        target: { kind: 'capture', id },
      }),
    ),
    ...edited.map(({ kind, id, name }): Elsewhere => ({ ...EDITED[kind](id, name), how: 'edit', target: null })),
  ].filter(({ target }) => target?.kind !== except.kind || target.id !== except.id)
}

/** History that holds the digest of a whole text: with the rest of the text at hand, a few words could be guessed by it. */
async function digestsOf(db: Db, { kind, id }: Pick<Target, 'kind' | 'id'>): Promise<Elsewhere[]> {
  if (kind !== 'capture') return []
  const events = await db.$queryRaw<{ id: number; sourceId: number; revision: number }[]>`
    select e.id, c.source_id as "sourceId", e.revision
    from capture c join event e on e.subject = 'source' and e.subject_id = c.source_id join event_body b on b.event_id = e.id
    where c.id = ${id} and position(c.sha256 in concat_ws(' ', b.before::text, b.after::text)) > 0 order by e.id limit ${MOST}`
  return events.map((event) => ({
    what: `History of source #${event.sourceId}, revision ${event.revision}: the digest of the whole text, by which a few words could be guessed`,
    href: paths.event(paths.sourceHistory(event.sourceId), event.revision),
    how: 'redact',
    target: { kind: 'event', id: event.id },
  }))
}

const EDITED = {
  claim: (_, ref) => ({ what: `Claim ${ref}: its own words`, href: paths.claim(ref) }),
  attribution: (id, ref) => ({ what: `Claim ${ref}: an attribution`, href: `${paths.claim(ref)}#attribution-${id}` }),
  evidence: (id, ref) => ({ what: `Claim ${ref}: a piece of evidence`, href: `${paths.claim(ref)}#evidence-${id}` }),
  source: (id) => ({ what: `Source #${id}: what is said of it`, href: paths.source(id) }),
  party: (id) => ({ what: `Party #${id}: what is said of it`, href: paths.party(id) }),
  question: (id) => ({ what: `Question #${id}: what it asks`, href: paths.question(id) }),
  relation: (id, ref) => ({
    what: `Claim ${ref}: the note of a relation, which is removed rather than edited`,
    href: `${paths.claim(ref)}#relation-${id}`,
  }),
  story: (_, code) => ({ what: `Story ${code}: what is said of it`, href: paths.story(code) }),
} as const satisfies Record<string, (id: number, name: string) => { what: string; href: string }>

function called({ subject, subjectId, name }: Copy): string {
  if (subject === 'claim' || subject === 'story') return `${subject} ${name ?? ''}`
  return subject === 'setting' ? 'a setting' : `${subject} #${subjectId}`
}

/** The address of a subject's history. */
export function historyOf({ subject, subjectId, name }: Omit<Copy, 'revision'>): string {
  return {
    claim: () => paths.claimHistory(name ?? ''),
    source: () => paths.sourceHistory(subjectId),
    party: () => paths.partyHistory(subjectId),
    story: () => paths.storyHistory(name ?? ''),
    question: () => paths.questionHistory(subjectId),
    account: () => paths.personHistory(subjectId),
    setting: () => paths.deskHistory(),
  }[subject]()
}
