/** Text as Stet stores it: CRLF and CR become LF, then NFC. Nothing is trimmed. */
export function normalised(text: string): string {
  return text.replace(/\r\n?/g, '\n').normalize('NFC')
}

/**
 * What makes text unfit to be stored: a NUL, half a surrogate pair, or a letter under a heap of marks. Null when it is fit. Asked before a
 * text is normalised: putting the marks of one letter in order takes time by the square of their number.
 */
export function unfitness(text: string): string | null {
  if (text.includes('\0')) return 'contains a NUL character'
  if (!text.isWellFormed()) return 'contains half of a character pair'
  if (HEAP_OF_MARKS.test(text)) return 'has a letter with more than 100 marks'
  return null
}

const HEAP_OF_MARKS = /(?<!\p{M})\p{M}{101}/u

/** The length in Unicode code points. */
export function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length += 1
  return length
}

/** Text without these letters at its end; an expression for it would take its time by the square of what stands before. */
export function withoutEnd(text: string, letters: string): string {
  let end = text.length
  while (end > 0 && letters.includes(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}

/** Text as a pattern of SQL's `like` that matches wherever the text stands. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
