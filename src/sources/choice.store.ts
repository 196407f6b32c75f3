import type { Prisma } from '../../prisma/client/client.ts'
import type { SourceKind } from '../../prisma/client/enums.ts'
import type { Db } from '../history/store.ts'
import { namedId } from '../parties/name.ts'
import { may } from '../policy.ts'
import { printedDateInWords } from '../printed-date.ts'
import { SHOWN_TO_ALL } from '../privacy/withheld.ts'
import { unfitness } from '../text.ts'
import type { SignedIn } from '../web/session.ts'
import { canonicalUrl } from './canonical-url.ts'
import { type Labelled, sourceLabel } from './label.ts'

/** A source as a form offers it: `value` names it in a field (`#12`), `label` tells it apart. */
export type SourceChoice = { id: number; value: string; label: string }

/** Sources to choose from, newest first; with `q` those whose title or address contains it. Private ones only for those who may see them. */
export async function sourceChoices(
  db: Db,
  account: Pick<SignedIn, 'role'>,
  q = '',
  limit = 30,
): Promise<SourceChoice[]> {
  const sought = q.trim()
  const contains = { contains: sought, mode: 'insensitive' as const }
  const sources = await db.source.findMany({
    where: { ...visibleTo(account), ...(sought ? { OR: [{ title: contains }, { url: contains }] } : {}) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    select: {
      id: true,
      kind: true,
      title: true,
      url: true,
      isPrivate: true,
      publishedOn: true,
      publisher: { select: { name: true } },
    },
  })
  return sources.map(({ publisher, publishedOn, ...source }) => ({
    id: source.id,
    value: `#${source.id}`,
    label: [sourceLabel(source, true), publisher?.name, publishedOn && printedDateInWords(publishedOn)]
      .filter(Boolean)
      .join(', '),
  }))
}

/** The sources that somebody may know of, as a condition. */
export function visibleTo(account: Pick<SignedIn, 'role'>): Prisma.SourceWhereInput {
  return may(account.role, 'seePrivateSources') ? {} : SHOWN_TO_ALL
}

export type FoundSource = { kind: 'found'; source: { id: number; revision: number } & Labelled }
export type ResolvedSource =
  | FoundSource
  | { kind: 'unknown' }
  | { kind: 'ambiguous'; sources: { id: number; label: string }[] }

/** The source that somebody meant: by its number (`#12`, `Title (#12)`), its address, or its exact title. */
export async function resolveSource(tx: Db, typed: string, account: Pick<SignedIn, 'role'>): Promise<ResolvedSource> {
  const title = typed.trim()
  // A form that is shown again asks for what was typed, fit or not.
  if (title === '' || unfitness(title)) return { kind: 'unknown' }
  const id = namedId(title)
  const canonical = canonicalUrl(title)
  const named = id !== null ? { id } : canonical !== null ? atAddress(canonical) : { title }
  const sources: ({ id: number; revision: number; kind: SourceKind } & Labelled)[] = await tx.source.findMany({
    where: { ...named, ...visibleTo(account) },
    orderBy: { id: 'asc' },
    take: 6,
    select: { id: true, revision: true, kind: true, title: true, url: true, isPrivate: true },
  })
  const [source] = sources
  if (!source) return { kind: 'unknown' }
  return sources.length === 1
    ? { kind: 'found', source }
    : { kind: 'ambiguous', sources: sources.map((one) => ({ id: one.id, label: sourceLabel(one, true) })) }
}

/** A condition for the sources at an address, or with this copy in an archive. */
function atAddress(canonical: string) {
  const isKey = { OR: [{ address: canonical }, { archivedCopy: canonical }] }
  return { OR: [{ canonicalUrl: canonical }, { key: { is: isKey } }] }
}
