import type { Verdict } from '../../prisma/client/enums.ts'
import { printedDateInWords } from '../printed-date.ts'
import { afterPeriod, isNewest } from './as-of.ts'
import { type Compared, type Counting, compareFigures } from './compare.ts'
import { compareCeilings, compareFloors, type Interval, isBelow } from './figure.ts'
import { amountInWords, capitalised, listed, standVerb } from './phrases.ts'

/** A figure as far as it may stand: what it says, of which claim, and what was decided of it. */
export type Standing = Compared & { ref: string; verdict: Verdict | null; isSuperseded: boolean }

/** What the range asks of the question. `unit` as the question names it: "people", "%", "EUR". */
export type Asked = Counting & { unit: string }

/**
 * What verified figures leave possible: `none` when nothing verified gives a number, `contradiction` when two of them cannot both stand. `from`
 * names the claims it rests on; `sentence` says it with its reasons.
 */
export type StandingRange =
  | { kind: 'range'; interval: Interval; from: string[]; sentence: string }
  | { kind: 'none' | 'contradiction'; interval: null; from: string[]; sentence: string }

type Numbered = Standing & { interval: Interval }

/**
 * The range that verified claims leave standing, by Stet's rule. Claims verified only in part, superseded, denied or withdrawn by their speaker do
 * not count. The figures that none is later than govern, and the range is what they have in common; figures without an as-of date govern only
 * where none has one. In a cumulative count an earlier lower bound still holds, unless a later figure lies wholly below it (a revision
 * downwards); and of two figures of the same month or year that are apart, the higher one is taken for the later.
 */
export function standingRange(figures: readonly Standing[], question: Asked): StandingRange {
  const verified = figures.filter(
    ({ verdict, isSuperseded, isWithdrawn }) => verdict === 'verified' && !isSuperseded && !isWithdrawn,
  )
  const numbered = verified.filter((figure): figure is Numbered => figure.interval !== null)
  if (numbered.length === 0) return nothing(verified.length > 0)

  const governing = numbered.filter(isNewest(numbered))
  const ceiling = governing.reduce((one, other) => (compareCeilings(one.interval, other.interval) <= 0 ? one : other))
  const floor = governing.reduce((one, other) => (compareFloors(one.interval, other.interval) >= 0 ? one : other))
  const isApart = isBelow(ceiling.interval, floor.interval)
  if (isApart && (!question.isCumulative || compareFigures(ceiling, floor, question).relation === 'conflict'))
    return contradiction(ceiling, floor, question)

  const top = isApart ? floor : ceiling
  if (!question.isCumulative) return range(between(floor, top), [floor, top], null, [], question)
  const earlier = numbered.filter((figure) => !governing.includes(figure))
  const isRevised = revisedDownwards(numbered)
  const held = earlier.filter((figure) => !isRevised(figure))
  const best = held.reduce((one, other) => (compareFloors(one.interval, other.interval) >= 0 ? one : other), floor)
  if (isBelow(top.interval, best.interval)) return contradiction(top, best, question)
  return range(between(best, top), [floor, top], best === floor ? null : best, earlier.filter(isRevised), question)
}

/** What a figure's lower bound and another's upper bound leave. */
function between({ interval: { low, lowOpen } }: Numbered, { interval: { high, highOpen } }: Numbered): Interval {
  return { low, lowOpen, high, highOpen }
}

/** Answers, in time by the logarithm of their number, whether a figure of a later time lies wholly below one. */
function revisedDownwards(figures: readonly Numbered[]): (figure: Numbered) => boolean {
  const dated = figures
    .flatMap(({ asOf, interval }) => (asOf === null ? [] : [{ asOf, interval }]))
    .toSorted((one, other) => (one.asOf < other.asOf ? -1 : 1))
  const lowestFrom: Interval[] = []
  for (let at = dated.length - 1; at >= 0; at -= 1) {
    const [own, next] = [dated[at]?.interval, lowestFrom[at + 1]]
    if (own) lowestFrom[at] = next && compareCeilings(next, own) < 0 ? next : own
  }
  const dates = dated.map(({ asOf }) => asOf)
  return ({ asOf, interval }) => {
    const lowest = asOf === null ? undefined : lowestFrom[afterPeriod(dates, asOf)]
    return lowest !== undefined && isBelow(lowest, interval)
  }
}

function nothing(isVerified: boolean): StandingRange {
  const sentence = isVerified ? 'Nothing that gives a number is verified yet.' : 'Nothing is verified yet.'
  return { kind: 'none', interval: null, from: [], sentence }
}

function contradiction(one: Numbered, other: Numbered, question: Asked): StandingRange {
  const { relation, reason } = compareFigures(one, other, question)
  const refs = listed([one.ref, other.ref])
  const sentence =
    relation === 'conflict'
      ? `${refs} are both verified and contradict each other: ${reason}`
      : `${refs} are both verified, and what stands cannot be told from them. ${reason}`
  return { kind: 'contradiction', interval: null, from: [one.ref, other.ref], sentence }
}

function range(
  interval: Interval,
  [floor, top]: [Numbered, Numbered],
  earlier: Numbered | null,
  revised: readonly Numbered[],
  { unit }: Asked,
): StandingRange {
  const isTopNeeded = interval.high !== null || earlier === null
  const shaping = [...new Set(earlier ? (isTopNeeded ? [top] : []) : interval.high === null ? [floor] : [floor, top])]
  const reasons = [
    ...shaping.map(verified),
    ...(earlier ? [`the lower bound of ${verified(earlier)} and still holds`] : []),
  ]
  const amount = `${capitalised(amountInWords(interval, unit))} ${standVerb(interval, unit)}`
  const down = revised.length
    ? ` ${listed(revised.map(({ ref }) => ref))} ${revised.length > 1 ? 'are' : 'is'} revised downwards by a later figure.`
    : ''
  return {
    kind: 'range',
    interval,
    from: [...shaping, ...(earlier ? [earlier] : [])].map(({ ref }) => ref),
    sentence: `${amount}: ${listed(reasons)}.${down}`,
  }
}

function verified({ ref, asOf }: Numbered): string {
  return asOf === null
    ? `${ref} is verified, without an as-of date`
    : `${ref} is verified as of ${printedDateInWords(asOf)}`
}
