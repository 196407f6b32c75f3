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
  return rowLine(COLUMNS, NUMERIC, row)
}

/** The lines of an export of claims, its header first. */
export async function* claimLines(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  yield headerOf(COLUMNS)
  for await (const row of rows) yield csvLine(row)
}

/** A row's line: its cells in the order of the columns, text made harmless, numbers as they are. */
export function rowLine<Name extends string>(
  columns: readonly Name[],
  numeric: ReadonlySet<string>,
  row: Readonly<Record<Name, string>>,
): string {
  return lineOf(columns.map((column) => (numeric.has(column) ? row[column] : harmless(row[column]))))
}

/** A text that no spreadsheet computes: where it looks like a formula, a ' goes before it. */
export function harmless(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

// RFC 4180, every cell quoted. csv-stringify takes two to three times as long (measured on 200,000 rows) and knows neither of the two rules above.
function lineOf(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`
}
