import { createHash } from 'node:crypto'
import type { Db } from '../history/store.ts'
import { type Standing, standingElsewhere } from './elsewhere.store.ts'
import type { RedactionForm } from './form.ts'
import { type Target, targetsInText, wordsAt } from './target.store.ts'
import type { Sought } from './words.ts'

/** What a redaction would empty: in the thing that is named, and elsewhere; `code` is other as soon as any of the numbers is. */
export type Preview = { places: number; everywhere: boolean; standing: Standing | null; code: string }

/** The words that a redaction is of: those that were given, or of a whole text every passage that is held of it. */
export async function soughtBy(
  db: Db,
  target: Target,
  { words, insideWords }: Pick<RedactionForm, 'words' | 'insideWords'>,
): Promise<Sought> {
  if (target.kind === 'capture' && target.length === null)
    return { words: await wordsAt(db, target), insideWords: true }
  return { words: words ? [words] : [], insideWords }
}

/** Counts what a redaction would empty. Elsewhere is looked where it would empty there, or is asked about. */
export async function previewOf(
  db: Db,
  target: Target,
  sought: Sought,
  { everywhere, look }: { everywhere: boolean; look: boolean },
): Promise<Preview> {
  const named = target.kind === 'capture' && target.length !== null ? await targetsInText(db, target.id, sought) : []
  const places = named.reduce((sum, one) => sum + one.places.length, 0)
  const isSought = sought.words.length > 0
  const standing = isSought && (everywhere || look) ? await standingElsewhere(db, sought, target) : null
  // Where the desk is too large to be counted to its end the numbers depend on how fast that was.
  const counted = standing?.isWhole === false ? 'more than can be counted' : standing?.counts
  const told = JSON.stringify([target.kind, target.id, sought, places, everywhere && isSought ? counted : null])
  return {
    places,
    everywhere: everywhere && isSought,
    standing,
    code: createHash('sha256').update(told).digest('hex').slice(0, 16),
  }
}

/** Whether a redaction has to be confirmed with its numbers before it takes effect: one of words in a text, or of words wherever they stand. */
export function isToConfirm(preview: Preview): boolean {
  return preview.everywhere || preview.places > 0
}
