import { COLUMNS, type Column, type Row } from '../decisions/row.ts'

/** The byte order mark, by which spreadsheets know UTF-8. */
const BOM = '\ufeff'

const NUMERIC: ReadonlySet<Column> = new Set(['revision', 'figure_low', 'figure_high', 'independent_sources'])

// What a spreadsheet would take for a formula, full-width signs included (https://owasp.org/www-community/attacks/CSV_Injection). Quotes and
// white space may come before it in any order: so a text that already begins with a quote stays apart from one that was given it.
const FORMULA = /^[\s']*[=+\-@\t\r\n＝＋－＠]/

/** The first line of a file: its columns. */
export function headerOf(columns: readonly string[]): string {
  return BOM + lineOf(columns)
}

/** A claim's line. */
export function csvLine(row: Row): string {
  return lineOf(COLUMNS.map((column) => (NUMERIC.has(column) ? row[column] : harmless(row[column]))))
}

/** The lines of an export of claims, its header first. */
export async function* claimLines(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  yield headerOf(COLUMNS)
  for await (const row of rows) yield csvLine(row)
}

/** A text that no spreadsheet computes: where it looks like a formula, a ' goes before it. */
export function harmless(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

/** A line as RFC 4180 has it, every cell quoted; text cells are to be made harmless before. */
// csv-stringify takes two to three times as long (measured on 200,000 rows) and knows neither of the two rules above.
export function lineOf(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`
}
