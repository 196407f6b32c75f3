import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalised } from '../src/text.ts'
import { ALIKE } from '../src/text-alike.ts'
import { findOccurrences, foldText, isAlike, type MatchOptions, matchKey, occurrencesIn } from '../src/text-matching.ts'

const slice = (text: string, start: number, end: number) => Array.from(text).slice(start, end).join('')
const found = (text: string, words: string, options?: MatchOptions) =>
  findOccurrences(text, words, options).map(({ start, end }) => slice(text, start, end))
const alike = (one: string, other: string) => isAlike(foldText(one), foldText(other))

describe('Words are found in a text', () => {
  test.each([
    ['a line-wrap hyphen', 'The demon-\nstrators left', 'demonstrators', 'demon-\nstrators'],
    [
      'a line-wrap hyphen shown with a space',
      'The demon-\r\n  strators left',
      'demon- strators',
      'demon-\r\n  strators',
    ],
    ['a hyphen of the word at a line end', 'in north-\neast Kazakhstan', 'north-east', 'north-\neast'],
    ['a line-wrap hyphen in the words', 'The demonstrators left', 'demon-\nstrators', 'demonstrators'],
    ['a hyphen before a number at a line end', 'nine Il-\n76 transports', 'Il-76 transports', 'Il-\n76 transports'],
    ['a soft hyphen', 'nine Il\u00ad-76 trans\u00adports', 'Il-76 transports', 'Il\u00ad-76 trans\u00adports'],
    ['a soft hyphen at a line end', 'the demon\u00ad\nstrators', 'demonstrators', 'demon\u00ad\nstrators'],
    ['a ligature in the text', 'the ﬁrst oﬃce', 'first office', 'ﬁrst oﬃce'],
    ['a ligature in the words', 'the first office', 'ﬁrst oﬃce', 'first office'],
    ['typed dashes', 'He spoke—briefly', 'He spoke--briefly', 'He spoke—briefly'],
    ['a dash with spaces', 'He spoke\u2009–\u2009briefly', 'spoke - briefly', 'spoke\u2009–\u2009briefly'],
    ['a minus', 'it was −5 degrees', 'was -5', 'was −5'],
    ['a dash before the words', 'minus: −5 degrees', '-5', '−5'],
    ['typographic quotation marks', 'were “liquidated” by', '"liquidated"', '“liquidated”'],
    ['guillemets with thin spaces', 'il a dit «\u202fnon\u202f» hier', 'dit "non"', 'dit «\u202fnon\u202f»'],
    ['apostrophes', 'they didn’t say', "they didn't", 'they didn’t'],
    ['a modifier apostrophe', 'Toshkent koʻchasi', "ko'chasi", 'koʻchasi'],
    ['two apostrophes for a quotation mark', '“No” he said', "''No'' he", '“No” he'],
    ['an ellipsis', 'wait… and see', 'wait... and', 'wait… and'],
    ['full stops for an ellipsis', 'wait... and see', 'wait… and', 'wait... and'],
    ['full-width forms', 'ＣＮＮ：２６人', 'CNN:26人', 'ＣＮＮ：２６人'],
    ['half-width kana', 'ﾊﾟﾝﾀﾞ通信', 'パンダ通信', 'ﾊﾟﾝﾀﾞ通信'],
    ['bidi controls', 'at \u202aleast\u202c 26\u200f died', 'at least 26 died', 'at \u202aleast\u202c 26\u200f died'],
    ['zero-width characters', 'trans\u200bports\ufeff of', 'transports of', 'trans\u200bports\ufeff of'],
    ['tatweel', 'قال محمـــد أمس', 'محمد', 'محمـــد'],
    ['Arabic presentation forms', 'ﻗﺎﻝ أمس', 'قال', 'ﻗﺎﻝ'],
    ['a no-break space', '10\u00a0000 people', '10 000 people', '10\u00a0000 people'],
    ['line ends', 'Anna Kim. Anna\nKim.', 'Anna Kim', 'Anna Kim'],
    ['a broken line in Chinese', '至少26\n名抗议者死\n亡。', '26名抗议者死亡', '26\n名抗议者死\n亡'],
    [
      'a broken line in Japanese',
      '抗議者は\u3000少なく\nとも２６人',
      '抗議者は少なくとも26人',
      '抗議者は\u3000少なく\nとも２６人',
    ],
    ['quotation marks of Chinese and Japanese', '警方称「已恢复秩序」。', '“已恢复秩序”', '「已恢复秩序」'],
    ['white and half-width corners', '『秩序』と｢回復｣', '"秩序"と"回復"', '『秩序』と｢回復｣'],
    ['a vowel of Thai in two pieces', 'เขาทํางาน', 'เขาทำงาน', 'เขาทํางาน'],
    ['a vowel of Lao in one piece', 'ຄໍາ', 'ຄຳ', 'ຄໍາ'],
    ['a micro sign', 'PM of 26 µg', '26 μg', '26 µg'],
    ['a broken line in Thai', 'ผู้ประ\nท้วงเสียชีวิต', 'ผู้ประท้วงเสียชีวิต', 'ผู้ประ\nท้วงเสียชีวิต'],
  ])('in spite of %s, in the text’s own words', (_, text, words, exact) => {
    expect(found(text, words)[0]).toBe(exact)
  })

  test('wherever they stand, overlapping places too', () => {
    expect(found('Anna Kim. Anna\nKim. ANNA KIM', 'Anna Kim')).toEqual(['Anna Kim', 'Anna\nKim'])
    expect(findOccurrences('😀aaa', 'aa')).toEqual([
      { start: 1, end: 3 },
      { start: 2, end: 4 },
    ])
  })

  test.each([
    ['another hyphen', 'he re-signed', 'he resigned'],
    ['another space', 'the rapists', 'the rap ists'],
    ['two words on two lines', 'the rap\nists', 'the rapists'],
    ['a missing minus', 'it was 5 degrees', 'was -5'],
    ['a range for a number', '26-30 officers', '2630'],
    ['a dash at a line end', 'he spoke—\nbriefly', 'he spokebriefly'],
    ['a hyphen with a space before it', 'he spoke -\nbriefly', 'he spokebriefly'],
    ['another voicing mark', 'ﾊﾟﾝﾀﾞ通信', 'ハンダ通信'],
    ['another letter', 'Il-76', 'Il-78'],
    ['another case', 'NATO', 'nato'],
  ])('but not with %s', (_, text, words) => {
    expect(found(text, words)).toEqual([])
  })

  test.each([[''], [' \n'], ['\u200b\u00ad']])('not at all when they are %j', (words) => {
    expect(findOccurrences('a b \u200b\u00ad', words)).toEqual([])
  })

  test('without case where that is asked for', () => {
    expect(found('ANNA Kim, Straße, ΟΔΟΣ, İstanbul', 'anna kim', { ignoreCase: true })).toEqual(['ANNA Kim'])
    expect(found('in der Straße', 'STRASSE', { ignoreCase: true })).toEqual(['Straße'])
    expect(found('ΟΔΟΣ', 'οδος', { ignoreCase: true })).toEqual(['ΟΔΟΣ'])
    expect(found('İstanbul', 'istanbul', { ignoreCase: true })).toEqual(['İstanbul'])
  })

  test('as whole words where that is asked for', () => {
    const text = 'Kim’s father, Kimberly, Joakim, Anna-Kim (Kim), Kim\u0301, Kim_1, Kim2 and\u00a0Kim'
    expect(findOccurrences(text, 'Kim', { wholeWords: true })).toHaveLength(5)
    expect(found('the other', 'the', { wholeWords: true })).toEqual(['the'])
    expect(found('记者金正恩报道', '金正恩', { wholeWords: true })).toEqual(['金正恩'])
    expect(found('the oﬃce', 'of', { wholeWords: true })).toEqual([])
  })
})

/** What may be put anywhere between two letters of a text without a reader noticing. */
const UNNOTICED = ['\u200b', '\u200e', '\u202a', '\u2066', '\ufeff', '\u00ad', '\u0640', '\ufe0f', '\u0000']
/** How a character may be written instead. */
const INSTEAD: Record<string, string[]> = {
  ' ': ['\u00a0', '\n', '\r\n', ' \t ', '\u2009', '\u2028', '\u3000'],
  '-': ['—', '–', '--', '−', '‐', '－', ' - ', ' — '],
  '"': ['“', '”', '„', '«', "''", '＂', '’', "'"],
  '…': ['...', '. . .'],
  fi: ['ﬁ'],
  a: ['ａ'],
  '7': ['７'],
}

const unit = fc.constantFrom('a', 'B', 'fi', 'й', '7', ' ', '-', '"', '…', '七', 'ท', '😀', '.')
const units = (most: number) => fc.array(unit, { minLength: 1, maxLength: most })
const varied = (of: readonly string[]) =>
  fc.tuple(
    ...of.map((one) =>
      fc
        .tuple(fc.constantFrom(one, ...(INSTEAD[one] ?? [])), fc.constantFrom('', ...UNNOTICED))
        .map(([instead, unnoticed]) => instead + unnoticed),
    ),
  )

describe('Any alike variation', () => {
  test('anywhere in the text or in the words never loses what stood there', () => {
    fc.assert(
      fc.property(
        fc
          .tuple(units(12), units(12), units(12))
          .filter(([, words]) => words.some((one) => one !== ' '))
          .chain(([before, words, after]) =>
            fc.tuple(fc.constant(words.join('')), varied([...before, ...words, ...after]), varied(words)),
          ),
        ([words, text, otherwise]) => {
          expect(findOccurrences(text.join(''), words)).not.toEqual([])
          expect(findOccurrences(text.join(''), otherwise.join(''))).not.toEqual([])
        },
      ),
    )
  })

  test('has the same key, and is alike from end to end', () => {
    fc.assert(
      fc.property(
        units(20).chain((of) => fc.tuple(fc.constant(of.join('')), varied(of))),
        ([text, otherwise]) => {
          // A soft hyphen before a line end may also be the line's, which one key cannot say.
          if (!/\u00ad[\n\r\u2028]/.test(otherwise.join(''))) expect(matchKey(otherwise.join(''))).toBe(matchKey(text))
          expect(alike(text, otherwise.join(''))).toBe(true)
        },
      ),
    )
  })

  test('by a line end after a hyphen within a word is found with and without the hyphen', () => {
    const word = fc.string({ unit: fc.constantFrom('d', 'é', 'ж', 'ا'), minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(word, word, fc.constantFrom('\n', '\r\n', ' \n  ', '\u2028'), (one, other, end) => {
        const text = `He said ${one}-${end}${other} again.`
        for (const words of [one + other, `${one}-${other}`, `${one}- ${other}`])
          expect(found(text, words)).toContain(`${one}-${end}${other}`)
      }),
    )
  })
})

describe('What is found', () => {
  const letter = fc.constantFrom(
    'a',
    'b',
    ' ',
    '\n',
    '“',
    "'",
    '—',
    '-',
    'й',
    '七',
    '😀',
    'ﬁ',
    '…',
    '\u00ad',
    'ﾊ',
    'ﾟ',
    'i',
  )
  const anyText = fc.string({ unit: letter, maxLength: 60 })

  test('is always a stretch of the text that is alike to the words, and none that contains them is missed', () => {
    fc.assert(
      fc.property(anyText, fc.string({ unit: letter, minLength: 1, maxLength: 4 }), (raw, words) => {
        const text = normalised(raw)
        const size = Array.from(text).length
        let last = -1
        for (const { start, end } of findOccurrences(text, words)) {
          expect(start).toBeGreaterThanOrEqual(last)
          last = start
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(size)
          expect(findOccurrences(slice(text, start, end), words)).not.toEqual([])
        }
      }),
    )
  })

  test.each([
    ['the same letter', (size: number) => ['a'.repeat(size), `b${'a'.repeat(size / 200)}`]],
    ['the same letter, fitting everywhere', (size: number) => ['a'.repeat(size), 'a'.repeat(size / 200)]],
    ['hyphens that nearly fit everywhere', (size: number) => ['a-'.repeat(size / 2), `${'a-'.repeat(size / 400)}aa`]],
    ['line-wrap hyphens', (size: number) => ['a-\n'.repeat(size / 3), `${'a-a'.repeat(size / 600)}-b`]],
    ['white space', (size: number) => [' \n\t'.repeat(size / 3), `x${' '.repeat(size / 200)}y`]],
    ['quotation marks', (size: number) => ['“'.repeat(size), `"${"'".repeat(size / 200)}x`]],
  ])('takes steps that grow with the text alone, for %s', (_, of) => {
    const steps = [30_000, 60_000].map((size) => {
      const [text = '', words = ''] = of(size)
      const taken = occurrencesIn(foldText(text), foldText(words)).steps
      expect(taken).toBeLessThan(50 * (text.length + words.length))
      return taken
    })
    expect((steps[1] ?? 0) / (steps[0] ?? 1)).toBeLessThan(2.5)
  })

  test('in two megabytes of text is all of it', () => {
    const text = 'Order was basically restored, the ﬁrst ofﬁcial didn’t say. 😀\n'.repeat(33_000)
    expect(findOccurrences(text, "first official didn't")).toHaveLength(33_000)
  })
})

test('Every row of what is alike has its reason and a character of its own', () => {
  for (const { name, reason, characters } of ALIKE) {
    expect(reason.length).toBeGreaterThan(20)
    const own = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).find(
      (character) => ALIKE.find((row) => row.characters.test(character))?.name === name,
    )
    expect(own && characters.test(own)).toBe(true)
  }
})
