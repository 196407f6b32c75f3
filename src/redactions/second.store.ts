import type { Db } from '../history/store.ts'

/** Another admin who can sign in, and from when on they may second; null where they may not second this proposal at all. */
export type Second = { id: number; name: string; from: Date | null }

/**
 * The other admins who can sign in, and from when on each may second what this admin proposed, by the database's clock: a day after the two
 * act for themselves alone, and never where they became an admin, or got a link, only afterwards. Product rule: guard 8.
 */
export async function secondsOf(db: Db, proposerId: number, proposedAt: Date): Promise<Second[]> {
  // The very function that the database's guard asks.
  return db.$queryRaw<Second[]>`
    select id, name, second_from(${proposerId}::int, ${proposedAt}::timestamptz, id) as "from" from account
    where id <> ${proposerId} and role = 'admin' and disabled_at is null and password_hash is not null
    order by name collate "und-x-icu", id limit 100`
}

/** From when on a desk's only admin may redact alone: a day after it last had another; null when it had none. */
export async function aloneFrom(db: Db): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ from: Date | null }[]>`select nullif(alone_from(), '-infinity') as "from"`
  return row?.from ?? null
}
