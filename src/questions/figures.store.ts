import { Prisma } from '../../prisma/client/client.ts'
import type { Comparator, Finding, Naming, Position, SourceKind, Terms } from '../../prisma/client/enums.ts'
import { rows } from '../database/rows.ts'
import type { Standing } from '../decisions/headline.ts'
import type { Db } from '../history/store.ts'
import { unnamedInWords } from '../parties/speaker.ts'
import { isWithheld } from '../privacy/withheld.store.ts'
import { coverOf, descriptionOf, figureWordingShown, passagesShown, type Withheld } from '../privacy/withheld.ts'
import { labelOf } from '../sources/label.ts'
import { type Interval, intervalOf } from './figure.ts'
import { isGivenUp } from './withdrawal.ts'

/** How many figures of one question are read at once; a question with more is told so on its page. */
export const MOST_FIGURES = 5_000

/** Who gives a figure, through whom, where. */
export type Saying = {
  speakerId: number | null
  speaker: string | null
  /** Whether the speaker is not to be named; `speaker` then says so. */
  isUnnamed: boolean
  speakerAsPrinted: string | null
  naming: Naming
  position: Position
  finding: Finding
  relays: string[]
  publisher: string | null
  sourceId: number | null
  source: string
  /** Printed dates. */
  saidOn: string | null
  publishedOn: string | null
}

/** A claim's figure with what it is held against others by. */
export type QuestionFigure = Standing & {
  id: number
  ref: string
  revision: number
  statement: string
  language: string
  questionId: number
  comparator: Comparator
  low: string | null
  high: string | null
  /** As printed; null where it may come from a source that is withheld and the reader may not see those. */
  wording: string | null
  /** A printed date. */
  asOf: string | null
  interval: Interval | null
  /** The parties that give it. */
  speakerIds: number[]
  /** Whether it was denied or withdrawn by who gave it. */
  isWithdrawn: boolean
  sayings: Saying[]
}

type Stored = Omit<QuestionFigure, 'interval' | 'speakerIds' | 'isWithdrawn' | 'sayings'> & {
  isFromWithheld: boolean
  sayings: (Omit<Saying, 'source' | 'sourceId' | 'isUnnamed'> & {
    sourceId: number
    terms: Terms | null
    /** Every name of a speaker who is not to be named. */
    names: string[] | null
    isWithheld: boolean
    /** Asked for only where a source of the claim is withheld. */
    passage: string | null
    kind: SourceKind
    title: string | null
    url: string | null
    isPrivate: boolean
    relayIds: number[]
    publisherId: number | null
  })[]
}

/** The figures of a question, by as-of, those without one last; where there are more than `MOST_FIGURES`, the latest. One statement for any number. */
export async function figuresOf(db: Db, questionId: number, maySeePrivate: boolean): Promise<QuestionFigure[]> {
  const latest = await readFigures(
    db,
    maySeePrivate,
    Prisma.sql`
    c.question_id = ${questionId} and c.stage <> 'closed'
    order by c.figure_as_of collate "C" desc nulls last, c.id desc limit ${MOST_FIGURES}`,
  )
  const inOrder = latest.toReversed()
  return [...inOrder.filter(({ asOf }) => asOf !== null), ...inOrder.filter(({ asOf }) => asOf === null)]
}

const BATCH = 1_000

/** Every figure of a question in the order in which its claims were recorded, however many there are. */
export async function* everyFigureOf(
  db: Db,
  questionId: number,
  maySeePrivate: boolean,
): AsyncGenerator<QuestionFigure> {
  let after = 0
  while (true) {
    const figures = await readFigures(
      db,
      maySeePrivate,
      Prisma.sql`
      c.question_id = ${questionId} and c.stage <> 'closed' and c.id > ${after} order by c.id limit ${BATCH}`,
    )
    yield* figures
    const last = figures.at(-1)
    if (!last || figures.length < BATCH) return
    after = last.id
  }
}

async function readFigures(db: Db, maySeePrivate: boolean, which: Prisma.Sql): Promise<QuestionFigure[]> {
  // What a reader needs of a figure lies in five tables, which Prisma would ask one by one.
  const found = await rows<Stored>(
    db,
    Prisma.sql`
    select c.id, c.ref, c.revision, c.statement, c.language, c.question_id as "questionId", c.stage::text as stage, c.verdict::text as verdict,
      c.former_verdict::text as "formerVerdict", c.closed_because::text as "closedBecause",
      c.superseded_by_id is not null as "isSuperseded", c.came_in::text as "cameIn",
      c.figure_comparator::text as comparator, trim_scale(c.figure_low)::text as low, trim_scale(c.figure_high)::text as high,
      c.figure_wording as wording, c.figure_as_of as "asOf", held.is_from_withheld as "isFromWithheld", coalesce(said.sayings, '[]') as sayings
    from claim c
    cross join lateral (select exists (
      select from claim_source w join source ws on ws.id = w.source_id where w.claim_id = c.id and ${isWithheld('ws')}) as is_from_withheld) held
    left join lateral (
      select json_agg(json_build_object(
        'terms', a.terms, 'isWithheld', held.is_from_withheld and ${isWithheld('s')},
        'names', case when a.terms = 'not_for_attribution' then (
          select json_agg(name) from (select p.name union select alias from party_alias where party_id = p.id) known) end,
        'passage', case when held.is_from_withheld then a.passage end, 'speakerId', a.speaker_id, 'speaker', p.name, 'speakerAsPrinted', a.speaker_as_printed, 'naming', a.naming,
        'position', a.position, 'finding', a.finding,
        'relays', (select coalesce(json_agg(party.name order by r.ordinal), '[]')
          from relay r join party on party.id = r.party_id where r.attribution_id = a.id),
        'relayIds', (select coalesce(json_agg(r.party_id), '[]') from relay r where r.attribution_id = a.id), 'publisherId', s.publisher_id,
        'publisher', publisher.name, 'sourceId', s.id, 'kind', s.kind, 'title', s.title, 'url', s.url, 'isPrivate', s.is_private,
        'saidOn', a.said_on, 'publishedOn', s.published_on) order by a.ordinal) as sayings
      from attribution a join source s on s.id = a.source_id left join party p on p.id = a.speaker_id
      left join party publisher on publisher.id = s.publisher_id
      where a.claim_id = c.id) said on true
    where c.figure_comparator is not null and ${which}`,
  )
  return found.map((figure) => figureFrom(figure, maySeePrivate))
}

function figureFrom({ sayings, isFromWithheld, ...figure }: Stored, maySeePrivate: boolean): QuestionFigure {
  const withheld = maySeePrivate ? null : withheldAmong(sayings)
  const passages = passagesShown(sayings, withheld)
  return {
    ...figure,
    wording: figureWordingShown(figure.wording, { isFromWithheld: isFromWithheld && !maySeePrivate, passages }),
    interval: intervalOf(figure),
    // Who is not to be named is the same speaker as nobody else, or what is said of two figures would tell.
    speakerIds: idsOf(
      sayings.filter(({ position, terms }) => position === 'asserts' && terms !== 'not_for_attribution'),
    ),
    isWithdrawn: isGivenUp(sayings),
    sayings: sayings.map((saying) => sayingFrom(saying, withheld)),
  }
}

function idsOf(sayings: readonly { speakerId: number | null }[]): number[] {
  return [...new Set(sayings.flatMap(({ speakerId }) => speakerId ?? []))]
}

function withheldAmong(sayings: Stored['sayings']): Withheld {
  const grounds = sayings.flatMap(({ sourceId, isWithheld, isPrivate }) =>
    isWithheld ? [[sourceId, isPrivate ? 'private' : 'not_for_attribution'] as const] : [],
  )
  const names = sayings.flatMap(({ speakerId, names }) => (speakerId && names ? [[speakerId, names] as const] : []))
  return { sources: new Map(grounds), names: new Map(names) }
}

/** A saying without what is withheld of it: of a private source who said it stays, and of what is not for attribution the description. */
function sayingFrom(saying: Stored['sayings'][number], withheld: Withheld | null): Saying {
  const cover = coverOf(saying, withheld)
  const { naming, position, finding, saidOn } = saying
  const description = cover.speaker ? descriptionOf(saying, cover, withheld) : null
  const ground = withheld?.sources.get(saying.sourceId) ?? (cover.document ? 'not_for_attribution' : null)
  return {
    speakerId: cover.speaker ? null : saying.speakerId,
    speaker: cover.speaker ? unnamedInWords(description) : saying.speaker,
    isUnnamed: cover.speaker,
    speakerAsPrinted: cover.speaker ? description : cover.words ? null : saying.speakerAsPrinted,
    naming,
    position,
    finding,
    relays: cover.speaker ? [] : saying.relays,
    publisher: cover.document ? null : saying.publisher,
    sourceId: cover.document ? null : saying.sourceId,
    source: labelOf(saying, ground),
    saidOn,
    publishedOn: cover.document ? null : saying.publishedOn,
  }
}
