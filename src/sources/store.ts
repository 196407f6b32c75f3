import type { PrismaClient } from '../../prisma/client/client.ts'
import { addCapture, sha256Of, sourcesOfText } from '../captures/store.ts'
import { lockAffected, NONE_AFFECTED, toldInWords } from '../claims/affected.store.ts'
import { writeDocumentsOfSource } from '../claims/search.store.ts'
import { carriedVerdicts } from '../decisions/carried.store.ts'
import { type Act, clock, type Db, once, record, recordFirst } from '../history/store.ts'
import { changedFields } from '../history/timeline.ts'
import { accepted, type Landing, type Outcome, type Problem, refused } from '../outcome.ts'
import { findOrAddParty, mayAddParty, type TypedParty } from '../parties/naming.store.ts'
import { lockPartyNames, type Named } from '../parties/store.ts'
import { paths } from '../paths.ts'
import { type NewSourceForm, type SourceEditForm, type SourceWords, wordsOf } from './form.ts'
import { type KnownSource, keysOf, lockAddress, maybeSourceAt, sourcesNear, writeKey } from './key.store.ts'
import { keepSentences } from './likeness.store.ts'
import { isShownOnClaims, tellClaimsOfSource } from './source-change.store.ts'
import { alikeInWords, captureIfNew, lockSource } from './text.store.ts'

export { type ResolvedSource, resolveSource, type SourceChoice, sourceChoices } from './choice.store.ts'

/**
 * Adds a source, with its text where one was pasted. The same address again, or the same text without one, leads to the source that exists;
 * a text that differs from the one held at that address is kept there as a new capture. Where a source has almost the same address it is asked
 * whether it is that one, unless the text says so or the form says that it is not.
 */
export function addSource(db: PrismaClient | Db, act: Act, form: NewSourceForm): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    await lockNamesFor(tx, form)
    const keys = keysOf(form)
    const canonical = keys.page?.canonical ?? null
    const existing = await maybeExisting(tx, keys, form.text)
    if (existing) return landOnExisting(tx, act, existing, form.text)
    const near = form.isAnother ? [] : await sourcesNear(tx, keys)
    const same = near.length && form.text ? await sourcesOfText(tx, sha256Of(form.text)) : []
    const found = near.find(({ id }) => same.some((one) => one.id === id))
    if (found) return landOnExisting(tx, act, { ...found, by: 'text' }, form.text)
    if (near.length) return refused(almostThere(near))

    const at = await clock(tx)
    const publisher = await publisherOf(tx, act, at, form)
    if ('problem' in publisher) return refused(publisher.problem)
    const words = wordsOf(form, publisher.id)
    const source = await tx.source.create({
      data: { ...words, canonicalUrl: canonical, addedById: act.actorId, createdAt: at },
      select: { id: true },
    })
    const capture = form.text
      ? await addCapture(tx, source.id, { text: form.text, takenAt: at, takenById: act.actorId })
      : null
    if (capture && form.text) await keepSentences(tx, { ...capture, sourceId: source.id, text: form.text })
    const after = capture ? { ...words, captureId: capture.id, sha256: capture.sha256 } : words
    const { lastHash } = await recordFirst(tx, act, at, 'source', source.id, { action: 'created', after })
    await tx.source.update({ where: { id: source.id }, data: { lastHash }, select: { id: true } })
    await writeKey(tx, source.id, words)
    const elsewhere = capture ? await sourcesOfText(tx, capture.sha256) : []
    return accepted(newLanding(source.id, elsewhere.find(({ id }) => id !== source.id) ?? null))
  })
}

type Existing = KnownSource & { by: 'address' | 'text' }

async function maybeExisting(
  tx: Db,
  { page }: Pick<ReturnType<typeof keysOf>, 'page'>,
  text: string | null,
): Promise<Existing | null> {
  const sha256 = text ? sha256Of(text) : ''
  const key = page?.near ?? sha256
  if (key === '') return null
  await lockAddress(tx, key)
  if (page) {
    const source = await maybeSourceAt(tx, page.canonical)
    return source && { ...source, by: 'address' }
  }
  const [source] = await sourcesOfText(tx, sha256)
  return source ? { ...source, by: 'text' } : null
}

/** What is asked where a source has almost the same address. */
function almostThere(near: readonly KnownSource[]): Problem {
  const named = near
    .map((source) => `${nameOf(source)} (#${source.id}${source.url ? `, ${source.url}` : ''})`)
    .join('; ')
  return {
    field: 'isAnother',
    message: `A source with almost the same address is here already: ${named}. If it is that one, open it instead. Tick this only if it is another document.`,
  }
}

async function landOnExisting(tx: Db, act: Act, existing: Existing, text: string | null): Promise<Outcome<Landing>> {
  const path = paths.source(existing.id)
  const name = nameOf(existing)
  const kept = existing.by === 'text' || !text ? null : await captureIfNew(tx, act, existing.id, text)
  if (!kept) return accepted({ path, flash: { text: `This is already here as ${name}; nothing was added.` } })
  if (kept.refusal) return kept.refusal
  return accepted({
    path,
    flash: {
      text: `This address is already here as ${name}. Its text differs from the one held, so it was kept as a new one.${alikeInWords(kept.told)}`,
    },
  })
}

function newLanding(id: number, elsewhere: KnownSource | null): Landing {
  if (!elsewhere) return { path: paths.source(id), flash: { text: 'The source is there.' } }
  return {
    path: paths.source(id),
    flash: {
      text: 'The source is there. The same text is held from another place; as evidence the two rest on the same thing, so say there what this one rests on.',
      links: [{ text: `See ${nameOf(elsewhere)}`, href: paths.source(elsewhere.id) }],
    },
  }
}

function nameOf({ id, title, url }: KnownSource): string {
  const name = Array.from(title ?? url ?? '')
  if (name.length === 0) return `source ${id}`
  return `“${name.slice(0, 80).join('')}${name.length > 80 ? '…' : ''}”`
}

type Publisher = { id: number | null; name: string | null } | { problem: Problem }

async function publisherOf(
  tx: Db,
  act: Act,
  at: Date,
  form: PublisherForm,
  present: Named | null = null,
): Promise<Publisher> {
  const { publisher } = form
  if (!publisher) return { id: null, name: null }
  if (present && publisher === present.name) return present
  const { party, problem } = await findOrAddParty(tx, act, at, publisherTyped(form), {
    field: 'publisher',
    choiceField: 'publisherChoice',
    unknown: (name) =>
      `Nobody called “${name}” is here yet. Tick “Add it as a new organisation”, or write another name.`,
  })
  return problem ? { problem } : party
}

type PublisherForm = Pick<NewSourceForm, 'publisher' | 'publisherNew' | 'publisherChoice'>

function publisherTyped({ publisher, publisherNew, publisherChoice }: PublisherForm): TypedParty {
  return { name: publisher ?? '', kind: publisherNew ? 'organisation' : null, choice: publisherChoice }
}

/** Locks the names of parties where the form may add one; before anything else is locked. */
async function lockNamesFor(tx: Db, form: PublisherForm): Promise<void> {
  if (mayAddParty(publisherTyped(form))) await lockPartyNames(tx)
}

/**
 * Changes what is said of a source. Claims are found by its publisher, and not by what became private, at once. Every claim that rests on it is told;
 * a finding on what it prints returns to unchecked where it is another document by the change, and a verdict that its evidence no longer carries is
 * challenged.
 */
export async function editSource(
  db: PrismaClient | Db,
  act: Act,
  id: number,
  form: SourceEditForm,
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    await lockNamesFor(tx, form)
    const keys = keysOf(form)
    const twin = await maybeExisting(tx, keys, null)
    const reference = { subject: 'source', id } as const
    const mayShow = await wouldShow(tx, id, form)
    const affected = mayShow ? await lockAffected(tx, reference) : NONE_AFFECTED
    if (affected.refusal) return affected.refusal
    const source = await lockSource(tx, id)
    if (form.revision !== source.revision)
      return refused(
        {
          field: '',
          message:
            'Somebody changed this source while you were working on it. Nothing was saved; what you typed is kept.',
        },
        'stale',
      )
    // Two that are here from before may have one address by the rules of today.
    const isMoved = keys.page?.canonical !== keysOf(source).page?.canonical
    if (isMoved && twin && twin.id !== id)
      return refused({ field: 'url', message: `${nameOf(twin)} (#${twin.id}) has this address already.` })
    const near = isMoved && !form.isAnother ? (await sourcesNear(tx, keys)).filter((one) => one.id !== id) : []
    if (near.length) return refused(almostThere(near))
    const all = mayShow ? await lockAffected(tx, reference, affected.claims) : NONE_AFFECTED
    if (all.refusal) return all.refusal
    const at = await clock(tx)
    const publisher = await publisherOf(tx, act, at, form, source.publisher)
    if ('problem' in publisher) return refused(publisher.problem)

    const words = wordsOf(form, publisher.id)
    const changes = changedFields(storedWords(source), words)
    if (!changes)
      return accepted({ path: paths.source(id), flash: { text: 'Nothing was different, so nothing was changed.' } })
    const isShown = isShownOnClaims(changes.after)
    const carried = isShown
      ? await carriedVerdicts(
          tx,
          all.claims.filter(({ stage }) => stage === 'decided'),
        )
      : null
    const kept = await record(tx, act, at, 'source', source, { action: 'edited', ...changes })
    await tx.source.update({
      where: { id },
      data: { ...words, ...kept, ...(isMoved ? { canonicalUrl: keys.page?.canonical ?? null } : {}) },
      select: { id: true },
    })
    await writeKey(tx, id, words)
    if ('publisherId' in changes.after || 'isPrivate' in changes.after) await writeDocumentsOfSource(tx, id)
    const publishers = { before: source.publisher?.name ?? null, after: publisher.name }
    const told = carried && (await tellClaimsOfSource(tx, act, at, id, all.claims, changes, publishers, carried))
    const text = `The source is changed.${told ? toldInWords(told) : ''}`
    return accepted({ path: paths.source(id), flash: { text } })
  })
}

/** Whether claims that rest on a source may show anything else after this form; asked before the source is locked. */
async function wouldShow(tx: Db, id: number, form: SourceEditForm): Promise<boolean> {
  const source = await tx.source.findUnique({ where: { id }, include: { publisher: { select: { name: true } } } })
  if (!source) return false
  const changes = changedFields(storedWords(source), wordsOf(form, source.publisherId))
  return form.publisher !== (source.publisher?.name ?? null) || (changes !== null && isShownOnClaims(changes.after))
}

/** A source's columns that a form holds, in the form's order. */
export function storedWords(source: SourceWords): SourceWords {
  const { kind, url, archiveUrl, title, titleInferred, publisherId, publisherInferred, byline } = source
  const { publishedOn, publishedOnInferred, language, isPrivate, notes } = source
  return {
    kind,
    url,
    archiveUrl,
    title,
    titleInferred,
    publisherId,
    publisherInferred,
    byline,
    publishedOn,
    publishedOnInferred,
    language,
    isPrivate,
    notes,
  }
}
