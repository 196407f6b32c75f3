import { placeText } from '../captures/place.ts'
import type { Problem } from '../outcome.ts'
import { QUESTION_FIELDS, type QuestionFields, questionText } from '../questions/form.ts'
import { readWording } from '../questions/wording.ts'
import { typed } from '../web/form.ts'
import { ATTRIBUTION_FIELDS, MOST_ATTRIBUTIONS, RELAYS } from './attribution.ts'
import type { ShownAttribution, ShownClaim } from './page.store.ts'

type AttributionValues = Record<(typeof ATTRIBUTION_FIELDS)[number], string> & {
  relays: { party: string; newKind: string; choice: string; inferred: boolean }[]
}

const CLAIM_FIELDS = ['statement', 'story', 'language', 'occurredOn', 'place', 'reason'] as const
const FIGURE_FIELDS = ['comparator', 'low', 'high', 'wording', 'asOf'] as const

/** What a claim's form shows in its fields: plain text for each. */
export type ClaimValues = Record<(typeof CLAIM_FIELDS)[number], string> & {
  figure: Record<(typeof FIGURE_FIELDS)[number], string>
  question: QuestionFields
  attributions: AttributionValues[]
}

/** The form as it was typed. */
export function typedClaim(body: unknown): ClaimValues {
  const own = pick(CLAIM_FIELDS, (name) => typed(body, name))
  const figure = pick(FIGURE_FIELDS, (name) => typed(body, 'figure', name))
  const question = pick(QUESTION_FIELDS, (name) => typed(body, 'question', name))
  return {
    ...own,
    figure,
    question,
    attributions: indexes(body, 'attributions').map((index) => typedAttribution(body, index)),
  }
}

function typedAttribution(body: unknown, index: number): AttributionValues {
  const own = pick(ATTRIBUTION_FIELDS, (name) => typed(body, 'attributions', index, name))
  const relays = Array.from({ length: RELAYS }, (_, line) => ({
    party: typed(body, 'attributions', index, 'relays', line, 'party'),
    newKind: typed(body, 'attributions', index, 'relays', line, 'newKind'),
    choice: typed(body, 'attributions', index, 'relays', line, 'choice'),
    inferred: typed(body, 'attributions', index, 'relays', line, 'inferred') === 'yes',
  }))
  return { ...own, relays }
}

/** An attribution nobody has filled in yet. */
export function blankAttribution(): AttributionValues {
  return { ...typedAttribution({}, 0), naming: 'named', position: 'asserts' }
}

/** A claim nobody has filled in yet. */
export function blankClaim(): ClaimValues {
  return { ...typedClaim({}), attributions: [blankAttribution()] }
}

/** The form of a claim as it stands. */
export function valuesOf(claim: ShownClaim): ClaimValues {
  return {
    statement: claim.statement,
    story: String(claim.storyId),
    language: claim.language,
    occurredOn: claim.occurredOn ?? '',
    place: claim.place ?? '',
    reason: '',
    figure: {
      comparator: claim.figureComparator ?? '',
      low: claim.figureLow?.toFixed() ?? '',
      high: claim.figureHigh?.toFixed() ?? '',
      wording: claim.figureWording ?? '',
      asOf: claim.figureAsOf ?? '',
    },
    question: claim.question ? { ...NO_QUESTION, wording: questionText(claim.question) } : NO_QUESTION,
    attributions: claim.attributions.map(attributionValues),
  }
}

const NO_QUESTION = pick(QUESTION_FIELDS, () => '')

/** The form's fields of one attribution. */
export function attributionValues(attribution: ShownAttribution): AttributionValues {
  const text = (value: string | number | null) => (value === null ? '' : String(value))
  const relays = attribution.relays.map(({ party, printed }) => ({
    party: party.name,
    newKind: '',
    choice: '',
    inferred: !printed,
  }))
  while (relays.length < RELAYS) relays.push({ party: '', newKind: '', choice: '', inferred: false })
  return {
    id: text(attribution.id),
    captureId: text(attribution.captureId),
    place: placeText(attribution),
    source: sourceText(attribution.source),
    naming: attribution.naming,
    position: attribution.position,
    speaker: attribution.speaker ? attribution.speaker.name : '',
    speakerKind: '',
    speakerChoice: '',
    speakerAsPrinted: text(attribution.speakerAsPrinted),
    cue: text(attribution.cue),
    hedges: attribution.hedges.join('; '),
    occasion: text(attribution.occasion),
    speech: text(attribution.speech),
    passage: text(attribution.passage),
    quote: text(attribution.quote),
    originalWords: text(attribution.originalWords),
    originalLanguage: text(attribution.originalLanguage),
    saidOn: text(attribution.saidOn),
    terms: text(attribution.terms),
    relays,
  }
}

/** What stays the same when another claim or another speaker is taken from the same passage. */
export function fromSamePassage(attribution: AttributionValues, keepsSpeaker: boolean): AttributionValues {
  const { source, captureId, place, passage, saidOn, occasion } = attribution
  if (keepsSpeaker)
    return { ...attribution, id: '', quote: '', speech: '', hedges: '', originalWords: '', originalLanguage: '' }
  return { ...blankAttribution(), source, captureId, place, passage, saidOn, occasion }
}

/**
 * The form after one of its own buttons that save nothing: `add` one more attribution of the same source, `speaker-0` another speaker for
 * that attribution's passage, `remove-0`. Null for any other button.
 */
export function reshaped(values: ClaimValues, intent: string): ClaimValues | null {
  const [, what, at] = /^(add|speaker|remove)(?:-(\d{1,3}))?$/.exec(intent) ?? []
  const index = Number(at ?? values.attributions.length - 1)
  const { attributions } = values
  if (what === 'add')
    return {
      ...values,
      attributions: [...attributions, { ...blankAttribution(), source: attributions.at(-1)?.source ?? '' }],
    }
  const attribution = attributions[index]
  if (!what || !attribution) return null
  if (what === 'remove') return { ...values, attributions: attributions.filter((_, other) => other !== index) }
  return { ...values, attributions: attributions.toSpliced(index + 1, 0, fromSamePassage(attribution, false)) }
}

/** The form with what its figure's printed words come to, and that in a sentence. */
export type WorkedOut<Values> = { values: Values; figureReading: string; problems: Problem[]; status: number }

/**
 * What the printed words of a figure mean, put into the numbers beside them: when its button is pressed, or when words alone were sent, which
 * are then to be looked at and sent again. Null when there is nothing to work out.
 */
export function workedOut<Values extends Pick<ClaimValues, 'figure'>>(
  values: Values,
  intent: string,
): WorkedOut<Values> | null {
  const { figure } = values
  const isAsked = intent === 'figure'
  if (!isAsked && (!figure.wording || figure.comparator || figure.low || figure.high)) return null
  const { figure: read, sentence } = readWording(figure.wording)
  // Words without a number of their own are kept as they are, once somebody has seen so.
  const numbers = read ?? { comparator: figure.comparator || 'stated', low: figure.low, high: figure.high }
  const { comparator, low, high } = isAsked && !figure.wording ? figure : numbers
  return {
    values: { ...values, figure: { ...figure, comparator, low: low ?? '', high: high ?? '' } },
    figureReading: sentence,
    problems: isAsked ? [] : [{ field: 'figure[comparator]', message: `${sentence} Look at it, and save again.` }],
    status: isAsked ? 200 : 422,
  }
}

/** A source as the field takes it, sure to be found again. */
export function sourceText({ id, title, url }: { id: number; title: string | null; url: string | null }): string {
  return `${title ?? url ?? 'Source'} (#${id})`
}

function pick<Name extends string>(names: readonly Name[], valueOf: (name: Name) => string): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, string>
}

function indexes(body: unknown, name: string): number[] {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
  return Array.isArray(value) ? value.slice(0, MOST_ATTRIBUTIONS).map((_, index) => index) : []
}
