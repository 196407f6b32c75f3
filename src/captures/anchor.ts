import { normalised } from '../text.ts'

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
 * Finds a passage in a capture's text: to the letter, else with white space, quotation marks and dashes made alike. Of several places the one
 * at the old start wins, then the one whose context agrees best, then the one nearest to the old start, then the first. Linear in the text.
 */
export function findPassage(text: string, passage: string, near: Near = {}): Anchor | null {
  const sought = normalised(passage).trim()
  if (sought === '') return null
  const exact = placesOf(exactly(text), exactly(sought)).map((at) => ({ from: at, to: at + sought.length }))
  const places = exact.length > 0 ? exact : placesAlike(text, sought)
  const place = bestOf(text, places, near)
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
type Place = { from: number; to: number }

function placesAlike(text: string, sought: string): Place[] {
  const inText = alike(text)
  const needle = alike(sought).letters
  return placesOf(inText.letters, needle).map((at) => ({
    from: inText.units[at] as number,
    to: (inText.units[at + needle.length - 1] as number) + 1,
  }))
}

const SPACE = 0x20
/** What each UTF-16 unit is compared as; 0 for what is there for setting rather than for reading (soft hyphen, zero width, direction). */
const COMPARED = comparedAs({
  "'": '"\'`´‘’‚‛“”„‟‹›«»′″〝〞＂＇',
  '-': '-‐‑‒–—―−－',
  ' ': ' \t\n\v\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
  '\0': '\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff',
})

function comparedAs(groups: Record<string, string>): Uint16Array {
  const table = Uint16Array.from({ length: 0x10000 }, (_, unit) => unit)
  for (const [letter, members] of Object.entries(groups))
    for (let at = 0; at < members.length; at += 1) table[members.charCodeAt(at)] = letter.charCodeAt(0)
  return table
}

/** The text's letters with each run of white space as one space, one kind of quotation mark and of dash; and which unit each was. */
function alike(text: string): { letters: Uint16Array; units: Uint32Array } {
  const letters = new Uint16Array(text.length)
  const units = new Uint32Array(text.length)
  let length = 0
  for (let unit = 0; unit < text.length; unit += 1) {
    const letter = COMPARED[text.charCodeAt(unit)] as number
    if (letter === 0 || (letter === SPACE && letters[length - 1] === SPACE)) continue
    letters[length] = letter
    units[length] = unit
    length += 1
  }
  return { letters: letters.subarray(0, length), units }
}

/** The text's UTF-16 units as they are. */
function exactly(text: string): Uint16Array {
  const letters = new Uint16Array(text.length)
  for (let unit = 0; unit < text.length; unit += 1) letters[unit] = text.charCodeAt(unit)
  return letters
}

/** Every place where the needle stands, overlapping ones too. Knuth, Morris and Pratt: linear whatever the text repeats. */
function placesOf(haystack: Uint16Array, needle: Uint16Array): number[] {
  if (needle.length === 0) return []
  const fallback = new Uint32Array(needle.length)
  for (let at = 1, kept = 0; at < needle.length; at += 1) {
    while (kept > 0 && needle[at] !== needle[kept]) kept = fallback[kept - 1] as number
    if (needle[at] === needle[kept]) kept += 1
    fallback[at] = kept
  }
  const places: number[] = []
  for (let at = 0, matched = 0; at < haystack.length; at += 1) {
    while (matched > 0 && haystack[at] !== needle[matched]) matched = fallback[matched - 1] as number
    if (haystack[at] === needle[matched]) matched += 1
    if (matched < needle.length) continue
    places.push(at - needle.length + 1)
    matched = fallback[matched - 1] as number
  }
  return places
}

function bestOf(text: string, places: Place[], near: Near): Place | undefined {
  const oldStart = typeof near.start === 'number' ? unitAt(text, near.start) : null
  const stayed = places.find(({ from }) => from === oldStart)
  if (stayed || places.length < 2) return stayed ?? places[0]
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
