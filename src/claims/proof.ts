import { inContext } from '../captures/anchor.ts'
import { roleAt } from '../parties/role.ts'
import { paths } from '../paths.ts'
import type { WithheldOnClaim } from '../privacy/withheld.store.ts'
import {
  coverOf,
  descriptionOf,
  figureWordingShown,
  namesIn,
  passagesShown,
  withoutNames,
} from '../privacy/withheld.ts'
import { labelOf } from '../sources/label.ts'
import { word } from '../words.ts'
import { notInText } from './attribution.ts'
import type { ShownAttribution, ShownClaim } from './page.store.ts'

/** A stretch of a capture around a passage: where in the capture it begins, and how long the whole capture is, in code points. */
export type Context = { text: string; from: number; length: number }

/** One attribution as the proof sets it; what is withheld is left out. */
export function proofOf(given: ShownAttribution, context: Context | undefined, withheld: WithheldOnClaim | null) {
  const { source } = given
  const { attribution, cover } = maskedAttribution(given, withheld)
  const { speaker, relays } = attribution
  const isHidden = cover.words
  const ground = cover.document ? (withheld?.sources.get(source.id) ?? 'not_for_attribution') : null
  // Around a passage that is not for attribution the text may name who said it.
  const passage = cover.document ? bare(attribution) : passageOf(attribution, context)
  return {
    id: attribution.id,
    ordinal: attribution.ordinal,
    isHidden,
    chain: {
      speaker: speaker && {
        name: speaker.name,
        href: paths.party(speaker.id),
        role: roleAt(speaker.roles, attribution.saidOn ?? source.publishedOn),
      },
      isUnnamed: cover.speaker,
      speakerAsPrinted: attribution.speakerAsPrinted,
      naming: attribution.naming,
      position: attribution.position,
      cue: attribution.cue,
      relays: relays.map(({ party, printed }) => ({
        name: party.name,
        href: paths.party(party.id),
        inferred: !printed,
      })),
      publisher:
        cover.document || !source.publisher
          ? null
          : { name: source.publisher.name, href: paths.party(source.publisher.id), inferred: source.publisherInferred },
      sourceTitle: labelOf(source, ground),
      sourceHref: cover.document ? null : paths.source(source.id),
      sourceUrl: cover.document ? null : source.url,
      sourcePrivate: source.isPrivate,
      isSourceWithheld: cover.document,
      publishedOn: cover.document ? null : source.publishedOn,
      publishedInferred: source.publishedOnInferred,
      saidOn: attribution.saidOn,
      occasion: attribution.occasion,
    },
    hedges: attribution.hedges,
    speech: attribution.speech,
    terms: attribution.terms,
    passage,
    quote: attribution.quote,
    originalWords: attribution.originalWords,
    originalLanguage: attribution.originalLanguage,
    notices:
      passage?.found && !cover.document
        ? notInText(passage.before + passage.exact + passage.after, attribution).map(
            (part) => `The ${part} does not stand in the text around the passage.`,
          )
        : [],
    finding: attribution.finding,
    findingNote: attribution.findingNote,
    findingUrl: attribution.findingUrl,
    foundBy: attribution.foundBy?.name ?? null,
    foundAt: attribution.foundAt,
    former: formerOf(attribution),
    isOwnVoice: attribution.naming === 'own_voice',
  }
}

/** The finding that was given before the attribution changed, in words; null where there is none to be checked again. */
function formerOf({ formerFinding, formerFoundBy, formerFoundAt, findingResetAt }: ShownAttribution) {
  if (!formerFinding || !findingResetAt) return null
  const text = word('formerFinding', formerFinding)
  return { text, by: formerFoundBy?.name ?? '', at: formerFoundAt, changedAt: findingResetAt }
}

export type ProofAttribution = ReturnType<typeof proofOf>

/** A passage without the text around it. */
function bare({ passage, source }: ShownAttribution) {
  return passage === null ? null : { before: '', exact: passage, after: '', found: true, language: source.language }
}

/** An attribution without what is withheld of it, and which parts that were. */
function maskedAttribution(attribution: ShownAttribution, withheld: WithheldOnClaim | null) {
  const cover = coverOf({ sourceId: attribution.source.id, terms: attribution.terms }, withheld)
  if (!cover.document) return { attribution, cover }
  const spoken = {
    ...attribution,
    speakerId: attribution.speaker?.id ?? null,
    speaker: attribution.speaker?.name ?? null,
  }
  const names = namesIn(spoken, withheld)
  const words = <T extends string | null>(text: T) => (cover.words ? null : withoutNames(text, names))
  return {
    cover,
    attribution: {
      ...attribution,
      speaker: cover.speaker ? null : attribution.speaker,
      speakerAsPrinted: cover.speaker ? descriptionOf(spoken, cover, withheld) : words(attribution.speakerAsPrinted),
      relays: cover.speaker ? [] : attribution.relays,
      cue: words(attribution.cue),
      hedges: attribution.hedges.filter((hedge) => words(hedge) !== null),
      occasion: words(attribution.occasion),
      passage: words(attribution.passage),
      quote: words(attribution.quote),
      originalWords: words(attribution.originalWords),
      findingNote: words(attribution.findingNote),
      findingUrl: cover.words || cover.speaker ? null : attribution.findingUrl,
    },
  }
}

function passageOf({ passage, start, end, source }: ShownAttribution, context: Context | undefined) {
  if (!passage) return null
  if (context === undefined || start === null || end === null)
    return { before: '', exact: passage, after: '', found: false, language: source.language }
  return {
    ...inContext(context.text, start - context.from, end - context.from, 200),
    found: true,
    language: source.language,
  }
}

/** The figure of a claim for its page: the wording as printed and the interval in words; null when it has none. The wording is left out where it may come from a source that is withheld. */
export function figureShown(claim: ShownClaim, withheld: WithheldOnClaim | null) {
  if (!claim.figureComparator) return null
  const said = claim.attributions.map(({ source, terms, passage }) => ({ sourceId: source.id, terms, passage }))
  const isFromWithheld = withheld?.isFromWithheld ?? false
  return {
    comparator: claim.figureComparator,
    low: claim.figureLow?.toFixed() ?? null,
    high: claim.figureHigh?.toFixed() ?? null,
    wording: figureWordingShown(claim.figureWording, { isFromWithheld, passages: passagesShown(said, withheld) }),
    asOf: claim.figureAsOf,
    question: claim.question,
  }
}
