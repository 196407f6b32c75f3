import { type Request, type Response, Router } from 'express'
import type { PrismaClient } from '../../prisma/client/client.ts'
import type { Config } from '../config.ts'
import { sendCsv } from '../exports/send.ts'
import { showHistory } from '../history/page.ts'
import { differences } from '../history/timeline.ts'
import { type Problem, statusOf } from '../outcome.ts'
import { paths } from '../paths.ts'
import { findStoryRow } from '../stories/store.ts'
import { normalised } from '../text.ts'
import { land } from '../web/flash.ts'
import { actOf, readForm, typedFields } from '../web/form.ts'
import { guard } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { maybeId } from '../web/paging.ts'
import { figureLines } from './csv.ts'
import { everyFigureOf } from './figures.store.ts'
import {
  fieldsOf,
  newQuestionForm,
  QUESTION_FIELDS,
  QUESTION_LABELS,
  QUESTION_TELLER,
  type QuestionFields,
  questionEditForm,
} from './form.ts'
import { showQuestion } from './page.ts'
import { addQuestion, editQuestion, findQuestion, suggestQuestions } from './store.ts'
import { readWording } from './wording.ts'

/** Questions: their pages, their figures as CSV, and what a claim's form asks of them. */
export function questionRoutes(db: PrismaClient, { publicUrl }: Pick<Config, 'publicUrl'>): Router {
  const router = Router()

  router.get('/questions/suggestions', guard('read'), async (req, res) => {
    const q = typeof req.query.q === 'string' ? req.query.q.slice(0, 300) : ''
    res.set('cache-control', 'no-store').json(await suggestQuestions(db, maybeId(req.query.story), q, 20))
  })

  router.get('/questions/reading', guard('read'), (req, res) => {
    const words = typeof req.query.words === 'string' ? req.query.words.slice(0, 300) : ''
    const { figure, sentence } = readWording(normalised(words))
    res.set('cache-control', 'no-store').json({ ...figure, sentence })
  })

  router.get('/stories/:code/questions/new', guard('addQuestions'), async (req, res) => {
    await showNew(req, res, typedFields({}, QUESTION_FIELDS))
  })

  router.post('/stories/:code/questions', guard('addQuestions'), async (req, res) => {
    const read = readForm(newQuestionForm, req.body)
    const fields = typedFields(req.body, QUESTION_FIELDS)
    if (!read.form) return showNew(req, res, fields, read.problems)
    const outcome = await addQuestion(db, actOf(req), String(req.params.code), read.form)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    await showNew(req, res, fields, outcome.problems, statusOf(outcome))
  })

  router.get('/questions/:id', guard('read'), async (req, res) => {
    await showQuestion(req, res, db, await asked(req))
  })

  router.get('/questions/:id/history', guard('read'), async (req, res) => {
    const { id, revision, wording } = await asked(req)
    await showHistory(req, res, db, {
      subject: 'question',
      id,
      revision,
      name: `“${wording}”`,
      href: paths.question(id),
      history: paths.questionHistory(id),
      teller: () => QUESTION_TELLER,
    })
  })

  router.get('/questions/:id/figures.csv', guard('export'), async (req, res) => {
    const question = await asked(req)
    const figures = everyFigureOf(db, question.id, false)
    await sendCsv(res, `stet-question-${question.id}.csv`, figureLines(question, figures, publicUrl))
  })

  router.get('/questions/:id/edit', guard('editQuestions'), async (req, res) => {
    await showEdit(req, res)
  })

  router.post('/questions/:id/edits', guard('editQuestions'), async (req, res) => {
    const { id } = await asked(req)
    const read = readForm(questionEditForm, req.body)
    const yours = typedFields(req.body, QUESTION_FIELDS)
    if (!read.form) return showEdit(req, res, { problems: read.problems, status: 422, yours })
    const outcome = await editQuestion(db, actOf(req), id, read.form)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    await showEdit(req, res, { problems: outcome.problems, status: statusOf(outcome), yours })
  })

  function asked(req: Request) {
    return findQuestion(db, maybeId(req.params.id))
  }

  async function showNew(req: Request, res: Response, fields: QuestionFields, problems: Problem[] = [], status = 422) {
    const story = await findStoryRow(db, String(req.params.code))
    const values = {
      title: 'New question',
      action: paths.questions(story.code),
      back: paths.story(story.code),
      story,
      fields,
      isNew: true,
      problems,
    }
    await page(req, res, 'questions/form', values, problems.length ? status : 200)
  }

  type Refused = { problems: Problem[]; status: number; yours: QuestionFields }

  async function showEdit(req: Request, res: Response, refused?: Refused) {
    const question = await asked(req)
    const theirs = fieldsOf(question)
    const values = {
      title: 'Edit the question',
      action: paths.questionEdits(question.id),
      back: paths.question(question.id),
      story: question.story,
      fields: refused?.yours ?? theirs,
      isNew: false,
      revision: question.revision,
      differences: refused?.status === 409 ? differences(QUESTION_LABELS, theirs, refused.yours) : [],
      problems: refused?.problems ?? [],
    }
    await page(req, res, 'questions/form', values, refused?.status)
  }

  return router
}
