import { z } from 'zod'
import type { Teller } from '../history/timeline.ts'
import { choice, optionalChoice, optionalText, revision, text, tick } from '../web/form.ts'

const YES_NO = ['yes', 'no'] as const

const LENGTHS = { wording: 300, measure: 100, population: 200, place: 200, period: 200, unit: 40 } as const

const details = {
  wording: text('Write the question, such as: How many protesters have been killed?', LENGTHS.wording),
  measure: text('Say what is counted or measured, such as deaths.', LENGTHS.measure),
  population: text('Say of whom or of what, such as protesters.', LENGTHS.population),
  place: text('Say where, such as Almaty.', LENGTHS.place),
  period: text('Say of what time, such as since 2 January 2022.', LENGTHS.period),
  unit: text('Give the unit, such as people, % or EUR.', LENGTHS.unit),
  isCumulative: choice(YES_NO, 'Say whether a later number includes the earlier ones.').transform(
    (word) => word === 'yes',
  ),
}

const another = tick()

/** The form of a new question; `another` is ticked where it is not the one that reads nearly the same. */
export const newQuestionForm = z.strictObject({ ...details, another })

/** The form of an edit. */
export const questionEditForm = z.strictObject({ ...details, another, revision: revision() })

/** The question in a claim's form: one that is there by its wording or number, or what a new one is made of. */
export const askedForm = z.strictObject({
  wording: optionalText(LENGTHS.wording + 20),
  measure: optionalText(LENGTHS.measure),
  population: optionalText(LENGTHS.population),
  place: optionalText(LENGTHS.place),
  period: optionalText(LENGTHS.period),
  unit: optionalText(LENGTHS.unit),
  isCumulative: optionalChoice(YES_NO),
  another,
})

export type QuestionForm = Omit<z.output<typeof newQuestionForm>, 'another'>
export type NewQuestionForm = z.output<typeof newQuestionForm>
export type QuestionEditForm = z.output<typeof questionEditForm>
export type Asked = z.output<typeof askedForm>

export const QUESTION_FIELDS = [
  'wording',
  'measure',
  'population',
  'place',
  'period',
  'unit',
  'isCumulative',
  'another',
] as const
export type QuestionFields = Record<(typeof QUESTION_FIELDS)[number], string>

/** What the fields of a question are called where they are compared. */
export const QUESTION_LABELS = {
  wording: 'Question',
  measure: 'What is counted',
  population: 'Of whom',
  place: 'Where',
  period: 'When',
  unit: 'Unit',
  isCumulative: 'A later number includes the earlier ones',
} as const

/** A question's own words as its form has them. */
export function fieldsOf({
  wording,
  measure,
  population,
  place,
  period,
  unit,
  ...question
}: QuestionForm): QuestionFields {
  return {
    wording,
    measure,
    population,
    place,
    period,
    unit,
    isCumulative: question.isCumulative ? 'yes' : 'no',
    another: '',
  }
}

/** A question as a field takes it, sure to be found again. */
export function questionText({ id, wording }: { id: number; wording: string }): string {
  return `${wording} (#${id})`
}

/** How a question's history is told. */
export const QUESTION_TELLER: Teller = {
  subject: 'question',
  labels: QUESTION_LABELS,
  inWords: (_, value) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : typeof value === 'string' ? value : ''),
}

const APART = ['measure', 'population', 'place', 'period', 'unit'] as const

/** Why figures of two questions are not to be held against each other: where they differ, in words; '' where they do not. */
export function apartFrom(one: QuestionForm, other: QuestionForm): string {
  const differing = APART.filter((name) => one[name].toLowerCase() !== other[name].toLowerCase())
  return differing.map((name) => `${QUESTION_LABELS[name].toLowerCase()}: ${other[name]}`).join('; ')
}
