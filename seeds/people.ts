import type { Role } from '../prisma/client/enums.ts'
import { createAccount, lockAccount, setPassword } from '../src/accounts/store.ts'
import { clock, type Db } from '../src/history/store.ts'
import { accepted, type Outcome, refused } from '../src/outcome.ts'
import type { SignedIn } from '../src/web/session.ts'
import { word } from '../src/words.ts'

/** The people of the demonstration desk: two report, two edit, one reads, one runs the desk. */
export const CAST = {
  ada: { name: 'Ada Obi', role: 'reporter', timeZone: 'Europe/London' },
  ben: { name: 'Ben Castellanos', role: 'reporter', timeZone: 'Europe/Madrid' },
  eve: { name: 'Eve Lindgren', role: 'editor', timeZone: 'Europe/Stockholm' },
  sam: { name: 'Sam Haddad', role: 'editor', timeZone: 'Europe/London' },
  rae: { name: 'Rae Nakamura', role: 'reader', timeZone: 'Europe/London' },
  mo: { name: 'Mo Farrell', role: 'admin', timeZone: 'Europe/London' },
} as const satisfies Record<string, { name: string; role: Role; timeZone: string }>

export type Name = keyof typeof CAST
export const NAMES = Object.keys(CAST) as Name[]

/** One of the cast as they are on the desk; `isNew` when the demonstration made their account, `canSignIn` when they have a password. */
export type Seated = SignedIn & { isNew: boolean; canSignIn: boolean }
export type Cast = Record<Name, Seated>

/** Ada signs in as ada@example.org, and so on. */
export function emailOf(name: Name): string {
  return `${name}@example.org`
}

/**
 * Puts the cast on the desk. Somebody who is there already under their address stays as they are; one with another role, or disabled, cannot
 * do what the story has them do, which refuses the whole. Passwords are set for new people only.
 */
export async function seatCast(tx: Db, passwordHashes: Partial<Record<Name, string>>): Promise<Outcome<Cast>> {
  const there = await tx.account.findMany({ where: { email: { in: NAMES.map(emailOf) } } })
  const known = new Map(there.map((account) => [account.email, account]))
  for (const name of NAMES) {
    const account = known.get(emailOf(name))
    if (account && (account.disabledAt || account.role !== CAST[name].role))
      return refused({
        field: '',
        message: `${account.email} is on this desk already, ${account.disabledAt ? 'disabled' : `as ${word('role', account.role).toLowerCase()}`}; in the demonstration this person is ${word('role', CAST[name].role).toLowerCase()}. Nothing was changed.`,
      })
  }
  const cast: Partial<Cast> = {}
  for (const name of NAMES) {
    const isNew = !known.has(emailOf(name))
    cast[name] = await seatOne(tx, name, isNew ? passwordHashes[name] : undefined, isNew)
  }
  return accepted(cast as Cast)
}

async function seatOne(tx: Db, name: Name, passwordHash: string | undefined, isNew: boolean): Promise<Seated> {
  const at = await clock(tx)
  const email = emailOf(name)
  if (isNew) {
    const { id } = await createAccount(tx, null, at, { email, ...CAST[name] })
    if (passwordHash) await setPassword(tx, null, at, await lockAccount(tx, id), passwordHash)
  }
  const account = await tx.account.findUniqueOrThrow({ where: { email } })
  const { id, role, timeZone, theme, density, shortcuts } = account
  return {
    id,
    email,
    name: account.name,
    role,
    timeZone,
    theme,
    density,
    shortcuts,
    sessionId: 0,
    isNew,
    canSignIn: account.passwordHash !== null,
  }
}
