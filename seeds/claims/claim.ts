import type { z } from 'zod'
import type { Basis, ClosedBecause, Finding, Stance, Verdict } from '../../prisma/client/enums.ts'
import type { attributionForm } from '../../src/claims/attribution.ts'
import type { newClaimForm } from '../../src/claims/claim.ts'
import type { DecisionForm } from '../../src/decisions/forms.ts'
import type { PartyName } from '../parties.ts'
import type { Name } from '../people.ts'
import type { QuestionKey } from '../questions.ts'
import type { SourceKey } from '../sources.ts'

type Attribution = z.input<typeof attributionForm>

/** An attribution as somebody types it, its source and its parties by the names the seeds have for them. */
export type AttributionSeed = Omit<Attribution, 'source' | 'speaker' | 'relays' | 'position'> & {
  source: SourceKey
  position?: Attribution['position']
  speaker?: PartyName
  relays?: readonly { party: PartyName; inferred?: 'yes' }[]
}

export type Words = Pick<z.input<typeof newClaimForm>, 'statement' | 'occurredOn' | 'place' | 'figure'> & {
  question?: QuestionKey
}

type EvidenceSeed = {
  source: SourceKey
  stance: Stance
  basis: Basis
  restsOn?: PartyName
  isTheAct?: 'yes'
  passage: string
  note?: string
}

type Ruling = { verdict: Verdict; rationale: string } & Partial<
  Pick<DecisionForm, 'replySought' | 'recheckOn' | 'change' | 'changeNote'>
>

/** What somebody does to a claim. */
export type Step = { who: Name } & (
  | { does: 'take_up' }
  | { does: 'ask' | 'reopen'; reason: string }
  | { does: 'close'; because: ClosedBecause; duplicateOf?: string; reason: string }
  | { does: 'supersede'; newer: string; reason: string }
  | {
      does: 'find'
      /** Which of the claim's attributions, from 0. */
      at: number
      finding: Finding
      note: string
      seen?: SourceKey
      originalWords?: string
      originalLanguage?: string
    }
  | ({ does: 'add evidence' } & EvidenceSeed)
  | ({ does: 'decide' } & Ruling)
  | { does: 'edit'; words: Partial<Words>; reason: string }
)

/** A claim of the story: who records it in which words, and what becomes of it. */
export type ClaimSeed = {
  key: string
  by: Name
  isDraft?: boolean
  words: Words
  said: readonly AttributionSeed[]
  course: readonly Step[]
}
