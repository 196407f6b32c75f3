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
import { type Elsewhere, standingElsewhere } from './elsewhere.store.ts'
import { answerForm, fieldsTyped, redactionForm, redactionProblems } from './form.ts'
import { findProposal, listRedactions, shownOf } from './list.store.ts'
import { aloneFrom, secondsOf } from './second.store.ts'
import { answerProposal, redact } from './store.ts'
import { type Target, targetIn, wordsAt } from './target.store.ts'

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
    if (read.form.intent === 'look') {
      const target = await targetIn(db, read.form)
      if (target.kind === 'refused') return showNew(req, res, fields, { problems: target.problems, status: 422 })
      return showNew(req, res, fields, { elsewhere: await lookElsewhere(target.value, read.form.words) })
    }
    const outcome = await redact(db, wordlessActOf(req), read.form)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
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
    const outcome = await answerProposal(db, actOf(req), id, form)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    await showProposal(req, res, outcome.problems, statusOf(outcome))
  })

  return router

  type Shown = { problems?: Problem[]; status?: number; elsewhere?: Elsewhere[] | null }

  async function showNew(
    req: Request,
    res: Response,
    fields: ReturnType<typeof fieldsTyped>,
    { problems = [], status = 200, elsewhere }: Shown = {},
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
      elsewhere: elsewhere ?? null,
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
      elsewhere: isOpen ? await lookElsewhere(proposal.target, null) : null,
      typed: { words: typed(req.body, 'words') },
      problems,
    }
    await page(req, res, 'redactions/show', values, status)
  }

  /** Where else the words stand: those that were given, or those at the places of a text; of a whole text or an event none are known. */
  async function lookElsewhere(target: Target, words: string | null): Promise<Elsewhere[] | null> {
    const sought = target.kind === 'capture' && target.length !== null ? (await wordsAt(db, target))[0] : words
    return sought ? standingElsewhere(db, sought, target) : null
  }
}

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
