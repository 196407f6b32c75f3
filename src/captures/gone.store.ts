import { Prisma } from '../../prisma/client/client.ts'
import { rows } from '../database/rows.ts'
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
  // Texts are as long as reports: PostgreSQL looks through them and hands out none. To the letter first, from the latest on, which is quick and
  // mostly enough; made alike is each of the texts taken since only once, whatever the number of passages.
  const gone = await rows<{ kind: 'attribution' | 'evidence'; id: number; since: Date }>(
    db,
    Prisma.sql`
    with held as materialized (
      select * from (
        select 'attribution' as kind, id, claim_id, source_id, capture_id, passage from attribution where start is not null
        union all
        select 'evidence', id, claim_id, source_id, capture_id, passage from evidence where start is not null) held
      where ${condition} and capture_id is not null),
    kept as materialized (
      select id, source_id, taken_at, text from capture c
      where source_id in (select source_id from held) and not exists (select from redaction r where r.capture_id = c.id)),
    literal as materialized (
      select held.*, (
        select k.id from kept k where k.source_id = held.source_id and k.id >= held.capture_id
          and (k.id = held.capture_id or position(held.passage in k.text) > 0)
        order by k.id desc limit 1) as last_with
      from held),
    folded as materialized (
      select k.id, k.source_id, ${alike(Prisma.sql`k.text`)} as text
      from kept k join (select source_id, min(coalesce(last_with, capture_id)) as after from literal group by source_id) l
        on l.source_id = k.source_id and k.id > l.after),
    found as materialized (
      select kind, id, source_id, greatest(last_with, (
        select max(f.id) from folded f where f.source_id = literal.source_id and f.id > coalesce(last_with, capture_id)
          and position(${alike(Prisma.sql`literal.passage`)} in f.text) > 0)) as last_with
      from literal)
    select found.kind, found.id, min(later.taken_at) as since
    from found join kept later on later.source_id = found.source_id and later.id > found.last_with
    group by found.kind, found.id`,
  )
  const since = (kind: 'attribution' | 'evidence') =>
    new Map(gone.filter((row) => row.kind === kind).map((row) => [row.id, row.since]))
  return { attributions: since('attribution'), evidence: since('evidence') }
}

/**
 * A text with its marks and white space made alike, as passages are found by. Mark by mark, and only white space that is not alike already:
 * `translate`, and an expression that fits every space, take many times as long on a long text.
 */
function alike(text: Prisma.Sql): Prisma.Sql {
  const even = [...'‘’‚‛“”„‟«»‹›'].map((mark) => [mark, '"']).concat([...'‐‑‒–—―'].map((mark) => [mark, '-']))
  const evened = even.reduce((sql, [mark, instead]) => Prisma.sql`replace(${sql}, ${mark}, ${instead})`, text)
  return Prisma.sql`regexp_replace(${evened}, '\\s{2,}|[^\\S ]', ' ', 'g')`
}
