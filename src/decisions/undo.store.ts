import { Prisma, type PrismaClient } from '../../prisma/client/client.ts'
import { lockClaim, staleness } from '../claims/locked.store.ts'
import { rows } from '../database/rows.ts'
import { Forbidden } from '../errors.ts'
import { type Act, type Db, once } from '../history/store.ts'
import { accepted, type Landing, type Outcome, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { word } from '../words.ts'
import { endDecisionInForce } from './end.store.ts'
import { keptBy } from './moves.store.ts'
import { type Person, save } from './steps.store.ts'
import { type LastEvent, NOT_YOURS, undoing } from './undo.ts'

/**
 * Takes back one's own last move on a claim, as a new event. A decision that it made ends as undone; one that it ended is written once more,
 * as it was sealed, and is in force again. Refused after ten minutes, or once anything else has happened to the claim.
 */
export function undoMove(
  db: PrismaClient | Db,
  act: Act,
  person: Person,
  ref: string,
  form: { revision: number },
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const claim = await lockClaim(tx, ref)
    if (form.revision > claim.revision) {
      const ahead = staleness(claim, form.revision)
      if (ahead) return ahead
    }
    if (form.revision < claim.revision) return refused({ field: '', message: SINCE }, 'stale')
    const last = await lastEventOn(tx, claim)
    if (last.actorId !== person.id) throw new Forbidden(NOT_YOURS)
    const at = claim.lockedAt
    const undone = undoing(claim, last, person, at)
    if (undone.no !== null) return refused({ field: '', message: undone.no })

    const { before } = undone
    const ended = { claimId: claim.id, end: { at: last.at } }
    if (await tx.decision.findFirst({ where: { ...ended, redactions: { some: {} } }, select: { id: true } }))
      return refused({ field: '', message: REDACTED })
    await endDecisionInForce(tx, claim.id, at, 'undone')
    const step = { tx, act, person, claim, other: null, at }
    const saved = await save(step, 'undone', { data: before })
    await restoreDecision(tx, claim.id, last.at, saved.revision, at)
    const stage = word('stage', saved.stage).toLowerCase()
    return accepted({
      path: paths.claim(ref),
      flash: { text: `Undone: ${ref} is as it was before, ${stage}.${await keptBy(tx, claim.duplicateOfId)}` },
    })
  })
}

const SINCE =
  'Something else has happened to this claim since your move, so that it can no longer be undone. Look at it as it is now, and make another move if it is needed.'

const REDACTED =
  'The decision that this move ended was redacted, so that it cannot be put in force again. Decide the claim again instead.'

/** The last thing that happened to a claim. */
export async function lastEventOn(db: Db, { id, revision }: { id: number; revision: number }): Promise<LastEvent> {
  const [last] = await rows<LastEvent>(
    db,
    Prisma.sql`
    select e.actor_id as "actorId", e.action, e.at, b.before, b.redacted_at is not null as "isRedacted"
    from event e join event_body b on b.event_id = e.id
    where e.subject = 'claim' and e.subject_id = ${id} and e.revision = ${revision}`,
  )
  if (!last) throw new Error(`Claim ${id} has no event of its revision ${revision}`)
  return last
}

/** Writes the decision that ended at this instant once more; an end stays, so that what was in force when can always be told. */
async function restoreDecision(tx: Db, claimId: number, endedAt: Date, revision: number, at: Date): Promise<void> {
  // Copied within the database, where a seal is one value to the letter.
  await rows(
    tx,
    Prisma.sql`
    insert into decision (claim_id, revision, verdict, findings, rationale, decided_by_id, seconded_by_id, decided_at, reviewers,
      override_reason, reply_sought, change, change_note, seal, seal_version, source_ids, restores_id)
    select d.claim_id, ${revision}, d.verdict, d.findings, d.rationale, d.decided_by_id, d.seconded_by_id, ${at}, d.reviewers,
      d.override_reason, d.reply_sought, d.change, d.change_note, d.seal, d.seal_version, d.source_ids, coalesce(d.restores_id, d.id)
    from decision d join decision_end e on e.decision_id = d.id
    where d.claim_id = ${claimId} and e.at = ${endedAt} and e.cause <> 'undone'`,
  )
}
