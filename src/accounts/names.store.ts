import { Prisma } from '../../prisma/client/client.ts'
import { rows } from '../database/rows.ts'
import { DEFAULT_DESK_NAME } from '../desk/default-name.ts'
import type { Db } from '../history/store.ts'
import { type Refused, refused } from '../outcome.ts'
import { looksLike } from './look-alike.ts'

const OWN_NAME = 'Stet'

/** Names that people of the desk have or once had, and whose they are; held so until the transaction ends. */
async function namesOfPeople(tx: Db): Promise<{ id: number; name: string }[]> {
  // Two who take one name at once: the second sees the first.
  await rows(tx, Prisma.sql`select pg_advisory_xact_lock(hashtextextended('names of people', 0))::text`)
  return rows(
    tx,
    Prisma.sql`
    select id, name from account
    union
    select e.subject_id, b.before->>'name' from event e join event_body b on b.event_id = e.id
    where e.subject = 'account' and b.before->>'name' is not null`,
  )
}

/**
 * The refusal of a person's name that looks like that of somebody else on the desk, now or once, of the desk or of Stet itself; null when it is free.
 * `accountId` is whose it is to be, null for somebody new; `deskName` is the desk's where it is only just given.
 */
export async function nameRefusal(
  tx: Db,
  name: string,
  { accountId = null, deskName }: { accountId?: number | null; deskName?: string } = {},
): Promise<Refused | null> {
  const others = (await namesOfPeople(tx)).filter(({ id }) => id !== accountId)
  if (looksLike(name, OWN_NAME)) return refused({ field: 'name', message: OF_STET })
  if (looksLike(name, deskName ?? (await nameOfDesk(tx)))) return refused({ field: 'name', message: OF_DESK })
  return others.some((other) => looksLike(name, other.name)) ? refused({ field: 'name', message: OF_OTHER }) : null
}

/** The refusal of a desk's name that looks like that of one of its people, now or once, or is a look-alike of Stet's own; null when it is free. */
export async function deskNameRefusal(tx: Db, name: string): Promise<Refused | null> {
  if (name !== OWN_NAME && looksLike(name, OWN_NAME)) return refused({ field: 'name', message: OF_STET })
  const people = await namesOfPeople(tx)
  return people.some((person) => looksLike(name, person.name)) ? refused({ field: 'name', message: OF_PERSON }) : null
}

const OF_STET = 'This looks like the name of Stet, which signs what nobody did by hand. Choose another name.'
const OF_DESK = 'This looks like the name of the desk. Write a person’s name.'
const OF_OTHER =
  'Somebody else on this desk has or had a name that looks like this one. Add what tells the two apart, such as a middle initial or a town.'
const OF_PERSON = 'Somebody on this desk has or had a name that looks like this one. Choose another name for the desk.'

async function nameOfDesk(tx: Db): Promise<string> {
  const [row] = await rows<{ name: string | null }>(
    tx,
    Prisma.sql`select value->>'name' as name from setting where key = 'desk'`,
  )
  return row?.name ?? DEFAULT_DESK_NAME
}
