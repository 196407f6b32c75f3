import type { PrismaClient } from '../../prisma/client/client.ts'
import type { Role } from '../../prisma/client/enums.ts'
import { hashPassword } from '../../src/accounts/password.ts'
import { createAccount, lockAccount, setPassword } from '../../src/accounts/store.ts'
import { clock } from '../../src/history/store.ts'

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

/** Makes the cast; `ada` is ada@example.org and so on. */
export async function makePeople(db: PrismaClient): Promise<People> {
  const people: Partial<People> = {}
  for (const key of Object.keys(CAST) as Name[]) {
    const given = { ...CAST[key], email: `${key}@example.org` }
    const { id } = await db.$transaction(async (tx) => createAccount(tx, null, await clock(tx), given))
    people[key] = { id, ...given }
  }
  return people as People
}

/** A password that is good enough, and whose it is after `givePassword`. */
export const PASSWORD = 'copper lantern fjord 27'
let hashed: Promise<string> | undefined

/** Lets a person sign in with PASSWORD. */
export async function givePassword(db: PrismaClient, id: number): Promise<void> {
  hashed ??= hashPassword(PASSWORD)
  const passwordHash = await hashed
  await db.$transaction(async (tx) =>
    setPassword(tx, null, await clock(tx), await lockAccount(tx, id), passwordHash, 'accepted'),
  )
}
