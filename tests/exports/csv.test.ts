import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COLUMNS, type Row } from '../../src/decisions/row.ts'
import { csvLine, harmless, headerOf } from '../../src/exports/csv.ts'
import { growthOf, SQUARE } from '../support/growth.ts'

const NUMERIC = ['revision', 'figure_low', 'figure_high', 'independent_sources']

function rowWith(cells: Partial<Row>): Row {
  return { ...(Object.fromEntries(COLUMNS.map((column) => [column, ''])) as Row), ...cells }
}

/** What an import does: one ' is taken off where it was put on. */
function taken(text: string): string {
  const rest = text.slice(1)
  return text.startsWith("'") && harmless(rest) !== rest ? rest : text
}

describe('The CSV', () => {
  it('begins with a byte order mark and the columns in their order, every cell quoted, lines ended by CRLF', () => {
    expect(headerOf(COLUMNS).startsWith('\ufeff"claim","revision","stage","statement",')).toBe(true)
    expect(headerOf(COLUMNS).endsWith('"change_note","published_at","permalink"\r\n')).toBe(true)
    expect(csvLine(rowWith({ claim: 'KZ-1', statement: 'He said "no",\nthen left' }))).toMatch(
      /^"KZ-1","","","He said ""no"",\nthen left","".*""\r\n$/,
    )
  })

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '\tplain',
    ' =1',
    '\u00a0=1',
    '\ufeff=1',
    "'=1",
    "''=1",
    "' =1",
    " '=1",
    '＝1',
    '＋1',
    '－1',
    '＠SUM(A1)',
    '=HYPERLINK("http://example.org")',
    '-',
  ])('puts a quotation mark before %j, which a spreadsheet might compute', (text) => {
    expect(harmless(text)).toBe(`'${text}`)
  })

  it.each(['', ' ', "'", "it's", "'tis", 'a=b', '26', '“=', '– a dash', 'a\n=b', 'http://example.org/?a=-1'])(
    'leaves %j as it is',
    (text) => {
      expect(harmless(text)).toBe(text)
    },
  )

  it('never touches a number, below nought or not', () => {
    const [cells] = parse(csvLine(rowWith({ figure_low: '-5', figure_high: '26', place: '-5' })))
    const cell = (column: (typeof COLUMNS)[number]) => cells?.[COLUMNS.indexOf(column)]
    expect([cell('figure_low'), cell('figure_high'), cell('place')]).toEqual(['-5', '26', "'-5"])
  })

  it('comes back as it went out, whatever the texts hold, once the one quotation mark is taken off', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom('"', ',', '\r', '\n', "'", '=', ' ', '\t', '＝', '-', '\ufeff', 'a', '|', ';'),
      }),
    )
    const row = fc.record(Object.fromEntries(COLUMNS.map((column) => [column, nasty])) as Record<string, typeof nasty>)
    fc.assert(
      fc.property(fc.array(row, { maxLength: 4 }), (rows) => {
        const file = headerOf(COLUMNS) + rows.map((one) => csvLine(one as Row)).join('')
        const [header, ...lines]: string[][] = parse(file, { bom: true })
        expect(header).toEqual([...COLUMNS])
        const back = lines.map((cells) =>
          Object.fromEntries(
            COLUMNS.map((column, index) => {
              const cell = cells[index] ?? ''
              return [column, NUMERIC.includes(column) ? cell : taken(cell)]
            }),
          ),
        )
        expect(back).toEqual(rows)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['quotation marks', (size: number) => " '".repeat(size)],
    ['tabs', (size: number) => '\t'.repeat(size)],
    ['spaces before a letter', (size: number) => `${' '.repeat(size)}a`],
  ])('takes time that grows with the text alone: %s', (_, textOf) => {
    expect(growthOf((size) => harmless(textOf(size)), 250_000)).toBeLessThan(SQUARE)
  })
})
