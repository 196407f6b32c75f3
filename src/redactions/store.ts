import type { PrismaClient } from '../../prisma/client/client.ts'
import type { RedactionOutcome } from '../../prisma/client/enums.ts'
import { lockAsAdmin } from '../accounts/admin.store.ts'
import { NotFound } from '../errors.ts'
import { type Act, clock, type Db, once } from '../history/store.ts'
import { accepted, type Landing, type Outcome, type Refused, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { formatters } from '../web/format.ts'
import { carryOut } from './emptying.store.ts'
import { finish } from './everywhere.store.ts'
import type { AnswerForm, RedactionForm } from './form.ts'
import { soughtBy } from './preview.store.ts'
import { aloneFrom, type Second, secondsOf } from './second.store.ts'
import { located, type Target, targetIn } from './target.store.ts'

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
    const sought = await soughtBy(tx, found.value, form)
    const asked = {
      everywhere: form.everywhere && sought.words.length > 0,
      words: [...sought.words],
      insideWords: sought.insideWords,
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
      const { ground, groundNote } = asked
      const standing = { ground, groundNote, proposalId: proposal.id, byId: act.actorId, secondedById: null }
      await carryOut(tx, act, at, { target: found.value, sought, everywhere: asked.everywhere, ...standing })
      if (!asked.everywhere) await finish(tx, at, proposal.id)
      return accepted({ path: asked.everywhere ? paths.redaction(proposal.id) : paths.redactions(), flash: DONE_ALONE })
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
      const { everywhere, ground, groundNote, proposedById, words: soughtWords, insideWords } = proposal
      const standing = { ground, groundNote, byId: proposedById, secondedById: act.actorId, proposalId: id }
      const sought = { words: soughtWords, insideWords }
      await carryOut(tx, act, at, { target: targetOf(proposal), sought, everywhere, ...standing })
      if (!everywhere) await finish(tx, at, id)
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
    data: {
      outcome,
      settledById: act.actorId,
      settledAt: at,
      answer,
      finishedAt,
      ...(finishedAt ? { words: [] } : {}),
    },
    select: { id: true },
  })
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
