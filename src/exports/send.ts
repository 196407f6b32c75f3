import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'

/** How many characters are gathered before they are written. */
const PIECE = 65_536
/** How long one export may take, however slowly it is read, in milliseconds. */
const LONGEST = 15 * 60_000
/** How long one piece may wait to be taken, in milliseconds: a reader slower than some two kilobytes a second is cut off. */
const PATIENCE = 30_000

/**
 * Sends lines as a CSV file, as fast as they are taken and no faster. Nothing is sent before the first lines are there, so that a fault until
 * then gets its page; after that it breaks the connection, and no half a file passes for a whole one. A reader who lets a piece wait for longer
 * than `patience` milliseconds is cut off, as others wait for the place.
 */
export async function sendCsv(
  res: Response,
  name: string,
  lines: AsyncIterable<string>,
  patience = PATIENCE,
): Promise<void> {
  const pieces = piecesOf(lines)
  const first = await pieces.next()
  res.set({
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  })
  const slow = new AbortController()
  try {
    if (res.req.method === 'HEAD') return void res.end()
    const signal = AbortSignal.any([AbortSignal.timeout(LONGEST), slow.signal])
    await pipeline(() => takenInTime(beginningWith(first, pieces), patience, slow), res, { signal })
  } catch (fault) {
    if (!isOfReader(fault)) throw fault
  } finally {
    await pieces.return(undefined)
  }
}

/** The same pieces; aborts when one is not taken in time. */
async function* takenInTime(
  pieces: AsyncIterable<string>,
  patience: number,
  slow: AbortController,
): AsyncGenerator<string> {
  for await (const piece of pieces) {
    const limit = setTimeout(() => slow.abort(), patience)
    try {
      yield piece
    } finally {
      clearTimeout(limit)
    }
  }
}

async function* piecesOf(lines: AsyncIterable<string>): AsyncGenerator<string, undefined> {
  let piece = ''
  for await (const line of lines) {
    piece += line
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  if (piece) yield piece
}

async function* beginningWith(
  first: IteratorResult<string, undefined>,
  rest: AsyncGenerator<string, undefined>,
): AsyncGenerator<string> {
  if (first.done) return
  yield first.value
  yield* rest
}

/** Whoever took the file left before its end, or took too long over it. */
function isOfReader(fault: unknown): boolean {
  const code = fault instanceof Error && 'code' in fault ? fault.code : ''
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR' || code === 'ECONNRESET' || code === 'EPIPE'
}
