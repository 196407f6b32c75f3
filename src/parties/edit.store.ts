import type { PrismaClient } from '../../prisma/client/client.ts'
import type { PartyKind } from '../../prisma/client/enums.ts'
import { lockAffected, NONE_AFFECTED, toldInWords } from '../claims/affected.store.ts'
import { queueDocumentsOf } from '../claims/search.store.ts'
import { NotFound } from '../errors.ts'
import { foldName } from '../folding.ts'
import { type Act, clock, type Db, once, record, recordFirst } from '../history/store.ts'
import { changedFields } from '../history/timeline.ts'
import { accepted, type Landing, type Outcome, type Refused, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { aliasProblems, type NewPartyForm, type PartyEditForm, type PartyWords, wordsOf } from './form.ts'
import { findNearParties } from './near.store.ts'
import { isShownOnClaims, tellClaimsOfParty } from './party-change.store.ts'
import { aliasRows, lockPartyNames, type Named } from './store.ts'

/** Adds a party. One that bears a name already here is refused unless the form says that it is somebody else. */
export function addParty(db: PrismaClient | Db, act: Act, form: NewPartyForm): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const words = wordsOf(form)
    const alike = aliasProblems(words)
    if (alike.length) return refused(alike)
    await lockPartyNames(tx)
    const twin = form.somebodyElse ? null : await namesakeRefusal(tx, words, words, null)
    if (twin) return twin
    const at = await clock(tx)
    const { aliases, roles, ...columns } = words
    const party = await tx.party.create({
      data: {
        ...columns,
        folded: foldName(words.name),
        createdAt: at,
        aliases: { create: aliasRows(aliases) },
        roles: { create: roles },
      },
      select: { id: true },
    })
    const { lastHash } = await recordFirst(tx, act, at, 'party', party.id, { action: 'created', after: words })
    await tx.party.update({ where: { id: party.id }, data: { lastHash }, select: { id: true } })
    return accepted({ path: paths.party(party.id), flash: { text: `${words.name} is there.` } })
  })
}

/**
 * Changes a party. A changed name or alias has the claims it stands in found by it; every claim that shows something else by the change is told,
 * and a finding on what the party said returns to unchecked where it is called otherwise.
 */
export function editParty(db: PrismaClient | Db, act: Act, id: number, form: PartyEditForm): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    await lockPartyNames(tx)
    const words = wordsOf(form)
    const reference = { subject: 'party', id } as const
    const isShown = isShownOnClaims((await findPartyWords(tx, id)).words, words)
    const affected = isShown ? await lockAffected(tx, reference) : NONE_AFFECTED
    if (affected.refusal) return affected.refusal
    // Prisma cannot lock a row.
    await tx.$queryRaw`select id from party where id = ${id} for update`
    const party = await findPartyWords(tx, id)
    if (form.revision !== party.revision)
      return refused(
        {
          field: '',
          message:
            'Somebody changed this party while you were working on it. Nothing was saved; what you typed is kept.',
        },
        'stale',
      )
    const all = isShown ? await lockAffected(tx, reference, affected.claims) : NONE_AFFECTED
    if (all.refusal) return all.refusal
    const changes = changedFields(party.words, words)
    if (!changes)
      return accepted({ path: paths.party(id), flash: { text: 'Nothing was different, so nothing was changed.' } })
    const alike = aliasProblems(words, [party.words.name, ...party.words.aliases])
    if (alike.length) return refused(alike)
    const isRenamed = 'name' in changes.after || 'aliases' in changes.after
    const twin =
      form.somebodyElse || !isRenamed ? null : await namesakeRefusal(tx, newNames(party.words, words), words, id)
    if (twin) return twin

    const { aliases, roles, ...columns } = words
    const at = await clock(tx)
    const kept = await record(tx, act, at, 'party', party, { action: 'edited', ...changes })
    await tx.partyAlias.deleteMany({ where: { partyId: id } })
    await tx.partyRole.deleteMany({ where: { partyId: id } })
    await tx.party.update({
      where: { id },
      data: {
        ...columns,
        ...kept,
        folded: foldName(words.name),
        aliases: { create: aliasRows(aliases) },
        roles: { create: roles },
      },
      select: { id: true },
    })
    if (isRenamed) await queueDocumentsOf(tx, id)
    const told = isShown ? await tellClaimsOfParty(tx, act, at, id, all.claims, [party.words, words]) : null
    const text = `${words.name} is changed.${told ? toldInWords(told) : ''}`
    return accepted({ path: paths.party(id), flash: { text } })
  })
}

/** The names that an edit brings in, so that a namesake that was accepted once is not asked about again. */
function newNames(before: PartyWords, after: PartyWords): Pick<PartyWords, 'name' | 'aliases'> {
  const had = new Set([before.name, ...before.aliases].map(foldName))
  const [name = after.name, ...aliases] = [after.name, ...after.aliases].filter((one) => !had.has(foldName(one)))
  return had.has(foldName(name)) ? { name: '', aliases: [] } : { name, aliases }
}

async function namesakeRefusal(
  tx: Db,
  { name, aliases }: Pick<PartyWords, 'name' | 'aliases'>,
  { kind }: Pick<PartyWords, 'kind'>,
  exceptId: number | null,
): Promise<Refused | null> {
  const names = [name, ...aliases].filter(Boolean)
  const [same] = await namesakes(tx, names, exceptId)
  if (same)
    return refused({
      field: 'somebodyElse',
      message: `${same.name} (#${same.id}) already goes by one of these names. Use that one, or tick that this is somebody else.`,
    })
  const [near] = await findNearParties(tx, names, { kind, exceptId })
  if (!near) return null
  return refused({
    field: 'somebodyElse',
    message: `Did you mean ${near.name} (#${near.id})? Use that one, or tick that this is somebody else.`,
  })
}

/** Other parties that go by one of the names or by one near it, at most 5 of each, for a form to show. */
export async function partiesLikeThese(
  db: Db,
  names: readonly string[],
  { kind, exceptId }: { kind: PartyKind | null; exceptId: number | null },
): Promise<{ same: Named[]; near: Named[] }> {
  const same = await namesakes(db, names, exceptId)
  const near = await findNearParties(db, names, { kind, exceptId })
  return { same, near: near.filter(({ id }) => !same.some((one) => one.id === id)) }
}

/** Other parties that go by one of the names, at most 5. */
async function namesakes(db: Db, names: readonly string[], exceptId: number | null): Promise<Named[]> {
  const sought = names.map(foldName).filter(Boolean)
  if (sought.length === 0) return []
  return db.party.findMany({
    where: {
      OR: [{ folded: { in: sought } }, { aliases: { some: { folded: { in: sought } } } }],
      ...(exceptId === null ? {} : { NOT: { id: exceptId } }),
    },
    orderBy: { id: 'asc' },
    take: 5,
    select: { id: true, name: true },
  })
}

/** The sentence for a party that is not there, or that somebody may not know of. */
export const NO_PARTY = 'There is no such party. The list of parties has them all.'

/** A party's own words with its revision; throws NotFound. */
export async function findPartyWords(
  db: Db,
  id: number | null,
): Promise<{ id: number; revision: number; lastHash: string; words: PartyWords }> {
  const party =
    id === null
      ? null
      : await db.party.findUnique({
          where: { id },
          include: { aliases: { orderBy: { id: 'asc' }, select: { alias: true } } },
        })
  if (!party) throw new NotFound(NO_PARTY)
  // By itself: within a transaction there is one connection, and Prisma would ask for both side by side.
  const roles = await db.partyRole.findMany({
    where: { partyId: party.id },
    orderBy: { id: 'asc' },
    select: { role: true, fromDate: true, toDate: true },
  })
  const { kind, name, aliases, wikidataId, note, revision, lastHash } = party
  return {
    id: party.id,
    revision,
    lastHash,
    words: { kind, name, aliases: aliases.map(({ alias }) => alias), roles, wikidataId, note },
  }
}
