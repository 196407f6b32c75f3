import { inContext } from '../captures/anchor.ts'
import { roleAt } from '../parties/role.ts'
import { paths } from '../paths.ts'
import { sourceLabel } from '../sources/label.ts'
import { word } from '../words.ts'
import { notInText } from './attribution.ts'
import type { ShownAttribution, ShownClaim } from './page.store.ts'

/** A stretch of a capture around a passage: where in the capture it begins, and how long the whole capture is, in code points. */
export type Context = { text: string; from: number; length: number }

/** One attribution as the proof sets it; what stands in a private source is left out for those who may not see it. */
export function proofOf(attribution: ShownAttribution, context: Context | undefined, maySeePrivate: boolean) {
  const { source, speaker, relays } = attribution
  const isHidden = source.isPrivate && !maySeePrivate
  const passage = isHidden ? null : passageOf(attribution, context)
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
      speakerAsPrinted: isHidden ? null : attribution.speakerAsPrinted,
      naming: attribution.naming,
      position: attribution.position,
      cue: isHidden ? null : attribution.cue,
      relays: relays.map(({ party, printed }) => ({
        name: party.name,
        href: paths.party(party.id),
        inferred: !printed,
      })),
      publisher:
        isHidden || !source.publisher
          ? null
          : { name: source.publisher.name, href: paths.party(source.publisher.id), inferred: source.publisherInferred },
      sourceTitle: sourceLabel(source, maySeePrivate),
      sourceHref: isHidden ? null : paths.source(source.id),
      sourceUrl: isHidden ? null : source.url,
      sourcePrivate: source.isPrivate,
      publishedOn: isHidden ? null : source.publishedOn,
      publishedInferred: source.publishedOnInferred,
      saidOn: attribution.saidOn,
      occasion: isHidden ? null : attribution.occasion,
    },
    hedges: isHidden ? [] : attribution.hedges,
    speech: attribution.speech,
    terms: attribution.terms,
    passage,
    quote: isHidden ? null : attribution.quote,
    originalWords: isHidden ? null : attribution.originalWords,
    originalLanguage: attribution.originalLanguage,
    notices: passage?.found
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

/** The figure of a claim for its page: the wording as printed and the interval in words; null when it has none. The wording of private sources alone is left out. */
export function figureShown(claim: ShownClaim, maySeePrivate: boolean) {
  if (!claim.figureComparator) return null
  const isHidden = !maySeePrivate && claim.attributions.every(({ source }) => source.isPrivate)
  return {
    comparator: claim.figureComparator,
    low: claim.figureLow?.toFixed() ?? null,
    high: claim.figureHigh?.toFixed() ?? null,
    wording: isHidden ? null : claim.figureWording,
    asOf: claim.figureAsOf,
    question: claim.question,
  }
}
