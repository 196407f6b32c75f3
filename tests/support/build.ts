/*
 * Rows of the record written straight into a test's database, each with its event, for tests that need many or particular claims and are
 * not about how these came in. What people do goes through the application instead.
 *
 *   const made = build(it.db, it.people.ada.id)
 *   const kz = await made.aStory({ code: 'KZ' })
 *   const paper = await made.aSource({ title: 'Dispatch', publisherId: (await made.aParty({ name: 'The Courier' })).id })
 *   const claim = await made.aClaim({ storyId: kz.id, attributions: [{ sourceId: paper.id, speakerId: ministry.id }] })
 *   await made.aDecision(claim.id, { verdict: 'verified', decidedById: it.people.eve.id })
 */
import { createHash } from 'node:crypto'
import type { Prisma, PrismaClient } from '../../prisma/client/client.ts'
import type { CameIn, EndCause, Verdict } from '../../prisma/client/enums.ts'
import { writeDocuments } from '../../src/claims/search.store.ts'
import { partsOf } from '../../src/decisions/seal.store.ts'
import { sealOf } from '../../src/decisions/seal.ts'
import { foldName } from '../../src/folding.ts'
import { digestOf, hashOf } from '../../src/history/chain.ts'
import { jsonbDigest } from '../../src/history/jsonb.ts'
import { type Act, clock, type Db, record, recordFirst } from '../../src/history/store.ts'
import { takeNumber } from '../../src/stories/store.ts'

export type AttributionGiven = Partial<Omit<Prisma.AttributionUncheckedCreateInput, 'relays'>> & {
  sourceId: number
  /** Ids of parties, from the speaker outwards. */
  relays?: number[]
}

export type ClaimGiven = Partial<Omit<Prisma.ClaimUncheckedCreateInput, 'attributions' | 'evidence'>> & {
  attributions?: AttributionGiven[]
  evidence?: (Partial<Prisma.EvidenceUncheckedCreateInput> & { sourceId: number })[]
}

export type DecisionGiven = Partial<Prisma.DecisionUncheckedCreateInput> & { verdict: Verdict; decidedById: number }

export type Builder = ReturnType<typeof build>

/** A builder whose rows belong to this person; each call is one transaction. */
export function build(db: PrismaClient, ownerId: number) {
  const act: Act = { actorId: ownerId, requestId: '', digest: '' }
  let made = 0
  let story: Promise<{ id: number; code: string }> | undefined
  let source: Promise<{ id: number }> | undefined
  const inOne = <T>(work: (tx: Db) => Promise<T>) => db.$transaction(work, { timeout: 60_000 })

  return {
    aStory,
    aQuestion,
    aParty,
    aSource,
    aCapture,
    aClaim,
    manyClaims,
    aDecision,
    endDecision,
    cameIn,
    aRelation,
    aRole,
  }

  function aStory(given: Partial<Prisma.StoryUncheckedCreateInput> = {}) {
    return inOne(async (tx) => {
      const row = await tx.story.create({ data: { code: `S${++made}`, title: 'A story', ...given } })
      return tx.story.update({
        where: { id: row.id },
        data: await recordFirst(tx, act, await clock(tx), 'story', row.id, { action: 'created', after: given }),
      })
    })
  }

  function aQuestion(storyId: number, given: Partial<Prisma.QuestionUncheckedCreateInput> = {}) {
    const words = {
      wording: `How many (${++made})?`,
      measure: 'deaths',
      population: 'people',
      place: 'Almaty',
      period: 'January 2022',
      unit: 'people',
      isCumulative: true,
    }
    return inOne(async (tx) => {
      const data = { ...words, ...given, storyId, addedById: ownerId }
      const row = await tx.question.create({ data })
      return tx.question.update({
        where: { id: row.id },
        data: await recordFirst(tx, act, await clock(tx), 'question', row.id, { action: 'created', after: data }),
      })
    })
  }

  function aParty(given: { name: string; kind?: Prisma.PartyUncheckedCreateInput['kind']; aliases?: string[] }) {
    const { name, kind = 'organisation', aliases = [] } = given
    return inOne(async (tx) => {
      const row = await tx.party.create({
        data: {
          name,
          kind,
          folded: foldName(name),
          aliases: { create: aliases.map((alias) => ({ alias, folded: foldName(alias) })) },
        },
      })
      return tx.party.update({
        where: { id: row.id },
        data: await recordFirst(tx, act, await clock(tx), 'party', row.id, { action: 'created', after: given }),
      })
    })
  }

  function aSource(given: Partial<Prisma.SourceUncheckedCreateInput> = {}) {
    return inOne(async (tx) => {
      const row = await tx.source.create({
        data: { kind: 'article', title: `Source ${++made}`, addedById: ownerId, ...given },
      })
      return tx.source.update({
        where: { id: row.id },
        data: await recordFirst(tx, act, await clock(tx), 'source', row.id, { action: 'created', after: given }),
      })
    })
  }

  function aCapture(sourceId: number, text: string) {
    const sha256 = createHash('sha256').update(text).digest('hex')
    return inOne(async (tx) => {
      const at = await clock(tx)
      const source = await tx.source.findUniqueOrThrow({ where: { id: sourceId } })
      const capture = await tx.capture.create({
        data: { sourceId, text, sha256, how: 'pasted', takenAt: at, takenById: ownerId },
      })
      const kept = await record(tx, act, at, 'source', source, {
        action: 'text added',
        after: { captureId: capture.id, sha256 },
      })
      await tx.source.update({ where: { id: sourceId }, data: kept })
      return capture
    })
  }

  function aClaim(given: ClaimGiven = {}) {
    return inOne((tx) => oneClaim(tx, given))
  }

  /** As many claims as asked, in a few statements; without relays and evidence. */
  async function manyClaims(count: number, given: (index: number) => ClaimGiven) {
    const wanted = Array.from({ length: count }, (_, index) => given(index))
    const ownStory = wanted.some(({ storyId }) => !storyId) ? (await (story ??= aStory())).id : 0
    const ownSource = wanted.some(({ attributions }) => !attributions) ? (await (source ??= aSource())).id : 0
    return inOne(async (tx) => {
      const data = []
      for (const { attributions: _, evidence: _e, ...claim } of wanted) {
        const storyId = claim.storyId ?? ownStory
        const words = { statement: `Claim ${++made}`, authorId: ownerId, wordsBy: [ownerId], createdAt: new Date() }
        data.push({ ...words, ...claim, storyId, ...(await takeNumber(tx, storyId)) })
      }
      const claims = await tx.claim.createManyAndReturn({ data })
      await tx.attribution.createMany({
        data: claims.flatMap((claim, index) =>
          (wanted[index]?.attributions ?? [{ sourceId: ownSource }]).map((attribution, at) => ({
            naming: attribution.speakerId ? ('named' as const) : ('unstated' as const),
            addedById: ownerId,
            ...attribution,
            claimId: claim.id,
            ordinal: at + 1,
          })),
        ),
      })
      await recordAll(tx, claims)
      await writeDocuments(
        tx,
        claims.map(({ id }) => id),
      )
      return claims
    })
  }

  /** The first events of claims just made, and their hashes. */
  async function recordAll(tx: Db, claims: { id: number; createdAt: Date }[]) {
    const bodyDigest = digestOf({ salt: '', before: null, after: null, reason: null })
    const events = claims.map(({ id, createdAt }) => {
      const link = { subject: 'claim' as const, subjectId: id, revision: 1, actorId: ownerId, action: 'recorded' }
      const whole = { ...link, at: createdAt, requestId: '' }
      return { ...whole, bodyDigest, previousHash: '', hash: hashOf('', whole, bodyDigest) }
    })
    const written = await tx.event.createManyAndReturn({ data: events, select: { id: true } })
    await tx.eventBody.createMany({ data: written.map(({ id }) => ({ eventId: id, salt: '' })) })
    await tx.$executeRaw`
      update claim set last_hash = event.hash from event
      where event.subject = 'claim' and event.subject_id = claim.id and claim.id = any(${claims.map(({ id }) => id)})`
  }

  /** A draft with one attribution to a source of its own story, unless told otherwise. */
  async function oneClaim(tx: Db, { attributions, evidence = [], ...given }: ClaimGiven) {
    const storyId = given.storyId ?? (await (story ??= aStory())).id
    const said = attributions ?? [{ sourceId: (await (source ??= aSource())).id }]
    const row = await tx.claim.create({
      data: {
        statement: `Claim ${++made}`,
        authorId: ownerId,
        wordsBy: [ownerId],
        ...given,
        storyId,
        ...(await takeNumber(tx, storyId)),
      },
    })
    for (const [index, { relays = [], ...attribution }] of said.entries())
      await tx.attribution.create({
        data: {
          naming: attribution.speakerId ? 'named' : 'unstated',
          addedById: ownerId,
          ...attribution,
          claimId: row.id,
          ordinal: index + 1,
          relays: { create: relays.map((partyId, at) => ({ partyId, ordinal: at + 1 })) },
        },
      })
    for (const piece of evidence)
      await tx.evidence.create({
        data: { stance: 'supports', basis: 'document', addedById: ownerId, ...piece, claimId: row.id },
      })
    const first = await recordFirst(tx, act, row.createdAt, 'claim', row.id, { action: 'recorded', after: {} })
    await writeDocuments(tx, [row.id])
    return tx.claim.update({ where: { id: row.id }, data: first })
  }

  /** Decides a claim, whatever its evidence, and seals it. */
  function aDecision(claimId: number, given: DecisionGiven) {
    return inOne(async (tx) => {
      const at = (given.decidedAt as Date | undefined) ?? (await clock(tx))
      const claim = await tx.claim.findUniqueOrThrow({ where: { id: claimId }, include: { attributions: true } })
      const decidedBy = await tx.account.findUniqueOrThrow({ where: { id: given.decidedById } })
      const parts = (await partsOf(tx, [claimId])).get(claimId)
      if (!parts) throw new Error(`No claim ${claimId}`)
      const ruling = {
        verdict: given.verdict,
        rationale: given.rationale ?? 'Seen in the order itself.',
        decidedBy: decidedBy.name,
        decidedById: given.decidedById,
        secondedBy: null,
        secondedById: null,
        override: given.overrideReason ?? null,
        replySought: given.replySought ?? null,
        decidedAt: at.toISOString(),
        change: given.change ?? null,
        changeNote: given.changeNote ?? null,
      }
      const needsReply = given.verdict === 'false' || given.verdict === 'misleading'
      const { seal, ...sealed } = sealOf(parts, ruling, claim.revision + 1)
      const after = {
        stage: 'decided',
        verdict: given.verdict,
        sealSha256: jsonbDigest(JSON.parse(JSON.stringify(seal))),
      }
      const happening = { action: 'decided', after }
      const kept = await record(tx, { ...act, actorId: given.decidedById }, at, 'claim', claim, happening)
      const data = { ...kept, stage: 'decided', verdict: given.verdict, formerVerdict: null, updatedAt: at } as const
      await tx.claim.update({ where: { id: claimId }, data })
      return tx.decision.create({
        data: {
          rationale: ruling.rationale,
          reviewers: 1,
          replySought: needsReply ? 'Asked on Monday; no answer.' : null,
          ...given,
          decidedAt: at,
          claimId,
          revision: kept.revision,
          findings: Object.fromEntries(claim.attributions.map(({ id, finding }) => [id, finding])),
          seal: JSON.parse(JSON.stringify(seal)),
          ...sealed,
        },
      })
    })
  }

  /** Ends the decision in force: the claim is back in review, or stays decided when it is superseded by another. */
  function endDecision(claimId: number, cause: EndCause, supersededById: number | null = null) {
    return inOne(async (tx) => {
      const at = await clock(tx)
      const claim = await tx.claim.findUniqueOrThrow({ where: { id: claimId } })
      const decision = await tx.decision.findFirstOrThrow({ where: { claimId, end: null } })
      await tx.decisionEnd.create({ data: { decisionId: decision.id, at, cause } })
      const data =
        cause === 'superseded'
          ? { supersededById }
          : { stage: 'in_review' as const, verdict: null, formerVerdict: claim.verdict }
      const kept = await record(tx, act, at, 'claim', claim, { action: cause, after: data })
      return tx.claim.update({ where: { id: claimId }, data: { ...kept, ...data, updatedAt: at } })
    })
  }

  /** Something came in after the decision. */
  function cameIn(claimId: number, what: CameIn) {
    return inOne(async (tx) => {
      const claim = await tx.claim.findUniqueOrThrow({ where: { id: claimId } })
      const kept = await record(tx, act, await clock(tx), 'claim', claim, { action: 'evidence added' })
      return tx.claim.update({ where: { id: claimId }, data: { ...kept, cameIn: what } })
    })
  }

  /** One claim updates another; both tell it. */
  function aRelation(fromId: number, toId: number) {
    return inOne(async (tx) => {
      const at = await clock(tx)
      await tx.relation.create({ data: { fromId, toId, type: 'updates', addedById: ownerId, createdAt: at } })
      for (const id of [fromId, toId]) {
        const claim = await tx.claim.findUniqueOrThrow({ where: { id } })
        await tx.claim.update({ where: { id }, data: await record(tx, act, at, 'claim', claim, { action: 'related' }) })
      }
    })
  }

  /** What a party is or was. */
  function aRole(partyId: number, role: string) {
    return inOne(async (tx) => {
      const party = await tx.party.findUniqueOrThrow({ where: { id: partyId } })
      const kept = await record(tx, act, await clock(tx), 'party', party, { action: 'edited' })
      await tx.party.update({ where: { id: partyId }, data: { ...kept, roles: { create: [{ role }] } } })
    })
  }
}
