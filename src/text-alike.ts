/** How a row of the table below is compared: as white space, a dash, nothing at all, one letter, or its letters by Unicode's compatibility (NFKC). */
type ComparedAs = 'space' | 'line end' | 'hyphen' | 'dash' | 'soft hyphen' | 'nothing' | 'NFKC' | { letters: string }

/** Characters that are alike in texts, and the reason why a reader takes them for the same. */
type AlikeRow = { name: string; reason: string; characters: RegExp; as: ComparedAs }

/**
 * All that is alike when words are looked for in a text, the first row that fits a character. Finding a passage, quoted words, redaction and the
 * comparison of captures share it, so that none of them finds words that another misses.
 */
export const ALIKE: readonly AlikeRow[] = [
  {
    name: 'soft hyphen',
    reason: 'Shown only where a line is broken at it, and kept by copying either way.',
    characters: /\u00ad/u,
    as: 'soft hyphen',
  },
  {
    name: 'tatweel',
    reason: 'Stretches a word of Arabic script to fill the line; it is no letter.',
    characters: /[\u0640\u07fa]/u,
    as: 'nothing',
  },
  {
    name: 'line ends',
    reason: 'Where a line ends depends on the page. A hyphen before one may be of the word or of the line.',
    characters: /[\n\v\f\r\u0085\u2028\u2029]/u,
    as: 'line end',
  },
  {
    name: 'white space',
    reason: 'No-break, thin and ideographic spaces, tabs and runs of them look like one space.',
    characters: /[\p{White_Space}\u2800]/u,
    as: 'space',
  },
  {
    name: 'invisible characters and marks of direction',
    reason: 'Nobody sees them: zero width, bidi controls, variation selectors. Pages and PDFs add them on their own.',
    characters: /[\p{Default_Ignorable_Code_Point}\p{Cc}\ufff9-\ufffb]/u,
    as: 'nothing',
  },
  {
    name: 'hyphens',
    reason: 'Two characters for one sign; either may break a word at the end of a line.',
    characters: /[-\u2010]/u,
    as: 'hyphen',
  },
  {
    name: 'dashes and minus',
    reason: 'Keyboards have the hyphen alone, so that — is typed -- or - and − is typed -.',
    characters:
      /[\u058a\u05be\u1806\u2011-\u2015\u2043\u207b\u208b\u2212\u2e3a\u2e3b\u2e40\u3030\ufe31\ufe32\ufe58\ufe63\uff0d]/u,
    as: 'dash',
  },
  {
    name: 'quotation marks and apostrophes',
    reason: 'Publishers change them by machine, languages set them differently, keyboards have two of them.',
    characters:
      /["'`\u00ab\u00b4\u00bb\u02b9-\u02bf\u02c8\u02ca\u02cb\u02ee\u055a\u05f3\u05f4\u2018-\u201f\u2032-\u2037\u2039\u203a\u275b-\u275f\u2760\u276e\u276f\u2e42\u300c-\u300f\u301d-\u301f\ua78b\ua78c\ufe41-\ufe44\uff02\uff07\uff40\uff62\uff63]/u,
    as: { letters: '"' },
  },
  {
    name: 'wave dashes',
    reason: 'Encodings of Japanese write the sign between two numbers with one or the other.',
    characters: /[~\u223c\u301c\uff5e]/u,
    as: { letters: '~' },
  },
  {
    name: 'ellipses',
    reason: 'One character or three full stops.',
    characters: /[\u2026\u22ef\ufe19]/u,
    as: { letters: '...' },
  },
  {
    name: 'ligatures and letters in one piece',
    reason:
      'PDFs keep the form that was printed: ﬁ, ĳ, Arabic letters by their place in the word. Thai and Lao am is also typed in its two pieces; µ is a sign and a letter.',
    characters:
      /[\u00b5\u0132\u0133\u013f\u0140\u0149\u01c4-\u01cc\u01f1-\u01f3\u0587\u0e33\u0eb3\ufb00-\ufdef\ufe70-\ufefc]/u,
    as: 'NFKC',
  },
  {
    name: 'full-width and half-width forms, radicals',
    reason: 'The same letters in the width of the line; PDFs give radicals for whole characters.',
    characters: /[\u2e9f\u2ef3\u2f00-\u2fd5\ufe10-\ufe18\ufe30\ufe33-\ufe57\ufe59-\ufe62\ufe64-\ufe6b\uff01-\uffee]/u,
    as: 'NFKC',
  },
]

/** Scripts that set no spaces between words, and their punctuation: white space next to their letters comes from a broken line. */
const WITHOUT_SPACES =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u
const LETTER = /[\p{L}\p{M}]/u
const WORD = /[\p{L}\p{M}\p{N}]/u

/** How a character that is no letter is compared. */
export type GapPart = Exclude<ComparedAs, 'NFKC' | { letters: string }>

const COMPARED = new Map<string, GapPart | number[]>()
const MOST_REMEMBERED = 100_000

/** How a character is compared: as a part of a gap, or as letters by their code points. */
export function comparedAs(character: string): GapPart | number[] {
  const known = COMPARED.get(character)
  if (known !== undefined) return known
  const as = lookUp(character)
  if (COMPARED.size < MOST_REMEMBERED) COMPARED.set(character, as)
  return as
}

function lookUp(character: string): GapPart | number[] {
  const as = ALIKE.find(({ characters }) => characters.test(character))?.as
  if (as === undefined) return codePointsOf(character)
  if (as === 'NFKC') {
    const letters = character.normalize('NFKC').replace(/\s/gu, '')
    if (letters === character || letters === '') return codePointsOf(character)
    const folded = Array.from(letters, (letter) => (letter === character ? codePointsOf(letter) : lookUp(letter)))
    const only = folded[0]
    if (folded.length === 1 && only !== undefined) return only
    return folded.flatMap((one) => (typeof one === 'string' ? [] : one))
  }
  return typeof as === 'object' ? codePointsOf(as.letters) : as
}

function codePointsOf(text: string): number[] {
  return Array.from(text, (letter) => letter.codePointAt(0) as number)
}

const CASELESS = new Map<number, number[]>()

/** Letters without case, in full: ß is ss, ς is σ; the dotted and the dotless i are one. */
export function withoutCase(letter: number): number[] {
  const known = CASELESS.get(letter)
  if (known) return known
  const folded = codePointsOf(String.fromCodePoint(letter).toUpperCase().toLowerCase().replaceAll('i\u0307', 'i'))
  if (CASELESS.size < MOST_REMEMBERED) CASELESS.set(letter, folded)
  return folded
}

const KINDS = new Map<string, { isLetter: boolean; isWord: boolean }>()

function kindOf(letter: string): { isLetter: boolean; isWord: boolean } {
  const known = KINDS.get(letter)
  if (known) return known
  const isSpaced = letter !== '' && !WITHOUT_SPACES.test(letter)
  const kind = { isLetter: isSpaced && LETTER.test(letter), isWord: isSpaced && WORD.test(letter) }
  if (KINDS.size < MOST_REMEMBERED) KINDS.set(letter, kind)
  return kind
}

/** Whether a letter belongs to a script that sets words apart; '' does not. */
export function isLetter(letter: string): boolean {
  return kindOf(letter).isLetter
}

/** Whether a letter or digit belongs to a script that sets words apart. */
export function isWord(letter: string): boolean {
  return kindOf(letter).isWord
}
