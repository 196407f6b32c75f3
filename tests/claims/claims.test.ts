import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newClaimForm } from '../../src/claims/claim.ts'
import { type Desk, desk, type Fields, send, visit } from '../support/app.ts'
import { type Builder, build } from '../support/build.ts'

const TEXT =
  'The ministry said Friday that at least 26 people had been “neutralised”, and that 18 officers died.\n\nTroops from Belarus are reportedly there 😀 too.'

let it: Desk
let made: Builder
let story: { id: number; code: string }
let source: { id: number }
let ministry: { id: number }
beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
  story = await made.aStory({ code: 'KZ', title: 'Unrest' })
  const publisher = await made.aParty({ name: 'The Courier' })
  ministry = await made.aParty({ name: 'Interior Ministry', aliases: ['МВД', 'Ішкі істер министрлігі'] })
  source = await made.aSource({ title: 'A dispatch', publisherId: publisher.id, publishedOn: '2022-01-07' })
  await made.aCapture(source.id, TEXT)
})
afterAll(() => it.close())

const QUESTION = {
  wording: 'How many people have been killed?',
  measure: 'deaths',
  population: 'people',
  place: 'Almaty',
  period: 'since 2 January 2022',
  unit: 'people',
  isCumulative: 'yes',
}
const attribution = (given: Fields = {}): Fields => ({
  source: `#${source.id}`,
  naming: 'named',
  position: 'asserts',
  speaker: 'МВД',
  passage: 'at least 26 people had been "neutralised"',
  ...given,
})
const claim = (given: Fields = {}): Fields => ({
  statement: 'At least 26 people were killed.',
  story: String(story.id),
  occurredOn: '7 January 2022',
  place: 'Almaty',
  intent: 'submit',
  attributions: [attribution()],
  ...given,
})
const refIn = (location: unknown) => /\/claims\/([A-Z]+-\d+)/.exec(String(location))?.[1] ?? ''
const record = async (given: Fields = {}, name: 'ada' | 'ben' | 'eve' = 'ada') =>
  refIn((await send(it.as(name), '/claims', claim(given))).headers.location)

describe('Recording a claim', () => {
  test('keeps the chain in the printed words, with the passage where it stands in the capture', async () => {
    const answer = await send(
      it.as('ada'),
      '/claims',
      claim({
        figure: { comparator: 'at_least', low: '26', wording: 'at least 26', asOf: '2022-01-07' },
        question: QUESTION,
        attributions: [
          attribution({
            cue: 'said Friday',
            hedges: 'at least',
            quote: 'neutralised',
            relays: [{ party: 'The Agency', newKind: 'organisation' }],
          }),
        ],
      }),
    )
    expect(answer.status).toBe(303)
    const ref = refIn(answer.headers.location)
    const page = await visit(it.as('rae'), `/claims/${ref}`)
    expect(page.words).toContain('Interior Ministry')
    expect(page.words).toContain('The Agency')
    expect(page.words).toContain('The Courier, 7 January 2022')
    expect(page.text).toContain('<mark>neutralised</mark>')
    expect(page.words).not.toContain('not in the text held')
    const kept = await it.db.attribution.findFirstOrThrow({ where: { claim: { ref } } })
    const points = Array.from(TEXT)
    expect(points.slice(kept.start ?? 0, kept.end ?? 0).join('')).toBe('at least 26 people had been “neutralised”')
    expect(kept.passage).toBe('at least 26 people had been “neutralised”')
  })

  test('takes an edit of a claim with as many attributions as it may have, and no more', async () => {
    const many = await made.aClaim({
      storyId: story.id,
      attributions: Array.from({ length: 200 }, () => ({ sourceId: source.id, naming: 'unstated' as const })),
    })
    const said = await it.db.attribution.findMany({ where: { claimId: many.id }, orderBy: { ordinal: 'asc' } })
    const blank = {
      speaker: '',
      cue: '',
      quote: '',
      passage: '',
      originalWords: '',
      relays: [{ party: '' }, { party: '' }, { party: '' }],
    }
    const attributions = said.map(({ id }) => ({
      ...blank,
      id,
      source: `#${source.id}`,
      naming: 'unstated',
      position: 'asserts',
    }))
    const edit = { statement: 'Edited with all of them.', language: 'en', revision: many.revision, attributions }
    const answer = await send(it.as('ada'), `/claims/${many.ref}/edits`, edit)
    expect(answer.status, answer.words.slice(0, 500)).toBe(303)
    expect(await it.db.attribution.count({ where: { claimId: many.id } })).toBe(200)
    const more = [...attributions, { ...blank, source: `#${source.id}`, naming: 'unstated', position: 'asserts' }]
    const read = newClaimForm.safeParse({ statement: 'One too many.', attributions: more })
    expect(read.error?.issues.map(({ message }) => message)).toContain('At most 200 attributions.')
  })

  test('says plainly that a passage is not in the text held', async () => {
    const ref = await record({ attributions: [attribution({ passage: 'words nobody printed' })] })
    expect((await visit(it.as('ada'), `/claims/${ref}`)).words).toContain('The passage is not in the text held')
  })

  test('counts offsets in code points behind an emoji', async () => {
    const ref = await record({ attributions: [attribution({ passage: 'too.', naming: 'unstated', speaker: '' })] })
    const kept = await it.db.attribution.findFirstOrThrow({ where: { claim: { ref } } })
    expect(
      Array.from(TEXT)
        .slice(kept.start ?? 0, kept.end ?? 0)
        .join(''),
    ).toBe('too.')
  })

  test('as a draft needs no attribution; submitting it does', async () => {
    const blank = { naming: 'named', position: 'asserts' }
    expect((await send(it.as('ada'), '/claims', claim({ intent: 'save', attributions: [blank] }))).status).toBe(303)
    const refusal = await send(it.as('ada'), '/claims', claim({ attributions: [blank] }))
    expect(refusal.status).toBe(422)
    expect(refusal.words).toContain('at least one attribution')
  })

  test('lands on the form of another claim from the same passage when asked', async () => {
    const answer = await send(
      it.as('ada'),
      '/claims',
      claim({ intent: 'another', attributions: [attribution({ cue: 'said Friday' })] }),
    )
    const form = await visit(it.as('ada'), String(answer.headers.location))
    expect(form.text).toContain('at least 26 people had been “neutralised”')
    expect(form.text).toContain('value="said Friday"')
    expect(form.text).toContain('value="Interior Ministry"')
  })

  test('shows similar claims of the story afterwards, with the reason', async () => {
    await record({ statement: 'Nine transport aircraft landed at the Almaty aerodrome.' })
    const answer = await send(
      it.as('ada'),
      '/claims',
      claim({ statement: 'Nine transport aircraft reached the Almaty aerodrome.' }),
    )
    const page = await visit(it.as('ada'), String(answer.headers.location))
    expect(page.words).toContain('Similar claims in this story')
    expect(page.words).toContain('landed at the Almaty aerodrome')
  })

  test('one more attribution, another speaker of its passage and taking one out need no script and save nothing', async () => {
    const before = await it.db.claim.count()
    for (const intent of ['add', 'speaker-0', 'remove-0']) {
      const page = await send(it.as('ada'), '/claims', claim({ intent, statement: 'Typed & kept <so far>' }))
      expect(page.status).toBe(200)
      expect(page.words).toContain('Typed & kept')
      expect(page.text.match(/class="group attribution-form"/g) ?? []).toHaveLength(intent === 'remove-0' ? 0 : 2)
    }
    expect(await it.db.claim.count()).toBe(before)
  })
})

describe('A refused claim keeps everything typed and says why beside the field', () => {
  test.each<[string, Fields, string]>([
    ['no statement', { statement: '' }, 'Write what is claimed'],
    ['a NUL', { statement: 'a\0b' }, 'contains a NUL character'],
    ['a long statement', { statement: 'x'.repeat(1001) }, 'At most 1,000 characters'],
    ['no such story', { story: '999999' }, 'Choose the story'],
    ['a story that is no number', { story: 'KZ' }, 'Choose the story'],
    ['a date that is none', { occurredOn: '2022-02-30' }, 'Write the date as'],
    ['a verdict, which is not the reporter’s to send', { verdict: 'verified' }, 'not asked for here: verdict'],
    ['an author', { authorId: '1' }, 'not asked for here: authorId'],
    ['a stage', { stage: 'decided' }, 'not asked for here: stage'],
    ['an array for a text', { statement: ['a', 'b'] }, 'must be a single text'],
  ])('%s', async (_, given, sentence) => {
    const before = [await it.db.claim.count(), await it.db.party.count(), await it.db.event.count()]
    const answer = await send(it.as('ada'), '/claims', claim({ place: 'Somewhere “kept”', ...given }))
    expect(answer.status).toBe(422)
    expect(answer.words).toContain(sentence)
    expect(answer.text).toContain('Somewhere “kept”')
    expect([await it.db.claim.count(), await it.db.party.count(), await it.db.event.count()]).toEqual(before)
  })

  test('an unknown speaker is asked about; with its kind it is added', async () => {
    const unknown = await send(
      it.as('ada'),
      '/claims',
      claim({ attributions: [attribution({ speaker: 'Union of Miners' })] }),
    )
    expect(unknown.status).toBe(422)
    expect(unknown.words).toContain('“Union of Miners” is not known yet')
    const known = await send(
      it.as('ada'),
      '/claims',
      claim({ attributions: [attribution({ speaker: 'Union of Miners', speakerKind: 'organisation' })] }),
    )
    expect(known.status).toBe(303)
    expect(await it.db.party.count({ where: { name: 'Union of Miners' } })).toBe(1)
  })

  test('an unknown source is asked about', async () => {
    const answer = await send(
      it.as('ada'),
      '/claims',
      claim({ attributions: [attribution({ source: 'No such paper' })] }),
    )
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('There is no such source yet')
  })
})

describe('Editing', () => {
  const edit = (ref: string, revision: number, given: Fields = {}, name: 'ada' | 'ben' | 'eve' = 'ada') => {
    const { story: _, ...words } = claim({ intent: 'save', ...given })
    return send(it.as(name), `/claims/${ref}/edits`, { ...words, revision })
  }

  test('changes the words and leaves a line of history with both', async () => {
    const ref = await record()
    const form = await visit(it.as('ada'), `/claims/${ref}/edit`)
    expect(form.text).toContain('At least 26 people were killed.')
    expect((await edit(ref, 1, { statement: 'At least 26 people died.' })).status).toBe(303)
    const history = await visit(it.as('rae'), `/claims/${ref}/history`)
    expect(history.words).toContain('At least 26 people were killed.')
    expect(history.text).toMatch(/<del>.*were killed.*<\/del><ins>.*died.*<\/ins>/)
    expect(await it.db.claim.findUniqueOrThrow({ where: { ref } })).toMatchObject({
      revision: 2,
      statement: 'At least 26 people died.',
    })
  })

  test('keeps the ids of attributions that stay', async () => {
    const ref = await record()
    const [first] = await it.db.attribution.findMany({ where: { claim: { ref } } })
    const id = String(first?.id)
    expect(
      (
        await edit(ref, 1, {
          attributions: [attribution({ id, cue: 'said' }), attribution({ speaker: '', naming: 'unstated' })],
        })
      ).status,
    ).toBe(303)
    const now = await it.db.attribution.findMany({ where: { claim: { ref } }, orderBy: { ordinal: 'asc' } })
    expect(now.map((one) => [one.id === first?.id, one.cue])).toEqual([
      [true, 'said'],
      [false, null],
    ])
  })

  test('does not take an attribution of another claim', async () => {
    const [mine, other] = [await record(), await record()]
    const foreign = await it.db.attribution.findFirstOrThrow({ where: { claim: { ref: other } } })
    const answer = await edit(mine, 1, { attributions: [attribution({ id: String(foreign.id) })] })
    expect(answer.status).toBe(422)
    expect(
      await it.db.attribution.findUniqueOrThrow({ where: { id: foreign.id }, include: { claim: true } }),
    ).toMatchObject({ claim: { ref: other } })
  })

  test('on an older revision answers 409 with theirs beside yours, and sent again puts yours on top', async () => {
    const ref = await record()
    await edit(ref, 1, { statement: 'Theirs: 27 people died.' }, 'eve')
    const stale = await edit(ref, 1, { statement: 'Mine: 28 people died.' })
    expect(stale.status).toBe(409)
    expect(stale.words).toContain('Theirs: 27 people died.')
    expect(stale.text).toContain('Mine: 28 people died.')
    expect(stale.text).toContain('name="revision" value="2"')
    expect((await edit(ref, 2, { statement: 'Mine: 28 people died.' })).status).toBe(303)
  })

  test('with the same words changes nothing', async () => {
    const ref = await record()
    const [first] = await it.db.attribution.findMany({ where: { claim: { ref } } })
    await edit(ref, 1, { attributions: [attribution({ id: String(first?.id) })] })
    expect(await it.db.claim.findUniqueOrThrow({ where: { ref } })).toMatchObject({ revision: 1 })
  })

  test('a revision from the future is refused', async () => {
    const ref = await record()
    const answer = await edit(ref, 9)
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('does not exist yet')
  })

  test('another reporter’s draft is not theirs to edit', async () => {
    const ref = await record({ intent: 'save' })
    expect((await it.as('ben').get(`/claims/${ref}/edit`)).status).toBe(403)
    expect((await edit(ref, 1, {}, 'ben')).status).toBe(403)
  })
})

describe('A form', () => {
  test('sent twice at once is one claim, and both answers are the same', async () => {
    const before = await it.db.claim.count()
    const requestId = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => send(it.as('ada'), '/claims', claim({ requestId }))),
    )
    expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.location}`)).size).toBe(1)
    expect(await it.db.claim.count()).toBe(before + 1)
  })

  test('sent again with other words is asked about, with everything typed', async () => {
    const requestId = randomUUID()
    await send(it.as('ada'), '/claims', claim({ requestId }))
    const again = await send(it.as('ada'), '/claims', claim({ requestId, statement: 'Other words.' }))
    expect(again.status).toBe(409)
    expect(again.words).toContain('already sent')
    expect(again.text).toContain('Other words.')
    expect(again.text).not.toContain(requestId)
  })
})

describe('Privacy', () => {
  test('a private source’s words and address are not shown to a reader', async () => {
    const hidden = await made.aSource({
      title: 'Notes of a meeting',
      isPrivate: true,
      kind: 'interview',
      url: 'https://hidden.example.org/',
    })
    await made.aCapture(hidden.id, 'He told us in confidence that the tanks were late.')
    const ref = await record({
      attributions: [
        attribution({ source: `#${hidden.id}`, passage: 'the tanks were late', cue: 'told us in confidence' }),
      ],
    })
    const readers = await visit(it.as('rae'), `/claims/${ref}`)
    for (const secret of ['Notes of a meeting', 'hidden.example.org', 'the tanks were late', 'in confidence'])
      expect(readers.text).not.toContain(secret)
    expect(readers.words).toContain('private source')
    expect((await visit(it.as('ada'), `/claims/${ref}`)).text).toContain('the tanks were late')
    expect((await visit(it.as('rae'), `/claims/${ref}/history`)).text).not.toContain('the tanks were late')
  })
})

describe('Queries', () => {
  test('a claim’s page takes as many for one attribution as for thirty', async () => {
    const few = await made.aClaim({
      storyId: story.id,
      attributions: [{ sourceId: source.id, speakerId: ministry.id }],
    })
    const many = await made.aClaim({
      storyId: story.id,
      attributions: Array.from({ length: 30 }, () => ({
        sourceId: source.id,
        speakerId: ministry.id,
        relays: [ministry.id],
      })),
    })
    const agent = it.as('eve')
    await agent.get(`/claims/${few.ref}`)
    const one = await it.database.countQueries(() => visit(agent, `/claims/${few.ref}`))
    expect(await it.database.countQueries(() => visit(agent, `/claims/${many.ref}`))).toBe(one)
  })
})

test('An address that leads nowhere says so, with the request’s id', async () => {
  const answer = await visit(it.as('ada'), '/claims/KZ-999999', 404)
  expect(answer.words).toContain('There is no claim KZ-999999')
  expect(answer.text).toContain(String(answer.headers['x-request-id']))
})
