import type { PrismaClient } from '../../prisma/client/client.ts'
import { transaction } from '../database/rows.ts'
import type { Db } from '../history/store.ts'
import { isPassword } from './password.ts'
import { openSession } from './session.store.ts'
import { accountsOfMailbox } from './store.ts'

/** The account that an address signs in to, as it was read. */
export type SignInAccount = { id: number; passwordHash: string | null; disabledAt: Date | null }

/**
 * The account of this mailbox; null when there is none. Of two of one mailbox, from before it had one form, the first that can be signed in to, the one
 * stored in that form before others.
 */
export async function maybeSignInAccount(db: Db, mailbox: string): Promise<SignInAccount | null> {
  const ids = (await accountsOfMailbox(db, mailbox)).map(({ id }) => id)
  if (ids.length === 0) return null
  const select = { id: true, passwordHash: true, disabledAt: true } as const
  const accounts = await db.account.findMany({ where: { id: { in: ids } }, select })
  const inOrder = accounts.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id))
  return (
    inOrder.find(({ passwordHash, disabledAt }) => passwordHash !== null && disabledAt === null) ?? inOrder[0] ?? null
  )
}

/** Begins a session for a person who knows the password, and answers its token; null when account and password do not fit. */
export async function signIn(
  db: PrismaClient,
  account: SignInAccount | null,
  password: string,
  userAgent: string,
): Promise<string | null> {
  const kept = account && !account.disabledAt ? account.passwordHash : null
  if (!(await isPassword(kept, password)) || !account) return null
  return transaction(db, async (tx) => {
    // While the password was checked it may have been changed, or its owner disabled.
    const [still] = await tx.$queryRaw<{ id: number }[]>`
      select id from account where id = ${account.id} and password_hash = ${kept} and disabled_at is null for share`
    return still ? openSession(tx, still.id, userAgent) : null
  })
}
