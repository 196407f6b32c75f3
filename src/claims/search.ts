import { foldLetters } from '../folding.ts'

/** What was typed into a search, taken apart for the database. */
export type Search = {
  /** A tsquery of folded words: every word may be the beginning of one, words of a quotation follow one another; '' when there is none. */
  query: string
  /** Runs of a script that is written without spaces, folded, looked for as they stand. */
  runs: { text: string; isExcluded: boolean }[]
}

const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Thousands set apart by one sign, or as in India; a decimal of three places looks the same, so texts are read both ways. */
const THOUSANDS =
  /(?<![\p{L}\p{M}\d]|\d[.,])(?:\d{1,3}([ .,٬])\d{3}(?:\1\d{3})*|\d{1,2}(?:,\d\d)+,\d{3})(?!\d|[.,٬]\d{3}(?!\d))/gu
/** Where letters and digits meet: Il-76, Il76 and Il 76 are two words each. */
const LETTER_TO_DIGIT = /(?<=[\p{L}\p{M}])(?=\d)|(?<=\d)(?=\p{L})/gu
const BETWEEN_WORDS = /[^\p{L}\p{N}\p{M}]+/gu
/** Words that may as well be written as one: co-operation, U.S., a word broken at the end of a line. */
const JOINABLE = /(?<![\p{L}\p{M}])\p{L}[\p{L}\p{M}]*(?:[-.‐‑][ \n]?\p{L}[\p{L}\p{M}]*)+/gu

/** A word broken at the end of a line. */
const LINE_BREAKS = /[-‐] ?\n(?<=\p{L}\p{M}*[-‐] ?\n)(?=\p{L})/gu

/** How much of a claim's words is searched, in UTF-16 units: a tsvector holds one megabyte, and no unit makes more than three bytes. */
const MOST_SEARCHED = 250_000
/** The longest word, in UTF-16 units: PostgreSQL takes 2,046 bytes. */
const LONGEST_WORD = 500

/**
 * The text that stands for a claim in search: its parts with their letters folded, words and signs apart, each part in every way it can be read.
 * The most telling parts come first: beyond 250,000 characters nothing is searched.
 */
export function documentText(parts: readonly string[]): string {
  return parts
    .flatMap(readings)
    .join('\n')
    .slice(0, MOST_SEARCHED)
    .replace(/[\ud800-\udbff]$/, '')
}

/** A text with its numbers whole, with them taken apart where that differs, with broken words whole, and the words that may be written as one. */
function readings(text: string): string[] {
  const folded = foldLetters(text)
  const whole = wordsApart(folded.replace(THOUSANDS, (number) => number.replace(/\D/gu, '')))
  const apart = wordsApart(folded)
  const unbroken = folded.search(LINE_BREAKS) >= 0 ? wordsApart(folded.replace(LINE_BREAKS, '')) : ''
  const joined = [...new Set(folded.match(JOINABLE) ?? [])].map((words) => words.replace(/[^\p{L}\p{M}]/gu, ''))
  return [whole, apart === whole ? '' : apart, unbroken, joined.join(' ')].filter(Boolean)
}

function wordsApart(folded: string): string {
  return folded.replace(LETTER_TO_DIGIT, ' ').replace(BETWEEN_WORDS, ' ').trim()
}

const PARTS = /(?<no>-?)"(?<quotation>[^"]*)(?:"|$)|(?<word>\S+)/gu

/**
 * How to look for what was typed, in the web's syntax: words, "phrases", or, -without; a hyphen with a space after it is a dash. Null when there is
 * nothing in it to look for.
 */
export function searchOf(typed: string): Search | null {
  const runs: Search['runs'] = []
  const ways: string[][] = [[]]
  // A number typed with spaces between its thousands is one word.
  for (const { groups } of typed.replace(/(?<=(?<!\d)\d{1,3}(?: \d{3})*) (?=\d{3}(?!\d))/gu, '٬').matchAll(PARTS)) {
    const { no = '', quotation, word = '' } = groups ?? {}
    if (word.toLowerCase() === 'or') {
      ways.push([])
      continue
    }
    const isExcluded = no === '-' || /^-(?=[\p{L}\p{N}])/u.test(word)
    const text = quotation ?? word
    if (WITHOUT_SPACES.test(text)) {
      const run = wordsApart(foldLetters(text))
      if (run) runs.push({ text: run, isExcluded })
      continue
    }
    const query = queryOf(text, quotation === undefined && !isExcluded)
    if (query) ways.at(-1)?.push(isExcluded ? `!${query}` : query)
  }
  const query = ways
    .filter((way) => way.length)
    .map((way) => way.join(' & '))
    .join(' | ')
  return query || runs.length ? { query, runs } : null
}

/** Words that follow one another, in every way they can be read, as a tsquery; '' when there is none. */
function queryOf(text: string, mayBegin: boolean): string {
  const phrases = readings(text).map((reading) =>
    reading
      .split(' ')
      .filter((word) => word.length <= LONGEST_WORD && /[\p{L}\p{N}]/u.test(word))
      .map((word) => (mayBegin && mayBeBeginning(word) ? `'${word}':*` : `'${word}'`))
      .join(' <-> '),
  )
  const distinct = [...new Set(phrases.filter(Boolean))]
  return distinct.length ? `(${distinct.join(' | ')})` : ''
}

/** A number is no beginning of another, and single letters begin too much. */
function mayBeBeginning(word: string): boolean {
  return /^\P{N}{2,}$/u.test(word)
}
