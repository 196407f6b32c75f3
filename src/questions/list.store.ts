import { Prisma } from '../../prisma/client/client.ts'
import { rows } from '../database/rows.ts'
import type { Db } from '../history/store.ts'
import { figureCounts, verifiedFigures } from './compared.store.ts'
import { refreshConflicts } from './contested.store.ts'
import { MOST_FIGURES } from './figures.store.ts'
import { standingRange } from './standing.ts'

/** A question on the page of its story: how many figures it has, what stands in a sentence, and whether any are in conflict. */
export type QuestionLine = { id: number; wording: string; figures: string; standing: string; isContested: boolean }

/** How many of a story's questions its page lists. */
const MOST = 50

/** The questions of a story in the order in which they were put, at most fifty; the number of statements does not depend on that of figures. */
export async function questionsOf(db: Db, storyId: number): Promise<QuestionLine[]> {
  await refreshConflicts(db, { storyId })
  const questions = await db.question.findMany({
    where: { storyId },
    orderBy: { id: 'asc' },
    take: MOST,
    select: { id: true, wording: true, unit: true, isCumulative: true },
  })
  const ids = questions.map(({ id }) => id)
  const [counts, verified, contested] = await Promise.all([
    figureCounts(db, ids),
    verifiedFigures(db, ids, MOST_FIGURES),
    contestedAmong(db, ids),
  ])
  return questions.map((question) => {
    const count = counts.get(question.id) ?? 0
    const own = verified.filter(({ questionId }) => questionId === question.id)
    return {
      id: question.id,
      wording: question.wording,
      figures: count === 1 ? '1 figure' : `${count.toLocaleString('en')} figures`,
      standing: standingRange(own, question).sentence,
      isContested: contested.has(question.id),
    }
  })
}

/** Those of these questions on which figures are in conflict. */
async function contestedAmong(db: Db, questionIds: readonly number[]): Promise<ReadonlySet<number>> {
  const found = await rows<{ id: number }>(
    db,
    Prisma.sql`select distinct question_id as id from figure_conflict where question_id = any(${questionIds}::int[])`,
  )
  return new Set(found.map(({ id }) => id))
}
