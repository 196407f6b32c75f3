import { openSession } from '../../src/accounts/session.store.ts'
import type { Desk } from '../support/app.ts'
import { PASSWORD } from '../support/people.ts'
import type { Answered, Client } from './client.ts'

/** The token of a session begun now. */
export async function tokenOf(it: Desk, name: keyof Desk['people']): Promise<string> {
  return openSession(it.db, it.people[name].id, 'a test')
}

/** Signs in with the password of the tests, or another one. */
export function signIn(
  from: Client,
  name: string,
  {
    headers = {},
    to = '',
    password = PASSWORD,
  }: { headers?: Record<string, string>; to?: string; password?: string } = {},
): Promise<Answered> {
  const body = new URLSearchParams({ email: `${name}@example.org`, password, to }).toString()
  return from.ask({ method: 'POST', path: '/sign-in', headers, body })
}

/** The cookies that an answer sets. */
export function cookiesOf({ headers }: Answered): string[] {
  return [headers['set-cookie'] ?? []].flat()
}

/** The session that an answer hands out; '' when it hands out none. */
export function tokenIn(answered: Answered): string {
  return /^(?:__Host-)?stet_session=([\w-]{43})/.exec(cookiesOf(answered)[0] ?? '')?.[1] ?? ''
}
