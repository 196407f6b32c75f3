/** Text as Stet stores it: CRLF and CR become LF, then NFC. Nothing is trimmed. */
export function normalised(text: string): string {
  return text.replace(/\r\n?/g, '\n').normalize('NFC')
}

/** What makes text unfit to be stored: a NUL or half a surrogate pair. Null when it is fit. */
export function unfitness(text: string): string | null {
  if (text.includes('\0')) return 'contains a NUL character'
  if (!text.isWellFormed()) return 'contains half of a character pair'
  return null
}

/** The length in Unicode code points. */
export function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length += 1
  return length
}

/** A name without case, marks and punctuation, so that it is found as typed: `Tokáyev` and `TOKAYEV` fold alike. */
export function folded(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
