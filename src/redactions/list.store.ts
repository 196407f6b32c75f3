import type { Prisma } from '../../prisma/client/client.ts'
import { NotFound } from '../errors.ts'
import type { Db } from '../history/store.ts'
import { paths } from '../paths.ts'
import { PLACES } from './columns-searched.ts'
import { historyOf } from './elsewhere.store.ts'
import { targetOf } from './store.ts'
import { type Located, located } from './target.store.ts'

const person = { select: { id: true, name: true } } as const
const about = {
  id: true,
  eventId: true,
  captureId: true,
  decisionId: true,
  places: true,
  length: true,
  ground: true,
  groundNote: true,
} as const
const proposal = {
  ...about,
  everywhere: true,
  proposedBy: person,
  proposedAt: true,
  outcome: true,
  settledBy: person,
  settledAt: true,
  answer: true,
  finishedAt: true,
  words: true,
  insideWords: true,
  progress: true,
} as const satisfies Prisma.RedactionProposalSelect

/** What a target is called and whose it is, as one title, and where it is seen. */
export type Shown = { title: string; href: string }

const MOST = 100

/** What waits for a second, oldest first, and what was redacted, newest first; at most 100 each. */
export async function listRedactions(db: Db) {
  const waiting = await db.redactionProposal.findMany({
    where: { outcome: null },
    orderBy: { id: 'asc' },
    take: MOST,
    select: proposal,
  })
  const done = await db.redaction.findMany({
    orderBy: { id: 'desc' },
    take: MOST,
    select: { ...about, by: person, secondedBy: person, at: true },
  })
  const shown = await shownOf(db, [...waiting, ...done].map(targetOf))
  return {
    waiting: waiting.map((row, index) => ({ ...row, target: shown[index] })),
    done: done.map((row, index) => ({ ...row, target: shown[waiting.length + index] })),
  }
}

/** The proposals of others, which this admin can second or decline, oldest first, at most so many. */
export async function redactionsToSecond(db: Db, adminId: number, limit: number) {
  return db.redactionProposal.findMany({
    where: { outcome: null, proposedById: { not: adminId } },
    orderBy: { proposedAt: 'asc' },
    take: limit,
    select: { id: true, proposedAt: true, proposedBy: { select: { name: true } } },
  })
}

/** A proposal, with what it names; throws NotFound. */
export async function findProposal(db: Db, id: number | null) {
  const row = id === null ? null : await db.redactionProposal.findUnique({ where: { id }, select: proposal })
  if (!row) throw new NotFound('There is no such proposal.')
  const target = targetOf(row)
  const [shown] = await shownOf(db, [target])
  return { ...row, target, shown: shown ?? null }
}

/** How far a redaction is: which place of how many it looks through, and what it has emptied so far, in words. */
export function progressOf(progress: unknown): { place: number; of: number; emptied: string[] } {
  const { place = 0, counts = {} } = (progress ?? {}) as { place?: number; counts?: Record<string, number> }
  const emptied = PLACES.flatMap(({ table, called }) => {
    const count = counts[table] ?? 0
    return count ? [`${count.toLocaleString('en')} ${count === 1 ? called.one : called.many}`] : []
  })
  return { place: Math.min(place + 1, PLACES.length), of: PLACES.length, emptied }
}

/** What targets are called and whose they are, in their order; undefined for one that is not there. */
export async function shownOf(db: Db, targets: readonly Parameters<typeof located>[1][number][]) {
  const found = await located(db, targets)
  const names = await namesOf(db, found)
  return targets.map((target): Shown | undefined => {
    const one = found.find(({ kind, id }) => kind === target.kind && id === target.id)
    if (!one) return undefined
    const name = names.get(`${one.subject} ${one.subjectId}`) ?? null
    const { called } = locatedAs(found, target) ?? one
    const title = `${called}, of ${whoseOf(one, name)}`
    return { title: title.charAt(0).toUpperCase() + title.slice(1), href: hrefOf(one, name) }
  })
}

function locatedAs(found: readonly Located[], { kind, id, places, length }: Parameters<typeof located>[1][number]) {
  return found.find(
    (one) => one.kind === kind && one.id === id && one.length === length && one.places.join() === places.join(),
  )
}

async function namesOf(db: Db, found: readonly Located[]): Promise<Map<string, string>> {
  const ids = (subject: Located['subject']) =>
    found.filter((one) => one.subject === subject).map(({ subjectId }) => subjectId)
  const [claims, stories] = [
    await db.claim.findMany({ where: { id: { in: ids('claim') } }, select: { id: true, ref: true } }),
    await db.story.findMany({ where: { id: { in: ids('story') } }, select: { id: true, code: true } }),
  ]
  return new Map([
    ...claims.map(({ id, ref }) => [`claim ${id}`, ref] as const),
    ...stories.map(({ id, code }) => [`story ${id}`, code] as const),
  ])
}

function whoseOf({ subject, subjectId }: Located, name: string | null): string {
  return name ? `${subject} ${name}` : subject === 'setting' ? 'the desk’s settings' : `${subject} #${subjectId}`
}

function hrefOf({ kind, id, subject, subjectId }: Located, name: string | null): string {
  if (kind === 'capture') return `${paths.source(subjectId)}?capture=${id}`
  if (kind === 'decision') return paths.claim(name ?? '')
  return historyOf({ subject, subjectId, name })
}
