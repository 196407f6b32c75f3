import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { partDiff, wordDiff } from '../../src/history/diff.ts'

const put = (before: string, after: string, kinds: string[], diff = wordDiff) =>
  diff(before, after)
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ text }) => text)
    .join('')

describe('What changed', () => {
  test('is shown word by word', () => {
    expect(wordDiff('At least 26 people died.', 'At least 27 people died.')).toEqual([
      { kind: 'same', text: 'At least ' },
      { kind: 'taken', text: '26' },
      { kind: 'put', text: '27' },
      { kind: 'same', text: ' people died.' },
    ])
  })

  test('is shown whole where the texts share little', () => {
    expect(wordDiff('In review', 'Decided')).toEqual([
      { kind: 'taken', text: 'In review' },
      { kind: 'put', text: 'Decided' },
    ])
  })

  test('of nothing is what was put in', () => {
    expect(wordDiff('', 'new')).toEqual([{ kind: 'put', text: 'new' }])
  })

  test('is shown part by part where a text is told in parts', () => {
    expect(partDiff('Not yet checked; Приказ', 'Yes: the original statement was seen; Seen at noon.; Приказ')).toEqual([
      { kind: 'taken', text: 'Not yet checked; ' },
      { kind: 'put', text: 'Yes: the original statement was seen; Seen at noon.; ' },
      { kind: 'same', text: 'Приказ' },
    ])
    expect(partDiff('1. order was back; TASS', '1. order was nearly back; TASS')).toEqual([
      { kind: 'same', text: '1. order was ' },
      { kind: 'put', text: 'nearly ' },
      { kind: 'same', text: 'back; ' },
      { kind: 'same', text: 'TASS' },
    ])
  })

  test('never loses a letter of either text', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b ', 'й', ' ', '.', '😀', '\n', '; '), maxLength: 60 })
    fc.assert(
      fc.property(words, words, (before, after) => {
        expect(put(before, after, ['same', 'taken'])).toBe(before)
        expect(put(before, after, ['same', 'put'])).toBe(after)
        expect(put(before, after, ['same', 'taken'], partDiff)).toBe(before)
        expect(put(before, after, ['same', 'put'], partDiff)).toBe(after)
      }),
    )
  })
})
