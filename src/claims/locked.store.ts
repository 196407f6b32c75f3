import { Prisma } from '../../prisma/client/client.ts'
import { rows } from '../database/rows.ts'
import { noClaim } from '../errors.ts'
import { type Act, type Db, eventOf, type Happening } from '../history/store.ts'
import { type Refused, refused } from '../outcome.ts'

type Claim = Prisma.ClaimGetPayload<object>

/** A claim whose row is locked until the transaction ends, and the database's clock once it was; milliseconds. */
export type LockedClaim = Claim & { lockedAt: Date }

/** A claim as the driver hands it over: decimal numbers as text. */
type Row = Omit<Claim, 'figureLow' | 'figureHigh'> & { figureLow: string | null; figureHigh: string | null }

/** Locks a claim by its reference and reads it; throws NotFound. Two claims in one act are locked in the order of their ids. */
export async function lockClaim(tx: Db, ref: string): Promise<LockedClaim> {
  // Prisma cannot lock a row. Kept apart from the lock, the clock is asked when the row is held, however long that took.
  const [row] = await rows<Row & { lockedAt: Date }>(
    tx,
    Prisma.sql`
    with held as materialized (select * from claim where ref = ${ref} for update)
    select ${COLUMNS}, clock_timestamp()::timestamptz(3) as "lockedAt" from held`,
  )
  if (!row) throw noClaim(ref)
  return { ...claimFrom(row), lockedAt: row.lockedAt }
}

function columnOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

const NAMES = Object.values(Prisma.ClaimScalarFieldEnum)
const COLUMNS = Prisma.raw(NAMES.map((name) => `${columnOf(name)} as "${name}"`).join(', '))

function claimFrom({ figureLow, figureHigh, ...row }: Row): Claim {
  const [low, high] = [figureLow, figureHigh].map((figure) => (figure === null ? null : new Prisma.Decimal(figure)))
  return { ...row, figureLow: low ?? null, figureHigh: high ?? null }
}

/**
 * Locks a claim and the other one that a form names, in the order of their ids; the other is null when there is none such, and the claim itself
 * when it is named. `at` is the database's clock once both were held.
 */
export async function lockBoth(
  tx: Db,
  ref: string,
  typed: string | null,
): Promise<{ claim: LockedClaim; other: LockedClaim | null; at: Date }> {
  const other = typed?.trim().toUpperCase()
  if (!other || other === ref) {
    const claim = await lockClaim(tx, ref)
    return { claim, other: other ? claim : null, at: claim.lockedAt }
  }
  const found = await tx.claim.findMany({
    where: { ref: { in: [ref, other] } },
    orderBy: { id: 'asc' },
    select: { ref: true },
  })
  const locked = new Map<string, LockedClaim>()
  let at = new Date(0)
  for (const one of found) {
    const held = await lockClaim(tx, one.ref)
    locked.set(one.ref, held)
    at = held.lockedAt
  }
  const claim = locked.get(ref)
  if (!claim) throw noClaim(ref)
  return { claim, other: locked.get(other) ?? null, at }
}

/** The refusal of a change that was made on words or a stage that have changed since; null when it was not. Product rule: guard 4. */
export function staleness(claim: LockedClaim, revision: number): Refused | null {
  if (revision > claim.revision)
    return refused({
      field: '',
      message: 'The form names a revision of this claim that does not exist yet. Open the claim again.',
    })
  if (revision >= claim.movedAtRevision) return null
  return refused(
    {
      field: '',
      message:
        'Somebody changed this claim while you were working on it. Nothing was saved; what you typed is kept below.',
    },
    'stale',
  )
}

/** What a claim's columns become; those that are left out stay. */
export type ClaimColumns = Partial<Omit<Claim, 'proposal' | 'figureLow' | 'figureHigh'>> & {
  proposal?: object | null
  figureLow?: Prisma.Decimal | string | null
  figureHigh?: Prisma.Decimal | string | null
}

/**
 * What becomes of a locked claim: `isMove` when words or stage change, so that older forms are stale afterwards. `besides` is an insert that
 * goes along in the same statement.
 */
export type ClaimChange = Happening & { data: ClaimColumns; isMove: boolean; besides?: Prisma.Sql | undefined }

/** Saves a change of a locked claim together with its event, which tells a change of stage or verdict by itself; answers the claim as it then is. */
export async function saveClaim(
  tx: Db,
  act: Act,
  claim: LockedClaim,
  change: ClaimChange,
  at = claim.lockedAt,
): Promise<LockedClaim> {
  const { data, isMove, besides, ...happening } = change
  const moved = (['stage', 'verdict'] as const).filter((name) => data[name] !== undefined && data[name] !== claim[name])
  const [was, is] = [claim, data].map((of) => Object.fromEntries(moved.map((name) => [name, of[name]])))
  const told = moved.length
    ? { ...happening, before: { ...was, ...happening.before }, after: { ...is, ...happening.after } }
    : happening
  const { kept, written } = eventOf(act, at, 'claim', claim, told)
  const columns = { ...data, ...kept, updatedAt: at, ...(isMove ? { movedAtRevision: kept.revision } : {}) }
  const [row] = await rows<Row>(
    tx,
    updateStatement(claim.id, columns, [written, ...(besides ? [Prisma.sql`besides as (${besides})`] : [])]),
  )
  if (!row) throw new Error(`Claim ${claim.ref} was locked and is gone`)
  return { ...claimFrom(row), lockedAt: claim.lockedAt }
}

/** One statement for the change and what tells of it, whichever columns it is of: the table's own type says what each value is. */
function updateStatement(id: number, columns: ClaimColumns, along: Prisma.Sql[]): Prisma.Sql {
  const given = NAMES.filter((name) => columns[name] !== undefined)
  const values = JSON.stringify(Object.fromEntries(given.map((name) => [columnOf(name), columns[name]])))
  const set = Prisma.raw(given.map((name) => `${columnOf(name)} = given.${columnOf(name)}`).join(', '))
  return Prisma.sql`
    with ${Prisma.join(along)},
    saved as (
      update claim set ${set} from json_populate_record(null::claim, ${values}::json) given where claim.id = ${id} returning claim.*)
    select ${COLUMNS} from saved`
}
