import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenParty, givenSource, givenStory } from '../sources/given.ts'
import { type Desk, desk, type Fields, send, visit } from '../support/app.ts'

let it: Desk
let story: number
let source: number
beforeAll(async () => {
  it = await desk()
  story = await givenStory(it)
  source = await givenSource(it)
  await givenParty(it, { name: 'Ministry' })
})
afterAll(() => it.close())

const question = (population: string): Fields => ({
  wording: `How many ${population} were killed?`,
  measure: 'deaths',
  population,
  place: 'Almaty',
  period: 'January 2022',
  unit: 'people',
  isCumulative: 'yes',
})
const part = (number: string, population: string): Fields => ({
  statement: `${number} ${population} were killed.`,
  figure: { comparator: 'stated', low: number, wording: `${number} ${population}`, asOf: '2022-01-07' },
  question: question(population),
})

async function given(intent = 'save'): Promise<string> {
  const answer = await send(it.as('ada'), '/claims', {
    statement: '26 protesters and 18 guards were killed.',
    story,
    intent,
    occurredOn: '2022-01-07',
    attributions: [
      {
        source: `#${source}`,
        naming: 'named',
        position: 'asserts',
        speaker: 'Ministry',
        cue: 'said',
        passage: '26 protesters and 18 guards',
      },
    ],
  })
  return /\/claims\/(KZ-\d+)/.exec(String(answer.headers.location))?.[1] ?? ''
}
const row = (ref: string) =>
  it.db.claim.findUniqueOrThrow({ where: { ref }, include: { attributions: true, question: true } })

describe('Splitting a claim', () => {
  test('makes two of it in one step, which share their attributions', async () => {
    const ref = await given('submit')
    expect((await visit(it.as('ada'), `/claims/${ref}`)).text).toContain(`href="/claims/${ref}/split"`)
    expect((await visit(it.as('ada'), `/claims/${ref}/split`)).words).toContain(`${ref} keeps`)
    const answer = await send(it.as('ada'), `/claims/${ref}/splits`, {
      revision: 1,
      parts: [part('26', 'protesters'), part('18', 'guards')],
    })
    expect(answer.headers.location).toBe(`/claims/${ref}`)
    const [first, second] = [await row(ref), await row(ref.replace(/\d+$/, (number) => String(Number(number) + 1)))]
    expect([first, second].map(({ statement }) => statement)).toEqual([
      '26 protesters were killed.',
      '18 guards were killed.',
    ])
    expect([first, second].map(({ figureLow }) => figureLow?.toFixed())).toEqual(['26', '18'])
    expect([first, second].map(({ stage }) => stage)).toEqual(['submitted', 'submitted'])
    expect(second.question?.wording).toBe('How many guards were killed?')
    const shared = ({ attributions }: typeof first) =>
      attributions.map(({ sourceId, speakerId, cue, passage, position }) => ({
        sourceId,
        speakerId,
        cue,
        passage,
        position,
      }))
    expect(shared(second)).toEqual(shared(first))
    expect(second.occurredOn).toBe('2022-01-07')
    expect((await visit(it.as('rae'), `/claims/${ref}/history`)).words).toContain(
      `Split in two: ${second.ref} takes the other part.`,
    )
  })

  test('writes neither when one part is wrong, and keeps what was typed', async () => {
    const ref = await given()
    const before = [await it.db.claim.count(), await it.db.question.count()]
    const wrong = await send(it.as('ada'), `/claims/${ref}/splits`, {
      revision: 1,
      parts: [part('9', 'drivers'), { ...part('x', 'cooks'), statement: '' }],
    })
    expect(wrong.status).toBe(422)
    expect(wrong.words).toContain('Write what is claimed, as one sentence of your own.')
    expect(wrong.text).toContain('value="How many cooks were killed?"')
    const near = await send(it.as('ada'), `/claims/${ref}/splits`, {
      revision: 1,
      parts: [
        { ...part('9', 'drivers'), figure: { comparator: 'stated', low: '-9', wording: '-9', asOf: '' } },
        part('8', 'cooks'),
      ],
    })
    expect(near.status).toBe(422)
    expect(near.text).toMatch(/id="f-parts-0-figure-low-problem"/)
    expect([await it.db.claim.count(), await it.db.question.count()]).toEqual(before)
    expect((await row(ref)).statement).toBe('26 protesters and 18 guards were killed.')
  })

  test('works the printed words of either part out', async () => {
    const ref = await given()
    const words = (wording: string) => ({ statement: 'Some.', figure: { wording, asOf: '2022-01-07' } })
    const answer = await send(it.as('ada'), `/claims/${ref}/splits`, {
      revision: 1,
      parts: [words('at least 26'), words('dozens')],
    })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('value="12"')
    expect(answer.text).toContain('value="26"')
  })

  test('is for who may edit the claim, before it is decided, on the revision they saw', async () => {
    const ref = await given()
    const parts = [part('5', 'cooks'), part('6', 'bakers')]
    await visit(it.as('ben'), `/claims/${ref}/split`, 403)
    expect((await send(it.as('ben'), `/claims/${ref}/splits`, { revision: 1, parts })).status).toBe(403)
    await send(it.as('ada'), `/claims/${ref}/moves`, { action: 'submit', revision: 1 })
    const stale = await send(it.as('ada'), `/claims/${ref}/splits`, { revision: 1, parts })
    expect(stale.status).toBe(409)
    expect(stale.words).toContain('What happened meanwhile')
    expect(stale.words).toContain('Ada Abel submitted the claim.')
    expect(stale.text).toContain('value="How many bakers were killed?"')
    expect(
      (await send(it.as('ada'), `/claims/${ref}/splits`, { revision: 2, parts: [parts[0] as Fields] })).status,
    ).toBe(422)
    expect((await send(it.as('ada'), '/claims/KZ-9999/splits', { revision: 1, parts })).status).toBe(404)
  })
})
