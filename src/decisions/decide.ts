import { z } from 'zod'
import { Change, Verdict } from '../../prisma/client/enums.ts'
import { type Problem, type Refused, refused } from '../outcome.ts'
import { may } from '../policy.ts'
import { isSeenByAnother, writersUnder } from './eyes.ts'
import type { DecisionForm } from './forms.ts'
import { guardProblems, needsSecond, secondProblem } from './guards.ts'
import { type Piece, type Said, weigh } from './independence.ts'
import type { Mover } from './workflow.ts'

/** What the guards look at: the claim's attributions and evidence, who wrote its words, the desk's rule. */
export type Ground = {
  attributions: readonly Said[]
  evidence: readonly Piece[]
  wordsBy: readonly number[]
  /** Who wrote words that were decided on since, and not verified. */
  unverifiedBy?: readonly number[]
  /** Why the last decision did without a second; null where it had what the desk asks for. */
  lastOverride?: string | null
  reviewers: 0 | 1 | 2
  /** Whether a decision took effect before, so that this one has to say what changed. */
  isAgain: boolean
}

/** What an editor decided. While it awaits a second it is the claim's proposal. */
export const proposal = z.object({
  verdict: z.enum(Verdict),
  rationale: z.string(),
  replySought: z.string().nullable(),
  recheckOn: z.string().nullable(),
  change: z.enum(Change).nullable(),
  changeNote: z.string().nullable(),
  decidedById: z.number(),
  proposedAt: z.string(),
})

export type Proposal = z.output<typeof proposal>

/** The proposal that a claim keeps; null when it has none. */
export function proposalOf(stored: unknown): Proposal | null {
  return stored === null || stored === undefined ? null : proposal.parse(stored)
}

/** `isSeen`: one of those who ruled wrote none of the words, and the desk's rule was not overridden. */
export type Decided = {
  kind: 'effective' | 'proposed'
  proposal: Proposal
  overrideReason: string | null
  isSeen: boolean
}

/** Whether this may be decided now, and whether it takes effect or awaits a second. Guards 1-3. */
export function decide(ground: Ground, form: DecisionForm, person: Mover, at: Date): Decided | Refused {
  const { verdict, rationale, replySought, recheckOn } = form
  const problems = [
    ...guardProblems(verdict, form, weigh(ground.attributions, ground.evidence)),
    ...changeProblems(form, ground.isAgain),
  ]
  if (recheckOn && verdict !== 'unproven')
    problems.push({
      field: 'recheckOn',
      message: 'Only an unproven claim is rechecked. Leave this empty, or choose “Unproven”.',
    })
  if (form.overrideReason && !may(person.role, 'override'))
    problems.push({
      field: 'overrideReason',
      message: 'Only an admin may decide without the second that the desk asks for.',
    })
  if (problems.length || !rationale) return refused(problems)

  const waits = needsSecond({ ...ground, wordsBy: writersUnder(verdict, ground), decidedById: person.id })
  const isOverridden = waits && form.overrideReason !== null
  const isSeen = !isOverridden && isSeenByAnother(verdict, ground, [person.id])
  const made: Proposal = {
    verdict,
    rationale,
    replySought,
    recheckOn,
    change: ground.isAgain ? form.change : null,
    changeNote: ground.isAgain ? form.changeNote : null,
    decidedById: person.id,
    proposedAt: at.toISOString(),
  }
  return {
    kind: waits && !isOverridden ? 'proposed' : 'effective',
    proposal: made,
    // An override that overrides nothing is none; a former one shows until somebody else has looked.
    overrideReason: isOverridden ? form.overrideReason : isSeen ? null : (ground.lastOverride ?? null),
    isSeen,
  }
}

/** Whether this person may second what another decided, on the evidence as it is now. Guards 1-3. */
export function second(ground: Ground, made: Proposal, person: Mover): Decided | Refused {
  const wordsBy = writersUnder(made.verdict, ground)
  const cannot = secondProblem({ ...ground, wordsBy, decidedById: made.decidedById }, person.id)
  if (cannot) return refused({ field: '', message: cannot })
  const lacks = guardProblems(made.verdict, made, weigh(ground.attributions, ground.evidence))
  if (lacks.length)
    return refused(
      lacks.map(({ message }) => ({
        field: '',
        message: `${message} The evidence has changed since this was decided; return the claim to review.`,
      })),
    )
  const isSeen = isSeenByAnother(made.verdict, ground, [made.decidedById, person.id])
  return { kind: 'effective', proposal: made, overrideReason: isSeen ? null : (ground.lastOverride ?? null), isSeen }
}

function changeProblems({ change, changeNote }: DecisionForm, isAgain: boolean): Problem[] {
  if (!isAgain) return []
  const problems: Problem[] = []
  if (!change)
    problems.push({
      field: 'change',
      message: 'This was decided before. Say what kind of change this is: a correction, an update or a clarification.',
    })
  if (!changeNote)
    problems.push({ field: 'changeNote', message: 'Say in a sentence what changed; it is shown with the verdict.' })
  return problems
}
