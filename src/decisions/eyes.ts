import type { Verdict } from '../../prisma/client/enums.ts'

/**
 * Who wrote a claim's statement, attributions or figure: since another last looked at them for a decision, and before that, since another last
 * verified them. Neither says anything of evidence.
 */
export type Writers = { wordsBy: readonly number[]; unverifiedBy?: readonly number[] | undefined }

/** Whether a verdict says that the claim is so, wholly or in part; the words then need somebody else who has said the same. */
const AFFIRMS = {
  verified: true,
  partly_verified: true,
  disputed: false,
  misleading: false,
  false: false,
  unproven: false,
  not_checkable: false,
} as const satisfies Record<Verdict, boolean>

/**
 * The writers whom a verdict may not rest on alone. A decision of another kind that somebody else made on these words clears nobody for one that
 * affirms them: who found a claim unproven has not found it to be so. Product rule: guard 3.
 */
export function writersUnder(verdict: Verdict, { wordsBy, unverifiedBy = [] }: Writers): number[] {
  return AFFIRMS[verdict] ? [...new Set([...wordsBy, ...unverifiedBy])] : [...wordsBy]
}

/** Whether among those who ruled is one who wrote none of the words that the verdict rests on. */
export function isSeenByAnother(verdict: Verdict, writers: Writers, ruledBy: readonly (number | null)[]): boolean {
  const under = writersUnder(verdict, writers)
  return ruledBy.some((id) => id !== null && !under.includes(id))
}

/**
 * The writers that a claim keeps once a decision has taken effect. What nobody else has seen, by an override or on a desk of one, stays to be
 * seen; what was seen and not verified stays to be verified.
 */
export function writersAfter(
  verdict: Verdict,
  { wordsBy, unverifiedBy = [] }: Writers,
  isSeen: boolean,
): { wordsBy: number[]; unverifiedBy: number[] } {
  if (!isSeen) return { wordsBy: [...wordsBy], unverifiedBy: [...unverifiedBy] }
  return { wordsBy: [], unverifiedBy: verdict === 'verified' ? [] : [...new Set([...unverifiedBy, ...wordsBy])] }
}

/** All who wrote words that are moved to another claim, where they count as written anew. */
export function writersMoved(
  { wordsBy, unverifiedBy = [] }: Writers,
  attributions: readonly { addedById: number; editedBy: readonly number[] }[],
): number[] {
  const wrote = attributions.flatMap(({ addedById, editedBy }) => [addedById, ...editedBy])
  return [...new Set([...wordsBy, ...unverifiedBy, ...wrote])]
}
