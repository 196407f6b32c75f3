import { Forbidden } from '../errors.ts'
import { type Refused, refused } from '../outcome.ts'
import { allowed, type MoveAction, type MovedClaim, type Mover, rowFor } from './workflow.ts'

/**
 * The refusal of what this person may not do to a claim as it is; null when they may. What the stage does not allow is said on the page; what
 * the table allows to others alone throws Forbidden. `ownerId` is whose evidence or whose relation it is about.
 */
export function notAllowed(claim: MovedClaim, person: Mover, action: MoveAction, ownerId?: number): Refused | null {
  const no = allowed(claim, person, action, ownerId)
  if (no && rowFor(claim.stage, action)) throw new Forbidden(no)
  return no ? refused({ field: '', message: no }) : null
}
