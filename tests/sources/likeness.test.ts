import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { guardProblems } from '../../src/decisions/guards.ts'
import { weigh } from '../../src/decisions/independence.ts'
import { partsOf } from '../../src/decisions/seal.store.ts'
import { keepEarlierSentences } from '../../src/sources/likeness.store.ts'
import { sentencesOf, shareOf } from '../../src/sources/sentences.ts'
import { type Desk, desk, send, visit } from '../support/app.ts'
import { type Builder, build } from '../support/build.ts'
import { flashOf, givenSource } from './given.ts'

const AGENCY = [
  'Shops along the main avenue of the town stayed shut on Tuesday morning.',
  'A regional official said that the water supply would be restored within two days.',
  'Residents queued at a tanker that the fire service had parked beside the school.',
  'The cause of the breakdown at the pumping station was not yet known.',
]
const REPRINT = `By our staff.\n\n${AGENCY.slice(0, 3).join('\n\n')}\n\nThe council meets again on Friday to hear the engineers.`
const OTHER =
  'The mayor opened a library. Its reading room has forty places for pupils of the town. It is open until eight in the evening.'

let it: Desk
let made: Builder
beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
})
afterAll(() => it.close())

describe('Texts are compared by their sentences', () => {
  const share = (one: string, other: string) => {
    const [a, b] = [sentencesOf(one).hashes, sentencesOf(other).hashes]
    return shareOf(a.filter((hash) => b.includes(hash)).length, a.length, b.length)
  }
  test('a reprint with a sentence of its own holds nearly the same text', () => {
    expect(share(AGENCY.join(' '), REPRINT)).toBe(75)
  })
  test('another report does not, nor does one that quotes a sentence', () => {
    expect(share(AGENCY.join(' '), OTHER)).toBeNull()
    expect(
      share(AGENCY.join(' '), `${OTHER} ${AGENCY[1]} Nobody else spoke to reporters at the opening on Monday.`),
    ).toBeNull()
  })
  test('case, quotation marks, line ends and dashes do not count', () => {
    expect(share(AGENCY.join(' '), AGENCY.join('\n\n').toUpperCase().replaceAll(' ', '\n'))).toBe(100)
  })
  test('of scripts without spaces too', () => {
    const text = '知事は水曜日に会見を開いた。断水は二日以内に復旧する見込みだという。原因はまだ分かっていない。'
    expect(share(text, `${text}本紙記者。`)).toBe(100)
  })
  test('at most a thousand are kept of a long text, and it is still known by them', () => {
    const sentences = Array.from({ length: 3000 }, (_, at) => `Sentence number ${at} of a very long report`)
    const [whole, part] = [
      sentencesOf(`${sentences.join('. ')}.`),
      sentencesOf(`${sentences.slice(0, 900).join('. ')}.`),
    ]
    expect(whole.hashes).toHaveLength(1000)
    const mine = part.hashes.filter((hash) => hash <= (whole.largest ?? 0n))
    expect(mine.every((hash) => whole.hashes.includes(hash))).toBe(true)
  })
})

describe('Two papers that reprint one agency', () => {
  test('are one origin: they do not verify each other', async () => {
    const paper = await givenSource(it, {
      title: 'The Courier',
      url: 'https://courier.example/1',
      text: AGENCY.join(' '),
    })
    const twin = await givenSource(it, { title: 'The Mail', url: 'https://mail.example/2', text: REPRINT })
    const other = await givenSource(it, { title: 'The Post', url: 'https://post.example/3', text: OTHER })
    expect(await it.db.sourceLikeness.findMany({ where: { OR: [{ firstId: twin }, { secondId: twin }] } })).toEqual([
      { firstId: paper, secondId: twin, by: 'text', share: 75 },
    ])
    const claimOn = (evidence: number) =>
      made.aClaim({
        stage: 'in_review',
        attributions: [{ sourceId: paper, naming: 'own_voice' }],
        evidence: [{ sourceId: evidence, stance: 'supports', basis: 'document', addedById: it.people.ben.id }],
      })
    const weighed = async (id: number) => {
      const parts = (await partsOf(it.db, [id])).get(id)
      return weigh(parts?.attributions ?? [], parts?.evidence ?? [])
    }
    const reasons = { rationale: 'It is so.', replySought: null }
    const claim = await claimOn(twin)
    expect(guardProblems('verified', reasons, await weighed(claim.id))).toHaveLength(1)
    expect((await weighed(claim.id))[0]).toMatchObject({ isOwnSide: true, isEnough: false })
    const page = await visit(it.as('eve'), `/claims/${claim.ref}`)
    expect(page.words).toContain(
      'Holds nearly the same text as a document that prints the claim: counted as one origin.',
    )
    expect(guardProblems('verified', reasons, await weighed((await claimOn(other)).id))).toEqual([])
  })

  test('and nothing of it is told to readers where one is private', async () => {
    const text = AGENCY.join(' ').replaceAll('town', 'village')
    const memo = await givenSource(it, { title: 'Memo', text, isPrivate: 'yes' })
    const open = await givenSource(it, { title: 'Open', url: 'https://open.example/1', text: `${text} ` })
    const claim = await made.aClaim({
      stage: 'in_review',
      attributions: [{ sourceId: memo, naming: 'own_voice' }],
      evidence: [{ sourceId: open, stance: 'supports', basis: 'document', addedById: it.people.ben.id }],
    })
    expect((await visit(it.as('eve'), `/claims/${claim.ref}`)).words).toContain('counted as one origin')
    expect((await visit(it.as('rae'), `/claims/${claim.ref}`)).words).not.toContain('counted as one origin')
  })
})

describe('A text that is added later', () => {
  const STORM = [
    'The dam above the village held through the night of the storm.',
    'Engineers opened the second gate shortly before dawn on Thursday.',
    'The road through the valley stays closed until the week is over.',
  ].join(' ')
  const eventOf = (id: number) =>
    it.db.event.findFirstOrThrow({
      where: { subject: 'claim', subjectId: id },
      orderBy: { revision: 'desc' },
      include: { body: true },
    })

  test('and makes two sources one challenges the verdict that they carried together, and is told to its claim', async () => {
    const paper = await givenSource(it, { title: 'Herald', url: 'https://herald.example/1', text: STORM })
    const twin = await givenSource(it, { title: 'Echo', url: 'https://echo.example/1' })
    const printed = { attributions: [{ sourceId: paper, naming: 'own_voice' as const }] }
    const carried = await made.aClaim({ stage: 'in_review', ...printed, evidence: [{ sourceId: twin }] })
    await made.aDecision(carried.id, { verdict: 'verified', decidedById: it.people.eve.id })
    const open = await made.aClaim({ stage: 'in_review', ...printed, evidence: [{ sourceId: twin }] })
    const apart = await made.aClaim({ stage: 'in_review', ...printed })
    const answer = await send(it.as('ada'), `/sources/${twin}/captures`, { text: STORM })
    expect(answer.status, answer.words).toBe(303)
    expect(flashOf(answer).text).toContain('the two count as one. 2 claims that name it have it in their history.')
    expect(flashOf(answer).text).toContain('One verdict is challenged')
    const claim = await it.db.claim.findUniqueOrThrow({ where: { id: carried.id } })
    expect(claim).toMatchObject({ stage: 'decided', verdict: 'verified', cameIn: 'contradiction' })
    expect((await eventOf(carried.id)).body).toMatchObject({
      after: { oneOrigin: [{ sourceId: paper }, { sourceId: twin }] },
      reason: 'The evidence no longer carries the verdict “Verified”.',
    })
    expect((await eventOf(open.id)).action).toBe('source changed')
    expect((await eventOf(apart.id)).action).toBe('recorded')
    const path = `/claims/${claim.ref}/history`
    const told = `Counted as one origin: source #${paper}, source #${twin}`
    expect((await visit(it.as('rae'), path)).words).toContain(told)
    const { revision } = await it.db.source.findUniqueOrThrow({ where: { id: twin } })
    const hidden = { revision, kind: 'article', title: 'Echo', url: 'https://echo.example/1', isPrivate: 'yes' }
    expect((await send(it.as('ada'), `/sources/${twin}/edits`, hidden)).status).toBe(303)
    expect((await visit(it.as('rae'), path)).words).not.toContain(told)
    expect((await visit(it.as('eve'), path)).words).toContain(told)

    // Known already, it is not told again.
    const later = await it.db.claim.findUniqueOrThrow({ where: { id: carried.id } })
    await send(it.as('ada'), `/sources/${twin}/captures`, { text: `${STORM} More is not known of it at this time.` })
    expect(await it.db.claim.findUniqueOrThrow({ where: { id: carried.id } })).toMatchObject({
      revision: later.revision,
    })
  })

  test('at the same moment as its twin is seen by it', async () => {
    const text = STORM.replaceAll('the', 'that')
    const [one, other] = [
      await givenSource(it, { title: 'Bugle', url: 'https://bugle.example/1' }),
      await givenSource(it, { title: 'Globe', url: 'https://globe.example/1' }),
    ]
    const sent = [one, other].map((id) => send(it.as('ada'), `/sources/${id}/captures`, { text }))
    for (const answer of await Promise.all(sent)) expect(answer.status, answer.words).toBe(303)
    expect(await it.db.sourceLikeness.count({ where: { firstId: one, secondId: other } })).toBe(1)
  })
})

test('A word that anybody may say is no likeness', async () => {
  for (const [title, text] of [
    ['One witness', 'Confirmed.'],
    ['Another witness', 'Confirmed.'],
  ] as const)
    await givenSource(it, { title, url: `https://${title.replaceAll(' ', '-')}.example/1`, text })
  const [one, other] = await it.db.source.findMany({
    where: { title: { endsWith: 'witness' } },
    orderBy: { id: 'asc' },
  })
  expect(await it.db.sourceLikeness.count({ where: { firstId: one!.id, secondId: other!.id } })).toBe(0)
})

test('Texts from before are compared by upkeep, once', async () => {
  const [first, second] = [await made.aSource({ title: 'Before' }), await made.aSource({ title: 'Before too' })]
  const text =
    'The dam held through the night of the storm. Engineers opened the second gate at dawn. The valley road stays closed.'
  await made.aCapture(first.id, text)
  await made.aCapture(second.id, text)
  expect(await keepEarlierSentences(it.db)).toBe(2)
  expect(await keepEarlierSentences(it.db)).toBe(0)
  expect(await it.db.sourceLikeness.count({ where: { firstId: first.id, secondId: second.id } })).toBe(1)
})
