import { describe, expect, test } from 'vitest'
import { besideQueue, maybeBack, nextInQueue, readQueue } from '../../src/queue/address.ts'
import { cursorText } from '../../src/web/paging.ts'

const place = { key: '2022-01-07T10:00:00.000Z', id: 12 }

describe('The queue’s address', () => {
  test('narrows it as the list of claims is narrowed', () => {
    const read = readQueue({
      story: 'kz',
      stage: 'in_review',
      assignee: 'me',
      challenged: 'yes',
      claim: 'KZ-12',
      q: 'x',
    })
    expect(read).toMatchObject({ isChallenged: true, ref: 'KZ-12', after: null, problems: [] })
    expect(read.filter).toMatchObject({ story: 'KZ', stage: 'in_review', assignee: 'me', search: null })
  })

  test.each([
    [{ stage: 'draft' }, 'stage'],
    [{ stage: 'nonsense' }, 'stage'],
    [{ story: '?' }, 'story'],
    [{ assignee: 'everybody' }, 'assignee'],
    [{ challenged: 'no' }, 'challenged'],
  ])('says of %o what cannot be read', (query, field) => {
    expect(readQueue(query).problems.map((problem) => problem.field)).toEqual([field])
  })

  test('leaves out a claim and a place that it could not have written', () => {
    expect(readQueue({ claim: '../x', after: cursorText({ key: 'x', id: 1 }) })).toMatchObject({
      ref: null,
      after: null,
    })
  })

  test('of a claim leads on to the one after its place', () => {
    const here = besideQueue({ given: { story: 'KZ' } }, 'KZ-12', place)
    const back = maybeBack(here)
    expect(back).toMatchObject({ ref: 'KZ-12', after: place })
    expect(back && nextInQueue(back)).toBe(`/queue?story=KZ&after=${cursorText(place)}`)
  })

  test.each([
    'https://example.org/queue',
    '//example.org/queue?claim=KZ-1',
    '/queue/../claims',
    '/claims?claim=KZ-1',
    '/queue#x',
    'javascript:alert(1)',
    '',
    '/queue?stage=nonsense',
    `/queue?claim=${'K'.repeat(2000)}`,
  ])('is the only one a form may name to be led back to: not %s', (text) => {
    expect(maybeBack(text)).toBeNull()
  })
})
