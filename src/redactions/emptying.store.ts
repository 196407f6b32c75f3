import { Prisma } from '../../prisma/client/client.ts'
import type { RedactionGround, Subject } from '../../prisma/client/enums.ts'
import { writeDocuments } from '../claims/search.store.ts'
import { Conflict } from '../errors.ts'
import { type Act, type Chained, type Db, record } from '../history/store.ts'
import { forgetResults } from '../texts/kept.ts'
import { afterRedaction } from './columns.ts'
import { type Located, located, type Target, targetsInText, wordsAt } from './target.store.ts'
import type { Sought } from './words.ts'

/** What is to be emptied, on what ground, who stands for it, and the settled proposal that says so. */
type Redacting = {
  proposalId: number
  target: Target
  sought: Sought
  everywhere: boolean
  ground: RedactionGround
  groundNote: string
  byId: number
  secondedById: number | null
}

/** Who stands for a redaction, and why. */
type Standing = Omit<Redacting, 'target' | 'sought' | 'everywhere'>

const NOTHING: Sought = { words: [], insideWords: false }

/** Empties the target, in a transaction of its own: what was named first goes first. What else holds its words follows it. */
export async function carryOut(
  tx: Db,
  act: Act,
  at: Date,
  { target, sought, everywhere, ...standing }: Redacting,
): Promise<void> {
  const isOfWords = target.kind === 'capture' && target.length !== null
  // Proposed before the words were kept: those at its first place.
  const words = sought.words.length || !isOfWords ? sought : { words: await wordsAt(tx, target), insideWords: true }
  const named = isOfWords ? await targetsInText(tx, target.id, words) : [target]
  await empty(tx, act, at, [...named, ...(await tellingOf(tx, target))], everywhere ? words : null, standing)
}

/** Empties these things and, where words are given, what holds on to their texts; each subject's history tells of it, and never the words. */
export async function empty(
  tx: Db,
  act: Act,
  at: Date,
  asked: readonly Target[],
  sought: Sought | null,
  standing: Standing,
): Promise<void> {
  const targets = (await located(tx, asked)).filter(({ isRedacted }) => !isRedacted)
  if (targets.length === 0) throw new Conflict('This was redacted meanwhile.')
  const captureIds = [...new Set(targets.flatMap(({ kind, id }) => (kind === 'capture' ? [id] : [])))]
  const claims = sought ? await claimsHolding(tx, captureIds) : []
  const about = new Map<string, { subject: Subject; id: number; what: string[] }>()
  const tell = (subject: Subject, id: number, what: string) => {
    const key = `${subject} ${id}`
    about.set(key, { subject, id, what: [...(about.get(key)?.what ?? []), what] })
  }
  for (const { subject, subjectId, called } of targets) tell(subject, subjectId, called)

  const subjects = await lockSubjects(tx, [
    ...targets.map(({ subject, subjectId }) => ({ subject, id: subjectId })),
    ...claims.map((id) => ({ subject: 'claim' as const, id })),
  ])
  for (const one of targets) await write(tx, at, one, standing)
  // Comparisons kept from before hold the words.
  forgetResults()
  for (const id of sought ? captureIds : [])
    for (const claimId of await buryHeld(tx, id, sought ?? NOTHING))
      tell('claim', claimId, `words taken from text ${id}`)
  for (const { subject, id, what } of about.values()) {
    const was = subjects.get(`${subject} ${id}`)
    if (!was) throw new Conflict('What is to be redacted was changed meanwhile. Nothing was done; try again.')
    const after = { what, ground: standing.ground, byId: standing.byId, secondedById: standing.secondedById }
    const happening = { action: 'redacted', after, reason: standing.groundNote || null }
    const kept = await record(tx, act, at, subject, was, happening)
    // The table of a subject has the subject's name.
    await tx.$executeRaw`
      update ${Prisma.raw(`"${subject}"`)} set revision = ${kept.revision}, last_hash = ${kept.lastHash} where id = ${id}`
  }
  await writeDocuments(
    tx,
    [...about.values()].flatMap(({ subject, id }) => (subject === 'claim' ? [id] : [])),
  )
}

/** What else says the same as a decision: one that puts its very seal in force again, and the lines of history that give its reasons. */
async function tellingOf(tx: Db, { kind, id }: Target): Promise<Target[]> {
  if (kind !== 'decision') return []
  // Prisma cannot look into the stored JSON.
  const rows = await tx.$queryRaw<Pick<Target, 'kind' | 'id'>[]>`
    with same as (
      select twin.id, twin.claim_id, twin.revision, twin.rationale
      from decision d join decision twin on twin.claim_id = d.claim_id and twin.seal = d.seal where d.id = ${id})
    select 'decision' as kind, id from same where id <> ${id}
    union all
    select 'event', e.id from event e join event_body b on b.event_id = e.id
    where b.redacted_at is null and exists (
      select from same where e.subject = 'claim' and e.subject_id = same.claim_id
        and (e.revision = same.revision or same.rationale in (b.before->>'rationale', b.after->>'rationale', b.reason)))
    order by kind, id`
  return rows.map((row) => ({ ...row, places: [], length: null }))
}

async function write(
  tx: Db,
  at: Date,
  { kind, id, subject, subjectId, places, length }: Located,
  standing: Standing,
): Promise<void> {
  await tx.redaction.create({
    data: { subject, subjectId, [`${kind}Id`]: id, places, length, ...standing, at },
    select: { id: true },
  })
}

/** Claims with an attribution or a piece of evidence that holds on to one of these texts. */
async function claimsHolding(tx: Db, captureIds: readonly number[]): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    select claim_id as id from attribution where capture_id = any(${captureIds}::int[])
    union select claim_id from evidence where capture_id = any(${captureIds}::int[])`
  return rows.map(({ id }) => id)
}

const ORDER = [
  'claim',
  'source',
  'party',
  'story',
  'question',
  'account',
  'setting',
] as const satisfies readonly Subject[]

/** Locks subjects, kind by kind and in the order of their ids, and answers what each keeps of its history. */
async function lockSubjects(
  tx: Db,
  subjects: readonly { subject: Subject; id: number }[],
): Promise<Map<string, Chained>> {
  const locked = new Map<string, Chained>()
  for (const kind of ORDER) {
    const ids = [...new Set(subjects.flatMap(({ subject, id }) => (subject === kind ? [id] : [])))]
    if (ids.length === 0) continue
    const rows = await tx.$queryRaw<Chained[]>`
      select id, revision, last_hash as "lastHash" from ${Prisma.raw(`"${kind}"`)}
      where id = any(${ids}::int[]) order by id for no key update`
    for (const row of rows) locked.set(`${kind} ${row.id}`, row)
  }
  return locked
}

const HELD = { id: true, claimId: true, passage: true, prefix: true, suffix: true, start: true, end: true } as const

/** Takes the words out of the attributions and the evidence that hold on to the text, and answers the claims in which any changed. */
async function buryHeld(tx: Db, captureId: number, sought: Sought): Promise<Set<number>> {
  const { text } = await tx.capture.findUniqueOrThrow({ where: { id: captureId }, select: { text: true } })
  const codePoints = Array.from(text)
  const changed = new Set<number>()
  const attributions = await tx.attribution.findMany({
    where: { captureId },
    select: {
      ...HELD,
      quote: true,
      originalWords: true,
      speakerAsPrinted: true,
      cue: true,
      occasion: true,
      findingNote: true,
    },
  })
  for (const { id, claimId, ...held } of attributions) {
    const data = afterRedaction(held, codePoints, sought)
    if (!data) continue
    await tx.attribution.update({ where: { id }, data, select: { id: true } })
    changed.add(claimId)
  }
  for (const { id, claimId, ...held } of await tx.evidence.findMany({ where: { captureId }, select: HELD })) {
    const data = afterRedaction(held, codePoints, sought)
    if (!data) continue
    await tx.evidence.update({ where: { id }, data, select: { id: true } })
    changed.add(claimId)
  }
  return changed
}
