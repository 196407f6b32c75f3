import { Prisma, type PrismaClient } from '../../prisma/client/client.ts'
import { lockAffected, tellAffected, toldInWords } from '../claims/affected.store.ts'
import { rows } from '../database/rows.ts'
import { carriedVerdicts } from '../decisions/carried.store.ts'
import { NotFound } from '../errors.ts'
import { type Act, clock, type Db, once, record } from '../history/store.ts'
import { accepted, type Landing, type Outcome, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import type { OriginsForm } from './origins.ts'

/** A source that another is alike, and whether an editor counts the two as two origins. */
export type AlikeSource = {
  id: number
  title: string | null
  url: string | null
  by: 'address' | 'text'
  share: number
  apart: { reason: string; saidBy: string; saidAt: Date } | null
}

/** The sources that one is alike, those added first first, at most 50. */
export async function sourcesAlike(db: Db, id: number): Promise<AlikeSource[]> {
  const found = await rows<Omit<AlikeSource, 'apart'> & { reason: string | null; saidBy: string; saidAt: Date }>(
    db,
    Prisma.sql`
    select s.id, s.title, s.url, l.by::text as by, l.share, a.reason, p.name as "saidBy", a.said_at as "saidAt"
    from source_likeness l
    join source s on s.id = case when l.first_id = ${id} then l.second_id else l.first_id end
    left join source_apart a on a.first_id = l.first_id and a.second_id = l.second_id
    left join account p on p.id = a.said_by_id
    where l.first_id = ${id} or l.second_id = ${id} order by s.id limit 50`,
  )
  return found.map(({ reason, saidBy, saidAt, ...source }) => ({
    ...source,
    apart: reason === null ? null : { reason, saidBy, saidAt },
  }))
}

/**
 * Counts two sources that are alike as two origins, or as one again, for a reason. Both have it in their history, and the claims that rest on both
 * are told; a verdict that the evidence no longer carries is challenged.
 */
export function countOrigins(
  db: PrismaClient | Db,
  act: Act,
  id: number,
  { other, asTwo, reason, revision }: OriginsForm,
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const reference = { subject: 'source', id, besides: [other] } as const
    const affected = await lockAffected(tx, reference)
    if (affected.refusal) return affected.refusal
    const [firstId, secondId] = [Math.min(id, other), Math.max(id, other)]
    const pair = { firstId_secondId: { firstId, secondId } }
    const sources = await rows<{ id: number; revision: number; lastHash: string }>(
      tx,
      Prisma.sql`
      select id, revision, last_hash as "lastHash" from source where id in (${firstId}, ${secondId}) order by id for update`,
    )
    const isAlike = await tx.sourceLikeness.findUnique({ where: pair, select: { firstId: true } })
    if (sources.length < 2 || !isAlike) throw new NotFound('These two sources are not counted as one.')
    if (sources.find((source) => source.id === id)?.revision !== revision) return refused(STALE, 'stale')
    const all = await lockAffected(tx, reference, affected.claims)
    if (all.refusal) return all.refusal
    const was = await tx.sourceApart.findUnique({ where: pair, select: { reason: true } })
    if ((was !== null) === asTwo)
      return accepted({ path: paths.source(id), flash: { text: 'They were counted so already; nothing was changed.' } })

    const at = await clock(tx)
    const carriedBefore = await carriedVerdicts(
      tx,
      all.claims.filter(({ stage }) => stage === 'decided'),
    )
    if (asTwo) await tx.sourceApart.create({ data: { firstId, secondId, reason, saidById: act.actorId, saidAt: at } })
    else await tx.sourceApart.delete({ where: pair })
    for (const source of sources) {
      const origins = { sourceId: source.id === id ? other : id, asTwo, reason }
      const action = asTwo ? 'counted as two origins' : 'counted as one origin'
      const kept = await record(tx, act, at, 'source', source, { action, after: { origins } })
      await tx.source.update({ where: { id: source.id }, data: kept, select: { id: true } })
    }
    const named = [{ sourceId: firstId }, { sourceId: secondId }]
    const told = await tellAffected(tx, act, at, reference, all.claims, {
      before: () => (asTwo ? { oneOrigin: named } : {}),
      after: () => (asTwo ? {} : { oneOrigin: named }),
      findings: [],
      carriedBefore,
    })
    const text = `The two count as ${asTwo ? 'two origins' : 'one origin'} from now on.${toldInWords(told)}`
    return accepted({ path: paths.source(id), flash: { text } })
  })
}

const STALE = {
  field: '',
  message: 'Somebody changed this source while you were working on it. Nothing was saved; look at it as it is now.',
}
