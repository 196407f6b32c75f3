import { type AffectedClaim, type Told, tellAffected } from '../claims/affected.store.ts'
import { findingsOn } from '../claims/finding-reset.store.ts'
import type { Act, Db } from '../history/store.ts'
import type { SourceWords } from './form.ts'

/**
 * What a change of a source's columns is to the claims that rest on it: `other` is told, and takes findings back, as they are about another document;
 * `shown` is told; `own` is the desk's alone.
 */
const COLUMNS = {
  kind: 'other',
  url: 'other',
  archiveUrl: 'shown',
  title: 'other',
  titleInferred: 'shown',
  publisherId: 'other',
  publisherInferred: 'shown',
  byline: 'shown',
  publishedOn: 'other',
  publishedOnInferred: 'shown',
  language: 'own',
  isPrivate: 'shown',
  notes: 'own',
} as const satisfies Record<keyof SourceWords, 'other' | 'shown' | 'own'>

type Change = Partial<SourceWords>
const columnsOf = (change: Change, ...weights: ('other' | 'shown')[]) =>
  (Object.keys(COLUMNS) as (keyof SourceWords)[]).filter(
    (column) => column in change && weights.some((weight) => COLUMNS[column] === weight),
  )

/** Whether claims that rest on a source show anything else after a change of these columns. */
export function isShownOnClaims(change: Change): boolean {
  return columnsOf(change, 'other', 'shown').length > 0
}

/** A publisher's name beside its id, as it is when the change is made. */
export type Publishers = { before: string | null; after: string | null }

/** Tells locked claims of a change of a source. `carriedBefore` are those whose evidence carried their verdict before it. */
export async function tellClaimsOfSource(
  tx: Db,
  act: Act,
  at: Date,
  id: number,
  claims: readonly AffectedClaim[],
  changes: { before: Change; after: Change },
  publishers: Publishers,
  carriedBefore: ReadonlySet<number>,
): Promise<Told> {
  const told = columnsOf(changes.after, 'other', 'shown')
  const part = (change: Change, publisher: string | null) => {
    const columns = Object.fromEntries(told.map((column) => [column, change[column]]))
    return { source: { sourceId: id, ...columns, ...('publisherId' in columns ? { publisher } : {}) } }
  }
  const [before, after] = [part(changes.before, publishers.before), part(changes.after, publishers.after)]
  return tellAffected(tx, act, at, { subject: 'source', id }, claims, {
    before: () => before,
    after: () => after,
    findings: columnsOf(changes.after, 'other').length ? await findingsOn(tx, { sourceId: id }) : [],
    carriedBefore,
  })
}
