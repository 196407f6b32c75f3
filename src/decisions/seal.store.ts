import { Prisma } from '../../prisma/client/client.ts'
import { rows } from '../database/rows.ts'
import type { Db } from '../history/store.ts'
import { type Role, roleAt } from '../parties/role.ts'
import { type Alike, independentSources } from './independence.ts'
import type { AttributionPart, Parts } from './parts.ts'

/** How a statement is put to the database: through Prisma, or through a connection that an export holds. */
export type Ask = <T extends object>(statement: Prisma.Sql) => Promise<T[]>

/** The parts of these claims as they are now, by claim id; a ruling only where one is in force. */
export function partsOf(db: Db, claimIds: readonly number[]): Promise<Map<number, Parts>> {
  return askForParts((statement) => rows(db, statement), claimIds)
}

/** The same, asked over any connection. */
export async function askForParts(ask: Ask, claimIds: readonly number[]): Promise<Map<number, Parts>> {
  const found = claimIds.length ? await ask<{ id: number; parts: Gathered }>(partsStatement(claimIds)) : []
  return new Map(found.map(({ id, parts }) => [id, completed(parts)]))
}

/** Two documents of a claim that are counted as one. */
type AlikePair = { first: number; second: number; by: Alike['by']; share: number }

type Gathered = Omit<Parts, 'attributions' | 'independentSources'> & {
  alike: AlikePair[]
  attributions: (Omit<AttributionPart, 'speakerRole'> & { speakerRoles: Role[] })[]
}

function completed({ alike, ...gathered }: Gathered): Parts {
  const joined = <T extends { id: number }>(document: T): T => {
    const others = alike.flatMap(({ first, second, by, share }) =>
      first === document.id ? [{ id: second, by, share }] : second === document.id ? [{ id: first, by, share }] : [],
    )
    return others.length ? { ...document, alike: others } : document
  }
  const evidence = gathered.evidence.map((piece) => ({
    ...piece,
    source: joined(piece.source),
    restsOnSource: piece.restsOnSource && joined(piece.restsOnSource),
  }))
  const attributions = gathered.attributions.map(({ speakerRoles, ...attribution }) => ({
    ...attribution,
    source: joined(attribution.source),
    speakerRole: roleAt(
      speakerRoles,
      attribution.saidOn ?? attribution.source.publishedOn ?? gathered.claim.occurredOn ?? null,
    ),
  }))
  return { ...gathered, attributions, evidence, independentSources: independentSources(attributions, evidence) }
}

const SOURCE = Prisma.sql`json_build_object(
  'id', s.id, 'url', s.url, 'archiveUrl', s.archive_url, 'title', s.title, 'publisher', publisher.name,
  'publisherId', s.publisher_id, 'publishedOn', s.published_on, 'isPrivate', s.is_private)`

// One statement for any number of claims: Prisma's include would ask once for each table and hand over five times the bytes.
function partsStatement(claimIds: readonly number[]): Prisma.Sql {
  return Prisma.sql`
    select c.id, json_build_object(
      'claim', json_build_object(
        'id', c.id, 'ref', c.ref, 'revision', c.revision, 'stage', c.stage, 'statement', c.statement, 'language', c.language,
        'story', story.title, 'occurredOn', c.occurred_on, 'place', c.place, 'figureComparator', c.figure_comparator,
        'figureLow', trim_scale(c.figure_low)::text, 'figureHigh', trim_scale(c.figure_high)::text,
        'figureWording', c.figure_wording, 'figureAsOf', c.figure_as_of, 'question', question.wording,
        'supersededBy', superseding.ref, 'contradicts', coalesce(contradicting.refs, '[]')),
      'attributions', coalesce(said.parts, '[]'), 'evidence', coalesce(shown.parts, '[]'), 'ruling', ruled.part, 'alike', coalesce(alike.pairs, '[]')) as parts
    from claim c
    join story on story.id = c.story_id
    left join question on question.id = c.question_id
    left join claim superseding on superseding.id = c.superseded_by_id
    left join lateral (
      select json_agg(o.ref order by os.code, o.number) as refs
      from (select to_id as id from relation where from_id = c.id and type = 'contradicts'
        union select from_id from relation where to_id = c.id and type = 'contradicts') r
      join claim o on o.id = r.id join story os on os.id = o.story_id) contradicting on true
    left join lateral (
      select json_agg(json_build_object(
        'id', a.id, 'source', ${SOURCE}, 'captureSha256', capture.sha256, 'speaker', speaker.name, 'speakerId', speaker.id,
        'speakerKind', speaker.kind,
        'speakerRoles', (
          select coalesce(json_agg(json_build_object('role', r.role, 'fromDate', r.from_date, 'toDate', r.to_date) order by r.id), '[]')
          from party_role r where r.party_id = a.speaker_id),
        'speakerAsPrinted', a.speaker_as_printed, 'naming', a.naming, 'position', a.position,
        'relays', (
          select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'printed', r.printed) order by r.ordinal), '[]')
          from relay r join party p on p.id = r.party_id where r.attribution_id = a.id),
        'cue', a.cue, 'hedges', a.hedges, 'occasion', a.occasion, 'speech', a.speech, 'passage', a.passage, 'quote', a.quote,
        'originalWords', a.original_words, 'originalLanguage', a.original_language, 'saidOn', a.said_on, 'terms', a.terms,
        'finding', a.finding, 'findingNote', a.finding_note, 'findingUrl', a.finding_url) order by a.ordinal) as parts
      from attribution a
      join source s on s.id = a.source_id
      left join party publisher on publisher.id = s.publisher_id
      left join party speaker on speaker.id = a.speaker_id
      left join capture on capture.id = a.capture_id
      where a.claim_id = c.id) said on true
    left join lateral (
      select json_agg(json_build_object(
        'id', e.id, 'source', ${SOURCE}, 'captureSha256', capture.sha256, 'stance', e.stance, 'basis', e.basis,
        'restsOnParty', case when party.id is null then null else json_build_object('id', party.id, 'name', party.name) end,
        'restsOnSource', case when document.id is null then null else json_build_object(
          'id', document.id, 'title', document.title, 'url', document.url, 'isPrivate', document.is_private,
          'publisher', issuer.name, 'publisherId', issuer.id) end,
        'isTheAct', e.is_the_act, 'passage', e.passage, 'note', e.note) order by e.id) as parts
      from evidence e
      join source s on s.id = e.source_id
      left join party publisher on publisher.id = s.publisher_id
      left join capture on capture.id = e.capture_id
      left join party on party.id = e.rests_on_party_id
      left join source document on document.id = e.rests_on_source_id
      left join party issuer on issuer.id = document.publisher_id
      where e.claim_id = c.id) shown on true
    left join lateral (
      with used as (
        select source_id as id from attribution where claim_id = c.id
        union select source_id from evidence where claim_id = c.id
        union select rests_on_source_id from evidence where claim_id = c.id and rests_on_source_id is not null)
      select json_agg(json_build_object('first', l.first_id, 'second', l.second_id, 'by', l.by, 'share', l.share)
        order by l.first_id, l.second_id) as pairs
      from used one join source_likeness l on l.first_id = one.id join used other on other.id = l.second_id
      where not exists (select from source_apart a where a.first_id = l.first_id and a.second_id = l.second_id)) alike on true
    left join lateral (
      select json_build_object(
        'verdict', d.verdict, 'rationale', d.rationale, 'decidedBy', decider.name, 'decidedById', d.decided_by_id,
        'secondedBy', seconder.name, 'secondedById', d.seconded_by_id,
        'override', d.override_reason, 'replySought', d.reply_sought,
        'decidedAt', to_char(d.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'change', d.change, 'changeNote', d.change_note) as part
      from decision d
      join account decider on decider.id = d.decided_by_id
      left join account seconder on seconder.id = d.seconded_by_id
      left join decision_end ended on ended.decision_id = d.id
      where d.claim_id = c.id and ended.decision_id is null
      order by d.revision desc limit 1) ruled on true
    where ${isAmong(claimIds)}`
}

/** One claim by itself: the plan for a list depends on its length, and making it takes the database longer than carrying it out. */
function isAmong(claimIds: readonly number[]): Prisma.Sql {
  const [only, ...others] = claimIds
  return others.length ? Prisma.sql`c.id = any(${claimIds}::int[])` : Prisma.sql`c.id = ${only}`
}
