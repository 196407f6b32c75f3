import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { passagesGone } from '../../src/captures/gone.store.ts'
import { readPrintedDate } from '../../src/printed-date.ts'
import { unfitness } from '../../src/text.ts'
import { cursorText } from '../../src/web/paging.ts'
import { type Desk, desk, send, visit } from '../support/app.ts'
import { insertProposal } from '../support/behind.ts'
import { build } from '../support/build.ts'

let it: Desk
beforeAll(async () => {
  it = await desk()
  await build(it.db, it.people.ada.id).aStory({ code: 'KZ' })
})
afterAll(() => it.close())

describe('Text that a machine chokes on', () => {
  const marks = `a${'\u0301\u0327'.repeat(250_000)}`

  test('is refused before it is normalised: putting marks in order takes time by the square of their number', () => {
    expect(unfitness(marks)).toBe('has a letter with more than 100 marks')
    expect(unfitness(`a${'\u0301'.repeat(100)}`)).toBe(null)
  })

  // As many marks as a stranger's form may hold, and as many as would fill somebody's own.
  test.each([
    ['/sign-in', 5000, 422],
    ['/sign-in', 500_000, 413],
    ['/first-run', 5000, 410],
    ['/first-run', 500_000, 413],
  ])('does not keep %s busy with %i marks', async (path, length, status) => {
    const answer = await send(it.stranger(), path, { email: marks.slice(0, length), password: 'a' })
    expect(answer.status).toBe(status)
  })

  test('does not keep the search for namesakes busy', async () => {
    const answer = await send(it.as('ada'), '/parties', { name: marks, aliases: marks })
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('The text has a letter with more than 100 marks; please remove it.')
  })
})

describe('What nobody sees in a statement', () => {
  test('is drawn and named on its page, and copied as it was printed', async () => {
    const made = await send(it.as('ada'), '/claims', {
      statement: 'Prices \u202Ellef\u2066 by pay\u200Bpal\u0007.',
      language: 'en',
      story: '1',
    })
    const { text } = await it.as('eve').get(made.headers.location ?? '')
    const drawn = [...text.matchAll(/<bdi class="unseen" role="img" title="([^"]+)"[^>]*>(.)<\/bdi>/gu)]
    expect(drawn.map(([, name, character]) => [name, character])).toEqual([
      ['right-to-left override, U+202E', '\u202E'],
      ['left-to-right isolate, U+2066', '\u2066'],
      ['zero width space, U+200B', '\u200B'],
      ['control character, U+0007', '\u0007'],
    ])
    // Lists show it in a cell of its own direction.
    const list = await visit(it.as('eve'), '/claims')
    expect(list.text).toMatch(/dir="auto">Prices \u202Ellef/)
  })
})

describe('A NUL, which the database takes nowhere', () => {
  test.each(['/claims/%00', '/claims/KZ-1%00/history', '/stories/%00', '/claims/%00/evidence/new', '/x%00'])(
    'is no address: %s',
    async (path) => {
      await visit(it.as('mo'), path, 404)
    },
  )

  test('is no source of a claim, and the form comes back', async () => {
    const attributions = [{ source: 'a\0b', naming: 'unstated', position: 'asserts' }]
    const answer = await send(it.as('ada'), '/claims', { statement: 'Prices rose.', attributions })
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('contains a NUL character')
  })
})

describe('A place in a list that lies outside the calendar', () => {
  const keys = ['0000-01-01T00:00:00.000Z', '2022-02-30T00:00:00.000Z', '2022-01-01T24:00:00.000Z']
  test.each(keys)('leads to its first page: %s', async (key) => {
    const after = cursorText({ key, id: 1 })
    const page = await visit(it.as('mo'), `/claims?after=${after}`, 422)
    expect(page.words).toContain('This address leads to no page of the list.')
    await visit(it.as('mo'), `/sources?after=${after}`)
  })
})

describe('Somebody else who holds a row for long', () => {
  test('costs a wait of five seconds and a sentence, with what was typed', async () => {
    const other = await it.database.ownerPool.connect()
    await other.query('begin')
    await other.query('select from story for update')
    const answer = await it
      .as('mo')
      .post('/stories/KZ/edits')
      .type('form')
      .send({ title: 'A title to keep', summary: '', timeZone: 'UTC', revision: '1', requestId: randomUUID() })
    await other.query('rollback')
    other.release()
    expect(answer.status).toBe(503)
    expect(answer.headers['retry-after']).toBe('5')
    expect(answer.text).toContain('A title to keep')
  })
})

describe('A redaction proposed by somebody who is no longer an admin', () => {
  test('cannot be seconded, with a sentence, and can be declined', async () => {
    const { id: eventId } = await it.db.event.findFirstOrThrow()
    const id = await insertProposal(it.database, { eventId, proposedById: it.people.eve.id })
    const seconded = await send(it.as('mo'), `/admin/redactions/${id}/answers`, { answer: 'second' })
    expect(seconded.status).toBe(422)
    expect(seconded.words).toContain('is no longer an admin')
    const declined = await send(it.as('mo'), `/admin/redactions/${id}/answers`, { answer: 'decline', words: 'No.' })
    expect(declined.status).toBe(303)
  })
})

describe('A source whose text was taken often', () => {
  // Each passage was looked for in each text made alike: it took longer than a statement may.
  test('is shown however long its texts are, and says of each passage since when it is gone', async () => {
    const made = build(it.db, it.people.ada.id)
    const source = await made.aSource()
    const passages = Array.from({ length: 30 }, (_, n) => `Sentence number ${n} that was printed.`)
    const { id: captureId } = await made.aCapture(source.id, passages.join(' '))
    const { id: storyId } = await it.db.story.findFirstOrThrow()
    await made.aClaim({
      storyId,
      attributions: passages.map((passage) => ({ sourceId: source.id, captureId, passage, start: 0, end: 1 })),
    })
    await made.aCapture(source.id, `${'Wort '.repeat(40_000)}${passages.join('  ')}`)
    const gone = await made.aCapture(source.id, 'Wort '.repeat(40_000))
    for (let n = 1; n < 12; n += 1) await made.aCapture(source.id, 'Wort '.repeat(40_000 - n))
    const { attributions } = await passagesGone(it.db, { sourceId: source.id })
    expect(attributions.size).toBe(passages.length)
    expect(new Set([...attributions.values()].map(Number))).toEqual(new Set([gone.takenAt.getTime()]))
  })
})

describe('An address of many letters', () => {
  test('is not carried through the sign-in, where its header would be larger than clients take', async () => {
    const q = '%C3%A9'.repeat(1500)
    const answer = await visit(it.stranger(), `/claims?q=${q}`, 303)
    expect(answer.headers.location).toBe('/sign-in?to=%2F')
    const short = await visit(it.stranger(), '/claims?q=caf%C3%A9', 303)
    expect(short.headers.location).toBe('/sign-in?to=%2Fclaims%3Fq%3Dcaf%25C3%25A9')
  })
})

describe('A printed date', () => {
  test('that the form takes is one that the database takes', async () => {
    const hours = ['00:00', '23:59', '24:00', '24:01', '12:60', '29:00']
    const days = [
      '0000-01-01',
      '2022-02-28',
      '2022-02-29',
      '2022-00-10',
      '2022-13-01',
      '2022-12-31',
      '9999-12-31',
      '2022-1-1',
    ]
    const written = [
      '29 February 2022',
      '7 Jan 2022',
      'January 7, 2022',
      '1 March 12345',
      '1 March 1',
      '2022-01-07 24:00',
    ]
    const typed = [...days, ...days.flatMap((day) => hours.map((hour) => `${day}T${hour}`)), ...written]
    const read = typed.map((text) => readPrintedDate(text)).filter((date) => date !== null)
    const { rows } = await it.database.pool.query(
      'select date from unnest($1::text[]) date where not is_printed_date(date)',
      [read],
    )
    expect(rows).toEqual([])
    expect(read).toContain('2022-02-28T23:59')
    expect(readPrintedDate('9999-12-31T24:00')).toBe(null)
  })
})
