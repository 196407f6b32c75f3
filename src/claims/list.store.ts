import { Prisma } from '../../prisma/client/client.ts'
import type { Naming, Terms } from '../../prisma/client/enums.ts'
import { remembered } from '../database/remembered.ts'
import { rows } from '../database/rows.ts'
import type { Standing } from '../decisions/headline.ts'
import type { Db } from '../history/store.ts'
import { isWithheld } from '../privacy/withheld.store.ts'
import { IS_CONTESTED, IS_OUT_OF_DATE, refreshConflicts } from '../questions/contested.store.ts'
import type { Labelled } from '../sources/label.ts'
import type { Cursor } from '../web/paging.ts'
import { COUNTED } from './count.ts'
import type { Filter, Place, Sort } from './filter.ts'
import { answers } from './search.store.ts'

const PAGE_SIZE = 50
// Written out rather than sent beside: a plan for an unknown limit would expect a tenth of all claims.
const ONE_MORE = Prisma.raw(String(PAGE_SIZE + 1))

/** A filter whose names have been looked up: ids of the database. */
export type ResolvedFilter = Omit<Filter, 'story' | 'speaker' | 'assignee'> & {
  storyId: number | null
  speakerIds: number[] | null
  assignee: 'none' | number | null
  /** Whether a speaker who is not to be named is found by name. */
  maySeePrivate: boolean
}

/** Every claim there is. */
export const NO_FILTER: ResolvedFilter = {
  storyId: null,
  stage: null,
  verdict: null,
  speakerIds: null,
  source: null,
  assignee: null,
  hasFigure: false,
  isContested: false,
  question: null,
  from: null,
  to: null,
  search: null,
  tag: null,
  maySeePrivate: false,
}

/** One line of the list. */
export type Listed = Standing &
  Keyed & {
    ref: string
    statement: string
    language: string
    revision: number
    assigneeId: number | null
    assignee: string | null
    speakerId: number | null
    speaker: string | null
    speakerAsPrinted: string | null
    naming: Naming | null
    sourceId: number | null
    sourceKind: Labelled['kind'] | null
    sourceTitle: string | null
    sourceUrl: string | null
    sourceIsPrivate: boolean
    /** Whether nothing of its source is shown to those who may not see private sources. */
    sourceIsWithheld: boolean
    terms: Terms | null
    /** Every name of a speaker who is not to be named. */
    speakerNames: string[]
    moreAttributions: number
    /** As printed; those of private sources are left out. */
    hedges: string[]
    /** Whether its figure is in conflict with another. */
    isContested: boolean
  }

/** Claims of one page, and where the pages around it end and begin; null where there is none. */
export type ListPage = { claims: Listed[]; previous: Cursor | null; next: Cursor | null; isFirst: boolean }

/** A page of the list: at most fifty claims on one side of a place in it. Its cost does not grow with how far in it is. */
export async function listClaims(db: Db, filter: ResolvedFilter, sort: Sort, place: Place): Promise<ListPage> {
  if (filter.isContested) await refreshConflicts(db, filter)
  const isBackwards = place?.direction === 'before'
  const order = ORDERS[sort]
  const forwards = isBackwards ? !order.ascending : order.ascending
  const direction = forwards ? Prisma.sql`asc` : Prisma.sql`desc`
  const side = forwards ? Prisma.sql`>` : Prisma.sql`<`
  const beyond = place ? Prisma.sql`and ${order.columns} ${side} ${order.at(place.cursor)}` : Prisma.empty
  // A lateral first attribution and a row comparison, which Prisma cannot say: it would read every attribution and ask once for each table.
  const found = await rows<Listed & { isOutOfDate: boolean }>(
    db,
    Prisma.sql`
    select c.id, c.ref, c.statement, c.language, c.stage::text as stage, c.verdict::text as verdict,
      c.former_verdict::text as "formerVerdict", c.closed_because::text as "closedBecause",
      c.superseded_by_id is not null as "isSuperseded", c.came_in::text as "cameIn", c.occurred_on as "occurredOn",
      c.created_at as "createdAt", c.updated_at as "updatedAt", c.story_id as "storyId", c.number,
      c.revision, c.assignee_id as "assigneeId", assignee.name as assignee,
      said.speaker_id as "speakerId", said.speaker, said.speaker_as_printed as "speakerAsPrinted", said.naming,
      said.source_id as "sourceId", said.kind as "sourceKind", said.title as "sourceTitle", said.url as "sourceUrl",
      coalesce(said.is_private, false) as "sourceIsPrivate", coalesce(said.is_withheld, false) as "sourceIsWithheld", said.terms,
      coalesce(said.names, '{}') as "speakerNames", greatest(coalesce(said.times, 0) - 1, 0)::int as "moreAttributions",
      hedged.hedges, ${IS_CONTESTED} as "isContested", ${IS_OUT_OF_DATE} as "isOutOfDate"
    from (
      select c.* from claim c ${conditionsOf(filter)} ${beyond}
      order by ${order.first} ${direction}, ${order.second} ${direction} limit ${ONE_MORE}) c
    left join account assignee on assignee.id = c.assignee_id
    left join lateral (
      select a.speaker_id, p.name as speaker, a.speaker_as_printed, a.naming::text as naming,
        s.id as source_id, s.kind::text as kind, s.title, s.url, s.is_private, ${isWithheld('s')} as is_withheld, a.terms::text as terms,
        case when a.terms = 'not_for_attribution' then array(
          select p.name union select alias from party_alias where party_id = p.id) end as names,
        (select count(*) from attribution every where every.claim_id = c.id) as times
      from attribution a join source s on s.id = a.source_id left join party p on p.id = a.speaker_id
      where a.claim_id = c.id order by a.ordinal limit 1) said on true
    left join lateral (
      select coalesce(array_agg(hedge order by first), '{}') as hedges from (
        select hedge, min(a.ordinal) as first from attribution a join source s on s.id = a.source_id, unnest(a.hedges) hedge
        where a.claim_id = c.id and not ${isWithheld('s')} group by hedge) once) hedged on true
    order by ${order.first} ${direction}, ${order.second} ${direction}`,
  )
  await markConflicts(db, found)
  const page = found.slice(0, PAGE_SIZE)
  const claims = isBackwards ? page.toReversed() : page
  const hasMore = found.length > PAGE_SIZE
  const hasPrevious = isBackwards ? hasMore : place !== null
  const [first, last] = [claims[0], claims.at(-1)]
  return {
    claims,
    previous: hasPrevious && first ? placeOf(first, sort) : null,
    next: (isBackwards || hasMore) && last ? placeOf(last, sort) : null,
    isFirst: !hasPrevious,
  }
}

/** Finds anew what is in conflict where a line's question changed since, and marks the lines so. */
async function markConflicts(db: Db, lines: (Listed & { isOutOfDate: boolean })[]): Promise<void> {
  const claimIds = lines.filter(({ isOutOfDate }) => isOutOfDate).map(({ id }) => id)
  if (claimIds.length === 0) return
  await refreshConflicts(db, { claimIds })
  const marked = await rows<{ id: number }>(
    db,
    Prisma.sql`select c.id from claim c where c.id = any(${claimIds}::int[]) and ${IS_CONTESTED}`,
  )
  const contested = new Set(marked.map(({ id }) => id))
  for (const line of lines) if (line.isOutOfDate) line.isContested = contested.has(line.id)
}

// In milliseconds: while somebody pages on, nothing is counted again.
const COUNT_MEMORY = 15_000

/** How many claims a filter matches, counted to one more than is said exactly; another process's changes may be missing for fifteen seconds. */
export function countClaims(db: Db, filter: ResolvedFilter): Promise<number> {
  return remembered(db, `count ${JSON.stringify(filter)}`, COUNT_MEMORY, () => count(db, filter))
}

async function count(db: Db, filter: ResolvedFilter): Promise<number> {
  if (filter.isContested) await refreshConflicts(db, filter)
  const { search, ...others } = filter
  // Every claim has its one document: a search alone is counted without the claims, twice as fast where a word is common.
  const matching =
    search && Object.values(others).every((narrowed) => !narrowed)
      ? Prisma.sql`from claim_document d where ${answers(search)}`
      : Prisma.sql`from claim c ${conditionsOf(filter)}`
  const [row] = await rows<{ count: number }>(
    db,
    Prisma.sql`select count(*)::int as count from (select ${matching} limit ${COUNTED + 1}) counted`,
  )
  return row?.count ?? 0
}

/** Ids of a filter's claims in the list's order, for an export: as many as `limit`, after a place. */
export function idsStatement(filter: ResolvedFilter, sort: Sort, after: Cursor | null, limit: number): Prisma.Sql {
  const order = ORDERS[sort]
  const direction = order.ascending ? Prisma.sql`asc` : Prisma.sql`desc`
  const side = order.ascending ? Prisma.sql`>` : Prisma.sql`<`
  const beyond = after ? Prisma.sql`and ${order.columns} ${side} ${order.at(after)}` : Prisma.empty
  return Prisma.sql`
    select c.id, c.ref, c.number, c.story_id as "storyId", c.occurred_on as "occurredOn", c.created_at as "createdAt",
      c.updated_at as "updatedAt"
    from claim c ${conditionsOf(filter)} ${beyond}
    order by ${order.first} ${direction}, ${order.second} ${direction} limit ${limit}`
}

/** What a claim's place in a list is made of. */
export type Keyed = {
  id: number
  number: number
  storyId: number
  occurredOn: string | null
  createdAt: Date
  updatedAt: Date
}

/** A claim's place in a list of this order. */
export function placeOf(claim: Keyed, sort: Sort): Cursor {
  return ORDERS[sort].of(claim)
}

type Order = {
  ascending: boolean
  first: Prisma.Sql
  second: Prisma.Sql
  columns: Prisma.Sql
  of: (claim: Keyed) => Cursor
  at: (cursor: Cursor) => Prisma.Sql
}

const byUpdated = {
  first: Prisma.sql`c.updated_at`,
  second: Prisma.sql`c.id`,
  columns: Prisma.sql`(c.updated_at, c.id)`,
  of: ({ updatedAt, id }: Keyed) => ({ key: updatedAt.toISOString(), id }),
  at: ({ key, id }: Cursor) => Prisma.sql`(${key}::text::timestamptz, ${id}::int)`,
}
const byCreated = {
  ...byUpdated,
  first: Prisma.sql`c.created_at`,
  columns: Prisma.sql`(c.created_at, c.id)`,
  of: ({ createdAt, id }: Keyed) => ({ key: createdAt.toISOString(), id }),
}
// As the index claim_about_idx has it: claims about no known time last.
const ABOUT = Prisma.sql`coalesce(c.occurred_on, '') collate "C"`
const byAbout = {
  first: ABOUT,
  second: Prisma.sql`c.id`,
  columns: Prisma.sql`(${ABOUT}, c.id)`,
  of: ({ occurredOn, id }: Keyed) => ({ key: occurredOn ?? '', id }),
  at: ({ key, id }: Cursor) => Prisma.sql`(${key}::text, ${id}::int)`,
}
// By story as they were made, then by number, so that 10 follows 9.
const byRef = {
  first: Prisma.sql`c.story_id`,
  second: Prisma.sql`c.number`,
  columns: Prisma.sql`(c.story_id, c.number)`,
  of: ({ storyId, number }: Keyed) => ({ key: String(storyId), id: number }),
  at: ({ key, id }: Cursor) => Prisma.sql`(${key}::text::int, ${id}::int)`,
}

const ORDERS = {
  '-updated': { ascending: false, ...byUpdated },
  updated: { ascending: true, ...byUpdated },
  '-created': { ascending: false, ...byCreated },
  created: { ascending: true, ...byCreated },
  '-about': { ascending: false, ...byAbout },
  ref: { ascending: true, ...byRef },
} as const satisfies Record<Sort, Order>

function conditionsOf(filter: ResolvedFilter): Prisma.Sql {
  const {
    storyId,
    stage,
    verdict,
    speakerIds,
    source,
    assignee,
    hasFigure,
    isContested,
    question,
    from,
    to,
    search,
    tag,
    maySeePrivate,
  } = filter
  // Who may not be named is found as a speaker by nobody else.
  const named = maySeePrivate ? Prisma.empty : Prisma.sql`and a.terms is distinct from 'not_for_attribution'`
  const join = search ? Prisma.sql`join claim_document d on d.claim_id = c.id` : Prisma.empty
  const conditions = [
    storyId !== null && Prisma.sql`c.story_id = ${storyId}`,
    stage && Prisma.sql`c.stage = ${stage}::text::stage`,
    verdict && Prisma.sql`c.verdict = ${verdict}::text::verdict`,
    speakerIds &&
      Prisma.sql`exists (
        select from attribution a where a.claim_id = c.id and a.speaker_id = any(${speakerIds}::int[]) ${named})`,
    source !== null &&
      Prisma.sql`exists (select from attribution a where a.claim_id = c.id and a.source_id = ${source})`,
    assignee === 'none' && Prisma.sql`c.assignee_id is null`,
    typeof assignee === 'number' && Prisma.sql`c.assignee_id = ${assignee}`,
    hasFigure && Prisma.sql`c.figure_comparator is not null`,
    question !== null && Prisma.sql`c.question_id = ${question}`,
    isContested && IS_CONTESTED,
    from && Prisma.sql`(${ABOUT} >= ${from} or c.occurred_on = any(${widerThan(from)}::text[]))`,
    to && Prisma.sql`c.occurred_on is not null and ${ABOUT} <= ${`${to}~`}`,
    tag !== null &&
      Prisma.sql`exists (select from claim_tag t join tag g on g.id = t.tag_id where t.claim_id = c.id and g.name = ${tag})`,
    search && answers(search),
  ].filter((condition) => condition instanceof Prisma.Sql)
  return Prisma.sql`${join} where ${conditions.length ? Prisma.join(conditions, ' and ') : Prisma.sql`true`}`
}

/** The less exact dates that a date lies in: of 2022-01-07 they are 2022 and 2022-01. */
function widerThan(date: string): string[] {
  return [4, 7, 10].filter((length) => length < date.length).map((length) => date.slice(0, length))
}
