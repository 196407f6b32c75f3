import { z } from 'zod'
import { type Problem, problemsWithin } from '../outcome.ts'
import { askedForm } from '../questions/form.ts'
import { type Read, revision } from '../web/form.ts'
import { claimProblems, figureForm, STATEMENT } from './claim.ts'
import { type ClaimValues, typedClaim, valuesOf } from './form.ts'
import type { ShownClaim } from './page.store.ts'

const part = z.strictObject({ statement: STATEMENT, figure: figureForm.optional(), question: askedForm.optional() })

/** The form that makes two claims of one: what each says, with its figure. */
export const splitForm = z.strictObject({
  revision: revision(),
  parts: z.tuple([part, part], { error: 'A claim is split in two.' }),
})

export type SplitForm = z.output<typeof splitForm>

/** What a part of the form shows in its fields. */
export type PartValues = Pick<ClaimValues, 'statement' | 'figure' | 'question'>

/** Everything wrong with the form beyond each field by itself. */
export function splitProblems(read: Read<SplitForm>): Problem[] {
  if (!read.form) return read.problems
  return read.form.parts.flatMap((one, index) =>
    inPart(index, claimProblems({ ...one, language: null, occurredOn: null, place: null, attributions: [] })),
  )
}

/** Problems of one part of the form beside its fields. */
export function inPart(part: number, problems: readonly Problem[]): Problem[] {
  return problemsWithin(`parts[${part}]`, problems)
}

/** The form as the claim stands: the first part has its words, the second is to be written. */
export function splitValues(claim: ShownClaim): PartValues[] {
  const { statement, figure, question } = valuesOf(claim)
  const blank = typedClaim({})
  return [
    { statement, figure, question },
    { ...blank, figure: { ...blank.figure, asOf: figure.asOf } },
  ]
}

/** The form as it was typed. */
export function typedParts(body: unknown): PartValues[] {
  return [0, 1].map((index) => {
    const sent: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'parts') : undefined
    return typedClaim(Array.isArray(sent) ? sent[index] : {})
  })
}
