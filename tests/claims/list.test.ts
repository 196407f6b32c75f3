import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SORTS } from '../../src/claims/filter.ts'
import { type Desk, desk, visit, wordsOf } from '../support/app.ts'
import { type Builder, build } from '../support/build.ts'

let on: Desk
let made: Builder
beforeAll(async () => {
  on = await desk()
  made = build(on.db, on.people.ada.id)
})
afterAll(() => on.close())

/** The references that a page of the list shows, in its order. */
function refsOf(html: string): string[] {
  return [...html.matchAll(/<th scope="row"[^>]*>([\s\S]*?)<\/th>/g)].map(([, cell = '']) => wordsOf(cell))
}

async function refs(query: string): Promise<string[]> {
  return refsOf((await visit(on.as('rae'), `/claims${query}`)).text)
}

function linkTo(html: string, words: string): string | null {
  const link = [...html.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g)].find(([, , text]) => text === words)
  return link?.[1]?.replaceAll('&amp;', '&') ?? null
}

describe('An empty desk', () => {
  it('says what goes here and offers what this person may do', async () => {
    const adas = await visit(on.as('ada'), '/claims')
    expect(adas.words).toContain('No claims yet')
    expect(adas.words).toContain('Put in a source')
    const raes = await visit(on.as('rae'), '/claims')
    expect(raes.words).toContain('No claims yet')
    expect(raes.words).not.toContain('Put in a source')
    expect(raes.words).not.toContain('New claim')
  })

  it('sends a stranger to sign in, and back', async () => {
    const answer = await visit(on.stranger(), '/claims?story=KZ', 303)
    expect(answer.headers.location).toBe('/sign-in?to=%2Fclaims%3Fstory%3DKZ')
  })
})

describe('The list of claims', () => {
  let ids: { [name: string]: number }
  beforeAll(async () => {
    const kz = await made.aStory({ code: 'KZ' })
    const other = await made.aStory({ code: 'UA' })
    const ministry = await made.aParty({ name: 'Interior Ministry', aliases: ['МВД'] })
    const president = await made.aParty({ name: 'Kassym-Jomart Tokáyev', kind: 'person', aliases: ['Токаев'] })
    const dispatch = await made.aSource({ title: 'A dispatch' })
    const memo = await made.aSource({ title: 'Leaked memo', isPrivate: true })
    ids = { ministry: ministry.id, president: president.id, dispatch: dispatch.id, memo: memo.id }
    const at = (day: number) => new Date(Date.UTC(2022, 0, day, 12))
    const claims: Parameters<Builder['aClaim']>[0][] = [
      {
        statement: 'Order has been restored.',
        stage: 'in_review',
        occurredOn: '2022-01-07',
        assigneeId: on.people.eve.id,
        attributions: [
          { sourceId: dispatch.id, speakerId: president.id },
          { sourceId: dispatch.id, speakerId: ministry.id },
        ],
      },
      {
        statement: 'At least 26 protesters were killed.',
        stage: 'submitted',
        occurredOn: '2022-01',
        figureComparator: 'at_least',
        figureLow: 26,
        attributions: [{ sourceId: dispatch.id, speakerId: ministry.id, passage: 'were “liquidated”' }],
      },
      {
        statement: 'A convoy left by night.',
        occurredOn: '2022-01-09T14:30',
        attributions: [
          { sourceId: memo.id, speakerAsPrinted: 'a colonel', naming: 'described', passage: 'secret words' },
        ],
      },
      {
        storyId: other.id,
        statement: 'Elsewhere it rained.',
        stage: 'closed',
        closedBecause: 'out_of_scope',
        occurredOn: '2021',
      },
      { statement: 'Nobody dated this.', attributions: [{ sourceId: dispatch.id, naming: 'own_voice' }] },
    ]
    for (const [index, claim] of claims.entries())
      await made.aClaim({ storyId: kz.id, createdAt: at(index + 1), updatedAt: at(index + 1), ...claim })
    const decided = await made.aClaim({ storyId: kz.id, statement: 'Nine transports landed.', createdAt: at(6) })
    await made.aDecision(decided.id, { verdict: 'unproven', decidedById: on.people.eve.id, decidedAt: at(6) })
  })

  it('shows each claim with its state, who said it, where, about when, and who has it', async () => {
    const { words, text } = await visit(on.as('ada'), '/claims')
    expect(refsOf(text)).toEqual(['KZ-5', 'KZ-4', 'UA-1', 'KZ-3', 'KZ-2', 'KZ-1'])
    for (const shown of [
      '6 claims',
      'Order has been restored. In review Kassym-Jomart Tokáyev +1 and 1 more A dispatch 7 January 2022 Eve Egan',
      'At least 26 protesters were killed. Submitted Interior Ministry A dispatch January 2022',
      'A convoy left by night. Draft “a colonel” Leaked memo 9 January 2022, 14:30',
      'Elsewhere it rained. Closed: out of scope',
      'Nobody dated this. Draft The publication itself A dispatch',
      'Nine transports landed. Unproven',
    ])
      expect(words).toContain(shown)
  })

  it.each([
    ['?story=KZ', ['KZ-5', 'KZ-4', 'KZ-3', 'KZ-2', 'KZ-1']],
    ['?story=ua', ['UA-1']],
    ['?stage=submitted', ['KZ-2']],
    ['?stage=closed', ['UA-1']],
    ['?verdict=unproven', ['KZ-5']],
    ['?verdict=verified', []],
    ['?speaker=Interior+Ministry', ['KZ-2', 'KZ-1']],
    [`?speaker=${encodeURIComponent('мвд')}`, ['KZ-2', 'KZ-1']],
    [`?speaker=${encodeURIComponent('Токаев')}`, ['KZ-1']],
    ['?figure=yes', ['KZ-2']],
    ['?assignee=none', ['KZ-5', 'KZ-4', 'UA-1', 'KZ-3', 'KZ-2']],
    ['?assignee=me', []],
    ['?from=2022-01-08', ['KZ-3', 'KZ-2']],
    ['?from=2022-01-07&to=2022-01-07', ['KZ-2', 'KZ-1']],
    ['?to=2022-01-08', ['UA-1', 'KZ-2', 'KZ-1']],
    ['?to=2021', ['UA-1']],
    ['?from=2022', ['KZ-3', 'KZ-2', 'KZ-1']],
    ['?q=liquid', ['KZ-2']],
    [`?q=${encodeURIComponent('Токаев')}`, ['KZ-1']],
    ['?q=tokayev', ['KZ-1']],
    ['?q=KZ-3', ['KZ-3']],
    ['?q=secret', []],
    ['?q=order&stage=in_review&story=KZ', ['KZ-1']],
    ['?sort=updated', ['KZ-1', 'KZ-2', 'KZ-3', 'UA-1', 'KZ-4', 'KZ-5']],
    ['?sort=created', ['KZ-1', 'KZ-2', 'KZ-3', 'UA-1', 'KZ-4', 'KZ-5']],
    ['?sort=-created', ['KZ-5', 'KZ-4', 'UA-1', 'KZ-3', 'KZ-2', 'KZ-1']],
    ['?sort=-about', ['KZ-3', 'KZ-1', 'KZ-2', 'UA-1', 'KZ-5', 'KZ-4']],
    ['?sort=ref', ['KZ-1', 'KZ-2', 'KZ-3', 'KZ-4', 'KZ-5', 'UA-1']],
    ['?utm_source=mail', ['KZ-5', 'KZ-4', 'UA-1', 'KZ-3', 'KZ-2', 'KZ-1']],
  ])('narrowed by %s', async (query, expected) => {
    expect(await refs(query)).toEqual(expected)
  })

  it('is narrowed to a source, and to the people who have claims', async () => {
    expect(await refs(`?source=${ids.dispatch}`)).toEqual(['KZ-4', 'KZ-2', 'KZ-1'])
    expect(await refs(`?assignee=${on.people.eve.id}`)).toEqual(['KZ-1'])
    expect(refsOf((await visit(on.as('eve'), '/claims?assignee=me')).text)).toEqual(['KZ-1'])
    expect(await refs(`?speaker=${ids.president}`)).toEqual(['KZ-1'])
  })

  it('has a chip for each filter, which takes off that one alone', async () => {
    const { text, words } = await visit(on.as('rae'), '/claims?story=KZ&q=order&stage=in_review&sort=ref')
    expect(words).toContain('“order” ×, take off Story: KZ ×, take off Stage: In review ×, take off Clear all')
    expect(text).toContain('href="/claims?q=order&amp;story=KZ&amp;sort=ref"')
    expect(text).toContain('href="/claims?sort=ref"')
    expect(words).toContain('1 claim matches')
  })

  it('says what a filter hides when nothing matches', async () => {
    const { words } = await visit(on.as('rae'), '/claims?q=nowhere')
    expect(words).toContain('No claim matches')
    expect(words).toContain('The filters hide 6 claims.')
  })

  it.each([
    ['stage=finished', 'Choose a stage of the list.'],
    ['story=XX', 'Choose a story of the list.'],
    ['speaker=tokayev+jr', 'Nobody is recorded under “tokayev jr”.'],
    ['speaker=Interior', 'Nobody is recorded under “Interior”. Did you mean “Interior Ministry”?'],
    ['speaker=999999', 'Nobody is recorded under “#999999”.'],
    ['source=999999', 'There is no source with this number.'],
    ['assignee=999999', 'Choose somebody of the list.'],
    ['from=last+week', 'Write the date as 2022-01-07'],
    ['after=nonsense', 'This address leads to no page of the list.'],
  ])('answers %s with a sentence, 422, and keeps what was asked for', async (query, sentence) => {
    const { words, text } = await visit(on.as('rae'), `/claims?q=order&${query}`, 422)
    expect(words).toContain(sentence)
    expect(text).toContain('name="q" type="search" value="order"')
    const [name = '', value = ''] = query.split('=')
    if (['speaker', 'source', 'from'].includes(name)) expect(text).toContain(`value="${value.replaceAll('+', ' ')}"`)
  })

  it('keeps a private source from those who may not see it: its title, its words, its speaker as printed, its number', async () => {
    const { text, words } = await visit(on.as('rae'), '/claims')
    expect(words).toContain('A convoy left by night. Draft Not named a private source')
    for (const secret of ['Leaked memo', 'colonel', 'secret words', `/sources/${ids.memo}"`])
      expect(text).not.toContain(secret)
    await visit(on.as('rae'), `/claims?source=${ids.memo}`, 422)
    expect((await visit(on.as('ada'), `/claims?source=${ids.memo}`)).words).toContain('Source: Leaked memo')
  })
})

describe('The list’s pages', () => {
  let storyId: number
  beforeAll(async () => {
    storyId = (await made.aStory({ code: 'BIG' })).id
    const source = await made.aSource({ title: 'Plenty' })
    // Ties in every order: an import gives hundreds of claims the same instant and date.
    await made.manyClaims(130, (index) => ({
      storyId,
      statement: `Plenty ${index}${index < 40 ? ' early' : ''}`,
      createdAt: new Date(Date.UTC(2022, 1, 1 + (index % 3))),
      updatedAt: new Date(Date.UTC(2022, 1, 1 + (index % 2))),
      occurredOn: [null, '2022', '2022-02-01'][index % 3],
      attributions: [{ sourceId: source.id }, { sourceId: source.id }],
    }))
  })

  it.each(SORTS)('walk through every claim exactly once, on and back, in the order %s', async (sort) => {
    const agent = on.as('rae')
    const there: string[][] = []
    let address: string | null = `/claims?story=BIG&sort=${sort}`
    let last = ''
    while (address) {
      const { text } = await visit(agent, address)
      there.push(refsOf(text))
      last = address
      address = linkTo(text, 'Next page')
    }
    expect(there.map((page) => page.length)).toEqual([50, 50, 30])
    expect(new Set(there.flat()).size).toBe(130)

    const back: string[][] = []
    address = last
    while (address) {
      const { text } = await visit(agent, address)
      back.unshift(refsOf(text))
      address = linkTo(text, 'Previous page')
    }
    expect(back).toEqual(there)
  })

  it('give ten after nine by reference', async () => {
    expect((await refs('?story=BIG&sort=ref')).slice(8, 11)).toEqual(['BIG-9', 'BIG-10', 'BIG-11'])
  })

  it('ask the database as often for one claim as for forty, and once more to count where there is another page', async () => {
    const agent = on.as('rae')
    await visit(agent, '/claims')
    const asked = (query: string) => on.database.statementsOf(() => visit(agent, `/claims?${query}`))
    const [many, one] = [await asked('q=early&story=BIG'), await asked('q=plenty+129&story=BIG')]
    expect(many).toHaveLength(one.length)
    expect(many.length).toBeGreaterThan(2)
    expect(await asked('q=plenty&story=BIG')).toHaveLength(one.length + 1)
    expect(await refs('?q=early&story=BIG')).toHaveLength(40)
  })
})
