import type { Stage, Verdict } from '../../prisma/client/enums.ts'
import type { Db } from '../history/store.ts'
import { word } from '../words.ts'
import { evidenceProblem } from './guards.ts'
import { weigh } from './independence.ts'
import { partsOf } from './seal.store.ts'

/** How many claims are weighed at a time, so that memory stays flat. */
const BATCH = 100

/** Those of these decided claims whose evidence, as it is now, carries their verdict, by id. Product rules: guards 1 and 2. */
export async function carriedVerdicts(
  db: Db,
  claims: readonly { id: number; verdict: Verdict | null }[],
): Promise<Set<number>> {
  const carried = new Set<number>()
  for (let from = 0; from < claims.length; from += BATCH) {
    const batch = claims.slice(from, from + BATCH)
    const parts = await partsOf(
      db,
      batch.map(({ id }) => id),
    )
    for (const { id, verdict } of batch) {
      const of = parts.get(id)
      if (verdict && of && evidenceProblem(verdict, weigh(of.attributions, of.evidence)) === null) carried.add(id)
    }
  }
  return carried
}

/** Whether a claim is decided and its evidence, as it is now, carries the verdict. */
export async function isCarried(
  db: Db,
  claim: { id: number; stage: Stage; verdict: Verdict | null },
): Promise<boolean> {
  return claim.stage === 'decided' && (await carriedVerdicts(db, [claim])).has(claim.id)
}

/** The reason that an event gives where a claim is challenged because its evidence no longer carries the verdict. */
export function noLongerCarried(verdict: Verdict | null): string {
  return `The evidence no longer carries the verdict “${word('verdict', verdict)}”.`
}
