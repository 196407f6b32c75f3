/** A stream of numbers that is the same for the same seed (mulberry32). */
export type Random = {
  /** From 0 up to but not including 1. */
  next(): number
  /** A whole number from 0 up to but not including `below`. */
  below(below: number): number
  /** One of these, each as likely. */
  pick<T>(items: readonly T[]): T
  /** One of these, the first far likelier than the last, as words are. */
  skewed<T>(items: readonly T[]): T
}

/** A seeded stream of numbers. */
export function randomFrom(seed: number): Random {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  const at = <T>(items: readonly T[], index: number): T => {
    const item = items[index]
    if (item === undefined) throw new Error('Nothing to pick from')
    return item
  }
  return {
    next,
    below,
    pick: (items) => at(items, below(items.length)),
    skewed: (items) => at(items, Math.floor(items.length * next() ** 2.5)),
  }
}
