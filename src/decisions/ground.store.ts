import type { LockedClaim } from '../claims/locked.store.ts'
import { deskSettings } from '../desk/store.ts'
import type { Db } from '../history/store.ts'
import type { Ground } from './decide.ts'
import type { Piece, Said } from './independence.ts'

const document = {
  id: true,
  title: true,
  isPrivate: true,
  publisherId: true,
  publisher: { select: { name: true } },
} as const

/** What the guards look at, for a locked claim, held as it is until the transaction ends. */
export async function holdGround(tx: Db, claim: LockedClaim): Promise<Ground> {
  // Prisma cannot lock rows.
  await tx.$queryRaw`select id from attribution where claim_id = ${claim.id} for share`
  await tx.$queryRaw`select id from evidence where claim_id = ${claim.id} for share`
  const { reviewers } = await deskSettings(tx)
  const isAgain = (await tx.decision.count({ where: { claimId: claim.id } })) > 0
  const { attributions, evidence } = await bearingsOf(tx, claim.id)
  return { attributions, evidence, wordsBy: claim.wordsBy, reviewers, isAgain }
}

/** The attributions and the evidence of a claim as far as they bear on independence. */
export async function bearingsOf(db: Db, claimId: number): Promise<{ attributions: Said[]; evidence: Piece[] }> {
  const attributions = await db.attribution.findMany({
    where: { claimId },
    orderBy: { ordinal: 'asc' },
    select: {
      id: true,
      naming: true,
      speakerId: true,
      speaker: { select: { name: true } },
      relays: { orderBy: { ordinal: 'asc' }, select: { party: { select: { id: true, name: true } } } },
      source: { select: document },
    },
  })
  const evidence = await db.evidence.findMany({
    where: { claimId },
    orderBy: { id: 'asc' },
    select: {
      id: true,
      stance: true,
      basis: true,
      isTheAct: true,
      passage: true,
      source: { select: document },
      restsOnParty: { select: { id: true, name: true } },
      restsOnSource: { select: document },
    },
  })
  return {
    attributions: attributions.map(({ speaker, relays, source, ...attribution }) => ({
      ...attribution,
      speaker: speaker?.name ?? null,
      relays: relays.map(({ party }) => party),
      source: flat(source),
    })),
    evidence: evidence.map(({ source, restsOnSource, ...piece }) => ({
      ...piece,
      source: flat(source),
      restsOnSource: restsOnSource && flat(restsOnSource),
    })),
  }
}

type Found = {
  id: number
  title: string | null
  isPrivate: boolean
  publisherId: number | null
  publisher: { name: string } | null
}

function flat({ publisher, ...source }: Found) {
  return { ...source, publisher: publisher?.name ?? null }
}
