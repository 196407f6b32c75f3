import { SHOWN_TO_ALL } from '../privacy/withheld.ts'

/** What lists read of a claim's attributions, to show its hedges wherever its verdict is shown; those of withheld sources are left out of every list. */
export const HEDGES = {
  where: { source: SHOWN_TO_ALL },
  orderBy: { ordinal: 'asc' },
  select: { hedges: true },
} as const

/** The hedges of a claim as printed, each once, in their order. */
export function hedgesOf(attributions: readonly { hedges: string[] }[]): string[] {
  return [...new Set(attributions.flatMap(({ hedges }) => hedges))]
}
