import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { followPlaces } from '../../src/captures/follow.ts'

const followed = (before: string, after: string, words: string, nth = 0) => {
  let start = -1
  for (let count = 0; count <= nth; count += 1) start = before.indexOf(words, start + 1)
  const [place] = followPlaces(before, after, [{ start, end: start + words.length }])
  return place ? place.start : null
}
const TWICE = 'A. x died. B. x died.'

describe('A place in an earlier text', () => {
  test.each([
    ['nothing changed', TWICE, 0, 3],
    ['nothing changed, the second', TWICE, 1, 14],
    ['the first was changed, which is held', 'A. y died. B. x died.', 0, null],
    ['the first was changed, the second is held', 'A. y died. B. x died.', 1, 14],
    ['the second was changed, which is held', 'A. x died. B. y died.', 1, null],
    ['the second was changed, the first is held', 'A. x died. B. y died.', 0, 3],
    ['the first was taken out with what is around it', 'B. x died.', 0, null],
    ['the first was taken out, the second is held', 'B. x died.', 1, 3],
    ['words came before', 'Correction. A. x died. B. x died.', 1, 26],
    ['a third came between', 'A. x died. C. x died. B. x died.', 1, 25],
    ['both are gone', 'Nobody died.', 0, null],
  ])('is followed where %s', (_, after, nth, start) => {
    expect(followed(TWICE, after, 'x died', nth)).toBe(start)
  })

  test.each([
    ['an apostrophe', "They didn't go.", 'They didn’t go.', "didn't"],
    ['a line end', 'At least 26 men died.', 'At least 26\nmen died.', '26 men'],
    ['a bidi control', 'At least 26 men died.', 'At least \u206726\u2069 men died.', '26 men'],
  ])('is still there where only %s differs', (_, before, after, words) => {
    expect(followed(before, after, words)).not.toBeNull()
  })

  test('is not the same words elsewhere: a number in another sentence is another number', () => {
    expect(followed('At least 26 died.', 'At least 44 died. Then 26 were hurt.', '26')).toBeNull()
    expect(followed('At least 26 died.', 'At least 26 were killed.', '26')).toBe(9)
  })

  test('is found again where a whole sentence was moved', () => {
    const sentence = 'The minister denied that anybody was killed.'
    expect(followed(`${sentence} Order was restored.`, `Order was restored. ${sentence}`, sentence)).toBe(20)
  })

  test('is where it was when words are put into a text elsewhere', () => {
    const text = fc.array(fc.constantFrom('x died', 'men', 'went', 'home', 'x'), { minLength: 3, maxLength: 12 })
    fc.assert(
      fc.property(text, fc.nat(11), fc.nat(11), (parts, held, at) => {
        fc.pre(held < parts.length && at < parts.length && Math.abs(at - held) > 1)
        const places = parts.map((_, index) => parts.slice(0, index).join(' ').length + (index ? 1 : 0))
        const start = places[held] as number
        const end = start + (parts[held] as string).length
        const before = parts.join(' ')
        const [same] = followPlaces(before, before, [{ start, end }])
        expect(same).toEqual({ start, end })
      }),
    )
  })

  test('among very many is found in steps that the text allows', () => {
    const text = 'x died. '.repeat(50_000)
    expect(followPlaces(text, text, [{ start: 8, end: 14 }])[0]).not.toBeNull()
  })
})
