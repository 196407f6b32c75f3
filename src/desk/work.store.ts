import { TZDate } from '@date-fns/tz'
import { format } from 'date-fns/format'
import type { Prisma, PrismaClient } from '../../prisma/client/client.ts'
import { HEDGES, hedgesOf } from '../claims/hedges.ts'
import { type Headline, headlineOf } from '../decisions/headline.ts'
import { paths } from '../paths.ts'

/** A claim in a line. */
export type WorkLine = {
  ref: string
  statement: string
  href: string
  headline: Headline
  hedges: string[]
  updatedAt: Date
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

/** What waits for a person, at most 20 lines of each kind, longest untouched first; the same number of queries whatever there is. */
export async function workOf(db: PrismaClient, person: { id: number; timeZone: string }, now: Date) {
  const [waiting, returned, drafts, seconds, rechecks, underway, decisions, queued, oldest] = await Promise.all([
    db.claim.findMany({ where: { assigneeId: person.id, stage: 'in_review' }, ...LONGEST_UNTOUCHED }),
    db.claim.findMany({ where: { authorId: person.id, stage: 'needs_info' }, ...LONGEST_UNTOUCHED }),
    db.claim.findMany({ where: { authorId: person.id, stage: 'draft' }, ...LATEST }),
    db.claim.findMany({ where: { stage: 'awaiting_second' }, ...LONGEST_UNTOUCHED }),
    db.claim.findMany({
      where: { verdict: 'unproven', supersededById: null, recheckOn: { lte: today(person.timeZone, now) } },
      ...LONGEST_UNTOUCHED,
    }),
    db.claim.findMany({ where: { stage: 'in_review', assigneeId: { not: person.id } }, ...LATEST }),
    db.decision.findMany({
      orderBy: [{ decidedAt: 'desc' }, { id: 'desc' }],
      take: 10,
      select: { decidedAt: true, decidedBy: { select: { name: true } }, claim: { select: SHOWN } },
    }),
    db.claim.count({ where: { stage: 'submitted' }, take: COUNTED + 1 }),
    db.claim.findFirst({
      where: { stage: 'submitted' },
      orderBy: [{ updatedAt: 'asc' }, { id: 'asc' }],
      select: { updatedAt: true },
    }),
  ])
  return {
    waiting: waiting.map(lineOf),
    returned: returned.map(lineOf),
    drafts: drafts.map(lineOf),
    seconds: seconds.map(lineOf),
    rechecks: rechecks.map((claim) => ({ ...lineOf(claim), recheckOn: claim.recheckOn ?? '' })),
    underway: underway.map((claim) => ({ ...lineOf(claim), assignee: claim.assignee?.name ?? '' })),
    decisions: decisions.map(({ claim, decidedAt, decidedBy }) => ({
      ...lineOf(claim),
      decidedAt,
      decidedBy: decidedBy.name,
    })),
    queue: {
      size: queued > COUNTED ? `more than ${COUNTED.toLocaleString('en')}` : queued.toLocaleString('en'),
      oldest: oldest?.updatedAt ?? null,
    },
  }
}

function lineOf(claim: Shown): WorkLine & { author: string } {
  const { ref, statement, updatedAt, author } = claim
  const headline = headlineOf({ ...claim, isSuperseded: claim.supersededById !== null })
  const hedges = hedgesOf(claim.attributions)
  return { ref, statement, href: paths.claim(ref), headline, hedges, updatedAt, author: author.name }
}

/** The day it is where the person is, to compare printed dates with. */
function today(timeZone: string, now: Date): string {
  return format(new TZDate(now, timeZone), 'yyyy-MM-dd')
}
