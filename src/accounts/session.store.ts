import { Prisma } from '../../prisma/client/client.ts'
import { rows } from '../database/rows.ts'
import type { Db } from '../history/store.ts'
import { hashOfToken, newToken, type SignedIn } from '../web/session.ts'

/** How long a session lasts without a visit, and at most. */
export const IDLE_HOURS = 8
export const LONGEST_DAYS = 7

/** The person whose session this is; null when it has ended, stood idle too long, or the person was disabled. */
export async function maybeSignedIn(db: Db, tokenHash: string): Promise<SignedIn | null> {
  // By the database's clock, which all processes share.
  const [row] = await rows<SignedIn & { isDue: boolean }>(
    db,
    Prisma.sql`
    select a.id, a.email, a.name, a.role::text as role, a.time_zone as "timeZone", a.theme, a.density, a.shortcuts,
      s.id as "sessionId", s.last_seen_at < now() - interval '5 minutes' as "isDue"
    from session s join account a on a.id = s.account_id
    where s.token_hash = ${tokenHash} and a.disabled_at is null and s.expires_at > now()
      and s.last_seen_at > now() - ${IDLE_HOURS} * interval '1 hour'`,
  )
  if (!row) return null
  const { isDue, ...signedIn } = row
  if (isDue) await db.$executeRaw`update session set last_seen_at = now() where id = ${row.sessionId}`
  return signedIn
}

/** Begins a session and answers its token, which is kept nowhere. */
export async function openSession(db: Db, accountId: number, userAgent: string): Promise<string> {
  const token = newToken()
  await db.$executeRaw`
    insert into session (token_hash, account_id, user_agent, created_at, last_seen_at, expires_at)
    values (${hashOfToken(token)}, ${accountId}, ${storable(userAgent)}, now(), now(), now() + ${LONGEST_DAYS} * interval '1 day')`
  return token
}

/** Removes the sessions that have run out, at most 10,000 in one call, and answers how many. */
export function removeEndedSessions(db: Db): Promise<number> {
  // Skips what another process is removing at this moment.
  return db.$executeRaw`
    delete from session where id in (
      select id from session where expires_at < now() or last_seen_at < now() - ${IDLE_HOURS} * interval '1 hour'
      limit 10000 for update skip locked)`
}

function storable(userAgent: string): string {
  return userAgent.replaceAll('\0', '').toWellFormed().slice(0, 300)
}

/** A session as its owner sees it. */
export type OwnSession = { id: number; userAgent: string; createdAt: Date; lastSeenAt: Date; expiresAt: Date }

/** The sessions of a person that are open now, last used first; at most 100. */
export async function sessionsOf(db: Db, accountId: number): Promise<OwnSession[]> {
  return db.$queryRaw`
    select id, user_agent as "userAgent", created_at as "createdAt", last_seen_at as "lastSeenAt", expires_at as "expiresAt"
    from session
    where account_id = ${accountId} and expires_at > now() and last_seen_at > now() - ${IDLE_HOURS} * interval '1 hour'
    order by last_seen_at desc, id desc limit 100`
}

/** Ends the session of this token, whoever's it is. */
export async function endSessionOf(db: Db, token: string): Promise<void> {
  await db.session.deleteMany({ where: { tokenHash: hashOfToken(token) } })
}

/** Ends one of a person's own sessions; false when they have no such session. */
export async function endSession(db: Db, accountId: number, id: number): Promise<boolean> {
  const { count } = await db.session.deleteMany({ where: { id, accountId } })
  return count > 0
}

/** Ends a person's sessions, all or all but one, and answers how many there were. */
export async function endSessions(db: Db, accountId: number, butId?: number): Promise<number> {
  const { count } = await db.session.deleteMany({ where: { accountId, ...(butId ? { id: { not: butId } } : {}) } })
  return count
}
