import type { Subject } from '../../prisma/client/enums.ts'
import { type Body, digestOf, hashOf, type Link } from './chain.ts'
import { Fold } from './fold.ts'

/** An event as it is stored, with what it changed; without a body where that is gone. */
export type Stored = Link & {
  bodyDigest: string
  previousHash: string
  hash: string
  body: (Body & { redactedAt: Date | null; isOnRecord: boolean }) | null
}

/** Where a subject says that its history ends, and what is recorded of it: its columns by name. */
export type End = { id: number; revision: number; lastHash: string; row: Record<string, unknown> } & Kept

/** Whether a subject is what it was at its last event: `none` was kept of that for an event from before such was kept, or of one added behind it. */
export type Kept = { state: 'same' | 'other' | 'none'; isCovered: boolean }

/** A chain that does not hold: whose, and its first broken link in a sentence. */
export type Broken = { id: number; sentence: string }

/** How much of a kind's history was read; `uncovered` counts subjects whose last event is from before it was kept what they were at it. */
export type Read = { chains: number; events: number; redacted: number; uncovered: number }

/**
 * Follows the chains of one kind of subject, each to its first broken link. Ends come by id, events by subject and revision, and neither is held
 * in memory. What was read is counted into `read`.
 */
export async function* brokenChains(
  subject: Subject,
  ends: AsyncIterable<End>,
  events: AsyncIterable<Stored>,
  read: Read,
): AsyncGenerator<Broken> {
  const [end, event] = [ends[Symbol.asyncIterator](), events[Symbol.asyncIterator]()]
  let nextEnd = await end.next()
  let nextEvent = await event.next()
  while (!nextEnd.done || !nextEvent.done) {
    const id = Math.min(
      nextEnd.done ? Number.POSITIVE_INFINITY : nextEnd.value.id,
      nextEvent.done ? Number.POSITIVE_INFINITY : nextEvent.value.subjectId,
    )
    const chain = new Chain(subject)
    for (; !nextEvent.done && nextEvent.value.subjectId === id; nextEvent = await event.next()) {
      read.events += 1
      if (nextEvent.value.body?.redactedAt) read.redacted += 1
      chain.add(nextEvent.value)
    }
    const own = !nextEnd.done && nextEnd.value.id === id ? nextEnd.value : null
    if (own) nextEnd = await end.next()
    read.chains += 1
    if (own && !own.isCovered) read.uncovered += 1
    const sentence = chain.faultAt(own)
    if (sentence) yield { id, sentence }
  }
}

/** One chain, followed from its first event; remembers its last event and its first fault. */
class Chain {
  readonly #fold: Fold
  #last: { revision: number; hash: string } | null = null
  #fault: string | null = null

  constructor(subject: Subject) {
    this.#fold = new Fold(subject)
  }

  add(event: Stored): void {
    this.#fault ??= faultOf(event, this.#last)
    // Values that do not fit their digest are no ground for anything.
    if (!this.#fault) this.#fold.add(event.action, event.body?.after ?? null, event.body?.redactedAt !== null)
    this.#last = event
  }

  faultAt(end: End | null): string | null {
    return this.#fault ?? faultOfEnd(this.#last, end) ?? (end && faultOfState(end, this.#fold.firstDifference(end.row)))
  }
}

function faultOfState({ revision, state, isCovered }: End, difference: string | null): string | null {
  if (difference) return `Its ${difference} is not what its history says: it was changed by another way.`
  if (state === 'other')
    return `Something of it was added, changed or removed since its last event, revision ${revision}.`
  if (state === 'none' && isCovered) return `Nothing was kept of what it was at its last event, revision ${revision}.`
  return null
}

function faultOf(event: Stored, last: { revision: number; hash: string } | null): string | null {
  const { revision, action } = event
  const wanted = (last?.revision ?? 0) + 1
  if (revision !== wanted)
    return last
      ? `Revision ${wanted} is missing: revision ${last.revision} is followed by revision ${revision}.`
      : `Revision 1 is missing: the history begins at revision ${revision}.`
  if (event.previousHash !== (last?.hash ?? ''))
    return last
      ? `Revision ${revision} (${action}) does not follow from revision ${last.revision}: the hash it gives of the one before is another.`
      : `Revision 1 (${action}) gives the hash of one before it, though it is the first.`
  if (event.hash !== hashOf(event.previousHash, event, event.bodyDigest))
    return `Revision ${revision} (${action}) was altered: its hash does not fit what it says.`
  return faultOfBody(event)
}

function faultOfBody({ revision, action, bodyDigest, body }: Stored): string | null {
  if (!body) return `What revision ${revision} (${action}) changed is missing.`
  if (!body.redactedAt)
    return digestOf(body) === bodyDigest
      ? null
      : `What revision ${revision} (${action}) changed was altered: the values do not fit the digest taken of them.`
  if (body.before !== null || body.after !== null || body.reason !== null)
    return `Revision ${revision} (${action}) is marked as redacted, and yet holds values.`
  return body.isOnRecord
    ? null
    : `What revision ${revision} (${action}) changed was emptied, and no redaction tells of it.`
}

function faultOfEnd(
  last: { revision: number; hash: string } | null,
  end: Pick<End, 'revision' | 'lastHash'> | null,
): string | null {
  if (!end) return `It is not there, and yet has a history up to revision ${last?.revision}.`
  if (!last) return `It is at revision ${end.revision}, and has no history at all.`
  if (last.revision < end.revision)
    return `The end was cut off: the history ends at revision ${last.revision}, and it is at revision ${end.revision}.`
  if (last.revision > end.revision)
    return `Revision ${end.revision + 1} was added behind the end: it is at revision ${end.revision}, and the history goes on to revision ${last.revision}.`
  return last.hash === end.lastHash
    ? null
    : `Its last event, revision ${last.revision}, is not the one whose hash it keeps.`
}
