import { Prisma } from '../../prisma/client/client.ts'
import { rows } from '../database/rows.ts'
import { NotFound, noClaim } from '../errors.ts'
import type { Line } from '../history/list.store.ts'
import type { Db } from '../history/store.ts'
import type { Teller } from '../history/timeline.ts'
import type { ClaimMask } from '../privacy/event.ts'
import { withheldOn } from '../privacy/withheld.store.ts'
import { passagesShown } from '../privacy/withheld.ts'
import { claimTeller, idsNamed, sourcesNamed } from './telling.ts'

const person = { select: { id: true, name: true } } as const
const otherClaim = { select: { ref: true, statement: true } } as const
const party = {
  select: { id: true, name: true, roles: { select: { role: true, fromDate: true, toDate: true } } },
} as const

const shown = {
  id: true,
  ref: true,
  number: true,
  storyId: true,
  statement: true,
  language: true,
  occurredOn: true,
  place: true,
  stage: true,
  closedBecause: true,
  verdict: true,
  formerVerdict: true,
  supersededById: true,
  proposal: true,
  cameIn: true,
  figureComparator: true,
  figureLow: true,
  figureHigh: true,
  figureWording: true,
  figureAsOf: true,
  questionId: true,
  question: { select: { id: true, wording: true, unit: true, isCumulative: true } },
  authorId: true,
  assigneeId: true,
  recheckOn: true,
  createdAt: true,
  updatedAt: true,
  revision: true,
  movedAtRevision: true,
  wordsBy: true,
  unverifiedBy: true,
  lastHash: true,
  story: { select: { id: true, code: true, title: true, timeZone: true } },
  author: person,
  assignee: person,
  supersededBy: { select: { ...otherClaim.select, stage: true, verdict: true, supersededById: true } },
  duplicateOf: otherClaim,
  attributions: {
    orderBy: { ordinal: 'asc' },
    select: {
      id: true,
      ordinal: true,
      captureId: true,
      speakerAsPrinted: true,
      naming: true,
      position: true,
      cue: true,
      hedges: true,
      occasion: true,
      speech: true,
      passage: true,
      start: true,
      end: true,
      quote: true,
      originalWords: true,
      originalLanguage: true,
      saidOn: true,
      terms: true,
      finding: true,
      findingNote: true,
      findingUrl: true,
      foundAt: true,
      foundBy: person,
      formerFinding: true,
      formerFoundAt: true,
      formerFoundBy: person,
      findingResetAt: true,
      addedBy: person,
      editedBy: true,
      createdAt: true,
      speaker: party,
      relays: { orderBy: { ordinal: 'asc' }, select: { printed: true, party: { select: { id: true, name: true } } } },
      source: {
        select: {
          id: true,
          kind: true,
          title: true,
          url: true,
          isPrivate: true,
          language: true,
          publishedOn: true,
          publishedOnInferred: true,
          publisherInferred: true,
          publisher: { select: { id: true, name: true } },
        },
      },
    },
  },
} satisfies Prisma.ClaimSelect

/** A claim as its page needs it. */
export type ShownClaim = Prisma.ClaimGetPayload<{ select: typeof shown }>
export type ShownAttribution = ShownClaim['attributions'][number]

/** Reads a claim for its page or its form; throws NotFound. The number of queries does not depend on what it holds. */
export async function findShownClaim(db: Db, ref: string): Promise<ShownClaim> {
  const claim = await db.claim.findUnique({ where: { ref }, select: shown })
  if (!claim) throw noClaim(ref)
  return claim
}

/** How many code points of a capture are shown on either side of a passage. */
const AROUND = 240

/** The text around the passages of a claim's attributions, by attribution: where the passage begins in it, and whether it is cut. */
export async function contextsOf(
  db: Db,
  claimId: number,
): Promise<Map<number, { text: string; from: number; length: number }>> {
  // A capture may have a million characters; only PostgreSQL can hand out a piece of it. Its substring counts code points from 1.
  const found = await rows<{ id: number; text: string; from: number; length: number }>(
    db,
    Prisma.sql`
    select a.id, greatest(a.start - ${AROUND}, 0) as "from", length(c.text) as length,
      substring(c.text from greatest(a.start - ${AROUND}, 0) + 1 for a."end" - greatest(a.start - ${AROUND}, 0) + ${AROUND}) as text
    from attribution a join capture c on c.id = a.capture_id
    where a.claim_id = ${claimId} and a.start is not null and c.text <> ''`,
  )
  return new Map(found.map(({ id, ...context }) => [id, context]))
}

/** The claim and attribution that another claim or another speaker is taken from; throws NotFound. */
export async function findAttributionToFollow(db: Db, id: number) {
  const attribution = await db.attribution.findUnique({
    where: { id },
    select: { id: true, claim: { select: { ref: true } } },
  })
  if (!attribution) throw new NotFound('There is no such attribution any more.')
  const claim = await findShownClaim(db, attribution.claim.ref)
  const found = claim.attributions.find((one) => one.id === id)
  if (!found) throw new NotFound('There is no such attribution any more.')
  return { claim, attribution: found }
}

/** How these lines of a claim's history are told to somebody: what stands in a private source only to those who may see it. */
export async function tellerOf(
  db: Db,
  claimId: number,
  maySeePrivate: boolean,
  lines: readonly Line[],
): Promise<Teller> {
  // Asked also where nobody is named, so that the number of queries does not depend on the lines.
  const named = await rows<{ kind: string; id: number; name: string }>(
    db,
    Prisma.sql`
    select 'person' as kind, id, name from account where id = any(${idsNamed(lines, 'assigneeId')}::int[])
    union all select 'question', id, wording from question where id = any(${idsNamed(lines, 'questionId')}::int[])`,
  )
  const called = (kind: string) => new Map(named.filter((one) => one.kind === kind).map(({ id, name }) => [id, name]))
  const mask = maySeePrivate ? null : await maskOf(db, claimId, lines)
  return claimTeller(mask, { people: called('person'), questions: called('question') })
}

async function maskOf(db: Db, claimId: number, lines: readonly Line[]): Promise<ClaimMask> {
  const withheld = await withheldOn(db, claimId, sourcesNamed(lines))
  const attributions = await db.attribution.findMany({
    where: { claimId, passage: { not: null } },
    select: { sourceId: true, terms: true, passage: true },
  })
  return { ...withheld, passages: passagesShown(attributions, withheld) }
}
