import { z } from 'zod'
import { CameIn, ClosedBecause, Stage, Verdict } from '../../prisma/client/enums.ts'
import type { Flash } from '../outcome.ts'
import { paths } from '../paths.ts'
import { proposal } from './decide.ts'
import { allowed, type MoveAction, type MovedClaim, type Mover } from './workflow.ts'

/** How long one's own last move can be taken back, in minutes. */
const MINUTES = 10

const state = z
  .object({
    stage: z.enum(Stage),
    closedBecause: z.enum(ClosedBecause).nullable(),
    duplicateOfId: z.int().nullable(),
    verdict: z.enum(Verdict).nullable(),
    formerVerdict: z.enum(Verdict).nullable(),
    supersededById: z.int().nullable(),
    assigneeId: z.int().nullable(),
    proposal: proposal.nullable(),
    cameIn: z.enum(CameIn),
    recheckOn: z.string().nullable(),
    wordsBy: z.array(z.int()),
    unverifiedBy: z.array(z.int()),
  })
  .partial()

/** What a move may change of a claim; its event keeps what it did change, as it was before. */
export type State = z.output<typeof state>
export const STATE = Object.keys(state.shape) as (keyof State)[]

/** Which move an event tells of. What is no move is not undone: it is edited again. */
const MOVE_OF: Readonly<Record<string, MoveAction>> = {
  submitted: 'submit',
  dropped: 'drop',
  'took up': 'take_up',
  assigned: 'assign',
  'handed back': 'hand_back',
  asked: 'ask',
  replied: 'reply',
  'proposed a verdict': 'decide',
  decided: 'decide',
  seconded: 'second',
  'returned to review': 'return',
  reopened: 'reopen',
  superseded: 'supersede',
  closed: 'close',
}

/** The last thing that happened to a claim; `before` is what its event keeps. */
export type LastEvent = { actorId: number | null; action: string; at: Date; before: unknown; isRedacted: boolean }

/** What undoing the last thing that happened brings back; or why this person may not, in a sentence. */
export function undoing(
  claim: MovedClaim,
  last: LastEvent,
  person: Mover,
  now: Date,
): { no: string } | { no: null; before: State; secondsLeft: number } {
  const { actorId, action, at, isRedacted } = last
  const move = Object.hasOwn(MOVE_OF, action) ? MOVE_OF[action] : undefined
  if (actorId !== person.id) return { no: NOT_YOURS }
  if (action === 'undone')
    return { no: 'Your last move is undone already. What was undone is done again as a new move.' }
  if (!move)
    return {
      no: 'Only a move can be undone, and only while nothing else has happened to the claim since. Edit it instead.',
    }
  if (isRedacted) return { no: 'What your move changed was redacted, so that it cannot be brought back.' }
  const secondsLeft = Math.ceil(MINUTES * 60 - (now.getTime() - at.getTime()) / 1000)
  if (secondsLeft <= 0)
    return { no: `A move can be undone for ${MINUTES} minutes; yours is older. Make another move instead.` }
  const before = state.parse(last.before ?? {})
  // Whoever may no longer make such a move may not take it back either.
  const no = allowed(claim, person, 'undo', actorId) ?? allowed({ ...claim, ...before }, person, move)
  return no ? { no } : { no: null, before, secondsLeft }
}

export const NOT_YOURS =
  'The last thing that happened to this claim was not yours. Only your own last move can be undone.'

/** The button beside the line that says what was done; `revision` is the one that the move made. */
export function undoButton(ref: string, revision: number): NonNullable<Flash['button']> {
  return { text: 'Undo', path: paths.undoings(ref), fields: { revision: String(revision) } }
}

/** How long is left, in words. */
export function timeLeft(seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  return minutes > 1 ? `${minutes} minutes left` : 'less than a minute left'
}
