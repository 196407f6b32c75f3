import { annotated } from './anchor.ts'

/** A passage in the text: start included, end excluded, in code points; its number stands at its end. */
export type Mark = { start: number; end: number; number: number; tone: string }

/** A stretch of a paragraph: unmarked when tone is null; `ends` are the marks whose number stands after it. */
export type Piece<M> = { text: string; tone: string | null; ends: M[] }

/** A paragraph, where it begins in the text in code points, and the marks whose number stands in it. */
export type Row<M> = { from: number; pieces: Piece<M>[]; notes: M[] }

/** The text as paragraphs, each with its marked stretches and the marks that end in it, in the order of the text. */
export function annotatedCopy<M extends Mark>(text: string, marks: readonly M[]): Row<M>[] {
  const segments = annotated(text, marks)
  let unit = 0
  let index = 0
  const paragraphs = paragraphsOf(text)
  const starts = codePointsAt(
    text,
    paragraphs.map(({ from }) => from),
  )
  const rows: Row<M>[] = paragraphs.map(({ from }) => ({ from: starts.get(from) ?? 0, pieces: [], notes: [] }))
  for (const segment of segments) {
    const segmentEnd = unit + segment.text.length
    let last: { row: Row<M>; piece: Piece<M> } | undefined
    while (index < paragraphs.length) {
      const { from, to } = paragraphs[index] as Stretch
      const [start, end] = [Math.max(from, unit), Math.min(to, segmentEnd)]
      if (start < end) {
        const piece: Piece<M> = { text: text.slice(start, end), tone: toneOf(segment.marks), ends: [] }
        const row = rows[index] as Row<M>
        row.pieces.push(piece)
        last = { row, piece }
      }
      if (to > segmentEnd) break
      index += 1
    }
    unit = segmentEnd
    noteEnds(last ?? lastOf(rows, index), segment.ends)
  }
  return rows
}

function noteEnds<M extends Mark>(place: { row: Row<M>; piece: Piece<M> } | undefined, ends: M[]): void {
  if (!place) return
  const ordered = ends.toSorted((a, b) => a.number - b.number)
  place.piece.ends.push(...ordered)
  place.row.notes.push(...ordered)
}

function lastOf<M>(rows: Row<M>[], before: number): { row: Row<M>; piece: Piece<M> } | undefined {
  for (let index = Math.min(before, rows.length - 1); index >= 0; index -= 1) {
    const row = rows[index] as Row<M>
    const piece = row.pieces.at(-1)
    if (piece) return { row, piece }
  }
  return undefined
}

/** Of marks that overlap the shortest is on top, so that a passage inside another shows. */
function toneOf(marks: readonly Mark[]): string | null {
  const [top] = marks.toSorted((a, b) => a.end - a.start - (b.end - b.start))
  return top?.tone ?? null
}

/** A stretch of a text in UTF-16 units. */
export type Stretch = { from: number; to: number }

/** A line longer than this was not wrapped by hand, so its end is a paragraph's. */
const LONG_LINE = 100

/** The paragraphs of a text: runs of lines that are not blank, ended also by a line too long to have been wrapped by hand. */
export function paragraphsOf(text: string): Stretch[] {
  const paragraphs: Stretch[] = []
  let open: Stretch | null = null
  for (let from = 0; from <= text.length; ) {
    const lineEnd = text.indexOf('\n', from)
    const to = lineEnd < 0 ? text.length : lineEnd
    const isBlank = text.slice(from, to).trim() === ''
    if (isBlank) open = null
    else if (open) open.to = to
    else {
      open = { from, to }
      paragraphs.push(open)
    }
    if (to - from > LONG_LINE) open = null
    from = to + 1
  }
  return paragraphs
}

/** How many code points stand before each of the units, in one way through the text. */
function codePointsAt(text: string, units: readonly number[]): Map<number, number> {
  const found = new Map<number, number>()
  let [unit, codePoint] = [0, 0]
  for (const sought of units.toSorted((a, b) => a - b)) {
    for (; unit < sought; codePoint += 1) unit += (text.codePointAt(unit) as number) > 0xffff ? 2 : 1
    found.set(sought, codePoint)
  }
  return found
}
