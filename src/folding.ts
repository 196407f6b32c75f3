/** What is done to the characters of a row: left out, or replaced; a string is written for every character that fits. */
type FoldingRow = {
  name: string
  reason: string
  /** What fits, in text that is composed (NFC) and in lower case; with the flag `g`. */
  characters: RegExp
  as: string | ((fitting: string) => string)
}

// Unicode's decomposition of a letter by itself leaves all others as they are: й and パ are never taken apart.
const LATIN_OR_GREEK = /[\p{Script=Latin}\p{Script=Greek}]/gu

/**
 * All that does not tell names or searched words apart, and why, in the order in which it is folded. A mark that no row names stays: in most
 * scripts it is a letter of its own (vowel signs, viramas and nuktas from Devanagari to Khmer, tones of Thai and Burmese, voicing of kana, й, ї,
 * ў, ғ, қ). Names, aliases, search, mentions and duplicates are compared by this table and no other.
 */
export const FOLDED = [
  {
    name: 'old chillus of Malayalam',
    reason:
      'Before Unicode 5.1 a chillu was written as a consonant, a virama and a joiner, which the next row leaves out.',
    characters: /[ണനരലളക]\u0d4d\u200d/gu,
    as: (fitting) => CHILLUS[fitting.charAt(0)] ?? fitting,
  },
  {
    name: 'invisible characters and marks of direction',
    reason:
      'Nobody sees them: soft hyphens, zero width, joiners, bidi controls, variation selectors, fillers, controls.',
    characters: /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]|(?![\s\u0085])\p{Cc}/gu,
    as: '',
  },
  {
    name: 'spacing voicing marks of kana',
    reason: 'Some keyboards set ゛ and ゜ as characters of their own after the letter.',
    characters: /[\u309b\u309c]/gu,
    as: (fitting) => (fitting === '\u309b' ? '\u3099' : '\u309a'),
  },
  {
    name: 'forms of one character',
    reason:
      'Full and half width, ligatures, letters by their place in the word, radicals, superscripts (Unicode NFKC).',
    characters: /\P{ASCII}+/gu,
    as: (fitting) => fitting.normalize('NFKC'),
  },
  {
    name: 'case',
    reason: 'Headlines and abbreviations are set in capitals (Unicode lower case, ς as σ).',
    characters: /\p{Changes_When_Lowercased}|ς/gu,
    as: (fitting) => (fitting === 'ς' ? 'σ' : fitting.toLowerCase()),
  },
  {
    name: 'marks of Latin and Greek',
    reason: 'English print leaves them out: Tokáyev, Erdoğan, Nguyễn, Παπανδρέου.',
    characters: LATIN_OR_GREEK,
    as: (fitting) => Array.from(fitting.normalize('NFD'))[0] ?? '',
  },
  {
    name: 'letters of Latin that do not decompose',
    reason:
      'English print writes Łukasz as Lukasz, Straße as Strasse, Øre as Ore, Əliyev as Aliyev; ı is i, so that ISIK, ışık and isik are one.',
    characters: /[ıßæœøłđðþħŧŋĸəɓɖɗɛɔƙƴƒ]/gu,
    as: (fitting) => LATIN[fitting] ?? fitting,
  },
  {
    name: 'marks set beside letters of Latin and Greek, and beside digits and signs',
    reason: 'The same where Unicode has no letter in one piece for them.',
    // Beside these letters alone: any mark would also be the vowels of Devanagari and the voicing of kana.
    characters: /(?<=[\p{Script=Latin}\p{Script=Greek}\p{N}\p{P}\p{S}\p{Script=Common}])\p{M}+/gu,
    as: '',
  },
  {
    name: 'stress of Cyrillic',
    reason: 'Set by dictionaries and encyclopaedias only: Кремль and Кре́мль. ѓ and ќ are letters and stay.',
    characters: /[ѐѝ]|(?<=[аеёиоуыэюяіїєөүұәѣѵ])[\u0300\u0301]/gu,
    as: (fitting) => fitting.normalize('NFD').replace(/[\u0300\u0301]/gu, ''),
  },
  {
    name: 'ё',
    reason: 'Russian print leaves its dots out: Горбачёв and Горбачев.',
    characters: /ё/gu,
    as: 'е',
  },
  {
    name: 'titla of Church Slavonic',
    reason: 'Signs of abbreviation and breathing, not of letters.',
    characters: /[\u0483-\u0487]/gu,
    as: '',
  },
  {
    name: 'vowel points and cantillation of Hebrew',
    reason: 'Set for learners and in scripture only.',
    characters: /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]/gu,
    as: '',
  },
  {
    name: 'vowel points of Arabic and Syriac (tashkeel)',
    reason: 'Set for learners and in scripture only.',
    characters:
      /[\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0730-\u074a\u08d3-\u08e1\u08e3-\u08ff]/gu,
    as: '',
  },
  {
    name: 'tatweel',
    reason: 'Stretches a word to fill the line.',
    characters: /[\u0640\u07fa]/gu,
    as: '',
  },
  {
    name: 'alef, heh, yeh and kaf of Arabic',
    reason:
      'Print leaves out hamza and madda on alef; Arabic, Persian and Urdu keyboards have different yehs, kafs and hehs for one letter (Lucene’s ArabicNormalizer and PersianNormalizer).',
    characters: /[أإآٱىیکہۀۂۃ]|(?<=[اه])[\u0653-\u0655]/gu,
    as: (fitting) => ARABIC[fitting] ?? '',
  },
  {
    name: 'digits',
    reason: 'The number is the same in the digits of every script.',
    characters: /[^\P{Nd}0-9]/gu,
    as: (digit) => String(digitOf(digit)),
  },
  {
    name: 'apostrophes',
    reason: 'Typed in a dozen ways or left out: O’Brien, Oʻzbekiston, Лук’янов, ʿAbd.',
    characters: /['`´ʹ-ʿˈˊˋˮ՚׳״‘’‛′＇ꞌ]|(?<=\p{L})״(?=\p{L})/gu,
    as: '',
  },
] as const satisfies readonly FoldingRow[]

/**
 * The version of the table above and of the documents that are searched. To be raised with any change of what they make of a text: what is stored
 * is then folded anew at the next start.
 */
export const FOLDING_VERSION = 1

const CHILLUS: Record<string, string> = { ണ: 'ൺ', ന: 'ൻ', ര: 'ർ', ല: 'ൽ', ള: 'ൾ', ക: 'ൿ' }

const LATIN: Record<string, string> = {
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'ng',
  ĸ: 'k',
  ə: 'a',
  ɓ: 'b',
  ɖ: 'd',
  ɗ: 'd',
  ɛ: 'e',
  ɔ: 'o',
  ƙ: 'k',
  ƴ: 'y',
  ƒ: 'f',
}

const ARABIC: Record<string, string> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ہ: 'ه',
  ۀ: 'ه',
  ۂ: 'ه',
  ۃ: 'ة',
}

/** Digits stand in Unicode in runs of ten, from nought. */
function digitOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  let nought = code
  while (code - nought < 9 && /\p{Nd}/u.test(String.fromCodePoint(nought - 1))) nought -= 1
  return code - nought
}

/** Stands for what is between words. */
const BETWEEN_WORDS = /[^\p{L}\p{N}\p{M}]+/gu

/**
 * Text in which everything is alike that does not tell names or searched words apart (the rows of `FOLDED`); punctuation and spaces stay.
 * Folding it again changes nothing.
 */
export function foldLetters(text: string): string {
  let folded: string = text.normalize('NFC')
  for (const { characters, as } of FOLDED satisfies readonly FoldingRow[])
    folded =
      typeof as === 'string' ? folded.replace(characters, as) : folded.replace(characters, (fitting) => as(fitting))
  return folded.normalize('NFC')
}

/** A name as it is compared with others: its letters folded, one space between words. '' when it has neither letter nor digit. */
export function foldName(name: string): string {
  return foldLetters(name)
    .replace(/(?<![\p{L}\p{N}]\p{M}*)\p{M}+/gu, '')
    .replace(BETWEEN_WORDS, ' ')
    .trim()
}
