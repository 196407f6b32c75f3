import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Desk, desk, type Fields, send } from '../support/app.ts'
import { type Builder, build } from '../support/build.ts'
import type { Name } from '../support/people.ts'

let it: Desk
let made: Builder
let story: { id: number }
let paper: { id: number }

beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
  story = await made.aStory({ code: 'KZ' })
  paper = await made.aSource({ title: 'Dispatch from Almaty' })
})
afterAll(() => it.close())

const aClaim = () =>
  made.aClaim({
    storyId: story.id,
    stage: 'in_review',
    statement: 'At least 26 protesters were killed.',
    attributions: [{ sourceId: paper.id }],
    evidence: [{ sourceId: paper.id, stance: 'supports', basis: 'document' }],
  })
const now = (ref: string) => it.db.claim.findUniqueOrThrow({ where: { ref } })
const post = (who: Name, ref: string, where: string, fields: Fields) =>
  send(it.as(who), `/claims/${ref}/${where}`, fields)
const ATTRIBUTION = { naming: 'unstated', position: 'asserts' }

/** What every page of a conflict has: 409, what happened meanwhile, and a way to keep theirs. */
function expectConflict(answer: Answer, ...words: string[]): void {
  expect(answer.status, answer.words).toBe(409)
  for (const one of ['Keep theirs', ...words]) expect(answer.words).toContain(one)
}

describe('Whoever comes too late sees before, theirs and yours, and keeps every word', () => {
  test('with an edit of the claim', async () => {
    const { ref, revision } = await aClaim()
    const fields = { revision, language: 'en', attributions: [{ ...ATTRIBUTION, source: `#${paper.id}` }] }
    await post('ada', ref, 'edits', { ...fields, statement: 'At least 44 protesters were killed.' })
    const late = await post('eve', ref, 'edits', {
      ...fields,
      statement: 'Some 30 protesters were killed.',
      place: 'Almaty',
    })
    expectConflict(
      late,
      'What happened meanwhile',
      'Ada Abel edited the claim.',
      '[taken out: 26 ]',
      '[put in: 44 ]',
      'Theirs and yours',
      'Apply mine on top',
    )
    expect(late.text).toContain('Some 30 protesters were killed.</textarea>')
    expect(late.text).toContain(`name="revision" value="${(await now(ref)).revision}"`)
    expect((await now(ref)).statement).toBe('At least 44 protesters were killed.')
  })

  test('also where the claim is theirs no longer: an author whose claim was decided meanwhile', async () => {
    const { ref, revision } = await aClaim()
    await post('eve', ref, 'decisions', { revision, verdict: 'unproven', rationale: 'Nothing to go by.' })
    const attributions = [{ ...ATTRIBUTION, source: `#${paper.id}` }]
    const late = await post('ada', ref, 'edits', {
      revision,
      statement: 'My better sentence.',
      language: 'en',
      attributions,
    })
    expectConflict(late, 'Eve Egan decided the claim.', 'Nothing to go by.')
    expect(late.text).toContain('My better sentence.</textarea>')
    expect(
      (
        await post('ada', ref, 'edits', {
          revision: (await now(ref)).revision,
          statement: 'Mine.',
          language: 'en',
          attributions,
        })
      ).status,
    ).toBe(403)
  })

  test('with another attribution', async () => {
    const { ref, revision } = await aClaim()
    await post('eve', ref, 'moves', { revision, action: 'ask', ask: { reason: 'Which day was it?' } })
    const late = await post('ada', ref, 'attributions', {
      revision,
      attributions: [{ ...ATTRIBUTION, source: `#${paper.id}`, cue: 'said on Friday' }],
    })
    expect(late.status).toBe(409)
    for (const words of ['What happened meanwhile', 'Eve Egan asked for information.', 'Which day was it?'])
      expect(late.words).toContain(words)
    expect(late.text).toContain('value="said on Friday"')
    expect(late.text).toContain(`name="revision" value="${(await now(ref)).revision}"`)
  })

  test('with a decision: both rationales, word by word', async () => {
    const { ref, revision } = await aClaim()
    await post('sam', ref, 'decisions', { revision, verdict: 'unproven', rationale: 'No document was found.' })
    const late = await post('eve', ref, 'decisions', {
      revision,
      verdict: 'not_checkable',
      rationale: 'No witness was found.',
    })
    expectConflict(
      late,
      'Sam Sato decided the claim.',
      'Unproven',
      'Not checkable',
      'No document was found.',
      'No witness was found.',
      'take the claim back to review first',
    )
    expect(late.text).toMatch(/<del>document<\/del>[\s\S]*<ins>witness<\/ins>/)
  })

  test('with a finding', async () => {
    const { id, ref, revision } = await aClaim()
    const said = await it.db.attribution.findFirstOrThrow({ where: { claimId: id } })
    const where = `attributions/${said.id}/findings`
    const found = (finding: string, findingNote: string) => ({
      revision,
      [`found${said.id}`]: { finding, findingNote },
    })
    await post('sam', ref, where, found('not_found', 'Not on their page.'))
    const late = await post('eve', ref, where, found('confirmed_relayed', 'Heard on the radio.'))
    expectConflict(
      late,
      'Sam Sato recorded a finding.',
      'Not on their page.',
      'Not found',
      'Yes, but only through a credible relay',
      'Apply mine on top',
    )
    expect(late.text).toContain('Heard on the radio.</textarea>')
    expect(
      (await post('eve', ref, where, { ...found('confirmed_relayed', 'Heard.'), revision: (await now(ref)).revision }))
        .status,
    ).toBe(303)
  })

  test('with a move and its reason', async () => {
    const { ref, revision } = await aClaim()
    await post('sam', ref, 'moves', { revision, action: 'hand_back' })
    const late = await post('eve', ref, 'moves', { revision, action: 'ask', ask: { reason: 'Which day was it?' } })
    expectConflict(late, 'Sam Sato handed back the claim.', 'Which day was it?')
  })

  test('with the desk’s settings', async () => {
    const { revision } = { revision: 1 }
    const first = await send(it.as('mo'), '/admin/desk', { name: 'The night desk', reviewers: '2', revision })
    expect(first.status).toBe(303)
    const late = await send(it.as('mo'), '/admin/desk', { name: 'The day desk', reviewers: '1', revision })
    expectConflict(late, 'The night desk', 'Always two', 'One who did not write it')
    expect(late.text).toContain('value="The day desk"')
    await send(it.as('mo'), '/admin/desk', { name: 'The desk', reviewers: '1', revision: 2 })
  })
})

describe('What is not asked for is refused with a sentence, and nothing is written', () => {
  const LONG = 'x'.repeat(100_000)
  const bad: [what: string, where: string, fields: Fields, status: number, sentence: string][] = [
    ['an unknown move', 'moves', { action: 'publish' }, 422, 'There is no such button.'],
    ['a move that another form makes', 'moves', { action: 'decide' }, 422, 'There is no such button.'],
    ['a stage', 'moves', { action: 'hand_back', stage: 'decided' }, 422, 'not asked for here: stage'],
    [
      'a revision from the future',
      'moves',
      { action: 'hand_back', revision: 999 },
      422,
      'a revision of this claim that does not exist yet',
    ],
    ['no revision', 'moves', { action: 'hand_back', revision: '' }, 422, 'does not say which revision it changes'],
    [
      'a revision that is no number',
      'undoings',
      { revision: '1 or 1=1' },
      422,
      'does not say which revision it changes',
    ],
    [
      'an undoing from the future',
      'undoings',
      { revision: 999 },
      422,
      'a revision of this claim that does not exist yet',
    ],
    [
      'a reason of 100 KB',
      'moves',
      { action: 'ask', ask: { reason: LONG } },
      422,
      'At most 4,000 characters; this has 100,000.',
    ],
    ['a reason with a NUL', 'moves', { action: 'ask', ask: { reason: 'a\u0000b' } }, 422, 'please remove it'],
    ['a verdict outside the list', 'decisions', { verdict: 'true', rationale: 'So it is.' }, 422, 'Choose a verdict.'],
    ['a rationale of 100 KB', 'decisions', { verdict: 'unproven', rationale: LONG }, 422, 'At most 8,000 characters'],
    ['a rationale with a NUL', 'decisions', { verdict: 'unproven', rationale: 'a\u0000b' }, 422, 'please remove it'],
    [
      'a claim that is not there',
      'moves',
      { action: 'close', close: { because: 'duplicate', duplicateOf: 'ZZ-9', reason: 'The same.' } },
      422,
      'There is no claim ZZ-9.',
    ],
    [
      'words for a reference',
      'moves',
      { action: 'close', close: { because: 'duplicate', duplicateOf: "KZ-1'; drop", reason: 'The same.' } },
      422,
      'There is no claim KZ-1',
    ],
    [
      'a ground outside the list',
      'moves',
      { action: 'close', close: { because: 'boredom', reason: 'Enough.' } },
      422,
      'Choose why the claim is closed.',
    ],
  ]

  test.each(bad)('%s', async (_, where, fields, status, sentence) => {
    const { id, ref, revision } = await aClaim()
    const answer = await post('eve', ref, where, { revision, ...fields })
    expect(answer.status, answer.words.slice(0, 500)).toBe(status)
    expect(answer.words).toContain(sentence)
    expect(await now(ref)).toMatchObject({ stage: 'in_review', revision })
    expect(await it.db.event.count({ where: { subject: 'claim', subjectId: id } })).toBe(1)
  })
})
