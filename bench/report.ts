import type { Line } from './cases.ts'

/** Whether a line meets what is needed; null where nothing is. */
export function isMet({ ratio, ours, needed }: Line): boolean | null {
  return needed === null ? null : (ratio ?? ours.median) <= needed
}

/** The lines as a table in Markdown. */
export function tableOf(lines: readonly Line[]): string {
  const head = ['case', 'conns', 'against', 'floor p50', 'floor p95', 'Stet p50', 'Stet p95', 'ratio', 'needed', '']
  const rows = lines.map((line) => [
    line.case,
    line.connections === null ? '' : String(line.connections),
    line.against,
    line.floor ? shown(line.floor.median, line.unit) : '',
    line.floor ? shown(line.floor.p95, line.unit) : '',
    shown(line.ours.median, line.unit),
    line.floor ? shown(line.ours.p95, line.unit) : '',
    line.ratio === null ? '' : line.ratio.toFixed(2),
    line.needed === null ? '' : line.ratio === null ? `${line.needed} ${line.unit}` : String(line.needed),
    { true: 'met', false: 'MISSED', null: '' }[String(isMet(line))] ?? '',
  ])
  const widths = head.map((word, at) => Math.max(word.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

function shown(value: number, unit: Line['unit']): string {
  return `${value < 100 && unit !== 'MB' ? value.toFixed(1) : value.toFixed(0)} ${unit}`
}
