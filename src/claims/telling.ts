import type { Line } from '../history/list.store.ts'
import type { Teller } from '../history/timeline.ts'
import { printedDateInWords } from '../printed-date.ts'
import { type ClaimMask, maskFields, WITHHELD_VALUE } from '../privacy/event.ts'
import { allNames, withoutNames } from '../privacy/withheld.ts'
import { type WordKind, word } from '../words.ts'

const KINDS: Record<string, WordKind> = {
  stage: 'stage',
  verdict: 'verdict',
  formerVerdict: 'verdict',
  closedBecause: 'closedBecause',
  figureComparator: 'comparator',
  finding: 'finding',
  change: 'change',
  stance: 'stance',
  basis: 'basis',
  position: 'position',
  naming: 'naming',
}
const DATES = ['occurredOn', 'figureAsOf', 'recheckOn', 'saidOn']
/** Fields of a part of a claim that its history tells, in this order. */
const OF_PARTS = [
  'stance',
  'basis',
  'position',
  'naming',
  'cue',
  'passage',
  'note',
  'quote',
  'finding',
  'findingNote',
  'originalWords',
]

/** People and questions by id, as far as a history names them. */
type Named = { people: ReadonlyMap<number, string>; questions: ReadonlyMap<number, string> }

/** How a claim's history is told. Ids are left to the stored values; with a mask, of what is withheld only that is told. */
export function claimTeller(mask: ClaimMask | null, named: Named): Teller {
  return {
    subject: 'claim',
    labels: LABELS,
    ...(mask && {
      shown: (fields: unknown) => maskFields(fields, mask),
      reasonShown: (reason: string | null) =>
        reason === null ? null : (withoutNames(reason, allNames(mask)) ?? WITHHELD_VALUE),
    }),
    inWords: (field, value) =>
      field === 'assigneeId'
        ? (named.people.get(Number(value)) ?? '')
        : field === 'questionId'
          ? (named.questions.get(Number(value)) ?? '')
          : inWords(field, value),
  }
}

/** The sources that the stored values of a claim's history name. */
export function sourcesNamed(lines: readonly Pick<Line, 'before' | 'after'>[]): number[] {
  const named = new Set<number>()
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value))
      if (key === 'sourceId' && typeof inner === 'number') named.add(inner)
      else look(inner)
  }
  for (const { before, after } of lines) for (const value of [before, after]) look(value)
  return [...named]
}

/** The ids that the stored values of a claim's history name in a field: of people who took it up, of questions it hangs on. */
export function idsNamed(
  lines: readonly Pick<Line, 'before' | 'after'>[],
  field: 'assigneeId' | 'questionId',
): number[] {
  const named = lines.flatMap(({ before, after }) =>
    [before, after].map((value) =>
      typeof value === 'object' && value !== null ? Number(Reflect.get(value, field)) : 0,
    ),
  )
  return [...new Set(named.filter((id) => Number.isInteger(id) && id > 0))]
}

const LABELS = {
  statement: 'Statement',
  language: 'Language',
  occurredOn: 'When it is about',
  place: 'Where',
  stage: 'Stage',
  assigneeId: 'Taken up by',
  verdict: 'Verdict',
  closedBecause: 'Closed because',
  duplicateOf: 'Duplicate of',
  takenOverFrom: 'Taken over from',
  figureWording: 'Figure as printed',
  figureComparator: 'Figure',
  figureLow: 'Lower number',
  figureHigh: 'Upper number',
  figureAsOf: 'Figure as of',
  questionId: 'Question',
  attributions: 'Attributions',
  attribution: 'Attribution',
  tags: 'Tags',
  evidence: 'Evidence',
  relation: 'Relation',
  finding: 'Finding',
  findings: 'Findings',
  party: 'Party',
  source: 'Source',
  oneOrigin: 'Counted as one origin',
  findingNote: 'Note',
  originalWords: 'Original words',
  recheckOn: 'Recheck on',
  replySought: 'Reply sought',
  change: 'Kind of change',
  changeNote: 'Note on the change',
  overrideReason: 'Override',
} as const

function inWords(field: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (field === 'oneOrigin' && Array.isArray(value)) return value.map(sourceInWords).join(', ')
  if (Array.isArray(value)) return value.map((part, index) => `${index + 1}. ${partInWords(part)}`).join('\n')
  if (field === 'relation') return relationInWords(value)
  if (value === WITHHELD_VALUE) return value
  if (field === 'party' && typeof value === 'object') return fieldsInWords(value, OF_PARTY)
  if (typeof value === 'object') return partInWords(value)
  if (typeof value !== 'string') return JSON.stringify(value)
  const kind = KINDS[field]
  return kind ? word(kind, value) : DATES.includes(field) ? printedDateInWords(value) : value
}

/** A relation as the end tells it that keeps it: the other claim stands under `to` or, where it is the one that relates, under `from`. */
function relationInWords(relation: unknown): string {
  if (typeof relation !== 'object' || relation === null) return ''
  const [type, to, from, note] = ['type', 'to', 'from', 'note'].map((name) => Reflect.get(relation, name))
  const related = to ? `${word('relation', String(type))} ${to}` : `${word('relatedBy', String(type))} ${from}`
  return note ? `${related}; ${note}` : related
}

function sourceInWords(source: unknown): string {
  return typeof source === 'object' && source !== null ? `source #${Reflect.get(source, 'sourceId')}` : ''
}

function partInWords(part: unknown): string {
  if (typeof part !== 'object' || part === null) return typeof part === 'string' ? part : ''
  if (OF_SOURCE.some(([name]) => Object.hasOwn(part, name))) return fieldsInWords(part, OF_SOURCE)
  const told = OF_PARTS.map((field) => inWords(field, Reflect.get(part, field)))
  if (Reflect.get(part, 'isWithheld') === true) told.push('the words are withheld')
  return told.filter(Boolean).join('; ')
}

/** What an event of a claim keeps of a party or a source that was changed, with how each field is told. */
type Fields = readonly (readonly [name: string, tell: (value: unknown) => string])[]

const asWritten = (value: unknown) => (typeof value === 'string' ? value : '')
const ifTrue = (words: string) => (value: unknown) => (value === true ? words : '')
const labelled = (label: string, tell: (value: string) => string) => (value: unknown) =>
  typeof value === 'string' && value ? `${label} ${tell(value)}` : ''

const OF_PARTY: Fields = [
  ['name', asWritten],
  ['partyKind', (value) => word('partyKind', asWritten(value)).toLowerCase()],
  ['role', asWritten],
  ['isWithheld', ifTrue('the name is withheld')],
]

const OF_SOURCE: Fields = [
  ['title', asWritten],
  ['titleInferred', ifTrue('title inferred')],
  ['kind', (value) => word('sourceKind', asWritten(value)).toLowerCase()],
  ['url', asWritten],
  ['archiveUrl', labelled('archived at', (url) => url)],
  ['publisher', labelled('published by', (name) => name)],
  ['publisherInferred', ifTrue('publisher inferred')],
  ['byline', labelled('by', (name) => name)],
  ['publishedOn', labelled('printed on', printedDateInWords)],
  ['publishedOnInferred', ifTrue('date inferred')],
  ['isPrivate', (value) => (value === true ? 'private' : 'not private')],
]

function fieldsInWords(part: object | null, fields: Fields): string {
  if (part === null) return ''
  return fields
    .flatMap(([name, tell]) => (Object.hasOwn(part, name) ? [tell(Reflect.get(part, name))] : []))
    .filter(Boolean)
    .join('; ')
}
