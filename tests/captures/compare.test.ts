import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareTexts, inOneSentence } from '../../src/captures/compare.ts'

const BEFORE = `Order was “basically” restored, the president contends.

The Interior Ministry said at least 26 protesters were “liquidated.” Eighteen officers died.

Analysts say the crisis gives Moscow leverage.`

const kinds = (before: string, after: string) => compareTexts(before, after).changes.map(({ kind }) => kind)

describe('Two texts of a source', () => {
  test('of which one has other words show the words', () => {
    const { changes } = compareTexts(BEFORE, BEFORE.replace('at least 26', 'at least 44'))
    expect(changes).toHaveLength(1)
    expect(changes[0]?.kind).toBe('changed')
    expect(changes[0]?.after).toBe('Order was “basically” restored, the president contends.')
    expect(changes[0]?.words.filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'taken', text: '26' },
      { kind: 'put', text: '44' },
    ])
  })

  test('of which one lacks a sentence show it as removed, and as added the other way round', () => {
    const without = BEFORE.replace(' Eighteen officers died.', '')
    expect(compareTexts(BEFORE, without).changes).toEqual([
      {
        kind: 'removed',
        words: [{ kind: 'taken', text: 'Eighteen officers died.' }],
        after: 'The Interior Ministry said at least 26 protesters were “liquidated.”',
      },
    ])
    expect(kinds(without, BEFORE)).toEqual(['added'])
  })

  test('that differ in white space alone differ in nothing', () => {
    const spaced = BEFORE.replaceAll(' ', '  ').replaceAll('\n\n', '\n \n\n')
    expect(compareTexts(BEFORE, spaced)).toEqual({ unlike: false, isGivenUp: false, changes: [], more: 0 })
    expect(inOneSentence(compareTexts(BEFORE, spaced))).toBe(
      'No words differ, only how they are set: white space, hyphens, quotation marks and the like.',
    )
  })

  test('in a script without spaces are compared by sentence too', () => {
    expect(kinds('秩序は回復した。二十六人が死亡した。', '秩序は回復した。四十四人が死亡した。')).toEqual(['changed'])
  })

  test('are summed up in a sentence', () => {
    const after = BEFORE.replace('at least 26', 'at least 44').replace('Analysts', 'Two analysts')
    expect(inOneSentence(compareTexts(BEFORE, after))).toBe('2 passages differ: 2 changed.')
    expect(inOneSentence(compareTexts(BEFORE, `${BEFORE} More are feared dead.`))).toBe('One passage differs: 1 added.')
  })

  test('show a hundred changes, and say how many more there are', () => {
    const lines = (word: string) =>
      Array.from({ length: 240 }, (_, index) => `Line ${index}.\n${word} ${index}.`).join('\n')
    const comparison = compareTexts(lines('One'), lines('Two'))
    expect(comparison.changes).toHaveLength(100)
    expect(comparison.more).toBe(140)
  })

  test('that have nothing in common are said to be unlike, in a moment, however long they are', () => {
    const lines = (word: string) => Array.from({ length: 20_000 }, (_, index) => `${word} ${index}.`).join('\n')
    const comparison = compareTexts(lines('One'), lines('Two'))
    expect(comparison).toEqual({ unlike: true, isGivenUp: false, changes: [], more: 0 })
    expect(inOneSentence(comparison)).toContain('too little')
  })

  test('lose no words: what stayed and what went was in the one, what stayed and what came is in the other', () => {
    const words = fc.array(fc.constantFrom('One.', 'Two!', 'Three', 'four.', '\n', 'Пять.'), { maxLength: 20 })
    fc.assert(
      fc.property(words, words, (one, other) => {
        const [before, after] = [one.join(' '), other.join(' ')]
        const plain = (text: string) => text.replace(/\s+/g, ' ').trim()
        for (const { words } of compareTexts(before, after).changes) {
          const of = (...kinds: string[]) => words.flatMap(({ kind, text }) => (kinds.includes(kind) ? [text] : []))
          expect(plain(before)).toContain(plain(of('same', 'taken').join('')))
          expect(plain(after)).toContain(plain(of('same', 'put').join('')))
        }
      }),
    )
  })
})
