import { Prisma } from '../../prisma/client/client.ts'
import { type ClaimColumns, type LockedClaim, saveClaim } from '../claims/locked.store.ts'
import { jsonbDigest } from '../history/jsonb.ts'
import type { Act, Db } from '../history/store.ts'
import type { SignedIn } from '../web/session.ts'
import { word } from '../words.ts'
import type { Decided } from './decide.ts'
import { writersAfter } from './eyes.ts'
import type { HeldGround } from './ground.store.ts'
import { sealOf } from './seal.ts'
import { STATE } from './undo.ts'

export type Person = Pick<SignedIn, 'id' | 'role' | 'name'>
/** A move under way: the locked claim, the other one that it names, and the database's clock under the locks. */
export type Step = { tx: Db; act: Act; person: Person; claim: LockedClaim; other: LockedClaim | null; at: Date }
/** What was made of it, as the end of a sentence that begins with the claim's reference. */
export type Made = { text: string }

type Save = { after?: object; reason?: string | null; data: ClaimColumns; isMove?: boolean; besides?: Prisma.Sql }

/** Saves a step with its event, which keeps the state that it changed, as it was, so that the step can be undone. */
export function save(step: Step, action: string, { after, data, isMove = true, ...rest }: Save): Promise<LockedClaim> {
  const { tx, act, claim, at } = step
  const now = new Map(STATE.filter((name) => name in data).map((name) => [name, data[name]]))
  const changed = [...now.keys()].filter((name) => JSON.stringify(now.get(name)) !== JSON.stringify(claim[name]))
  const before = Object.fromEntries(changed.map((name) => [name, claim[name]]))
  // What a proposal says stands in the event by its own fields.
  const told = changed.filter((name) => name !== 'proposal').map((name) => [name, now.get(name)] as const)
  return saveClaim(
    tx,
    act,
    claim,
    { action, before, after: { ...Object.fromEntries(told), ...after }, isMove, data, ...rest },
    at,
  )
}

/** Writes the decision with its seal: from now on the claim has this verdict. */
export async function takeEffect(
  step: Step,
  ground: HeldGround,
  decided: Decided,
  seconder: Person | null,
): Promise<Made> {
  const { tx, claim, at } = step
  const { proposal, overrideReason, isSeen } = decided
  const { verdict, rationale, replySought, recheckOn, change, changeNote, decidedById } = proposal
  const { reviewers, parts } = ground
  const secondedById = seconder?.id ?? null
  const revision = claim.revision + 1
  const ruling = {
    verdict,
    rationale,
    decidedBy: seconder ? await nameOf(tx, decidedById) : step.person.name,
    decidedById,
    secondedBy: seconder?.name ?? null,
    secondedById,
    override: overrideReason,
    replySought,
    decidedAt: at.toISOString(),
    change,
    changeNote,
  }
  const findings = Object.fromEntries(parts.attributions.map(({ id, finding }) => [id, finding]))
  const { seal, sealVersion, sourceIds } = sealOf(parts, ruling, revision)
  const sealed = JSON.stringify(seal)
  // A seal is large, and Prisma would read it through before it sends it.
  const decision = Prisma.sql`
    insert into decision (claim_id, revision, verdict, findings, rationale, decided_by_id, seconded_by_id, decided_at, reviewers,
      override_reason, reply_sought, change, change_note, seal, seal_version, source_ids)
    values (${claim.id}, ${revision}, ${verdict}::text::verdict, ${JSON.stringify(findings)}::jsonb, ${rationale}, ${decidedById},
      ${secondedById}, ${at}, ${reviewers}, ${overrideReason}, ${replySought}, ${change}::text::change, ${changeNote},
      ${sealed}::jsonb, ${sealVersion}, ${sourceIds})`
  await save(step, seconder ? 'seconded' : 'decided', {
    after: {
      stage: 'decided',
      verdict,
      rationale,
      replySought,
      recheckOn,
      change,
      changeNote,
      decidedById,
      secondedById,
      reviewers,
      overrideReason,
      sealSha256: jsonbDigest(JSON.parse(sealed)),
    },
    reason: overrideReason ?? rationale,
    data: {
      stage: 'decided',
      verdict,
      formerVerdict: null,
      proposal: null,
      cameIn: 'nothing',
      ...writersAfter(verdict, claim, isSeen),
      recheckOn,
    },
    besides: decision,
  })
  return { text: `is decided: ${word('verdict', verdict).toLowerCase()}.` }
}

async function nameOf(tx: Db, id: number): Promise<string> {
  return (await tx.account.findUniqueOrThrow({ where: { id }, select: { name: true } })).name
}
