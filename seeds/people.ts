import type { Role } from '../prisma/client/enums.ts'

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

/** Ada signs in as ada@example.org, and so on. */
export function emailOf(name: Name): string {
  return `${name}@example.org`
}
