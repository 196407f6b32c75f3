import type { z } from 'zod'
import type { newQuestionForm } from '../src/questions/form.ts'

type QuestionSeed = z.input<typeof newQuestionForm>

/** What the figures of the story answer. Those of the dead differ in whom and where they count, and are not to be mixed. */
export const QUESTIONS = {
  'security killed': {
    wording: 'How many members of the security forces have been killed?',
    measure: 'deaths',
    population: 'members of the security forces',
    place: 'Kazakhstan',
    period: 'since 2 January 2022',
    unit: 'people',
    isCumulative: 'yes',
  },
  'people killed': {
    wording: 'How many people has the unrest killed in the whole country?',
    measure: 'deaths',
    population: 'people, whoever they were',
    place: 'Kazakhstan',
    period: 'since 2 January 2022',
    unit: 'people',
    isCumulative: 'yes',
  },
  'protesters killed': {
    wording: 'How many protesters have been killed in Almaty?',
    measure: 'deaths',
    population: 'protesters, whom the ministry calls armed criminals',
    place: 'Almaty',
    period: 'since 2 January 2022',
    unit: 'people',
    isCumulative: 'yes',
  },
  'hospital dead': {
    wording: 'How many dead were brought to the hospital in the night to 6 January?',
    measure: 'deaths',
    population: 'people with bullet wounds',
    place: 'one hospital in Almaty',
    period: 'night to 6 January 2022',
    unit: 'people',
    isCumulative: 'no',
  },
  aircraft: {
    wording: 'How many Russian transports have landed at Almaty?',
    measure: 'landings',
    population: 'transports of the Russian Aerospace Forces',
    place: 'Almaty airport',
    period: 'since 6 January 2022',
    unit: 'aircraft',
    isCumulative: 'yes',
  },
  force: {
    wording: 'How many soldiers is the alliance’s force to have?',
    measure: 'planned strength',
    population: 'soldiers of the alliance',
    place: 'Kazakhstan',
    period: 'January 2022',
    unit: 'people',
    isCumulative: 'no',
  },
  attackers: {
    wording: 'How many people took part in the attacks in Almaty?',
    measure: 'participants',
    population: 'attackers',
    place: 'Almaty',
    period: '4 to 7 January 2022',
    unit: 'people',
    isCumulative: 'yes',
  },
  gas: {
    wording: 'What does a litre of liquefied gas cost?',
    measure: 'retail price',
    population: 'a litre of liquefied petroleum gas',
    place: 'Kazakhstan',
    period: 'January 2022',
    unit: 'KZT',
    isCumulative: 'no',
  },
} as const satisfies Record<string, QuestionSeed>

export type QuestionKey = keyof typeof QUESTIONS
