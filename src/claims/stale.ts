import { briefLimit, wordDiff } from '../history/diff.ts'
import type { Difference } from '../history/timeline.ts'
import type { ClaimValues } from './form.ts'

/** What differs between a claim as it now is and a form that was typed on an older revision, by the form's own words. */
export function comparedWith(theirs: ClaimValues, yours: ClaimValues): Difference[] {
  const rows = [
    ['Statement', theirs.statement, yours.statement],
    ['Language', theirs.language, yours.language],
    ['When it is about', theirs.occurredOn, yours.occurredOn],
    ['Where', theirs.place, yours.place],
    ['Figure', figureText(theirs.figure), figureText(yours.figure)],
    ...pairs(theirs.attributions, yours.attributions).map(
      ([their, your], index) => [`Attribution ${index + 1}`, their, your] as const,
    ),
  ] as const
  const limit = briefLimit()
  return rows
    .filter(([, their, your]) => their !== your)
    .map(([label, their, your]) => ({ label, theirs: their, yours: your, words: wordDiff(their, your, limit) }))
}

function figureText(figure: ClaimValues['figure']): string {
  return [figure.wording, figure.comparator, figure.low, figure.high, figure.asOf].filter(Boolean).join(', ')
}

type Attributions = ClaimValues['attributions']

function pairs(theirs: Attributions, yours: Attributions): [string, string][] {
  return Array.from({ length: Math.max(theirs.length, yours.length) }, (_, index) => [
    attributionText(theirs[index]),
    attributionText(yours[index]),
  ])
}

function attributionText(attribution: Attributions[number] | undefined): string {
  if (!attribution) return ''
  const { speaker, speakerAsPrinted, cue, relays, hedges, source, passage, quote, saidOn } = attribution
  return [speaker, speakerAsPrinted, cue, ...relays.map(({ party }) => party), hedges, quote, passage, source, saidOn]
    .filter(Boolean)
    .join('; ')
}
