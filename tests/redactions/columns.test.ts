import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buried, partsOf, placesOf } from '../../src/history/tombstone.ts'
import { afterRedaction } from '../../src/redactions/columns.ts'

const TEXT = 'A colonel, Ivan Petrov 🗞, said order was restored.'
const REDACTED = Array.from('A colonel, ▮▮▮▮▮▮▮▮▮▮▮ 🗞, said order was restored.')
const held = {
  passage: TEXT.slice(2, -1),
  prefix: 'A ',
  suffix: '.',
  start: 2,
  end: Array.from(TEXT).length - 1,
  quote: 'order was restored',
  speakerAsPrinted: 'colonel, Ivan Petrov',
  cue: 'said',
}

const of = (words: string) => ({ words: [words], insideWords: false })

describe('What held on to a redacted text', () => {
  test('has its passage as the text now is, and the words out of its other columns', () => {
    expect(afterRedaction(held, REDACTED, of('Ivan Petrov'))).toEqual({
      passage: 'colonel, ▮▮▮▮▮▮▮▮▮▮▮ 🗞, said order was restored',
      speakerAsPrinted: 'colonel, ▮▮▮▮▮▮▮▮▮▮▮',
    })
  })

  test('loses what is itself a part of the words', () => {
    const words = 'colonel, Ivan Petrov 🗞, said'
    expect(afterRedaction({ ...held, start: null, end: null }, REDACTED, of(words))).toMatchObject({
      speakerAsPrinted: '▮▮▮▮▮▮▮▮▮▮▮▮▮▮▮▮▮▮▮▮',
      cue: '▮▮▮▮',
    })
  })

  test('loses words in the context that is kept around a passage', () => {
    const start = TEXT.indexOf('order') - 1
    expect(
      afterRedaction(
        { passage: 'order', prefix: 'onel, Ivan Petrov 🗞, said ', suffix: ' was restored.', start, end: start + 5 },
        REDACTED,
        of('Ivan Petrov'),
      ),
    ).toEqual({ prefix: Array.from(REDACTED.slice(Math.max(0, start - 32), start)).join('') })
  })

  test('loses everything where the whole text went', () => {
    expect(afterRedaction(held, [], of(''))).toEqual({
      passage: buried(held.passage),
      prefix: '▮▮',
      suffix: '▮',
      quote: buried(held.quote),
      speakerAsPrinted: buried(held.speakerAsPrinted),
      cue: '▮▮▮▮',
    })
  })

  test('that has nothing of it stays', () => {
    const other = { passage: 'order was restored', prefix: null, suffix: null, start: null, end: null }
    expect(afterRedaction(other, REDACTED, of('Ivan Petrov'))).toBeNull()
  })
})

describe('Tombstones', () => {
  test('stand for code points', () => {
    expect(buried('a🗞é')).toBe('▮▮▮')
    expect(placesOf('🗞 ab ab', 'ab')).toEqual({ places: [2, 5], length: 2 })
    expect(placesOf('aaa', 'aa')).toEqual({ places: [0], length: 2 })
    expect(placesOf('aaa', '')).toEqual({ places: [], length: 0 })
  })

  test('are told apart from the words', () => {
    expect(partsOf('a ▮▮ b')).toEqual([
      { text: 'a ', isRedacted: false },
      { text: '▮▮', isRedacted: true },
      { text: ' b', isRedacted: false },
    ])
  })

  test('put at its places leave a text as long as it was, without the words', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '🗞', ' '), maxLength: 40 })
    fc.assert(
      fc.property(
        letters,
        letters.filter((words) => words !== ''),
        (text, words) => {
          const codePoints = Array.from(text)
          const { places, length } = placesOf(text, words)
          for (const place of places) {
            expect(codePoints.slice(place, place + length).join('')).toBe(words)
          }
          const after = codePoints.map((letter, at) =>
            places.some((place) => place <= at && at < place + length) ? '▮' : letter,
          )
          expect(after.join('')).toBe(text.replaceAll(words, buried(words)))
        },
      ),
    )
  })
})
