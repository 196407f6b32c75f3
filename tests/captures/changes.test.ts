import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenClaim, givenSource, givenStory } from '../sources/given.ts'
import { type Desk, desk, send, visit } from '../support/app.ts'

const TEXT = `Order was “basically” restored, the president contends.

The Interior Ministry said at least 26 protesters were “liquidated.” Eighteen officers died.`

let it: Desk
let story: number

beforeAll(async () => {
  it = await desk()
  story = await givenStory(it)
})
afterAll(() => it.close())

const take = async (source: number, text: string) =>
  expect((await send(it.as('ben'), `/sources/${source}/captures`, { text })).status).toBe(303)

describe('What a publisher changed', () => {
  test('shows on the source’s page, and the claim says that its passage is no longer in the text', async () => {
    const source = await givenSource(it, { text: TEXT })
    const ref = await givenClaim(it, { story, source, passage: 'at least 26 protesters were “liquidated.”' })
    expect((await visit(it.as('rae'), `/sources/${source}`)).words).not.toContain('What the publisher changed')
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).not.toContain('No longer in the text')

    await take(source, TEXT.replace('at least 26', 'at least 44').replace(' Eighteen officers died.', ''))
    const page = await visit(it.as('rae'), `/sources/${source}`)
    expect(page.words).toContain('What the publisher changed')
    expect(page.words).toContain('One passage differs: 1 changed.')
    expect(page.words).toContain('[taken out: 26 ] [put in: 44 ]')
    expect(page.words).toContain('No longer in the text since')
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).toMatch(/No longer in the text since \d+ /)
  })

  test('is told for each text against the one before it', async () => {
    const source = await givenSource(it, { text: `${TEXT} First.` })
    await take(source, `${TEXT} First. Second.`)
    await take(source, `${TEXT} First. Second. Third.`)
    expect((await visit(it.as('rae'), `/sources/${source}`)).words).toContain('Third.')
    const [, second, first] = await it.db.capture.findMany({ where: { sourceId: source }, orderBy: { id: 'desc' } })
    const earlier = await visit(it.as('rae'), `/sources/${source}?capture=${second?.id}`)
    expect(earlier.words).toContain('[put in: Second. ]')
    expect(earlier.words).toContain('1 added')
    const oldest = await visit(it.as('rae'), `/sources/${source}?capture=${first?.id}`)
    expect(oldest.words).not.toContain('What the publisher changed')
  })

  test('is no change where only marks and white space are set otherwise', async () => {
    const source = await givenSource(it, { text: `${TEXT} Set anew.` })
    const ref = await givenClaim(it, { story, source, passage: '26 protesters were “liquidated.”' })
    await take(source, `${TEXT.replaceAll(/[“”]/g, '"').replace('26 protesters', '26  protesters')} Set anew.`)
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).not.toContain('No longer in the text')
  })

  test('is nothing where the passage came back', async () => {
    const source = await givenSource(it, { text: `${TEXT} There and back.` })
    const ref = await givenClaim(it, { story, source, passage: 'Eighteen officers died.' })
    await take(source, 'Order was restored. There and back.')
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).toContain('No longer in the text')
    await take(source, `${TEXT} There and back again.`)
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).not.toContain('No longer in the text')
  })

  test('in a private source is not told to those who may not see it', async () => {
    const source = await givenSource(it, { text: `${TEXT} In confidence.`, isPrivate: 'yes' })
    const ref = await givenClaim(it, { story, source, passage: 'Eighteen officers died.' })
    await take(source, 'Nothing of it. In confidence.')
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).not.toContain('No longer in the text')
    expect((await visit(it.as('ada'), `/claims/${ref}`)).words).toContain('No longer in the text')
  })

  test('takes as many queries for two texts as for five', async () => {
    const source = await givenSource(it, { text: `${TEXT} Often.` })
    const ref = await givenClaim(it, { story, source, passage: 'Eighteen officers died.' })
    await take(source, 'Often 1.')
    const count = (path: string) => it.database.countQueries(() => visit(it.as('rae'), path))
    await take(source, 'Often 1.5.')
    await count(`/sources/${source}`)
    const [onSource, onClaim] = [await count(`/sources/${source}`), await count(`/claims/${ref}`)]
    for (const time of [2, 3, 4]) await take(source, `Often ${time}.`)
    expect(await count(`/sources/${source}`)).toBe(onSource)
    expect(await count(`/claims/${ref}`)).toBe(onClaim)
  })
})
