type Kept = { until: number; value: Promise<unknown> }

const MOST = 1_000
const memories = new WeakMap<object, Map<string, Kept>>()

/**
 * What `read` answers, or answered at most `ms` milliseconds ago: for what many pages show and hardly ever changes. A change made by this
 * process is seen at once, one by another process after `ms` at most. What fails is not kept.
 */
export function remembered<T>(db: object, key: string, ms: number, read: () => Promise<T>): Promise<T> {
  const memory = memories.get(db) ?? new Map<string, Kept>()
  memories.set(db, memory)
  const kept = memory.get(key)
  // The same key is always read the same way.
  if (kept && kept.until > Date.now()) return kept.value as Promise<T>
  if (memory.size >= MOST) memory.clear()
  const value = read()
  memory.set(key, { until: Date.now() + ms, value })
  value.catch(() => {
    if (memory.get(key)?.value === value) memory.delete(key)
  })
  return value
}

/** Lets everything be read anew: after each change that this process makes. */
export function forget(db: object): void {
  // A new map, so that an answer that is still on its way is not kept.
  memories.delete(db)
}
