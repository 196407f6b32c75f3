import { type Request, type Response, Router } from 'express'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { allowed } from '../decisions/workflow.ts'
import { Forbidden } from '../errors.ts'
import { type Problem, statusOf } from '../outcome.ts'
import { paths } from '../paths.ts'
import { suggestQuestions } from '../questions/store.ts'
import { land } from '../web/flash.ts'
import { actOf, readForm, typed } from '../web/form.ts'
import { guard, personOf } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { choices } from '../words.ts'
import { workedOut } from './form.ts'
import { findShownClaim } from './page.store.ts'
import { happenedSince } from './page.ts'
import { splitClaim } from './split.store.ts'
import { inPart, type PartValues, splitForm, splitProblems, splitValues, typedParts } from './split.ts'

/** Splitting a claim that says two things into two that share their attributions. */
export function splitRoutes(db: PrismaClient): Router {
  const router = Router()

  router.get('/claims/:ref/split', guard('addClaims'), async (req, res) => {
    const claim = await splittable(req)
    await show(req, res, { parts: splitValues(claim) })
  })

  router.post('/claims/:ref/splits', guard('addClaims'), async (req, res) => {
    const parts = typedParts(req.body)
    const revision = Number(typed(req.body, 'revision')) || undefined
    const worked = parts.map((values) => workedOut(values, typed(req.body, 'intent')))
    if (worked.some(Boolean)) return showWorked(req, res, parts, worked, revision)
    const read = readForm(splitForm, req.body)
    const problems = splitProblems(read)
    if (!read.form || problems.length) return show(req, res, { parts, problems, revision, status: 422 })
    const outcome = await splitClaim(db, actOf(req), personOf(req), String(req.params.ref), read.form)
    if (outcome.kind === 'accepted') return land(req, res, outcome.value)
    const since = outcome.cause === 'stale' ? read.form.revision : undefined
    await show(req, res, { parts, problems: outcome.problems, since, status: statusOf(outcome) })
  })

  function showWorked(
    req: Request,
    res: Response,
    parts: PartValues[],
    worked: ReturnType<typeof workedOut<PartValues>>[],
    revision: number | undefined,
  ) {
    return show(req, res, {
      parts: parts.map((values, index) => worked[index]?.values ?? values),
      readings: worked.map((one) => one?.figureReading ?? ''),
      problems: worked.flatMap((one, index) => inPart(index, one?.problems ?? [])),
      revision,
      status: Math.max(...worked.map((one) => one?.status ?? 200)),
    })
  }

  async function splittable(req: Request) {
    const claim = await findShownClaim(db, String(req.params.ref))
    const no = allowed(claim, personOf(req), 'split')
    if (no) throw new Forbidden(no)
    return claim
  }

  type Shown = {
    parts: PartValues[]
    readings?: string[]
    problems?: Problem[]
    revision?: number | undefined
    /** The revision that a form which came too late was made on. */
    since?: number | undefined
    status?: number
  }

  async function show(
    req: Request,
    res: Response,
    { parts, readings = [], problems = [], revision, since, status }: Shown,
  ) {
    const claim = await findShownClaim(db, String(req.params.ref))
    const values = {
      title: `Split ${claim.ref}`,
      claim,
      action: paths.splits(claim.ref),
      revision: revision ?? claim.revision,
      since: since ? await happenedSince(db, personOf(req), claim.id, since) : [],
      parts,
      readings,
      problems,
      questions: await suggestQuestions(db, claim.storyId, '', 100),
      questionsOf: paths.questionSuggestions({ story: claim.storyId }),
      choices: { comparator: choices('comparator') },
    }
    await page(req, res, 'claims/split', values, status)
  }

  return router
}
