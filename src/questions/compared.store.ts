import { Prisma } from '../../prisma/client/client.ts'
import type { Comparator, Position, Verdict } from '../../prisma/client/enums.ts'
import { rows } from '../database/rows.ts'
import type { Db } from '../history/store.ts'
import { intervalOf } from './figure.ts'
import type { Standing } from './standing.ts'
import { isGivenUp } from './withdrawal.ts'

/** A figure with no more than what it is compared by. */
export type ComparedFigure = Standing & { id: number; questionId: number; isCumulative: boolean }

type Stored = Pick<
  ComparedFigure,
  'id' | 'ref' | 'questionId' | 'isCumulative' | 'verdict' | 'isSuperseded' | 'asOf'
> & {
  comparator: Comparator
  low: string | null
  high: string | null
  verdict: Verdict | null
  sayings: { position: Position; speakerId: number | null; publisherId: number | null; relayIds: number[] }[]
}

/** The figures of claims `c` under a condition, as far as they are compared; a tenth of the work of what a page shows of them. */
export async function figuresCompared(db: Db, condition: Prisma.Sql): Promise<ComparedFigure[]> {
  const found = await rows<Stored>(
    db,
    Prisma.sql`
    select c.id, c.ref, c.question_id as "questionId", q.is_cumulative as "isCumulative", c.verdict::text as verdict,
      c.superseded_by_id is not null as "isSuperseded", c.figure_comparator::text as comparator,
      trim_scale(c.figure_low)::text as low, trim_scale(c.figure_high)::text as high, c.figure_as_of as "asOf",
      coalesce(said.sayings, '[]') as sayings
    from claim c join question q on q.id = c.question_id
    left join lateral (
      select json_agg(json_build_object('position', a.position, 'speakerId', a.speaker_id, 'publisherId', s.publisher_id,
        'relayIds', (select coalesce(json_agg(r.party_id), '[]') from relay r where r.attribution_id = a.id))) as sayings
      from attribution a join source s on s.id = a.source_id where a.claim_id = c.id) said on true
    where c.figure_comparator is not null and ${condition}`,
  )
  return found.map(({ sayings, ...figure }) => ({
    ...figure,
    interval: intervalOf(figure),
    speakerIds: [
      ...new Set(
        sayings.flatMap(({ position, speakerId }) => (position === 'asserts' && speakerId ? [speakerId] : [])),
      ),
    ],
    isWithdrawn: isGivenUp(sayings),
  }))
}

/** How many figures each question has, by its id; closed claims are left out. */
export async function figureCounts(db: Db, questionIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const counted = await rows<{ id: number; count: number }>(
    db,
    Prisma.sql`
    select question_id as id, count(*)::int as count from claim
    where question_id = any(${questionIds}::int[]) and stage <> 'closed' and figure_comparator is not null group by question_id`,
  )
  return new Map(counted.map(({ id, count }) => [id, count]))
}

/** The verified figures of these questions, of each as many as `most`, the latest. */
export function verifiedFigures(db: Db, questionIds: readonly number[], most: number): Promise<ComparedFigure[]> {
  return figuresCompared(
    db,
    Prisma.sql`c.id in (
      select id from (
        select id, row_number() over (partition by question_id order by figure_as_of collate "C" desc nulls last, id desc) as place
        from claim where question_id = any(${questionIds}::int[]) and stage <> 'closed' and figure_comparator is not null
          and verdict = 'verified' and superseded_by_id is null) latest
      where place <= ${most})`,
  )
}
