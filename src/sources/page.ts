import { type Comparison, GIVEN_UP, inOneSentence } from '../captures/compare.ts'
import { annotatedCopy, type Row } from '../captures/copy.ts'
import { passagesGone } from '../captures/gone.store.ts'
import { placesAfter, versionsOf } from '../captures/places.store.ts'
import { type CaptureLine, type CapturePage, captureShown, capturesOf, maybeTextOf } from '../captures/store.ts'
import { NotFound } from '../errors.ts'
import { historyOf, type Line } from '../history/list.store.ts'
import type { Db } from '../history/store.ts'
import { type Teller, type Told, told } from '../history/timeline.ts'
import { RECENT } from '../history/window.ts'
import { may } from '../policy.ts'
import { keepResult, keptResult } from '../texts/kept.ts'
import { runTask } from '../texts/pool.ts'
import { maybeId } from '../web/paging.ts'
import type { SignedIn } from '../web/session.ts'
import { visibleTo } from './choice.store.ts'
import { SOURCE_LABELS, sourceFieldInWords } from './form.ts'
import { sourceLabel } from './label.ts'
import { type Use, usesOf } from './list.store.ts'
import { type AlikeSource, sourcesAlike } from './origins.store.ts'
import { storedWords } from './store.ts'

/** A use of the source whose passage is marked in the text shown. */
export type Note = Use & { number: number; start: number; end: number; tone: string; isFromOther: boolean }

/** What the page of a source shows. */
export type SourcePage = {
  source: Awaited<ReturnType<typeof findSource>>
  label: string
  /** Some of its captures, and how many there are. */
  texts: CapturePage
  /** The capture whose text is shown; null when the source has none. */
  shown: (CaptureLine & { isLatest: boolean }) | null
  rows: Row<Note>[]
  /** Uses whose passage is not in the text shown, and uses without a passage. */
  notFound: (Use & { goneSince: Date | null })[]
  withoutPassage: Use[]
  /** What differs from the text that was taken before the one shown; null when it is the first. */
  comparison: (Comparison & { sentence: string; before: CaptureLine; isRedacted: boolean }) | null
  history: Told[]
  /** Sources counted as one origin with it, for those who may see all. */
  alike: AlikeSource[]
}

/** Gathers the page of a source, with the text of one of its captures: the latest unless another is named. */
export async function sourcePage(
  db: Db,
  account: SignedIn,
  id: number,
  { captureId, textsBefore }: { captureId: number | null; textsBefore: number | null },
): Promise<SourcePage> {
  const [source, texts, { shown, earlier, latestId }, uses, history] = await Promise.all([
    findSource(db, account, id),
    capturesOf(db, id, textsBefore),
    captureShown(db, id, captureId),
    usesOf(db, id),
    historyOf(db, 'source', id, { limit: RECENT }),
  ])
  if (captureId !== null && shown?.id !== captureId) throw new NotFound('This source has no such text.')
  const [text, textBefore, gone] = await Promise.all([
    shown ? maybeTextOf(db, id, shown.id) : null,
    earlier ? maybeTextOf(db, id, earlier.id) : null,
    passagesGone(db, { sourceId: id }),
  ])
  const notes = text === null || !shown ? [] : await notesOf(db, shown.id, uses)
  const marked = new Set(notes.map(({ kind, id }) => `${kind} ${id}`))
  const unmarked = uses.filter(({ kind, id }) => !marked.has(`${kind} ${id}`))
  return {
    source,
    label: sourceLabel(source, true),
    texts,
    shown: shown ? { ...shown, isLatest: shown.id === latestId } : null,
    rows: text === null ? [] : annotatedCopy(text, notes),
    notFound: unmarked
      .filter(({ passage }) => passage !== null)
      .map((use) => ({ ...use, goneSince: gone[GONE_OF[use.kind]].get(use.id) ?? null })),
    withoutPassage: unmarked.filter(({ passage }) => passage === null),
    comparison:
      shown && earlier && text !== null && textBefore !== null
        ? {
            ...(await comparisonOf(db, { shown, text }, { earlier, textBefore })),
            isRedacted: Boolean(shown.redaction || earlier.redaction),
          }
        : null,
    alike: may(account.role, 'seePrivateSources') ? await sourcesAlike(db, id) : [],
    history: await told(history, await sourceTeller(db, account, history)),
  }
}

const GONE_OF = { attribution: 'attributions', evidence: 'evidence' } as const

/** What differs between two captures; kept, since they never change but by redaction. */
async function comparisonOf(
  db: Db,
  { shown, text }: { shown: CaptureLine; text: string },
  { earlier, textBefore }: { earlier: CaptureLine; textBefore: string },
) {
  const key = JSON.stringify(['compare', ...(await versionsOf(db, [earlier.id, shown.id])).values()])
  const known = keptResult(key) as Comparison | undefined
  const comparison = known ?? (await runTask('compare', { before: textBefore, after: text })) ?? GIVEN_UP
  if (!known && !comparison.isGivenUp) keepResult(key, comparison)
  return { ...comparison, sentence: inOneSentence(comparison), before: earlier }
}

/** A source that somebody may know of; throws NotFound. */
export async function findSource(db: Db, account: Pick<SignedIn, 'role'>, id: number | null) {
  const source =
    id === null
      ? null
      : await db.source.findFirst({
          where: { id, ...visibleTo(account) },
          include: { publisher: { select: { id: true, name: true } }, addedBy: { select: { name: true } } },
        })
  if (!source) throw new NotFound('There is no such source. The list of sources has them all.')
  return { ...source, words: storedWords(source) }
}

/** The uses whose passage stands in the text, numbered in its order: where they were anchored in it, or where that place is if in another capture. */
async function notesOf(db: Db, captureId: number, uses: readonly Use[]): Promise<Note[]> {
  const elsewhere = uses.flatMap((use) =>
    use.captureId !== null && use.captureId !== captureId && use.start !== null && use.end !== null
      ? [{ use, asked: { captureId: use.captureId, start: use.start, end: use.end, inCaptureId: captureId } }]
      : [],
  )
  const places = elsewhere.length
    ? await placesAfter(
        db,
        elsewhere.map(({ asked }) => asked),
      )
    : []
  const standing = new Map(elsewhere.map(({ use }, index) => [use, places[index]]))
  const placed = uses.flatMap((use) => {
    const place = use.captureId === captureId ? use : standing.get(use)
    if (!place || place.start === null || place.end === null) return []
    const { start, end } = place
    return [{ ...use, start, end, tone: use.headline.tone, isFromOther: use.captureId !== captureId }]
  })
  return placed
    .toSorted((a, b) => a.end - b.end || a.start - b.start)
    .map((note, index) => ({ ...note, number: index + 1 }))
}

/** How these lines of a source's history are told. */
export async function sourceTeller(db: Db, account: Pick<SignedIn, 'role'>, lines: readonly Line[]): Promise<Teller> {
  const teller = {
    subject: 'source' as const,
    labels: SOURCE_LABELS,
    inWords: sourceFieldInWords(await namesOf(db, lines)),
  }
  return may(account.role, 'seePrivateSources') ? teller : { ...teller, shown: withoutOrigins }
}

/** A source that this one is like may be private: that they are alike would tell what stands in that one. */
function withoutOrigins(fields: unknown): unknown {
  if (typeof fields !== 'object' || fields === null) return fields
  return Object.fromEntries(Object.entries(fields).filter(([field]) => field !== 'origins'))
}

async function namesOf(db: Db, history: readonly { before: unknown; after: unknown }[]): Promise<Map<number, string>> {
  const ids = history
    .flatMap(({ before, after }) => [before, after])
    .flatMap((values) =>
      typeof values === 'object' && values !== null && 'publisherId' in values ? [values.publisherId] : [],
    )
    .filter((id) => typeof id === 'number')
  const parties = await db.party.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  })
  return new Map(parties.map(({ id, name }) => [id, name]))
}

/** The number of a capture that an address asks for; null for the latest. */
export function askedCapture(value: unknown): number | null {
  if (value === undefined || value === '') return null
  const id = maybeId(value)
  if (id === null) throw new NotFound('This source has no such text.')
  return id
}
