import type { PrismaClient } from '../../prisma/client/client.ts'
import { type Act, clock, type Db, once } from '../history/store.ts'
import { changedFields } from '../history/timeline.ts'
import { accepted, type Landing, type Outcome, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { nameRefusal } from './names.store.ts'
import { hashPassword, isPassword } from './password.ts'
import { endSessions } from './session.store.ts'
import { lockAccount, saveAccount, setPassword } from './store.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export const DENSITIES = ['comfortable', 'dense'] as const

/** What a person may change about themselves. */
export type OwnSettings = {
  name: string
  timeZone: string
  theme: (typeof THEMES)[number]
  density: (typeof DENSITIES)[number]
  shortcuts: boolean
}

/** The person's own settings with the revision that a change of them names. */
export async function ownSettings(db: Db, id: number): Promise<OwnSettings & { revision: number }> {
  const select = { name: true, timeZone: true, theme: true, density: true, shortcuts: true, revision: true } as const
  const account = await db.account.findUniqueOrThrow({ where: { id }, select })
  return { ...account, theme: oneOf(THEMES, account.theme), density: oneOf(DENSITIES, account.density) }
}

/** Saves a person's own settings. */
export async function editOwnSettings(
  db: PrismaClient,
  act: Act,
  form: OwnSettings & { revision: number },
): Promise<Outcome<Landing>> {
  const { revision, ...settings } = form
  return once(db, act, async (tx) => {
    const account = await lockAccount(tx, act.actorId)
    if (account.revision !== revision) return refused({ field: '', message: STALE }, 'stale')
    const no = form.name === account.name ? null : await nameRefusal(tx, form.name, { accountId: account.id })
    if (no) return no
    const { name, timeZone, theme, density, shortcuts } = account
    const before = { name, timeZone, theme, density, shortcuts }
    const changed = changedFields(before, { ...settings })
    if (changed) await saveAccount(tx, act, await clock(tx), account, settings, { action: 'edited', ...changed })
    return accepted({ path: paths.account(), flash: { text: 'Your account is saved.' } })
  })
}

const STALE =
  'Your account was changed meanwhile, in another window or by an admin. Nothing was saved; what you typed is kept below. Save again to put it in place.'

/** Changes a person's own password when they know the current one, and ends their other sessions. */
export async function changeOwnPassword(
  db: PrismaClient,
  act: Act,
  sessionId: number,
  { currentPassword, password }: { currentPassword: string; password: string },
): Promise<Outcome<Landing>> {
  const { passwordHash: kept } = await db.account.findUniqueOrThrow({
    where: { id: act.actorId },
    select: { passwordHash: true },
  })
  if (!(await isPassword(kept, currentPassword)))
    return refused({ field: 'currentPassword', message: 'This is not your current password.' })
  const passwordHash = await hashPassword(password)
  return once(db, act, async (tx) => {
    const account = await lockAccount(tx, act.actorId)
    if (account.passwordHash !== kept)
      return refused({ field: '', message: 'Your password was changed meanwhile. Begin again.' }, 'stale')
    await setPassword(tx, act, await clock(tx), account, passwordHash)
    const ended = await endSessions(tx, act.actorId, sessionId)
    const text = ended ? 'Your password is changed, and your other sessions have ended.' : 'Your password is changed.'
    return accepted({ path: paths.security(), flash: { text } })
  })
}

function oneOf<const T extends string>(words: readonly [T, ...T[]], word: string): T {
  return words.find((known) => known === word) ?? words[0]
}
