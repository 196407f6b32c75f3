import { z } from 'zod'
import { SourceKind } from '../../prisma/client/enums.ts'
import { optionalCaptureText } from '../captures/form.ts'
import { type Difference, differences } from '../history/timeline.ts'
import type { Problem } from '../outcome.ts'
import { printedDateInWords, readPrintedDate } from '../printed-date.ts'
import {
  choice,
  optionalAddress,
  optionalLanguage,
  optionalPrintedDate,
  optionalText,
  revision,
  tick,
  typedFields,
} from '../web/form.ts'
import { word } from '../words.ts'
import { canonicalUrl } from './canonical-url.ts'

/** The longest canonical address; its index takes no more. */
const LONGEST_ADDRESS = 2000

const details = {
  kind: choice(Object.values(SourceKind), 'Choose what kind of source it is.'),
  url: optionalAddress().refine(
    (url) => url === null || (canonicalUrl(url) ?? '').length <= LONGEST_ADDRESS,
    `The address is longer than ${LONGEST_ADDRESS.toLocaleString('en')} characters once its signs are encoded. Shorten it.`,
  ),
  isAnother: tick(),
  archiveUrl: optionalAddress(),
  title: optionalText(500),
  titleInferred: tick(),
  publisher: optionalText(300),
  publisherNew: tick(),
  publisherChoice: optionalText(320),
  publisherInferred: tick(),
  byline: optionalText(300),
  publishedOn: optionalPrintedDate(),
  publishedOnInferred: tick(),
  language: optionalLanguage(),
  isPrivate: tick(),
  notes: optionalText(5000).transform((notes) => notes ?? ''),
}

/** The form of a new source: its details, and its text where it was pasted. */
export const newSourceForm = z.strictObject({ ...details, text: optionalCaptureText() })

/** The form of an edit; a text is added, never edited. */
export const sourceEditForm = z.strictObject({ ...details, revision: revision() })

export type NewSourceForm = z.output<typeof newSourceForm>
export type SourceEditForm = z.output<typeof sourceEditForm>

/** What is wrong with a new source beyond each field by itself. */
export function sourceProblems({ url, text, title }: Pick<NewSourceForm, 'url' | 'text' | 'title'>): Problem[] {
  if (url || text || title) return []
  return [{ field: 'url', message: 'Give its address, paste its text, or say at least what it is called.' }]
}

/** A source's columns that a form holds. */
export type SourceWords = Omit<
  NewSourceForm,
  'text' | 'publisher' | 'publisherNew' | 'publisherChoice' | 'isAnother'
> & {
  publisherId: number | null
}

/** What a form says of a source; what is not given is not inferred either. */
export function wordsOf(form: NewSourceForm | SourceEditForm, publisherId: number | null): SourceWords {
  const { kind, url, archiveUrl, title, byline, publishedOn, language, isPrivate, notes } = form
  return {
    kind,
    url,
    archiveUrl,
    title,
    titleInferred: form.titleInferred && title !== null,
    publisherId,
    publisherInferred: form.publisherInferred && publisherId !== null,
    byline,
    publishedOn,
    publishedOnInferred: form.publishedOnInferred && publishedOn !== null,
    language,
    isPrivate,
    notes,
  }
}

const FIELDS = [
  'kind',
  'url',
  'isAnother',
  'archiveUrl',
  'text',
  'title',
  'titleInferred',
  'publisher',
  'publisherNew',
  'publisherChoice',
  'publisherInferred',
  'byline',
  'publishedOn',
  'publishedOnInferred',
  'language',
  'isPrivate',
  'notes',
] as const

/** A source's form as it is shown: texts as typed, ticks as `yes`. */
export type SourceFields = Record<(typeof FIELDS)[number], string>

/** The form as it was typed. */
export function fieldsTyped(body: unknown): SourceFields {
  return typedFields(body, FIELDS)
}

/** An empty form. */
export const NO_FIELDS: SourceFields = fieldsTyped({})

/** The form of what is stored. */
export function fieldsOf(words: SourceWords, publisher: string): SourceFields {
  const ticked = (isSo: boolean) => (isSo ? 'yes' : '')
  return {
    kind: words.kind,
    url: words.url ?? '',
    isAnother: '',
    archiveUrl: words.archiveUrl ?? '',
    text: '',
    title: words.title ?? '',
    titleInferred: ticked(words.titleInferred),
    publisher,
    publisherNew: '',
    publisherChoice: '',
    publisherInferred: ticked(words.publisherInferred),
    byline: words.byline ?? '',
    publishedOn: words.publishedOn ?? '',
    publishedOnInferred: ticked(words.publishedOnInferred),
    language: words.language ?? '',
    isPrivate: ticked(words.isPrivate),
    notes: words.notes,
  }
}

/** What the fields of a source are called where they are told. */
export const SOURCE_LABELS = {
  kind: 'Kind',
  url: 'Address',
  archiveUrl: 'Archived at',
  title: 'Title',
  titleInferred: 'Title inferred',
  publisherId: 'Publisher',
  publisherInferred: 'Publisher inferred',
  byline: 'Byline',
  publishedOn: 'Printed on',
  publishedOnInferred: 'Date inferred',
  language: 'Language',
  isPrivate: 'Private',
  notes: 'Notes',
  sha256: 'Text (SHA-256)',
  origins: 'Origin',
} as const

/** A field of a source's history in words; parties by the names that `publishers` has for their ids. */
export function sourceFieldInWords(publishers: ReadonlyMap<number, string>) {
  return (field: string, value: unknown): string => {
    if (field === 'origins') return originsInWords(value)
    if (typeof value === 'boolean') return value ? 'yes' : ''
    if (typeof value === 'number') return publishers.get(value) ?? `#${value}`
    if (typeof value !== 'string') return ''
    if (field === 'kind') return word('sourceKind', value)
    return field === 'publishedOn' ? printedDateInWords(value) : field === 'sha256' ? `${value.slice(0, 12)}…` : value
  }
}

function originsInWords(value: unknown): string {
  if (typeof value !== 'object' || value === null) return ''
  const [id, asTwo, reason] = ['sourceId', 'asTwo', 'reason'].map((name): unknown => Reflect.get(value, name))
  return `${asTwo ? 'another than' : 'the same as'} source #${String(id)}: ${typeof reason === 'string' ? reason : ''}`
}

/** What somebody else saved beside what was typed. */
export function sourceDifferences(theirs: SourceFields, yours: SourceFields): Difference[] {
  const { publisherId, sha256: _, origins: _origins, ...labels } = SOURCE_LABELS
  const inWords = (fields: SourceFields) => ({
    ...fields,
    kind: word('sourceKind', fields.kind),
    publishedOn: printedDateInWords(readPrintedDate(fields.publishedOn) ?? fields.publishedOn),
  })
  return differences({ ...labels, publisher: publisherId }, inWords(theirs), inWords(yours))
}
