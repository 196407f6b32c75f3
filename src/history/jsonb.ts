import { createHash } from 'node:crypto'

/**
 * A value as PostgreSQL writes a jsonb out: keys by their length and then by their bytes, a space after each comma and colon. Takes what JSON can
 * say; throws for numbers that are not whole, which PostgreSQL writes in a way of its own.
 */
export function jsonbText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonbText).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const keys = Object.entries(value).filter(([, inner]) => inner !== undefined)
    return `{${keys
      .map(([key, inner]) => ({ key: Buffer.from(key), text: `${JSON.stringify(key)}: ${jsonbText(inner)}` }))
      .toSorted((a, b) => a.key.length - b.key.length || a.key.compare(b.key))
      .map(({ text }) => text)
      .join(', ')}}`
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError(`${value} is not whole`)
  return JSON.stringify(value)
}

/** Hex SHA-256 of a value as the database holds it, the same as of the column's text. */
export function jsonbDigest(value: unknown): string {
  return createHash('sha256').update(jsonbText(value)).digest('hex')
}
