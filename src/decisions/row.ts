import { PRIVATE_LABEL } from '../sources/label.ts'
import type { AttributionPart, Parts } from './parts.ts'

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
  'decided_by',
  'seconded_by',
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
 * in the same order in each of those columns. Nothing that a hidden source alone says is in it. `permalinkBase` is the desk's address.
 */
export function rowOf(parts: Parts, hiddenSourceIds: ReadonlySet<number>, permalinkBase: string): Row {
  const { claim, ruling } = parts
  const isHidden = (source: { id: number }) => hiddenSourceIds.has(source.id)
  const attributions = parts.attributions.map((attribution) =>
    isHidden(attribution.source) ? withoutItsSource(attribution) : attribution,
  )
  const evidence = parts.evidence.filter((piece) => !isHidden(piece.source))
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
    independent_sources: String(parts.independentSources),
    evidence_urls: joined(evidence.map(({ source }) => source.url)),
    archive_urls: joined(sources.map(({ archiveUrl }) => archiveUrl)),
    capture_sha256: joined([...attributions, ...evidence].map(({ captureSha256 }) => captureSha256)),
    contradicts: joined(claim.contradicts ?? []),
    superseded_by: claim.supersededBy ?? '',
    decided_by: ruling?.decidedBy ?? '',
    seconded_by: ruling?.secondedBy ?? '',
    override: ruling?.override ?? '',
    decided_at: ruling?.decidedAt ?? '',
    change: ruling?.change ?? '',
    change_note: ruling?.changeNote ?? '',
    published_at: '',
    permalink: `${permalinkBase}/claims/${claim.ref}`,
  }
}

/** Who said it, when and how it held up stays; the document and its words do not. */
function withoutItsSource(attribution: AttributionPart): AttributionPart {
  return {
    ...attribution,
    source: {
      ...attribution.source,
      url: null,
      archiveUrl: null,
      title: PRIVATE_LABEL,
      publisher: null,
      publisherId: null,
      publishedOn: null,
    },
    captureSha256: null,
    speakerAsPrinted: null,
    cue: null,
    hedges: [],
    occasion: null,
    passage: null,
    quote: null,
    originalWords: null,
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
