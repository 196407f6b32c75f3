import type { Request, Response } from 'express'
import { passagesGone } from '../captures/gone.store.ts'
import { discussionOf } from '../comments/page.ts'
import { findingKey } from '../decisions/forms.ts'
import { headlineOf } from '../decisions/headline.ts'
import { type Ruling, rulingFor } from '../decisions/page.ts'
import { isRecheckDue } from '../decisions/recheck.ts'
import { findingDifferences, rulingDifferences } from '../decisions/stale.ts'
import { fallenInWords } from '../decisions/superseding.ts'
import { allowed } from '../decisions/workflow.ts'
import { historyOf } from '../history/list.store.ts'
import type { Db } from '../history/store.ts'
import { type Told, told } from '../history/timeline.ts'
import { PER_PAGE, RECENT } from '../history/window.ts'
import type { Problem } from '../outcome.ts'
import { may } from '../policy.ts'
import { withheldOn } from '../privacy/withheld.store.ts'
import { figuresShown } from '../questions/beside.store.ts'
import { type Related, relatedTo } from '../relations/list.store.ts'
import { relationsShown } from '../relations/shown.ts'
import { tagsOf } from '../tags/store.ts'
import { personOf } from '../web/guard.ts'
import { page } from '../web/page.ts'
import type { SignedIn } from '../web/session.ts'
import { contextsOf, findShownClaim, type ShownClaim, tellerOf } from './page.store.ts'
import { figureShown, type ProofAttribution, proofOf } from './proof.ts'
import { similarClaims } from './search.store.ts'

/**
 * What a refused form on a claim's page sent, so that the page shows it again: which form, and its fields as typed; `since` is the revision it
 * was made on when others were quicker.
 */
export type Typed = { action: string; fields: Record<string, string>; since?: number | null }

export type Shown = { problems?: Problem[]; status?: number; typed?: Typed }

/** Shows a claim's page, also after a refusal with what was typed and what was wrong. */
export async function showClaim(req: Request, res: Response, db: Db, ref: string, shown: Shown = {}): Promise<void> {
  const wasSaved = Boolean(req.query.saved)
  const values = await claimShown(db, personOf(req), ref, shown, wasSaved)
  await page(req, res, 'claims/show', values, shown.status ?? 200)
}

/** What happened to a claim after a revision, newest first, as it is told to somebody whose form came too late. */
export async function happenedSince(
  db: Db,
  person: Pick<SignedIn, 'role'>,
  claimId: number,
  revision: number,
): Promise<Told[]> {
  const lines = await historyOf(db, 'claim', claimId, { limit: PER_PAGE })
  const since = lines.filter((line) => line.revision > revision)
  return told(since, await tellerOf(db, claimId, may(person.role, 'seePrivateSources'), since))
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
  const withheld = maySeePrivate ? null : await withheldOn(db, claim.id)
  const [contexts, gone, ruling, history, similar, discussion, tags, figures, related] = await Promise.all([
    contextsOf(db, claim.id),
    passagesGone(db, { claimId: claim.id }),
    rulingFor(db, claim, person, withheld),
    historyOf(db, 'claim', claim.id, { limit: RECENT }),
    wasSaved ? similarClaims(db, claim.id, maySeePrivate) : [],
    may(person.role, 'comment') ? discussionOf(db, claim, person.id) : null,
    tagsOf(db, claim.id),
    figuresShown(db, claim, person),
    relatedTo(db, claim.id),
  ])
  const lines = await told(history, await tellerOf(db, claim.id, maySeePrivate, history))
  const attributions = claim.attributions.map((attribution) =>
    proofOf(attribution, contexts.get(attribution.id), withheld),
  )
  return {
    title: claim.statement,
    problems,
    typed: typed ?? null,
    claim,
    supersedingFell: claim.supersededBy && fallOf(claim.supersededBy),
    // What this claim made give way, where it no longer stands itself.
    fell: related.some(isGivenWay) ? fallOf(claim) : null,
    gaveWay: related.filter(isGivenWay).map(({ ref: older }) => older),
    headline: headlineOf({ ...claim, isSuperseded: claim.supersededById !== null }),
    attributions,
    goneSince: gone.attributions,
    figure: figureShown(claim, withheld),
    figures,
    isRecheckDue: isRecheckDue(claim, person.timeZone, new Date()),
    ruling,
    mayEdit: allowed(claim, person, 'edit') === null,
    maySplit: allowed(claim, person, 'split') === null,
    mayAddAttribution: allowed(claim, person, 'add_attribution') === null,
    mayRecordFindings: may(person.role, 'recordFindings'),
    history: lines,
    conflict: typed?.since ? conflictOf(typed, typed.since, lines, { ruling, attributions }) : null,
    similar,
    wasSaved,
    discussion,
    tags,
    relations: relationsShown(claim, related, person),
    heading: 'h1',
  }
}

function fallOf({ supersededById, ...claim }: Pick<ShownClaim, 'stage' | 'verdict' | 'supersededById'>): string | null {
  return fallenInWords({ ...claim, isSuperseded: supersededById !== null })
}

function isGivenWay({ type, isFrom }: Related): boolean {
  return type === 'supersedes' && isFrom
}

type Ruled = { ruling: Ruling; attributions: readonly ProofAttribution[] }

/** What happened since the revision that a form was made on, and where it said the same thing: theirs and yours. */
function conflictOf(typed: Typed, since: number, lines: readonly Told[], { ruling, attributions }: Ruled) {
  const ruled = ruling.proposal ?? ruling.inForce
  const found = attributions.find(({ id }) => typed.action === findingKey(id))
  const differences =
    typed.action === 'decide' && ruled
      ? rulingDifferences(ruled, typed.fields)
      : found && !found.isHidden
        ? findingDifferences(found, typed.fields)
        : []
  return { since: lines.filter(({ revision }) => revision > since), differences }
}
