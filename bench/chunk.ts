export type Row = Record<string, unknown>

/** Rows by table. */
export type Chunk = Map<string, Row[]>

const NEWEST = Date.UTC(2026, 10, 24, 12)

/** Adds a row to its table. */
export function add(chunk: Chunk, table: string, row: Row): void {
  const rows = chunk.get(table)
  if (rows) rows.push(row)
  else chunk.set(table, [row])
}

/** An instant so many minutes from the newest one of the record. */
export function instant(minutes: number): string {
  return new Date(NEWEST + minutes * 60_000).toISOString()
}
