import type { Db } from './store.ts'

/** How long the first outcome of a form is kept for whoever sends it again, in days. */
const REQUEST_DAYS = 30

const BATCH = 1_000
const BATCHES = 20

/**
 * Removes what is kept of forms that were sent more than thirty days ago, oldest first, a thousand a statement, and answers how many rows it
 * removed: at most 20,000 a call, so that whoever calls goes on while it removes any. Of several processes each takes other rows.
 */
export async function removeOldRequests(db: Db): Promise<number> {
  let removed = 0
  for (let batch = 0; batch < BATCHES; batch += 1) {
    // Prisma deletes neither a limited number nor past locked rows.
    const count = await db.$executeRaw`
      delete from request where (actor_id, id) in (
        select actor_id, id from request where created_at < clock_timestamp() - make_interval(days => ${REQUEST_DAYS}::int)
        order by created_at limit ${BATCH} for update skip locked)`
    removed += count
    if (count < BATCH) break
  }
  return removed
}
