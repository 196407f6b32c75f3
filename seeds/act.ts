import { createHash, randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Act, Db } from '../src/history/store.ts'
import type { Landing, Outcome, Problem } from '../src/outcome.ts'
import { type Read, readForm } from '../src/web/form.ts'
import type { Cast, Name } from './people.ts'
import type { QuestionKey } from './questions.ts'
import type { SourceKey } from './sources.ts'

/** The desk as the story is told on it. */
export type Stage = { tx: Db; cast: Cast }

/** The same with its documents and questions, whose ids the claims name. */
export type Documented = Stage & { sources: Record<SourceKey, number>; questions: Record<QuestionKey, number> }

/** The act of one person with one form, as a browser would make it. */
export function actBy({ cast }: Pick<Stage, 'cast'>, who: Name, form: object): Act {
  const digest = createHash('sha256').update(JSON.stringify(form)).digest('hex')
  return { actorId: cast[who].id, requestId: randomUUID(), digest }
}

/** A form as its page would read it; what is wrong with it is the fault of the seeds. */
export function filledIn<T>(schema: z.ZodType<T>, fields: object): T {
  const read: Read<T> = readForm(schema, fields)
  if (!read.form) throw new Error(`A form of the demonstration is wrong. ${sentences(read.problems)}`)
  return read.form
}

/** Where an act leads; a refusal is the fault of the seeds. */
export function done(outcome: Outcome<Landing>, what: string): Landing {
  if (outcome.kind === 'refused')
    throw new Error(`The demonstration was refused: ${what}. ${sentences(outcome.problems)}`)
  return outcome.value
}

function sentences(problems: readonly Problem[]): string {
  return problems.map(({ field, message }) => `${field}: ${message}`).join(' ')
}
