import type { Role } from '../../prisma/client/enums.ts'
import { NotFound } from '../errors.ts'
import type { Db } from '../history/store.ts'

/** A person as admins see them in the list. */
export type Listed = {
  id: number
  name: string
  email: string
  role: Role
  disabledAt: Date | null
  hasPassword: boolean
  /** Until when an open invitation lasts. */
  invitedUntil: Date | null
  lastSeenAt: Date | null
}

const MOST = 500

/** The people of the desk by name, the disabled last; at most 500, and how many more there are. */
export async function listPeople(db: Db): Promise<{ people: Listed[]; more: number }> {
  // Prisma has no lateral joins and no order by a language's alphabet.
  const [people, all] = await Promise.all([
    db.$queryRaw<Listed[]>`
      select a.id, a.name, a.email, a.role::text as role, a.disabled_at as "disabledAt", a.password_hash is not null as "hasPassword",
        i.until as "invitedUntil", greatest(s.seen, e.acted) as "lastSeenAt"
      from account a
      left join lateral (select max(expires_at) as until from invitation
        where account_id = a.id and used_at is null and expires_at > now()) i on true
      left join lateral (select max(last_seen_at) as seen from session where account_id = a.id) s on true
      left join lateral (select max(at) as acted from event where actor_id = a.id) e on true
      order by a.disabled_at is not null, a.name collate "und-x-icu", a.id limit ${MOST}`,
    db.account.count(),
  ])
  return { people, more: all - people.length }
}

/** One person; throws NotFound. */
export async function findPerson(db: Db, id: number) {
  const person = await db.account.findUnique({
    where: { id },
    select: {
      id: true,
      name: true,
      email: true,
      role: true,
      timeZone: true,
      disabledAt: true,
      createdAt: true,
      revision: true,
      passwordHash: true,
      invitations: {
        where: { usedAt: null, expiresAt: { gt: new Date() } },
        orderBy: { expiresAt: 'desc' },
        take: 1,
        select: { expiresAt: true },
      },
    },
  })
  if (!person) throw new NotFound('There is nobody with this number.')
  const { passwordHash, invitations, ...rest } = person
  return { ...rest, hasPassword: passwordHash !== null, invitedUntil: invitations[0]?.expiresAt ?? null }
}
