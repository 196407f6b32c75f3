/** What somebody typed into a search, taken apart for the database. */
export type Search = {
  /** In the web's syntax: words, "phrases", or, -without. */
  words: string
  /** The same without its last word, and that word, which may be the beginning of a longer one; null when it cannot be. */
  before: string
  beginning: string | null
  /** Runs of a script that is written without spaces, looked for as they stand. */
  runs: string[]
}

const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const LAST_WORD = /(?:^|\s)([\p{L}\p{M}\p{N}]{2,})$/u

/** How to look for what was typed; null when there is nothing in it to look for. */
export function searchOf(typed: string): Search | null {
  const parts = typed.trim().split(/\s+/)
  const runs = parts.filter((part) => WITHOUT_SPACES.test(part)).map((part) => part.replace(/^"|"$/g, ''))
  const words = parts.filter((part) => !WITHOUT_SPACES.test(part)).join(' ')
  if (!/[\p{L}\p{N}]/u.test(typed)) return null
  const beginning = isInQuotes(words) ? null : (LAST_WORD.exec(words)?.[1] ?? null)
  const before = beginning ? words.slice(0, -beginning.length).trim() : words
  return { words, before, beginning: beginning === 'or' ? null : beginning, runs }
}

function isInQuotes(words: string): boolean {
  return words.split('"').length % 2 === 0
}
