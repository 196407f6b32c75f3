import type { Db } from '../history/store.ts'
import { isContested } from './conflicts.ts'
import { figuresOf } from './figures.store.ts'
import { standingRange } from './standing.ts'

/** A question on the page of its story: how many figures it has, what stands in a sentence, and whether any are in conflict. */
export type QuestionLine = { id: number; wording: string; figures: string; standing: string; isContested: boolean }

/** How many of a story's questions its page lists. */
const MOST = 50

/** The questions of a story in the order in which they were put, at most fifty; two statements for any number of figures. */
export async function questionsOf(db: Db, storyId: number, maySeePrivate: boolean): Promise<QuestionLine[]> {
  const questions = await db.question.findMany({
    where: { storyId },
    orderBy: { id: 'asc' },
    take: MOST,
    select: { id: true, wording: true, unit: true, isCumulative: true },
  })
  const figures = await figuresOf(
    db,
    questions.map(({ id }) => id),
    maySeePrivate,
  )
  return questions.map((question) => {
    const own = figures.filter(({ questionId }) => questionId === question.id)
    return {
      id: question.id,
      wording: question.wording,
      figures: own.length === 1 ? '1 figure' : `${own.length} figures`,
      standing: standingRange(own, question).sentence,
      isContested: isContested(own, question),
    }
  })
}
