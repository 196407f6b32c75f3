import { printedDateInWords } from '../printed-date.ts'
import { type Comparison, type Counting, compareFigures, type FigureRelation } from './compare.ts'
import { intervalInWords } from './figure.ts'
import type { QuestionFigure } from './figures.store.ts'

/** Another figure on a claim's question, and what this claim's is to it. */
export type Beside = {
  figure: QuestionFigure
  comparison: Comparison
  /** What this claim's figure does to the other: "conflicts with", "updates". */
  does: string
}

/** What the first of two figures does to the second, in words. */
export function doesInWords({ relation, later }: Pick<Comparison, 'relation' | 'later'>): string {
  return DOES[relation][later === 'second' ? 1 : 0]
}

/** How many others a claim's page names. */
const NAMED = 8

const RANK = {
  conflict: 0,
  revision_downwards: 1,
  update: 2,
  cannot_tell: 3,
  compatible: 4,
} as const satisfies Record<FigureRelation, number>

const DOES = {
  conflict: ['conflicts with', 'conflicts with'],
  revision_downwards: ['revises downwards', 'is revised downwards by'],
  update: ['updates', 'is updated by'],
  cannot_tell: ['cannot be held against', 'cannot be held against'],
  compatible: ['can hold beside', 'can hold beside'],
} as const satisfies Record<FigureRelation, readonly [string, string]>

/** The figures that a claim's is to be read with, conflicts first, at most eight, and how many of each kind there are. */
export function besideOf(
  mine: QuestionFigure,
  figures: readonly QuestionFigure[],
  counting: Counting,
): { named: Beside[]; counts: Record<FigureRelation, number> } {
  const counts = { conflict: 0, revision_downwards: 0, update: 0, cannot_tell: 0, compatible: 0 }
  const others = figures
    .filter(({ id }) => id !== mine.id)
    .map((figure): Beside => {
      const comparison = compareFigures(mine, figure, counting)
      counts[comparison.relation] += 1
      return { figure, comparison, does: doesInWords(comparison) }
    })
  // Of those that leave the same relation the one nearest in time says most.
  const named = others.toSorted(
    (a, b) =>
      RANK[a.comparison.relation] - RANK[b.comparison.relation] ||
      (b.figure.asOf ?? '').localeCompare(a.figure.asOf ?? '') ||
      b.figure.id - a.figure.id,
  )
  return { named: named.slice(0, NAMED), counts }
}

/** A figure in a line: "26 or more, as of 7 January 2022"; the printed words where they give no number. */
export function figureInWords({
  interval,
  wording,
  asOf,
}: Pick<QuestionFigure, 'interval' | 'wording' | 'asOf'>): string {
  const number = interval ? intervalInWords(interval) : wording ? `“${wording}”` : 'no number'
  return asOf ? `${number}, as of ${printedDateInWords(asOf)}` : number
}
