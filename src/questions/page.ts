import type { Request, Response } from 'express'
import { headlineOf } from '../decisions/headline.ts'
import { historyOf } from '../history/list.store.ts'
import type { Db } from '../history/store.ts'
import { told } from '../history/timeline.ts'
import { RECENT } from '../history/window.ts'
import { speakerInWords } from '../parties/speaker.ts'
import { paths } from '../paths.ts'
import { may } from '../policy.ts'
import { personOf } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { doesInWords } from './beside.ts'
import { chartOf } from './chart.ts'
import { type Counting, compareFigures, type FigureRelation } from './compare.ts'
import { pairsInConflict } from './conflicts.ts'
import { intervalInWords } from './figure.ts'
import { figuresOf, MOST_FIGURES, type QuestionFigure } from './figures.store.ts'
import { apartFrom, QUESTION_TELLER } from './form.ts'
import type { Charted } from './series.ts'
import { standingRange } from './standing.ts'
import { type FoundQuestion, questionsBeside } from './store.ts'

/** How many figures the table shows on one page. */
const PER_PAGE = 200

/** Shows a question: what stands, what conflicts, the chart and the table of its figures. The number of queries does not depend on how many there are. */
export async function showQuestion(req: Request, res: Response, db: Db, question: FoundQuestion): Promise<void> {
  const maySeePrivate = may(personOf(req).role, 'seePrivateSources')
  const [figures, others, history] = await Promise.all([
    figuresOf(db, question.id, maySeePrivate),
    questionsBeside(db, question),
    historyOf(db, 'question', question.id, { limit: RECENT }),
  ])
  const at = pageOf(req.query.page, figures.length)
  const standing = standingRange(figures, question)
  const { pairs, count } = pairsInConflict(figures, question)
  await page(req, res, 'questions/show', {
    title: question.wording,
    question,
    standing,
    conflicts: { pairs, more: count > pairs.length ? othersInWords(count - pairs.length) : '' },
    origins: sameOrigins(figures),
    chart: chartOf({
      id: `question-${question.id}`,
      wording: question.wording,
      unit: question.unit,
      figures: figures.map(chartedOf),
      standing,
    }),
    rows: figures
      .slice((at - 1) * PER_PAGE, at * PER_PAGE)
      .map((figure, index) => rowOf(figure, doneTo(figures, (at - 1) * PER_PAGE + index, question))),
    count: figures.length,
    isCut: figures.length >= MOST_FIGURES,
    pages: {
      previous: at > 1 ? `${paths.question(question.id)}?page=${at - 1}` : null,
      next: at * PER_PAGE < figures.length ? `${paths.question(question.id)}?page=${at + 1}` : null,
    },
    others: others.map((other) => ({ ...other, apart: apartFrom(question, other) })),
    history: await told(history, QUESTION_TELLER),
  })
}

function pageOf(given: unknown, count: number): number {
  const asked = typeof given === 'string' && /^[1-9]\d{0,3}$/.test(given) ? Number(given) : 1
  return Math.min(asked, Math.max(1, Math.ceil(count / PER_PAGE)))
}

/** How far back a figure is held against those before it in the table. */
const BACK = 50

/** What a figure does to the one before it: to the last of the same speaker where there is one, else to the last of any; null where that is nothing. */
function doneTo(
  figures: readonly QuestionFigure[],
  at: number,
  counting: Counting,
): { words: string; ref: string } | null {
  const figure = figures[at]
  const before = figures.slice(Math.max(0, at - BACK), at).toReversed()
  const standing = before.filter(({ isWithdrawn, interval }) => !isWithdrawn && interval)
  const last =
    standing.find(({ speakerIds }) => figure?.speakerIds.some((id) => speakerIds.includes(id))) ?? standing[0]
  if (!figure || !last) return null
  const comparison = compareFigures(figure, last, counting)
  return SAID.includes(comparison.relation) ? { words: doesInWords(comparison), ref: last.ref } : null
}

const SAID: readonly FigureRelation[] = ['update', 'revision_downwards', 'conflict']

function rowOf(figure: QuestionFigure, does: ReturnType<typeof doneTo>) {
  return {
    does,
    ref: figure.ref,
    statement: figure.statement,
    language: figure.language,
    asOf: figure.asOf,
    wording: figure.wording,
    interval: figure.interval && intervalInWords(figure.interval),
    isWithdrawn: figure.isWithdrawn,
    headline: headlineOf(figure),
    sayings: figure.sayings.map((saying) => ({
      ...saying,
      who: speakerInWords(saying.speaker, saying.speakerAsPrinted, saying.naming),
    })),
  }
}

/** A figure as the chart draws it, under the first party that gives it. */
function chartedOf(figure: QuestionFigure): Charted {
  const first = figure.sayings.find(({ position }) => position === 'asserts') ?? figure.sayings[0]
  return {
    ...figure,
    href: paths.claim(figure.ref),
    speaker: first ? speakerInWords(first.speaker, first.speakerAsPrinted, first.naming) : '',
    speakerId: first?.speakerId ?? null,
    wording: figure.wording ?? '',
  }
}

/** The pairs beyond those named; counted no further than a thousand. */
function othersInWords(more: number): string {
  return more >= 900
    ? 'Hundreds of other pairs are in conflict.'
    : `${more} other pair${more === 1 ? ' is' : 's are'} in conflict.`
}

/** Speakers that give several figures of one day: they are one origin, however many papers print it. */
function sameOrigins(figures: readonly QuestionFigure[]): { speaker: string; refs: string[] }[] {
  const byOrigin = new Map<string, { speaker: string; refs: string[] }>()
  for (const { ref, asOf, sayings } of figures)
    for (const { speakerId, speaker, position } of sayings) {
      if (!speaker || !speakerId || position !== 'asserts') continue
      const key = `${speakerId} ${asOf ?? ''}`
      const origin = byOrigin.get(key) ?? { speaker, refs: [] }
      if (!origin.refs.includes(ref)) origin.refs.push(ref)
      byOrigin.set(key, origin)
    }
  return [...byOrigin.values()].filter(({ refs }) => refs.length > 1).slice(0, MOST_ORIGINS)
}

const MOST_ORIGINS = 5
