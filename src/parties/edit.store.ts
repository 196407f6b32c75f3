import type { PrismaClient } from '../../prisma/client/client.ts'
import { lockAffected, NONE_AFFECTED, toldInWords } from '../claims/affected.store.ts'
import { queueDocumentsOf } from '../claims/search.store.ts'
import { NotFound } from '../errors.ts'
import { type Act, clock, type Db, once, record, recordFirst } from '../history/store.ts'
import { changedFields } from '../history/timeline.ts'
import { accepted, type Landing, type Outcome, type Refused, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { folded } from '../text.ts'
import type { NewPartyForm, PartyEditForm, PartyWords } from './form.ts'
import { wordsOf } from './form.ts'
import { isShownOnClaims, tellClaimsOfParty } from './party-change.store.ts'
import { aliasRows, type Named } from './store.ts'

/** Adds a party. One that bears a name already here is refused unless the form says that it is somebody else. */
export function addParty(db: PrismaClient | Db, act: Act, form: NewPartyForm): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const words = wordsOf(form)
    const twin = form.somebodyElse ? null : await namesakeRefusal(tx, words, null)
    if (twin) return twin
    const at = await clock(tx)
    const { aliases, roles, ...columns } = words
    const party = await tx.party.create({
      data: {
        ...columns,
        folded: folded(words.name),
        createdAt: at,
        aliases: { create: aliasRows(words.name, aliases) },
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
    const isRenamed = 'name' in changes.after || 'aliases' in changes.after
    const twin = form.somebodyElse || !isRenamed ? null : await namesakeRefusal(tx, newNames(party.words, words), id)
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
        folded: folded(words.name),
        aliases: { create: aliasRows(words.name, aliases) },
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
  const had = new Set([before.name, ...before.aliases].map(folded))
  const [name = after.name, ...aliases] = [after.name, ...after.aliases].filter((one) => !had.has(folded(one)))
  return had.has(folded(name)) ? { name: '', aliases: [] } : { name, aliases }
}

async function namesakeRefusal(
  tx: Db,
  { name, aliases }: Pick<PartyWords, 'name' | 'aliases'>,
  exceptId: number | null,
): Promise<Refused | null> {
  const [first] = await namesakes(tx, [name, ...aliases], exceptId)
  if (!first) return null
  return refused({
    field: 'somebodyElse',
    message: `${first.name} (#${first.id}) already goes by one of these names. Use that one, or tick that this is somebody else.`,
  })
}

/** Other parties that go by one of the names, at most 5. */
export async function namesakes(db: Db, names: readonly string[], exceptId: number | null): Promise<Named[]> {
  const sought = names.map(folded).filter(Boolean)
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
