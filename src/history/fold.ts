import type { Subject } from '../../prisma/client/enums.ts'

/** A field of events and the column that it is about: what it is called, and whether its value is a number in exact decimals. */
type Field = { column: string; called: string; isDecimal?: true }

const plain = (called: Record<string, string>): Record<string, Field> =>
  Object.fromEntries(Object.entries(called).map(([field, name]) => [field, { column: columnOf(field), called: name }]))

/** The fields that an event always tells when it changes them, for each kind of subject. */
const TOLD = {
  claim: {
    ...plain({
      statement: 'statement',
      language: 'language',
      occurredOn: 'date',
      place: 'place',
      stage: 'stage',
      verdict: 'verdict',
      figureComparator: 'figure',
      figureWording: 'figure',
      figureAsOf: 'figure',
      questionId: 'question',
    }),
    figureLow: { column: 'figure_low', called: 'lower number', isDecimal: true },
    figureHigh: { column: 'figure_high', called: 'upper number', isDecimal: true },
  },
  source: plain({
    kind: 'kind',
    url: 'address',
    archiveUrl: 'archived address',
    title: 'title',
    publisherId: 'publisher',
    byline: 'byline',
    publishedOn: 'date',
    language: 'language',
    isPrivate: 'privacy',
    notes: 'notes',
  }),
  party: plain({ kind: 'kind', name: 'name', wikidataId: 'Wikidata number', note: 'note' }),
  story: plain({ code: 'code', title: 'title', summary: 'summary', timeZone: 'time zone' }),
  question: plain({
    storyId: 'story',
    wording: 'wording',
    measure: 'measure',
    population: 'population',
    place: 'place',
    period: 'period',
    unit: 'unit',
    isCumulative: 'way of counting',
  }),
  account: plain({ name: 'name', role: 'role', timeZone: 'time zone', isDisabled: 'access' }),
  setting: plain({ name: 'name of the desk', reviewers: 'number of reviewers' }),
} as const satisfies Record<Subject, Record<string, Field>>

/** What some actions say without a value. */
const BY_ACTION: Readonly<Record<string, Record<string, unknown>>> = {
  'account disabled': { isDisabled: true },
  'account enabled': { isDisabled: false },
}

/** What some actions tell that is not yet so: a proposal, which another editor has to second. */
const NOT_YET: Readonly<Record<string, readonly string[]>> = { 'claim proposed a verdict': ['verdict'] }

/** What the events of one subject add up to: the last value that any of them gives for a field. */
export class Fold {
  readonly #fields: Record<string, Field>
  readonly #subject: Subject
  readonly #known = new Map<string, unknown>()

  constructor(subject: Subject) {
    this.#subject = subject
    this.#fields = TOLD[subject]
  }

  /** Takes the next event, `after` as it is stored; one whose values were emptied leaves nothing known. */
  add(action: string, after: string | null, isRedacted: boolean): void {
    if (isRedacted) this.#known.clear()
    const told: unknown = after === null ? {} : JSON.parse(after)
    const what = `${this.#subject} ${action}`
    for (const values of [told, BY_ACTION[what]])
      if (typeof values === 'object' && values !== null)
        for (const [field, value] of Object.entries(values))
          if (Object.hasOwn(this.#fields, field) && !NOT_YET[what]?.includes(field)) this.#known.set(field, value)
  }

  /** What the first field is called whose column holds something else than history says; null when none does. */
  firstDifference(row: Record<string, unknown>): string | null {
    for (const [field, value] of this.#known) {
      const told = this.#fields[field]
      if (told && !isSame(value, row[told.column], told.isDecimal ?? false)) return told.called
    }
    return null
  }
}

function isSame(told: unknown, held: unknown, isDecimal: boolean): boolean {
  if (isDecimal && typeof told === 'string' && typeof held === 'string') return trimmed(told) === trimmed(held)
  return JSON.stringify(told ?? null) === JSON.stringify(held ?? null)
}

/** A decimal without the zeros at its end that say nothing. */
function trimmed(decimal: string): string {
  if (!decimal.includes('.')) return decimal
  let end = decimal.length
  while (decimal[end - 1] === '0') end -= 1
  return decimal.slice(0, decimal[end - 1] === '.' ? end - 1 : end)
}

function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
