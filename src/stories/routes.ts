import { type Request, type Response, Router } from 'express'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { Stage, Verdict } from '../../prisma/client/enums.ts'
import { historyOf } from '../history/list.store.ts'
import { showHistory } from '../history/page.ts'
import { differences, told } from '../history/timeline.ts'
import { RECENT } from '../history/window.ts'
import { type Problem, statusOf } from '../outcome.ts'
import { paths } from '../paths.ts'
import { questionsOf } from '../questions/list.store.ts'
import { land } from '../web/flash.ts'
import { actOf, readForm, typedFields } from '../web/form.ts'
import { guard } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { word } from '../words.ts'
import {
  newStoryForm,
  STORY_FIELDS,
  STORY_LABELS,
  STORY_TELLER,
  type StoryFields,
  storyEditForm,
  TIME_ZONES,
} from './form.ts'
import { createStory, editStory, findStory, findStoryRow, listStories } from './store.ts'

/** The pages of stories. */
export function storyRoutes(db: PrismaClient): Router {
  const router = Router()

  router.get('/stories', guard('read'), async (req, res) => {
    await page(req, res, 'stories/index', { title: 'Stories', stories: await listStories(db) })
  })

  router.get('/stories/new', guard('editStories'), async (req, res) => {
    await showNew(req, res, { code: '', title: '', summary: '', timeZone: 'UTC' })
  })

  router.post('/stories', guard('editStories'), async (req, res) => {
    const read = readForm(newStoryForm, req.body)
    if (!read.form) return showNew(req, res, typedFields(req.body, STORY_FIELDS), read.problems)
    const outcome = await createStory(db, actOf(req), read.form)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    await showNew(req, res, typedFields(req.body, STORY_FIELDS), outcome.problems, statusOf(outcome))
  })

  router.get('/stories/:code', guard('read'), async (req, res) => {
    const { story, stages, verdicts, latest } = await findStory(db, String(req.params.code))
    const questions = await questionsOf(db, story.id)
    const { code, title, summary, timeZone, createdAt, lastNumber } = story
    await page(req, res, 'stories/show', {
      title,
      story: { code, summary, timeZone, createdAt, claims: lastNumber },
      stages: Object.values(Stage).map((stage) => ({
        label: word('stage', stage),
        count: stages.get(stage) ?? 0,
        href: paths.claims({ story: code, stage }),
      })),
      verdicts: Object.values(Verdict)
        .map((verdict) => ({
          label: word('verdict', verdict),
          count: verdicts.get(verdict) ?? 0,
          href: paths.claims({ story: code, verdict }),
        }))
        .filter(({ count }) => count > 0),
      latest,
      questions,
      history: await told(await historyOf(db, 'story', story.id, { limit: RECENT }), STORY_TELLER),
    })
  })

  router.get('/stories/:code/history', guard('read'), async (req, res) => {
    const { id, code, title, revision } = await findStoryRow(db, String(req.params.code))
    await showHistory(req, res, db, {
      subject: 'story',
      id,
      revision,
      name: title,
      href: paths.story(code),
      history: paths.storyHistory(code),
      teller: () => STORY_TELLER,
    })
  })

  router.get('/stories/:code/edit', guard('editStories'), async (req, res) => {
    await showEdit(req, res)
  })

  router.post('/stories/:code/edits', guard('editStories'), async (req, res) => {
    const read = readForm(storyEditForm, req.body)
    const yours = typedFields(req.body, STORY_FIELDS)
    if (!read.form) return showEdit(req, res, { problems: read.problems, status: 422, yours })
    const outcome = await editStory(db, actOf(req), String(req.params.code), read.form)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    await showEdit(req, res, { problems: outcome.problems, status: statusOf(outcome), yours })
  })

  async function showNew(req: Request, res: Response, fields: StoryFields, problems: Problem[] = [], status?: number) {
    const values = { title: 'New story', action: paths.stories(), fields, zones: zones(), isNew: true, problems }
    await page(req, res, 'stories/form', values, status ?? (problems.length ? 422 : 200))
  }

  type Refused = { problems: Problem[]; status: number; yours: StoryFields }

  async function showEdit(req: Request, res: Response, refused?: Refused) {
    const story = await findStoryRow(db, String(req.params.code))
    const { code, title, summary, timeZone, revision } = story
    const theirs = { code, title, summary, timeZone }
    const yours = refused ? { ...refused.yours, code } : theirs
    const values = {
      title: `Edit the story ${code}`,
      action: paths.storyEdits(code),
      back: paths.story(code),
      fields: yours,
      zones: zones(),
      isNew: false,
      revision,
      differences: refused?.status === 409 ? differences(STORY_LABELS, theirs, yours) : [],
      problems: refused?.problems ?? [],
    }
    await page(req, res, 'stories/form', values, refused?.status)
  }

  return router
}

function zones() {
  return TIME_ZONES.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))
}
