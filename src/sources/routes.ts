import { type Request, type Response, Router } from 'express'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { captureForm } from '../captures/form.ts'
import { showHistory } from '../history/page.ts'
import type { Difference } from '../history/timeline.ts'
import { type Problem, statusOf } from '../outcome.ts'
import { paths } from '../paths.ts'
import { may } from '../policy.ts'
import { land } from '../web/flash.ts'
import { actOf, readForm, typed } from '../web/form.ts'
import { guard, personOf } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { cursorText, maybeCursor, maybeId } from '../web/paging.ts'
import { choices } from '../words.ts'
import {
  fieldsOf,
  fieldsTyped,
  NO_FIELDS,
  newSourceForm,
  type SourceFields,
  sourceDifferences,
  sourceEditForm,
  sourceProblems,
} from './form.ts'
import { sourceLabel } from './label.ts'
import { listSources } from './list.store.ts'
import { countOrigins } from './origins.store.ts'
import { originsForm } from './origins.ts'
import { askedCapture, findSource, sourcePage, sourceTeller } from './page.ts'
import { addSource, editSource } from './store.ts'
import { addLaterCapture } from './text.store.ts'

/** The pages of sources and of their captures. */
export function sourceRoutes(db: PrismaClient): Router {
  const router = Router()

  router.get('/sources', guard('read'), async (req, res) => {
    const q = asked(req.query.q).trim()
    const after = typeof req.query.after === 'string' ? maybeCursor(req.query.after) : null
    const maySeePrivate = may(personOf(req).role, 'seePrivateSources')
    const { sources, next } = await listSources(db, { q, after, maySeePrivate })
    await page(req, res, 'sources/index', {
      title: 'Sources',
      q,
      sources: sources.map((source) => ({ ...source, label: sourceLabel(source, maySeePrivate) })),
      first: after ? paths.sources({ q }) : null,
      next: next ? paths.sources({ q, after: cursorText(next) }) : null,
    })
  })

  router.get('/sources/new', guard('addSources'), async (req, res) => {
    await showNew(req, res, { ...NO_FIELDS, kind: 'article', url: asked(req.query.url) })
  })

  router.post('/sources', guard('addSources'), async (req, res) => {
    const read = readForm(newSourceForm, req.body)
    const problems = read.form ? sourceProblems(read.form) : read.problems
    if (!read.form || problems.length) return showNew(req, res, fieldsTyped(req.body), problems, 422)
    const outcome = await addSource(db, actOf(req), read.form)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    await showNew(req, res, fieldsTyped(req.body), outcome.problems, statusOf(outcome))
  })

  router.get('/sources/:id', guard('read'), async (req, res) => {
    const { id } = await findSource(db, personOf(req), maybeId(req.params.id))
    await showSource(req, res, id)
  })

  router.get('/sources/:id/history', guard('read'), async (req, res) => {
    const source = await findSource(db, personOf(req), maybeId(req.params.id))
    await showHistory(req, res, db, {
      subject: 'source',
      id: source.id,
      revision: source.revision,
      name: sourceLabel(source, true),
      href: paths.source(source.id),
      history: paths.sourceHistory(source.id),
      teller: (lines) => sourceTeller(db, personOf(req), lines),
    })
  })

  router.get('/sources/:id/edit', guard('addSources'), async (req, res) => {
    await showEdit(req, res)
  })

  router.post('/sources/:id/edits', guard('addSources'), async (req, res) => {
    const yours = fieldsTyped(req.body)
    const revision = typed(req.body, 'revision')
    const { id } = await findSource(db, personOf(req), maybeId(req.params.id))
    const read = readForm(sourceEditForm, req.body)
    if (!read.form) return showEdit(req, res, { yours, revision, problems: read.problems, status: 422 })
    const outcome = await editSource(db, actOf(req), id, read.form)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    const isStale = outcome.cause === 'stale'
    const { problems } = outcome
    await showEdit(req, res, { yours, revision: isStale ? '' : revision, problems, status: statusOf(outcome), isStale })
  })

  router.post('/sources/:id/origins', guard('decide'), async (req, res) => {
    const { id } = await findSource(db, personOf(req), maybeId(req.params.id))
    const read = readForm(originsForm, req.body)
    const outcome = read.form ? await countOrigins(db, actOf(req), id, read.form) : null
    if (outcome?.kind === 'accepted') return land(req, res, outcome.value)
    const problems = outcome?.problems ?? read.problems ?? []
    await showSource(req, res, id, { problems, status: outcome ? statusOf(outcome) : 422 })
  })

  router.get('/sources/:id/captures/new', guard('addSources'), async (req, res) => {
    await showNewCapture(req, res)
  })

  router.post('/sources/:id/captures', guard('addSources'), async (req, res) => {
    const { id } = await findSource(db, personOf(req), maybeId(req.params.id))
    const read = readForm(captureForm, req.body)
    if (!read.form?.text) return showNewCapture(req, res, read.problems, 422)
    const outcome = await addLaterCapture(db, actOf(req), id, read.form.text)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    await showNewCapture(req, res, outcome.problems, statusOf(outcome))
  })

  async function showSource(
    req: Request,
    res: Response,
    id: number,
    refusal: { problems: Problem[]; status: number } | null = null,
  ): Promise<void> {
    const shown = await sourcePage(db, personOf(req), id, {
      captureId: askedCapture(req.query.capture),
      textsBefore: maybeId(req.query.before),
    })
    const origins = { other: maybeId(typed(req.body, 'other')), reason: typed(req.body, 'reason') }
    const values = { ...shown, title: shown.label, origins, problems: refusal?.problems ?? [] }
    await page(req, res, 'sources/show', values, refusal?.status)
  }

  async function showNew(
    req: Request,
    res: Response,
    fields: SourceFields,
    problems: Problem[] = [],
    status?: number,
  ): Promise<void> {
    await showForm(req, res, {
      title: 'New source',
      action: paths.sources(),
      back: paths.sources(),
      fields,
      isNew: true,
      problems,
      status,
    })
  }

  type Shown = { yours: SourceFields; revision: string; problems: Problem[]; status: number; isStale?: boolean }

  async function showEdit(req: Request, res: Response, shown?: Shown): Promise<void> {
    const source = await findSource(db, personOf(req), maybeId(req.params.id))
    const theirs = fieldsOf(source.words, source.publisher?.name ?? '')
    await showForm(req, res, {
      title: `Edit ${sourceLabel(source, true)}`,
      action: paths.sourceEdits(source.id),
      back: paths.source(source.id),
      fields: shown?.yours ?? theirs,
      isNew: false,
      revision: maybeId(shown?.revision) ?? source.revision,
      differences: shown?.isStale ? sourceDifferences(theirs, shown.yours) : [],
      problems: shown?.problems ?? [],
      status: shown?.status,
    })
  }

  type Form = {
    title: string
    action: string
    back: string
    fields: SourceFields
    isNew: boolean
    problems: Problem[]
    status: number | undefined
    revision?: number
    differences?: Difference[]
  }

  async function showForm(req: Request, res: Response, { status, ...form }: Form): Promise<void> {
    const asksForAddress = form.problems.some(({ field }) => field === 'isAnother')
    const asksForPublisher = form.problems.some(({ field }) => field === 'publisher' || field === 'publisherChoice')
    const values = {
      ...form,
      kinds: choices('sourceKind'),
      asksForAddress: asksForAddress || form.fields.isAnother === 'yes',
      asksForPublisher: asksForPublisher || form.fields.publisherNew === 'yes',
    }
    await page(req, res, 'sources/form', values, status)
  }

  async function showNewCapture(req: Request, res: Response, problems: Problem[] = [], status?: number) {
    const source = await findSource(db, personOf(req), maybeId(req.params.id))
    const values = { title: 'The text as it stands now', source: { id: source.id, label: sourceLabel(source, true) } }
    await page(req, res, 'captures/new', { ...values, text: typed(req.body, 'text'), problems }, status)
  }

  return router
}

function asked(value: unknown): string {
  return typeof value === 'string' && value.isWellFormed() ? value.replaceAll('\0', '').slice(0, 500) : ''
}
