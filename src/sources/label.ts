import type { SourceKind } from '../../prisma/client/enums.ts'
import { word } from '../words.ts'

/** What a source is called where it is named in passing. */
export type Labelled = { kind: SourceKind; title: string | null; url: string | null; isPrivate: boolean }

export const PRIVATE_LABEL = 'a private source'

/** The name of a source: its title, else its address, else its kind; nothing of it when it is private and the reader may not see those. */
export function sourceLabel({ kind, title, url, isPrivate }: Labelled, maySeePrivate: boolean): string {
  if (isPrivate && !maySeePrivate) return PRIVATE_LABEL
  return title ?? url ?? `${word('sourceKind', kind)} without a title`
}
