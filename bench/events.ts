import type { Subject } from '../prisma/client/enums.ts'
import { digestOf, hashOf } from '../src/history/chain.ts'
import { add, type Chunk } from './chunk.ts'

/** One thing that happened to a subject. */
export type Step = {
  actor: number | null
  at: string
  action: string
  before?: object
  after?: object
  reason?: string
}

/** Writes the events of a subject, hashed as the application does, and answers what the subject keeps of them. */
export type Chain = (
  chunk: Chunk,
  subject: Subject,
  subjectId: number,
  steps: Step[],
) => { revision: number; last_hash: string }

/** A writer of events that numbers them one after another. */
export function chains(nextId: (table: string) => number): Chain {
  return (chunk, subject, subjectId, steps) => {
    let lastHash = ''
    for (const [index, step] of steps.entries()) {
      const id = nextId('event')
      const revision = index + 1
      const salt = id.toString(16).padStart(32, '0')
      const { actor, action, before = null, after = null, reason = null } = step
      const text = (value: object | null) => value && JSON.stringify(value)
      const bodyDigest = digestOf({ salt, before: text(before), after: text(after), reason })
      const link = { subject, subjectId, revision, actorId: actor, action, at: new Date(step.at), requestId: null }
      const hash = hashOf(lastHash, link, bodyDigest)
      add(chunk, 'event', {
        id,
        subject,
        subject_id: subjectId,
        revision,
        actor_id: actor,
        action,
        at: step.at,
        request_id: null,
        body_digest: bodyDigest,
        previous_hash: lastHash,
        // As of an event from before the guards knew transactions: they sleep, and keep no state.
        transaction: null,
        hash,
      })
      add(chunk, 'event_body', { event_id: id, salt, before, after, reason })
      lastHash = hash
    }
    return { revision: steps.length, last_hash: lastHash }
  }
}
