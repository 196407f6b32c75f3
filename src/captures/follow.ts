import { type FoldedText, foldText, inCodePoints, occurrencesIn, type Span } from '../text-matching.ts'

/** A passage by its place in a capture: start included, end excluded, in code points. */
export type PlaceHeld = { start: number; end: number }

/** How many letters on each side of a place tell it from others. */
const CONTEXT = 64
/** How many of them have to agree where the words alone say little. */
const LEAST_AGREED = 4
/** So many letters are hardly printed twice by chance; they are found again wherever they were moved to. */
const TELLING = 16
/** Beyond so many pairs of places only those that agree best with each other are taken for the same. */
const MOST_PAIRS = 250_000

/**
 * Where the places of one text are in a later text of the same source; null where a place is gone or its words were changed. The same words in
 * another place are another place: which one is which is told by the words around them and by their order.
 */
export function followPlaces(before: string, after: string, held: readonly PlaceHeld[]): (Span | null)[] {
  const [olds, news] = [foldText(before), foldText(after)]
  const letters = Array.from(before)
  const units = unitsOf(letters)
  const known = new Map<string, { olds: Spot[]; news: Spot[]; pairs: Map<number, number> }>()
  const found = held.map(({ start, end }) => {
    const words = letters.slice(start, end).join('')
    const all = known.get(words) ?? matched(olds, news, words)
    known.set(words, all)
    const [from, to] = [units[start] ?? 0, units[end] ?? before.length]
    const index = all.olds.findIndex((spot) => spot.start <= from && to <= spot.end)
    return all.news[all.pairs.get(index) ?? -1] ?? null
  })
  const places = inCodePoints(
    after,
    found.filter((spot) => spot !== null),
  )
  return found.map((spot) => (spot ? (places.shift() ?? null) : null))
}

function unitsOf(letters: readonly string[]): Uint32Array {
  const units = new Uint32Array(letters.length + 1)
  for (let at = 0; at < letters.length; at += 1) units[at + 1] = (units[at] as number) + (letters[at] as string).length
  return units
}

/** A place with the letters around it. */
type Spot = Span & { left: string[]; right: string[] }

function matched(before: FoldedText, after: FoldedText, words: string) {
  const needle = foldText(words)
  const [olds, news] = [spotsIn(before, needle), spotsIn(after, needle)]
  return { olds, news, pairs: pairsOf(olds, news, needle.length) }
}

function spotsIn(text: FoldedText, needle: FoldedText): Spot[] {
  const { spans } = occurrencesIn(text, needle)
  let at = 0
  return spans.map((span) => {
    while (at < text.length && (text.from[at] as number) < span.start) at += 1
    let next = at
    while (next < text.length && (text.to[next] as number) <= span.end) next += 1
    return { ...span, ...contextOf(text, at, next) }
  })
}

/** The letters before (nearest first) and after a place; an end of the text counts as several, being a strong sign. */
function contextOf({ letters, length }: FoldedText, from: number, to: number): Pick<Spot, 'left' | 'right'> {
  const end = Array.from({ length: LEAST_AGREED }, () => 'end')
  const left = Array.from(letters.subarray(Math.max(0, from - CONTEXT), from), String).toReversed()
  const right = Array.from(letters.subarray(to, to + CONTEXT), String)
  return {
    left: from < CONTEXT ? [...left, ...end] : left,
    right: to + CONTEXT > length ? [...right, ...end] : right,
  }
}

/** How many letters next to two places agree, counted outwards from them. */
function agreement(one: Spot, other: Spot): number {
  const run = (a: string[], b: string[]) => {
    let count = 0
    while (count < a.length && count < b.length && a[count] === b[count]) count += 1
    return count
  }
  return run(one.left, other.left) + run(one.right, other.right)
}

/** Which new place each old one is, by their indexes. */
function pairsOf(olds: readonly Spot[], news: readonly Spot[], length: number): Map<number, number> {
  if (olds.length === 0 || news.length === 0) return new Map()
  if (olds.length * news.length > MOST_PAIRS) return pairsByOrder(olds, news)
  const agreed = olds.map((old) => news.map((one) => agreement(old, one)))
  const only = agreed[0]
  if (olds.length === 1 && only) {
    const best = indexOfMost(only)
    return (only[best] ?? 0) >= LEAST_AGREED || length >= TELLING ? new Map([[0, best]]) : new Map()
  }
  return pairsInOrder(agreed, news.length)
}

function indexOfMost(counts: readonly number[]): number {
  return counts.reduce((best, count, index) => (count > (counts[best] ?? 0) ? index : best), 0)
}

/** Pairs that agree most in all while keeping their order, as the longest common subsequence does; those that hardly agree are none. */
function pairsInOrder(agreed: readonly number[][], newCount: number): Map<number, number> {
  const best = Array.from({ length: agreed.length + 1 }, () => new Float64Array(newCount + 1))
  const at = (old: number, one: number) => best[old]?.[one] ?? 0
  const worth = (old: number, one: number) => {
    const count = agreed[old]?.[one] ?? 0
    return count >= LEAST_AGREED ? count : Number.NEGATIVE_INFINITY
  }
  for (let old = agreed.length - 1; old >= 0; old -= 1)
    for (let one = newCount - 1; one >= 0; one -= 1) {
      const row = best[old] as Float64Array
      row[one] = Math.max(at(old + 1, one), at(old, one + 1), worth(old, one) + at(old + 1, one + 1))
    }
  const pairs = new Map<number, number>()
  for (let old = 0, one = 0; old < agreed.length && one < newCount; ) {
    if (at(old, one) === worth(old, one) + at(old + 1, one + 1)) {
      pairs.set(old, one)
      old += 1
      one += 1
    } else if (at(old, one) === at(old + 1, one)) old += 1
    else one += 1
  }
  return pairs
}

/** Of very many places those are the same that agree in all the letters around them, in their order. */
function pairsByOrder(olds: readonly Spot[], news: readonly Spot[]): Map<number, number> {
  const keyOf = ({ left, right }: Spot) => `${left.slice(0, 16).join(' ')}|${right.slice(0, 16).join(' ')}`
  const waiting = new Map<string, number[]>()
  for (const [index, one] of [...news.entries()].toReversed()) {
    const known = waiting.get(keyOf(one))
    if (known) known.push(index)
    else waiting.set(keyOf(one), [index])
  }
  const pairs = new Map<number, number>()
  for (const [index, old] of olds.entries()) {
    const next = waiting.get(keyOf(old))?.pop()
    if (next !== undefined) pairs.set(index, next)
  }
  return pairs
}
