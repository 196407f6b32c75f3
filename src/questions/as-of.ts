/**
 * Which of two printed dates is the later one, compared at the coarser precision of the two: `2022-01` and `2022-01-07` are the same month, so
 * neither is later. Null when neither is, or when one is missing.
 */
export function laterOf(first: string | null, second: string | null): 'first' | 'second' | null {
  if (first === null || second === null || isSamePeriod(first, second)) return null
  return first > second ? 'first' : 'second'
}

/** Whether two printed dates can be the same time: one begins with the other. */
function isSamePeriod(first: string, second: string): boolean {
  return first.startsWith(second) || second.startsWith(first)
}

/** Why an as-of date cannot be one, as a sentence: nobody counts what is still to come. `today` is the day in the story's time zone. */
export function asOfRefusal(asOf: string, today: string): string | null {
  return laterOf(asOf, today) === 'first' ? 'The as-of date is still to come.' : null
}

/** Whether a printed date says the day. */
export function hasDay(date: string): boolean {
  return date.length >= '2022-01-07'.length
}

/** Which of these figures no other is later than. Those without an as-of date are among them only where none has one. */
export function isNewest(figures: readonly { asOf: string | null }[]): (figure: { asOf: string | null }) => boolean {
  const last = figures.reduce<string | null>(
    (one, { asOf }) => (asOf !== null && (one === null || asOf > one) ? asOf : one),
    null,
  )
  return ({ asOf }) => (asOf === null ? last === null : last !== null && isSamePeriod(asOf, last))
}

/** Where in sorted printed dates those begin that are later than this one, at the coarser precision. */
export function afterPeriod(sorted: readonly string[], date: string): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    const other = sorted[middle] ?? ''
    if (other > date && !other.startsWith(date)) to = middle
    else from = middle + 1
  }
  return from
}
