import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Finding, Naming, Position, Stage, Verdict } from '../../prisma/client/enums.ts'
import { CLAIMS } from '../../seeds/claims/all.ts'
import { seedDemonstration } from '../../seeds/index.ts'
import { PARTIES } from '../../seeds/parties.ts'
import type { Cast } from '../../seeds/people.ts'
import { SOURCES } from '../../seeds/sources.ts'
import { openSession } from '../../src/accounts/session.store.ts'
import { createAccount } from '../../src/accounts/store.ts'
import { hashOf } from '../../src/history/chain.ts'
import { clock } from '../../src/history/store.ts'
import { type Desk, desk, visit } from '../support/app.ts'

// More than this, and it would be felt on a small machine: each act takes some fifteen statements.
const STATEMENTS = 3_000
// Several acts and pages a test; it is a busy machine.
const PATIENCE = 120_000

let demo: Desk
let cast: Cast
let statements: number

beforeAll(async () => {
  demo = await desk({ people: false })
  const first = { email: 'ines@example.net', name: 'Ines', role: 'admin' as const }
  await demo.db.$transaction(async (tx) => createAccount(tx, null, await clock(tx), first))
  statements = await demo.database.countQueries(async () => {
    const outcome = await seedDemonstration(demo.db)
    if (outcome.kind === 'refused') throw new Error(outcome.problems[0]?.message)
    cast = outcome.value
  })
}, PATIENCE)
afterAll(() => demo.close())

describe('The demonstration', { timeout: PATIENCE }, () => {
  it('asks the database a bounded number of times', () => {
    expect(statements).toBeLessThan(STATEMENTS)
  })

  it('has its people beside the first admin, its parties, documents and claims', async () => {
    const people = await demo.db.account.findMany({ orderBy: { id: 'asc' }, select: { email: true, role: true } })
    expect(people.map(({ email, role }) => `${email} ${role}`)).toEqual([
      'ines@example.net admin',
      'ada@example.org reporter',
      'ben@example.org reporter',
      'eve@example.org editor',
      'sam@example.org editor',
      'rae@example.org reader',
      'mo@example.org admin',
    ])
    expect(await demo.db.party.count()).toBe(PARTIES.length)
    expect(await demo.db.source.count()).toBe(Object.keys(SOURCES).length)
    expect(await demo.db.claim.count()).toBe(CLAIMS.length)
    expect(CLAIMS.length).toBeGreaterThanOrEqual(18)
  })

  it('has claims in every stage and under every verdict', async () => {
    const claims = await demo.db.claim.findMany()
    expect(new Set(claims.map(({ stage }) => stage))).toEqual(new Set(Object.values(Stage)))
    const verdicts = new Set(claims.flatMap(({ verdict }) => verdict ?? []))
    expect(verdicts).toEqual(new Set(Object.values(Verdict)))
    expect(claims.some(({ supersededById }) => supersededById)).toBe(true)
    expect(claims.some(({ stage, formerVerdict }) => stage === 'in_review' && formerVerdict)).toBe(true)
    expect(claims.some(({ cameIn }) => cameIn === 'addition')).toBe(true)
    expect(claims.some(({ cameIn }) => cameIn === 'contradiction')).toBe(true)
  })

  it('has every finding, every way of naming and every position', async () => {
    const attributions = await demo.db.attribution.findMany()
    expect(new Set(attributions.map(({ finding }) => finding))).toEqual(new Set(Object.values(Finding)))
    expect(new Set(attributions.map(({ naming }) => naming))).toEqual(new Set(Object.values(Naming)))
    expect(new Set(attributions.map(({ position }) => position))).toEqual(new Set(Object.values(Position)))
  })

  it('has every passage in its text, and cue, hedges and quoted words in it as they are printed', async () => {
    const attributions = await demo.db.attribution.findMany({ include: { capture: true } })
    expect(attributions.filter(({ start }) => start === null).map(({ passage }) => passage)).toEqual([])
    for (const { capture, start, end, passage, quote, cue, hedges, occasion } of attributions) {
      const letters = [...(capture?.text ?? '')]
      expect(letters.slice(start ?? 0, end ?? 0).join('')).toBe(passage)
      const around = letters.slice(Math.max(0, (start ?? 0) - 240), (end ?? 0) + 240).join('')
      if (quote) expect(passage).toContain(quote)
      if (cue) expect(around).toContain(cue)
      for (const hedge of hedges) expect(passage).toContain(hedge)
      if (occasion) expect(capture?.text).toContain(occasion)
    }
    const evidence = await demo.db.evidence.findMany({ where: { start: null }, select: { passage: true } })
    expect(evidence).toEqual([])
  })

  it('has a figure’s wording in the text it is taken from', async () => {
    const claims = await demo.db.claim.findMany({
      where: { figureWording: { not: null } },
      include: { attributions: { include: { capture: true } } },
    })
    expect(claims.length).toBeGreaterThan(5)
    for (const { figureWording, attributions } of claims)
      expect(attributions.some(({ capture }) => capture?.text.includes(figureWording ?? ''))).toBe(true)
  })

  it('says of every document that it was written for the demonstration', async () => {
    const sources = await demo.db.source.findMany({ select: { notes: true, url: true } })
    expect(sources.every(({ notes }) => notes.startsWith('A demonstration text'))).toBe(true)
    expect(sources.every(({ url }) => url === null || url.startsWith('https://example.org/'))).toBe(true)
  })

  it('has a history that holds together, each act by somebody and under an id of its own', async () => {
    const events = await demo.db.event.findMany({ orderBy: { id: 'asc' } })
    const last = new Map<string, { revision: number; hash: string }>()
    for (const event of events) {
      const key = `${event.subject} ${event.subjectId}`
      expect(event.previousHash).toBe(last.get(key)?.hash ?? '')
      expect(event.hash).toBe(hashOf(event.previousHash, event, event.bodyDigest))
      last.set(key, event)
    }
    const [claims, sources, parties] = await Promise.all([
      demo.db.claim.findMany(),
      demo.db.source.findMany(),
      demo.db.party.findMany(),
    ])
    for (const [subject, rows] of Object.entries({ claim: claims, source: sources, party: parties }))
      for (const { id, revision, lastHash } of rows)
        expect(last.get(`${subject} ${id}`)).toMatchObject({ revision, hash: lastHash })
    const ofClaims = events.filter(({ subject }) => subject === 'claim')
    expect(ofClaims.every(({ actorId, requestId }) => actorId !== null && requestId !== null)).toBe(true)
    // Closing a duplicate is one act on two claims.
    const acts = ofClaims.filter(({ action }) => action !== 'took over a duplicate')
    expect(new Set(ofClaims.map(({ requestId }) => requestId)).size).toBe(acts.length)
  })

  it('seals each decision', async () => {
    const decisions = await demo.db.decision.findMany({ include: { claim: true } })
    expect(decisions.length).toBeGreaterThanOrEqual(12)
    for (const { seal, claim } of decisions) expect(JSON.stringify(seal)).toContain(claim.ref)
  })

  it('shows a page for every claim, every document and every party', async () => {
    const agent = demo.stranger().set('Cookie', `stet_session=${await openSession(demo.db, cast.eve.id, 'a test')}`)
    const claims = await demo.db.claim.findMany({ select: { ref: true, statement: true } })
    for (const { ref, statement } of claims) {
      const { words } = await visit(agent, `/claims/${ref}`)
      expect(words).toContain(statement)
      expect(words, ref).not.toContain('does not stand in the text')
    }
    for (const { id } of await demo.db.source.findMany({ select: { id: true } })) await visit(agent, `/sources/${id}`)
    for (const { id } of await demo.db.party.findMany({ select: { id: true } })) await visit(agent, `/parties/${id}`)
    for (const path of ['/', '/claims', '/stories/KZ', '/sources', '/parties']) await visit(agent, path)
  })

  it('is refused on a desk that has a story, and changes nothing there', async () => {
    const before = await demo.db.event.count()
    const again = await seedDemonstration(demo.db)
    expect(again).toMatchObject({
      kind: 'refused',
      problems: [{ message: expect.stringContaining('already has its story') }],
    })
    expect(await demo.db.event.count()).toBe(before)
  })
})

describe('On a desk where one of the cast has another role', () => {
  it('the demonstration is refused, and changes nothing', async () => {
    const other = await desk({ people: false })
    const reader = { email: 'eve@example.org', name: 'Eve', role: 'reader' as const }
    await other.db.$transaction(async (tx) => createAccount(tx, null, await clock(tx), reader))
    const outcome = await seedDemonstration(other.db)
    expect(outcome).toMatchObject({
      kind: 'refused',
      problems: [{ message: expect.stringMatching(/eve@example.org .* as reader/) }],
    })
    expect(await other.db.account.count()).toBe(1)
    expect(await other.db.story.count()).toBe(0)
    await other.close()
  })
})
