import type { PrismaClient } from '../../prisma/client/client.ts'
import { addCapture, latestCapture, MOST_CAPTURES, sha256Of } from '../captures/store.ts'
import { type Told, toldInWords } from '../claims/affected.store.ts'
import { NotFound } from '../errors.ts'
import { type Act, clock, type Db, once, record } from '../history/store.ts'
import { accepted, type Landing, type Outcome, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { sharesOf } from './likeness.store.ts'
import { joinAlikeAndTell } from './likeness-change.store.ts'

/** Keeps a text as a later capture of a source, unless it is the one that was taken last. */
export function addLaterCapture(db: PrismaClient | Db, act: Act, id: number, text: string): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const kept = await captureIfNew(tx, act, id, text)
    if (kept?.refusal) return kept.refusal
    return accepted({
      path: paths.source(id),
      flash: {
        text: kept
          ? `The text is kept as it stands now. Earlier ones stay.${alikeInWords(kept.told)}`
          : 'The text is the same as the one held, so nothing was added.',
      },
    })
  })
}

const FULL = `This source has ${MOST_CAPTURES} texts, the most that one source may have. Add what it says now as a source of its own, with a title that tells them apart.`

/** What the line that confirms a text says of claims that rest on another source with nearly the same; '' when there are none. */
export function alikeInWords(told: Told): string {
  return told.claims ? ` Another source holds nearly the same text, and the two count as one.${toldInWords(told)}` : ''
}

/** Keeps a text of a source, unless it is the one that was taken last: then null. */
export async function captureIfNew(
  tx: Db,
  act: Act,
  id: number,
  text: string,
): Promise<Awaited<ReturnType<typeof joinAlikeAndTell>> | null> {
  const source = await lockSource(tx, id)
  const latest = await latestCapture(tx, id)
  if (latest?.sha256 === sha256Of(text)) return null
  if ((await tx.capture.count({ where: { sourceId: id } })) >= MOST_CAPTURES)
    return { told: null, refusal: refused({ field: 'text', message: FULL }) }
  const at = await clock(tx)
  const capture = await addCapture(tx, id, { text, takenAt: at, takenById: act.actorId })
  const joined = await joinAlikeAndTell(tx, act, at, id, await sharesOf(tx, { ...capture, sourceId: id, text }))
  if (joined.refusal) return joined
  const kept = await record(tx, act, at, 'source', source, {
    action: latest ? 'text taken again' : 'text added',
    before: latest ? { captureId: latest.id, sha256: latest.sha256 } : null,
    after: { captureId: capture.id, sha256: capture.sha256 },
  })
  await tx.source.update({ where: { id }, data: kept, select: { id: true } })
  return joined
}

/** Locks a source's row and reads it; throws NotFound. */
export async function lockSource(tx: Db, id: number) {
  // Prisma cannot lock a row.
  await tx.$queryRaw`select id from source where id = ${id} for update`
  const source = await tx.source.findUnique({
    where: { id },
    include: { publisher: { select: { id: true, name: true } } },
  })
  if (!source) throw new NotFound('There is no such source.')
  return source
}
