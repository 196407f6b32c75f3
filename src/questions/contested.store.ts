import { Prisma } from '../../prisma/client/client.ts'

// As `isGivenUp` of questions/withdrawal has it.
const isGivenUp = (claim: Prisma.Sql) => Prisma.sql`exists (
  select from attribution taken where taken.claim_id = ${claim}.id and taken.position <> 'asserts' and (
    not exists (select from attribution given where given.claim_id = ${claim}.id and given.position = 'asserts')
    or exists (
      select from attribution given join source s on s.id = given.source_id
      where given.claim_id = ${claim}.id and given.position = 'asserts' and (
        (given.speaker_id = taken.speaker_id
          and (given.terms is not distinct from 'not_for_attribution') = (taken.terms is not distinct from 'not_for_attribution')) or (taken.position = 'withdraws' and (
          s.publisher_id = taken.speaker_id
          or exists (select from relay r where r.attribution_id = given.id and r.party_id = taken.speaker_id)))))))`

const mayConflict = (claim: Prisma.Sql) => Prisma.sql`
  ${claim}.stage <> 'closed' and ${claim}.superseded_by_id is null and length(${claim}.figure_as_of) >= 10 and not ${isGivenUp(claim)}`

const [MINE, OTHER] = [Prisma.raw('c'), Prisma.raw('o')]

/**
 * Whether the figure of the claim `c` is in conflict with another: the rule of questions/compare and questions/conflicts as a condition, so that
 * a list of any length can be narrowed to it. The two are held against each other in the tests.
 */
export const IS_CONTESTED = Prisma.sql`(c.question_id is not null and ${mayConflict(MINE)} and exists (
  select from claim o join question q on q.id = o.question_id
  where o.question_id = c.question_id and o.id <> c.id and ${mayConflict(OTHER)}
    and (starts_with(o.figure_as_of, c.figure_as_of) or starts_with(c.figure_as_of, o.figure_as_of))
    and not figure_range(o.figure_comparator, o.figure_low, o.figure_high)
      && figure_range(c.figure_comparator, c.figure_low, c.figure_high)
    and not (q.is_cumulative and exists (
      select from attribution one join attribution two on two.speaker_id = one.speaker_id
      where one.claim_id = c.id and two.claim_id = o.id and one.position = 'asserts' and two.position = 'asserts'
        and one.terms is distinct from 'not_for_attribution' and two.terms is distinct from 'not_for_attribution'))))`
