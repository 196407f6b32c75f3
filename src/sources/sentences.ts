import { createHash } from 'node:crypto'
import { matchKey } from '../text-matching.ts'

/** The version of the rules below; a higher one has every text's sentences kept anew. */
export const SENTENCE_VERSION = 2

/** How many sentences of a text are kept at most: of more, those with the smallest hashes, which are as good as any. */
const MOST = 1000
/** What is shorter, in letters and digits, is no sentence that tells one text from another; scripts without spaces say more in fewer. */
const SHORTEST = 20
const SHORTEST_DENSE = 8

/** Sentences of a text as hashes of 64 bits, smallest first. `largest` is the greatest one kept where some were left out. */
export type Sentences = { hashes: bigint[]; largest: bigint | null }

/** The sentences of a text, each once, by which it is compared with others: without case, punctuation and white space. */
export function sentencesOf(text: string): Sentences {
  const hashes = new Set<bigint>()
  for (const sentence of text.split(/[.!?…。！？｡؟۔।॥։]+|\n[^\S\n]*\n/)) {
    const key = lettersOf(sentence)
    if (!isTelling(key)) continue
    hashes.add(createHash('sha256').update(key, 'utf8').digest().readBigInt64BE(0))
  }
  const sorted = [...hashes].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const kept = sorted.slice(0, MOST)
  return { hashes: kept, largest: sorted.length > MOST ? (kept.at(-1) ?? null) : null }
}

/** Whether a text is long enough that another with the same words is no accident: “Confirmed.” may be anybody’s. */
export function isTellingText(text: string): boolean {
  return isTelling(lettersOf(text))
}

function lettersOf(text: string): string {
  return matchKey(text, { ignoreCase: true }).replace(/[^\p{L}\p{N}\p{M}]+/gu, '')
}

function isTelling(letters: string): boolean {
  return letters.length >= (DENSE.test(letters) ? SHORTEST_DENSE : SHORTEST)
}

const DENSE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u

/**
 * How much of the shorter of two texts stands in the other, in percent, where they are nearly the same text; null where they are not.
 * Nearly the same: they share three sentences that are most of the shorter, or sentences that are most of the longer.
 */
export function shareOf(shared: number, one: number, other: number): number | null {
  const [shorter, longer] = [Math.min(one, other), Math.max(one, other)]
  const isNear = (shared >= 3 && shared * 2 > shorter) || (shared >= 1 && shared * 2 > longer)
  return isNear ? Math.min(100, Math.round((shared * 100) / shorter)) : null
}
