import { describe, expect, test } from 'vitest'
import { unseenIn } from '../src/unseen.ts'

const signsIn = (text: string) => unseenIn(text).flatMap(({ unseen }) => (unseen ? [unseen.sign] : []))

describe('What nobody sees in a text', () => {
  test('is named where it stands, and nothing is lost', () => {
    const text = 'a\u202Eb\u2066\u200Bc\u0008\tד\n'
    expect(
      unseenIn(text)
        .map((stretch) => stretch.text)
        .join(''),
    ).toBe(text)
    expect(signsIn(text)).toEqual(['RLO', 'LRI', 'ZWSP', 'U+0008'])
    expect(unseenIn('a\u202Eb')[1]).toEqual({
      text: '\u202E',
      unseen: { name: 'right-to-left override, U+202E', sign: 'RLO' },
    })
  })

  test.each([
    'Plain words, “quoted” – and 1,000 €\n\tin two lines',
    'می\u200Cخواهم',
    'क\u094D\u200Dष',
    '👩\u200D👩\u200D👧 🏴\u{E0067}\u{E0062}\u{E007F} ☺\uFE0F',
    'שלום עולם Қазақстан',
    'cafe\u0301',
    '',
  ])('is not what a script needs: %j', (text) => {
    expect(unseenIn(text)).toEqual([{ text, unseen: null }])
  })

  test.each(['pay\u200Dpal', 'Ал\u200Cматы', '12\u200D34', '\u200Dx', 'a \u200C'])(
    'is a joiner that joins nothing: %j',
    (text) => {
      expect(signsIn(text)).toHaveLength(1)
    },
  )
})
