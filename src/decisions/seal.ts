import type {
  Basis,
  Change,
  Comparator,
  Finding,
  Naming,
  PartyKind,
  Position,
  Speech,
  Stage,
  Stance,
  Terms,
  Verdict,
} from '../../prisma/client/enums.ts'
import { PRIVATE_LABEL } from '../sources/label.ts'

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

/** The version of `Parts` and `Row` that a seal is written with: since 2 it has the claims that this one contradicts. */
const SEAL_VERSION = 2

export type SourcePart = {
  id: number
  url: string | null
  archiveUrl: string | null
  title: string | null
  publisher: string | null
  publisherId: number | null
  publishedOn: string | null
  isPrivate: boolean
}

export type AttributionPart = {
  id: number
  source: SourcePart
  captureSha256: string | null
  speaker: string | null
  speakerId: number | null
  speakerKind: PartyKind | null
  /** The role at the time the words were said. */
  speakerRole: string
  speakerAsPrinted: string | null
  naming: Naming
  position: Position
  relays: { id: number; name: string; printed: boolean }[]
  cue: string | null
  hedges: string[]
  occasion: string | null
  speech: Speech | null
  passage: string | null
  quote: string | null
  originalWords: string | null
  originalLanguage: string | null
  saidOn: string | null
  terms: Terms | null
  finding: Finding
  findingNote: string | null
  findingUrl: string | null
}

export type EvidencePart = {
  id: number
  source: SourcePart
  captureSha256: string | null
  stance: Stance
  basis: Basis
  restsOnParty: { id: number; name: string } | null
  restsOnSource: Omit<SourcePart, 'archiveUrl' | 'publishedOn'> | null
  isTheAct: boolean
  passage: string | null
  note: string
}

/** Who ruled what, why, when; instants in ISO 8601, UTC. */
export type Ruling = {
  verdict: Verdict
  rationale: string
  decidedBy: string
  secondedBy: string | null
  override: string | null
  replySought: string | null
  decidedAt: string
  change: Change | null
  changeNote: string | null
}

/** Everything a row is made of. */
export type Parts = {
  claim: {
    id: number
    ref: string
    revision: number
    stage: Stage
    statement: string
    language: string
    story: string
    occurredOn: string | null
    place: string | null
    figureComparator: Comparator | null
    /** Decimal numbers as text, so that no digit is lost. */
    figureLow: string | null
    figureHigh: string | null
    figureWording: string | null
    figureAsOf: string | null
    /** The wording of the question that the figure answers; seals of before questions have none. */
    question?: string | null
    supersededBy: string | null
    /** References of the claims that it contradicts or is contradicted by, by story and number; a seal of version 1 lacks them. */
    contradicts?: string[]
  }
  attributions: AttributionPart[]
  evidence: EvidencePart[]
  /** How many independent sources support the claim. */
  independentSources: number
  ruling: Ruling | null
}

/** What a decision keeps of the claim it was made on. */
export type Seal = { row: Row; parts: Parts }

/** Seals a claim's parts with the ruling that takes effect on this revision; private sources' words are blank in the row. */
export function sealOf(
  parts: Parts,
  ruling: Ruling,
  revision: number,
): { seal: Seal; sealVersion: number; sourceIds: number[] } {
  const decided: Parts = { ...parts, claim: { ...parts.claim, stage: 'decided', revision }, ruling }
  const hidden = new Set(sourcesOf(decided).flatMap((source) => (source.isPrivate ? [source.id] : [])))
  return {
    seal: { row: rowOf(decided, hidden, ''), parts: decided },
    sealVersion: SEAL_VERSION,
    sourceIds: [...new Set(sourcesOf(decided).map((source) => source.id))].toSorted((a, b) => a - b),
  }
}

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

function sourcesOf({ attributions, evidence }: Parts): { id: number; isPrivate: boolean }[] {
  const own = [...attributions, ...evidence].map(({ source }) => source)
  return [...own, ...evidence.flatMap(({ restsOnSource }) => restsOnSource ?? [])]
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
