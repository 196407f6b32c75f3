import { z } from 'zod'
import { Comparator } from '../../prisma/client/enums.ts'
import { type Problem, problemsWithin } from '../outcome.ts'
import { dayIn } from '../printed-date.ts'
import { asOfRefusal } from '../questions/as-of.ts'
import { compareDecimals } from '../questions/decimal.ts'
import { askedForm } from '../questions/form.ts'
import { readNumber } from '../questions/number.ts'
import { negativeRefusal, unitRefusal, wholeRefusal } from '../questions/unit.ts'
import { readWording } from '../questions/wording.ts'
import {
  optionalChoice,
  optionalId,
  optionalLanguage,
  optionalPrintedDate,
  optionalText,
  type Read,
  revision,
  text,
} from '../web/form.ts'
import { attributionForm, attributionProblems, isBlank, MOST_ATTRIBUTIONS } from './attribution.ts'

export const figureForm = z.strictObject({
  comparator: optionalChoice(Object.values(Comparator)),
  low: optionalText(60),
  high: optionalText(60),
  wording: optionalText(200),
  asOf: optionalPrintedDate(),
})

const INTENTS = ['save', 'submit', 'another'] as const
const intent = z.enum(INTENTS, { error: 'Choose one of the buttons.' }).optional().default('save')

const TOO_MANY = `At most ${MOST_ATTRIBUTIONS} attributions.`

export const STATEMENT = text('Write what is claimed, as one sentence of your own.', 1000)

const words = {
  statement: STATEMENT,
  language: optionalLanguage(),
  occurredOn: optionalPrintedDate(),
  place: optionalText(200),
  figure: figureForm.optional(),
  question: askedForm.optional(),
  attributions: z.array(attributionForm).max(MOST_ATTRIBUTIONS, TOO_MANY).optional().default([]),
}

/** The form of a new claim. */
export const newClaimForm = z.strictObject({ ...words, intent, story: optionalId('Choose the story.') })

/** The form of an edit; `reason` is asked for once the claim was decided. */
export const claimEditForm = z.strictObject({ ...words, intent, revision: revision(), reason: optionalText(2000) })

/** The form of one more attribution. */
export const oneAttributionForm = z.strictObject({
  revision: revision(),
  attributions: z.array(attributionForm).length(1, 'One attribution.'),
})

export type NewClaimForm = z.output<typeof newClaimForm>
export type ClaimEditForm = z.output<typeof claimEditForm>
export type OneAttributionForm = z.output<typeof oneAttributionForm>
export type ClaimWords = Pick<
  NewClaimForm,
  'statement' | 'language' | 'occurredOn' | 'place' | 'figure' | 'question' | 'attributions'
>

/** A figure as it is stored: decimals as text, null when the claim has none. */
export type Figure = {
  figureComparator: Comparator | null
  figureLow: string | null
  figureHigh: string | null
  figureWording: string | null
  figureAsOf: string | null
}

/**
 * Everything wrong with a claim's form at once: what the schema says, and beyond it whatever can be read of the figure and the attributions,
 * so that nobody is sent back twice.
 */
export function problemsIn(read: Read<ClaimWords | OneAttributionForm>, body: unknown): Problem[] {
  if (read.form) return claimProblems({ ...NO_WORDS, ...read.form })
  const known = new Set(read.problems.map(({ field }) => field))
  const sent: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {}
  const figure = figureForm.safeParse(sent.figure)
  const question = askedForm.safeParse(sent.question)
  const attributions = z.array(attributionForm).max(MOST_ATTRIBUTIONS).safeParse(sent.attributions)
  const readable = {
    ...NO_WORDS,
    figure: figure.success ? figure.data : undefined,
    question: question.success ? question.data : undefined,
    attributions: attributions.success ? attributions.data : [],
  }
  return [...read.problems, ...claimProblems(readable).filter(({ field }) => !known.has(field))]
}

const NO_WORDS: ClaimWords = {
  statement: '',
  language: null,
  occurredOn: null,
  place: null,
  figure: undefined,
  question: undefined,
  attributions: [],
}

/** What is wrong with a claim's words beyond each field by itself. */
export function claimProblems(form: ClaimWords): Problem[] {
  const problems: Problem[] = []
  problems.push(...figureProblems(form))
  for (const [index, attribution] of form.attributions.entries())
    if (!isBlank(attribution))
      problems.push(...problemsWithin(`attributions[${index}]`, attributionProblems(attribution)))
  return problems
}

type Bounds = { low: boolean; high: boolean }

// Which bounds a comparator has: the number of "at most" is its upper one.
const BOUNDS = {
  stated: { low: true, high: false },
  at_least: { low: true, high: false },
  more_than: { low: true, high: false },
  at_most: { low: false, high: true },
  less_than: { low: false, high: true },
  about: { low: true, high: false },
  nearly: { low: true, high: false },
  between: { low: true, high: true },
} as const satisfies Record<Comparator, Bounds>

function figureProblems({ figure, question }: ClaimWords): Problem[] {
  if (question?.wording && !figure?.comparator)
    return [{ field: 'figure[wording]', message: 'Give the figure that answers the question, as it is printed.' }]
  if (!figure) return []
  const { comparator, low, high, wording } = figure
  const problems: Problem[] = []
  const say = (name: string, message: string) => problems.push({ field: `figure[${name}]`, message })
  const [lowest, highest] = [low ? readNumber(low) : null, high ? readNumber(high) : null]
  if (lowest?.refusal) say('low', lowest.refusal)
  if (highest?.refusal) say('high', highest.refusal)
  if (!comparator && (low || high || wording))
    say('comparator', 'Choose how the figure is put: exactly, at least, about …')
  if (comparator && !wording) say('wording', 'Give the figure as it is printed, such as “at least 26”.')
  const tooLate = figure.asOf && asOfRefusal(figure.asOf, lastDay(new Date()))
  if (tooLate) say('asOf', tooLate)
  if (!comparator || problems.length) return problems

  const bounds: Bounds = BOUNDS[comparator]
  const hasNumber = Boolean(low || high)
  if (hasNumber && bounds.low && !low)
    say('low', 'Give the number, or leave both numbers empty where the wording gives none.')
  if (hasNumber && bounds.high && !high)
    say(
      'high',
      comparator === 'between'
        ? 'Give the upper number.'
        : 'The number of “at most” and “less than” stands here, as the upper one.',
    )
  if (!bounds.low && low) say('low', '“At most” and “less than” have only an upper number.')
  if (!bounds.high && high) say('high', 'Only “between”, “at most” and “less than” have an upper number.')
  if (lowest?.number && highest?.number && compareDecimals(lowest.number, highest.number) > 0)
    say('high', 'The upper number is below the lower one.')
  return problems
}

/**
 * What speaks against a figure on the question that it hangs on: another unit is printed, or a number is below nought or no whole one where things
 * are counted. A number typed otherwise than the words are read overrules a share that they were read as.
 */
export function unfitFigure(figure: NonNullable<ClaimWords['figure']>, { unit }: { unit: string }): Problem[] {
  const reading = figure.wording ? readWording(figure.wording) : null
  const isOverruled =
    reading?.figure && reading.isShare && BOUND_NAMES.some((name) => numberOf(figure[name]) !== reading.figure?.[name])
  const printed = reading && !isOverruled ? unitRefusal(reading.unit, unit) : null
  return [
    ...(printed ? [{ field: 'figure[wording]', message: printed }] : []),
    ...BOUND_NAMES.flatMap((name) => {
      const number = numberOf(figure[name]) ?? ''
      const no = negativeRefusal(number, unit) ?? wholeRefusal(number, unit)
      return no ? [{ field: `figure[${name}]`, message: no }] : []
    }),
  ]
}

const BOUND_NAMES = ['low', 'high'] as const

function numberOf(typed: string | null): string | null {
  return typed ? readNumber(typed).number : null
}

/** The day it is already somewhere on earth, fourteen hours ahead of UTC. */
function lastDay(now: Date): string {
  return dayIn('Pacific/Kiritimati', now)
}

/** The figure's columns. */
export function figureOf({ figure }: ClaimWords): Figure {
  if (!figure?.comparator)
    return { figureComparator: null, figureLow: null, figureHigh: null, figureWording: null, figureAsOf: null }
  return {
    figureComparator: figure.comparator,
    figureLow: figure.low ? readNumber(figure.low).number : null,
    figureHigh: figure.high ? readNumber(figure.high).number : null,
    figureWording: figure.wording,
    figureAsOf: figure.asOf,
  }
}
