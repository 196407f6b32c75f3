/** A place in a list that is read by keyset: the sort key's value and the id of the row before. */
export type Cursor = { key: string; id: number }

/** The cursor as it stands in an address. */
export function cursorText({ key, id }: Cursor): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url')
}

/** The cursor that an address carries; null when it is none of ours. */
export function maybeCursor(text: string): Cursor | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (!Array.isArray(value) || value.length !== 2) return null
    const [key, id]: unknown[] = value
    return typeof key === 'string' &&
      key.length <= 200 &&
      !key.includes('\0') &&
      Number.isInteger(id) &&
      Math.abs(Number(id)) < 2 ** 31
      ? { key, id: Number(id) }
      : null
  } catch {
    return null
  }
}

/** Whether a cursor's key is an instant as `toISOString` writes it and the database takes it: in the calendar, and not before the year 1. */
export function isInstant(key: string): boolean {
  const at = /^(?!0000)\d{4}-/.test(key) ? new Date(key) : null
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString() === key
}

/** The id that a part of an address names; null when it cannot be one. */
export function maybeId(text: unknown): number | null {
  return typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}
