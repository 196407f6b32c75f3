import type { Parts, Ruling } from './parts.ts'
import { type Row, rowOf } from './row.ts'

/** The version of `Parts` and `Row` that a seal is written with: since 2 it has the claims that this one contradicts. */
const SEAL_VERSION = 2

/** What a decision keeps of the claim it was made on. */
export type Seal = { row: Row; parts: Parts }

/** Seals a claim's parts with the ruling that takes effect on this revision; private sources' words are blank in the row. */
export function sealOf(
  parts: Parts,
  ruling: Ruling,
  revision: number,
): { seal: Seal; sealVersion: number; sourceIds: number[] } {
  const decided: Parts = { ...parts, claim: { ...parts.claim, stage: 'decided', revision }, ruling }
  const hidden = new Set(sourcesOf(decided).flatMap((source) => (source.isPrivate ? [source.id] : [])))
  return {
    seal: { row: rowOf(decided, hidden, ''), parts: decided },
    sealVersion: SEAL_VERSION,
    sourceIds: [...new Set(sourcesOf(decided).map((source) => source.id))].toSorted((a, b) => a - b),
  }
}

function sourcesOf({ attributions, evidence }: Parts): { id: number; isPrivate: boolean }[] {
  const own = [...attributions, ...evidence].map(({ source }) => source)
  return [...own, ...evidence.flatMap(({ restsOnSource }) => restsOnSource ?? [])]
}
