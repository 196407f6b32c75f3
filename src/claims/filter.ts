import { Stage, Verdict } from '../../prisma/client/enums.ts'
import type { Problem } from '../outcome.ts'
import { printedDateRefusal, readPrintedDate } from '../printed-date.ts'
import { maybeTag } from '../tags/tag.ts'
import { lengthOf, normalised, unfitness } from '../text.ts'
import { type Cursor, cursorText, isInstant, maybeCursor } from '../web/paging.ts'
import { type Search, searchOf } from './search.ts'

export const SORTS = ['-updated', 'updated', '-created', 'created', '-about', 'ref'] as const
export type Sort = (typeof SORTS)[number]

/** What a list of claims is narrowed to; null where it is not. */
export type Filter = {
  story: string | null
  stage: Stage | null
  verdict: Verdict | null
  /** A party's id, or a name as somebody typed it. */
  speaker: number | string | null
  source: number | null
  assignee: 'me' | 'none' | number | null
  hasFigure: boolean
  /** Only claims whose figure is in conflict with another on its question. */
  isContested: boolean
  question: number | null
  /** Printed dates: claims about a time that may lie within them. */
  from: string | null
  to: string | null
  search: Search | null
  tag: string | null
}

/** Where in the list a page begins. */
export type Place = { direction: 'after' | 'before'; cursor: Cursor } | null

/** The parameters of an address that narrow the list, in the order in which they are written. */
export const FILTERS = [
  'q',
  'story',
  'stage',
  'verdict',
  'speaker',
  'source',
  'assignee',
  'figure',
  'conflict',
  'question',
  'from',
  'to',
  'tag',
] as const
export type FilterName = (typeof FILTERS)[number]

/** The parameters as they were given, without those left empty. */
export type Given = Partial<Record<FilterName | 'sort', string>>

export type ReadFilter = { filter: Filter; sort: Sort; place: Place; given: Given; problems: Problem[] }

/** Reads the list's address. What cannot be read is left out of the filter and said in a sentence; parameters of others are not looked at. */
export function readFilter(query: unknown): ReadFilter {
  const problems: Problem[] = []
  const given: Given = {}
  for (const name of [...FILTERS, 'sort'] as const) {
    const value = parameter(query, name)
    if (value !== '') given[name] = value
  }
  const filter: Filter = {
    story: read('story', (code) => (/^[a-z][a-z0-9]{0,11}$/i.test(code) ? code.toUpperCase() : null), NO_STORY),
    stage: read('stage', (word) => oneOf(Object.values(Stage), word), 'Choose a stage of the list.'),
    verdict: read('verdict', (word) => oneOf(Object.values(Verdict), word), 'Choose a verdict of the list.'),
    speaker: read('speaker', (text) => idOf(text) ?? (lengthOf(text) <= 200 ? text : null), 'Write a shorter name.'),
    source: read('source', idOf, 'Name a source by its number.'),
    assignee: read(
      'assignee',
      (who) => (who === 'me' || who === 'none' ? who : idOf(who)),
      'Choose somebody of the list.',
    ),
    hasFigure: read('figure', (word) => word === 'yes' || null, 'This can only be “yes”.') ?? false,
    isContested: read('conflict', (word) => word === 'yes' || null, 'This can only be “yes”.') ?? false,
    question: read('question', idOf, 'Name a question by its number.'),
    from: read('from', readPrintedDate, printedDateRefusal),
    to: read('to', readPrintedDate, printedDateRefusal),
    tag: read('tag', maybeTag, 'Name a tag of the desk.'),
    search: read('q', searchFrom, 'Search for a word or a number; two hundred characters at most.'),
  }
  if (filter.from && filter.to && filter.from > `${filter.to}~`)
    problems.push({ field: 'to', message: 'The second date lies before the first.' })
  const sort = read('sort', (word) => oneOf(SORTS, word), 'Choose an order of the list.') ?? '-updated'
  return { filter, sort, place: readPlace(), given, problems }

  function read<T>(
    name: FilterName | 'sort',
    reader: (text: string) => T | null,
    sentence: string | ((text: string) => string),
  ): T | null {
    const text = given[name]
    if (text === undefined) return null
    const value = unfitness(text) ? null : reader(text)
    if (value === null)
      problems.push({ field: name, message: typeof sentence === 'string' ? sentence : sentence(text) })
    return value
  }

  function readPlace(): Place {
    for (const direction of ['after', 'before'] as const) {
      const text = parameter(query, direction)
      if (!text) continue
      const cursor = maybeCursor(text)
      if (cursor && fits(cursor, sort)) return { direction, cursor }
      problems.push({ field: '', message: 'This address leads to no page of the list. Here is its first page.' })
    }
    return null
  }
}

const NO_STORY = 'Choose a story of the list.'

/** A parameter of an address as text, normalised and trimmed; the first where it stands several times, '' where it does not. */
export function parameter(query: unknown, name: string): string {
  const value: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, name) : undefined
  const [text]: unknown[] = Array.isArray(value) ? value : [value]
  return typeof text === 'string' ? normalised(text).trim() : ''
}

function oneOf<T extends string>(words: readonly T[], word: string): T | null {
  return words.find((known) => known === word) ?? null
}

function idOf(text: string): number | null {
  return /^#?[1-9]\d{0,8}$/.test(text) ? Number(text.replace('#', '')) : null
}

function searchFrom(text: string): Search | null {
  return lengthOf(text) <= 200 ? searchOf(text) : null
}

const KEY_SHAPES = {
  '-updated': isInstant,
  updated: isInstant,
  '-created': isInstant,
  created: isInstant,
  '-about': (key) => /^[\d:T-]{0,20}$/.test(key),
  ref: (key) => /^\d{1,9}$/.test(key),
} as const satisfies Record<Sort, (key: string) => boolean>

function fits({ key, id }: Cursor, sort: Sort): boolean {
  return id >= 0 && KEY_SHAPES[sort](key)
}

/** The parameter that leads to the page on one side of a row. */
export function cursorOf(direction: 'after' | 'before', cursor: Cursor): Record<string, string> {
  return { [direction]: cursorText(cursor) }
}
