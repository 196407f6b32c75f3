import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { annotatedCopy, paragraphsOf } from '../../src/captures/copy.ts'

const paragraphs = (text: string) => paragraphsOf(text).map(({ from, to }) => text.slice(from, to))

describe('The paragraphs of a text', () => {
  test('are divided by blank lines, and lines wrapped by hand stay together', () => {
    expect(paragraphs('A headline\nby somebody\n\n \nThe first\nparagraph.\n\nThe second.\n')).toEqual([
      'A headline\nby somebody',
      'The first\nparagraph.',
      'The second.',
    ])
  })

  test('are long lines each for itself', () => {
    const long = 'word '.repeat(30).trim()
    expect(paragraphs(`${long}\n${long}\nEnd.`)).toEqual([long, long, 'End.'])
  })

  test('are none in a text of white space', () => expect(paragraphs('\n \n\n')).toEqual([]))
})

describe('The annotated copy', () => {
  const mark = (number: number, start: number, end: number) => ({ number, start, end, tone: `tone ${number}` })

  test('sets a passage’s number at its end and its note beside that paragraph', () => {
    const text = 'At least 26 died.\n\nAnalysts say more.'
    expect(annotatedCopy(text, [mark(1, 0, 11), mark(2, 19, 27)])).toEqual([
      {
        from: 0,
        pieces: [
          { text: 'At least 26', tone: 'tone 1', ends: [mark(1, 0, 11)] },
          { text: ' died.', tone: null, ends: [] },
        ],
        notes: [mark(1, 0, 11)],
      },
      {
        from: 19,
        pieces: [
          { text: 'Analysts', tone: 'tone 2', ends: [mark(2, 19, 27)] },
          { text: ' say more.', tone: null, ends: [] },
        ],
        notes: [mark(2, 19, 27)],
      },
    ])
  })

  test('shows two claims of one passage, and the shorter of two that overlap on top', () => {
    const [row] = annotatedCopy('at least 26 and 18', [mark(1, 0, 18), mark(2, 0, 18), mark(3, 3, 11)])
    expect(row?.pieces.map(({ text, tone, ends }) => [text, tone, ends.map(({ number }) => number)])).toEqual([
      ['at ', 'tone 1', []],
      ['least 26', 'tone 3', [3]],
      [' and 18', 'tone 1', [1, 2]],
    ])
  })

  test('loses no word and no number, whatever the text and the marks', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '😀', 'я'), maxLength: 60 })
    const marks = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 20 })), { maxLength: 6 })
    fc.assert(
      fc.property(text, marks, (text, places) => {
        const letters = Array.from(text)
        const given = places
          .map(([start, length], index) => mark(index + 1, start, start + length))
          .filter(({ start, end }) => letters.slice(start, end).join('').trim() !== '')
        const rows = annotatedCopy(text, given)
        const shown = rows.flatMap(({ pieces }) => pieces.map((piece) => piece.text)).join('')
        expect(shown.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
        const numbers = rows.flatMap(({ pieces }) => pieces.flatMap(({ ends }) => ends.map(({ number }) => number)))
        expect(numbers.toSorted((a, b) => a - b)).toEqual(given.map(({ number }) => number))
        expect(rows.flatMap(({ notes }) => notes.map(({ number }) => number))).toEqual(numbers)
      }),
    )
  })

  test('takes a million characters in ten thousand paragraphs with 200 marks', () => {
    const text = `${'Order was basically restored. 😀 '.repeat(3)}\n\n`.repeat(10_000)
    const marks = Array.from({ length: 200 }, (_, index) => mark(index + 1, index * 4_900, index * 4_900 + 60))
    const rows = annotatedCopy(text, marks)
    expect(rows.flatMap(({ notes }) => notes)).toHaveLength(200)
  })
})
