import { Prisma } from '../../prisma/client/client.ts'
import type { CameIn, Stage, Verdict } from '../../prisma/client/enums.ts'
import { rows } from '../database/rows.ts'
import { carriedVerdicts, noLongerCarried } from '../decisions/carried.store.ts'
import { type Act, type Chained, type Db, recordMany } from '../history/store.ts'
import { type Refused, refused } from '../outcome.ts'
import { type RecordedFinding, resetFindings, resetToTell } from './finding-reset.store.ts'

/** A party or a source that claims name; `besides` leaves those that rest on one of these sources, too. */
export type Reference = { subject: 'party' | 'source'; id: number; besides?: readonly number[] }

/** A claim that names a party or a source, locked until the transaction ends. */
export type AffectedClaim = Chained & { ref: string; stage: Stage; verdict: Verdict | null; cameIn: CameIn }

/** What locking gives where a change shows on no claim. */
export const NONE_AFFECTED = { claims: [] as AffectedClaim[], refusal: null }

/** How many claims one change of a party or a source may touch: all are locked and told in one transaction, which ends after 20 seconds. */
const MOST_AFFECTED = 12_000

/** How many claims are told in one statement. */
const BATCH = 1_000

/**
 * Locks the claims that name a party, as speaker, relay, publisher or what evidence goes back to, or a source. To be called before the party or the
 * source itself is locked, as whoever edits a claim locks it first; then once more, for claims that came to name it meanwhile.
 */
export async function lockAffected(
  tx: Db,
  reference: Reference,
  locked: readonly AffectedClaim[] | null = null,
): Promise<{ claims: AffectedClaim[]; refusal: null } | { claims: null; refusal: Refused }> {
  const held = locked ?? []
  const known = held.map(({ id }) => id)
  const { subject, id, besides } = reference
  const isBesides = besides ? Prisma.sql`and claim_id in (${restingOn([...besides])})` : Prisma.empty
  const found = await rows<{ id: number }>(
    tx,
    Prisma.sql`
    select claim_id as id from (${NAMING[subject](id)}) naming
    where claim_id <> all(${known}::int[]) ${isBesides} group by claim_id order by claim_id limit ${MOST_AFFECTED + 1}`,
  )
  if (found.length + known.length > MOST_AFFECTED) return { claims: null, refusal: refused(TOO_MANY) }
  const ids = found.map((one) => one.id)
  // Waiting for a claim while the party is held could wait for somebody who waits for the party.
  const patience = locked ? Prisma.sql`skip locked` : Prisma.empty
  const claims = ids.length
    ? await rows<AffectedClaim>(
        tx,
        Prisma.sql`
        select id, ref, revision, last_hash as "lastHash", stage::text as stage, verdict::text as verdict, came_in::text as "cameIn"
        from claim where id = any(${ids}::int[]) order by id for no key update ${patience}`,
      )
    : []
  if (claims.length < ids.length) return { claims: null, refusal: refused(BUSY, 'stale') }
  return { claims: [...held, ...claims].toSorted((a, b) => a.id - b.id), refusal: null }
}

const TOO_MANY = {
  field: '',
  message: `More than ${MOST_AFFECTED.toLocaleString('en')} claims name it, and every one of them would have to be told. Nothing was saved. Its note and its other names can be changed at any time.`,
}

const BUSY = {
  field: '',
  message:
    'A claim that names it was changed at the same moment. Nothing was saved; what you typed is kept. Send it again.',
}

const NAMING = {
  party: (id) => Prisma.sql`
    select claim_id from attribution where speaker_id = ${id}
    union all select a.claim_id from relay r join attribution a on a.id = r.attribution_id where r.party_id = ${id}
    union all select a.claim_id from source s join attribution a on a.source_id = s.id where s.publisher_id = ${id}
    union all select claim_id from evidence where rests_on_party_id = ${id}
    union all select e.claim_id from source s join evidence e on e.source_id = s.id where s.publisher_id = ${id}
    union all select e.claim_id from source s join evidence e on e.rests_on_source_id = s.id where s.publisher_id = ${id}`,
  source: (id) => restingOn([id]),
} as const satisfies Record<Reference['subject'], (id: number) => Prisma.Sql>

function restingOn(sourceIds: number[]): Prisma.Sql {
  return Prisma.sql`
    select claim_id from attribution where source_id = any(${sourceIds}::int[])
    union all select claim_id from evidence where source_id = any(${sourceIds}::int[])
    union all select claim_id from evidence where rests_on_source_id = any(${sourceIds}::int[])`
}

/** What claims are told of a change: `before` and `after` as each claim's own event keeps them, and the findings that it takes back. */
export type Telling = {
  before: (claimId: number) => object
  after: (claimId: number) => object
  findings: readonly RecordedFinding[]
  /** The claims whose evidence carried their verdict before the change, where it bears on evidence at all. */
  carriedBefore?: ReadonlySet<number> | undefined
}

/** How many claims were told, how many findings taken back, and how many verdicts the evidence carries no longer. */
export type Told = { claims: number; findings: number; challenged: number }

/** What is told where a change shows on no claim. */
export const NONE_TOLD: Told = { claims: 0, findings: 0, challenged: 0 }

/**
 * Tells locked claims of a change of a party or a source that was made in this transaction: each has an event of its own and a new revision, a decided
 * one is *new since*, or *challenged* where its evidence no longer carries the verdict, and findings on what changed return to unchecked. Nobody's
 * form on these claims is stale by it but a decision's.
 */
export async function tellAffected(
  tx: Db,
  act: Act,
  at: Date,
  { subject }: Reference,
  claims: readonly AffectedClaim[],
  { before, after, findings, carriedBefore }: Telling,
): Promise<Told> {
  await resetFindings(
    tx,
    findings.map(({ id }) => id),
    at,
  )
  const taken = new Map<number, RecordedFinding[]>()
  for (const finding of findings) taken.set(finding.claimId, [...(taken.get(finding.claimId) ?? []), finding])
  const carried =
    carriedBefore &&
    (await carriedVerdicts(
      tx,
      claims.filter(({ id }) => carriedBefore.has(id)),
    ))
  const isChallenged = ({ id }: AffectedClaim) => carriedBefore?.has(id) === true && carried?.has(id) === false

  for (let from = 0; from < claims.length; from += BATCH) {
    const batch = claims.slice(from, from + BATCH)
    const kept = await recordMany(
      tx,
      act,
      at,
      'claim',
      batch.map((claim) => {
        const told = taken.has(claim.id) ? resetToTell(taken.get(claim.id) ?? []) : { before: {}, after: {} }
        return {
          was: claim,
          happening: {
            action: `${subject} changed`,
            before: { ...before(claim.id), ...told.before },
            after: { ...after(claim.id), ...told.after },
            reason: isChallenged(claim) ? noLongerCarried(claim.verdict) : null,
          },
        }
      }),
    )
    // One statement for all of them, which Prisma would send one by one.
    await rows(
      tx,
      Prisma.sql`
      update claim set revision = given.revision, last_hash = given.last_hash, came_in = given.came_in::came_in, updated_at = ${at}
      from unnest(${batch.map(({ id }) => id)}::int[], ${kept.map(({ revision }) => revision)}::int[],
        ${kept.map(({ lastHash }) => lastHash)}::text[], ${batch.map((claim) => cameInAfter(claim, isChallenged(claim)))}::text[])
        as given (id, revision, last_hash, came_in)
      where claim.id = given.id`,
    )
  }
  return { claims: claims.length, findings: findings.length, challenged: claims.filter(isChallenged).length }
}

function cameInAfter({ stage, cameIn }: AffectedClaim, isChallenged: boolean): CameIn {
  if (stage !== 'decided') return cameIn
  return isChallenged ? 'contradiction' : cameIn === 'nothing' ? 'addition' : cameIn
}

/** What the line that confirms a change says of the claims that were told; '' when there were none. */
export function toldInWords({ claims, findings, challenged }: Told): string {
  const many = (count: number, one: string, more: string) =>
    count === 1 ? ` One ${one}.` : ` ${count.toLocaleString('en')} ${more}.`
  return [
    claims
      ? many(claims, 'claim that names it has it in its history', 'claims that name it have it in their history')
      : '',
    findings ? many(findings, 'finding is to be checked again', 'findings are to be checked again') : '',
    challenged
      ? many(
          challenged,
          'verdict is challenged, as its evidence no longer carries it',
          'verdicts are challenged, as their evidence no longer carries them',
        )
      : '',
  ].join('')
}
