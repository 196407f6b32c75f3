import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, desk, send, visit } from '../support/app.ts'
import { type Builder, build } from '../support/build.ts'
import type { Name } from '../support/people.ts'

let it: Desk
let made: Builder
let ref: string
let id: number
beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
  ;({ ref, id } = await made.aClaim({ stage: 'in_review', assigneeId: it.people.eve.id }))
})
afterAll(() => it.close())

const comment = (name: Name, text: string, more = {}) =>
  send(it.as(name), `/claims/${ref}/comments`, { comment: text, ...more })
const turn = (name: Name, commentId: number, what: string) =>
  send(it.as(name), `/claims/${ref}/comments/${commentId}/turns`, { turn: what })
const newest = () => it.db.comment.findFirstOrThrow({ orderBy: { id: 'desc' } })

describe('A comment', () => {
  test('stands on the claim for those who work on it, and changes nothing of the claim', async () => {
    const before = await it.db.claim.findUniqueOrThrow({ where: { id } })
    const edit = await visit(it.as('eve'), `/claims/${ref}/edit`)
    expect((await comment('ada', 'Is this <b>the</b> ministry’s own page?\nSecond line.')).status).toBe(303)
    expect(await it.db.claim.findUniqueOrThrow({ where: { id } })).toEqual(before)
    const page = await visit(it.as('ben'), `/claims/${ref}`)
    expect(page.text).toContain('Is this &lt;b&gt;the&lt;/b&gt; ministry’s own page?')
    expect(page.words).toContain('Ada Abel')
    // A form that was open meanwhile is not stale.
    const revision = /name="revision" value="(\d+)"/.exec(edit.text)?.[1] ?? ''
    const moved = await send(it.as('eve'), `/claims/${ref}/moves`, { action: 'hand_back', revision })
    expect(moved.status).toBe(303)
  })

  test('is for nobody else: readers neither see nor write any, and it is in no export', async () => {
    const page = await visit(it.as('rae'), `/claims/${ref}`)
    expect(page.words).not.toContain('ministry’s own page')
    expect(page.words).not.toContain('Discussion')
    await visit(it.as('rae'), `/claims/${ref}/comments`, 403)
    expect((await comment('rae', 'Hello')).status).toBe(403)
    const csv = await it.as('eve').get('/exports/claims.csv')
    expect(csv.text).not.toContain('ministry’s own page')
  })

  test('must say something, and keeps what was typed when it is too long', async () => {
    expect((await comment('ada', '  ')).words).toContain('Write the comment.')
    const long = await comment('ada', 'x'.repeat(4001))
    expect(long.status).toBe(422)
    expect(long.text).toContain('x'.repeat(4001))
    expect(long.words).not.toContain('no longer open to you')
    await visit(it.as('ada'), '/claims/ZZ-9/comments', 404)
  })

  test('is written once however often it is sent', async () => {
    const before = await it.db.comment.count()
    const requestId = randomUUID()
    for (let n = 0; n < 2; n++) expect((await comment('ada', 'Sent twice.', { requestId })).status).toBe(303)
    expect(await it.db.comment.count()).toBe(before + 1)
  })

  test('names people, who find it on their page until it is resolved', async () => {
    const agent = it.as('eve')
    const answer = await send(agent, `/claims/${ref}/comments`, { comment: '@Ben Bauer can you ask? @Zoe too.' })
    expect(answer.headers.location).toBe(`/claims/${ref}#comment-${(await newest()).id}`)
    const landed = await visit(agent, `/claims/${ref}`)
    expect(landed.words).toContain(
      'Ben Bauer will find it under My work. Nobody who works on claims here is called @Zoe',
    )
    const mine = async () => (await visit(it.as('ben'), '/')).words
    expect(await mine()).toContain('can you ask?')
    expect((await visit(it.as('ada'), '/')).words).not.toContain('can you ask?')
    const { id: commentId } = await newest()
    await turn('ada', commentId, 'resolve')
    expect(await mine()).not.toContain('can you ask?')
    expect((await visit(agent, `/claims/${ref}`)).words).toContain('Resolved by Ada Abel')
    expect((await turn('eve', commentId, 'resolve')).words).toContain('resolved already, by Ada Abel')
    await turn('eve', commentId, 'reopen')
    expect(await mine()).toContain('can you ask?')
    expect((await visit(agent, `/claims/${ref}`)).words).toContain('Opened again by Eve Egan')
  })

  test('is withdrawn by its author alone; that there was one stays', async () => {
    await comment('ada', '@Ben a slip of the tongue')
    const { id: commentId } = await newest()
    expect((await turn('eve', commentId, 'withdraw')).status).toBe(403)
    expect((await turn('ada', commentId, 'withdraw')).status).toBe(303)
    const page = await visit(it.as('eve'), `/claims/${ref}`)
    expect(page.words).toContain('Withdrawn by its author')
    expect(page.words).not.toContain('slip of the tongue')
    expect((await visit(it.as('ben'), '/')).words).not.toContain('slip of the tongue')
    expect((await turn('ada', commentId, 'reopen')).words).toContain('Nothing can be done with it any more')
    expect((await turn('ada', 999_999, 'resolve')).status).toBe(404)
  })

  test('is edited and deleted by nobody, not even by SQL', async () => {
    const { pool } = it.database
    const edit = "update comment set text = 'Other words' where withdrawn_at is null"
    await expect(pool.query(edit)).rejects.toThrow(/A comment is not edited/)
    await expect(pool.query('delete from comment')).rejects.toThrow(/neither changed nor deleted/)
  })

  test('made in the queue leads back to it', async () => {
    const answer = await comment('eve', 'From the queue', { back: `/queue?claim=${ref}` })
    expect(answer.headers.location).toBe(`/queue?claim=${ref}`)
    expect((await visit(it.as('eve'), `/queue?claim=${ref}`)).words).toContain('From the queue')
  })
})

test('A long discussion is shown in pages, with as many questions as a short one', async () => {
  const other = await made.aClaim({ stage: 'in_review' })
  const at = new Date()
  const few = await it.database.countQueries(() => visit(it.as('eve'), `/claims/${other.ref}`))
  const data = Array.from({ length: 60 }, (_, n) => ({
    claimId: other.id,
    authorId: it.people.ada.id,
    text: `No. ${n}!`,
    at,
  }))
  await it.db.comment.createMany({ data })
  expect(await it.database.countQueries(() => visit(it.as('eve'), `/claims/${other.ref}`))).toBeLessThanOrEqual(few + 2)
  const page = await visit(it.as('eve'), `/claims/${other.ref}`)
  expect(page.words).toContain('No. 59!')
  expect(page.words).not.toContain('No. 39!')
  const all = await visit(it.as('eve'), `/claims/${other.ref}/comments`)
  expect(all.words).toContain('No. 10!')
  expect(all.words).not.toContain('No. 9!')
  const older = /href="([^"]+\?before=\d+)"/.exec(all.text)?.[1] ?? ''
  expect((await visit(it.as('eve'), older)).words).toContain('No. 9!')
})
