import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPassage } from '../../src/captures/anchor.ts'
import { givenClaim, givenSource, givenStory } from '../sources/given.ts'
import { type Desk, desk, type Fields, send, visit } from '../support/app.ts'

let it: Desk
let story: number
let made = 0

beforeAll(async () => {
  it = await desk()
  story = await givenStory(it)
})
afterAll(() => it.close())

const TWICE = 'A. Ten men died. B. Ten men died.'
const source = (text: string) => givenSource(it, { text: `${text} (${(made += 1)})` })
const take = async (id: number, text: string) =>
  expect((await send(it.as('ben'), `/sources/${id}/captures`, { text })).status).toBe(303)
const claimFields = (id: number, passage: string, own: Fields = {}) => ({
  statement: `Men died (${(made += 1)}).`,
  story: String(story),
  intent: 'save',
  attributions: [{ source: `#${id}`, passage, naming: 'unstated', position: 'asserts', ...own }],
})
const record = (id: number, passage: string, own: Fields = {}) =>
  send(it.as('ada'), '/claims', claimFields(id, passage, own))
const lastAttribution = () => it.db.attribution.findFirstOrThrow({ orderBy: { id: 'desc' }, include: { claim: true } })
const latest = (sourceId: number) =>
  it.db.capture.findFirstOrThrow({ where: { sourceId }, orderBy: { id: 'desc' }, select: { id: true } })

describe('A passage that stands twice in a text', () => {
  test('is asked about, with both places in their context, and kept at the one that is chosen', async () => {
    const id = await source(TWICE)
    const capture = await latest(id)
    const asked = await record(id, 'Ten men died')
    expect(asked.status).toBe(422)
    expect(asked.text).toContain('These words stand 2 times in the text. Choose the place that is meant.')
    for (const start of [3, 20]) expect(asked.text).toContain(`value="${capture.id}:${start}"`)
    expect(asked.text).toContain('<mark>Ten men died</mark>')
    const kept = await record(id, 'Ten men died', { place: `${capture.id}:20` })
    expect(kept.status).toBe(303)
    expect(await lastAttribution()).toMatchObject({ captureId: capture.id, start: 20, end: 32 })
    const page = await visit(it.as('rae'), `/sources/${id}`)
    expect(page.text).toMatch(/A\. Ten men died\. B\. <mark[^>]*>Ten men died<\/mark>/)
  })

  test('is anchored where it was selected in the text', async () => {
    const id = await source(TWICE)
    const capture = await latest(id)
    const form = await visit(it.as('ada'), `/claims/new?source=${id}&capture=${capture.id}&start=20&end=32`)
    expect(form.text).toContain(`name="attributions[0][place]" value="${capture.id}:20"`)
    expect(form.text).toMatch(/name="attributions\[0\]\[passage\]"[^>]*>\s*Ten men died<\/textarea>/)
    expect((await record(id, 'Ten men died', { place: `${capture.id}:20` })).status).toBe(303)
    expect(await lastAttribution()).toMatchObject({ start: 20 })
  })

  test('is asked about again when the place sent is none of them, or of another source', async () => {
    const id = await source(TWICE)
    const other = await latest(await source(TWICE))
    const capture = await latest(id)
    for (const place of [`${capture.id}:5000`, `${capture.id}:1`, `${other.id}:20`, 'x'])
      expect((await record(id, 'Ten men died', { place })).status).toBe(422)
  })

  test('is asked about for evidence too', async () => {
    const id = await source(TWICE)
    const capture = await latest(id)
    const ref = await givenClaim(it, { story, source: id, passage: 'A.' })
    const add = async (own: Fields) => {
      const { revision } = await it.db.claim.findUniqueOrThrow({ where: { ref } })
      const fields = { revision, source: `#${id}`, stance: 'supports', basis: 'document', passage: 'Ten men died' }
      return send(it.as('ada'), `/claims/${ref}/evidence`, { ...fields, ...own })
    }
    const asked = await add({})
    expect(asked.status).toBe(422)
    expect(asked.text).toContain(`name="place" value="${capture.id}:20"`)
    expect((await add({ place: `${capture.id}:20` })).status).toBe(303)
    expect(await it.db.evidence.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({ start: 20 })
  })
})

describe('What is alike', () => {
  test.each([
    ['demonstrators', 'The demon-\nstrators left'],
    ['fi', 'the ﬁrst'],
    ['ﬁrst', 'the first'],
    ['He spoke--briefly', 'He spoke—briefly'],
    ['at least 26', 'at \u202aleast\u202c 26'],
  ])('%j is found in %j', (passage, text) => {
    expect(findPassage(text, passage)?.start).not.toBeUndefined()
  })

  test.each([
    ['a soft hyphen', 'the demon\u00adstrators left', 'demonstrators'],
    ['a ligature', 'the ﬁrst men', 'first men'],
    ['an apostrophe', 'they didn’t say', "didn't say"],
    ['a zero-width space', 'the demon\u200bstrators', 'demonstrators'],
  ])('quoted words are in the passage in spite of %s', async (_, passage, quote) => {
    const id = await source(`Before that, ${passage}.`)
    expect((await record(id, passage, { quote, speech: 'partial' })).status).toBe(303)
  })
})

describe('Editing something else', () => {
  test('leaves evidence in the capture it was anchored in, though the publisher dropped its sentence', async () => {
    const id = await source('Order is restored. Eighteen officers died.')
    const ref = await givenClaim(it, { story, source: id, passage: 'Order is restored.' })
    const piece = { source: `#${id}`, stance: 'supports', basis: 'document', passage: 'Eighteen officers died.' }
    const revision = async () => (await it.db.claim.findUniqueOrThrow({ where: { ref } })).revision
    await send(it.as('ada'), `/claims/${ref}/evidence`, { ...piece, revision: await revision() })
    const before = await it.db.evidence.findFirstOrThrow({ orderBy: { id: 'desc' } })
    await take(id, `Order is restored. ${made}`)
    const edits = `/claims/${ref}/evidence/${before.id}/edits`
    const noted = await send(it.as('ada'), edits, { ...piece, revision: await revision(), note: 'Seen.' })
    expect(noted.status).toBe(303)
    const { captureId, start, end, prefix, suffix } = before
    expect(await it.db.evidence.findUniqueOrThrow({ where: { id: before.id } })).toMatchObject({
      note: 'Seen.',
      captureId,
      start,
      end,
      prefix,
      suffix,
    })
    const other = { ...piece, passage: 'Order is restored', revision: await revision() }
    expect((await send(it.as('ada'), edits, other)).status).toBe(303)
    const after = await it.db.evidence.findUniqueOrThrow({ where: { id: before.id } })
    expect(after).toMatchObject({ captureId: (await latest(id)).id, start: 0 })
  })

  test('leaves attributions there too, in an edit and in what a split copies', async () => {
    const id = await source(TWICE)
    const capture = await latest(id)
    await record(id, 'Ten men died', { place: `${capture.id}:20` })
    const { id: attributionId, claim } = await lastAttribution()
    await take(id, `Nobody died at all. ${made}`)
    const { story: _, ...fields } = claimFields(id, 'Ten men died', { id: String(attributionId) })
    const edited = await send(it.as('ada'), `/claims/${claim.ref}/edits`, {
      ...fields,
      revision: claim.revision,
    })
    expect(edited.status).toBe(303)
    expect(await lastAttribution()).toMatchObject({ id: attributionId, captureId: capture.id, start: 20 })

    const { revision } = await it.db.claim.findUniqueOrThrow({ where: { id: claim.id } })
    const split = await send(it.as('ada'), `/claims/${claim.ref}/splits`, {
      revision,
      parts: [{ statement: `One (${made}).` }, { statement: `Two (${made}).` }],
    })
    expect(split.status).toBe(303)
    const copy = await lastAttribution()
    expect(copy.id).not.toBe(attributionId)
    expect(copy).toMatchObject({ captureId: capture.id, start: 20, passage: 'Ten men died' })
  })

  test('from the same passage, another claim begins at the same place', async () => {
    const id = await source(TWICE)
    const capture = await latest(id)
    await record(id, 'Ten men died', { place: `${capture.id}:20` })
    const { id: from } = await lastAttribution()
    await take(id, `Nobody died at all. ${made}`)
    const form = await visit(it.as('ada'), `/claims/new?from=${from}`)
    expect(form.text).toContain(`name="attributions[0][place]" value="${capture.id}:20"`)
    expect(form.text).toMatch(/name="attributions\[0\]\[passage\]"[^>]*>\s*Ten men died<\/textarea>/)
  })
})
