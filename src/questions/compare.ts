import { printedDateInWords } from '../printed-date.ts'
import { hasDay, laterOf } from './as-of.ts'
import { compareCeilings, compareFloors, type Interval, intervalInWords, isBelow, meet } from './figure.ts'

/** A figure as far as it is compared: its interval (null when its words give no number), its as-of date, the parties that give it. */
export type Compared = {
  interval: Interval | null
  asOf: string | null
  speakerIds: readonly number[]
  isWithdrawn: boolean
}

export type FigureRelation = 'compatible' | 'update' | 'revision_downwards' | 'conflict' | 'cannot_tell'

/** What one figure is to another. `later` names the one of a later time, where that is known; `reason` is a sentence. */
export type Comparison = { relation: FigureRelation; later: 'first' | 'second' | null; reason: string }

/** What the comparison asks of the question: whether a later count includes the earlier ones. */
export type Counting = { isCumulative: boolean }

/**
 * What two figures on one question are to each other, by Stet's rule. The first row that fits answers. As-of dates are compared at the coarser
 * precision of the two: `2022-01` and `2022-01-07` are the same month, and neither is later.
 *
 * | as of | cumulative | intervals | answer |
 * |---|---|---|---|
 * | any, one is withdrawn | any | any | cannot tell: what is withdrawn stands against nothing |
 * | any | any | one gives no number | cannot tell |
 * | one is missing | any | meet | compatible |
 * | one is missing | any | apart | cannot tell: they may be of different times |
 * | one is later | yes | apart, the later one above | update |
 * | one is later | yes | apart, the later one below | revision downwards |
 * | one is later | yes | meet, the later one begins higher | update |
 * | one is later | yes | meet otherwise | compatible |
 * | one is later | no | any | compatible: of different times, so both can hold |
 * | the same | any | meet | compatible |
 * | the same month or year | any | apart | cannot tell: the order within it is not known |
 * | the same day or minute | yes | apart, one speaker gives both | cannot tell: that speaker may have counted on |
 * | the same day or minute | any | apart | conflict |
 *
 * Exchanging the two figures exchanges `later` and changes nothing else. Nothing but the two figures and the question enters, so a third figure
 * never changes the answer.
 */
export function compareFigures(first: Compared, second: Compared, { isCumulative }: Counting): Comparison {
  const later = laterOf(first.asOf, second.asOf)
  const answer = (relation: FigureRelation, reason: string): Comparison => ({ relation, later, reason })
  if (first.isWithdrawn || second.isWithdrawn)
    return answer('cannot_tell', 'A figure that its speaker denies or withdraws stands against nothing.')
  if (!first.interval || !second.interval) return answer('cannot_tell', 'The words of a figure give no number.')

  const [one, other] = [first.interval, second.interval]
  const isApart = !meet(one, other)
  if (first.asOf === null || second.asOf === null)
    return isApart
      ? answer(
          'cannot_tell',
          `${both(one, other)} are apart, and without both as-of dates they may be of different times.`,
        )
      : answer('compatible', `${both(one, other)} can both hold.`)
  if (later && !isCumulative) return answer('compatible', OF_DIFFERENT_TIMES)
  if (later) return answer(...(later === 'first' ? counted(other, one) : counted(one, other)))
  if (!isApart) return answer('compatible', `${both(one, other)} can both hold.`)

  const period = first.asOf.length < second.asOf.length ? first.asOf : second.asOf
  if (!hasDay(period))
    return answer(
      'cannot_tell',
      `${both(one, other)} are apart, but both are as of ${printedDateInWords(period)}, which does not say which came first.`,
    )
  if (isCumulative && first.speakerIds.some((id) => second.speakerIds.includes(id)))
    return answer(
      'cannot_tell',
      `The same speaker gives both as of ${printedDateInWords(period)}: it may have counted on in between.`,
    )
  return answer('conflict', `${both(one, other)} cannot both hold as of ${printedDateInWords(period)}.`)
}

const OF_DIFFERENT_TIMES = 'They are of different times, and what is counted can rise and fall: both can hold.'

/** The earlier interval first, of a count in which the later figure includes the earlier one. */
function counted(earlier: Interval, later: Interval): [FigureRelation, string] {
  const [before, now] = [intervalInWords(earlier), intervalInWords(later)]
  if (isBelow(later, earlier))
    return [
      'revision_downwards',
      `The later figure, ${now}, is below the earlier one, ${before}: a revision downwards.`,
    ]
  if (compareFloors(later, earlier) > 0)
    return ['update', `The later figure, ${now}, updates the earlier one, ${before}.`]
  return ['compatible', `${now}, the later figure, leaves the earlier one possible: ${before}.`]
}

/** Both intervals in words, the lower one first, whichever was named first. */
function both(one: Interval, other: Interval): string {
  const [less, more] = (compareFloors(one, other) || compareCeilings(one, other)) <= 0 ? [one, other] : [other, one]
  const [from, to] = [intervalInWords(less), intervalInWords(more)]
  return from === to ? `${from} twice` : `${from} and ${to}`
}
