import { afterAll, beforeAll, expect, test } from 'vitest'
import { fallenInWords } from '../../src/decisions/superseding.ts'
import { type Desk, desk, send, visit } from '../support/app.ts'
import { type Builder, build } from '../support/build.ts'

let it: Desk
let made: Builder
let paper: { id: number }
beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
  paper = await made.aSource()
})
afterAll(() => it.close())

async function verified() {
  const { id, ref } = await made.aClaim({ stage: 'in_review', attributions: [{ sourceId: paper.id }] })
  await made.aDecision(id, { verdict: 'verified', decidedById: it.people.eve.id })
  return ref
}

async function move(ref: string, action: string, own: Record<string, string> = {}) {
  const { revision } = await it.db.claim.findUniqueOrThrow({ where: { ref } })
  const answer = await send(it.as('eve'), `/claims/${ref}/moves`, { revision, action, [action]: own })
  expect(answer.status, answer.words).toBe(303)
}

const SECTION = 'Superseded by what no longer stands'

test.each([
  ['in_review', null, false, 'under review again'],
  ['submitted', null, false, 'under review again'],
  ['closed', null, false, 'closed now'],
  ['decided', 'false', false, 'decided otherwise now: false'],
  ['decided', 'partly_verified', false, 'decided otherwise now: partly verified'],
  ['decided', 'verified', true, 'itself superseded'],
  ['decided', 'verified', false, null],
] as const)(
  'A superseding claim that is %s, %s, superseded %s, is said to be %s',
  (stage, verdict, isSuperseded, words) => {
    expect(fallenInWords({ stage, verdict, isSuperseded })).toBe(words)
  },
)

test('When the newer claim no longer stands, both pages say so, and the older is on every editor’s page until it is reopened', async () => {
  const [older, newer] = [await verified(), await verified()]
  await move(older, 'supersede', { newer })
  expect((await visit(it.as('rae'), `/claims/${older}`)).words).toContain(`Superseded by ${newer}: Claim`)
  expect((await visit(it.as('rae'), `/claims/${newer}`)).words).not.toContain('It superseded')
  expect((await visit(it.as('sam'), '/')).words).not.toContain(SECTION)

  await move(newer, 'reopen', { reason: 'The register was another city’s.' })
  const mine = await visit(it.as('rae'), `/claims/${older}`)
  expect(mine.words).toContain(`Superseded by ${newer}, which is under review again: Claim`)
  expect(mine.words).toContain('This claim stays superseded until an editor reopens it.')
  const theirs = await visit(it.as('rae'), `/claims/${newer}`)
  expect(theirs.words).toContain(
    `This claim is under review again. It superseded ${older}, which stays superseded until an editor reopens it.`,
  )
  const work = await visit(it.as('sam'), '/')
  expect(work.words).toMatch(new RegExp(`${SECTION} ${older}`))
  expect((await visit(it.as('ada'), '/')).words).not.toContain(SECTION)

  await move(newer, 'close', { because: 'out_of_scope', reason: 'Not ours.' })
  expect((await visit(it.as('rae'), `/claims/${older}`)).words).toContain(`${newer}, which is closed now: Claim`)

  await move(older, 'reopen', { reason: 'It has to stand by itself.' })
  expect((await visit(it.as('rae'), `/claims/${newer}`)).words).not.toContain('It superseded')
  expect((await visit(it.as('sam'), '/')).words).not.toContain(SECTION)
})

test('A chain of supersessions is no fall', async () => {
  const [first, second, third] = [await verified(), await verified(), await verified()]
  await move(first, 'supersede', { newer: second })
  await move(second, 'supersede', { newer: third })
  const page = await visit(it.as('rae'), `/claims/${first}`)
  expect(page.words).toContain(`Superseded by ${second}, which is itself superseded: Claim`)
  expect(page.words).not.toContain('until an editor reopens')
  expect((await visit(it.as('sam'), '/')).words).not.toContain(SECTION)
})
