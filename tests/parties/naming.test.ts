import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { suggestParties } from '../../src/parties/store.ts'
import { givenParty, givenSource, givenStory } from '../sources/given.ts'
import { type Desk, desk, send, visit } from '../support/app.ts'

let it: Desk
let story: number
let source: number
let tokayev: number
let ministry: number
let panda: number
beforeAll(async () => {
  it = await desk()
  story = await givenStory(it)
  source = await givenSource(it, { kind: 'article', title: 'Dispatch' })
  tokayev = await givenParty(it, { kind: 'person', name: 'Kassym-Jomart Tokayev', aliases: 'ҚР Президенті' })
  ministry = await givenParty(it, { kind: 'organisation', name: 'Defence Ministry of Russia' })
  panda = await givenParty(it, { kind: 'organisation', name: 'パンダ通信' })
})
afterAll(() => it.close())

const parties = () => it.db.party.count()
const named = (name: string) => it.db.party.findMany({ where: { name } })
let said = 0

function claim(attribution: Record<string, unknown>) {
  return {
    intent: 'save',
    story: String(story),
    statement: `Statement ${(said += 1)}.`,
    attributions: [{ source: `#${source}`, naming: 'named', position: 'asserts', ...attribution }],
  }
}

/** The answers offered on a page, by their labels. */
function answersIn(text: string, field: string): Map<string, string> {
  const html = text.replaceAll('&#34;', '"').replaceAll('&#39;', "'")
  const buttons = [
    ...html.matchAll(
      /<input type="radio" id="([^"]+)" name="([^"]+)" value="([^"]+)"([^>]*)>\s*<label for="\1">([^<]+)/g,
    ),
  ]
  const mine = buttons.filter(([, , name]) => name === field)
  expect(mine.some(([, , , , rest]) => rest?.includes('checked'))).toBe(false)
  return new Map(mine.map(([, , , value, , label]) => [label ?? '', value ?? '']))
}

describe('A speaker who is not known by the typed name', () => {
  const field = 'attributions[0][speakerChoice]'

  test.each([
    ['President Tokayev', 'person'],
    ['Mr. Tokayev', 'person'],
    ['Tokayev, Kassym-Jomart', 'person'],
    ['President Tokayev', ''],
    ['Kassym-Jomart Tokaev', 'person'],
  ])('is asked about: %s (%s)', async (speaker, speakerKind) => {
    const before = await parties()
    const asked = await send(it.as('ada'), '/claims', claim({ speaker, speakerKind }))
    expect(asked.status).toBe(422)
    expect(asked.words).toContain('Did you mean Kassym-Jomart Tokayev?')
    expect([...answersIn(asked.text, field).keys()]).toEqual([
      `Kassym-Jomart Tokayev (#${tokayev})`,
      `No, “${speaker}” is another`,
    ])
    expect(asked.text).toContain(`value="${speaker}"`)
    expect(await parties()).toBe(before)
  })

  test('may be the known one: what was typed is kept as printed', async () => {
    const speaker = 'Mr. Tokayev'
    const asked = await send(it.as('ada'), '/claims', claim({ speaker, speakerKind: 'person' }))
    const choice = answersIn(asked.text, field).get(`Kassym-Jomart Tokayev (#${tokayev})`)
    const before = await parties()
    expect(
      (await send(it.as('ada'), '/claims', claim({ speaker, speakerKind: 'person', speakerChoice: choice }))).status,
    ).toBe(303)
    expect(await parties()).toBe(before)
    const last = await it.db.attribution.findFirst({ orderBy: { id: 'desc' } })
    expect(last).toMatchObject({ speakerId: tokayev, speakerAsPrinted: 'Mr. Tokayev' })
  })

  test('may be another: added only then, and an answer for one name holds for no other', async () => {
    const speaker = 'Nursultan Tokayev'
    const other = await send(
      it.as('ada'),
      '/claims',
      claim({ speaker: 'Timur Tokayev', speakerKind: 'person', speakerChoice: 'another Kassym Tokayev' }),
    )
    // Two given names differ: nobody is near, and the answer to another question adds nobody either.
    expect([303, 422]).toContain(other.status)
    const answer = claim({ speaker: 'Gen. Tokayev', speakerKind: 'person', speakerChoice: `another ${speaker}` })
    expect((await send(it.as('ada'), '/claims', answer)).status).toBe(422)
    const asked = await send(it.as('ada'), '/claims', claim({ speaker: 'President Tokaev', speakerKind: 'person' }))
    const choice = answersIn(asked.text, field).get('No, “President Tokaev” is another')
    expect(
      (
        await send(
          it.as('ada'),
          '/claims',
          claim({ speaker: 'President Tokaev', speakerKind: 'person', speakerChoice: choice }),
        )
      ).status,
    ).toBe(303)
    expect(await named('President Tokaev')).toHaveLength(1)
  })

  test('is asked about without marks of voicing being taken off', async () => {
    const asked = await send(it.as('ada'), '/claims', claim({ speaker: 'ハンダ通信', speakerKind: 'organisation' }))
    expect(asked.status).toBe(422)
    expect([...answersIn(asked.text, field).keys()]).toContain(`パンダ通信 (#${panda})`)
  })

  test('is not added by a name of signs alone', async () => {
    const before = await parties()
    const refused = await send(it.as('ada'), '/claims', claim({ speaker: '🙂🙂', speakerKind: 'person' }))
    expect(refused.status).toBe(422)
    expect(refused.words).toContain('A name needs at least one letter or digit.')
    expect(await parties()).toBe(before)
  })

  test('is kept as printed where another name of a known party is typed; not in an interview on terms', async () => {
    expect((await send(it.as('ada'), '/claims', claim({ speaker: 'ҚР президенті' }))).status).toBe(303)
    expect(await it.db.attribution.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({
      speakerId: tokayev,
      speakerAsPrinted: 'ҚР президенті',
    })
    const interview = await givenSource(it, { kind: 'interview', title: 'Our interview' })
    const quiet = claim({ source: `#${interview}`, speaker: 'ҚР президенті', terms: 'not_for_attribution' })
    await send(it.as('ada'), '/claims', quiet)
    const last = await it.db.attribution.findFirst({ orderBy: { id: 'desc' } })
    if (last?.sourceId === interview) expect(last.speakerAsPrinted).toBeNull()
  })
})

test('Near names are asked about wherever a party comes to be', async () => {
  const before = await parties()
  const name = 'Defence Ministry of Rusia'
  const relay = claim({ naming: 'unstated', relays: [{ party: name, newKind: 'organisation' }] })
  const asRelay = await send(it.as('ada'), '/claims', relay)
  expect([...answersIn(asRelay.text, 'attributions[0][relays][0][choice]').keys()]).toContain(
    `Defence Ministry of Russia (#${ministry})`,
  )

  const document = { kind: 'article', title: 'Release', publisher: 'Defense Ministry of Russia', publisherNew: 'yes' }
  const asPublisher = await send(it.as('ada'), '/sources', document)
  const choice = answersIn(asPublisher.text, 'publisherChoice').get(`Defence Ministry of Russia (#${ministry})`)
  const id = await givenSource(it, { ...document, publisherChoice: choice ?? '' })
  expect(await it.db.source.findUnique({ where: { id } })).toMatchObject({ publisherId: ministry })

  await send(it.as('ada'), '/claims', { ...claim({ naming: 'unstated' }), intent: 'submit' })
  const { ref, revision } = await it.db.claim.findFirstOrThrow({ orderBy: { id: 'desc' } })
  const asGround = await send(it.as('ada'), `/claims/${ref}/evidence`, {
    revision: String(revision),
    source: `#${source}`,
    stance: 'supports',
    basis: 'told_by',
    restsOnParty: name,
    restsOnKind: 'organisation',
  })
  expect([...answersIn(asGround.text, 'restsOnChoice').keys()]).toContain(`Defence Ministry of Russia (#${ministry})`)

  const asParty = await send(it.as('ada'), '/parties', { kind: 'organisation', name })
  expect(asParty.status).toBe(422)
  expect(asParty.words).toContain(`Did you mean Defence Ministry of Russia (#${ministry})?`)
  expect(await parties()).toBe(before)
  expect((await send(it.as('ada'), '/parties', { kind: 'organisation', name, somebodyElse: 'yes' })).status).toBe(303)
})

test('Near names are offered while typing', async () => {
  for (const typed of ['Defense Ministry of Russia', 'Mr. Tokayev', 'Defence Ministry of Rusia']) {
    const offered = await suggestParties(it.db, typed, 10, true)
    expect(offered.map(({ label }) => label).join('\n'), typed).toMatch(/Russia|Kassym-Jomart/)
  }
  const answer = await visit(it.as('ada'), `/parties/suggestions?q=${encodeURIComponent('President Tokayev')}`)
  expect(answer.text).toContain(`Kassym-Jomart Tokayev (#${tokayev})`)
  expect(answer.text).toContain('near “President Tokayev”')
})

test('Signs without a letter find no party', async () => {
  expect(await suggestParties(it.db, '!!!', 10, true)).toEqual([])
  const list = await visit(it.as('ada'), `/parties?q=${encodeURIComponent('!!!')}`)
  expect(list.words).not.toContain('Kassym-Jomart')
})

describe('Two at once make one party', () => {
  test('from a claim’s form, a source’s and the form of parties', async () => {
    const name = 'Union of Oil Workers'
    const before = await parties()
    const answers = await Promise.all([
      send(it.as('ada'), '/claims', claim({ speaker: name, speakerKind: 'organisation' })),
      send(it.as('ben'), '/claims', claim({ speaker: name, speakerKind: 'organisation' })),
      send(it.as('ada'), '/sources', { kind: 'article', title: 'Call', publisher: name, publisherNew: 'yes' }),
      send(it.as('ben'), '/sources', { kind: 'article', title: 'Strike', publisher: name, publisherNew: 'yes' }),
      send(it.as('eve'), '/parties', { kind: 'organisation', name }),
    ])
    expect(answers.slice(0, 4).map(({ status }) => status)).toEqual([303, 303, 303, 303])
    expect([303, 422]).toContain(answers[4]?.status)
    expect(await named(name)).toHaveLength(1)
    expect(await parties()).toBe(before + 1)
  })

  test('and of two near names at once the second is asked', async () => {
    const answers = await Promise.all(
      ['Almaty Press Club', 'Almaty Pres Club'].map((speaker, at) =>
        send(it.as(at ? 'ben' : 'ada'), '/claims', claim({ speaker, speakerKind: 'organisation' })),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 422])
  })
})

describe('Other names of a party', () => {
  test('that differ by a voicing mark are all kept', async () => {
    const id = await givenParty(it, { kind: 'group', name: 'Zoo', aliases: 'パンダ\nハンダ\nバンダ' })
    expect(await it.db.partyAlias.count({ where: { partyId: id } })).toBe(3)
  })

  test.each([
    ['Łódź Post', 'Lodz Post', '“Lodz Post” is read as the same name as “Łódź Post”'],
    ['Morning Star', 'Dawn\nDAWN', '“DAWN” is read as the same name as “Dawn”'],
    ['Evening Star', 'Dusk\nDusk', '“Dusk” is written twice.'],
  ])('of %s that are read alike are refused with a sentence: %j', async (name, aliases, sentence) => {
    const refused = await send(it.as('ada'), '/parties', { kind: 'organisation', name, aliases })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain(sentence)
    expect(await named(name)).toHaveLength(0)
  })

  test('that another party bears are asked about', async () => {
    const asked = await send(it.as('ada'), '/parties', {
      kind: 'organisation',
      name: 'Bear Agency',
      aliases: 'パンダ通信',
    })
    expect(asked.status).toBe(422)
    expect(asked.words).toContain(`パンダ通信 (#${panda}) already goes by one of these names.`)
  })
})
