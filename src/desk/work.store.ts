import type { Prisma, PrismaClient } from '../../prisma/client/client.ts'
import { REVIEWING } from '../accounts/store.ts'
import { HEDGES, hedgesOf } from '../claims/hedges.ts'
import { openMentions } from '../comments/store.ts'
import { type Headline, headlineOf } from '../decisions/headline.ts'
import { paths } from '../paths.ts'
import { may } from '../policy.ts'
import { dayIn } from '../printed-date.ts'
import { redactionsToSecond } from '../redactions/list.store.ts'
import type { SignedIn } from '../web/session.ts'

/** A claim in a line. */
export type WorkLine = {
  ref: string
  statement: string
  href: string
  headline: Headline
  hedges: string[]
  updatedAt: Date
  /** Since when it waits for review; null while it does not. */
  waitsSince: Date | null
}

const SHOWN = {
  ref: true,
  statement: true,
  stage: true,
  verdict: true,
  formerVerdict: true,
  closedBecause: true,
  supersededById: true,
  cameIn: true,
  updatedAt: true,
  waitsSince: true,
  recheckOn: true,
  author: { select: { name: true } },
  assignee: { select: { name: true } },
  attributions: HEDGES,
} as const satisfies Prisma.ClaimSelect

type Shown = Prisma.ClaimGetPayload<{ select: typeof SHOWN }>

const MOST = 20
const COUNTED = 1000

const LONGEST_UNTOUCHED = {
  orderBy: [{ updatedAt: 'asc' as const }, { id: 'asc' as const }],
  select: SHOWN,
  take: MOST,
}
const LATEST = { orderBy: [{ updatedAt: 'desc' as const }, { id: 'desc' as const }], select: SHOWN, take: MOST }

const LONGEST_WAITING = {
  orderBy: [{ waitsSince: 'asc' as const }, { id: 'asc' as const }],
  select: SHOWN,
  take: MOST,
}

/** What waits for a person, at most 20 lines of each kind, longest waiting first; the same number of queries whatever there is. */
export async function workOf(db: PrismaClient, person: Pick<SignedIn, 'id' | 'role' | 'timeZone'>, now: Date) {
  const [
    waiting,
    returned,
    drafts,
    seconds,
    challenged,
    fallen,
    mentions,
    redactions,
    rechecks,
    underway,
    decisions,
    queued,
    oldest,
  ] = await Promise.all([
    db.claim.findMany({ where: { assigneeId: person.id, stage: 'in_review' }, ...LONGEST_WAITING }),
    db.claim.findMany({ where: { authorId: person.id, stage: 'needs_info' }, ...LONGEST_UNTOUCHED }),
    db.claim.findMany({ where: { authorId: person.id, stage: 'draft' }, ...LATEST }),
    // Somebody else's: nobody seconds a verdict of their own.
    db.claim.findMany({
      where: { stage: 'awaiting_second', NOT: { proposal: { path: ['decidedById'], equals: person.id } } },
      ...LONGEST_WAITING,
    }),
    db.claim.findMany({ where: { stage: 'decided', waitsSince: { not: null } }, ...LONGEST_WAITING }),
    may(person.role, 'decide')
      ? db.claim.findMany({
          // A superseded claim is decided; what superseded it was verified then.
          where: { supersededBy: { OR: [{ stage: { not: 'decided' } }, { verdict: { not: 'verified' } }] } },
          ...LONGEST_UNTOUCHED,
        })
      : [],
    may(person.role, 'comment') ? openMentions(db, person.id, MOST) : [],
    may(person.role, 'redact') ? redactionsToSecond(db, person.id, MOST) : [],
    may(person.role, 'decide') ? rechecksOf(db, person, now) : [],
    db.claim.findMany({ where: { stage: 'in_review', assigneeId: { not: person.id } }, ...LATEST }),
    db.decision.findMany({
      orderBy: [{ decidedAt: 'desc' }, { id: 'desc' }],
      take: 10,
      select: { decidedAt: true, decidedBy: { select: { name: true } }, claim: { select: SHOWN } },
    }),
    db.claim.count({ where: { waitsSince: { not: null } }, take: COUNTED + 1 }),
    db.claim.findFirst({
      where: { waitsSince: { not: null } },
      orderBy: [{ waitsSince: 'asc' }, { id: 'asc' }],
      select: { waitsSince: true },
    }),
  ])
  return {
    waiting: waiting.map(lineOf),
    returned: returned.map(lineOf),
    drafts: drafts.map(lineOf),
    seconds: seconds.map(lineOf),
    challenged: challenged.map(lineOf),
    fallen: fallen.map(lineOf),
    mentions: mentions.map(({ id, claim, author, ...mention }) => ({
      ...mention,
      ref: claim.ref,
      statement: claim.statement,
      author: author.name,
      href: `${paths.claim(claim.ref)}#comment-${id}`,
    })),
    redactions: redactions.map(({ id, proposedAt, proposedBy }) => ({
      href: paths.redaction(id),
      proposedAt,
      proposedBy: proposedBy.name,
    })),
    rechecks: rechecks.map((claim) => ({ ...lineOf(claim), recheckOn: claim.recheckOn ?? '' })),
    underway: underway.map((claim) => ({ ...lineOf(claim), assignee: claim.assignee?.name ?? '' })),
    decisions: decisions.map(({ claim, decidedAt, decidedBy }) => ({
      ...lineOf(claim),
      decidedAt,
      decidedBy: decidedBy.name,
    })),
    queue: {
      size: queued > COUNTED ? `more than ${COUNTED.toLocaleString('en')}` : queued.toLocaleString('en'),
      oldest: oldest?.waitsSince ?? null,
    },
  }
}

/**
 * The unproven claims that are due again and come back to this editor: whose they are to review; where that is nobody who can, whoever decided
 * them; where neither can any more, every editor.
 */
function rechecksOf(db: PrismaClient, { id, timeZone }: Pick<SignedIn, 'id' | 'timeZone'>, now: Date) {
  const canReview = { role: { in: [...REVIEWING] }, disabledAt: null }
  const isWithNobody = { NOT: { assignee: canReview } }
  return db.claim.findMany({
    where: {
      verdict: 'unproven',
      supersededById: null,
      recheckOn: { lte: dayIn(timeZone, now) },
      OR: [
        { assigneeId: id },
        { ...isWithNobody, decisions: { some: { end: null, decidedById: id } } },
        { ...isWithNobody, decisions: { none: { end: null, decidedBy: canReview } } },
      ],
    },
    ...LONGEST_UNTOUCHED,
  })
}

function lineOf(claim: Shown): WorkLine & { author: string } {
  const { ref, statement, updatedAt, waitsSince, author } = claim
  const headline = headlineOf({ ...claim, isSuperseded: claim.supersededById !== null })
  const hedges = hedgesOf(claim.attributions)
  return { ref, statement, href: paths.claim(ref), headline, hedges, updatedAt, waitsSince, author: author.name }
}
