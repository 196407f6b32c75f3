import type { Position, Terms } from '../../prisma/client/enums.ts'

/** Somebody who gives or takes back a figure, and who carried it, by the ids of parties. */
type Said = {
  position: Position
  speakerId: number | null
  terms?: Terms | null
  relayIds: readonly number[]
  publisherId: number | null
}

/**
 * Whether a figure stands no longer: a party that gave it denies or withdraws it, whoever relayed or printed it withdraws it, or nobody gives
 * it and somebody denies it.
 */
export function isGivenUp(sayings: readonly Said[]): boolean {
  const given = sayings.filter(({ position }) => position === 'asserts')
  const taken = sayings.filter(({ position }) => position !== 'asserts')
  if (given.length === 0) return taken.length > 0
  const carriers = given.flatMap(({ relayIds, publisherId }) => [...relayIds, ...(publisherId ? [publisherId] : [])])
  return taken.some(
    ({ position, speakerId, terms }) =>
      speakerId !== null &&
      (given.some((one) => one.speakerId === speakerId && isUnnamed(one.terms) === isUnnamed(terms)) ||
        (position === 'withdraws' && carriers.includes(speakerId))),
  )
}

function isUnnamed(terms: Terms | null | undefined): boolean {
  return terms === 'not_for_attribution'
}
