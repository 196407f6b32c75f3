import { Prisma } from '../../prisma/client/client.ts'
import { rows } from '../database/rows.ts'
import type { Db } from '../history/store.ts'

const document = {
  select: {
    id: true,
    kind: true,
    title: true,
    url: true,
    isPrivate: true,
    language: true,
    publishedOn: true,
    publisher: { select: { id: true, name: true } },
  },
} as const

const shown = {
  id: true,
  captureId: true,
  stance: true,
  basis: true,
  isTheAct: true,
  passage: true,
  start: true,
  end: true,
  note: true,
  addedById: true,
  createdAt: true,
  addedBy: { select: { name: true } },
  source: document,
  restsOnParty: { select: { id: true, name: true } },
  restsOnSource: document,
} satisfies Prisma.EvidenceSelect

/** A piece of evidence as a page needs it. */
export type ShownEvidence = Prisma.EvidenceGetPayload<{ select: typeof shown }>

/** A claim's evidence in the order it came, at most 500 pieces. */
export async function evidenceOf(db: Db, claimId: number): Promise<ShownEvidence[]> {
  return db.evidence.findMany({ where: { claimId }, orderBy: { id: 'asc' }, take: 500, select: shown })
}

/** One piece of a claim's evidence; null when the claim has none such. */
export async function maybeEvidence(db: Db, claimId: number, id: number): Promise<ShownEvidence | null> {
  return db.evidence.findFirst({ where: { id, claimId }, select: shown })
}

/** How many code points of a capture are shown on either side of a passage. */
const AROUND = 240

/** The text around the passages of a claim's evidence, by piece: where in the capture it begins, in code points. */
export async function evidenceContexts(db: Db, claimId: number): Promise<Map<number, { text: string; from: number }>> {
  // A capture may have a million characters; only PostgreSQL can hand out a piece of it. Its substring counts code points from 1.
  const found = await rows<{ id: number; text: string; from: number }>(
    db,
    Prisma.sql`
    select e.id, greatest(e.start - ${AROUND}, 0) as "from",
      substring(c.text from greatest(e.start - ${AROUND}, 0) + 1 for e."end" - greatest(e.start - ${AROUND}, 0) + ${AROUND}) as text
    from evidence e join capture c on c.id = e.capture_id
    where e.claim_id = ${claimId} and e.start is not null and c.text <> '' limit 500`,
  )
  return new Map(found.map(({ id, ...context }) => [id, context]))
}
