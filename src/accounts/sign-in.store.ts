import type { PrismaClient } from '../../prisma/client/client.ts'
import { transaction } from '../database/rows.ts'
import { isPassword } from './password.ts'
import { openSession } from './session.store.ts'

/** Begins a session for whoever knows the password, and answers its token; null when address and password do not fit. */
export async function signIn(
  db: PrismaClient,
  given: { email: string; password: string },
  userAgent: string,
): Promise<string | null> {
  const account = await db.account.findUnique({
    where: { email: given.email },
    select: { id: true, passwordHash: true, disabledAt: true },
  })
  const kept = account && !account.disabledAt ? account.passwordHash : null
  if (!(await isPassword(kept, given.password)) || !account) return null
  return transaction(db, async (tx) => {
    // While the password was checked it may have been changed, or its owner disabled.
    const [still] = await tx.$queryRaw<{ id: number }[]>`
      select id from account where id = ${account.id} and password_hash = ${kept} and disabled_at is null for share`
    return still ? openSession(tx, still.id, userAgent) : null
  })
}
