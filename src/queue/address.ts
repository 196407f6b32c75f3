import { type Filter, parameter, readFilter } from '../claims/filter.ts'
import type { Problem } from '../outcome.ts'
import { paths } from '../paths.ts'
import { type Cursor, cursorText, isInstant, maybeCursor } from '../web/paging.ts'

/** The parameters that narrow the queue; those the list of claims has as well are read as there. */
export const QUEUE_FILTERS = ['story', 'stage', 'assignee', 'challenged'] as const

/** The stages of which claims wait for review; a decided one waits when it is challenged. */
export const QUEUE_STAGES = ['submitted', 'in_review', 'awaiting_second', 'decided'] as const

export type QueueGiven = Partial<Record<(typeof QUEUE_FILTERS)[number], string>>

/** An address of the queue: what it is narrowed to, and which claim is beside it (`ref`), or else the first `after` a place. */
export type QueueAddress = {
  given: QueueGiven
  filter: Filter
  isChallenged: boolean
  ref: string | null
  after: Cursor | null
  problems: Problem[]
}

/** Reads the queue's address. What cannot be read is left out and said in a sentence; other parameters are not looked at. */
export function readQueue(query: unknown): QueueAddress {
  const shared = Object.fromEntries(['story', 'stage', 'assignee'].map((name) => [name, parameter(query, name)]))
  const { filter, given, problems } = readFilter(shared)
  if (filter.stage && !QUEUE_STAGES.some((stage) => stage === filter.stage))
    problems.push({ field: 'stage', message: 'Choose a stage of the list: claims of this one do not wait for review.' })
  const challenged = parameter(query, 'challenged')
  if (challenged && challenged !== 'yes') problems.push({ field: 'challenged', message: 'This can only be “yes”.' })
  const { story, stage, assignee } = given
  const ref = parameter(query, 'claim')
  return {
    given: { story, stage, assignee, challenged: challenged === 'yes' ? 'yes' : undefined },
    filter,
    isChallenged: challenged === 'yes',
    ref: /^[A-Z][A-Z0-9]{0,11}-[1-9]\d{0,8}$/.test(ref) ? ref : null,
    after: placeFrom(parameter(query, 'after')),
    problems,
  }
}

function placeFrom(text: string): Cursor | null {
  const cursor = maybeCursor(text)
  return cursor && cursor.id >= 0 && isInstant(cursor.key) ? cursor : null
}

/** The address that a form made in the queue names to be led back to; null when it is none of the queue's own. */
export function maybeBack(text: string): QueueAddress | null {
  const [path, query = ''] = text.length <= 1000 ? text.split('?') : ['']
  if (path !== paths.queue()) return null
  const read = readQueue(Object.fromEntries(new URLSearchParams(query)))
  return read.problems.length ? null : read
}

/** The address of a claim beside the queue, with its place in it, from which the next one is found when it is gone. */
export function besideQueue({ given }: Pick<QueueAddress, 'given'>, ref: string, place: Cursor | null): string {
  return paths.queue({ ...given, claim: ref, after: place ? cursorText(place) : undefined })
}

/** The address of the claim that comes after that one in the queue. */
export function nextInQueue({ given, after }: QueueAddress): string {
  return paths.queue({ ...given, after: after ? cursorText(after) : undefined })
}
