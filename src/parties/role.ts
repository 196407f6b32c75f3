/** A role that somebody held; from and to are printed dates at their own precision, null where not known. */
export type Role = { role: string; fromDate: string | null; toDate: string | null }

/**
 * The role somebody held at a printed date, the one begun last where there were several; '' when none is known. Dates are compared at the
 * precision they share. Without a date it is the role still held.
 */
export function roleAt(roles: readonly Role[], printedDate: string | null): string {
  const held = roles.filter((role) => (printedDate === null ? role.toDate === null : covers(role, printedDate)))
  const [last] = held.toSorted((a, b) => (b.fromDate ?? '').localeCompare(a.fromDate ?? '', 'en'))
  return last?.role ?? ''
}

function covers({ fromDate, toDate }: Role, date: string): boolean {
  return (fromDate === null || ordered(fromDate, date)) && (toDate === null || ordered(date, toDate))
}

function ordered(earlier: string, later: string): boolean {
  const shared = Math.min(earlier.length, later.length)
  return earlier.slice(0, shared) <= later.slice(0, shared)
}
