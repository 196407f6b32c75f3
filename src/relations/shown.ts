import { headlineOf } from '../decisions/headline.ts'
import { allowed, type MovedClaim, type Mover } from '../decisions/workflow.ts'
import { paths } from '../paths.ts'
import { word } from '../words.ts'
import { removalKey } from './form.ts'
import type { Related } from './list.store.ts'

export type RelationsShown = ReturnType<typeof relationsShown>

/** What a claim has to do with others as its page sets it, with what somebody may do to it. */
export function relationsShown(claim: MovedClaim & { ref: string }, related: readonly Related[], person: Mover) {
  return {
    lines: related.map((one) => ({
      id: one.relationId,
      words: word(one.isFrom ? 'relation' : 'relatedBy', one.type),
      ref: one.ref,
      href: paths.claim(one.ref),
      statement: one.statement,
      language: one.language,
      headline: headlineOf(one),
      hedges: one.hedges,
      note: one.note,
      addedBy: one.addedBy,
      addedAt: one.addedAt,
      removal:
        one.relationId !== null && allowed(claim, person, 'unrelate', one.addedById ?? undefined) === null
          ? { action: paths.relationRemoval(claim.ref, one.relationId), key: removalKey(one.relationId) }
          : null,
    })),
    addHref: allowed(claim, person, 'relate') === null ? paths.newRelation(claim.ref) : null,
  }
}
