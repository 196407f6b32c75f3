import { findOccurrences } from '../text-matching.ts'

/** Words that are looked for: each by itself, by the table of what is alike in texts, whatever its case; whole words unless said otherwise. */
export type Sought = { words: readonly string[]; insideWords: boolean }

/** Where any of the words stand in a text: the code points at which they begin and how many they are, in order and without overlap. */
export function placesOfWords(text: string, { words, insideWords }: Sought): { start: number; length: number }[] {
  const spans = words
    .flatMap((one) => findOccurrences(text, one, { ignoreCase: true, wholeWords: !insideWords }))
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
  const joined: { start: number; end: number }[] = []
  for (const span of spans) {
    const last = joined.at(-1)
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end)
    else joined.push({ ...span })
  }
  return joined.map(({ start, end }) => ({ start, length: end - start }))
}

/** Whether any of the words stand in a text. */
export function standsIn(text: string, sought: Sought): boolean {
  return placesOfWords(text, sought).length > 0
}

/** A text in which each letter of the words gives way to the sign of what is redacted, so that every place in it stays where it was. */
export function withoutWords(text: string, sought: Sought, tombstone: string): string {
  const places = placesOfWords(text, sought)
  if (places.length === 0) return text
  const letters = Array.from(text)
  for (const { start, length } of places) letters.fill(tombstone, start, start + length)
  return letters.join('')
}

/** Letters that are alike only to themselves, in either case. */
const PLAIN = /[a-zа-яё0-9]{3,}/gu

/**
 * A run of letters that every text with these words has in lower case, unless it has a character that `UNUSUAL` names; null when the words
 * have no such run, and every text has to be looked through.
 */
export function runIn(words: string): string | null {
  const runs = words.normalize('NFC').toLowerCase().match(PLAIN) ?? []
  return runs.toSorted((a, b) => b.length - a.length)[0] ?? null
}

/**
 * What a text may have between or instead of the letters of a run, as a PostgreSQL pattern: invisible characters, combining marks, ligatures,
 * full-width and other forms of letters, a hyphen at a line's end (also as JSON writes one).
 */
export const UNUSUAL =
  '[\\u0001-\\u0008\\u000e-\\u001f\\u007f-\\u009f\\u00aa\\u00ad\\u00b2\\u00b3\\u00b9\\u00ba\\u0132\\u0133\\u017f\\u01c4-\\u01cc\\u01f1-\\u01f3' +
  '\\u02b0-\\u036f\\u0483-\\u0489\\u061c\\u0640\\u07fa\\u115f-\\u1160\\u17b4-\\u17b5\\u180b-\\u180f\\u1d2c-\\u1d6a\\u1d78\\u1d9b-\\u1dff\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u209f\\u20d0-\\u20ff' +
  '\\u2100-\\u218f\\u2460-\\u24ff\\u2c7c\\u2c7d\\u2de0-\\u2dff\\u3164\\u3200-\\u33ff\\ua640-\\ua69f\\ufb00-\\ufb06\\ufe00-\\ufe0f\\ufe20-\\ufe2f\\ufeff-\\uffff' +
  '\\U00010000-\\U0010ffff]' +
  '|[-\\u2010\\u00ad][^0-9A-Za-zа-яёА-ЯЁ]|\\\\u00[0-9a-f]'
