import { randomUUID } from 'node:crypto'
import { Prisma, type PrismaClient } from '../../prisma/client/client.ts'
import { transaction } from '../database/rows.ts'
import { clock, type Db } from '../history/store.ts'
import { TOMBSTONE } from '../history/tombstone.ts'
import { PLACES, textsIn } from './columns-searched.ts'
import { mayHold, rowsWith } from './elsewhere.store.ts'
import { empty } from './emptying.store.ts'
import { type Target, targetsInText } from './target.store.ts'
import { type Sought, standsIn, withoutWords } from './words.ts'

// How many things one transaction empties, so that none is long.
const BATCH = 100

type Progress = { place: number; after: number; counts: Record<string, number> }

/**
 * Goes on with what is redacted wherever it stands, a transaction after another, until nothing is left or the budget in milliseconds is used
 * up; answers how many rows it emptied. After a restart it goes on where it was; of several processes one has a proposal at a time.
 */
export async function continueRedactions(db: PrismaClient, budget = 60_000): Promise<number> {
  const deadline = Date.now() + budget
  const open = await db.redactionProposal.findMany({
    where: { outcome: { in: ['seconded', 'alone'] }, finishedAt: null },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
  let emptied = 0
  for (const { id } of open) {
    let done: number | null = 0
    while (done !== null && Date.now() < deadline) {
      done = await transaction(db, (tx) => takeStep(tx, id))
      emptied += done ?? 0
    }
  }
  return emptied
}

/** One step of a proposal that is being carried out; null when it is finished, or another process has it. */
async function takeStep(tx: Db, id: number): Promise<number | null> {
  const locked = await tx.$queryRaw<object[]>`
    select id from redaction_proposal where id = ${id} and finished_at is null for update skip locked`
  if (locked.length === 0) return null
  const proposal = await tx.redactionProposal.findUniqueOrThrow({ where: { id } })
  const { place: from = 0, after = 0, counts = {} } = (proposal.progress ?? {}) as Partial<Progress>
  // What somebody edits is left as it is.
  const ahead = PLACES.slice(from).findIndex(({ remedy }) => remedy !== 'edit')
  const at = ahead < 0 ? PLACES.length : from + ahead
  const place = PLACES[at]
  const now = await clock(tx)
  if (!place) {
    await finish(tx, now, id)
    return null
  }
  const sought = { words: proposal.words, insideWords: proposal.insideWords }
  const found =
    place.table === 'request'
      ? { ids: await forgetRequests(tx, sought), next: null }
      : await rowsWith(tx, place, sought, after)
  const some = place.table === 'request' ? found.ids : found.ids.slice(0, BATCH)
  if (some.length && place.remedy === 'redact') {
    const actorId = proposal.settledById ?? proposal.proposedById
    const act = { actorId, requestId: randomUUID(), digest: '' }
    const { ground, groundNote, proposedById: byId } = proposal
    const secondedById = proposal.outcome === 'seconded' ? proposal.settledById : null
    const targets: Target[] = []
    for (const one of some) {
      if (place.table === 'capture') targets.push(...(await targetsInText(tx, one, sought)))
      else targets.push({ kind: place.table === 'decision' ? 'decision' : 'event', id: one, places: [], length: null })
    }
    await empty(tx, act, now, targets, sought, { proposalId: id, ground, groundNote, byId, secondedById })
  } else if (some.length && place.remedy === 'empty') await emptyPlain(tx, place.table, some, sought)
  const isMore = some.length < found.ids.length
  const next = isMore ? (some.at(-1) ?? after) : found.next
  const progress: Progress = {
    place: next === null ? at + 1 : at,
    after: next ?? 0,
    counts: some.length ? { ...counts, [place.table]: (counts[place.table] ?? 0) + some.length } : counts,
  }
  await tx.redactionProposal.update({ where: { id }, data: { progress }, select: { id: true } })
  return some.length
}

/** Takes words out of what is no history: the row stays, with tombstones for them. */
async function emptyPlain(tx: Db, table: string, ids: readonly number[], sought: Sought): Promise<void> {
  for (const id of ids) {
    const where = { id }
    if (table === 'comment') {
      const { text } = await tx.comment.findUniqueOrThrow({ where })
      await tx.comment.update({ where, data: { text: withoutWords(text, sought, TOMBSTONE) }, select: { id: true } })
    } else if (table === 'tag') {
      // Names of tags are each their own.
      const { name } = await tx.tag.findUniqueOrThrow({ where })
      await tx.tag.update({ where, data: { name: numbered(withoutWords(name, sought, TOMBSTONE), id, 40) } })
    } else if (table === 'saved_view') {
      const { name, query } = await tx.savedView.findUniqueOrThrow({ where })
      const isInQuery = textsIn(query, 'address').some((one) => standsIn(one, sought))
      const bare = withoutWords(name, sought, TOMBSTONE)
      const data = { name: bare === name ? name : numbered(bare, id, 80), query: isInQuery ? '' : query }
      await tx.savedView.update({ where, data, select: { id: true } })
    }
  }
}

/** A name made its own by a number, of at most so many letters. */
function numbered(name: string, id: number, most: number): string {
  const end = ` ${id}`
  return (
    Array.from(name)
      .slice(0, most - end.length)
      .join('')
      .trim() + end
  )
}

/** Empties what is kept of forms whose outcome holds the words; answers a number for each. */
async function forgetRequests(tx: Db, sought: Sought): Promise<number[]> {
  const rows = await tx.$queryRaw<{ actorId: number; id: string; outcome: unknown }[]>`
    select actor_id as "actorId", id, outcome from request
    where outcome is not null and ${mayHold(Prisma.sql`outcome::text`, sought)}`
  const held = rows.filter(({ outcome }) => textsIn(outcome, 'address').some((text) => standsIn(text, sought)))
  for (const { actorId, id } of held)
    await tx.$executeRaw`update request set outcome = null, digest = '' where actor_id = ${actorId} and id = ${id}`
  return held.map((_, index) => index)
}

/** Ends the carrying out of a proposal: nothing more can be redacted for it. */
export async function finish(tx: Db, at: Date, id: number): Promise<void> {
  await tx.redactionProposal.update({ where: { id }, data: { finishedAt: at, words: [] }, select: { id: true } })
}
