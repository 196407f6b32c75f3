import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareDecimals, inDigits, times } from '../../src/questions/decimal.ts'
import { LANGUAGES } from '../../src/questions/languages.ts'
import { readWording } from '../../src/questions/wording.ts'

/** The languages of the Unicode CLDR whose short forms of numbers are tried: those a desk reads, and the others. */
const LOCALES =
  'en de fr es ru kk ky uz tr ar zh zh-Hant ja pt pt-PT it nl pl uk be bg cs sk sl hr sr sr-Latn bs mk sq ro hu fi et lv lt sv nb nn da is ga cy eu ca gl el he fa ps ur hi bn pa gu mr ta te kn ml si ne th lo km my ka hy az tk tg mn ko vi id ms fil sw am ha ig yo zu af so uz-Cyrl lb gd br fy eo'.split(
    ' ',
  )

// What is English as well, and so read as English: the words alone cannot tell. Swedish, Icelandic and Afrikaans write 10^12 "bn", French and
// Scandinavian a single "billion"; Swedish writes a thousand "tn", and Catalan 10^9 as a kilometre.
const AS_ENGLISH: Readonly<Record<string, readonly string[]>> = {
  sv: ['tn', 'bn'],
  is: ['bn'],
  af: ['bn'],
  fr: ['1 billion'],
  nb: ['1 billion'],
  nn: ['1 billion'],
  da: ['1 billion'],
  ca: ['kM'],
}

/** Numbers as the languages of the CLDR shorten them, with what they stand for. */
function shortened(): [string, string, string][] {
  return LOCALES.flatMap((locale) =>
    (['short', 'long'] as const).flatMap((compactDisplay) =>
      [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].flatMap((power) =>
        [1, 2, 1.5, 2.6].map((base): [string, string, string] => {
          const format = new Intl.NumberFormat(locale, {
            notation: 'compact',
            compactDisplay,
            minimumFractionDigits: base % 1 ? 1 : 0,
          })
          const number = times(String(base), `1${'0'.repeat(power)}`)
          return [locale, format.format(base * 10 ** power), number]
        }),
      ),
    ),
  )
}

describe('A word beside a number', () => {
  test('of any language that multiplies it is read so or not at all', () => {
    const wrong = shortened().flatMap(([locale, printed, number]) => {
      const { figure } = readWording(printed)
      const isKnown = AS_ENGLISH[locale]?.some((word) => printed.replace(/\s/g, ' ').includes(word))
      return figure && !isKnown && figure.low !== number ? [`${locale} ${printed}: ${figure.low}, not ${number}`] : []
    })
    expect(wrong).toEqual([])
  })

  test.each([
    ['ru', 'млн'],
    ['ru', 'млрд'],
    ['de', 'Mio'],
    ['de', 'Mrd'],
    ['fr', 'milliards'],
    ['zh', '亿'],
    ['ja', '億'],
    ['tr', 'milyon'],
    ['ar', 'مليون'],
    ['es', 'millones'],
  ])('is read in the languages of a desk: %s %s', (_, word) => {
    expect(readWording(`26 ${word}`).figure).not.toBeNull()
  })

  test('in every language bounds the number as its table has it', () => {
    const bounds = Object.values(LANGUAGES).flatMap(({ before, after }) => [
      ...entries(before).map(([comparator, phrase]) => [comparator, `${phrase} 26`]),
      ...entries(after).map(([comparator, phrase]) => [comparator, `26 ${phrase}`]),
    ])
    const wrong = bounds.filter(([comparator, words = '']) => readWording(words).figure?.comparator !== comparator)
    expect(wrong).toEqual([])
  })

  const numbers = fc.oneof(
    fc
      .integer({ min: 1, max: 5_000_000 })
      .map((number): [string, string] => [inDigits(String(number)), String(number)]),
    fc.integer({ min: 1, max: 900 }).map((number): [string, string] => [`${number} million`, `${number}000000`]),
    fc.constantFrom<[string, string]>(
      ['twenty-six', '26'],
      ['a hundred and five', '105'],
      ['two dozen', '24'],
      ['3万', '30000'],
    ),
  )
  const words = fc.oneof(
    fc.stringMatching(/^[a-z]{1,12}$/),
    fc.stringMatching(/^[а-я]{1,8}$/),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
    fc.constantFrom(
      'bazillion',
      'score',
      'gross',
      'Hundert',
      'yüz',
      'مئة',
      '百',
      'فقط',
      'kilo',
      'ish',
      'fold',
      'squared',
      '’s',
      '²',
      'e3',
      '/h',
    ),
  )

  test('that is not known leaves the number as it is, or it is not read', () => {
    fc.assert(
      fc.property(
        numbers,
        words,
        fc.constantFrom(' ', '', '-'),
        fc.boolean(),
        ([printed, number], word, joint, isBefore) => {
          const { figure } = readWording(isBefore ? `${word}${joint}${printed}` : `${printed}${joint}${word}`)
          // Against a word it makes another word, and no longer stands beside the number.
          const isOneWord = joint === '' && /\p{L}/u.test(isBefore ? printed.charAt(0) : printed.slice(-1))
          if (!figure || isOneWord || /\p{N}|\p{Script=Han}/u.test(word)) return
          const low = figure.low ?? figure.high ?? ''
          const isMultiple =
            /^(k|m|mn|b|bn|tn|trn|bln|mln|mio|mrd|тыс|млн|млрд|score|dozen)$/i.test(word) ||
            word === '-' ||
            joint === '-' ||
            word.endsWith('-')
          expect(isMultiple || compareDecimals(low, number) === 0, `${printed} and ${word}: ${low}`).toBe(true)
        },
      ),
      { numRuns: 3000 },
    )
  })

  const production = fc.tuple(
    numbers,
    numbers,
    fc.constantFrom('at least', 'about', 'up to', 'more than', 'nearly', 'exactly'),
  )
  test('leads every production of the grammar to the number that was put in', () => {
    fc.assert(
      fc.property(production, ([[one, low], [other, high], bound]) => {
        const read = readWording(`${bound} ${one} people`).figure
        if (read) expect(read.low ?? read.high).toBe(low)
        const range = readWording(`between ${one} and ${other}`).figure
        if (range && compareDecimals(low, '1000') >= 0) expect([range.low, range.high]).toEqual([low, high])
      }),
      { numRuns: 1000 },
    )
  })
})

function entries(table: Readonly<Record<string, readonly string[] | undefined>>): [string, string][] {
  return Object.entries(table).flatMap(([comparator, phrases]) =>
    (phrases ?? []).map((phrase): [string, string] => [comparator, phrase]),
  )
}
