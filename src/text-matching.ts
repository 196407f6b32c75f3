import { comparedAs, type GapPart, isLetter, isWord, withoutCase } from './text-alike.ts'

/** What counts beside the table: by default case does, and words may stand inside longer ones. */
export type MatchOptions = { ignoreCase?: boolean; wholeWords?: boolean }

/** A stretch of a text, start included, end excluded. */
export type Span = { start: number; end: number }

/**
 * Every place where words stand in a text, in its order and overlapping ones too, in code points of the text as it is given. Words without a
 * letter, digit or sign stand nowhere. The time grows with the two lengths alone.
 */
export function findOccurrences(text: string, words: string, options: MatchOptions = {}): Span[] {
  const spans = occurrencesIn(foldText(text, options), foldText(words.normalize('NFC'), options), options).spans
  return inCodePoints(text, spans)
}

/** Whether words stand in a text. Words without a letter, digit or sign do not. */
export function includesWords(text: string, words: string, options: MatchOptions = {}): boolean {
  return findOccurrences(text, words, options).length > 0
}

/** Whether two texts are alike from end to end. */
export function isAlike(one: FoldedText, other: FoldedText): boolean {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at += 1) if (one.letters[at] !== other.letters[at]) return false
  for (let at = 0; at <= one.length; at += 1)
    if (((one.gaps[at] as number) & (other.gaps[at] as number)) === 0) return false
  return true
}

/** The same text for texts that are alike. A hyphen at the end of a line is taken for the line's, as it is in most words. */
export function matchKey(text: string, options: Pick<MatchOptions, 'ignoreCase'> = {}): string {
  const folded = foldText(text, options)
  let key = ''
  for (let at = 0; at <= folded.length; at += 1) {
    const gap = folded.gaps[at] as number
    if ((gap & NONE) === 0) key += gap & HYPHEN ? '-' : ' '
    if (at < folded.length) key += String.fromCodePoint(folded.letters[at] as number)
  }
  return key
}

/**
 * A text as it is compared: its letters, the UTF-16 units each came from, and how the gap before each letter (and after the last) may be
 * read. Dashes and white space stand in gaps, so that a hyphen at a line's end can be read in both ways.
 */
export type FoldedText = {
  text: string
  length: number
  letters: Uint32Array
  from: Uint32Array
  to: Uint32Array
  gaps: Uint8Array
}

// How a gap may be read, as bits; two gaps are alike when they share a reading.
const NONE = 1
const SPACE = 2
const HYPHEN = 4

/** Folds a text for comparison. */
export function foldText(text: string, { ignoreCase = false }: Pick<MatchOptions, 'ignoreCase'> = {}): FoldedText {
  const folded = new Folding(text)
  const gap = new Gap()
  let before = ''
  for (let unit = 0; unit < text.length; ) {
    let size = (text.codePointAt(unit) as number) > 0xffff ? 2 : 1
    // A half-width kana and its voicing mark are one letter.
    if (size === 1 && isVoiced(text, unit)) size = 2
    const character = text.slice(unit, unit + size)
    const as = comparedAs(character)
    if (typeof as === 'string') gap.add(as)
    else {
      // Quotation marks are also typed as two apostrophes or commas.
      if (as[0] === QUOTE && size === 1 && MAY_BE_DOUBLED.test(character) && text[unit + 1] === character) size = 2
      for (const letter of ignoreCase ? as.flatMap(withoutCase) : as) {
        folded.add(letter, unit, unit + size, gap.readings(before, String.fromCodePoint(letter)))
        before = String.fromCodePoint(letter)
        gap.clear()
      }
    }
    unit += size
  }
  return folded.done(gap.readings(before, ''))
}

const QUOTE = 0x22
const MAY_BE_DOUBLED = /['`\u00b4\u2018-\u201b\u2032\u2035]/u

function isVoiced(text: string, unit: number): boolean {
  const next = text.charCodeAt(unit + 1)
  const unitCode = text.charCodeAt(unit)
  return (next === 0xff9e || next === 0xff9f) && unitCode >= 0xff66 && unitCode <= 0xff9d
}

/** The letters of a folded text as they come, in arrays that grow: a ligature is more letters than units. */
class Folding {
  readonly #text: string
  #length = 0
  #letters: Uint32Array
  #from: Uint32Array
  #to: Uint32Array
  #gaps: Uint8Array

  constructor(text: string) {
    this.#text = text
    const room = text.length + 1
    this.#letters = new Uint32Array(room)
    this.#from = new Uint32Array(room)
    this.#to = new Uint32Array(room)
    this.#gaps = new Uint8Array(room)
  }

  add(letter: number, from: number, to: number, gap: number): void {
    if (this.#length + 1 >= this.#letters.length) this.#grow()
    this.#letters[this.#length] = letter
    this.#from[this.#length] = from
    this.#to[this.#length] = to
    this.#gaps[this.#length] = gap
    this.#length += 1
  }

  done(gap: number): FoldedText {
    this.#gaps[this.#length] = gap
    return {
      text: this.#text,
      length: this.#length,
      letters: this.#letters.subarray(0, this.#length),
      from: this.#from.subarray(0, this.#length),
      to: this.#to.subarray(0, this.#length),
      gaps: this.#gaps.subarray(0, this.#length + 1),
    }
  }

  #grow(): void {
    const room = this.#letters.length * 2 + 16
    const grown = (array: Uint32Array) => {
      const larger = new Uint32Array(room)
      larger.set(array)
      return larger
    }
    this.#letters = grown(this.#letters)
    this.#from = grown(this.#from)
    this.#to = grown(this.#to)
    const gaps = new Uint8Array(room)
    gaps.set(this.#gaps)
    this.#gaps = gaps
  }
}

/** What stands between two letters. */
class Gap {
  #dashes = 0
  #hasSpace = false
  /** A single hyphen right after the letter; then a line end after it. */
  #isHyphenated = false
  #isSoft = false
  #isBroken = false

  add(part: GapPart): void {
    if (part === 'nothing') return
    if (part === 'soft hyphen') {
      if (!this.#hasSpace && this.#dashes === 0) this.#isSoft = true
      return
    }
    if (part === 'hyphen' || part === 'dash') {
      this.#isHyphenated = part === 'hyphen' && this.#dashes === 0 && !this.#hasSpace
      this.#dashes += 1
      return
    }
    this.#hasSpace = true
    if (part === 'line end') this.#isBroken = true
  }

  /** How the gap may be read between these letters; '' at an end of the text. White space counts between words alone. */
  readings(before: string, after: string): number {
    if (this.#dashes === 0 && !this.#hasSpace) return NONE
    const isInWord = isLetter(before) && isLetter(after)
    const isWrapped = this.#isBroken && isInWord
    if (this.#dashes > 0) return this.#isHyphenated && isWrapped ? NONE | HYPHEN : HYPHEN
    if (this.#isSoft && isWrapped) return NONE | SPACE | HYPHEN
    return isWord(before) && isWord(after) ? SPACE : NONE
  }

  clear(): void {
    this.#dashes = 0
    this.#hasSpace = false
    this.#isHyphenated = false
    this.#isSoft = false
    this.#isBroken = false
  }
}

// A text that repeats itself may nearly fit at every letter; so many looks at gaps for each letter are more than any text needs.
const MOST_LOOKS = 32

/**
 * Places of one folded text in another as spans of its UTF-16 units, and the steps that it took. Letters by Knuth, Morris and Pratt, then the
 * gaps of each place; where these would take too long, a hyphen at a line's end is alike only to the same.
 */
export function occurrencesIn(
  haystack: FoldedText,
  needle: FoldedText,
  { wholeWords = false }: Pick<MatchOptions, 'wholeWords'> = {},
): { spans: Span[]; steps: number } {
  if (needle.length === 0) return dashesIn(haystack, needle)
  const { places, steps } = placesOf(haystack.letters, needle.letters)
  let looks = 0
  const mostLooks = MOST_LOOKS * (haystack.length + needle.length)
  let strict: { places: Set<number>; steps: number } | undefined
  const spans = places.flatMap((place): Span[] => {
    const last = place + needle.length
    const isDashed = { left: (needle.gaps[0] as number) === HYPHEN, right: needle.gaps[needle.length] === HYPHEN }
    if (isDashed.left && ((haystack.gaps[place] as number) & HYPHEN) === 0) return []
    if (isDashed.right && ((haystack.gaps[last] as number) & HYPHEN) === 0) return []
    if (wholeWords && !(isBoundary(haystack, place) && isBoundary(haystack, last))) return []
    if (looks < mostLooks) {
      for (let at = 1; at < needle.length; at += 1) {
        looks += 1
        if (((haystack.gaps[place + at] as number) & (needle.gaps[at] as number)) === 0) return []
      }
    } else {
      strict ??= strictPlaces(haystack, needle)
      if (!strict.places.has(place)) return []
    }
    const start = isDashed.left ? dashAfter(haystack, place) : (haystack.from[place] as number)
    const end = isDashed.right ? dashBefore(haystack, last) : (haystack.to[last - 1] as number)
    return [{ start, end }]
  })
  return { spans, steps: steps + looks + (strict?.steps ?? 0) }
}

/** Whether a word may begin or end before this letter of the text. */
function isBoundary({ letters, gaps, length }: FoldedText, at: number): boolean {
  if (at === 0 || at === length || gaps[at] !== NONE) return true
  const [before, after] = [letters[at - 1] as number, letters[at] as number]
  return !isWord(String.fromCodePoint(before)) || !isWord(String.fromCodePoint(after))
}

/** Where the gaps are to the letter those of the needle. */
function strictPlaces(haystack: FoldedText, needle: FoldedText): { places: Set<number>; steps: number } {
  const withGaps = ({ letters, gaps }: FoldedText) => letters.map((letter, at) => letter * 8 + (gaps[at] as number))
  const rest = withGaps(needle).subarray(1)
  if (rest.length === 0) return { places: new Set(), steps: 0 }
  const { places, steps } = placesOf(withGaps(haystack), rest)
  return { places: new Set(places.map((place) => place - 1)), steps }
}

/** Every place where the needle stands, overlapping ones too. Knuth, Morris and Pratt: linear whatever the text repeats. */
function placesOf(haystack: Uint32Array, needle: Uint32Array): { places: number[]; steps: number } {
  const fallback = new Uint32Array(needle.length)
  let steps = 0
  for (let at = 1, matched = 0; at < needle.length; at += 1) {
    for (; matched > 0 && needle[at] !== needle[matched]; steps += 1) matched = fallback[matched - 1] as number
    if (needle[at] === needle[matched]) matched += 1
    fallback[at] = matched
  }
  const places: number[] = []
  for (let at = 0, matched = 0; at < haystack.length; at += 1) {
    for (; matched > 0 && haystack[at] !== needle[matched]; steps += 1) matched = fallback[matched - 1] as number
    if (haystack[at] === needle[matched]) matched += 1
    if (matched < needle.length) continue
    places.push(at - needle.length + 1)
    matched = fallback[matched - 1] as number
  }
  return { places, steps: steps + haystack.length + needle.length }
}

/** The dashes of a text, when nothing but dashes is looked for. */
function dashesIn(haystack: FoldedText, needle: FoldedText): { spans: Span[]; steps: number } {
  const spans: Span[] = []
  if (needle.gaps[0] === HYPHEN)
    for (let at = 0; at <= haystack.length; at += 1)
      if ((haystack.gaps[at] as number) & HYPHEN)
        spans.push({ start: dashAfter(haystack, at), end: dashBefore(haystack, at) })
  return { spans, steps: haystack.text.length }
}

/** The unit at which the first dash of the gap before a letter begins. */
function dashAfter({ text, from, to, length }: FoldedText, at: number): number {
  const end = at < length ? (from[at] as number) : text.length
  let unit = at > 0 ? (to[at - 1] as number) : 0
  while (unit < end && !isDash(text[unit] as string)) unit += 1
  return unit
}

/** The unit at which the last dash of the gap before a letter ends. */
function dashBefore({ text, from, to, length }: FoldedText, at: number): number {
  const start = at > 0 ? (to[at - 1] as number) : 0
  let unit = at < length ? (from[at] as number) : text.length
  while (unit > start && !isDash(text[unit - 1] as string)) unit -= 1
  return unit
}

function isDash(character: string): boolean {
  const as = comparedAs(character)
  return as === 'hyphen' || as === 'dash'
}

/** Spans of UTF-16 units as spans of code points, in one way through the text. */
export function inCodePoints(text: string, spans: readonly Span[]): Span[] {
  const wanted = [...new Set(spans.flatMap(({ start, end }) => [start, end]))].toSorted((a, b) => a - b)
  const found = new Map<number, number>()
  let [unit, codePoint] = [0, 0]
  for (const sought of wanted) {
    for (; unit < sought; codePoint += 1) unit += (text.codePointAt(unit) as number) > 0xffff ? 2 : 1
    found.set(sought, codePoint)
  }
  return spans.map(({ start, end }) => ({ start: found.get(start) ?? 0, end: found.get(end) ?? 0 }))
}
