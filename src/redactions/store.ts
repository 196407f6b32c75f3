import { Prisma, type PrismaClient } from '../../prisma/client/client.ts'
import type { RedactionGround, RedactionOutcome, Subject } from '../../prisma/client/enums.ts'
import { lockAsAdmin } from '../accounts/admin.store.ts'
import { writeDocuments } from '../claims/search.store.ts'
import { Conflict, NotFound } from '../errors.ts'
import { type Act, type Chained, clock, type Db, once, record } from '../history/store.ts'
import { accepted, type Landing, type Outcome, type Refused, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { forgetResults } from '../texts/kept.ts'
import { formatters } from '../web/format.ts'
import { afterRedaction } from './columns.ts'
import { copiesOf, textsWith } from './elsewhere.store.ts'
import type { AnswerForm, RedactionForm } from './form.ts'
import { aloneFrom, type Second, secondsOf } from './second.store.ts'
import { type Located, located, type Target, targetIn, wordsAt } from './target.store.ts'

/** What is to be emptied, on what ground, who stands for it, and the settled proposal that says so. */
type Redacting = {
  proposalId: number
  target: Target
  everywhere: boolean
  ground: RedactionGround
  groundNote: string
  byId: number
  secondedById: number | null
}

const DONE = { text: 'It is redacted. What was there cannot be brought back.' }
const DONE_ALONE = {
  text: 'It is redacted, and it is said openly that nobody seconded it: the desk has no other admin. What was there cannot be brought back.',
}

/** Redacts at once where no other admin can sign in, nor could within a day; else proposes it to them. Product rule: guard 8. */
export function redact(db: PrismaClient | Db, act: Act, form: RedactionForm): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const { admins } = await lockAsAdmin(tx, act)
    const found = await targetIn(tx, form)
    if (found.kind === 'refused') return found
    const [one] = await located(tx, [found.value])
    if (!one || one.isRedacted || !form.ground)
      return refused({ field: '', message: one ? 'This is redacted already.' : 'This is not there to be redacted.' })
    const at = await clock(tx)
    const asked = {
      everywhere: form.everywhere && found.value.kind === 'capture',
      ground: form.ground,
      groundNote: form.groundNote ?? '',
    }
    const isAlone = !admins.some(({ id, passwordHash }) => id !== act.actorId && passwordHash !== null)
    const from = isAlone ? await aloneFrom(tx) : null
    if (from && from > at)
      return refused({
        field: '',
        message: `This desk had another admin within the last day, who could have seconded this. You can redact alone from ${inWords(from)}.`,
      })
    const { kind, id, places, length } = found.value
    const proposal = await tx.redactionProposal.create({
      data: { [`${kind}Id`]: id, places, length, ...asked, proposedById: act.actorId, proposedAt: at },
      select: { id: true, proposedAt: true },
    })
    if (isAlone) {
      await settle(tx, act, at, proposal.id, { outcome: 'alone', answer: '' })
      const standing = { proposalId: proposal.id, byId: act.actorId, secondedById: null }
      await carryOut(tx, act, at, { target: found.value, ...asked, ...standing })
      await finish(tx, at, proposal.id)
      return accepted({ path: paths.redactions(), flash: DONE_ALONE })
    }
    const seconds = await secondsOf(tx, act.actorId, proposal.proposedAt)
    return accepted({
      path: paths.redaction(proposal.id),
      flash: {
        text: `It waits for another admin to second it: ${inSentence(seconds, at)}. Until then nothing is changed.`,
      },
    })
  })
}

/** The first of those who may second, with the time from when on where that is still to come. */
function inSentence(seconds: readonly Second[], at: Date): string {
  return seconds
    .slice(0, 5)
    .map(({ name, from }) => (from && from > at ? `${name} (from ${inWords(from)})` : name))
    .join(', ')
}

function inWords(at: Date): string {
  return formatters('UTC', at).instant(at)
}

/** Seconds a proposal, which carries it out, or declines it; whoever proposed it can only withdraw it. */
export function answerProposal(
  db: PrismaClient | Db,
  act: Act,
  id: number,
  { answer, words }: AnswerForm,
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    await lockAsAdmin(tx, act)
    // Prisma cannot lock a row.
    await tx.$queryRaw`select id from redaction_proposal where id = ${id} for update`
    const proposal = await tx.redactionProposal.findUnique({ where: { id } })
    if (!proposal) throw new NotFound('There is no such proposal.')
    if (proposal.outcome) return refused({ field: '', message: 'This proposal was answered already.' }, 'stale')
    const isOwn = proposal.proposedById === act.actorId
    if (isOwn && answer === 'second')
      return refused({ field: '', message: 'Another admin has to second what you proposed.' })
    if (answer === 'second' && !(await isStillAdmin(tx, proposal.proposedById)))
      return refused({
        field: '',
        message: 'Whoever proposed this is no longer an admin. Decline it, and propose it in your own name.',
      })
    if (answer === 'decline' && !isOwn && !words) return refused({ field: 'words', message: 'Say why.' })
    const at = await clock(tx)
    const no = answer === 'second' ? await refusalOfSecond(tx, act.actorId, at, proposal) : null
    if (no) return no
    const outcome = answer === 'second' ? 'seconded' : isOwn ? 'withdrawn' : 'declined'
    await settle(tx, act, at, id, { outcome, answer: words ?? '' })
    if (outcome === 'seconded') {
      const { everywhere, ground, groundNote, proposedById } = proposal
      const target = targetOf(proposal)
      const standing = { everywhere, ground, groundNote, byId: proposedById, secondedById: act.actorId, proposalId: id }
      await carryOut(tx, act, at, { target, ...standing })
      await finish(tx, at, id)
    }
    const flash = { seconded: DONE, declined: { text: 'It is declined. Nothing was changed.' } }
    return accepted({
      path: paths.redaction(id),
      flash: outcome === 'withdrawn' ? { text: 'It is withdrawn. Nothing was changed.' } : flash[outcome],
    })
  })
}

type Settled = { outcome: RedactionOutcome; answer: string }

/** Answers a proposal, on which the database's guards ask who may; one that is not carried out is finished by it. */
async function settle(tx: Db, act: Act, at: Date, id: number, { outcome, answer }: Settled): Promise<void> {
  const finishedAt = outcome === 'declined' || outcome === 'withdrawn' ? at : null
  await tx.redactionProposal.update({
    where: { id },
    data: { outcome, settledById: act.actorId, settledAt: at, answer, finishedAt },
    select: { id: true },
  })
}

/** Ends the carrying out of a proposal: nothing more can be redacted for it. */
async function finish(tx: Db, at: Date, id: number): Promise<void> {
  await tx.redactionProposal.update({ where: { id }, data: { finishedAt: at }, select: { id: true } })
}

/** Why an admin may not second a proposal now; null when they may. */
async function refusalOfSecond(
  tx: Db,
  actorId: number,
  at: Date,
  { proposedById, proposedAt }: { proposedById: number; proposedAt: Date },
): Promise<Refused | null> {
  const me = (await secondsOf(tx, proposedById, proposedAt)).find(({ id }) => id === actorId)
  if (me?.from && me.from <= at) return null
  return refused({ field: '', message: me?.from ? `You can second this from ${inWords(me.from)}.` : TOO_LATE })
}

const TOO_LATE =
  'You became an admin, or a link was made for you, only after this was proposed. Only somebody who was an admin before can second it.'

/** Whether somebody is an admin, who stays one until this transaction ends. */
async function isStillAdmin(tx: Db, id: number): Promise<boolean> {
  const rows = await tx.$queryRaw<object[]>`
    select id from account where id = ${id} and role = 'admin' and disabled_at is null for share`
  return rows.length > 0
}

/** The one thing that a row names. */
export function targetOf(row: {
  eventId: number | null
  captureId: number | null
  decisionId: number | null
  places: number[]
  length: number | null
}): Target {
  const { places, length } = row
  if (row.eventId) return { kind: 'event', id: row.eventId, places, length }
  if (row.captureId) return { kind: 'capture', id: row.captureId, places, length }
  return { kind: 'decision', id: row.decisionId ?? 0, places, length }
}

/** Empties the target and, if so asked, whatever else holds its words; each subject's history tells of it, and never the words. */
async function carryOut(tx: Db, act: Act, at: Date, { target, everywhere, ...standing }: Redacting): Promise<void> {
  const words = target.kind === 'capture' ? await wordsAt(tx, target) : []
  const [sought = ''] = target.length === null ? [] : words
  const texts = everywhere && sought ? [target, ...(await textsWith(tx, sought, target.id))] : [target]
  const copies = everywhere ? await copiesOf(tx, words) : await tellingOf(tx, target)
  const targets = await located(tx, [
    ...texts,
    ...copies.map(({ kind, id }) => ({ kind, id, places: [], length: null })),
  ])
  const [first] = targets
  if (!first || first.isRedacted) throw new Conflict('This was redacted meanwhile.')
  const captureIds = texts.flatMap(({ kind, id }) => (kind === 'capture' ? [id] : []))
  const claims = everywhere ? await claimsHolding(tx, captureIds) : []
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
  if (everywhere)
    for (const id of captureIds)
      for (const claimId of await buryHeld(tx, id, sought)) tell('claim', claimId, `words taken from text ${id}`)
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
async function tellingOf(tx: Db, { kind, id }: Target): Promise<Pick<Target, 'kind' | 'id'>[]> {
  if (kind !== 'decision') return []
  // Prisma cannot look into the stored JSON.
  return tx.$queryRaw<Pick<Target, 'kind' | 'id'>[]>`
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
}

async function write(
  tx: Db,
  at: Date,
  { kind, id, subject, subjectId, places, length }: Located,
  standing: Omit<Redacting, 'target' | 'everywhere'>,
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
async function buryHeld(tx: Db, captureId: number, words: string): Promise<Set<number>> {
  const { text } = await tx.capture.findUniqueOrThrow({ where: { id: captureId }, select: { text: true } })
  const codePoints = Array.from(text)
  const changed = new Set<number>()
  const attributions = await tx.attribution.findMany({
    where: { captureId },
    select: { ...HELD, quote: true, originalWords: true, speakerAsPrinted: true, cue: true, occasion: true },
  })
  for (const { id, claimId, ...held } of attributions) {
    const data = afterRedaction(held, codePoints, words)
    if (!data) continue
    await tx.attribution.update({ where: { id }, data, select: { id: true } })
    changed.add(claimId)
  }
  for (const { id, claimId, ...held } of await tx.evidence.findMany({ where: { captureId }, select: HELD })) {
    const data = afterRedaction(held, codePoints, words)
    if (!data) continue
    await tx.evidence.update({ where: { id }, data, select: { id: true } })
    changed.add(claimId)
  }
  return changed
}
