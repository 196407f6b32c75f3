import type { PrismaClient } from '../../prisma/client/client.ts'
import { transaction } from '../database/rows.ts'
import { clock } from '../history/store.ts'
import { mailboxOf } from './mailbox.ts'
import { lockAccount, ODD_ADDRESS, saveAccount } from './store.ts'

/** How many accounts are looked at in one call. */
const MOST = 1_000

/**
 * Stores the addresses of accounts from before a mailbox had one form as they are looked for now, and answers how many it changed. Two accounts of
 * one mailbox stay as they are: which is to go is for an admin to say.
 */
export async function normaliseAddresses(db: PrismaClient): Promise<number> {
  const odd = await db.$queryRaw<{ id: number; email: string }[]>`
    select id, email from account where email ~ ${ODD_ADDRESS} order by id limit ${MOST}`
  let changed = 0
  for (const { id, email } of odd) {
    const mailbox = mailboxOf(email)
    if (mailbox === null || mailbox === email) continue
    changed += await transaction(db, async (tx) => {
      const account = await lockAccount(tx, id)
      const isTaken = await tx.account.findUnique({ where: { email: mailbox }, select: { id: true } })
      if (isTaken || account.email !== email) return 0
      await saveAccount(tx, null, await clock(tx), account, { email: mailbox }, { action: 'address written alike' })
      return 1
    })
  }
  return changed
}
