import { Prisma } from '../../prisma/client/client.ts'
import { severalPlaces } from '../captures/place.ts'
import { anchorPassage } from '../captures/store.ts'
import { rows } from '../database/rows.ts'
import type { Act, Db } from '../history/store.ts'
import type { Problem } from '../outcome.ts'
import { namedId } from '../parties/name.ts'
import { findOrAddParty, mayAddParty, NOT_KNOWN, type TypedParty } from '../parties/naming.store.ts'
import { lockPartyNames, type Named } from '../parties/store.ts'
import { resolveSource } from '../sources/store.ts'
import type { SignedIn } from '../web/session.ts'
import { type AttributionForm, speechOf } from './attribution.ts'

/** An attribution whose source, speaker and relays have been found or made, ready to be written. */
export type ReadyAttribution = {
  id: number | null
  relays: { ordinal: number; partyId: number; printed: boolean }[]
  columns: Awaited<ReturnType<typeof columnsOf>>
}

/** Finds or makes what a form's attribution names. Problems come with the attribution's own field names, `prefix` before them. */
export async function readyAttribution(
  tx: Db,
  act: Act,
  at: Date,
  person: SignedIn,
  form: AttributionForm,
  prefix: string,
): Promise<{ ready: ReadyAttribution; problems: [] } | { ready: null; problems: Problem[] }> {
  const problems: Problem[] = []
  const parties = { tx, act, at, problems }
  const source = await resolveSource(tx, form.source ?? '', person)
  if (source.kind !== 'found') problems.push({ field: `${prefix}[source]`, message: SOURCE_SENTENCES[source.kind] })
  const isInterview = source.kind === 'found' && source.source.kind === 'interview'
  if (form.terms && source.kind === 'found' && !isInterview)
    problems.push({
      field: `${prefix}[terms]`,
      message: 'Terms are asked only of our own interviews. Leave this empty for a printed source.',
    })

  const speaker = await partyOf(parties, speakerTyped(form), [`${prefix}[speaker]`, `${prefix}[speakerChoice]`])
  const relays: ReadyAttribution['relays'] = []
  for (const [index, relay] of (form.relays ?? []).entries()) {
    const at = `${prefix}[relays][${index}]`
    const party = await partyOf(parties, relayTyped(relay), [`${at}[party]`, `${at}[choice]`])
    if (party) relays.push({ ordinal: relays.length + 1, partyId: party.id, printed: !relay.inferred })
  }
  if (problems.length || source.kind !== 'found') return { ready: null, problems }
  const columns = await columnsOf({ tx, problems, prefix }, form, source.source.id, speaker)
  if (problems.length) return { ready: null, problems }
  return { ready: { id: form.id, relays, columns }, problems: [] }
}

const SOURCE_SENTENCES = {
  unknown:
    'There is no such source yet. Add it under Sources first, or write its address, its exact title or its number (#12).',
  ambiguous: 'Several sources have this title. Write the address, or the number of the one you mean (#12).',
} as const

type Parties = { tx: Db; act: Act; at: Date; problems: Problem[] }

async function partyOf(
  { tx, act, at, problems }: Parties,
  typed: TypedParty,
  [field, choiceField]: readonly [string, string],
): Promise<Named | null> {
  if (!typed.name) return null
  const { party, problem } = await findOrAddParty(tx, act, at, typed, { field, choiceField, unknown: NOT_KNOWN })
  if (problem) problems.push(problem)
  return party
}

function speakerTyped(form: AttributionForm): TypedParty {
  return { name: form.speaker ?? '', kind: form.speakerKind, choice: form.speakerChoice }
}

function relayTyped({ party, newKind, choice }: NonNullable<AttributionForm['relays']>[number]): TypedParty {
  return { name: party ?? '', kind: newKind, choice }
}

/** Locks the names of parties where a form may add one; before anything else is locked. */
export async function lockNamesFor(tx: Db, attributions: readonly AttributionForm[]): Promise<void> {
  const typed = attributions.flatMap((form) => [speakerTyped(form), ...(form.relays ?? []).map(relayTyped)])
  if (typed.some(mayAddParty)) await lockPartyNames(tx)
}

/**
 * How the source names the speaker: as the form says, else as typed where the party found goes by another name. Not so in an interview on terms,
 * where what is printed describes a speaker whose name may have to stay out.
 */
function printedName(form: AttributionForm, speaker: Named | null): string | null {
  const { speaker: typed, speakerAsPrinted, terms } = form
  if (speakerAsPrinted || !typed || !speaker || terms) return speakerAsPrinted
  return typed === speaker.name || namedId(typed) !== null ? null : typed
}

const ANCHORED = {
  sourceId: true,
  captureId: true,
  passage: true,
  prefix: true,
  suffix: true,
  start: true,
  end: true,
} as const

type Placing = { tx: Db; problems: Problem[]; prefix: string }

async function columnsOf(
  { tx, problems, prefix }: Placing,
  form: AttributionForm,
  sourceId: number,
  speaker: Named | null,
) {
  const held = form.id ? await tx.attribution.findUnique({ where: { id: form.id }, select: ANCHORED }) : null
  const { passage, captureId, place } = form
  const { columns, choices } = await anchorPassage(tx, { sourceId, passage, captureId, place, held })
  if (choices) problems.push({ field: `${prefix}[place]`, message: severalPlaces(choices) })
  return {
    sourceId,
    speakerId: speaker?.id ?? null,
    ...columns,
    speakerAsPrinted: printedName(form, speaker),
    naming: form.naming,
    position: form.position,
    cue: form.cue,
    hedges: form.hedges,
    occasion: form.occasion,
    speech: speechOf(form),
    quote: form.quote,
    originalWords: form.originalWords,
    originalLanguage: form.originalLanguage,
    saidOn: form.saidOn,
    terms: form.terms,
  }
}

/** Writes an attribution of a claim, new or edited, with its relays; answers its id. */
export async function writeAttribution(
  tx: Db,
  claimId: number,
  ordinal: number,
  writers: { addedById: number; editedBy?: number[] },
  { id, relays, columns }: ReadyAttribution,
): Promise<number> {
  if (id === null) {
    const made = await tx.attribution.create({
      data: { claimId, ordinal, ...writers, ...columns, relays: { create: relays } },
      select: { id: true },
    })
    return made.id
  }
  await tx.relay.deleteMany({ where: { attributionId: id } })
  await tx.attribution.update({ where: { id, claimId }, data: { ...columns, relays: { create: relays } } })
  return id
}

/** Keeps that somebody edited the words of these attributions, so that they count among their writers wherever these are moved. */
export async function markEdited(tx: Db, personId: number, ids: readonly number[]): Promise<void> {
  if (!ids.length) return
  // Prisma appends to a list also what is in it.
  await rows(
    tx,
    Prisma.sql`
    update attribution set edited_by = edited_by || ${personId}::int
    where id = any(${ids}::int[]) and added_by_id <> ${personId} and ${personId} <> all(edited_by)`,
  )
}

/** The columns of an attribution that say who said what, where and in which words. */
export const SAID = {
  sourceId: true,
  captureId: true,
  speakerId: true,
  speakerAsPrinted: true,
  naming: true,
  position: true,
  cue: true,
  hedges: true,
  occasion: true,
  speech: true,
  passage: true,
  start: true,
  end: true,
  quote: true,
  originalWords: true,
  originalLanguage: true,
  saidOn: true,
  terms: true,
} as const

/** The words of a claim's attributions as its history keeps them: ids, in their order. */
export async function attributionWords(tx: Db, claimId: number) {
  return tx.attribution.findMany({
    where: { claimId },
    orderBy: { ordinal: 'asc' },
    select: {
      id: true,
      ordinal: true,
      ...SAID,
      relays: { orderBy: { ordinal: 'asc' }, select: { partyId: true, printed: true } },
    },
  })
}
