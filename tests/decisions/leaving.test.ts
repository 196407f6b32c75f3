import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, desk, type Fields, send, visit } from '../support/app.ts'
import { type Builder, build } from '../support/build.ts'
import type { Name } from '../support/people.ts'

let it: Desk
let made: Builder
let paper: { id: number }
beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
  paper = await made.aSource({ title: 'Dispatch' })
})
afterAll(() => it.close())

const FIGURE = { comparator: 'at_least', low: '26', wording: 'at least 26' }
const STATEMENT = 'At least 26 protesters were killed.'

/** A claim with a figure, decided on a piece of evidence. */
async function decided() {
  const claim = await made.aClaim({
    statement: STATEMENT,
    stage: 'in_review',
    figureComparator: 'at_least',
    figureLow: '26',
    figureWording: 'at least 26',
    attributions: [{ sourceId: paper.id, passage: 'at least 26' }],
    evidence: [{ sourceId: paper.id, passage: 'lists 26 bodies' }],
  })
  await made.aDecision(claim.id, { verdict: 'verified', decidedById: it.people.eve.id })
  return now(claim.ref)
}

const now = (ref: string) =>
  it.db.claim.findUniqueOrThrow({ where: { ref }, include: { attributions: true, evidence: true } })

type Decided = Awaited<ReturnType<typeof decided>>

function words({ attributions: [said] }: Decided, own: Fields = {}): Fields {
  return {
    statement: STATEMENT,
    language: 'en',
    figure: FIGURE,
    attributions: [
      { id: String(said?.id), source: `#${paper.id}`, naming: 'unstated', position: 'asserts', passage: 'at least 26' },
    ],
    ...own,
  }
}

const CHANGES: Record<string, (claim: Decided) => [path: string, fields: Fields]> = {
  'its statement': (claim) => ['edits', words(claim, { statement: 'At least 27 protesters were killed.' })],
  'its figure': (claim) => ['edits', words(claim, { figure: { ...FIGURE, low: '27' } })],
  'an attribution': (claim) => {
    const attribution = { source: `#${paper.id}`, naming: 'unstated', position: 'denies' }
    return ['edits', words(claim, { attributions: [{ ...attribution, id: String(claim.attributions[0]?.id) }] })]
  },
  'evidence relied on': ({ evidence: [piece] }) => [
    `evidence/${piece?.id}/edits`,
    { source: `#${paper.id}`, stance: 'supports', basis: 'document', passage: 'lists 27 bodies' },
  ],
  'evidence relied on, by removing it': ({ evidence: [piece] }) => [
    `evidence/${piece?.id}/edits`,
    {
      source: `#${paper.id}`,
      stance: 'supports',
      basis: 'document',
      passage: 'lists 26 bodies',
      isRemoved: 'yes',
    },
  ],
}

describe('Changing what a decision stands on', () => {
  test.each(Object.entries(CHANGES))(
    '%s, puts the claim under re-review at once, and the decision has ended',
    async (_, change) => {
      const claim = await decided()
      const [path, fields] = change(claim)
      const by = (who: Name, own: Fields) =>
        send(it.as(who), `/claims/${claim.ref}/${path}`, { revision: claim.revision, ...fields, ...own })
      // Not even its author.
      for (const who of ['ada', 'ben', 'rae'] as const)
        expect((await by(who, { reason: 'It was misread.' })).status, who).toBe(403)
      for (const own of [{}, { reason: '  ' }] as Fields[]) {
        const unsaid = await by('eve', own)
        expect(unsaid.status).toBe(422)
        expect(unsaid.words).toContain('Say why: this puts the claim back under review.')
        expect(unsaid.text).toContain('href="#f-reason"')
      }
      expect(await now(claim.ref)).toEqual(claim)

      expect((await by('eve', { reason: 'It was misread.' })).status).toBe(303)
      expect(await now(claim.ref)).toMatchObject({
        stage: 'in_review',
        verdict: null,
        formerVerdict: 'verified',
        revision: claim.revision + 1,
        movedAtRevision: claim.revision + 1,
        waitsSince: expect.any(Date),
      })
      const decision = await it.db.decision.findFirstOrThrow({ where: { claimId: claim.id }, include: { end: true } })
      expect(decision.end?.cause).toBe('edited')
      const event = await it.db.event.findFirstOrThrow({
        where: { subject: 'claim', subjectId: claim.id, revision: claim.revision + 1 },
        include: { body: true },
      })
      expect(event.body).toMatchObject({
        reason: 'It was misread.',
        before: { stage: 'decided', verdict: 'verified' },
        after: { stage: 'in_review', verdict: null },
      })
      expect(event.at).toEqual(decision.end?.at)
      const page = await visit(it.as('rae'), `/claims/${claim.ref}`)
      expect(page.words).toContain('Verified, under re-review')
      expect(page.words).toContain('ended when the claim or its evidence was edited')
      const queue = await visit(it.as('sam'), `/queue?claim=${claim.ref}`)
      expect(queue.words).toContain('Verified, under re-review')
      const file = await it.as('rae').get('/exports/claims.csv?preset=verified').buffer(true)
      expect(file.text).not.toContain(`"${claim.ref}"`)
    },
  )
})
