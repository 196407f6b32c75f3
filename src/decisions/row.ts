import type { CameIn } from '../../prisma/client/enums.ts'
import { unnamedInFiles } from '../parties/speaker.ts'
import { WITHHELD_VALUE } from '../privacy/event.ts'
import {
  allNames,
  type Cover,
  coverOf,
  descriptionOf,
  figureWordingShown,
  namesIn,
  passagesShown,
  type Withheld,
  withoutNames,
} from '../privacy/withheld.ts'
import { WITHHELD_LABELS } from '../sources/label.ts'
import type { AttributionPart, Parts, Ruling } from './parts.ts'

/** The header of the CSV, in its order. A sealed decision keeps one text for each. */
export const COLUMNS = [
  'claim',
  'revision',
  'stage',
  'statement',
  'language',
  'story',
  'occurred_on',
  'place',
  'speaker',
  'speaker_kind',
  'speaker_role',
  'naming',
  'position',
  'relay',
  'publisher',
  'source_url',
  'source_title',
  'source_published_on',
  'said_on',
  'occasion',
  'passage',
  'quote',
  'speech',
  'cue',
  'hedges',
  'terms',
  'question',
  'figure_comparator',
  'figure_low',
  'figure_high',
  'figure_wording',
  'figure_as_of',
  'finding',
  'verdict',
  'rationale',
  'independent_sources',
  'evidence_urls',
  'archive_urls',
  'capture_sha256',
  'contradicts',
  'superseded_by',
  'new_since',
  'decided_as',
  'decided_by',
  'decided_by_id',
  'seconded_by',
  'seconded_by_id',
  'override',
  'decided_at',
  'change',
  'change_note',
  'published_at',
  'permalink',
] as const

export type Column = (typeof COLUMNS)[number]

/** One claim as one line; what is not known is ''. */
export type Row = Record<Column, string>

/**
 * A claim as one row. Of several attributions the first is told in full; speaker, position, source and finding are joined for all of them,
 * in the same order in each of those columns. Nothing that is withheld is in it. `permalinkBase` is the desk's address; `isFromWithheld` says that
 * the claim has, or once had, an attribution in a source that is withheld.
 */
export function rowOf(given: Parts, withheld: Withheld, isFromWithheld: boolean, permalinkBase: string): Row {
  const { attributions, evidence, claim, ruling } = maskParts(given, withheld, isFromWithheld)
  const [first] = attributions
  const sources = [...attributions, ...evidence].map((piece) => piece.source)
  return {
    claim: claim.ref,
    revision: String(claim.revision),
    stage: claim.stage,
    statement: claim.statement,
    language: claim.language,
    story: claim.story,
    occurred_on: claim.occurredOn ?? '',
    place: claim.place ?? '',
    speaker: aligned(attributions.map(({ speaker, speakerAsPrinted }) => speaker ?? speakerAsPrinted)),
    speaker_kind: first?.speakerKind ?? '',
    speaker_role: first?.speakerRole ?? '',
    naming: first?.naming ?? '',
    position: aligned(attributions.map(({ position }) => position)),
    relay: joined((first?.relays ?? []).map(({ name }) => name)),
    publisher: first?.source.publisher ?? '',
    source_url: aligned(attributions.map(({ source }) => source.url)),
    source_title: aligned(attributions.map(({ source }) => source.title)),
    source_published_on: first?.source.publishedOn ?? '',
    said_on: first?.saidOn ?? '',
    occasion: first?.occasion ?? '',
    passage: first?.passage ?? '',
    quote: first?.quote ?? '',
    speech: first?.speech ?? '',
    cue: first?.cue ?? '',
    hedges: joined(first?.hedges ?? []),
    terms: first?.terms ?? '',
    question: claim.question ?? '',
    figure_comparator: claim.figureComparator ?? '',
    figure_low: claim.figureLow ?? '',
    figure_high: claim.figureHigh ?? '',
    figure_wording: claim.figureWording ?? '',
    figure_as_of: claim.figureAsOf ?? '',
    finding: aligned(attributions.map(({ finding }) => finding)),
    verdict: ruling?.verdict ?? '',
    rationale: ruling?.rationale ?? '',
    independent_sources: String(given.independentSources),
    evidence_urls: joined(evidence.map(({ source }) => source.url)),
    archive_urls: joined(sources.map(({ archiveUrl }) => archiveUrl)),
    capture_sha256: joined([...attributions, ...evidence].map(({ captureSha256 }) => captureSha256)),
    contradicts: joined(claim.contradicts ?? []),
    superseded_by: claim.supersededBy ?? '',
    new_since: '',
    decided_as: '',
    decided_by: ruling?.decidedBy ?? '',
    decided_by_id: ruling?.decidedById?.toString() ?? '',
    seconded_by: ruling?.secondedBy ?? '',
    seconded_by_id: ruling?.secondedById?.toString() ?? '',
    override: ruling?.override ?? '',
    decided_at: ruling?.decidedAt ?? '',
    change: ruling?.change ?? '',
    change_note: ruling?.changeNote ?? '',
    published_at: '',
    permalink: `${permalinkBase}/claims/${claim.ref}`,
  }
}

/** The columns that name parties and documents, which may be called otherwise after a decision. */
const NAMES = ['speaker', 'speaker_kind', 'speaker_role', 'relay', 'publisher', 'source_url', 'source_title'] as const

/** What a list's row says of a decision in force that something came in after: what came in, and the names it was made under where they are others now. */
export function sinceDecided(now: Row, sealed: Row | null, cameIn: CameIn): Pick<Row, 'new_since' | 'decided_as'> {
  const others = sealed ? NAMES.filter((column) => sealed[column] !== now[column]) : []
  return {
    new_since: cameIn === 'nothing' ? '' : cameIn,
    decided_as: others.map((column) => `${column}: ${sealed?.[column]}`).join('; '),
  }
}

/** The parts of a claim without what is withheld: a copy that may be shown to anybody, and what leaves in a file. */
export function maskParts(parts: Parts, withheld: Withheld, isFromWithheld: boolean): Parts {
  const said = parts.attributions.map(({ source, terms, passage }) => ({ sourceId: source.id, terms, passage }))
  const names = allNames(withheld).concat(parts.attributions.flatMap((one) => namesIn(one, withheld)))
  const passages = passagesShown(said, withheld)
  return {
    ...parts,
    claim: {
      ...parts.claim,
      figureWording: figureWordingShown(parts.claim.figureWording, {
        isFromWithheld: isFromWithheld || said.some((one) => coverOf(one, withheld).document),
        passages,
      }),
    },
    attributions: parts.attributions.map((attribution) => maskAttribution(attribution, withheld)),
    evidence: parts.evidence
      .filter(({ source }) => !withheld.sources.has(source.id))
      .map((piece) => ({
        ...piece,
        restsOnSource:
          piece.restsOnSource && withheld.sources.has(piece.restsOnSource.id)
            ? { ...piece.restsOnSource, title: null, url: null, publisher: null, publisherId: null }
            : piece.restsOnSource,
      })),
    ruling: parts.ruling && maskRuling(parts.ruling, names),
  }
}

function maskRuling(ruling: Ruling, names: readonly string[]): Ruling {
  const shown = (text: string | null) => (text === null ? null : (withoutNames(text, names) ?? WITHHELD_VALUE))
  return {
    ...ruling,
    rationale: withoutNames(ruling.rationale, names) ?? WITHHELD_VALUE,
    override: shown(ruling.override),
    replySought: shown(ruling.replySought),
    changeNote: shown(ruling.changeNote),
  }
}

/** An attribution without what is withheld of it: who said it stays unless that is not for attribution, and so does how it held up. */
function maskAttribution(attribution: AttributionPart, withheld: Withheld): AttributionPart {
  const { source, terms } = attribution
  const cover = coverOf({ sourceId: source.id, terms }, withheld)
  if (!cover.document) return attribution
  const names = namesIn(attribution, withheld)
  const words = (text: string | null) => (cover.words ? null : withoutNames(text, names))
  const ground = withheld.sources.get(source.id) ?? 'not_for_attribution'
  return {
    ...attribution,
    source: {
      ...source,
      url: null,
      archiveUrl: null,
      title: WITHHELD_LABELS[ground],
      publisher: null,
      publisherId: null,
      publishedOn: null,
    },
    captureSha256: null,
    ...speakerOf(attribution, cover, withheld),
    cue: words(attribution.cue),
    hedges: attribution.hedges.filter((hedge) => words(hedge) !== null),
    occasion: words(attribution.occasion),
    passage: words(attribution.passage),
    quote: words(attribution.quote),
    originalWords: words(attribution.originalWords),
    findingNote: words(attribution.findingNote),
    findingUrl: null,
  }
}

function speakerOf(attribution: AttributionPart, cover: Cover, withheld: Withheld): Partial<AttributionPart> {
  if (!cover.speaker) return { speakerAsPrinted: cover.words ? null : attribution.speakerAsPrinted }
  const description = descriptionOf(attribution, cover, withheld)
  return {
    speaker: unnamedInFiles(description),
    speakerId: null,
    speakerKind: null,
    speakerRole: '',
    speakerAsPrinted: description,
    relays: [],
  }
}

/** Each thing once, without what is not known. */
function joined(items: (string | null)[]): string {
  return list([...new Set(items.filter((item) => item !== null && item !== ''))])
}

/** Every place kept, so that the third speaker stands where the third source does. */
function aligned(items: (string | null)[]): string {
  return items.some(Boolean) ? list(items) : ''
}

/** Among several an item's own bar between spaces is written ¦, so that the items can be told apart. */
function list(items: (string | null)[]): string {
  const [only] = items
  if (items.length === 1) return only ?? ''
  return items.map((item) => (item ?? '').replace(/(?<=^|\s)\|(?=\s|$)/g, '¦')).join(' | ')
}
