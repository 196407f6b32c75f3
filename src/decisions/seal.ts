import type { Parts, Ruling } from './parts.ts'
import { type Row, rowOf } from './row.ts'

/** The version of `Parts` and `Row` that a seal is written with: since 2 it has the claims that this one contradicts, since 3 the numbers of the
 * accounts that ruled, and the columns of what came in since, which are empty in a copy. */
const SEAL_VERSION = 3

/** What a decision keeps of the claim it was made on. */
export type Seal = { row: Row; parts: Parts }

/** Seals a claim's parts with the ruling that takes effect on this revision; the row is without what is withheld, so that reading it needs
 * no mask as long as nothing more has been withheld since. */
export function sealOf(
  parts: Parts,
  ruling: Ruling,
  revision: number,
): { seal: Seal; sealVersion: number; sourceIds: number[] } {
  const decided: Parts = { ...parts, claim: { ...parts.claim, stage: 'decided', revision }, ruling }
  const grounds = sourcesOf(decided).flatMap(({ id, isPrivate }) => (isPrivate ? [[id, 'private'] as const] : []))
  const withheld = { sources: new Map(grounds), names: new Map() }
  return {
    seal: { row: rowOf(decided, withheld, false, ''), parts: decided },
    sealVersion: SEAL_VERSION,
    sourceIds: [...new Set(sourcesOf(decided).map((source) => source.id))].toSorted((a, b) => a - b),
  }
}

function sourcesOf({ attributions, evidence }: Parts): { id: number; isPrivate: boolean }[] {
  const own = [...attributions, ...evidence].map(({ source }) => source)
  return [...own, ...evidence.flatMap(({ restsOnSource }) => restsOnSource ?? [])]
}
