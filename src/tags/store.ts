import type { PrismaClient } from '../../prisma/client/client.ts'
import { lockClaim, saveClaim, staleness } from '../claims/locked.store.ts'
import { remembered } from '../database/remembered.ts'
import { type Act, type Db, once } from '../history/store.ts'
import { accepted, type Landing, type Outcome, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { MOST_TAGS, TOO_MANY } from './tag.ts'

/** The tags of a claim, by name. */
export async function tagsOf(db: Db, claimId: number): Promise<string[]> {
  const tags = await db.tag.findMany({
    where: { claims: { some: { claimId } } },
    orderBy: { name: 'asc' },
    select: { name: true },
  })
  return tags.map(({ name }) => name)
}

/** Gives a claim the tags that `change` makes of those it has; its words and its stage stay, so that no open form becomes stale. */
export function changeTags(
  db: PrismaClient,
  act: Act,
  ref: string,
  change: (now: string[]) => string[],
  revision?: number,
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const claim = await lockClaim(tx, ref)
    const stale = revision ? staleness(claim, revision) : null
    if (stale) return stale
    const before = await tagsOf(tx, claim.id)
    const after = [...new Set(change(before))].toSorted()
    if (after.length > MOST_TAGS) return refused({ field: 'tags', message: TOO_MANY })
    const landing = { path: paths.claim(ref), flash: { text: wordsFor(ref, after) } }
    if (after.join('\n') === before.join('\n')) return accepted(landing)
    await writeTags(tx, claim.id, after)
    await saveClaim(tx, act, claim, {
      action: 'tagged',
      before: { tags: before },
      after: { tags: after },
      data: {},
      isMove: false,
    })
    return accepted(landing)
  })
}

function wordsFor(ref: string, tags: string[]): string {
  return tags.length ? `${ref} is tagged ${tags.join(', ')}.` : `${ref} has no tag.`
}

async function writeTags(tx: Db, claimId: number, names: string[]): Promise<void> {
  await tx.claimTag.deleteMany({ where: { claimId } })
  // In one order, so that two who make the same new tags do not wait for one another.
  await tx.tag.createMany({ data: names.map((name) => ({ name })), skipDuplicates: true })
  const tags = await tx.tag.findMany({ where: { name: { in: names } }, select: { id: true } })
  await tx.claimTag.createMany({ data: tags.map(({ id }) => ({ claimId, tagId: id })) })
}

// In milliseconds: every list offers them.
const MEMORY = 15_000

/** The tags of the desk, by name, at most 300; another process's changes show after fifteen seconds. */
export function allTags(db: Db): Promise<string[]> {
  return remembered(db, 'tags', MEMORY, () => readTags(db))
}

async function readTags(db: Db): Promise<string[]> {
  const tags = await db.tag.findMany({
    where: { claims: { some: {} } },
    orderBy: { name: 'asc' },
    take: 300,
    select: { name: true },
  })
  return tags.map(({ name }) => name)
}
