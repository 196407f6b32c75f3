import { type Request, type Response, Router } from 'express'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { NotFound } from '../errors.ts'
import { type Act, clock } from '../history/store.ts'
import { type Problem, statusOf } from '../outcome.ts'
import { land } from '../web/flash.ts'
import { actOf, readForm, typed } from '../web/form.ts'
import { guard, personOf } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { maybeId } from '../web/paging.ts'
import { choices } from '../words.ts'
import { continueRedactions } from './everywhere.store.ts'
import { answerForm, fieldsTyped, redactionForm, redactionProblems } from './form.ts'
import { findProposal, listRedactions, progressOf, shownOf } from './list.store.ts'
import { isToConfirm, type Preview, previewOf, soughtBy } from './preview.store.ts'
import { aloneFrom, secondsOf } from './second.store.ts'
import { answerProposal, redact } from './store.ts'
import { type Target, targetIn } from './target.store.ts'

/** What is redacted and what waits to be, for admins. Words are sent in bodies alone, never in an address. */
export function redactionRoutes(db: PrismaClient): Router {
  const router = Router()

  router.get('/admin/redactions', guard('redact'), async (req, res) => {
    await page(req, res, 'redactions/index', { title: 'Redactions', ...(await listRedactions(db)) })
  })

  router.get('/admin/redactions/new', guard('redact'), async (req, res) => {
    const asked = (name: string) => String(maybeId(req.query[name]) ?? '')
    const named = { event: asked('event'), capture: asked('capture'), decision: asked('decision') }
    await showNew(req, res, { ...fieldsTyped({}), ...named, everywhere: 'yes' })
  })

  router.post('/admin/redactions', guard('redact'), async (req, res) => {
    const fields = fieldsTyped(req.body)
    const read = readForm(redactionForm, req.body)
    const problems = read.form ? redactionProblems(read.form) : read.problems
    if (!read.form || problems.length) return showNew(req, res, fields, { problems, status: 422 })
    const { form } = read
    const target = await targetIn(db, form)
    if (target.kind === 'refused') return showNew(req, res, fields, { problems: target.problems, status: 422 })
    const look = form.intent === 'look'
    const sought = await soughtBy(db, target.value, form)
    const preview = await previewOf(db, target.value, sought, { everywhere: form.everywhere, look })
    if (look) return showNew(req, res, fields, { preview })
    if (isToConfirm(preview) && form.previewed !== preview.code) {
      const problems = form.previewed ? [{ field: '', message: CHANGED }] : []
      return showNew(req, res, fields, { preview, isConfirming: true, problems, status: form.previewed ? 409 : 200 })
    }
    const outcome = await redact(db, wordlessActOf(req), form)
    if (outcome.kind === 'accepted') {
      await goOn(req)
      return land(req, res, outcome.value)
    }
    await showNew(req, res, fields, { problems: outcome.problems, status: statusOf(outcome) })
  })

  router.get('/admin/redactions/:id', guard('redact'), async (req, res) => {
    await showProposal(req, res)
  })

  router.post('/admin/redactions/:id/answers', guard('redact'), async (req, res) => {
    const id = maybeId(req.params.id)
    if (id === null) throw new NotFound('There is no such proposal.')
    const { form, problems } = readForm(answerForm, req.body)
    if (!form) return showProposal(req, res, problems, 422)
    const proposal = await findProposal(db, id)
    if (form.answer === 'second' && proposal.outcome === null && proposal.proposedBy.id !== personOf(req).id) {
      const preview = await previewOfProposal(proposal)
      if (preview && isToConfirm(preview) && form.previewed !== preview.code)
        return showProposal(req, res, [{ field: '', message: CHANGED }], 409)
    }
    const outcome = await answerProposal(db, actOf(req), id, form)
    if (outcome.kind === 'accepted') {
      await goOn(req)
      return land(req, res, outcome.value)
    }
    await showProposal(req, res, outcome.problems, statusOf(outcome))
  })

  return router

  /** Does at once what can be; the rest, and what fails, is taken up again by itself. */
  async function goOn(req: Request): Promise<void> {
    await continueRedactions(db, AT_ONCE).catch((err) => req.log.error({ err }, 'redactions'))
  }

  type Shown = { problems?: Problem[]; status?: number; preview?: Preview | null; isConfirming?: boolean }

  async function showNew(
    req: Request,
    res: Response,
    fields: ReturnType<typeof fieldsTyped>,
    { problems = [], status = 200, preview = null, isConfirming = false }: Shown = {},
  ): Promise<void> {
    const now = await clock(db)
    const target = namedIn(fields)
    const [shown] = target ? await shownOf(db, [target]) : []
    const values = {
      title: 'Redact',
      fields,
      target:
        target && shown ? { ...shown, kind: target.kind, title: shown.title.replace(', the whole of it', '') } : null,
      grounds: choices('redactionGround'),
      preview,
      isConfirming,
      seconds: target ? await secondsOf(db, personOf(req).id, now) : [],
      aloneFrom: target ? await maybeLater(aloneFrom(db), now) : null,
      now,
      problems,
    }
    await page(req, res, 'redactions/new', values, status)
  }

  async function showProposal(req: Request, res: Response, problems: Problem[] = [], status = 200): Promise<void> {
    const proposal = await findProposal(db, maybeId(req.params.id))
    const isOpen = proposal.outcome === null
    const isUnderWay = !isOpen && proposal.finishedAt === null
    // Shown anew by the browser itself, also without script.
    if (isUnderWay) res.set('refresh', '3')
    const me = personOf(req).id
    const now = await clock(db)
    const seconds = isOpen ? await secondsOf(db, proposal.proposedBy.id, proposal.proposedAt) : []
    const mine = seconds.find(({ id }) => id === me)
    const values = {
      title: `Redaction ${proposal.id}`,
      proposal,
      isOpen,
      isOwn: proposal.proposedBy.id === me,
      seconds,
      now,
      secondFrom: mine?.from ?? null,
      maySecond: Boolean(mine?.from && mine.from <= now),
      preview: isOpen ? await previewOfProposal(proposal) : null,
      isUnderWay,
      progress: progressOf(proposal.progress),
      typed: { words: typed(req.body, 'words') },
      problems,
    }
    await page(req, res, 'redactions/show', values, status)
  }

  /** What a proposal would empty; null where it is of no words. */
  async function previewOfProposal({
    target,
    words,
    insideWords,
    everywhere,
  }: Awaited<ReturnType<typeof findProposal>>): Promise<Preview | null> {
    if (words.length === 0) return null
    return previewOf(db, target, { words, insideWords }, { everywhere, look: true })
  }
}

/** How long the answer to a form may wait for what is redacted elsewhere, in milliseconds; the rest goes on by itself. */
const AT_ONCE = 3_000

const CHANGED = 'What this would empty has not been shown to you as it is now. Look at the numbers, then confirm them.'

/** A time that is still to come; null when it is past or there is none. */
async function maybeLater(asked: Promise<Date | null>, now: Date): Promise<Date | null> {
  const at = await asked
  return at && at > now ? at : null
}

function namedIn({ event, capture, decision }: { event: string; capture: string; decision: string }): Target | null {
  const rest = { places: [], length: null }
  const [eventId, captureId, decisionId] = [maybeId(event), maybeId(capture), maybeId(decision)]
  if (eventId) return { kind: 'event', id: eventId, ...rest }
  if (captureId) return { kind: 'capture', id: captureId, ...rest }
  return decisionId ? { kind: 'decision', id: decisionId, ...rest } : null
}

/** The act of a form whose words must be kept nowhere, not even in a digest by which they could be guessed. */
function wordlessActOf(req: Request): Act {
  const body = { ...req.body, words: String(typed(req.body, 'words').length) }
  return actOf(Object.assign(Object.create(req), { body }))
}
