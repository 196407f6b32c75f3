import { z } from 'zod'
import { RedactionGround } from '../../prisma/client/enums.ts'
import type { Problem } from '../outcome.ts'
import { choice, exactOptionalText, optionalId, optionalText, tick, typedFields } from '../web/form.ts'
import { standsIn } from './words.ts'

const UNKNOWN = 'Begin with “Redact” beside what is to be redacted.'

/** The form of a redaction: one thing, the words of it or the whole, and the ground. With `look` nothing is done but shown where else the words stand. */
export const redactionForm = z.strictObject({
  event: optionalId(UNKNOWN),
  capture: optionalId(UNKNOWN),
  decision: optionalId(UNKNOWN),
  words: exactOptionalText(50_000).transform((words) => words?.trim() || null),
  insideWords: tick(),
  whole: tick(),
  everywhere: tick(),
  ground: z
    .union([z.literal(''), z.enum(RedactionGround)], { error: 'Choose the ground.' })
    .optional()
    .transform((ground) => ground || null),
  groundNote: optionalText(500),
  previewed: optionalText(100),
  intent: choice(['look', 'redact'], 'Choose one of the buttons.'),
})

export type RedactionForm = z.output<typeof redactionForm>

/** The form that answers a proposal. */
export const answerForm = z.strictObject({
  answer: choice(['second', 'decline'], 'Choose one of the buttons.'),
  words: optionalText(500),
  previewed: optionalText(100),
})

export type AnswerForm = z.output<typeof answerForm>

const FIELDS = [
  'event',
  'capture',
  'decision',
  'words',
  'insideWords',
  'whole',
  'everywhere',
  'ground',
  'groundNote',
] as const

/** The form as it was typed. */
export function fieldsTyped(body: unknown): Record<(typeof FIELDS)[number], string> {
  return typedFields(body, FIELDS)
}

/** The shortest words that are looked for elsewhere; fewer letters stand everywhere. */
const SHORTEST = 3

/** What is wrong with a redaction beyond each field by itself. */
export function redactionProblems(form: RedactionForm): Problem[] {
  const { capture, words, whole, intent, ground, groundNote } = form
  const problems: Problem[] = []
  const say = (field: string, message: string) => problems.push({ field, message })
  const looksForNothing = intent === 'look' && !words && !capture
  if (looksForNothing || (capture && !whole && !words)) say('words', 'Copy the words from the text.')
  if (words && Array.from(words).length < SHORTEST)
    say('words', 'Fewer than three letters stand everywhere. Give more.')
  if (capture && whole && words) say('whole', 'Either the words, or the whole text: leave the one or the other.')
  if (intent === 'look') return problems
  if (!ground) say('ground', 'Choose the ground.')
  // It is read by everybody, and told again in every history that is emptied.
  if (words && groundNote && standsIn(groundNote, { words: [words], insideWords: true }))
    say('groundNote', 'This repeats the words that are to go.')
  if (ground === 'other' && !groundNote) say('groundNote', 'Say which.')
  return problems
}
