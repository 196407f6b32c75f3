/** What stands for each code point of redacted words, so that every place in their text stays where it was. */
export const TOMBSTONE = '▮'

/** A stretch of a text: words, or a run of tombstones. */
export type Part = { text: string; isRedacted: boolean }

/** A text cut into its words and its runs of tombstones, so that a page says aloud what it draws. */
export function partsOf(text: string): Part[] {
  return text
    .split(new RegExp(`(${TOMBSTONE}+)`))
    .filter((part) => part !== '')
    .map((part) => ({ text: part, isRedacted: part.startsWith(TOMBSTONE) }))
}

/** As many tombstones as a text has code points. */
export function buried(text: string): string {
  return TOMBSTONE.repeat(Array.from(text).length)
}

/** Where words stand in a text to the letter, without overlap: the code points at which they begin, and how many they are. */
export function placesOf(text: string, words: string): { places: number[]; length: number } {
  const places: number[] = []
  let [codePoint, from] = [0, 0]
  for (let at = words === '' ? -1 : text.indexOf(words); at >= 0; at = text.indexOf(words, from)) {
    codePoint += lengthOf(text, from, at)
    places.push(codePoint)
    codePoint += lengthOf(text, at, at + words.length)
    from = at + words.length
  }
  return { places, length: lengthOf(words, 0, words.length) }
}

function lengthOf(text: string, from: number, to: number): number {
  let length = 0
  for (let unit = from; unit < to; length += 1) unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1
  return length
}
