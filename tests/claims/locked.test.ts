import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { lockClaim, saveClaim } from '../../src/claims/locked.store.ts'
import { transaction } from '../../src/database/rows.ts'
import { clock } from '../../src/history/store.ts'
import { type Desk, desk } from '../support/app.ts'
import { type Builder, build } from '../support/build.ts'

let here: Desk
let made: Builder
beforeAll(async () => {
  here = await desk()
  made = build(here.db, here.people.ada.id)
})
afterAll(() => here.close())

const FULL = {
  statement: '“Nine” – девять\n\\ "9" ▮',
  occurredOn: '2022-01-07',
  figureComparator: 'between',
  figureLow: '9007199254740993.10',
  figureHigh: '1e30',
  wordsBy: [1, 2],
  stage: 'awaiting_second',
  proposal: { verdict: 'verified', rationale: 'Two saw it.' },
} as const

it('a claim that is locked is the very claim that Prisma reads', async () => {
  for (const given of [{}, { ...FULL, wordsBy: [...FULL.wordsBy] }]) {
    const { id, ref } = await made.aClaim(given)
    const { lockedAt, ...claim } = await transaction(here.db, (tx) => lockClaim(tx, ref))
    expect(claim).toEqual(await here.db.claim.findUniqueOrThrow({ where: { id } }))
    expect(lockedAt).toBeInstanceOf(Date)
  }
})

it('what is saved of a locked claim is what Prisma then reads, each column as its own type, and the rest stays', async () => {
  const { id, ref } = await made.aClaim({ place: 'Almaty' })
  const { proposal, ...words } = FULL
  const act = { actorId: here.people.ada.id, requestId: crypto.randomUUID(), digest: '' }
  const at = new Date('2022-01-09T10:11:12.345Z')
  const data = { ...words, wordsBy: [7], proposal, place: undefined, createdAt: new Date('2022-01-01T00:00:00.001Z') }
  const { lockedAt: _, ...saved } = await transaction(here.db, async (tx) => {
    const claim = await lockClaim(tx, ref)
    return saveClaim(tx, act, claim, { action: 'edited', data, isMove: true }, at)
  })
  expect(saved).toEqual(await here.db.claim.findUniqueOrThrow({ where: { id } }))
  expect(saved).toMatchObject({ ...words, figureLow: expect.anything(), figureHigh: expect.anything(), wordsBy: [7] })
  expect(saved).toMatchObject({ proposal, place: 'Almaty', updatedAt: at, revision: 2, movedAtRevision: 2 })
  expect([saved.figureLow?.toFixed(), saved.figureHigh?.toFixed()]).toEqual([
    '9007199254740993.1',
    '1000000000000000000000000000000',
  ])
})

it('a claim’s clock is read once it is held, also when whoever held it before has changed nothing', async () => {
  const { ref } = await made.aClaim({})
  let told = () => {}
  const isHeld = new Promise<void>((resolve) => {
    told = resolve
  })
  const first = transaction(here.db, async (tx) => {
    await lockClaim(tx, ref)
    told()
    await delay(300)
    return clock(tx)
  })
  await isHeld
  const { lockedAt } = await transaction(here.db, (tx) => lockClaim(tx, ref))
  expect(lockedAt.getTime()).toBeGreaterThanOrEqual((await first).getTime())
})
