import { describe, expect, test } from 'vitest'
import { mentionsIn, mentionsInWords } from '../../src/comments/mention.ts'

const PEOPLE = ['Ada Abel', 'Ben Bauer', 'Ben Bárta', 'Eve Egan', 'Eve', 'Jean-Luc O’Neill'].map((name, at) => ({
  id: at + 1,
  name,
}))
const named = (text: string) => mentionsIn(text, PEOPLE).people.map(({ name }) => name)

describe('A mention', () => {
  test.each([
    ['@Ada Abel, look at this', ['Ada Abel']],
    ['could @ada look?', ['Ada Abel']],
    ['(@Ben Bauer) and @BEN BARTA.', ['Ben Bauer', 'Ben Bárta']],
    ['@Eve Egan', ['Eve Egan']],
    ['@Eve', ['Eve']],
    ['@Jean-Luc O’Neill?', ['Jean-Luc O’Neill']],
    ['@Ada @Ada', ['Ada Abel']],
    ['ada@example.org', []],
    ['@ Ada, 5 @ 3', []],
    ['@Ada\nAbel', ['Ada Abel']],
  ])('is read in %s', (text, expected) => {
    expect(named(text)).toEqual(expected)
  })

  test('of nobody, or of one of several, is said and stays text', () => {
    const mentions = mentionsIn('@Zoe, @Ben and @Ada', PEOPLE)
    expect(mentions).toMatchObject({ people: [{ name: 'Ada Abel' }], unknown: ['@Zoe'], ambiguous: ['@Ben'] })
    expect(mentionsInWords(mentions)).toBe(
      'Ada Abel will find it under My work. Nobody who works on claims here is called @Zoe, which stands as text. Several people may be meant by @Ben, which stands as text: write the whole name.',
    )
    expect(mentionsInWords(mentionsIn('nothing', PEOPLE))).toBe('')
  })
})
