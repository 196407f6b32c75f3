import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, desk, visit } from '../support/app.ts'
import { changeUnguarded } from '../support/behind.ts'
import { type Builder, build } from '../support/build.ts'
import { makeAdmin, type Name } from '../support/people.ts'

let it_: Desk
let made: Builder
let storyId: number
beforeAll(async () => {
  it_ = await desk()
  made = build(it_.db, it_.people.ada.id)
})
afterAll(() => it_.close())

/** A heading of the page with the text up to the next one. */
async function section(name: Name, heading: string): Promise<string> {
  const page = await visit(it_.as(name), '/')
  const [, rest = ''] = page.text.split(`<h2>${heading}</h2>`)
  return rest.split('</section>')[0] ?? ''
}

describe('my work', () => {
  it('on an empty desk says what to do first', async () => {
    const editor = await visit(it_.as('eve'), '/')
    expect(editor.words).toContain('This desk is empty')
    expect(editor.text).toContain('href="/stories/new"')
    expect(editor.text).not.toContain('/admin/demonstration')
    expect((await visit(it_.as('ada'), '/')).text).not.toContain('href="/stories/new"')
    expect((await visit(it_.as('mo'), '/')).text).toContain('action="/admin/demonstration"')
  })

  it('is full of empty states when nothing waits', async () => {
    storyId = (await made.aStory({ code: 'KZ', title: 'Kazakhstan' })).id
    const page = await visit(it_.as('eve'), '/')
    expect(page.words).toContain('You have taken up no claim')
    expect(page.words).toContain('Nothing has been decided yet')
    expect(page.words).not.toContain('This desk is empty')
  })

  it('shows each person what waits for them', async () => {
    const { ada, eve, sam } = it_.people
    await made.aClaim({ storyId, stage: 'in_review', assigneeId: eve.id, statement: 'Taken up by Eve' })
    await made.aClaim({ storyId, stage: 'in_review', assigneeId: sam.id, statement: 'Taken up by Sam' })
    await made.aClaim({ storyId, stage: 'needs_info', authorId: ada.id, statement: 'Returned to Ada' })
    await made.aClaim({ storyId, stage: 'draft', authorId: ada.id, statement: 'A draft of Ada’s' })
    await made.aClaim({
      storyId,
      stage: 'awaiting_second',
      proposal: { decidedById: sam.id },
      statement: 'Waiting for another editor',
    })
    await made.aClaim({ storyId, stage: 'submitted', statement: 'In the queue' })
    expect(await section('eve', 'Waiting for me')).toContain('Taken up by Eve')
    expect(await section('eve', 'Waiting for me')).not.toContain('Taken up by Sam')
    expect(await section('eve', 'With others')).toContain('Taken up by Sam')
    expect(await section('eve', 'With others')).toContain('with <bdi>Sam Sato</bdi>')
    expect(await section('eve', 'Waiting for a second')).toContain('Waiting for another editor')
    expect(await section('sam', 'Waiting for a second')).not.toContain('Waiting for another editor')
    expect(await section('eve', 'Waiting for a second')).toContain('waits since')
    expect(await section('ada', 'Returned to me')).toContain('Returned to Ada')
    expect(await section('ada', 'My drafts')).toContain('A draft of Ada’s')
    expect(await section('ben', 'My drafts')).toContain('You have no drafts')
    const reporter = await visit(it_.as('ada'), '/')
    expect(reporter.words).not.toContain('Waiting for a second')
    expect(reporter.words).toMatch(/In the queue 4 The oldest of them less than a minute ago/)
  })

  it('shows what was decided and what is due to be looked at again', async () => {
    const claim = await made.aClaim({ storyId, statement: 'Not to be established yet' })
    await made.aDecision(claim.id, { verdict: 'unproven', decidedById: it_.people.eve.id })
    expect(await section('rae', 'Recently decided')).toContain('Not to be established yet')
    expect(await section('rae', 'Recently decided')).toContain('by <bdi>Eve Egan</bdi>')
    expect(await section('eve', 'To be rechecked')).toContain('No unproven claim of yours is due')
    await changeUnguarded(it_.database, `update claim set recheck_on = '2022-02-01' where id = ${claim.id}`)
    expect(await section('eve', 'To be rechecked')).toContain('due on 1 February 2022')
    await changeUnguarded(it_.database, `update claim set recheck_on = '2999-01' where id = ${claim.id}`)
    expect(await section('eve', 'To be rechecked')).toContain('No unproven claim of yours is due')
  })

  it('brings what is due back to whoever has it, else to whoever decided it, else to every editor', async () => {
    const { ada, eve, sam } = it_.people
    const claim = await made.aClaim({ storyId, statement: 'Due again' })
    await made.aDecision(claim.id, { verdict: 'unproven', decidedById: eve.id })
    const seenBy = async () => {
      const seen: Name[] = []
      for (const name of ['ada', 'rae', 'eve', 'sam', 'mo'] as const)
        if ((await section(name, 'To be rechecked')).includes('Due again')) seen.push(name)
      return seen
    }
    const given = (change: string) => changeUnguarded(it_.database, `update claim set ${change} where id = ${claim.id}`)
    await given(`recheck_on = '2022-02-01'`)
    expect(await seenBy()).toEqual(['eve'])
    await given(`assignee_id = ${sam.id}`)
    expect(await seenBy()).toEqual(['sam'])
    // Somebody who reviews nothing any more has nothing come back to them.
    await given(`assignee_id = ${ada.id}`)
    expect(await seenBy()).toEqual(['eve'])
    await changeUnguarded(it_.database, `update account set role = 'reporter' where id = ${eve.id}`)
    expect(await seenBy()).toEqual(['sam', 'mo'])
    await changeUnguarded(it_.database, `update account set role = 'editor' where id = ${eve.id}`)
    expect((await visit(it_.as('rae'), '/')).words).not.toContain('To be rechecked')
  })

  it('shows editors what is challenged, and an admin the redactions that another asks for', async () => {
    const { eve, mo } = it_.people
    const other = await makeAdmin(it_.db, 'Noor')
    const claim = await made.aClaim({ storyId, statement: 'Challenged by a later count' })
    await made.aDecision(claim.id, { verdict: 'verified', decidedById: eve.id })
    await made.cameIn(claim.id, 'contradiction')
    expect(await section('eve', 'Challenged')).toContain('Challenged by a later count')
    expect((await visit(it_.as('ada'), '/')).text).not.toContain('<h2>Challenged</h2>')
    const event = await it_.db.event.findFirstOrThrow()
    const proposal = { eventId: event.id, ground: 'law' as const, proposedAt: new Date() }
    await it_.db.redactionProposal.create({ data: { ...proposal, proposedById: other.id } })
    expect(await section('mo', 'Redactions to second')).toContain('<bdi>Noor</bdi>')
    expect((await visit(it_.as('eve'), '/')).text).not.toContain('Redactions to second')
    await it_.db.redactionProposal.updateMany({
      data: { outcome: 'declined', settledById: mo.id, settledAt: new Date(), finishedAt: new Date() },
    })
  })

  it('shows at most twenty of a kind, and asks as many questions however many there are', async () => {
    const agent = it_.as('eve')
    const asked = async () =>
      // The desk's name is asked for only now and then.
      (await it_.database.statementsOf(() => visit(agent, '/'))).filter((sql) => !sql.includes('"setting"')).length
    const before = await asked()
    for (let n = 0; n < 25; n += 1)
      await made.aClaim({ storyId, stage: 'in_review', assigneeId: it_.people.eve.id, statement: `One of many ${n}` })
    expect(await asked()).toBe(before)
    expect((await section('eve', 'Waiting for me')).match(/One of many|Taken up by Eve/g)).toHaveLength(20)
  })

  it('writes what people typed as text', async () => {
    await made.aClaim({ storyId, stage: 'draft', authorId: it_.people.ben.id, statement: '<script>alert(1)</script>' })
    expect(await section('ben', 'My drafts')).toContain('&lt;script&gt;')
  })
})
