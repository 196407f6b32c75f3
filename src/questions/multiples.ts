import { FOREIGN_MULTIPLES, FOREIGN_NOUNS, PAIRED_MULTIPLES, TURKISH_THOUSAND } from './languages.ts'
import { LARGE, VAGUE } from './vocabulary.ts'

/** A number, a word or a sign of printed words, and where it begins. */
export type Token = { text: string; at: number }

/**
 * The multiples that follow a number, as many as belong together: "hundred thousand", "thousand million", "lakh crore". A lone letter has to be
 * written against the digits: "26 m" may be metres.
 */
export function multiplesAt(
  tokens: readonly Token[],
  at: number,
  known: ReadonlyMap<string, string>,
  isJoined = false,
): { factors: string[]; next: number } {
  const word = (place: number) => tokens[place]?.text ?? ''
  const pair = PAIRED_MULTIPLES.get(`${word(at)} ${word(at + 1)}`)
  if (pair !== undefined) return { factors: [pair], next: at + 2 }
  const factors: string[] = []
  let next = at
  while (next < tokens.length) {
    const name = word(next)
    const factor =
      known.get(name) ?? LARGE.get(name) ?? FOREIGN_MULTIPLES.get(name) ?? turkish(tokens, next) ?? plural(name)
    if (factor === undefined || (name.length === 1 && !(isJoined && next === at))) break
    const last = factors.at(-1)
    if (last !== undefined && !(last.length <= 6 && /^10+$/.test(last) && factor.length > last.length)) break
    factors.push(factor)
    next += 1
  }
  return { factors, next }
}

/** "2 millions", as French prints it, and "2 thousands"; not "2 billions", which are others there. */
function plural(name: string): string | undefined {
  return name === 'millions' || name === 'thousands' ? VAGUE.get(name) : undefined
}

/** The Turkish thousand, where what follows is Turkish or nothing. */
function turkish(tokens: readonly Token[], at: number): string | undefined {
  if (tokens[at]?.text !== TURKISH_THOUSAND) return undefined
  const after = tokens[at + 1]?.text ?? ''
  return after === '' || FOREIGN_NOUNS.has(after) || ['lira', 'tl', 'dolar', '.'].includes(after) ? '1000' : undefined
}
