import { z } from 'zod'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { transaction } from '../database/rows.ts'
import { lockSetting, saveSetting } from '../desk/setting.store.ts'
import { nameDesk } from '../desk/store.ts'
import { clock, type Db } from '../history/store.ts'
import { accepted, type Outcome, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { hashOfToken, newToken } from '../web/session.ts'
import { deskNameRefusal, nameRefusal } from './names.store.ts'
import { ownAct } from './own-act.ts'
import { lockAccount, maybeCreateAccount, setPassword } from './store.ts'

/** How long a one-time link lasts. */
export const LINK_HOURS = 72

// Processes started together each print a link, and each of these must work: only links older than this are replaced.
const TOGETHER = 60_000

const KEY = 'first-run'
const LINKS = z.object({
  links: z.array(z.object({ hash: z.string(), madeAt: z.coerce.date(), expiresAt: z.coerce.date() })),
})
type Link = z.infer<typeof LINKS>['links'][number]

/** A new one-time link for making the first admin, in place of the one from the start before; null when there is an admin. */
export async function firstRunLink(db: PrismaClient, publicUrl: string): Promise<string | null> {
  if (await hasAdmin(db)) return null
  const token = newToken()
  const made = await transaction(db, async (tx) => {
    const at = await clock(tx)
    const setting = await lockSetting(tx, null, at, KEY, { links: [] })
    if (await hasAdmin(tx)) return false
    const recent = linksOf(setting.value).filter(({ madeAt }) => at.getTime() - madeAt.getTime() < TOGETHER)
    const link = { hash: hashOfToken(token), madeAt: at, expiresAt: new Date(at.getTime() + LINK_HOURS * 3600_000) }
    await saveSetting(tx, null, at, setting, stored([...recent, link]), { action: 'first-run link made' })
    return true
  })
  return made ? new URL(paths.firstRun({ token }), publicUrl).href : null
}

/** Whether the desk has an admin who can sign in. */
export async function hasAdmin(db: Db): Promise<boolean> {
  const where = { role: 'admin', passwordHash: { not: null }, disabledAt: null } as const
  return (await db.account.findFirst({ where, select: { id: true } })) !== null
}

/** Whether nobody has an account yet. */
export async function isNobodyHere(db: Db): Promise<boolean> {
  return (await db.account.findFirst({ select: { id: true } })) === null
}

/** Whether this is the token of a first-run link that may be used now. */
export async function isFirstRunOpen(db: Db, token: string): Promise<boolean> {
  const setting = await db.setting.findUnique({ where: { key: KEY } })
  return setting !== null && isAmong(linksOf(setting.value), token, await clock(db)) && !(await hasAdmin(db))
}

export type FirstRun = { name: string; email: string; timeZone: string; deskName: string; passwordHash: string }

/** Makes the first admin and uses the link up; of two tabs one wins. */
export async function makeFirstAdmin(
  db: PrismaClient,
  token: string,
  { deskName, passwordHash, ...given }: FirstRun,
): Promise<Outcome<{ id: number }>> {
  return transaction(db, async (tx): Promise<Outcome<{ id: number }>> => {
    const at = await clock(tx)
    const setting = await lockSetting(tx, null, at, KEY, { links: [] })
    if (!isAmong(linksOf(setting.value), token, at) || (await hasAdmin(tx)))
      return refused({ field: '', message: ENDED })
    const no = await nameRefusal(tx, given.name, { deskName })
    if (no) return no
    const noDesk = await deskNameRefusal(tx, deskName)
    if (noDesk) return refused(noDesk.problems.map((problem) => ({ ...problem, field: 'deskName' })))
    const made = await maybeCreateAccount(tx, null, at, { ...given, role: 'admin' })
    if (!made) return refused({ field: 'email', message: TAKEN })
    const act = ownAct(made.id)
    await setPassword(tx, act, at, await lockAccount(tx, made.id), passwordHash, 'accepted')
    await nameDesk(tx, act, at, deskName)
    await saveSetting(tx, act, at, setting, stored([]), { action: 'first-run link used' })
    return accepted(made)
  })
}

const ENDED = 'This link has been used or has run out. Start Stet again for a new one, or sign in.'
const TAKEN = 'Somebody with this address was invited already. Use their link, or another address.'

function isAmong(links: Link[], token: string, at: Date): boolean {
  const hash = hashOfToken(token)
  return links.some((link) => link.hash === hash && link.expiresAt > at)
}

function linksOf(value: unknown): Link[] {
  return LINKS.parse(value).links
}

function stored(links: Link[]) {
  return {
    links: links.map(({ hash, madeAt, expiresAt }) => ({
      hash,
      madeAt: madeAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    })),
  }
}
