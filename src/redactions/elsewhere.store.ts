import { Prisma } from '../../prisma/client/client.ts'
import type { Subject } from '../../prisma/client/enums.ts'
import type { Db } from '../history/store.ts'
import { paths } from '../paths.ts'
import { PLACES, type Place, type PlaceName, type Remedy, textsIn } from './columns-searched.ts'
import type { Target } from './target.store.ts'
import { runIn, type Sought, standsIn, UNUSUAL } from './words.ts'

/** Something else that holds the same words: what it is, where it is seen, and whether it is redacted, emptied with it or edited. */
export type Elsewhere = { what: string; href: string; how: Remedy; target: Pick<Target, 'kind' | 'id'> | null }

/** Where words stand: the first of them to be listed, how many of each kind, and whether the desk was looked through to its end. */
export type Standing = { listed: Elsewhere[]; counts: Count[]; isWhole: boolean }

/** How many of one kind hold the words, and what becomes of them. */
export type Count = { table: PlaceName; words: string; count: number; how: Remedy }

const LISTED = 50
// How many rows, by their numbers, one statement looks through; a desk of a million claims is looked through in some hundred of these.
const WINDOW = 20_000
const TOGETHER: Partial<Record<PlaceName, number>> = { capture: 10 }
/** How long a page may look for words, in milliseconds. */
const PATIENCE = 8_000

/** The rows of one place, by their numbers from `after` on, that hold any of the words; null of `next` when it was the last of the place. */
export async function rowsWith(
  db: Db,
  place: Place & { table: PlaceName },
  sought: Sought,
  after: number,
): Promise<{ ids: number[]; next: number | null }> {
  const [table, key] = [Prisma.raw(`"${place.table}"`), Prisma.raw(keyOf(place.table))]
  const [last] = await db.$queryRaw<{ id: number | null }[]>`select max(${key}) as id from ${table}`
  const until = after + WINDOW
  const names = Object.keys(place.columns)
  const whole = Prisma.raw(`concat_ws(' ', ${names.map(asText(place)).join(', ')})`)
  const candidates = await db.$queryRaw<{ id: number }[]>`
    select distinct ${key} as id from ${table} where ${key} > ${after} and ${key} <= ${until} and ${mayHold(whole, sought)} order by ${key}`
  const size = TOGETHER[place.table] ?? 500
  const ids: number[] = []
  for (let from = 0; from < candidates.length; from += size) {
    const some = candidates.slice(from, from + size).map(({ id }) => id)
    const columns = Prisma.raw(names.map((name) => `"${name}"`).join(', '))
    const rows = await db.$queryRaw<Record<string, unknown>[]>`
      select ${key} as "#", ${columns} from ${table} where ${key} = any(${some}::int[]) order by ${key}`
    for (const { '#': id, ...values } of rows) if (holds(place, values, sought)) ids.push(Number(id))
  }
  return { ids: [...new Set(ids)], next: until >= (last?.id ?? 0) ? null : until }
}

function holds(place: Place, values: Record<string, unknown>, sought: Sought): boolean {
  return Object.entries(place.columns).some(([name, as]) =>
    textsIn(values[name], as).some((text) => standsIn(text, sought)),
  )
}

/** Whether a row may hold the words: sure never to miss one that does, and quick. */
export function mayHold(text: Prisma.Sql, { words }: Pick<Sought, 'words'>): Prisma.Sql {
  const each = words.map((one) => {
    const run = runIn(one)
    // Percent-encoded letters of another script have no run in them.
    return run === null ? Prisma.sql`true` : Prisma.sql`position(${run} in lower(${text} collate "und-x-icu")) > 0`
  })
  return Prisma.sql`(${Prisma.join(each, ' or ')} or ${text} ~ ${UNUSUAL} or ${text} ~ '%[0-9A-Fa-f]{2}')`
}

function asText(place: Place): (name: string) => string {
  return (name) => (place.columns[name] === 'JSON' || name === 'hedges' ? `"${name}"::text` : `"${name}"`)
}

function keyOf(table: PlaceName): string {
  // Sources are told apart in pairs, which are listed by the first.
  return table === 'event_body' ? 'event_id' : table === 'source_apart' ? 'first_id' : 'id'
}

/** Looks through the desk for the words, besides where they were found; stops after some seconds and says so. */
export async function standingElsewhere(
  db: Db,
  sought: Sought,
  except: Pick<Target, 'kind' | 'id'>,
): Promise<Standing> {
  const deadline = Date.now() + PATIENCE
  const [listed, counts] = [await digestsOf(db, except), [] as Count[]]
  let isWhole = true
  for (const place of PLACES) {
    if (place.table === 'request') continue
    const ids: number[] = []
    let after: number | null = 0
    while (after !== null && isWhole) {
      const found: Awaited<ReturnType<typeof rowsWith>> = await rowsWith(db, place, sought, after)
      ids.push(...found.ids.filter((id) => !isIt(place.table, id, except)))
      after = found.next
      if (after !== null && Date.now() > deadline) isWhole = false
    }
    if (ids.length === 0) continue
    const words = ids.length === 1 ? place.called.one : place.called.many
    counts.push({ table: place.table, words, count: ids.length, how: place.remedy })
    listed.push(...(await SHOWN[place.table](db, ids.slice(0, LISTED))))
  }
  return { listed, counts, isWhole }
}

function isIt(table: PlaceName, id: number, { kind, id: named }: Pick<Target, 'kind' | 'id'>): boolean {
  return id === named && table === (kind === 'event' ? 'event_body' : kind)
}

type Shown = (db: Db, ids: number[]) => Promise<Elsewhere[]>

/** How rows of each place are listed. */
const SHOWN: Record<Exclude<PlaceName, 'request'>, Shown> = {
  capture: async (db, ids) => {
    const rows = await db.capture.findMany({ where: { id: { in: ids } }, select: { id: true, sourceId: true } })
    return rows.map(({ id, sourceId }) => ({
      what: `Text ${id} of source #${sourceId}`,
      href: `${paths.source(sourceId)}?capture=${id}`,
      how: 'redact',
      target: { kind: 'capture', id },
    }))
  },
  event_body: async (db, ids) => {
    const rows = await db.$queryRaw<(Copy & { id: number })[]>`
      select e.id, e.subject::text as subject, e.subject_id as "subjectId", e.revision,
        coalesce((select ref from claim where e.subject = 'claim' and id = e.subject_id),
          (select code from story where e.subject = 'story' and id = e.subject_id)) as name
      from event e where e.id = any(${ids}::int[]) order by e.id`
    return rows.map((copy) => ({
      what: `History of ${called(copy)}, revision ${copy.revision}`,
      href: paths.event(historyOf(copy), copy.revision),
      how: 'redact',
      target: { kind: 'event', id: copy.id },
    }))
  },
  decision: async (db, ids) => {
    const rows = await db.decision.findMany({
      where: { id: { in: ids } },
      orderBy: { id: 'asc' },
      select: { id: true, revision: true, claim: { select: { ref: true } } },
    })
    return rows.map(({ id, revision, claim: { ref } }) => ({
      what: `Sealed copy of ${ref}, decided at revision ${revision}`,
      href: paths.claim(ref),
      how: 'redact',
      target: { kind: 'decision', id },
    }))
  },
  comment: (db, ids) =>
    onClaims(db, 'comment', 'claim_id', ids, 'empty', (id, ref) => [
      `Claim ${ref}: a comment`,
      `${paths.claim(ref)}#comment-${id}`,
    ]),
  tag: async (_, ids) => ids.map((id) => emptied(`Tag ${id}`, paths.claims())),
  saved_view: async (_, ids) => ids.map((id) => emptied(`Saved view ${id}: its name or its filters`, paths.claims())),
  claim: (db, ids) =>
    onClaims(db, 'claim', 'id', ids, 'edit', (_, ref) => [`Claim ${ref}: its own words`, paths.claim(ref)]),
  attribution: (db, ids) =>
    onClaims(db, 'attribution', 'claim_id', ids, 'edit', (id, ref) => [
      `Claim ${ref}: an attribution`,
      `${paths.claim(ref)}#attribution-${id}`,
    ]),
  evidence: (db, ids) =>
    onClaims(db, 'evidence', 'claim_id', ids, 'edit', (id, ref) => [
      `Claim ${ref}: a piece of evidence`,
      `${paths.claim(ref)}#evidence-${id}`,
    ]),
  relation: (db, ids) =>
    onClaims(db, 'relation', 'from_id', ids, 'edit', (id, ref) => [
      `Claim ${ref}: the note of a relation, which is removed rather than edited`,
      `${paths.claim(ref)}#relation-${id}`,
    ]),
  source: async (_, ids) => ids.map((id) => edited(`Source #${id}: what is said of it`, paths.source(id))),
  source_apart: async (_, ids) =>
    ids.map((id) => edited(`Source #${id}: why it is told apart from another`, paths.source(id))),
  party: async (_, ids) => ids.map((id) => edited(`Party #${id}: what is said of it`, paths.party(id))),
  party_alias: (db, ids) => ofParties(db, 'party_alias', ids, 'one of its other names'),
  party_role: (db, ids) => ofParties(db, 'party_role', ids, 'one of its roles'),
  story: async (db, ids) => {
    const rows = await db.story.findMany({ where: { id: { in: ids } }, select: { code: true } })
    return rows.map(({ code }) => edited(`Story ${code}: what is said of it`, paths.story(code)))
  },
  question: async (_, ids) => ids.map((id) => edited(`Question #${id}: what it asks`, paths.question(id))),
  setting: async (_, ids) => ids.map(() => edited('The desk’s settings', paths.deskHistory())),
  account: async (_, ids) =>
    ids.map((id) => edited(`Person #${id}: their name or address, which they change under Account`, paths.person(id))),
}

function edited(what: string, href: string): Elsewhere {
  return { what, href, how: 'edit', target: null }
}

function emptied(what: string, href: string): Elsewhere {
  return { what, href, how: 'empty', target: null }
}

async function onClaims(
  db: Db,
  table: PlaceName,
  claim: string,
  ids: number[],
  how: Remedy,
  shown: (id: number, ref: string) => [string, string],
): Promise<Elsewhere[]> {
  const rows = await db.$queryRaw<{ id: number; ref: string }[]>`
    select t.id, c.ref from ${Prisma.raw(`"${table}"`)} t join claim c on c.id = t.${Prisma.raw(claim)}
    where t.id = any(${ids}::int[]) order by t.id`
  return rows.map(({ id, ref }) => {
    const [what, href] = shown(id, ref)
    return { what, href, how, target: null }
  })
}

async function ofParties(db: Db, table: PlaceName, ids: number[], what: string): Promise<Elsewhere[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    select distinct party_id as id from ${Prisma.raw(`"${table}"`)} where id = any(${ids}::int[]) order by 1`
  return rows.map(({ id }) => edited(`Party #${id}: ${what}`, paths.party(id)))
}

/** Whose a copy is, and at which revision. */
type Copy = { subject: Subject; subjectId: number; revision: number; name: string | null }

const MOST = 200

/** History that holds the digest of a whole text: with the rest of the text at hand, a few words could be guessed by it. */
async function digestsOf(db: Db, { kind, id }: Pick<Target, 'kind' | 'id'>): Promise<Elsewhere[]> {
  if (kind !== 'capture') return []
  const events = await db.$queryRaw<{ id: number; sourceId: number; revision: number }[]>`
    select e.id, c.source_id as "sourceId", e.revision
    from capture c join event e on e.subject = 'source' and e.subject_id = c.source_id join event_body b on b.event_id = e.id
    where c.id = ${id} and position(c.sha256 in concat_ws(' ', b.before::text, b.after::text)) > 0 order by e.id limit ${MOST}`
  return events.map((event) => ({
    what: `History of source #${event.sourceId}, revision ${event.revision}: the digest of the whole text, by which a few words could be guessed`,
    href: paths.event(paths.sourceHistory(event.sourceId), event.revision),
    how: 'redact',
    target: { kind: 'event', id: event.id },
  }))
}

function called({ subject, subjectId, name }: Copy): string {
  if (subject === 'claim' || subject === 'story') return `${subject} ${name ?? ''}`
  return subject === 'setting' ? 'a setting' : `${subject} #${subjectId}`
}

/** The address of a subject's history. */
export function historyOf({ subject, subjectId, name }: Omit<Copy, 'revision'>): string {
  return {
    claim: () => paths.claimHistory(name ?? ''),
    source: () => paths.sourceHistory(subjectId),
    party: () => paths.partyHistory(subjectId),
    story: () => paths.storyHistory(name ?? ''),
    question: () => paths.questionHistory(subjectId),
    account: () => paths.personHistory(subjectId),
    setting: () => paths.deskHistory(),
  }[subject]()
}
