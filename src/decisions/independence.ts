import type { Basis, Naming, Stance } from '../../prisma/client/enums.ts'

/** What independence needs to know of a document. */
type Document = {
  id: number
  title?: string | null
  publisherId?: number | null
  publisher?: string | null
  /** Other documents of the claim that are counted as one with it: they hold the same or nearly the same text, or have one address. */
  alike?: readonly Alike[]
}

/** A document that another is counted as one with; `share` is of the shorter text's sentences, in percent. */
export type Alike = { id: number; by: 'address' | 'text'; share: number }

/** Who gives the claim to whom: the parts of an attribution that bear on independence. */
export type Said = {
  id: number
  naming: Naming
  speakerId: number | null
  speaker: string | null
  relays: readonly { id: number; name: string }[]
  source: Document
}

/** A piece of evidence as far as it bears on independence. */
export type Piece = {
  id: number
  stance: Stance
  basis: Basis
  isTheAct: boolean
  passage: string | null
  source: Document
  restsOnParty: { id: number; name: string } | null
  restsOnSource: Document | null
}

/** What a piece goes back to. Two pieces that share a key are not independent. `owner` is the party behind it, where one is known. */
export type Origin = { keys: readonly string[]; name: string; owner: { id: number; name: string } | null }

/**
 * How a piece counts. `group` numbers the independent origins of its stance from 1, and is null where the piece does not count at all; `isFirst`
 * is true of the piece that made its group count. `isEnough`: alone it carries a verdict, as something seen or a document from outside.
 */
export type Weighed = {
  id: number
  stance: Stance
  origin: Origin | null
  group: number | null
  isFirst: boolean
  isOwnSide: boolean
  isEnough: boolean
  hasPassage: boolean
  why: string
  /** Which documents of the claim it is counted as one with, in words, and all that the sentence speaks of. Null where there is none. */
  likeness: { sentence: string; sourceIds: readonly number[] } | null
}

/**
 * Weighs each piece of evidence on a claim: what it goes back to, whether that was counted already, and why, in words. Product rule: guard 1.
 * Someone who only passes on what a speaker said, a relay or the paper that prints it, rests on that speaker.
 */
export function weigh(attributions: readonly Said[], evidence: readonly Piece[]): Weighed[] {
  const own = ownSide(attributions)
  const origins = new Map(evidence.map((piece) => [piece.id, originOf(piece, attributions)]))
  const groups = {
    supports: groupsOf(evidence, 'supports', origins),
    contradicts: groupsOf(evidence, 'contradicts', origins),
  }
  const seen = new Map<string, number>()
  return evidence.map((piece) => {
    const origin = origins.get(piece.id) ?? null
    const group = piece.stance === 'context' ? null : (groups[piece.stance].get(piece.id) ?? null)
    const key = `${piece.stance} ${group}`
    const first = seen.get(key)
    if (group !== null && first === undefined) seen.set(key, piece.id)
    const isOwnSide = origin !== null && isOwn(piece, origin, own)
    const weighed = {
      id: piece.id,
      stance: piece.stance,
      origin,
      group,
      isFirst: group !== null && first === undefined,
      isOwnSide,
      isEnough: origin !== null && isFirstHand(piece) && (!isOwnSide || piece.isTheAct),
      hasPassage: piece.passage !== null,
    }
    const likeness = likenessOf(piece, attributions, evidence)
    return { ...weighed, why: whyOf(piece, weighed, evidence.findIndex(({ id }) => id === first) + 1), likeness }
  })
}

/** How many independent sources support the claim. */
export function independentSources(attributions: readonly Said[], evidence: readonly Piece[]): number {
  return groupCount(weigh(attributions, evidence), 'supports')
}

/** How many independent origins the pieces of one stance go back to. */
export function groupCount(weighed: readonly Weighed[], stance: Stance): number {
  return weighed.filter((piece) => piece.stance === stance && piece.isFirst).length
}

function isFirstHand({ basis }: Piece): boolean {
  return basis === 'witnessed' || basis === 'document'
}

/** Null when the piece never counts: nobody knows who stands behind it, or it is context only. */
function originOf(piece: Piece, attributions: readonly Said[]): Origin | null {
  if (piece.stance === 'context' || piece.basis === 'unknown') return null
  if (piece.basis === 'told_by' && !piece.restsOnParty && !piece.restsOnSource) return null
  const document = piece.restsOnSource ?? piece.source
  const publisher = document.publisherId ? { id: document.publisherId, name: document.publisher ?? '' } : null
  const owner = piece.restsOnParty ?? publisher
  const keys = [
    ...(piece.restsOnParty ? [] : [`source ${document.id}`, ...alikeKeys(document)]),
    ...(owner ? [`party ${owner.id}`] : []),
    ...passedOn(piece, attributions),
  ]
  return { keys, name: owner?.name || document.title || 'its source', owner }
}

/** The speakers on whom a piece rests because it only passes on what they said: nobody passes on what they saw, or an act itself. */
function passedOn(piece: Piece, attributions: readonly Said[]): string[] {
  if (piece.basis === 'witnessed' || piece.isTheAct) return []
  const speakers = new Set(attributions.map(({ speakerId }) => speakerId))
  const party = piece.restsOnParty?.id ?? null
  if (party !== null && speakers.has(party)) return []
  const documents = piece.restsOnParty ? [] : oneWith(piece.restsOnSource ?? piece.source)
  return attributions
    .filter(
      ({ relays, source }) =>
        (party !== null && (source.publisherId === party || relays.some(({ id }) => id === party))) ||
        documents.includes(source.id),
    )
    .map(({ id, speakerId }) => (speakerId === null ? `said ${id}` : `party ${speakerId}`))
}

/** `voices`: of the documents that print the claim, those that give it in their own voice. */
type OwnSide = { parties: Set<number>; sources: Set<number>; voices: Set<number> }

/** The claim's own speakers and relays, the publication where it speaks in its own voice, and the documents that print the claim. */
function ownSide(attributions: readonly Said[]): OwnSide {
  const parties = new Set<number>()
  for (const { naming, speakerId, relays, source } of attributions) {
    if (speakerId !== null) parties.add(speakerId)
    if (naming === 'own_voice' && source.publisherId) parties.add(source.publisherId)
    for (const { id } of relays) parties.add(id)
  }
  const voices = attributions.filter(({ naming }) => naming === 'own_voice')
  return { parties, sources: sourcesOf(attributions), voices: sourcesOf(voices) }
}

function sourcesOf(attributions: readonly Said[]): Set<number> {
  return new Set(attributions.map(({ source }) => source.id))
}

/** What a document says was seen is on the claim's side where that document, or one with the same text, is itself who claims it. */
function isOwn(piece: Piece, { owner }: Origin, own: OwnSide): boolean {
  if (owner && own.parties.has(owner.id)) return true
  if (piece.restsOnParty) return false
  const among = piece.basis === 'document' ? own.sources : own.voices
  return oneWith(piece.restsOnSource ?? piece.source).some((id) => among.has(id))
}

/** A document and those it is counted as one with. */
function oneWith({ id, alike = [] }: Document): number[] {
  return [id, ...alike.map((other) => other.id)]
}

function alikeKeys({ id, alike = [] }: Document): string[] {
  return alike.map((other) => `alike ${Math.min(id, other.id)} ${Math.max(id, other.id)}`)
}

function likenessOf(piece: Piece, attributions: readonly Said[], evidence: readonly Piece[]): Weighed['likeness'] {
  if (piece.stance === 'context' || piece.restsOnParty) return null
  const document = piece.restsOnSource ?? piece.source
  const found = (document.alike ?? []).flatMap(({ id, by, share }) => {
    const at = evidence.findIndex((other) => (other.restsOnSource ?? other.source).id === id && other.id !== piece.id)
    const isPrint = attributions.some(({ source }) => source.id === id)
    if (at < 0 && !isPrint) return []
    const what =
      by === 'address'
        ? 'Has the same address as'
        : share >= 100
          ? 'Holds the same text as'
          : 'Holds nearly the same text as'
    return [
      {
        id,
        words: `${what} ${isPrint ? 'a document that prints the claim' : `piece ${at + 1}`}: counted as one origin.`,
      },
    ]
  })
  if (!found.length) return null
  return { sentence: found.map(({ words }) => words).join(' '), sourceIds: [document.id, ...found.map(({ id }) => id)] }
}

/** Joins the pieces of a stance that share a key, directly or through others, and numbers what is left apart. */
function groupsOf(
  evidence: readonly Piece[],
  stance: Stance,
  origins: ReadonlyMap<number, Origin | null>,
): Map<number, number> {
  const counted = evidence.filter((piece) => piece.stance === stance && origins.get(piece.id))
  const keysOf = (piece: Piece) => origins.get(piece.id)?.keys ?? []
  const groups = new Map<number, number>()
  let last = 0
  for (const piece of counted) {
    if (groups.has(piece.id)) continue
    last += 1
    const keys = new Set<string>()
    let joining: Piece[] = [piece]
    while (joining.length) {
      for (const one of joining) {
        groups.set(one.id, last)
        for (const key of keysOf(one)) keys.add(key)
      }
      joining = counted.filter((one) => !groups.has(one.id) && keysOf(one).some((key) => keys.has(key)))
    }
  }
  return groups
}

function whyOf(piece: Piece, weighed: Omit<Weighed, 'why' | 'likeness'>, sameAs: number): string {
  const { origin, isFirst, isOwnSide, isEnough } = weighed
  if (piece.stance === 'context') return 'Context: it counts neither way.'
  if (piece.basis === 'unknown') return 'Does not count: nobody knows yet on what it rests.'
  if (!origin)
    return 'Does not count: what an unnamed person told never does. Name the party or the document it goes back to.'
  if (piece.isTheAct) return 'Is enough by itself: the document is the act that is claimed.'
  const seen = origin.owner ? `seen by ${origin.name}` : `seen in “${origin.name}”`
  if (isEnough && piece.basis === 'witnessed') return `Is enough by itself: ${seen}, from outside the claim.`
  if (isEnough) return `Is enough by itself: a document from outside the claim (${origin.name}).`
  if (!isFirst) return `Does not count again: it goes back to the same as piece ${sameAs}.`
  if (isOwnSide)
    return `Counts as one party only: ${origin.name} is on the claim’s own side, as its speaker, relay or print.`
  return `Counts as one party: ${origin.name}.`
}
