import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { annotated, findPassage, inContext } from '../../src/captures/anchor.ts'
import { lengthOf, normalised } from '../../src/text.ts'
import { growthOf, SQUARE } from '../support/growth.ts'

const DISPATCH = 'The ministry said Friday at least 26 protesters were “liquidated” — and 18 security\npersonnel died.'

const letter = fc.constantFrom('a', 'b', ' ', '\n', '“', '"', '—', '-', 'й', '七', '😀', '𝒳', '\u00a0')
const anyText = fc.string({ unit: letter, maxLength: 80 })

const slice = (text: string, start: number, end: number) => Array.from(text).slice(start, end).join('')

describe('A passage is found', () => {
  test('to the letter, with its context and how often it stands there', () => {
    const anchor = findPassage(DISPATCH, 'at least 26 protesters')
    expect(anchor).toEqual({
      start: 25,
      end: 47,
      exact: 'at least 26 protesters',
      prefix: 'The ministry said Friday ',
      suffix: ' were “liquidated” — and 18 secu',
      occurrences: 1,
    })
  })

  test.each([
    ['straight quotation marks', 'were "liquidated"', 'were “liquidated”'],
    ['a hyphen for a dash', '“liquidated” - and 18', '“liquidated” — and 18'],
    ['a space for a line end', '18 security personnel', '18 security\npersonnel'],
    ['white space around it', '  personnel died.\r\n', 'personnel died.'],
  ])('in spite of %s', (_, typed, exact) => {
    expect(findPassage(DISPATCH, typed)?.exact).toBe(exact)
  })

  test('through soft hyphens and zero-width characters', () => {
    expect(findPassage('nine Il\u00ad-76 trans\u200bports', 'Il-76 transports')?.exact).toBe(
      'Il\u00ad-76 trans\u200bports',
    )
  })

  test('in code points, so that characters beyond the first plane count once', () => {
    expect(findPassage('😀😀 at least 26', 'at least')).toMatchObject({ start: 3, end: 11, prefix: '😀😀 ' })
  })

  test.each([['not there'], [''], ['   '], ['\u200b']])('nowhere when it is %j', (passage) => {
    expect(findPassage(DISPATCH, passage)).toBeNull()
  })

  test('at its old start, else where its context agrees, else nearest to it', () => {
    const text = 'one died. two died. ten died.'
    expect(findPassage(text, 'died', { start: 14 })).toMatchObject({ start: 14, occurrences: 3 })
    expect(findPassage(text, 'died', { start: 0, prefix: 'ten ' })?.start).toBe(24)
    expect(findPassage(text, 'died', { start: 17 })?.start).toBe(14)
    expect(findPassage(text, 'died')?.start).toBe(4)
  })

  test('as the very slice of the text between its offsets, whatever the text', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (before, passage, after) => {
        const text = normalised(before + passage + after)
        const anchor = findPassage(text, passage)
        if (anchor === null) return
        expect(slice(text, anchor.start, anchor.end)).toBe(anchor.exact)
        expect(slice(text, 0, anchor.start).endsWith(anchor.prefix)).toBe(true)
        expect(slice(text, anchor.end, Number.POSITIVE_INFINITY).startsWith(anchor.suffix)).toBe(true)
        expect(lengthOf(anchor.prefix)).toBe(Math.min(32, anchor.start))
      }),
    )
  })

  test('again by its own words, context and start wherever it stood', () => {
    fc.assert(
      fc.property(anyText, fc.nat(80), fc.nat(20), (raw, from, length) => {
        const text = normalised(raw)
        const exact = slice(text, from, from + length)
        fc.pre(exact.trim() !== '' && exact === exact.trim())
        expect(findPassage(text, exact, { start: from })).toMatchObject({ start: from, exact })
      }),
    )
  })

  test.each([
    ['the same letter again and again', 'a', `b${'a'.repeat(4_999)}`],
    ['white space without end', ' \n\t', `x${' '.repeat(4_000)}y`],
    ['quotation marks without end', '“', `"${"'".repeat(4_000)}x`],
  ])('or not, in %s, in time that grows with the text alone', (_, piece, passage) => {
    expect(findPassage(piece.repeat(300_000), passage)).toBeNull()
    expect(growthOf((size) => findPassage(piece.repeat(size), passage), 60_000)).toBeLessThan(SQUARE)
  })

  test('a million times over without end', () => {
    expect(findPassage('ab'.repeat(500_000), 'abab', { prefix: 'b', suffix: 'a', start: 7 })?.occurrences).toBe(499_999)
  })
})

describe('A passage in its context', () => {
  test('is cut between words', () => {
    const { before, exact, after } = inContext(DISPATCH, 25, 47, 12)
    expect({ before, exact, after }).toEqual({
      before: '… said Friday ',
      exact: 'at least 26 protesters',
      after: ' were …',
    })
  })

  test('is whole where the text is short', () => {
    const { before, exact, after } = inContext(DISPATCH, 25, 47)
    expect(before + exact + after).toBe(DISPATCH)
  })

  test('has its own words between, whatever the text', () => {
    fc.assert(
      fc.property(anyText, fc.nat(40), fc.nat(40), fc.nat(12), (text, start, length, around) => {
        const { before, exact, after } = inContext(text, start, start + length, around)
        expect(exact).toBe(slice(text, start, start + length))
        expect((before + exact + after).isWellFormed()).toBe(true)
      }),
    )
  })
})

describe('The annotated text', () => {
  const mark = fc.tuple(fc.nat(90), fc.nat(30)).map(([start, length]) => ({ start, end: start + length }))

  test('is the text itself, and each mark lies on the stretch between its offsets', () => {
    fc.assert(
      fc.property(anyText, fc.array(mark, { maxLength: 8 }), (text, marks) => {
        const segments = annotated(text, marks)
        expect(segments.map((segment) => segment.text).join('')).toBe(text)
        for (const one of marks) {
          const marked = segments.filter((segment) => segment.marks.includes(one))
          expect(marked.map((segment) => segment.text).join('')).toBe(slice(text, one.start, one.end))
          const endings = segments.filter((segment) => segment.ends.includes(one))
          expect(endings.length).toBe(marked.length > 0 ? 1 : 0)
        }
      }),
    )
  })

  test('takes 200 marks on a million characters without delay', () => {
    const text = 'Order was basically restored. 😀'.repeat(32_000)
    const marks = Array.from({ length: 200 }, (_, index) => ({ start: index * 4_000, end: index * 4_000 + 900 }))
    expect(annotated(text, marks).flatMap(({ ends }) => ends)).toHaveLength(200)
  })
})
