import { randomUUID } from 'node:crypto'
import type { Act } from '../history/store.ts'

/** What somebody does by a one-time link, before they are signed in; the link is what makes it happen once. */
export function ownAct(accountId: number): Act {
  return { actorId: accountId, requestId: randomUUID(), digest: '' }
}
