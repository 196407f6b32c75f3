import type pg from 'pg'
import QueryStream from 'pg-query-stream'
import { Prisma, type PrismaClient } from '../../prisma/client/client.ts'
import type { CameIn } from '../../prisma/client/enums.ts'
import { COUNTED } from '../claims/count.ts'
import type { Sort } from '../claims/filter.ts'
import { idsStatement, type Keyed, placeOf, type ResolvedFilter } from '../claims/list.store.ts'
import type { Parts } from '../decisions/parts.ts'
import { COLUMNS, type Row, rowOf, sinceDecided } from '../decisions/row.ts'
import { type Ask, askForParts } from '../decisions/seal.store.ts'
import { withheldFromFiles } from '../privacy/withheld.store.ts'
import type { Cursor } from '../web/paging.ts'
import { word } from '../words.ts'
import type { Preset } from './presets.ts'

/** How many claims are read at a time: with their passages they are held in memory until they are sent. */
const BATCH = 200

/** All connections for exports are taken, by readers who are still at it. */
export class ExportsBusy extends Error {
  override name = 'ExportsBusy'
}

/** One look at the database that does not change, on a connection that exports alone use. */
type Snapshot = { client: pg.PoolClient; ask: Ask }

/** Rows read within one snapshot, which ends with them, also when they are not read to their end. */
async function* inSnapshot(pool: pg.Pool, rowsFrom: (snapshot: Snapshot) => AsyncGenerator<Row>): AsyncGenerator<Row> {
  const client = await connectionOf(pool)
  // The server ends a connection that waits too long for its reader; without a listener that would end the process.
  client.on('error', ignore)
  try {
    await client.query('begin isolation level repeatable read read only')
    const ask: Ask = async <T>({ text, values }: Prisma.Sql) => (await client.query({ text, values })).rows as T[]
    yield* rowsFrom({ client, ask })
  } finally {
    const isWhole = await client.query('rollback').then(
      () => true,
      () => false,
    )
    client.off('error', ignore)
    client.release(!isWhole)
  }
}

/** How many may wait for a connection at once. */
const MOST_WAITING = 6

async function connectionOf(pool: pg.Pool): Promise<pg.PoolClient> {
  if (pool.waitingCount >= MOST_WAITING) throw new ExportsBusy()
  try {
    return await pool.connect()
  } catch (fault) {
    if (pool.totalCount >= pool.options.max) throw new ExportsBusy()
    throw fault
  }
}

function ignore(): void {}

/** The claims whose decision was in force at an instant, now when there is none, as they were decided on. Reads seals, one row at a time. */
export function sealedRows(pool: pg.Pool, preset: Preset, asOf: Date | null, publicUrl: string): AsyncGenerator<Row> {
  return inSnapshot(pool, (snapshot) => sealed(snapshot, preset, asOf, publicUrl))
}

async function* sealed(
  { client, ask }: Snapshot,
  preset: Preset,
  asOf: Date | null,
  publicUrl: string,
): AsyncGenerator<Row> {
  const withheld = await withheldFromFiles(ask)
  const redacted = await redactedSeals(ask)
  const ids = [...withheld.sources.keys()]
  // The row of a seal is without what was withheld when it was written; what has become so since is masked as it is read.
  const statement = Prisma.sql`
    select d.id, case when d.source_ids && ${ids}::int[] or w.is_from_withheld then d.seal->'parts' end, d.decided_by_id, d.seconded_by_id, w.is_from_withheld, ${CELLS}
    ${DECISIONS} cross join lateral (select ${isFromWithheld(ids)} as is_from_withheld) w
    cross join lateral jsonb_to_record(d.seal->'row') as sealed(${RECORD})
    where ${inForce(preset, asOf)} order by c.story_id, c.number`
  const stream = client.query(new QueryStream(statement.text, statement.values, { rowMode: 'array', batchSize: BATCH }))
  type Read = [number, Parts | null, number, number | null, boolean, ...(string | null)[]]
  for await (const [id, parts, decidedById, secondedById, isFrom, ...cells] of stream as AsyncIterable<Read>) {
    const row = redacted.get(id) ?? (parts ? rowOf(parts, withheld, isFrom, publicUrl) : rowFrom(cells))
    // Seals from before version 3 name people without their numbers; the decision has them.
    const people = { decided_by_id: String(decidedById), seconded_by_id: secondedById?.toString() ?? '' }
    yield { ...row, ...people, permalink: `${publicUrl}/claims/${row.claim}` }
  }
}

/** How many rows `sealedRows` gives now, counted to one more than is said exactly. */
export async function countSealed(db: PrismaClient, preset: Preset): Promise<number> {
  // The very condition of the export, so that the two can never differ.
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (select ${DECISIONS} where ${inForce(preset, null)} limit ${COUNTED + 1}) counted`
  return row?.count ?? 0
}

/** A list's claims as they are now, in its order. */
export function listedRows(pool: pg.Pool, filter: ResolvedFilter, sort: Sort, publicUrl: string): AsyncGenerator<Row> {
  // Whoever takes the file, it finds nobody by a name that is not in it.
  const asRead = { ...filter, maySeePrivate: false }
  return inSnapshot(pool, (snapshot) => listed(snapshot, asRead, sort, publicUrl))
}

async function* listed({ ask }: Snapshot, filter: ResolvedFilter, sort: Sort, publicUrl: string): AsyncGenerator<Row> {
  const withheld = await withheldFromFiles(ask)
  const ids = [...withheld.sources.keys()]
  let after: Cursor | null = null
  while (true) {
    const keyed: Keyed[] = await ask<Keyed>(idsStatement(filter, sort, after, BATCH))
    const parts = await askForParts(
      ask,
      keyed.map(({ id }) => id),
    )
    const from = await claimsFromWithheld(
      ask,
      keyed.map(({ id }) => id),
      ids,
    )
    const since = await cameInSince(
      ask,
      keyed.map(({ id }) => id),
    )
    for (const { id } of keyed) {
      const of = parts.get(id)
      if (!of) continue
      const row = rowOf(of, withheld, from.has(id), publicUrl)
      const came = since.get(id)
      const sealedRow = came?.parts ? rowOf(came.parts, withheld, from.has(id), publicUrl) : null
      yield came ? { ...row, ...sinceDecided(row, sealedRow, came.cameIn) } : row
    }
    const last = keyed.at(-1)
    if (!last || keyed.length < BATCH) return
    after = placeOf(last, sort)
  }
}

/** The condition that the claim `c` has, or once had, an attribution in one of these sources. */
function isFromWithheld(sourceIds: readonly number[]): Prisma.Sql {
  return Prisma.sql`exists (
    select from claim_source once where once.claim_id = c.id and once.source_id = any(${sourceIds}::int[]))`
}

type Since = { id: number; cameIn: CameIn; parts: Parts | null }

/** What came in after the decisions in force on these claims, with what they were made on; without it where that was redacted. */
async function cameInSince(ask: Ask, claimIds: number[]): Promise<Map<number, Since>> {
  const found = await ask<Since>(Prisma.sql`
    select c.id, c.came_in::text as "cameIn",
      case when not exists (select from redaction r where r.decision_id = d.id) then d.seal->'parts' end as parts
    from claim c join decision d on d.claim_id = c.id
    where c.id = any(${claimIds}::int[]) and c.came_in <> 'nothing' and c.stage = 'decided'
      and not exists (select from decision_end e where e.decision_id = d.id)`)
  return new Map(found.map((one) => [one.id, one]))
}

async function claimsFromWithheld(ask: Ask, claimIds: number[], sourceIds: number[]): Promise<Set<number>> {
  const found = await ask<{ id: number }>(Prisma.sql`
    select c.id from claim c where c.id = any(${claimIds}::int[]) and ${isFromWithheld(sourceIds)}`)
  return new Set(found.map(({ id }) => id))
}

/** What is left of decisions whose sealed copy was redacted, by their ids; where the reasons stood it says so. */
async function redactedSeals(ask: Ask): Promise<Map<number, Row>> {
  type Redacted = { id: number; on: string; ground: string; note: string; isSeconded: boolean; left: Partial<Row> }
  const rows = await ask<Redacted>(Prisma.sql`
    select d.id, to_char(r.at at time zone 'UTC', 'YYYY-MM-DD') as on, r.ground::text as ground, r.ground_note as note,
      r.seconded_by_id is not null as "isSeconded", json_build_object(
      'claim', c.ref, 'revision', d.revision::text, 'stage', 'decided', 'verdict', d.verdict, 'decided_by', decider.name,
      'decided_by_id', d.decided_by_id::text,
      'seconded_by', coalesce(seconder.name, ''), 'seconded_by_id', coalesce(d.seconded_by_id::text, ''), 'change', coalesce(d.change::text, ''),
      'decided_at', to_char(d.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as left
    from redaction r join decision d on d.id = r.decision_id join claim c on c.id = d.claim_id
    join account decider on decider.id = d.decided_by_id left join account seconder on seconder.id = d.seconded_by_id`)
  return new Map(
    rows.map(({ id, on, ground, note, isSeconded, left }) => {
      const by = isSeconded ? '' : '; by the desk’s only admin, without a second'
      const why = word('redactionGround', ground).toLowerCase() + (note ? ` (${note})` : '') + by
      return [id, { ...rowFrom([]), ...left, rationale: `[redacted on ${on}: ${why}]` }]
    }),
  )
}

// Columns are the constant words of decisions/seal.
const CELLS = Prisma.raw(COLUMNS.map((column) => `sealed."${column}"`).join(', '))
const RECORD = Prisma.raw(COLUMNS.map((column) => `"${column}" text`).join(', '))

function rowFrom(cells: (string | null)[]): Row {
  return Object.fromEntries(COLUMNS.map((column, index) => [column, cells[index] ?? ''])) as Row
}

const CONDITIONS = {
  verified: Prisma.sql`d.verdict = 'verified'`,
  attributed: Prisma.sql`exists (
    select from jsonb_each_text(d.findings) found where found.value in ('confirmed_primary', 'confirmed_relayed', 'altered'))`,
} as const satisfies Record<Preset, Prisma.Sql>

const DECISIONS = Prisma.sql`
  from decision d join claim c on c.id = d.claim_id left join decision_end e on e.decision_id = d.id`

function inForce(preset: Preset, asOf: Date | null): Prisma.Sql {
  if (!asOf) return Prisma.sql`${CONDITIONS[preset]} and e.decision_id is null and c.superseded_by_id is null`
  const then = Prisma.sql`${asOf.toISOString()}::text::timestamptz`
  return Prisma.sql`${CONDITIONS[preset]} and d.decided_at <= ${then} and (e.at is null or e.at > ${then})`
}
