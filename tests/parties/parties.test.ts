import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clock } from '../../src/history/store.ts'
import { createParty, partiesOfStory, resolveParty, suggestParties } from '../../src/parties/store.ts'
import { givenClaim, givenParty, givenSource, givenStory } from '../sources/given.ts'
import { type Desk, desk, send, visit } from '../support/app.ts'

let it: Desk
let president: number
let story: number
beforeAll(async () => {
  it = await desk()
  story = await givenStory(it)
  president = await givenParty(it, {
    kind: 'person',
    name: 'Kassym-Jomart Tokayev',
    aliases: 'Қасым-Жомарт Тоқаев\nТокаев',
    roles: [
      { role: 'president', from: '2019-03-20', to: '' },
      { role: 'senator', from: '2013', to: '2019-03' },
    ],
    wikidataId: 'Q468519',
  })
})
afterAll(() => it.close())

const revisionOf = async (id: number) => (await it.db.party.findUniqueOrThrow({ where: { id } })).revision

describe('Parties', () => {
  test('show who they are: names in any script, roles by date, the way to Wikidata', async () => {
    const shown = await visit(it.as('rae'), `/parties/${president}`)
    expect(shown.words).toContain('also Қасым-Жомарт Тоқаев, Токаев')
    expect(shown.words).toContain('senator, from 2013, to March 2019')
    expect(shown.text).toContain('href="https://www.wikidata.org/wiki/Q468519"')
    expect(shown.words).toContain('Ada Abel added the party.')
  })

  test.each([['tokáyev'], ['ТОКАЕВ'], ['қасым жомарт']])('are found as %s', async (q) => {
    const found = await visit(it.as('rae'), `/parties?q=${encodeURIComponent(q)}`)
    expect(found.text).toContain(`href="/parties/${president}"`)
    const [suggestion] = await suggestParties(it.db, q, 10, true)
    expect(suggestion?.value).toBe('Kassym-Jomart Tokayev')
  })

  test('are suggested with the name they were found by and their kind', async () => {
    const answer = await it.as('rae').get('/parties/suggestions?q=%D1%82%D0%BE%D0%BA%D0%B0%D0%B5%D0%B2')
    expect(answer.body).toEqual([
      { value: 'Kassym-Jomart Tokayev', label: 'Kassym-Jomart Tokayev, also Токаев · person' },
    ])
    for (const q of ['', '%25', '_', 'x'.repeat(5000), 'q=a&q=b'])
      expect((await it.as('rae').get(`/parties/suggestions?q=${q}`)).body).toEqual([])
    expect((await it.stranger().get('/parties/suggestions?q=to')).status).not.toBe(200)
  })

  test('of one name are asked about once, and then told apart by their numbers', async () => {
    const fields = { kind: 'organisation', name: 'Interior Ministry', aliases: 'МВД' }
    const first = await givenParty(it, fields)
    const again = await send(it.as('ben'), '/parties', { ...fields, name: 'interior  MINISTRY', aliases: '' })
    expect(again.status).toBe(422)
    expect(again.words).toContain(`Interior Ministry (#${first}) already goes by one of these names.`)
    expect(again.text).toContain(`href="/parties/${first}"`)
    const second = await givenParty(it, { ...fields, aliases: 'МВД РФ', somebodyElse: 'yes' })

    expect((await suggestParties(it.db, 'interior', 10, true)).map(({ value }) => value)).toEqual([
      `Interior Ministry (#${first})`,
      `Interior Ministry (#${second})`,
    ])
    expect((await resolveParty(it.db, 'Interior Ministry')).kind).toBe('ambiguous')
    expect(await resolveParty(it.db, `Interior Ministry (#${second})`)).toMatchObject({ party: { id: second } })
    expect(await resolveParty(it.db, 'мвд')).toMatchObject({ kind: 'found', party: { id: first } })
    expect((await resolveParty(it.db, 'Nobody')).kind).toBe('unknown')
    expect((await resolveParty(it.db, '#999999')).kind).toBe('unknown')
  })

  test('gain a role line without script, keeping what was typed', async () => {
    const fields = {
      kind: 'person',
      name: 'Half typed',
      roles: [{ role: 'spokesman', from: 'x', to: '' }],
      intent: 'add-role',
    }
    const answer = await send(it.as('ada'), '/parties', fields)
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('name="roles[1][role]"')
    expect(answer.text).toContain('value="spokesman"')
    const editing = await send(it.as('ada'), `/parties/${president}/edits`, { ...fields, revision: 1 })
    expect(editing.status).toBe(200)
    expect(editing.text).toContain('value="Half typed"')
    expect(await it.db.party.count({ where: { name: 'Half typed' } })).toBe(0)
  })

  test('are edited on their newest revision; else theirs stands beside yours', async () => {
    const id = await givenParty(it, { name: 'TASS', aliases: 'ТАСС' })
    const revision = await revisionOf(id)
    const edit = { kind: 'organisation', name: 'TASS', aliases: 'ТАСС\nИТАР-ТАСС', revision }
    await visit(it.as('ada'), `/parties/${id}/edit`)
    expect((await send(it.as('ada'), `/parties/${id}/edits`, edit)).status).toBe(303)
    const stale = await send(it.as('ben'), `/parties/${id}/edits`, { ...edit, aliases: 'Tass agency' })
    expect(stale.status).toBe(409)
    expect(stale.words).toContain('As it is now ТАСС; ИТАР-ТАСС As you wrote it Tass agency')
    expect(stale.text).toContain('>\nTass agency</textarea>')
    const again = await send(it.as('ben'), `/parties/${id}/edits`, {
      ...edit,
      aliases: 'Tass agency',
      revision: revision + 1,
    })
    expect(again.status).toBe(303)
    expect((await visit(it.as('rae'), `/parties/${id}`)).words).toContain(
      'Other names: [taken out: ТАСС; ИТАР-ТАСС ] [put in: Tass agency ]',
    )
  })

  test('are found in claims by a name they are given later', async () => {
    const id = await givenParty(it, { name: 'CSTO' })
    const source = await givenSource(it)
    const ref = await givenClaim(it, {
      story,
      source,
      naming: 'named',
      speaker: 'CSTO',
      statement: 'Troops are there.',
    })
    const edit = { kind: 'organisation', name: 'CSTO', aliases: 'ОДКБ', revision: 1 }
    expect((await send(it.as('ada'), `/parties/${id}/edits`, edit)).status).toBe(303)
    expect((await visit(it.as('rae'), `/claims?q=${encodeURIComponent('ОДКБ')}`)).words).toContain(ref)
  })

  test('show what they said and how it held up, with as many queries for 30 claims as for one', async () => {
    const id = await givenParty(it, { name: 'Radio' })
    const source = await givenSource(it, { publisher: 'Radio', title: 'The noon programme' })
    const say = (statement: string) =>
      givenClaim(it, {
        story,
        source,
        naming: 'named',
        speaker: `#${id}`,
        statement,
        hedges: 'appeared',
        relays: [{ party: 'TASS' }],
      })
    await say('Officials had control.')
    const path = `/parties/${id}`
    const one = await it.database.countQueries(() => visit(it.as('rae'), path))
    for (let count = 0; count < 29; count += 1) await say(`Statement number ${count}.`)
    const thirty = await it.database.countQueries(() => visit(it.as('rae'), path))
    expect(thirty).toBe(one)
    const { words } = await visit(it.as('rae'), path)
    expect(words).toMatch(/hedged: “ ?appeared ?”/)
    expect(words).toContain('Not decided 30')
    expect(words).toContain('What they published The noon programme')
    const agency = await resolveParty(it.db, 'TASS')
    const relayed = await visit(it.as('rae'), `/parties/${agency.kind === 'found' ? agency.party.id : 0}`)
    expect(relayed.words).toContain('What they relayed')
    expect((await partiesOfStory(it.db, story, 5)).map(({ value }) => value)).toContain('Radio')
  })

  test('say nothing to readers of a private source', async () => {
    const id = await givenParty(it, { name: 'The informant’s paper' })
    const source = await givenSource(it, { publisher: `#${id}`, title: 'Secret minutes', isPrivate: 'yes' })
    await givenClaim(it, {
      story,
      source,
      naming: 'named',
      speaker: `#${id}`,
      statement: 'Something was decided.',
      hedges: 'whispered',
    })
    const reader = await visit(it.as('rae'), `/parties/${id}`)
    expect(reader.words).not.toMatch(/Secret minutes|whispered/)
    expect(reader.words).toContain('a private source')
    expect((await visit(it.as('ada'), `/parties/${id}`)).words).toContain('Secret minutes')
  })

  test('go on from page to page, each once', async () => {
    await it.db.$transaction(async (tx) => {
      for (let count = 0; count < 55; count += 1)
        await createParty(tx, it.act('ada'), await clock(tx), { kind: 'group', name: `Zone ${count}` })
    })
    const first = await visit(it.as('rae'), '/parties?q=zone')
    const next = /href="([^"]+)" rel="next"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await visit(it.as('rae'), next)
    const names = [first, second].flatMap(({ text }) =>
      [...text.matchAll(/<bdi>(Zone \d+)<\/bdi>/g)].map(([, name]) => name),
    )
    expect(new Set(names).size).toBe(55)
    expect(names).toHaveLength(55)
  })

  test.each([
    [{ kind: '' }, 'Choose whether this is a person, an organisation or a group.'],
    [{ name: '' }, 'Give the name.'],
    [{ name: 'a\0b' }, 'The text contains a NUL character; please remove it.'],
    [{ name: 'x'.repeat(201) }, 'At most 200 characters; this has 201.'],
    [{ name: ['a', 'b'] }, 'This must be a single text.'],
    [{ wikidataId: 'javascript:alert(1)' }, 'A Wikidata id is a Q and digits'],
    [{ roles: [{ role: 'x', from: '2022-13', to: '' }] }, 'Write the date as 2022-01-07'],
    [{ roles: { 500: { role: 'x' } } }, 'At most'],
    [{ folded: 'x' }, 'not asked for here: folded.'],
  ])('are refused with a sentence when given %j', async (wrong, sentence) => {
    const answer = await send(it.as('ada'), '/parties', { kind: 'person', name: 'Wrong', note: 'kept <i>', ...wrong })
    expect([400, 422]).toContain(answer.status)
    if (!('roles' in wrong)) expect(answer.words).toContain(sentence)
    expect(answer.words).toContain('kept <i>')
  })

  test.each([['/parties/0'], ['/parties/%00'], ['/parties/99999999999'], ['/parties/x'], ['/parties/999999']])(
    'are not at %s',
    async (path) => {
      await visit(it.as('rae'), path, 404)
    },
  )

  test('are not edited by readers', async () => {
    expect((await send(it.as('rae'), '/parties', { kind: 'person', name: 'No' })).status).toBe(403)
    expect((await send(it.as('rae'), `/parties/${president}/edits`, {})).status).toBe(403)
  })
})
