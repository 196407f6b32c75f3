/** How many results are kept, how large one is at most (UTF-16 units of its JSON), and for how long (milliseconds). */
export const KEPT = { entries: 500, largest: 200_000, longest: 3_600_000 }

type Kept = { value: unknown; until: number }

const results = new Map<string, Kept>()

/** The result kept under a key; undefined when there is none. It has the shape that was kept under that key. */
export function keptResult(key: string, now = Date.now()): unknown {
  const known = results.get(key)
  return known && known.until > now ? known.value : undefined
}

/** Keeps a result, unless it is large. The oldest go when there are too many. */
export function keepResult(key: string, value: unknown, now = Date.now()): void {
  if (JSON.stringify(value).length > KEPT.largest) return
  results.delete(key)
  results.set(key, { value, until: now + KEPT.longest })
  for (const oldest of results.keys()) {
    if (results.size <= KEPT.entries) break
    results.delete(oldest)
  }
}

/** Throws away every result: after a redaction none may hold its words. */
export function forgetResults(): void {
  results.clear()
}
