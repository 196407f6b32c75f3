import { ALLIANCE } from './alliance.ts'
import type { ClaimSeed, Step } from './claim.ts'
import { COUNTRY } from './country.ts'
import { COUNTS } from './counts.ts'
import { DEAD } from './dead.ts'
import { ORDER } from './order.ts'
import { TOTALS } from './totals.ts'
import { TROOPS } from './troops.ts'

/** Every claim of the story, in the order in which they are recorded. */
export const CLAIMS: readonly ClaimSeed[] = [
  ...ORDER,
  ...DEAD,
  ...COUNTRY,
  ...TROOPS,
  ...ALLIANCE,
  ...TOTALS,
  ...COUNTS,
]

/** What happens once the others have run their course. */
export const LATER: readonly { claim: ClaimSeed; step: Step }[] = [
  {
    claim: claimOf('dead 164'),
    step: {
      who: 'sam',
      does: 'supersede',
      newer: 'dead 225',
      reason: 'The prosecutor’s count covers the same people and place at a later day, and stands on its own feet.',
    },
  },
]

function claimOf(key: string): ClaimSeed {
  const claim = CLAIMS.find((one) => one.key === key)
  if (!claim) throw new Error(`The demonstration has no claim “${key}”`)
  return claim
}
