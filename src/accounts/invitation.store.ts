import type { PrismaClient } from '../../prisma/client/client.ts'
import type { Role } from '../../prisma/client/enums.ts'
import { transaction } from '../database/rows.ts'
import { type Act, clock, type Db, once } from '../history/store.ts'
import { changedFields } from '../history/timeline.ts'
import { accepted, type Landing, type Outcome, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { hashOfToken, newToken } from '../web/session.ts'
import { lockAsAdmin } from './admin.store.ts'
import { LINK_HOURS } from './first-run.store.ts'
import { nameRefusal } from './names.store.ts'
import { ownAct } from './own-act.ts'
import { endSessions } from './session.store.ts'
import { endLinks, type LockedAccount, lockAccount, maybeCreateAccount, saveAccount } from './store.ts'

/** A landing, and the link's token when this very form made it; a form sent again gets none, as it is kept nowhere. */
export type Invited = Landing & { made: { id: number; token: string } | null }

/** Puts a person on the desk, with a one-time link for setting their password. */
export async function invite(
  db: PrismaClient,
  act: Act,
  form: { email: string; name: string; role: Role },
): Promise<Outcome<Invited>> {
  return withLink(db, act, async (tx, token) => {
    await lockAsAdmin(tx, act)
    const at = await clock(tx)
    const account = await maybeCreateAccount(tx, act, at, form)
    if (!account)
      return refused({ field: 'email', message: 'Somebody with this e-mail address is already on the desk.' })
    const no = await nameRefusal(tx, form.name, { accountId: account.id })
    if (no) return no
    return accepted(await makeLink(tx, act, at, await lockAccount(tx, account.id), token))
  })
}

/** Makes a new link for somebody who has lost theirs, or their password; older links end. */
export async function inviteAgain(db: PrismaClient, act: Act, id: number): Promise<Outcome<Invited>> {
  return withLink(db, act, async (tx, token) => {
    const { target } = await lockAsAdmin(tx, act, id)
    if (target.disabledAt)
      return refused({ field: '', message: `${target.name} is disabled. Enable them first, then make a link.` })
    return accepted(await makeLink(tx, act, await clock(tx), target, token))
  })
}

async function withLink(
  db: PrismaClient,
  act: Act,
  work: (tx: Db, token: string) => Promise<Outcome<number>>,
): Promise<Outcome<Invited>> {
  const token = newToken()
  let made: Invited['made'] = null
  const outcome = await once(db, act, async (tx) => {
    const done = await work(tx, token)
    if (done.kind === 'refused') return done
    made = { id: done.value, token }
    return accepted({ path: paths.person(done.value), flash: { text: ONLY_ONCE } })
  })
  return outcome.kind === 'refused' ? outcome : accepted({ ...outcome.value, made })
}

const ONLY_ONCE = 'The link was made already, and was shown once. Make a new one if it is lost.'

async function makeLink(tx: Db, act: Act, at: Date, account: LockedAccount, token: string): Promise<number> {
  await endLinks(tx, account.id, at)
  const expiresAt = new Date(at.getTime() + LINK_HOURS * 3600_000)
  await tx.invitation.create({
    data: {
      tokenHash: hashOfToken(token),
      accountId: account.id,
      invitedById: act.actorId,
      createdAt: at,
      expiresAt,
    },
  })
  await saveAccount(tx, act, at, account, {}, { action: 'invited', after: { until: expiresAt.toISOString() } })
  return account.id
}

/** What a link leads to. */
export type Invitation = {
  state: 'open' | 'used' | 'expired'
  account: { id: number; email: string; name: string; timeZone: string; isNew: boolean }
}

/** The invitation of a link; null when there is none, or its person is disabled. */
export async function maybeInvitation(db: Db, token: string): Promise<Invitation | null> {
  const found = await db.invitation.findUnique({
    where: { tokenHash: hashOfToken(token) },
    select: { usedAt: true, expiresAt: true, account: true },
  })
  if (!found || found.account.disabledAt) return null
  const { id, email, name, timeZone, passwordHash } = found.account
  const state = found.usedAt ? 'used' : found.expiresAt <= (await clock(db)) ? 'expired' : 'open'
  return { state, account: { id, email, name, timeZone, isNew: passwordHash === null } }
}

/** Takes up an invitation: the password, and on a first one name and time zone. Ends the person's sessions; of two tabs one wins. */
export async function acceptInvitation(
  db: PrismaClient,
  token: string,
  given: { passwordHash: string; name?: string; timeZone?: string },
): Promise<Outcome<{ id: number }>> {
  return transaction(db, async (tx) => {
    const link = await tx.invitation.findUnique({ where: { tokenHash: hashOfToken(token) } })
    if (!link) return refused({ field: '', message: LINK_ENDED })
    const account = await lockAccount(tx, link.accountId)
    const no =
      given.name && given.name !== account.name ? await nameRefusal(tx, given.name, { accountId: account.id }) : null
    if (no) return no
    const at = await clock(tx)
    // Only under the lock is it sure that nobody else has used it.
    const { count } = await tx.invitation.updateMany({
      where: { id: link.id, usedAt: null, expiresAt: { gt: at } },
      data: { usedAt: at },
    })
    if (!count || account.disabledAt) return refused({ field: '', message: LINK_ENDED })
    const before = { name: account.name, timeZone: account.timeZone }
    const after = { name: given.name ?? account.name, timeZone: given.timeZone ?? account.timeZone }
    await saveAccount(
      tx,
      ownAct(account.id),
      at,
      account,
      { ...after, passwordHash: given.passwordHash },
      account.passwordHash === null
        ? { action: 'accepted', ...changedFields(before, after) }
        : { action: 'password changed' },
    )
    await endLinks(tx, account.id, at)
    await endSessions(tx, account.id)
    return accepted({ id: account.id })
  })
}

export const LINK_ENDED =
  'This link has been used or has run out: it works once, within 72 hours. Ask whoever runs the desk for a new one.'
