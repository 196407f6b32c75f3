import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cursorOf, FILTERS, readFilter } from '../../src/claims/filter.ts'

const NONE = {
  story: null,
  stage: null,
  verdict: null,
  speaker: null,
  source: null,
  assignee: null,
  hasFigure: false,
  isContested: false,
  question: null,
  from: null,
  to: null,
  search: null,
  tag: null,
}

describe('The list’s address', () => {
  it('narrows nothing when it says nothing', () => {
    for (const query of [undefined, null, {}, { story: '', q: '  ', sort: '' }])
      expect(readFilter(query)).toEqual({ filter: NONE, sort: '-updated', place: null, given: {}, problems: [] })
  })

  it('is read filter by filter', () => {
    const { filter, sort, problems, given } = readFilter({
      story: 'kz',
      stage: 'in_review',
      verdict: 'disputed',
      speaker: '12',
      source: '#7',
      assignee: 'me',
      figure: 'yes',
      from: '2022-01',
      to: '7 January 2022',
      q: 'order ',
      sort: 'ref',
      utm_source: 'mail',
    })
    expect(problems).toEqual([])
    expect(sort).toBe('ref')
    expect(filter).toMatchObject({
      story: 'KZ',
      stage: 'in_review',
      verdict: 'disputed',
      speaker: 12,
      source: 7,
      assignee: 'me',
      hasFigure: true,
      from: '2022-01',
      to: '2022-01-07',
    })
    expect(filter.search?.query).toBe("('order':*)")
    expect(Object.keys(given)).toEqual([
      'q',
      'story',
      'stage',
      'verdict',
      'speaker',
      'source',
      'assignee',
      'figure',
      'from',
      'to',
      'sort',
    ])
    expect(given.to).toBe('7 January 2022')
  })

  it('takes a speaker’s name as it was typed', () => {
    expect(readFilter({ speaker: 'Токаев' }).filter.speaker).toBe('Токаев')
  })

  it.each([
    ['stage', 'finished'],
    ['stage', 'constructor'],
    ['verdict', 'true'],
    ['story', 'K Z'],
    ['source', 'seven'],
    ['assignee', '-1'],
    ['figure', 'no'],
    ['from', 'last week'],
    ['from', '2022-02-30'],
    ['to', '2022-13'],
    ['sort', 'random()'],
    ['q', '!!!'],
    ['q', 'a'.repeat(201)],
    ['speaker', 'a'.repeat(201)],
    ['q', 'a\0b'],
    ['speaker', 'a\ud800'],
  ])('that gives %s as %j is answered with a sentence beside it, and what was typed kept', (name, value) => {
    const { problems, given } = readFilter({ [name]: value })
    expect(problems).toEqual([{ field: name, message: expect.stringMatching(/^[A-Z].*\.$/) }])
    expect(given).toEqual({ [name]: value })
  })

  it('does not end before it begins, at whatever precision', () => {
    expect(readFilter({ from: '2022-01-08', to: '2022-01-07' }).problems).toMatchObject([{ field: 'to' }])
    expect(readFilter({ from: '2022-01-07', to: '2022-01' }).problems).toEqual([])
    expect(readFilter({ from: '2022', to: '2022-01' }).problems).toEqual([])
  })

  it('carries a place in the list that fits its order', () => {
    const place = cursorOf('after', { key: '2022-01-07T10:00:00.000Z', id: 5 })
    expect(readFilter(place).place).toEqual({ direction: 'after', cursor: { key: '2022-01-07T10:00:00.000Z', id: 5 } })
    expect(readFilter({ ...place, sort: 'ref' })).toMatchObject({ place: null, problems: [{ field: '' }] })
    expect(readFilter({ before: 'nonsense' })).toMatchObject({ place: null, problems: [{ field: '' }] })
    expect(readFilter(cursorOf('after', { key: '2022-99-07T10:00:00.000Z', id: 5 }))).toMatchObject({ place: null })
  })

  it('can hold anything at all without a fault', () => {
    const values = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.string()), fc.anything())
    const names = fc.constantFrom(...FILTERS, 'sort', 'after', 'before', '__proto__')
    fc.assert(
      fc.property(fc.dictionary(names, values), (query) => {
        const { filter, problems } = readFilter(query)
        for (const { message } of problems) expect(message).toMatch(/\.$/)
        expect(typeof filter.hasFigure).toBe('boolean')
      }),
    )
  })
})
