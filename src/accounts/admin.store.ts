import type { PrismaClient } from '../../prisma/client/client.ts'
import type { Role } from '../../prisma/client/enums.ts'
import { Forbidden, NotFound } from '../errors.ts'
import { type Act, clock, type Db, once } from '../history/store.ts'
import { accepted, type Landing, type Outcome, type Refused, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { word } from '../words.ts'
import { endSessions } from './session.store.ts'
import { endLinks, type LockedAccount, saveAccount } from './store.ts'

type Admins = { admins: LockedAccount[] }

/**
 * Locks every admin, and the person an admin acts on, in the order of their ids, so that two admins cannot demote each other at once.
 * Throws Forbidden when the actor has meanwhile stopped being one, NotFound when there is no such person.
 */
export async function lockAsAdmin(tx: Db, act: Act): Promise<Admins>
export async function lockAsAdmin(tx: Db, act: Act, id: number): Promise<Admins & { target: LockedAccount }>
export async function lockAsAdmin(tx: Db, act: Act, id = 0): Promise<Admins & { target?: LockedAccount }> {
  // Prisma cannot lock rows. "No key": the request that this transaction began with refers to its actor, and so do others'.
  const locked = await tx.$queryRaw<{ id: number }[]>`
    select id from account where role = 'admin' or id = ${id} order by id for no key update`
  const accounts = await tx.account.findMany({ where: { id: { in: locked.map((row) => row.id) } } })
  const admins = accounts.filter((account) => account.role === 'admin' && !account.disabledAt)
  if (!admins.some((admin) => admin.id === act.actorId))
    throw new Forbidden('You are no longer an admin of this desk. Nothing was changed.')
  const target = accounts.find((account) => account.id === id)
  if (id && !target) throw new NotFound('There is nobody with this number.')
  return { admins, target }
}

/** Gives a person another role; their sessions end. */
export async function changeRole(
  db: PrismaClient,
  act: Act,
  id: number,
  { role, revision }: { role: Role; revision: number },
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const { target, admins } = await lockAsAdmin(tx, act, id)
    const no = stale(target, revision) ?? (role === 'admin' ? null : withoutAdmin(target, admins, 'role'))
    if (no) return no
    const text = `${target.name} is now ${word('role', role).toLowerCase()}.`
    if (role === target.role) return accepted({ path: paths.person(id), flash: { text } })
    await saveAccount(
      tx,
      act,
      await clock(tx),
      target,
      { role },
      { action: 'role changed', before: { role: target.role }, after: { role } },
    )
    await endSessions(tx, id)
    return accepted({ path: paths.person(id), flash: { text } })
  })
}

/** Disables a person, which ends their sessions and links at once, or lets them in again. */
export async function setAccess(
  db: PrismaClient,
  act: Act,
  id: number,
  { access, revision }: { access: 'yes' | 'no'; revision: number },
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const { target, admins } = await lockAsAdmin(tx, act, id)
    const isDisabling = access === 'no'
    const no = stale(target, revision) ?? (isDisabling ? withoutAdmin(target, admins, 'access') : null)
    if (no) return no
    const text = isDisabling
      ? `${target.name} is disabled and signed out everywhere.`
      : `${target.name} may sign in again.`
    if (isDisabling === (target.disabledAt !== null)) return accepted({ path: paths.person(id), flash: { text } })
    const at = await clock(tx)
    const disabledAt = isDisabling ? at : null
    await saveAccount(tx, act, at, target, { disabledAt }, { action: isDisabling ? 'disabled' : 'enabled' })
    if (isDisabling) {
      await endSessions(tx, id)
      await endLinks(tx, id, at)
    }
    return accepted({ path: paths.person(id), flash: { text } })
  })
}

function stale(target: LockedAccount, revision: number): Refused | null {
  if (target.revision === revision) return null
  return refused(
    { field: '', message: 'Somebody changed this person meanwhile. Nothing was saved; look again.' },
    'stale',
  )
}

/** The desk must keep somebody who can run it. */
function withoutAdmin(target: LockedAccount, admins: LockedAccount[], field: string): Refused | null {
  if (target.role !== 'admin') return null
  if (admins.some((admin) => admin.id !== target.id && admin.passwordHash !== null)) return null
  return refused({
    field,
    message: `${target.name} is the last admin who can sign in. Make somebody else an admin first.`,
  })
}
