import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, type Desk, desk, send, visit } from '../support/app.ts'
import { type Builder, build } from '../support/build.ts'

let it: Desk
let made: Builder
let storyId: number
let sourceId: number
let day = 0
beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
  sourceId = (await made.aSource()).id
})
afterAll(() => it.close())
// Each test has a story of its own, and looks at its part of the queue.
let code: string
beforeEach(async () => {
  code = `T${++day}`
  storyId = (await made.aStory({ code })).id
})

type Given = Parameters<Builder['aClaim']>[0]

/** A claim that waits since that hour of a day long gone. */
function waiting(hour: number, given: Given = {}) {
  const updatedAt = new Date(Date.UTC(2022, 0, 7, hour))
  return made.aClaim({ storyId, stage: 'submitted', updatedAt, attributions: [{ sourceId }], ...given })
}

const queue = (query = '', status = 200) => visit(it.as('eve'), `/queue?story=${code}${query}`, status)
const listed = (page: Answer) => [...page.text.matchAll(/class="queue__ref">([^<]+)</g)].map(([, ref]) => ref)
const shown = (page: Answer) =>
  /Its own page/.test(page.text) && /<p class="kicker"><span>([^<]+)</.exec(page.text)?.[1]
const hidden = (page: Answer, name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page.text)?.[1] ?? ''
const back = (page: Answer) => hidden(page, 'back').replaceAll('&amp;', '&')

describe('The queue', () => {
  test('holds what waits for review, the longest waiting first, and shows the first', async () => {
    const second = await waiting(10, { stage: 'in_review', assigneeId: it.people.sam.id })
    const first = await waiting(9)
    const third = await waiting(11, { stage: 'awaiting_second', proposal: { decidedById: it.people.sam.id } })
    for (const stage of ['draft', 'needs_info'] as const) await waiting(8, { stage })
    await waiting(8, { stage: 'closed', closedBecause: 'dropped' })
    const page = await queue()
    expect(listed(page)).toEqual([first.ref, second.ref, third.ref])
    expect(shown(page)).toBe(first.ref)
    expect(page.words).toContain('1 of 3 with nobody')
    expect(page.text).toContain(`aria-current="true"><span class="queue__ref">${first.ref}`)
    expect(page.words).toContain('with Sam Sato')
    expect(page.words).toContain('Was it said?')
  })

  test('holds a decided claim once it is challenged, and one under re-review', async () => {
    const challenged = await waiting(9, { stage: 'draft' })
    await made.aDecision(challenged.id, { verdict: 'verified', decidedById: it.people.eve.id })
    expect(listed(await queue())).toEqual([])
    await made.cameIn(challenged.id, 'addition')
    expect(listed(await queue())).toEqual([])
    await made.cameIn(challenged.id, 'contradiction')
    const again = await waiting(10, { stage: 'draft' })
    await made.aDecision(again.id, { verdict: 'false', decidedById: it.people.eve.id })
    await made.endDecision(again.id, 'reopened')
    expect(listed(await queue())).toEqual([challenged.ref, again.ref])
    expect(listed(await queue('&challenged=yes'))).toEqual([challenged.ref])
    const page = await queue('&stage=in_review')
    expect(listed(page)).toEqual([again.ref])
    expect(page.words).toContain('under re-review')
  })

  test('is narrowed to whom claims are with', async () => {
    const mine = await waiting(9, { stage: 'in_review', assigneeId: it.people.eve.id })
    const nobodys = await waiting(10)
    expect(listed(await queue('&assignee=me'))).toEqual([mine.ref])
    expect(listed(await queue('&assignee=none'))).toEqual([nobodys.ref])
    expect((await queue('&assignee=everybody', 422)).words).toContain('Choose somebody of the list')
  })

  test('keeps a claim’s place while it is worked on, and gives it a new one when it comes back', async () => {
    const [first, second] = [await waiting(9), await waiting(10)]
    await send(it.as('eve'), `/claims/${first.ref}/moves`, { action: 'take_up', revision: 1 })
    expect(listed(await queue())).toEqual([first.ref, second.ref])
    await send(it.as('eve'), `/claims/${first.ref}/moves`, {
      action: 'ask',
      revision: 2,
      ask: { reason: 'Which day?' },
    })
    expect(listed(await queue())).toEqual([second.ref])
    await send(it.as('ada'), `/claims/${first.ref}/moves`, {
      action: 'reply',
      revision: 3,
      reply: { reason: 'Friday.' },
    })
    expect(listed(await queue())).toEqual([second.ref, first.ref])
  })

  test('shows a claim in the middle with the way to those beside it', async () => {
    const claims = []
    for (let hour = 0; hour < 24; hour++) claims.push(await waiting(hour))
    const [fourteenth, fifteenth, sixteenth] = claims.slice(13)
    const page = await queue(`&claim=${fifteenth?.ref}`)
    expect(shown(page)).toBe(fifteenth?.ref)
    expect(page.words).toContain('15 of 24')
    expect(page.text).toContain(`href="/queue?story=${code}&amp;claim=${fourteenth?.ref}" rel="prev"`)
    expect(page.text).toContain(`href="/queue?story=${code}&amp;claim=${sixteenth?.ref}" rel="next"`)
    expect(listed(page)).toEqual(claims.slice(9).map(({ ref }) => ref))
  })

  test('shows a claim that no longer waits, and where the queue goes on', async () => {
    const gone = await waiting(9, { stage: 'draft' })
    const first = await waiting(10)
    const page = await queue(`&claim=${gone.ref}`)
    expect(shown(page)).toBe(gone.ref)
    expect(page.words).toContain(`1 claim waits with nobody ${gone.ref} no longer waits for review`)
    expect(page.text).toContain(`claim=${first.ref}" rel="next"`)
    await visit(it.as('eve'), '/queue?claim=ZZ-99', 404)
  })

  test('says when nothing waits', async () => {
    expect((await queue()).words).toContain('Nothing of this waits')
  })
})

describe('What is done in the queue', () => {
  test('leads to the next claim, with a line about the one before', async () => {
    const [first, second] = [await waiting(9, { stage: 'in_review' }), await waiting(10)]
    const page = await queue()
    expect(shown(page)).toBe(first.ref)
    const agent = it.as('eve')
    const answer = await send(agent, `/claims/${first.ref}/moves`, {
      action: 'close',
      revision: 1,
      close: { because: 'out_of_scope', reason: 'An opinion about the weather.' },
      back: back(page),
    })
    expect(answer.status).toBe(303)
    const next = await visit(agent, answer.headers.location ?? '')
    expect(shown(next)).toBe(second.ref)
    expect(next.words).toContain(`${first.ref} is closed. Look at ${first.ref}`)
    expect(next.words).toContain('1 of 1')
    const undone = await send(agent, `/claims/${first.ref}/undoings`, { revision: 2, back: back(page) })
    expect(shown(await visit(agent, undone.headers.location ?? ''))).toBe(first.ref)
  })

  test('leads from the last claim to the first again, and to an empty queue in the end', async () => {
    const [first, second] = [await waiting(9, { stage: 'in_review' }), await waiting(10, { stage: 'in_review' })]
    const close = { because: 'out_of_scope', reason: 'No claim.' }
    const page = await queue(`&claim=${second.ref}`)
    const fields = { action: 'close', revision: 1, close, back: back(page) }
    const answer = await send(it.as('eve'), `/claims/${second.ref}/moves`, fields)
    const next = await visit(it.as('eve'), answer.headers.location ?? '')
    expect(shown(next)).toBe(first.ref)
    const last = await send(it.as('eve'), `/claims/${first.ref}/moves`, { ...fields, back: back(next) })
    expect((await visit(it.as('eve'), last.headers.location ?? '')).words).toContain('Nothing of this waits')
  })

  test('stays on a claim that is taken up, and on one whose finding is recorded', async () => {
    const first = await waiting(9)
    await waiting(10)
    const taken = await send(it.as('eve'), `/claims/${first.ref}/moves`, {
      action: 'take_up',
      revision: 1,
      back: back(await queue()),
    })
    const page = await visit(it.as('eve'), taken.headers.location ?? '')
    expect(shown(page)).toBe(first.ref)
    expect(page.words).toContain('1 of 2 with Eve Egan')
    const { id } = await it.db.attribution.findFirstOrThrow({ where: { claimId: first.id } })
    const found = await send(it.as('eve'), `/claims/${first.ref}/attributions/${id}/findings`, {
      revision: 2,
      [`found${id}`]: {
        finding: 'not_found',
        findingNote: '',
        findingUrl: '',
        originalWords: '',
        originalLanguage: '',
      },
      back: back(page),
    })
    expect(shown(await visit(it.as('eve'), found.headers.location ?? ''))).toBe(first.ref)
  })

  test('is refused in the queue itself, with what was typed', async () => {
    const first = await waiting(9, { stage: 'in_review' })
    await waiting(10)
    const page = await queue()
    const fields = { revision: 1, rationale: 'Seen in the order.', back: back(page) }
    const refused = await send(it.as('eve'), `/claims/${first.ref}/decisions`, fields)
    expect(refused.status).toBe(422)
    expect(refused.words).toContain('Choose a verdict.')
    expect(refused.words).toContain('1 of 2')
    expect(refused.text).toContain('Seen in the order.')
    expect(shown(refused)).toBe(first.ref)
    expect(back(refused)).toBe(back(page))
    const stale = await send(it.as('sam'), `/claims/${first.ref}/moves`, { action: 'hand_back', revision: 1 })
    expect(stale.status).toBe(303)
    const late = await send(it.as('eve'), `/claims/${first.ref}/decisions`, { ...fields, verdict: 'not_checkable' })
    expect(late.status).toBe(409)
    expect(late.words).toContain('What you typed')
  })

  test('never leads outside the queue', async () => {
    const first = await waiting(9)
    const fields = { action: 'take_up', revision: 1 }
    for (const away of ['https://example.org/', '//example.org', '/admin/people']) {
      const answer = await send(it.as('eve'), `/claims/${first.ref}/moves`, { ...fields, back: away })
      expect(answer.headers.location ?? `/claims/${first.ref}`).toBe(`/claims/${first.ref}`)
    }
  })

  test('leads nobody there who may not see it', async () => {
    const first = await waiting(9)
    const fields = { action: 'drop', revision: 1, back: '/queue' }
    const answer = await send(it.as('ada'), `/claims/${first.ref}/moves`, fields)
    expect(answer.headers.location).toBe(`/claims/${first.ref}`)
  })
})

test('The queue asks as many questions for a long one as for a short one', async () => {
  const source = (await made.aSource()).id
  const many = Array.from({ length: 12 }, () => ({ sourceId: source, hedges: ['reportedly'] }))
  await waiting(9)
  const few = await it.database.countQueries(() => queue())
  for (let hour = 10; hour < 16; hour++) await waiting(hour, { attributions: many })
  await waiting(8, { attributions: many, evidence: many.map(({ sourceId }) => ({ sourceId })) })
  expect(await it.database.countQueries(() => queue())).toBe(few)
})
