import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { flashOf, givenParty, givenSource, givenStory } from '../sources/given.ts'
import { type Desk, desk, type Fields, send, visit } from '../support/app.ts'
import { build } from '../support/build.ts'

let it: Desk
let story: number
let source: number
beforeAll(async () => {
  it = await desk()
  story = await givenStory(it)
  source = await givenSource(it)
  for (const name of ['Ministry', 'Prosecutor', 'Channel']) await givenParty(it, { name })
})
afterAll(() => it.close())

const asked = (given: Fields = {}): Fields => ({
  wording: 'How many people have been killed?',
  measure: 'deaths',
  population: 'people',
  place: 'Kazakhstan',
  period: 'since 2 January 2022',
  unit: 'people',
  isCumulative: 'yes',
  ...given,
})
const idIn = (location: unknown) => Number(/\/questions\/(\d+)/.exec(String(location))?.[1])
const refIn = (location: unknown) => /\/claims\/([A-Z]+-\d+)/.exec(String(location))?.[1] ?? ''
const put = async (given: Fields) =>
  idIn((await send(it.as('ada'), '/stories/KZ/questions', asked(given))).headers.location)

/** Records a claim with a figure and answers where it landed. */
function claim(given: Fields, attribution: Fields = {}) {
  return send(it.as('ada'), '/claims', {
    statement: 'People were killed.',
    story,
    intent: 'submit',
    attributions: [{ source: `#${source}`, naming: 'named', position: 'asserts', speaker: 'Ministry', ...attribution }],
    ...given,
  })
}
const stated = (number: string, asOf: string) => ({
  comparator: 'stated',
  low: number,
  wording: `${number} dead`,
  asOf,
})

describe('A question', () => {
  test('is put by a reporter under its story, and has a page and a history', async () => {
    await visit(it.as('rae'), '/stories/KZ/questions/new', 403)
    expect((await visit(it.as('ada'), '/stories/KZ/questions/new')).words).toContain(
      'Figures can be held against each other',
    )
    const id = await put({ wording: 'How many shops were looted?', measure: 'shops', unit: 'shops' })
    const shown = await visit(it.as('rae'), `/questions/${id}`)
    expect(shown.words).toContain('How many shops were looted?')
    expect(shown.words).toContain('A later number includes the earlier ones.')
    expect(shown.words).toContain('No figure yet')
    expect((await visit(it.as('rae'), `/questions/${id}/history`)).words).toContain('Ada Abel put the question.')
    expect((await visit(it.as('rae'), '/stories/KZ')).words).toContain(
      'How many shops were looted? 0 figures Nothing is verified yet',
    )
  })

  test('that is nearly the same as another is told, and put when it is another', async () => {
    const first = await put({ wording: 'How many buses burnt in the city?', measure: 'buses', unit: 'buses' })
    const again = asked({ wording: 'How many buses burnt in the City?', measure: 'coaches', unit: 'buses' })
    const warned = await send(it.as('ben'), '/stories/KZ/questions', again)
    expect(warned.status).toBe(422)
    expect(warned.words).toContain(`Nearly the same is asked already: “How many buses burnt in the city? (#${first})”.`)
    expect(warned.text).toContain('value="How many buses burnt in the City?"')
    expect((await send(it.as('ben'), '/stories/KZ/questions', { ...again, another: 'yes' })).status).toBe(303)
    // The same things counted are the same question, whatever its wording.
    const reworded = asked({ wording: 'What of the omnibuses?', measure: 'Buses', unit: 'buses' })
    expect((await send(it.as('ben'), '/stories/KZ/questions', reworded)).words).toContain('Nearly the same')
  })

  test.each([
    [{ wording: '' }, 'Write the question'],
    [{ unit: '' }, 'Give the unit'],
    [{ isCumulative: '' }, 'Say whether a later number includes the earlier ones.'],
    [{ isCumulative: 'perhaps' }, 'Say whether a later number includes the earlier ones.'],
    [{ place: 'x\0' }, 'The text contains a NUL character; please remove it.'],
    [{ wording: 'w'.repeat(100_000) }, 'At most 300 characters; this has 100,000.'],
    [{ storyId: '7' }, 'The form sent something that is not asked for here: storyId.'],
  ])('is refused with a sentence when given %j', async (wrong, sentence) => {
    const before = await it.db.question.count()
    const answer = await send(it.as('ada'), '/stories/KZ/questions', asked(wrong))
    expect(answer.status).toBe(422)
    expect(answer.words).toContain(sentence)
    expect(await it.db.question.count()).toBe(before)
  })

  test('is edited by editors alone, on the revision they saw, and by no one past a twin', async () => {
    const id = await put({ wording: 'How many cars burnt?', measure: 'cars', unit: 'cars' })
    const edit = asked({ wording: 'How many cars were burnt?', measure: 'cars', unit: 'cars', revision: '1' })
    await send(it.as('ada'), `/questions/${id}/edits`, edit).then(({ status }) => expect(status).toBe(403))
    expect((await send(it.as('eve'), `/questions/${id}/edits`, edit)).headers.location).toBe(`/questions/${id}`)
    const stale = await send(it.as('sam'), `/questions/${id}/edits`, { ...edit, place: 'Almaty' })
    expect(stale.status).toBe(409)
    expect(stale.words).toContain('Somebody changed this question while you were working on it.')
    expect(stale.text).toContain('value="Almaty"')
    const history = await visit(it.as('rae'), `/questions/${id}/history`)
    expect(history.words).toContain('Eve Egan edited the question.')
    await visit(it.as('rae'), '/questions/999999', 404)
    await visit(it.as('rae'), '/questions/x', 404)
  })
})

describe('A claim’s figure', () => {
  test('hangs on a question that is there or put with it, before it is submitted', async () => {
    const figure = stated('18', '2022-01-07')
    const without = await claim({ figure })
    expect(without.status).toBe(422)
    expect(without.words).toContain('Say which question the figure answers, so that it can be held against others.')
    const draft = refIn((await claim({ figure, intent: 'save' })).headers.location)
    const early = await send(it.as('ada'), `/claims/${draft}/moves`, { action: 'submit', revision: 1 })
    expect(early.status).toBe(422)
    expect(early.words).toContain('A claim with a figure is submitted with the question that the figure answers')

    const half = await claim({ figure, question: { wording: 'How many guards died?' } })
    expect(half.status).toBe(422)
    expect(half.words).toContain('The story has no such question yet. Say below what it counts')
    expect(half.words).toContain('Say what is counted or measured, such as deaths.')
    const question = asked({ wording: 'How many guards died?', population: 'guards' })
    const made = await claim({ figure, question })
    expect(made.status).toBe(303)
    const ref = refIn(made.headers.location)
    const { questionId } = await it.db.claim.findUniqueOrThrow({ where: { ref } })
    const page = await visit(it.as('rae'), `/claims/${ref}`)
    expect(page.text).toContain(`href="/questions/${questionId}"`)
    expect((await visit(it.as('rae'), `/claims/${ref}/history`)).words).toContain('How many guards died?')

    // By its wording, whatever the case; by its number; and never by that of another story.
    for (const wording of ['how many guards DIED?', `#${questionId}`, `How many guards died? (#${questionId})`])
      expect((await claim({ figure, question: { wording } })).status).toBe(303)
    await send(it.as('eve'), '/stories', { code: 'UA', title: 'Another', timeZone: 'UTC' })
    const there = idIn((await send(it.as('ada'), '/stories/UA/questions', asked())).headers.location)
    const elsewhere = await claim({ figure, question: { wording: `#${there}` } })
    expect(elsewhere.words).toContain('The story has no question of this number.')
    // A wildcard is a letter.
    expect((await claim({ figure, question: { wording: '%' } })).status).toBe(422)
  })

  test('is worked out of its printed words, and looked at before it is saved', async () => {
    const figure = { wording: 'nearly 8,000', asOf: '2022-01-07' }
    const button = await claim({ figure, intent: 'figure' })
    expect(button.status).toBe(200)
    expect(button.text).toMatch(/value="nearly" selected/)
    expect(button.text).toContain('value="8000"')
    const saved = await claim({ figure })
    expect(saved.status).toBe(422)
    expect(saved.words).toContain('Look at it, and save again.')
    expect(saved.text).toContain('value="8000"')
    const worded = await claim({ figure: { wording: 'twice as many' } })
    expect(worded.words).toContain('it compares with another number, and gives none of its own')
    expect(worded.text).toMatch(/value="stated" selected/)
    const read = await it.as('rae').get('/questions/reading?words=between+10+and+20')
    expect(read.body).toMatchObject({ comparator: 'between', low: '10', high: '20' })
  })

  test.each([
    [{ low: '-3' }, 'There cannot be less than nought of “people”.'],
    [{ wording: '$18' }, 'The figure is printed in “$”, but the question asks for “people”'],
    [{ low: '2.5' }, '“people” are counted, so that the number is a whole one'],
    [{ wording: 'half', low: '50' }, 'The figure is printed in “%”, but the question asks for “people”'],
    [{ asOf: '2199-01-01' }, 'The as-of date is still to come.'],
    [{ comparator: 'between', low: '20', high: '10' }, 'The upper number is below the lower one.'],
    [{ low: '9'.repeat(1000) }, 'At most 60 characters'],
  ])('is refused beside its field when it is %j', async (wrong, sentence) => {
    const answer = await claim({
      figure: { ...stated('18', '2022-01-07'), ...wrong },
      question: asked({ wording: 'How many?' }),
    })
    expect(answer.status).toBe(422)
    expect(answer.words).toContain(sentence)
    expect(await it.db.question.count({ where: { wording: 'How many?' } })).toBe(0)
  })

  test('is read in the digits of other scripts and with either grouping', async () => {
    const question = asked({ wording: 'How far did they walk?', measure: 'distance', unit: 'km' })
    for (const [low, kept] of [
      ['٢٦', '26'],
      ['1,000.5', '1000.5'],
      ['1.000,5', '1000.5'],
    ]) {
      const made = await claim({
        figure: { ...stated('1', '2022-01-07'), low: low as string },
        question: { ...question, another: 'yes' },
      })
      const { figureLow } = await it.db.claim.findUniqueOrThrow({ where: { ref: refIn(made.headers.location) } })
      expect(figureLow?.toFixed()).toBe(kept)
    }
  })

  test('typed by hand overrules what its words are read as, and what the words leave open', async () => {
    const question = { wording: `#${await put({ wording: 'How many hostages?', population: 'hostages' })}` }
    for (const [wording, low] of [
      ['a half-dozen', '6'],
      ['half', '12'],
      ['26 gazillion', '26'],
    ]) {
      const made = await claim({
        figure: { ...stated('1', '2022-01-07'), wording, low: low as string } as Fields,
        question,
      })
      expect(made.status).toBe(303)
      const kept = await it.db.claim.findUniqueOrThrow({ where: { ref: refIn(made.headers.location) } })
      expect([kept.figureWording, kept.figureLow?.toFixed()]).toEqual([wording, low])
    }
  })

  test('in parts keeps its question from a unit that is counted', async () => {
    const id = await put({ wording: 'How long was the siege?', measure: 'length', unit: 'hours' })
    await claim({ figure: { ...stated('2.5', '2022-01-07'), wording: '2.5 hours' }, question: { wording: `#${id}` } })
    const edit = asked({
      wording: 'How long was the siege?',
      measure: 'length',
      unit: 'guards',
      revision: '1',
      another: 'yes',
    })
    const refusal = await send(it.as('eve'), `/questions/${id}/edits`, edit)
    expect(refusal.status).toBe(422)
    expect(refusal.words).toMatch(/KZ-\d+ answers it with 2\.5\. “guards” are counted/)
  })

  test('that conflicts with another, or updates one, says so as it is saved and offers to record it', async () => {
    const question = { wording: `#${await put({ wording: 'How many in all?', population: 'all' })}` }
    const first = refIn((await claim({ figure: stated('164', '2022-01-09'), question })).headers.location)
    const other = await claim({ figure: stated('225', '2022-01-09'), question }, { speaker: 'Prosecutor' })
    const second = refIn(other.headers.location)
    const landed = flashOf(other)
    expect(landed.text).toContain(
      `The figure of ${second} conflicts with that of ${first} (164, as of 9 January 2022).`,
    )
    const step = `/claims/${second}/relations/new?to=${first}&type=contradicts`
    expect(landed.links).toEqual([{ text: `Record that ${second} contradicts ${first}`, href: step }])
    const page = await visit(it.as('rae'), `/claims/${second}`)
    expect(page.words).toContain(`Conflicts with ${first}: 164, as of 9 January 2022, Ministry`)
    expect(page.words).toContain('164 and 225 cannot both hold as of 9 January 2022.')
    expect((await visit(it.as('ada'), `/claims/${second}`)).text).toContain(
      `href="/claims/${second}/relations/new?to=${first}&amp;type=contradicts"`,
    )
    const { revision } = await it.db.claim.findUniqueOrThrow({ where: { ref: second } })
    await send(it.as('ada'), `/claims/${second}/relations`, { revision, type: 'contradicts', to: first, note: '' })
    expect((await visit(it.as('ada'), `/claims/${second}`)).text).not.toContain(
      `Record that ${second} contradicts ${first}`,
    )
    const later = refIn(
      (await claim({ figure: stated('230', '2022-02-01'), question }, { speaker: 'Prosecutor' })).headers.location,
    )
    expect((await visit(it.as('rae'), `/claims/${later}`)).words).toContain(`Updates ${second}: 225`)

    const contested = await visit(it.as('rae'), '/claims?conflict=yes')
    expect(contested.text).toContain(`href="/claims/${first}"`)
    expect(contested.text).toContain(`href="/claims/${second}"`)
    expect(contested.text).not.toContain(`href="/claims/${later}"`)
    expect(contested.words).toContain('Figure in conflict')
    const story = await visit(it.as('rae'), '/stories/KZ')
    expect(story.words).toContain('How many in all? 3 figures Nothing is verified yet. Contested')
  })
})

describe('A question’s page', () => {
  test('holds its figures against each other, and leaves as tidy CSV', async () => {
    const id = await put({ wording: 'How many officers died?', population: 'officers' })
    const question = { wording: `#${id}` }
    await claim({ figure: stated('13', '2022-01-06'), question })
    await claim({ figure: stated('18', '2022-01-07'), question }, { relays: [{ party: 'Channel', newKind: '' }] })
    await claim({ figure: stated('16', '2022-01-09'), question })
    await claim(
      { figure: { comparator: 'at_least', low: '26', wording: 'at least 26', asOf: '2022-01-09' }, question },
      { speaker: 'Prosecutor' },
    )
    const page = await visit(it.as('rae'), `/questions/${id}`)
    expect(page.words).toContain('“ 18 dead ”')
    expect(page.words).toContain('Ministry, through Channel')
    expect(page.words).toMatch(/16 revises downwards KZ-\d+/)
    expect(page.words).toContain('26 or more')
    expect(page.words).toContain('What cannot both hold')
    expect(page.words).toContain('Nothing is verified yet')
    const file = await it.as('rae').get(`/questions/${id}/figures.csv`).expect(200)
    const lines: Record<string, string>[] = parse(file.text, { bom: true, columns: true })
    expect(lines.map(({ low, comparator, as_of, speaker, relay }) => [low, comparator, as_of, speaker, relay])).toEqual(
      [
        ['13', 'stated', '2022-01-06', 'Ministry', ''],
        ['18', 'stated', '2022-01-07', 'Ministry', 'Channel'],
        ['16', 'stated', '2022-01-09', 'Ministry', ''],
        ['26', 'at_least', '2022-01-09', 'Prosecutor', ''],
      ],
    )
    expect(lines[3]).toMatchObject({
      interval_low: '26',
      interval_low_included: 'yes',
      interval_high: '',
      withdrawn: 'no',
    })
  })

  test('says what stands once a claim is verified, and what its speaker took back', async () => {
    const made = build(it.db, it.people.ada.id)
    const question = await made.aQuestion(story, { wording: 'How many stood?', population: 'stood' })
    const [ministry] = await it.db.party.findMany({ where: { name: 'Ministry' } })
    const own = {
      storyId: story,
      questionId: question.id,
      figureComparator: 'stated' as const,
      figureWording: 'so many',
    }
    const given = { sourceId: source, speakerId: ministry?.id ?? 0 }
    const verified = await made.aClaim({
      ...own,
      figureLow: 225,
      figureAsOf: '2022-01-15',
      stage: 'submitted',
      attributions: [given],
    })
    await made.aDecision(verified.id, { verdict: 'verified', decidedById: it.people.eve.id })
    const taken = { ...given, position: 'withdraws' as const }
    await made.aClaim({
      ...own,
      figureLow: 999,
      figureAsOf: '2022-01-15',
      stage: 'submitted',
      attributions: [given, taken],
    })
    const page = await visit(it.as('rae'), `/questions/${question.id}`)
    expect(page.words).toContain(`225 people stand: ${verified.ref} is verified as of 15 January 2022.`)
    expect(page.words).toContain('999 withdrawn')
    expect(page.words).not.toContain('What cannot both hold')
  })

  test('a later verified figure supersedes an earlier one from its claim’s page, and the CSV names the question', async () => {
    const made = build(it.db, it.people.ada.id)
    const question = await made.aQuestion(story, { wording: 'How many were superseded?', population: 'superseded' })
    const own = {
      storyId: story,
      questionId: question.id,
      figureComparator: 'stated' as const,
      figureWording: 'so many',
    }
    const older = await made.aClaim({ ...own, figureLow: 164, figureAsOf: '2022-01-09', stage: 'submitted' })
    const newer = await made.aClaim({ ...own, figureLow: 225, figureAsOf: '2022-01-15', stage: 'submitted' })
    for (const { id } of [older, newer])
      await made.aDecision(id, { verdict: 'verified', decidedById: it.people.eve.id })
    expect((await visit(it.as('ada'), `/claims/${newer.ref}`)).text).not.toContain(
      `name="supersede[newer]" value="${newer.ref}"`,
    )
    const page = await visit(it.as('eve'), `/claims/${newer.ref}`)
    expect(page.words).toContain(`${newer.ref} supersedes ${older.ref}`)
    expect(page.text).toContain(`name="supersede[newer]" value="${newer.ref}"`)
    const { revision } = await it.db.claim.findUniqueOrThrow({ where: { id: older.id } })
    const move = { action: 'supersede', supersede: { newer: newer.ref }, revision }
    expect((await send(it.as('eve'), `/claims/${older.ref}/moves`, move)).status).toBe(303)
    expect((await visit(it.as('eve'), `/claims/${newer.ref}`)).text).not.toContain(
      `name="supersede[newer]" value="${newer.ref}"`,
    )
    const file = await it.as('eve').get('/exports/claims.csv?preset=verified').expect(200)
    const lines: Record<string, string>[] = parse(file.text, { bom: true, columns: true })
    const refs = lines.filter((line) => line.question === 'How many were superseded?').map(({ claim }) => claim)
    expect(refs).toEqual([newer.ref])
  })

  test('keeps the words of private sources from readers, and from every file', async () => {
    const made = build(it.db, it.people.ada.id)
    const question = await made.aQuestion(story, { wording: 'How many in private?', population: 'private' })
    const secret = await made.aSource({ title: 'A secret list', isPrivate: true })
    await made.aClaim({
      storyId: story,
      questionId: question.id,
      figureComparator: 'stated',
      figureLow: 7,
      figureWording: 'seven hushed up',
      stage: 'submitted',
      attributions: [{ sourceId: secret.id, speakerAsPrinted: 'a whisperer', naming: 'described' }],
    })
    for (const path of [`/questions/${question.id}`, `/questions/${question.id}/figures.csv`]) {
      const [reader, reporter] = [await it.as('rae').get(path), await it.as('ada').get(path)]
      expect(reporter.text.includes('seven hushed up')).toBe(!path.endsWith('.csv'))
      for (const words of ['hushed', 'whisperer', 'A secret list']) expect(reader.text).not.toContain(words)
    }
  })

  test('asks the database as often for a thousand figures as for one', { timeout: 60_000 }, async () => {
    const made = build(it.db, it.people.ada.id)
    const counts: number[] = []
    for (const many of [1, 1000]) {
      const question = await made.aQuestion(story, { wording: `How many of ${many}?`, population: `${many}` })
      const [first] = await made.manyClaims(many, (index) => ({
        storyId: story,
        questionId: question.id,
        stage: 'submitted',
        figureComparator: 'stated',
        figureLow: index,
        figureWording: String(index),
        figureAsOf: `2022-01-${String((index % 28) + 1).padStart(2, '0')}`,
        attributions: [{ sourceId: source }],
      }))
      const visits = async () => {
        await visit(it.as('rae'), `/questions/${question.id}`)
        await visit(it.as('rae'), `/claims/${first?.ref}`)
        await visit(it.as('rae'), '/stories/KZ')
      }
      await visits()
      counts.push(await it.database.countQueries(visits))
    }
    expect(counts[1]).toBe(counts[0])
  })
})
