import { Prisma, type PrismaClient } from '../../prisma/client/client.ts'
import { rows, transaction } from '../database/rows.ts'
import type { Db } from '../history/store.ts'
import { type ComparedFigure, figuresCompared } from './compared.store.ts'
import { figuresInConflict } from './conflicts.ts'

// Which claims are in conflict is kept in `figure_conflict`, and found anew for a question whose figures changed: triggers note that in
// `question_change`, one row for each question and transaction, so that no way to change a claim, an attribution or a source can forget it and no
// writer waits for another. What a list shows is brought up to date before it is read.

/** Whether the figure of the claim `c` is in conflict with another, as it was last found; up to date once `refreshConflicts` was called. */
export const IS_CONTESTED = Prisma.sql`exists (
  select from figure_conflict conflict where conflict.question_id = c.question_id and conflict.claim_id = c.id)`

/** Whether the figures on the question of the claim `c` changed since it was found what is in conflict. */
export const IS_OUT_OF_DATE = Prisma.sql`exists (select from question_change change where change.question_id = c.question_id)`

/** The claims or the questions whose conflicts are asked for; null for any. */
export type Asked = { storyId?: number | null; question?: number | null; claimIds?: readonly number[] }

// Questions whose figures are held in memory at once.
const BATCH = 20

/** Finds anew what is in conflict on the questions whose figures changed; answers whether there were any. */
export async function refreshConflicts(db: PrismaClient | Db, asked: Asked = {}): Promise<boolean> {
  const { storyId = null, question = null, claimIds = null } = asked
  const changed = await rows<{ id: number }>(
    db,
    Prisma.sql`
    select q.id from (select distinct question_id from question_change) change join question q on q.id = change.question_id
    where (${storyId}::int is null or q.story_id = ${storyId}) and (${question}::int is null or q.id = ${question})
      and (${claimIds}::int[] is null or q.id in (select question_id from claim where id = any(${claimIds}::int[])))
    order by q.id`,
  )
  for (let at = 0; at < changed.length; at += BATCH) {
    const ids = changed.slice(at, at + BATCH).map(({ id }) => id)
    await ('$transaction' in db ? transaction(db, (tx) => findConflicts(tx, ids)) : findConflicts(db, ids))
  }
  return changed.length > 0
}

/** Finds and keeps what is in conflict on these questions. */
async function findConflicts(tx: Db, questionIds: readonly number[]): Promise<void> {
  // One finds what others wait for, in one order, so that none waits in a circle.
  await rows(
    tx,
    Prisma.sql`select pg_advisory_xact_lock(hashtext('figure_conflict'), id) from unnest(${questionIds}::int[]) id order by id`,
  )
  // Only the changes that are seen are done with: what is read next has all of them, and one that comes later stays noted.
  const noted = await rows<{ id: number }>(
    tx,
    Prisma.sql`delete from question_change where question_id = any(${questionIds}::int[]) returning question_id as id`,
  )
  const ids = [...new Set(noted.map(({ id }) => id))]
  if (ids.length === 0) return
  const contested = contestedIn(
    await figuresCompared(tx, Prisma.sql`${OPPOSED} and c.question_id = any(${ids}::int[])`),
  )
  const [claims, questions] = [contested.map(({ id }) => id), contested.map(({ questionId }) => questionId)]
  await rows(
    tx,
    Prisma.sql`
    delete from figure_conflict where question_id = any(${ids}::int[])
      and (question_id, claim_id) not in (select * from unnest(${questions}::int[], ${claims}::int[]))`,
  )
  await rows(
    tx,
    Prisma.sql`
    insert into figure_conflict (question_id, claim_id) select * from unnest(${questions}::int[], ${claims}::int[]) on conflict do nothing`,
  )
}

// Only figures of a day are ever in conflict, of claims that are neither closed nor superseded.
const OPPOSED = Prisma.sql`c.stage <> 'closed' and c.superseded_by_id is null and length(c.figure_as_of) >= 10`

function contestedIn(figures: readonly ComparedFigure[]): ComparedFigure[] {
  const byQuestion = new Map<number, ComparedFigure[]>()
  for (const figure of figures) {
    const others = byQuestion.get(figure.questionId) ?? []
    others.push(figure)
    byQuestion.set(figure.questionId, others)
  }
  return [...byQuestion.values()].flatMap((own) =>
    figuresInConflict(own, { isCumulative: own[0]?.isCumulative ?? false }),
  )
}
