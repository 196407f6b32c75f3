import { z } from 'zod'
import { Change, ClosedBecause, Finding, Verdict } from '../../prisma/client/enums.ts'
import {
  choice,
  optionalAddress,
  optionalChoice,
  optionalId,
  optionalPrintedDate,
  optionalText,
  revision,
  text,
} from '../web/form.ts'
import { BUTTONS, type ButtonAction } from './workflow.ts'

/** A decision as the form sends it. */
export const decisionForm = z.strictObject({
  revision: revision(),
  verdict: choice(Object.values(Verdict), 'Choose a verdict.'),
  rationale: optionalText(8000),
  replySought: optionalText(4000),
  recheckOn: optionalPrintedDate(),
  change: optionalChoice(Object.values(Change)),
  changeNote: optionalText(2000),
  overrideReason: optionalText(2000),
})

export type DecisionForm = z.output<typeof decisionForm>
export const DECISION_FIELDS = Object.keys(decisionForm.shape) as (keyof DecisionForm)[]

/** A move as its button sends it; the fields that it does not ask for are null. */
export type MoveForm = {
  action: ButtonAction
  revision: number
  reason: string | null
  because: ClosedBecause | null
  duplicateOf: string | null
  newer: string | null
  /** Whom the claim is assigned to, by id. */
  to: number | null
}

const reason = (missing: string) => z.strictObject({ reason: text(missing, 4000) }).optional()
const NO_REASON = 'Say why: the reason stands in the claim’s history.'

// Each button's own fields stand under its name, so that no two forms of the page share a field.
const buttonForm = z.strictObject({
  action: choice(BUTTONS, 'There is no such button.'),
  revision: revision(),
  assign: z.strictObject({ to: optionalId('Choose an editor of the list.') }).optional(),
  ask: reason('Say what is missing, so that the author can answer it.'),
  reply: reason('Write the reply.'),
  return: reason(NO_REASON),
  reopen: reason(NO_REASON),
  supersede: z
    .strictObject({
      newer: text('Name the newer claim by its reference, such as KZ-12.', 40),
      reason: optionalText(4000),
    })
    .optional(),
  close: z
    .strictObject({
      because: choice(Object.values(ClosedBecause), 'Choose why the claim is closed.'),
      duplicateOf: optionalText(40),
      reason: text(NO_REASON, 4000),
    })
    .optional(),
})

type Given = {
  reason?: string | null
  because?: ClosedBecause
  duplicateOf?: string | null
  newer?: string
  to?: number | null
}

/** A button's form, its own fields taken out from under its name. */
export const moveForm = buttonForm.transform((form): MoveForm => {
  const { action, revision } = form
  const given: Given = { ...(Object.hasOwn(form, action) ? Reflect.get(form, action) : {}) }
  return {
    action,
    revision,
    reason: given.reason ?? null,
    because: given.because ?? null,
    duplicateOf: given.duplicateOf ?? null,
    newer: given.newer ?? null,
    to: given.to ?? null,
  }
})

/** The names of the fields that a button's form may have under its own name. */
export const MOVE_FIELDS = ['reason', 'because', 'duplicateOf', 'newer', 'to'] as const

/** The undoing of one's own last move, by the revision that the move made. */
export const undoForm = z.strictObject({ revision: revision() })

const finding = z.strictObject({
  finding: choice(Object.values(Finding), 'Choose what was found.'),
  findingNote: optionalText(4000),
  findingUrl: optionalAddress(),
  originalWords: optionalText(5000),
  originalLanguage: optionalText(35),
})

/** A finding on one attribution, made on a revision of the claim. */
export type FindingForm = z.output<typeof finding> & { revision: number }
export const FINDING_FIELDS = Object.keys(finding.shape) as (keyof z.output<typeof finding>)[]

/** The name under which an attribution's finding has its fields. */
export function findingKey(attributionId: number): string {
  return `found${attributionId}`
}

/** The form of a finding; its fields stand under the attribution's own key. */
export function findingForm(attributionId: number) {
  const key = findingKey(attributionId)
  return z.strictObject({ revision: revision(), [key]: finding }).transform((form): FindingForm => {
    // A key made at run time loses its type.
    const found = form[key] as z.output<typeof finding>
    return { ...found, revision: form.revision as number }
  })
}
