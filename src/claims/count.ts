/** Up to here claims are counted exactly; beyond it a page says "more than". */
export const COUNTED = 10_000

/** A number of claims for people, from a count that stops one beyond `COUNTED`. */
export function claimsInWords(count: number): string {
  if (count > COUNTED) return `more than ${COUNTED.toLocaleString('en')} claims`
  return `${count.toLocaleString('en')} ${count === 1 ? 'claim' : 'claims'}`
}
