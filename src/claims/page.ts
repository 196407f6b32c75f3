import type { Request, Response } from 'express'
import { passagesGone } from '../captures/gone.store.ts'
import { headlineOf } from '../decisions/headline.ts'
import { rulingFor } from '../decisions/page.ts'
import { allowed } from '../decisions/workflow.ts'
import { historyOf } from '../history/list.store.ts'
import type { Db } from '../history/store.ts'
import { told } from '../history/timeline.ts'
import { RECENT } from '../history/window.ts'
import type { Problem } from '../outcome.ts'
import { may } from '../policy.ts'
import { personOf } from '../web/guard.ts'
import { page } from '../web/page.ts'
import type { SignedIn } from '../web/session.ts'
import { contextsOf, findShownClaim, tellerOf } from './page.store.ts'
import { figureShown, proofOf } from './proof.ts'
import { similarClaims } from './search.store.ts'

/** What a refused form on a claim's page sent, so that the page shows it again: which form, and its fields as typed. */
export type Typed = { action: string; fields: Record<string, string> }

export type Shown = { problems?: Problem[]; status?: number; typed?: Typed }

/** Shows a claim's page, also after a refusal with what was typed and what was wrong. */
export async function showClaim(req: Request, res: Response, db: Db, ref: string, shown: Shown = {}): Promise<void> {
  const wasSaved = Boolean(req.query.saved)
  const values = await claimShown(db, personOf(req), ref, shown, wasSaved)
  await page(req, res, 'claims/show', values, shown.status ?? 200)
}

/** Everything that a claim's page shows to somebody; with what resembles it when it was just saved. */
export async function claimShown(
  db: Db,
  person: SignedIn,
  ref: string,
  { problems = [], typed }: Shown,
  wasSaved = false,
) {
  const claim = await findShownClaim(db, ref)
  const maySeePrivate = may(person.role, 'seePrivateSources')
  const [contexts, gone, ruling, history, similar] = await Promise.all([
    contextsOf(db, claim.id),
    passagesGone(db, { claimId: claim.id }),
    rulingFor(db, claim, person),
    historyOf(db, 'claim', claim.id, { limit: RECENT }),
    wasSaved ? similarClaims(db, claim.id) : [],
  ])
  return {
    title: claim.statement,
    problems,
    typed: typed ?? null,
    claim,
    headline: headlineOf({ ...claim, isSuperseded: claim.supersededById !== null }),
    attributions: claim.attributions.map((attribution) =>
      proofOf(attribution, contexts.get(attribution.id), maySeePrivate),
    ),
    goneSince: gone.attributions,
    figure: figureShown(claim, maySeePrivate),
    ruling,
    mayEdit: allowed(claim, person, 'edit') === null,
    mayAddAttribution: allowed(claim, person, 'add_attribution') === null,
    mayRecordFindings: may(person.role, 'recordFindings'),
    history: told(history, await tellerOf(db, claim.id, maySeePrivate, history)),
    similar,
    wasSaved,
    heading: 'h1',
  }
}
