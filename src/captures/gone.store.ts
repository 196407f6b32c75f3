import { Prisma } from '../../prisma/client/client.ts'
import type { Db } from '../history/store.ts'

/** When passages that stood in a text were no longer in the source's latest one: by attribution and by piece of evidence, the time of the first text without. */
export type Gone = { attributions: ReadonlyMap<number, Date>; evidence: ReadonlyMap<number, Date> }

/**
 * The passages of a claim, or of everything taken from a source, that are gone from the source's later texts. Quotation marks, dashes and
 * white space do not count, and of a text that is redacted nothing is said.
 */
export async function passagesGone(db: Db, of: { claimId: number } | { sourceId: number }): Promise<Gone> {
  const condition =
    'claimId' in of ? Prisma.sql`held.claim_id = ${of.claimId}` : Prisma.sql`held.source_id = ${of.sourceId}`
  // Texts are as long as reports: PostgreSQL looks through them, those taken later alone, and hands out none.
  const rows = await db.$queryRaw<{ kind: 'attribution' | 'evidence'; id: number; since: Date }[]>`
    select held.kind, held.id, min(later.taken_at) as since
    from (
      select kind, held.id, held.source_id, max(c.id) as last_with
      from (
        select 'attribution' as kind, id, claim_id, source_id, capture_id, passage from attribution where start is not null
        union all
        select 'evidence', id, claim_id, source_id, capture_id, passage from evidence where start is not null) held
      join capture c on c.source_id = held.source_id and c.id >= held.capture_id
        and not exists (select from redaction r where r.capture_id = c.id)
      where ${condition}
        and case when c.id = held.capture_id then true when position(held.passage in c.text) > 0 then true
          else position(${alike(Prisma.sql`held.passage`)} in ${alike(Prisma.sql`c.text`)}) > 0 end
      group by kind, held.id, held.source_id) held
    join capture later on later.source_id = held.source_id and later.id > held.last_with
      and not exists (select from redaction r where r.capture_id = later.id)
    group by held.kind, held.id`
  const since = (kind: 'attribution' | 'evidence') =>
    new Map(rows.filter((row) => row.kind === kind).map((row) => [row.id, row.since]))
  return { attributions: since('attribution'), evidence: since('evidence') }
}

/** A text with its marks and white space made alike, as passages are found by. */
function alike(text: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`regexp_replace(translate(${text}, '‘’‚‛“”„‟«»‹›‐‑‒–—―', '""""""""""""------'), '\\s+', ' ', 'g')`
}
