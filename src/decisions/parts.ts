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
import type { Alike } from './independence.ts'

export type SourcePart = {
  id: number
  url: string | null
  archiveUrl: string | null
  title: string | null
  publisher: string | null
  publisherId: number | null
  publishedOn: string | null
  isPrivate: boolean
  /** Other documents of the claim that are counted as one with it, where there are any. */
  alike?: readonly Alike[]
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
  /** The number of the account, which stays whatever its owner is called; seals from before version 3 lack both. */
  decidedById?: number
  secondedBy: string | null
  secondedById?: number | null
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
