import { Prisma } from '../../prisma/client/client.ts'
import type { Role } from '../../prisma/client/enums.ts'
import { remembered } from '../database/remembered.ts'
import { rows } from '../database/rows.ts'
import { Conflict, NotFound } from '../errors.ts'
import { type Act, type Db, type Happening, record, recordFirst } from '../history/store.ts'
import { mailboxOf } from './mailbox.ts'

/** A person as they are made: without a password until they set one. */
export type NewAccount = { email: string; name: string; role: Role; timeZone?: string }

/** An account whose row is locked until the transaction ends. */
export type LockedAccount = Prisma.AccountGetPayload<object>

/** Makes an account with its first event; throws Conflict when the address has one already. */
export async function createAccount(tx: Db, act: Act | null, at: Date, given: NewAccount): Promise<{ id: number }> {
  const made = await maybeCreateAccount(tx, act, at, given)
  if (!made) throw new Conflict('Somebody with this e-mail address is already on the desk.')
  return made
}

/** Makes an account with its first event; null when the address has one already, even one made at the same time. */
export async function maybeCreateAccount(
  tx: Db,
  act: Act | null,
  at: Date,
  { email, name, role, timeZone = 'UTC' }: NewAccount,
): Promise<{ id: number } | null> {
  if ((await accountsOfMailbox(tx, email)).length) return null
  // Prisma has no "on conflict do nothing" that tells whether it did, and a unique violation would end the transaction.
  const [row] = await tx.$queryRaw<{ id: number }[]>`
    insert into account (email, name, role, time_zone, created_at)
    values (${email}, ${name}, ${role}::role, ${timeZone}, ${at}) on conflict (email) do nothing returning id`
  if (!row) return null
  const kept = await recordFirst(tx, act, at, 'account', row.id, {
    action: 'created',
    after: { name, role, timeZone },
  })
  await tx.account.update({ where: { id: row.id }, data: kept })
  return row
}

/**
 * The accounts of a mailbox, given in its one form, at most three: the one stored so first, then those from before addresses had one form, which may
 * be two.
 */
export async function accountsOfMailbox(db: Db, mailbox: string): Promise<{ id: number }[]> {
  const like = await rows<{ id: number; email: string }>(
    db,
    Prisma.sql`select id, email from account where email = ${mailbox} or email ~ ${ODD_ADDRESS} order by email = ${mailbox} desc, id`,
  )
  return like.filter(({ email }) => email === mailbox || mailboxOf(email) === mailbox).slice(0, 3)
}

/** What an address may have that the one form of its mailbox has not: letters beyond ASCII or capital, white space, a point at its end. */
export const ODD_ADDRESS = String.raw`[^!-~]|[A-Z]|\.$`

/** Locks an account and reads it; throws NotFound. Who locks several begins with the lowest id. */
export async function lockAccount(tx: Db, id: number): Promise<LockedAccount> {
  // Prisma cannot lock a row. "No key": what only refers to the account (a session, a request) need not wait.
  const [row] = await tx.$queryRaw<{ id: number }[]>`select id from account where id = ${id} for no key update`
  if (!row) throw new NotFound('There is nobody with this number.')
  return tx.account.findUniqueOrThrow({ where: { id } })
}

/** Saves a change of a locked account together with its event. */
export async function saveAccount(
  tx: Db,
  act: Act | null,
  at: Date,
  account: LockedAccount,
  data: Prisma.AccountUncheckedUpdateInput,
  happening: Happening,
): Promise<LockedAccount> {
  const kept = await record(tx, act, at, 'account', account, happening)
  return tx.account.update({ where: { id: account.id }, data: { ...data, ...kept } })
}

/** Sets a locked account's password from its hash; the event says only that it happened. */
export async function setPassword(
  tx: Db,
  act: Act | null,
  at: Date,
  account: LockedAccount,
  passwordHash: string,
  action: 'accepted' | 'password changed' = 'password changed',
): Promise<LockedAccount> {
  return saveAccount(tx, act, at, account, { passwordHash }, { action })
}

/** Ends a person's open links. */
export async function endLinks(tx: Db, accountId: number, at: Date): Promise<void> {
  await tx.invitation.updateMany({
    where: { accountId, usedAt: null, expiresAt: { gt: at } },
    data: { expiresAt: at },
  })
}

/** Who works on claims, and can be named in a comment. */
export const WORKING = ['reporter', 'editor', 'admin'] as const
/** Who can be asked to review a claim. */
export const REVIEWING = ['editor', 'admin'] as const

// In milliseconds: every list offers them.
const MEMORY = 15_000

/** The people of these roles who have not been disabled, by name; at most 500. Another process's changes show after fifteen seconds. */
export function peopleWho(db: Db, roles: readonly Role[]): Promise<{ id: number; name: string }[]> {
  // Prisma cannot order by a language's alphabet.
  const read = (): Promise<{ id: number; name: string }[]> => db.$queryRaw`
    select id, name from account
    where role::text = any(${roles}) and disabled_at is null
    order by name collate "und-x-icu", id limit 500`
  return remembered(db, `people ${roles.join(' ')}`, MEMORY, read)
}
