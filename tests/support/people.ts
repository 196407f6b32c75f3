import type { PrismaClient } from '../../prisma/client/client.ts'
import type { Role } from '../../prisma/client/enums.ts'
import { hashPassword } from '../../src/accounts/password.ts'
import { createAccount, lockAccount, setPassword } from '../../src/accounts/store.ts'
import { clock, type Db } from '../../src/history/store.ts'

/** The people of every test's desk: two reporters, two editors, a reader, an admin. None has a password until a test sets one. */
const CAST = {
  ada: { name: 'Ada Abel', role: 'reporter' },
  ben: { name: 'Ben Bauer', role: 'reporter' },
  eve: { name: 'Eve Egan', role: 'editor' },
  sam: { name: 'Sam Sato', role: 'editor' },
  rae: { name: 'Rae Ruiz', role: 'reader' },
  mo: { name: 'Mo Musa', role: 'admin' },
} as const satisfies Record<string, { name: string; role: Role }>

export type Name = keyof typeof CAST
export type Person = { id: number; email: string; name: string; role: Role }
export type People = Record<Name, Person>

// Longer than an admin must have been one for seconding a redaction, in milliseconds.
const A_WEEK = 7 * 24 * 3600_000

/** Makes the cast; `ada` is ada@example.org and so on. The admin has been one for a week. */
export async function makePeople(db: PrismaClient): Promise<People> {
  const people: Partial<People> = {}
  for (const key of Object.keys(CAST) as Name[]) {
    const given = { ...CAST[key], email: `${key}@example.org` }
    const { id } = await db.$transaction(async (tx) => createAccount(tx, null, await before(tx, given.role), given))
    people[key] = { id, ...given }
  }
  return people as People
}

/** Makes another admin who can sign in, and has been one for so long, in milliseconds. */
export async function makeAdmin(db: PrismaClient, name: string, since = A_WEEK): Promise<Person> {
  const given = { name, email: `${name.toLowerCase()}@example.org`, role: 'admin' } as const
  const passwordHash = await hashOfPassword()
  const id = await db.$transaction(async (tx) => {
    const at = new Date((await clock(tx)).getTime() - since)
    const made = await createAccount(tx, null, at, given)
    await setPassword(tx, null, at, await lockAccount(tx, made.id), passwordHash, 'accepted')
    return made.id
  })
  return { id, ...given }
}

async function before(tx: Db, role: Role): Promise<Date> {
  return new Date((await clock(tx)).getTime() - (role === 'admin' ? A_WEEK : 0))
}

/** A password that is good enough, and whose it is after `givePassword`. */
export const PASSWORD = 'copper lantern fjord 27'
let hashed: Promise<string> | undefined

/** Lets a person sign in with PASSWORD. */
export async function givePassword(db: PrismaClient, id: number): Promise<void> {
  const passwordHash = await hashOfPassword()
  await db.$transaction(async (tx) =>
    setPassword(tx, null, await clock(tx), await lockAccount(tx, id), passwordHash, 'accepted'),
  )
}

function hashOfPassword(): Promise<string> {
  hashed ??= hashPassword(PASSWORD)
  return hashed
}
