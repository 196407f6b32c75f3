import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anchorPassage } from '../../src/captures/store.ts'
import { newSourceForm } from '../../src/sources/form.ts'
import { addSource, resolveSource, sourceChoices } from '../../src/sources/store.ts'
import { readForm } from '../../src/web/form.ts'
import { type Desk, desk, send, visit } from '../support/app.ts'
import { changeUnguarded } from '../support/behind.ts'
import { DISPATCH, flashOf, givenClaim, givenParty, givenSource, givenStory } from './given.ts'

let it: Desk
let story: number
beforeAll(async () => {
  it = await desk()
  story = await givenStory(it)
})
afterAll(() => it.close())

const sourcesNow = () => it.db.source.count()
const revisionOf = async (id: number) => (await it.db.source.findUniqueOrThrow({ where: { id } })).revision

describe('Adding a source', () => {
  test('by paste keeps the text normalised, with its SHA-256, and marks what is inferred', async () => {
    const id = await givenSource(it, {
      title: 'Day three in Almaty',
      titleInferred: 'yes',
      text: 'Cafe\u0301.\r\n\r\n  Two spaces kept.\r',
      publishedOn: '2022-01-07',
      publishedOnInferred: 'yes',
      language: 'EN-gb',
    })
    const { text, sha256 } = await it.db.capture.findFirstOrThrow({ where: { sourceId: id } })
    expect(text).toBe('Café.\n\n  Two spaces kept.\n')
    expect(sha256).toBe(createHash('sha256').update(text).digest('hex'))
    const { words } = await visit(it.as('rae'), `/sources/${id}`)
    expect(words).toContain('Day three in Almaty (inferred) Publisher not known, 7 January 2022 (inferred)')
    expect(words).toContain('Language en-GB')
    expect(words).toContain(`SHA-256 ${sha256.slice(0, 12)}…`)
    expect(words).toContain('Ada Abel added the source.')
  })

  test('needs neither title nor publisher nor date, but something', async () => {
    expect((await send(it.as('ada'), '/sources', { kind: 'other' })).words).toContain(
      'Give its address, paste its text, or say',
    )
    const id = await givenSource(it, { title: '', text: 'Nobody knows where this is from.' })
    expect((await visit(it.as('rae'), `/sources/${id}`)).words).toContain('Article without a title')
  })

  test('at an address that is here already leads there, however the address is written', async () => {
    const id = await givenSource(it, { url: 'https://example.org/news/1?id=7', title: 'First' })
    const before = await sourcesNow()
    const url = 'HTTP://EXAMPLE.org/news/1/?utm_source=mail&id=7#top'
    const answer = await send(it.as('ben'), '/sources', { kind: 'article', url })
    expect(answer.headers.location).toBe(`/sources/${id}`)
    expect(flashOf(answer).text).toBe('This is already here as “First”; nothing was added.')
    expect(await sourcesNow()).toBe(before)
  })

  test('at one address by many at once adds one', async () => {
    const answers = await Promise.all(
      (['ada', 'ben', 'eve', 'sam', 'mo', 'ada', 'ben'] as const).map((name) =>
        send(it.as(name), '/sources', { kind: 'article', url: 'https://example.org/at-once', text: DISPATCH }),
      ),
    )
    expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.location}`)).size).toBe(1)
    const sources = await it.db.source.findMany({
      where: { url: 'https://example.org/at-once' },
      include: { captures: true },
    })
    expect(sources.map(({ captures }) => captures.length)).toEqual([1])
  })

  test('by pasting a text that is here already leads there, also by many at once', async () => {
    const text = 'A statement handed out on paper.'
    const answers = await Promise.all(
      (['ada', 'ben', 'eve'] as const).map((name) => send(it.as(name), '/sources', { kind: 'press_release', text })),
    )
    expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1)
    expect(await it.db.capture.count({ where: { text } })).toBe(1)
  })

  test('with the same text at another address adds another source and shows the first', async () => {
    const text = 'The agency’s report, reprinted.'
    const first = await givenSource(it, { url: 'https://example.org/agency', title: 'Agency report', text })
    const answer = await send(it.as('ada'), '/sources', { kind: 'article', url: 'https://example.net/reprint', text })
    expect(answer.headers.location).not.toBe(`/sources/${first}`)
    expect(flashOf(answer).text).toContain('The same text is held from another place')
    expect(flashOf(answer).links).toEqual([{ text: 'See “Agency report”', href: `/sources/${first}` }])
  })

  test('at a known address with a text that differs keeps it there as a later one', async () => {
    const url = 'https://example.org/changing'
    const id = await givenSource(it, { url, text: 'At least 26 died.' })
    const answer = await send(it.as('ben'), '/sources', { kind: 'article', url, text: 'At least 44 died.' })
    expect(answer.headers.location).toBe(`/sources/${id}`)
    expect((await visit(it.as('rae'), `/sources/${id}`)).words).toContain('At least 44 died.')
    expect((await visit(it.as('rae'), `/sources/${id}`)).words).toContain('Ben Bauer took its text again.')
  })

  test('by an unknown publisher asks before it adds one', async () => {
    const fields = { kind: 'article', title: 'By somebody new', publisher: 'The Steppe Courier' }
    const asked = await send(it.as('ada'), '/sources', fields)
    expect(asked.status).toBe(422)
    expect(asked.words).toContain('Nobody called “The Steppe Courier” is here yet.')
    expect(asked.text).toContain('name="publisherNew"')
    const id = await givenSource(it, { ...fields, publisherNew: 'yes', publisherInferred: 'yes' })
    expect((await visit(it.as('rae'), `/sources/${id}`)).words).toContain('The Steppe Courier (inferred)')
    const again = await givenSource(it, { ...fields, title: 'Again', publisher: 'the steppe courier' })
    const publishers = await it.db.source.findMany({
      where: { id: { in: [id, again] } },
      select: { publisherId: true },
    })
    expect(publishers[0]).toEqual(publishers[1])
  })

  test('sent twice adds one', async () => {
    const fields = { requestId: randomUUID(), kind: 'article', title: 'Sent twice' }
    const answers = await Promise.all([1, 2, 3].map(() => send(it.as('ada'), '/sources', fields)))
    expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1)
    expect(await it.db.source.count({ where: { title: 'Sent twice' } })).toBe(1)
  })

  test.each([
    [{ url: 'javascript:alert(1)' }, 'Write a whole web address, beginning with http:// or https://.'],
    [{ url: 'https://user:secret@example.org/' }, 'Write a whole web address'],
    [{ url: `https://example.org/${'я'.repeat(900)}` }, 'The address is longer than 2,000 characters'],
    [{ archiveUrl: 'data:text/html,x' }, 'Write a whole web address'],
    [{ kind: 'rumour' }, 'Choose what kind of source it is.'],
    [{ title: 'x'.repeat(501) }, 'At most 500 characters; this has 501.'],
    [{ title: ['a', 'b'] }, 'This must be a single text.'],
    [{ byline: 'a\0b' }, 'The text contains a NUL character; please remove it.'],
    [{ text: 'a\0b' }, 'The text contains a NUL character; please remove it.'],
    [{ publishedOn: '2022-02-30' }, 'Write the date as 2022-01-07'],
    [{ language: 'not a language' }, 'Write the language as a code'],
    [{ publisher: '#999999' }, 'There is no party with this number.'],
    [{ addedById: '1' }, 'not asked for here: addedById.'],
    [{ isPrivate: 'maybe' }, 'This is a box to tick.'],
  ])('is refused with a sentence when given %j', async (wrong, sentence) => {
    const before = await sourcesNow()
    const answer = await send(it.as('ada'), '/sources', {
      kind: 'article',
      title: 'Wrong',
      notes: 'kept <i>"\'',
      ...wrong,
    })
    expect(answer.status).toBe(422)
    expect(answer.words).toContain(sentence)
    expect(answer.words).toContain('kept <i>"\'')
    expect(await sourcesNow()).toBe(before)
  })

  test('takes a text of a million characters and no more, and keeps what was pasted', async () => {
    const long = 'я'.repeat(1_000_001)
    const refused = await send(it.as('ada'), '/sources', { kind: 'article', title: 'Long', text: long })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain('A text may have at most 1,000,000 characters; this has 1,000,001.')
    expect(refused.text).toContain(long)
    const id = await givenSource(it, { title: 'Long', text: `${'Order was restored. '.repeat(40)}\n`.repeat(1_200) })
    expect((await it.as('rae').get(`/sources/${id}`)).status).toBe(200)
  })

  test('is for reporters, editors and admins', async () => {
    expect((await send(it.as('rae'), '/sources', { kind: 'article', title: 'No' })).status).toBe(403)
    await visit(it.as('rae'), '/sources/new', 403)
    await visit(it.as('ada'), '/sources/new')
    await visit(it.stranger(), '/sources', 303)
  })
})

describe('The page of a source', () => {
  test('is its text with every claim’s passage marked, numbered and linked both ways', async () => {
    const source = await givenSource(it, {
      title: 'Annotated',
      text: `${DISPATCH}\n\nUnique to this one.`,
      language: 'en',
    })
    const passage = 'at least 26 protesters were "liquidated"'
    const ref = await givenClaim(it, { story, source, passage, hedges: 'at least' })
    const second = await givenClaim(it, { story, source, passage, statement: '18 security personnel died.' })
    const lost = await givenClaim(it, { story, source, passage: 'never printed', statement: 'Never printed.' })
    const bare = await givenClaim(it, { story, source, statement: 'Without a passage.' })
    const { text, words } = await visit(it.as('rae'), `/sources/${source}`)
    expect(text).toMatch(
      /<mark class="tone-draft">at least 26 protesters were “liquidated”<\/mark><a class="annotated__number tone-draft" id="mark-1" href="#note-1"/,
    )
    expect(text).toContain('<li id="note-2"><a class="annotated__number tone-draft" href="#mark-2"')
    expect(words).toContain(`${ref} At least 26 protesters were killed.`)
    expect(words).toContain(second)
    expect(words.indexOf(lost)).toBeGreaterThan(words.indexOf('Not found in the text'))
    expect(words.indexOf(bare)).toBeGreaterThan(words.indexOf('Claims without a passage'))
    expect(text).not.toContain('data-claim-href')
    const reporter = await visit(it.as('ada'), `/sources/${source}`)
    expect(reporter.text).toMatch(new RegExp(`data-claim-href="/claims/new\\?source=${source}&amp;capture=\\d+"`))
    expect(reporter.text).toContain(`href="/claims/new?source=${source}"`)
  })

  test('keeps passages with the text they were taken from, when a later one differs', async () => {
    const source = await givenSource(it, {
      title: 'Revised',
      text: 'First: at least 26 died. Later: order is restored.',
    })
    const stays = await givenClaim(it, { story, source, passage: 'order is restored', statement: 'Order is restored.' })
    const goes = await givenClaim(it, { story, source, passage: 'at least 26 died' })
    const again = (text: string) => send(it.as('ben'), `/sources/${source}/captures`, { text })
    await visit(it.as('ben'), `/sources/${source}/captures/new`)
    const same = await again('First: at least 26 died. Later: order is restored.')
    expect(flashOf(same).text).toBe('The text is the same as the one held, so nothing was added.')
    expect((await again('First: 44 died. Later: order is restored.')).status).toBe(303)

    const [first, latest] = await it.db.capture.findMany({ where: { sourceId: source }, orderBy: { id: 'asc' } })
    const shown = await visit(it.as('rae'), `/sources/${source}`)
    expect(shown.text).toContain(`data-capture="${latest?.id}"`)
    expect(shown.text).toContain('<mark class="tone-draft">order is restored</mark>')
    expect(shown.words.indexOf(stays)).toBeLessThan(shown.words.indexOf('Not found in the text'))
    expect(shown.words.indexOf(goes)).toBeGreaterThan(shown.words.indexOf('Not found in the text'))
    expect(shown.text).toContain(`href="/sources/${source}?capture=${first?.id}"`)
    const earlier = await visit(it.as('rae'), `/sources/${source}?capture=${first?.id}`)
    expect(earlier.words).toContain('This is an earlier text.')
    expect(earlier.text).toContain('<mark class="tone-draft">at least 26 died</mark>')
    const form = await visit(it.as('ada'), `/claims/new?source=${source}&capture=${first?.id}&start=7&end=23`)
    expect(form.text).toMatch(new RegExp(`name="attributions\\[0\\]\\[captureId\\]" value="${first?.id}"`))
    const sought = { sourceId: source, passage: 'at least 26 died' }
    expect((await anchorPassage(it.db, { ...sought, captureId: first?.id ?? null })).columns.start).toBe(7)
    expect((await anchorPassage(it.db, sought)).columns.start).toBeNull()
  })

  test('lists its texts twenty at a time, shows any of them, and takes no more than two hundred', async () => {
    const source = await givenSource(it, { title: 'Often revised', text: 'Text 1' })
    const again = (n: number) => send(it.as('ben'), `/sources/${source}/captures`, { text: `Text ${n}` })
    for (let n = 2; n <= 30; n += 1) expect((await again(n)).status).toBe(303)
    const page = await visit(it.as('rae'), `/sources/${source}`)
    expect(page.words).toContain('There are 30 texts of this source; 20 are listed')
    const next = /href="([^"]+)">List earlier texts/.exec(page.text)?.[1] ?? ''
    const earlier = await visit(it.as('rae'), next)
    expect(earlier.words).toContain('There are 30 texts of this source; 10 are listed')
    expect(earlier.text).not.toContain('List earlier texts')
    const first = await it.db.capture.findFirstOrThrow({ where: { sourceId: source }, orderBy: { id: 'asc' } })
    expect(earlier.text).toContain(`?capture=${first.id}`)
    expect((await visit(it.as('rae'), `/sources/${source}?capture=${first.id}`)).words).toContain('Text 1')
    await visit(it.as('rae'), `/sources/${source}?capture=${first.id - 1}`, 404)

    await changeUnguarded(
      it.database,
      `insert into capture (source_id, taken_at, text, sha256, how, taken_by_id)
       select ${source}, now(), n::text, encode(sha256(n::text::bytea), 'hex'), 'pasted', ${it.people.ben.id} from generate_series(31, 200) n`,
    )
    const refused = await again(201)
    expect([refused.status, refused.words.includes('the most that one source may have')]).toEqual([422, true])
    expect(refused.text).toContain('Text 201')
  })

  test('asks as many queries for 30 claims as for one', async () => {
    const source = await givenSource(it, { title: 'Counted', text: `${DISPATCH} Counted.` })
    const passage = 'Analysts say'
    await givenClaim(it, { story, source, passage, statement: 'The first.' })
    const one = await it.database.countQueries(() => visit(it.as('rae'), `/sources/${source}`))
    for (let count = 0; count < 29; count += 1)
      await givenClaim(it, {
        story,
        source,
        passage,
        statement: `Statement ${count}.`,
        naming: 'named',
        speaker: `P${count}`,
        speakerKind: 'person',
      })
    expect(await it.database.countQueries(() => visit(it.as('rae'), `/sources/${source}`))).toBeLessThanOrEqual(one + 1)
  })

  test('shows no foreign markup', async () => {
    const hostile = '<script>alert(1)</script> "\' \u202e <img src=x onerror=alert(2)>'
    const id = await givenSource(it, {
      title: hostile,
      byline: hostile,
      notes: hostile,
      text: `${hostile}\n\n${hostile}`,
    })
    const { text } = await visit(it.as('rae'), `/sources/${id}`)
    expect(text).not.toMatch(/<script>alert|<img/)
  })

  test.each([
    ['/sources/0'],
    ['/sources/%00'],
    ['/sources/99999999999'],
    ['/sources/x'],
    ['/sources/1?capture=x'],
    ['/sources/1?capture=999999'],
  ])('is not at %s', async (path) => {
    await visit(it.as('rae'), path, 404)
  })
})

describe('A private source', () => {
  test('is hidden from readers everywhere', async () => {
    const id = await givenSource(it, {
      title: 'Leaked minutes',
      url: 'https://example.org/leak',
      isPrivate: 'yes',
      text: 'Very secret.',
    })
    for (const path of [`/sources/${id}`, `/sources/${id}/edit`, `/sources/${id}/captures/new`])
      expect((await it.as('rae').get(path)).status).toBeOneOf([403, 404])
    await visit(it.as('rae'), `/sources/${id}`, 404)
    for (const path of ['/sources', '/sources?q=leaked', '/sources?q=example.org/leak'])
      expect((await visit(it.as('rae'), path)).text).not.toContain('Leaked minutes')
    expect((await visit(it.as('ada'), '/sources?q=leaked')).words).toContain('Leaked minutes')
    expect(await sourceChoices(it.db, { role: 'reader' }, 'leaked')).toEqual([])
    expect(await resolveSource(it.db, 'https://example.org/leak', { role: 'reader' })).toEqual({ kind: 'unknown' })
    expect(await resolveSource(it.db, `#${id}`, { role: 'reporter' })).toMatchObject({ kind: 'found', source: { id } })
  })
})

describe('Editing a source', () => {
  test('takes its newest revision; else theirs stands beside yours', async () => {
    await givenParty(it, { name: 'Edited Press' })
    const id = await givenSource(it, { title: 'To be edited' })
    const revision = await revisionOf(id)
    const edit = { kind: 'agency_report', title: 'Edited', publisher: 'Edited Press', publishedOn: '2022-01', revision }
    await visit(it.as('ada'), `/sources/${id}/edit`)
    expect((await send(it.as('ada'), `/sources/${id}/edits`, edit)).status).toBe(303)
    const stale = await send(it.as('ben'), `/sources/${id}/edits`, { ...edit, title: 'Mine', publishedOn: '2022' })
    expect(stale.status).toBe(409)
    expect(stale.words).toContain('Title As it is now Edited As you wrote it Mine')
    expect(stale.words).toContain('As it is now January 2022 As you wrote it 2022')
    const { words } = await visit(it.as('rae'), `/sources/${id}`)
    expect(words).toContain('Title: [taken out: To be edited ] [put in: Edited ]')
    expect(words).toContain('Publisher: Edited Press')
  })

  test('keeps a publisher that has a namesake', async () => {
    const publisher = await givenParty(it, { name: 'The Herald' })
    const id = await givenSource(it, { title: 'From one of two', publisher: 'The Herald' })
    const namesake = await givenParty(it, { name: 'The Herald', somebodyElse: 'yes' })
    const edit = { kind: 'article', title: 'From one', publisher: 'The Herald', revision: await revisionOf(id) }
    expect((await send(it.as('ada'), `/sources/${id}/edits`, edit)).status).toBe(303)
    expect((await it.db.source.findUniqueOrThrow({ where: { id } })).publisherId).toBe(publisher)
    const another = { kind: 'article', title: 'From the other', publisher: 'The Herald' }
    const asked = await send(it.as('ada'), '/sources', another)
    expect(asked.words).toContain(
      `Several parties go by this name: The Herald (#${publisher}), The Herald (#${namesake}).`,
    )
    expect(await givenSource(it, { ...another, publisher: `The Herald (#${namesake})` })).toBeGreaterThan(id)
  })

  test('to an address that another has is refused beside the field', async () => {
    const taken = await givenSource(it, { url: 'https://example.org/taken', title: 'Taken' })
    const id = await givenSource(it, { title: 'Wants an address' })
    const edit = {
      kind: 'article',
      title: 'Wants an address',
      url: 'http://example.org/taken/',
      revision: await revisionOf(id),
    }
    const answer = await send(it.as('ada'), `/sources/${id}/edits`, edit)
    expect(answer.status).toBe(422)
    expect(answer.words).toContain(`“Taken” (#${taken}) has this address already.`)
  })

  test('to one new address by two at once gives it to one', async () => {
    const ids = [await givenSource(it, { title: 'A' }), await givenSource(it, { title: 'B' })]
    const url = 'https://example.org/both'
    const answers = await Promise.all([
      ...ids.map((id) =>
        send(it.as('ada'), `/sources/${id}/edits`, { kind: 'article', title: 'Both', url, revision: 1 }),
      ),
      send(it.as('ben'), '/sources', { kind: 'article', url }),
    ])
    expect(answers.every(({ status }) => status === 303 || status === 422)).toBe(true)
    expect(await it.db.source.count({ where: { url } })).toBe(1)
  })

  test('making it private takes its words out of what readers search', async () => {
    const id = await givenSource(it, { title: 'Soon private', text: 'The xylophone was heard.' })
    const ref = await givenClaim(it, { story, source: id, passage: 'xylophone was heard' })
    const document = () => it.db.claimDocument.findFirstOrThrow({ where: { claim: { ref } }, select: { text: true } })
    expect((await document()).text).toContain('xylophone')
    const edit = { kind: 'article', title: 'Soon private', isPrivate: 'yes', revision: await revisionOf(id) }
    expect((await send(it.as('ada'), `/sources/${id}/edits`, edit)).status).toBe(303)
    expect((await document()).text).not.toContain('xylophone')
  })
})

describe('The list of sources', () => {
  test('goes on from page to page, each once, the newest first', async () => {
    await it.db.$transaction(async (tx) => {
      for (let count = 0; count < 55; count += 1) {
        const { form } = readForm(newSourceForm, { kind: 'other', title: `Paged ${count}` })
        if (form) await addSource(tx, it.act('ada'), form)
      }
    })
    const first = await visit(it.as('rae'), '/sources?q=paged')
    const next = /href="([^"]+)" rel="next"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await visit(it.as('rae'), next)
    const titles = [first, second].flatMap(({ text }) =>
      [...text.matchAll(/<bdi>(Paged \d+)<\/bdi>/g)].map(([, title]) => title),
    )
    expect(titles).toHaveLength(55)
    expect(new Set(titles).size).toBe(55)
  })

  test.each([['%25'], ['_'], ['%5C'], ["'"]])('finds nothing by %s and does not break', async (q) => {
    expect((await visit(it.as('rae'), `/sources?q=${q}zzz`)).words).toContain('No such source')
  })

  test.each([['nonsense'], ['WyJ4IiwxXQ'], ['WyIyMDIyLTEzLTQ1VDAwOjAwOjAwLjAwMFoiLDFd']])(
    'begins at its beginning after %s',
    async (after) => {
      await visit(it.as('rae'), `/sources?after=${after}`)
    },
  )
})
