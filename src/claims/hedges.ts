/** What lists read of a claim's attributions, to show its hedges wherever its verdict is shown. */
export const HEDGES = {
  orderBy: { ordinal: 'asc' },
  select: { hedges: true, source: { select: { isPrivate: true } } },
} as const

/** The hedges of a claim as printed, each once, in their order; those of private sources are left out of every list. */
export function hedgesOf(attributions: readonly { hedges: string[]; source: { isPrivate: boolean } }[]): string[] {
  return [...new Set(attributions.filter(({ source }) => !source.isPrivate).flatMap(({ hedges }) => hedges))]
}
