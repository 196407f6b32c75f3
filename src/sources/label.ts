import type { SourceKind } from '../../prisma/client/enums.ts'
import type { Ground } from '../privacy/withheld.ts'
import { word } from '../words.ts'

/** What a source is called where it is named in passing. */
export type Labelled = { kind: SourceKind; title: string | null; url: string | null; isPrivate: boolean }

const PRIVATE_LABEL = 'a private source'

/** What a source is called of which nothing is shown. */
export const WITHHELD_LABELS = {
  private: PRIVATE_LABEL,
  not_for_attribution: 'an interview not for attribution',
} as const satisfies Record<Ground, string>

/** The name of a source: its title, else its address, else its kind; nothing of it when it is private and the reader may not see those. */
export function sourceLabel({ kind, title, url, isPrivate }: Labelled, maySeePrivate: boolean): string {
  if (isPrivate && !maySeePrivate) return PRIVATE_LABEL
  return title ?? url ?? `${word('sourceKind', kind)} without a title`
}

/** The name of a source; of one that is withheld only why. */
export function labelOf(source: Labelled, ground: Ground | null | undefined): string {
  return ground ? WITHHELD_LABELS[ground] : sourceLabel(source, true)
}
