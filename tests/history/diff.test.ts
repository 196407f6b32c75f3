import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wordDiff } from '../../src/history/diff.ts'

const put = (before: string, after: string, kinds: string[]) =>
  wordDiff(before, after)
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

  test('never loses a letter of either text', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b ', 'й', ' ', '.', '😀', '\n'), maxLength: 60 })
    fc.assert(
      fc.property(words, words, (before, after) => {
        expect(put(before, after, ['same', 'taken'])).toBe(before)
        expect(put(before, after, ['same', 'put'])).toBe(after)
      }),
    )
  })
})
