import { z } from 'zod'
import { type Finding, Naming, PartyKind, Position, Speech, Terms } from '../../prisma/client/enums.ts'
import type { Problem } from '../outcome.ts'
import { includesWords } from '../text-matching.ts'
import {
  choice,
  exactOptionalText,
  list,
  optionalChoice,
  optionalId,
  optionalLanguage,
  optionalPrintedDate,
  optionalText,
  tick,
} from '../web/form.ts'
import { word } from '../words.ts'

const words = <T extends string>(union: Record<string, T>) => Object.values(union)

/** How many attributions a claim may have. */
export const MOST_ATTRIBUTIONS = 200

/** How many relays the form offers; more than these have not been seen in print. */
export const RELAYS = 3

const relayForm = z.strictObject({
  party: optionalText(300),
  newKind: optionalChoice(words(PartyKind)),
  choice: optionalText(320),
  inferred: tick(),
})

/** One attribution as the form sends it; `id` names the one that is edited, none for a new one. */
export const attributionForm = z.strictObject({
  id: optionalId(),
  captureId: optionalId(),
  place: optionalText(20),
  source: optionalText(2000),
  naming: choice(words(Naming), 'Choose how the speaker is named.'),
  position: choice(words(Position), 'Choose what the speaker does.'),
  speaker: optionalText(300),
  speakerKind: optionalChoice(words(PartyKind)),
  speakerChoice: optionalText(320),
  speakerAsPrinted: optionalText(300),
  relays: z.array(relayForm).max(10, 'At most ten relays.').optional(),
  cue: optionalText(300),
  hedges: list(10, 120),
  occasion: optionalText(300),
  speech: optionalChoice(words(Speech)),
  passage: exactOptionalText(5000),
  quote: optionalText(5000),
  originalWords: optionalText(5000),
  originalLanguage: optionalLanguage(),
  saidOn: optionalPrintedDate(),
  terms: optionalChoice(words(Terms)),
})

export type AttributionForm = z.output<typeof attributionForm>

/** The names of an attribution's fields that hold one text. */
export const ATTRIBUTION_FIELDS = [
  'id',
  'captureId',
  'place',
  'source',
  'naming',
  'position',
  'speaker',
  'speakerKind',
  'speakerChoice',
  'speakerAsPrinted',
  'cue',
  'hedges',
  'occasion',
  'speech',
  'passage',
  'quote',
  'originalWords',
  'originalLanguage',
  'saidOn',
  'terms',
] as const

type Rule = { speaker: 'needed' | 'allowed' | 'none'; asPrinted: 'needed' | 'allowed'; speech: 'allowed' | 'none' }

// What each way of naming asks for; the sentences below say it to people.
const RULES = {
  named: { speaker: 'needed', asPrinted: 'allowed', speech: 'allowed' },
  described: { speaker: 'allowed', asPrinted: 'needed', speech: 'allowed' },
  collective: { speaker: 'allowed', asPrinted: 'needed', speech: 'allowed' },
  unstated: { speaker: 'none', asPrinted: 'allowed', speech: 'allowed' },
  own_voice: { speaker: 'none', asPrinted: 'allowed', speech: 'none' },
  unclear: { speaker: 'allowed', asPrinted: 'allowed', speech: 'allowed' },
} as const satisfies Record<Naming, Rule>

/** What is wrong with an attribution by itself: its naming, its quoted words, its language. Field names are without their prefix. */
export function attributionProblems(form: AttributionForm): Problem[] {
  const rule: Rule = RULES[form.naming]
  const problems: Problem[] = []
  const say = (field: string, message: string) => problems.push({ field, message })

  if (!form.source) say('source', 'Name the source: its address, its title or its number.')
  if (rule.speaker === 'needed' && !form.speaker)
    say('speaker', 'A named speaker needs a name. If the text gives none, choose another way of naming.')
  if (rule.speaker === 'none' && form.speaker)
    say(
      'speaker',
      form.naming === 'own_voice'
        ? 'The publication’s own voice has no other speaker. Clear this, or choose “Named”.'
        : 'An unstated speaker has no name. Clear this, or choose “Named”.',
    )
  if (rule.asPrinted === 'needed' && !form.speakerAsPrinted)
    say('speakerAsPrinted', 'Write the description as it is printed, such as “a ministry official” or “analysts”.')
  if (rule.speech === 'none' && (form.speech || form.quote))
    say('quote', 'The publication’s own voice quotes nobody. Clear the quoted words, or choose who speaks.')
  if (form.quote && form.passage && !includesWords(form.passage, form.quote, { ignoreCase: true }))
    say('quote', 'These words are not in the passage. Quote them exactly as they stand there.')
  if (form.quote && !form.passage) say('passage', 'Give the passage in which the quoted words stand.')
  if (form.quote && form.speech === 'paraphrase')
    say('speech', 'A paraphrase has no quoted words. Choose “Partly quoted”, or clear the quoted words.')
  if (!form.quote && (form.speech === 'direct' || form.speech === 'partial'))
    say('quote', 'Give the words that stand inside the quotation marks.')
  if (form.originalWords && !form.originalLanguage)
    say('originalLanguage', 'Say which language the original words are in, such as ru or kk.')
  for (const [index, relay] of (form.relays ?? []).entries())
    if (!relay.party && (relay.inferred || relay.newKind))
      say(`relays[${index}][party]`, 'Name the relay, or clear this line.')
  return problems
}

/** How the words are given: as chosen, else a paraphrase; nothing in the publication's own voice. */
export function speechOf(form: AttributionForm): Speech | null {
  if (form.naming === 'own_voice') return null
  return form.speech ?? (form.quote ? 'partial' : 'paraphrase')
}

/** Whether an attribution of the form was left empty: nothing in it says whose words or where. */
export function isBlank(form: AttributionForm): boolean {
  const { id, source, speaker, speakerAsPrinted, passage, quote, cue, relays } = form
  return (
    !id &&
    !source &&
    !speaker &&
    !speakerAsPrinted &&
    !passage &&
    !quote &&
    !cue &&
    !(relays ?? []).some(({ party }) => party)
  )
}

/** Printed parts of an attribution that do not stand in the text around its passage, by name; `text` is the passage in its context. */
export function notInText(
  text: string,
  parts: { cue: string | null; hedges: string[]; quote: string | null },
): string[] {
  const printed = [
    ['cue', parts.cue],
    ['quoted words', parts.quote],
    ...parts.hedges.map((hedge) => ['hedge', hedge] as const),
  ] as const
  return printed
    .filter(([, words]) => words && !includesWords(text, words, { ignoreCase: true }))
    .map(([name, words]) => `${name} “${words}”`)
}

/** The columns that a finding on an attribution is about: once one changes it is no longer known whether that was said. The database holds it too. */
const ABOUT = ['sourceId', 'speakerId', 'speakerAsPrinted', 'naming', 'position', 'passage', 'quote'] as const

type Found = { finding: Finding; wordsFound: boolean }
type Words = Record<(typeof ABOUT)[number], number | string | null> & {
  originalWords: string | null
  relays: readonly { partyId: number }[]
}

/**
 * Whether a finding no longer fits the attribution it was recorded on. Besides who says it, where and in which words, these are the original words
 * that came with the finding, the relays through which it was confirmed, and the claim's own statement where no words of the source are held.
 */
export function isOfOtherWords(found: Found, before: Words, after: Words, isRestated: boolean): boolean {
  const relays = ({ relays: all }: Words) => all.map(({ partyId }) => partyId).join()
  return (
    ABOUT.some((column) => before[column] !== after[column]) ||
    (found.wordsFound && before.originalWords !== after.originalWords) ||
    (found.finding === 'confirmed_relayed' && relays(before) !== relays(after)) ||
    (isRestated && isOfStatement(after))
  )
}

/** Whether a finding on an attribution is of the claim's own statement, as no words of the source are held. */
export function isOfStatement({ passage, quote }: { passage: unknown; quote: unknown }): boolean {
  return passage === null && quote === null
}

/** What the line that confirms a save says of findings that it took back; '' when there are none. */
export function resetInWords(findings: readonly { ordinal: number; finding: Finding; foundBy: string }[]): string {
  const [only, ...others] = findings
  if (!only) return ''
  if (others.length)
    return ` ${findings.length} of its attributions had been checked as they stood before: check again whether that was said.`
  const was = word('formerFinding', only.finding)
  return ` Attribution ${only.ordinal} ${was.charAt(0).toLowerCase()}${was.slice(1)}, by ${only.foundBy}, as it stood before: check again whether it was said.`
}

/** What tells two attributions apart when a duplicate hands its own over. */
export type Attributed = {
  sourceId: number
  passage: string | null
  speakerId: number | null
  speakerAsPrinted: string | null
  naming: Naming
  position: Position
}

/** Those of `given` that are neither among `held` nor twice among themselves. */
export function notYetOn<T extends Attributed>(held: readonly Attributed[], given: readonly T[]): T[] {
  const known = new Set(held.map(keyOf))
  return given.filter((one) => {
    const key = keyOf(one)
    const isNew = !known.has(key)
    known.add(key)
    return isNew
  })
}

function keyOf({ sourceId, passage, speakerId, speakerAsPrinted, naming, position }: Attributed): string {
  return JSON.stringify([sourceId, passage, position, speakerId ?? [naming, speakerAsPrinted]])
}
