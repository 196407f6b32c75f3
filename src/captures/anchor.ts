import { normalised } from '../text.ts'
import { type FoldedText, foldText, occurrencesIn } from '../text-matching.ts'

/** Where a passage stands in a text: start included, end excluded, in code points; prefix and suffix are up to 32 code points of context. */
export type Anchor = {
  start: number
  end: number
  /** The passage as the text has it. */
  exact: string
  prefix: string
  suffix: string
  /** How often the passage stands in the text. */
  occurrences: number
}

/** What is known of the place: the words around it, and its old start in code points. */
export type Near = { prefix?: string | null; suffix?: string | null; start?: number | null }

const CONTEXT = 32

/**
 * Finds a passage in a capture's text by what is alike in texts, and keeps the text's own words. Of several places the one at the old start wins,
 * then the one whose context agrees best, then the one nearest to the old start, then the first. Linear in the text.
 */
export function findPassage(text: string, passage: string, near: Near = {}): Anchor | null {
  return anchorAmong(text, placesIn(text, passage), passage, near)
}

/** The places of a passage in a text, in UTF-16 units; the text may be given folded. */
export function placesIn(text: string, passage: string, folded: FoldedText = foldText(text)): Place[] {
  return occurrencesIn(folded, foldText(normalised(passage))).spans.map(({ start, end }) => ({ from: start, to: end }))
}

/** The place of a passage among those given: the chosen one, as it is kept. Null when there are none. */
export function anchorAmong(text: string, places: Place[], passage: string, near: Near = {}): Anchor | null {
  const place = places.length > 0 ? (placeAt(text, places, passage, near) ?? bestOf(text, places, near)) : null
  if (!place) return null
  const start = codePointsIn(text, 0, place.from)
  return {
    start,
    end: start + codePointsIn(text, place.from, place.to),
    exact: text.slice(place.from, place.to),
    prefix: lastOf(text, place.from, CONTEXT),
    suffix: firstOf(text, place.to, CONTEXT),
    occurrences: places.length,
  }
}

/** A stretch of a text in UTF-16 units, as JavaScript counts. */
export type Place = { from: number; to: number }

/** The place at the very start that is known: of those found, or the passage to the letter. Undefined when it does not stand there. */
export function placeAt(text: string, places: readonly Place[], passage: string, near: Near): Place | undefined {
  if (typeof near.start !== 'number') return undefined
  const from = unitAt(text, near.start)
  const sought = normalised(passage).trim()
  if (text.startsWith(sought, from)) return { from, to: from + sought.length }
  return places.find((place) => place.from === from) ?? places.find((place) => place.from < from && from < place.to)
}

function bestOf(text: string, places: Place[], near: Near): Place | undefined {
  if (places.length < 2) return places[0]
  const oldStart = typeof near.start === 'number' ? unitAt(text, near.start) : null
  let best: { place: Place; agreement: number; distance: number } | undefined
  for (const place of places) {
    const agreement = agreementOf(text, place, near)
    const distance = oldStart === null ? 0 : Math.abs(place.from - oldStart)
    if (!best || agreement > best.agreement || (agreement === best.agreement && distance < best.distance))
      best = { place, agreement, distance }
  }
  return best?.place
}

/** How many letters next to the place agree with the context that is known. */
function agreementOf(text: string, { from, to }: Place, { prefix, suffix }: Near): number {
  let agreement = 0
  const before = prefix ?? ''
  const after = suffix ?? ''
  for (let step = 1; step <= before.length && text[from - step] === before[before.length - step]; step += 1)
    agreement += 1
  for (let step = 0; step < after.length && text[to + step] === after[step]; step += 1) agreement += 1
  return agreement
}

/** A passage with what stands around it, up to `around` code points on each side, cut between words and marked by an ellipsis where it is cut. */
export function inContext(
  text: string,
  start: number,
  end: number,
  around = 200,
): { before: string; exact: string; after: string } {
  const from = unitAt(text, start)
  const to = unitAt(text, end, { codePoint: start, unit: from })
  return { before: beforeOf(text, from, around), exact: text.slice(from, to), after: afterOf(text, to, around) }
}

function beforeOf(text: string, from: number, around: number): string {
  const before = lastOf(text, from, around)
  if (before.length === from) return before
  const cutsWord = !/^\s/.test(before) && !/\s/.test(text[from - before.length - 1] ?? ' ')
  return `… ${(cutsWord ? before.replace(/^\S+(?=\s)/, '') : before).trimStart()}`
}

function afterOf(text: string, to: number, around: number): string {
  const after = firstOf(text, to, around)
  if (to + after.length === text.length) return after
  const lastSpace = /\s/.test(text[to + after.length] ?? ' ') ? after.length : lastSpaceOf(after)
  return `${(lastSpace > 0 ? after.slice(0, lastSpace) : after).trimEnd()} …`
}

function lastSpaceOf(text: string): number {
  for (let at = text.length - 1; at > 0; at -= 1) if (/\s/.test(text[at] as string)) return at
  return -1
}

function lastOf(text: string, to: number, count: number): string {
  return Array.from(text.slice(Math.max(0, to - 2 * count), to))
    .slice(-count)
    .join('')
}

function firstOf(text: string, from: number, count: number): string {
  return Array.from(text.slice(from, from + 2 * count))
    .slice(0, count)
    .join('')
}

/** The UTF-16 unit at which a code point stands, counted onwards from a place that is known; the text's end when there are fewer. */
function unitAt(text: string, codePoint: number, known = { codePoint: 0, unit: 0 }): number {
  let unit = known.unit
  for (let seen = known.codePoint; seen < codePoint && unit < text.length; seen += 1)
    unit += (text.codePointAt(unit) as number) > 0xffff ? 2 : 1
  return unit
}

function codePointsIn(text: string, from: number, to: number): number {
  let count = 0
  for (let unit = from; unit < to; count += 1) unit += (text.codePointAt(unit) as number) > 0xffff ? 2 : 1
  return count
}

/** A stretch of the text under the same marks; `ends` are the marks whose last stretch it is. */
export type Segment<M> = { text: string; marks: M[]; ends: M[] }

/**
 * The text cut where marks begin and end, so that overlapping marks share the stretches they have in common. Start included, end excluded,
 * in code points; a mark outside the text or without extent marks nothing.
 */
export function annotated<M extends { start: number; end: number }>(text: string, marks: readonly M[]): Segment<M>[] {
  const drawn = marks.filter(({ start, end }) => start < end && start >= 0)
  const cuts = [...new Set(drawn.flatMap(({ start, end }) => [start, end]))].toSorted((a, b) => a - b)
  const opening = new Map<number, M[]>()
  for (const mark of drawn) opening.set(mark.start, [...(opening.get(mark.start) ?? []), mark])
  const segments: Segment<M>[] = []
  let known = { codePoint: 0, unit: 0 }
  let open: M[] = []
  const upTo = (codePoint: number) => {
    const unit = unitAt(text, codePoint, known)
    if (unit > known.unit)
      segments.push({
        text: text.slice(known.unit, unit),
        marks: open,
        ends: open.filter(({ end }) => end === codePoint || (unit === text.length && end > codePoint)),
      })
    known = { codePoint, unit }
    open = [...open.filter(({ end }) => end > codePoint), ...(opening.get(codePoint) ?? [])]
  }
  for (const cut of cuts) upTo(cut)
  upTo(Number.POSITIVE_INFINITY)
  return segments
}
