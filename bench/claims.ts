import type { ClosedBecause, Finding, PartyKind, Stage, Verdict } from '../prisma/client/enums.ts'
import { independentSources } from '../src/decisions/independence.ts'
import type { AttributionPart, EvidencePart, Parts, Ruling, SourcePart } from '../src/decisions/parts.ts'
import { sealOf } from '../src/decisions/seal.ts'
import { normalised } from '../src/text.ts'
import { add, type Chunk, instant } from './chunk.ts'
import type { Chain, Step } from './events.ts'
import type { Random } from './random.ts'
import { coined, sentence } from './words.ts'

/** A source with its capture, as far as claims quote from it. */
export type SourceMade = {
  part: SourcePart
  captureId: number
  sha256: string
  passages: { text: string; start: number; end: number }[]
}

/** What is at hand for each claim. */
export type World = {
  random: Random
  chain: Chain
  count: number
  stories: { id: number; code: string; title: string }[]
  parties: { id: number; name: string; kind: string }[]
  sources: SourceMade[]
  reporters: number[]
  editors: { id: number; name: string }[]
  nextId: (table: string) => number
}

/** How many of a hundred claims stand where. */
// As the database keeps it by a trigger, which sleeps while the record is written.
const WAITING: readonly Stage[] = ['submitted', 'in_review', 'awaiting_second']
const STAGES = stretched<Stage>({ decided: 40, in_review: 30, submitted: 15, draft: 11, closed: 4 })
const VERDICTS = stretched<Verdict>({
  verified: 50,
  partly_verified: 12,
  false: 12,
  misleading: 6,
  disputed: 6,
  unproven: 10,
  not_checkable: 4,
})
const FINDINGS: Finding[] = ['confirmed_primary', 'confirmed_relayed', 'unchecked', 'altered']

/** A word that some forty claims have, however many there are: what is compared is finding them, not showing more of them. */
export const RARE_WORD = 'Xylanthir'
/** A word that about a quarter of the claims have. */
export const COMMON_WORD = 'ministry'

/** Adds one claim with its attributions, evidence, events and decision. The last one of all has ten, ten and fifty. */
export function claimRows(chunk: Chunk, world: World, index: number): void {
  const { random, chain, stories, editors, reporters, nextId } = world
  const isFullest = index === world.count - 1
  const id = nextId('claim')
  const story = stories[index % stories.length]
  if (!story) throw new Error('A claim without a story')
  const number = Math.floor(index / stories.length) + 1
  const ref = `${story.code}-${number}`
  const told = sentence(random, 7 + random.below(9))
  const rare = index % Math.ceil(world.count / 40) === 17 ? ` ${RARE_WORD}` : ''
  const statement = normalised(`${told.text} ${coined(random.below(9_000))}${rare}`)
  const stage = isFullest ? 'decided' : random.pick(STAGES)
  const verdict = stage === 'decided' ? (isFullest ? 'verified' : random.pick(VERDICTS)) : null
  const authorId = random.pick(reporters)
  const editor = random.pick(editors)
  const created = -random.below(780 * 24 * 60) - 20 * 24 * 60
  const moved = (step: number) => instant(created + step * 7)
  const attributions = attributionRows(chunk, world, id, isFullest ? 10 : 1 + (index % 2), {
    addedById: authorId,
    createdAt: moved(0),
    foundById: stage === 'decided' ? editor.id : null,
  })
  const isWeighed = stage === 'decided' || stage === 'in_review'
  const evidence = evidenceRows(chunk, world, id, isFullest ? 10 : isWeighed ? 2 : 0, verdict, editor.id, moved(1))

  const reached = stepsTo(stage, verdict, authorId, editor.id, moved)
  const edits: Step[] = Array.from({ length: isFullest ? 50 - reached.length : 0 }, (_, at) => ({
    actor: editor.id,
    at: moved(2),
    action: at % 2 ? 'evidence edited' : 'edited',
    before: { place: `Place ${at}` },
    after: { place: `Place ${at + 1}` },
  }))
  const kept = chain(chunk, 'claim', id, [...reached.slice(0, -1), ...edits, ...reached.slice(-1)])
  const figure = random.below(10) < 3 ? { low: String(random.below(20_000)), wording: 'at least so many' } : null
  const occurredOn = random.below(10) < 7 ? instant(created).slice(0, random.pick([4, 7, 10, 10, 10])) : null
  const place = random.below(2) ? coined(random.below(400)) : null
  const updatedAt = moved(reached.length)
  add(chunk, 'claim', {
    id,
    story_id: story.id,
    number,
    ref,
    statement,
    language: told.language,
    occurred_on: occurredOn,
    place,
    stage,
    closed_because: stage === 'closed' ? ('dropped' satisfies ClosedBecause) : null,
    verdict,
    came_in: 'nothing',
    figure_comparator: figure && 'at_least',
    figure_low: figure?.low,
    figure_wording: figure?.wording,
    author_id: authorId,
    assignee_id: isWeighed ? editor.id : null,
    created_at: moved(0),
    updated_at: updatedAt,
    waits_since: WAITING.includes(stage) ? updatedAt : null,
    moved_at_revision: kept.revision,
    words_by: stage === 'decided' ? [] : [authorId],
    ...kept,
  })
  if (!verdict) return
  const claim = {
    id,
    ref,
    revision: kept.revision,
    stage,
    statement,
    language: told.language,
    story: story.title,
    occurredOn,
    place,
    figureComparator: figure && ('at_least' as const),
    figureLow: figure?.low ?? null,
    figureHigh: null,
    figureWording: figure?.wording ?? null,
    figureAsOf: null,
    supersededBy: null,
  }
  decisionRow(
    chunk,
    world,
    { claim, attributions, evidence, independentSources: 0, ruling: null },
    verdict,
    editor,
    updatedAt,
  )
}

function stretched<T extends string>(shares: Partial<Record<T, number>>): T[] {
  return Object.entries(shares).flatMap(([word, share]) => Array.from({ length: Number(share) }, () => word as T))
}

function stepsTo(
  stage: Stage,
  verdict: Verdict | null,
  authorId: number,
  editorId: number,
  moved: (step: number) => string,
): Step[] {
  const steps: Step[] = [{ actor: authorId, at: moved(0), action: 'recorded', after: { stage: 'draft' } }]
  const go = (actor: number, action: string, before: string, after: object) =>
    steps.push({ actor, at: moved(steps.length), action, before: { stage: before }, after })
  if (stage === 'draft') return steps
  if (stage === 'closed') {
    go(authorId, 'dropped', 'draft', { stage: 'closed', closedBecause: 'dropped' })
    return steps
  }
  go(authorId, 'submitted', 'draft', { stage: 'submitted' })
  if (stage === 'submitted') return steps
  go(editorId, 'took up', 'submitted', { stage: 'in_review', assigneeId: editorId })
  if (stage === 'decided') go(editorId, 'decided', 'in_review', { stage: 'decided', verdict })
  return steps
}

type Added = { addedById: number; createdAt: string; foundById: number | null }

function attributionRows(chunk: Chunk, world: World, claimId: number, many: number, added: Added): AttributionPart[] {
  const { random, parties, sources, nextId } = world
  return Array.from({ length: many }, (_, at) => {
    const id = nextId('attribution')
    const source = random.pick(sources)
    const passage = random.pick(source.passages)
    const isNamed = random.below(5) > 0
    const speaker = isNamed ? random.skewed(parties) : null
    const finding = added.foundById ? random.pick(FINDINGS) : 'unchecked'
    const quote = random.below(3) === 0 ? passage.text.slice(0, 40) : null
    const hedges = random.below(6) === 0 ? ['reportedly'] : []
    const relay = random.below(4) === 0 ? random.pick(parties) : null
    add(chunk, 'attribution', {
      id,
      claim_id: claimId,
      ordinal: at + 1,
      source_id: source.part.id,
      capture_id: source.captureId,
      speaker_id: speaker?.id,
      speaker_as_printed: speaker ? null : 'a spokesman',
      naming: speaker ? 'named' : 'described',
      position: 'asserts',
      cue: 'said',
      hedges,
      speech: quote ? 'partial' : 'paraphrase',
      passage: passage.text,
      prefix: '',
      suffix: '',
      start: passage.start,
      end: passage.end,
      quote: quote?.toWellFormed(),
      said_on: source.part.publishedOn,
      terms: 'on_record',
      finding,
      found_by_id: finding === 'unchecked' ? null : added.foundById,
      found_at: finding === 'unchecked' ? null : added.createdAt,
      added_by_id: added.addedById,
      created_at: added.createdAt,
    })
    if (relay)
      add(chunk, 'relay', { id: nextId('relay'), attribution_id: id, ordinal: 1, party_id: relay.id, printed: true })
    return {
      id,
      source: source.part,
      captureSha256: source.sha256,
      speaker: speaker?.name ?? null,
      speakerId: speaker?.id ?? null,
      speakerKind: (speaker?.kind ?? null) as PartyKind | null,
      speakerRole: speaker?.kind === 'person' ? 'spokesperson' : '',
      speakerAsPrinted: speaker ? null : 'a spokesman',
      naming: speaker ? 'named' : 'described',
      position: 'asserts',
      relays: relay ? [{ id: relay.id, name: relay.name, printed: true }] : [],
      cue: 'said',
      hedges,
      occasion: null,
      speech: quote ? 'partial' : 'paraphrase',
      passage: passage.text,
      quote: quote?.toWellFormed() ?? null,
      originalWords: null,
      originalLanguage: null,
      saidOn: source.part.publishedOn,
      terms: 'on_record',
      finding,
      findingNote: null,
      findingUrl: null,
    }
  })
}

function evidenceRows(
  chunk: Chunk,
  world: World,
  claimId: number,
  many: number,
  verdict: Verdict | null,
  addedById: number,
  createdAt: string,
): EvidencePart[] {
  const { random, sources, nextId } = world
  const against = verdict === 'false' || verdict === 'misleading'
  return Array.from({ length: many }, (_, at) => {
    const id = nextId('evidence')
    const source = random.pick(sources)
    const passage = random.pick(source.passages)
    const isOther = verdict === 'disputed' && at % 2 === 1
    const stance = against !== isOther ? 'contradicts' : 'supports'
    // Seen by somebody: enough for a verdict, as nobody of the claim's own side is behind it.
    const basis = at % 2 ? 'document' : 'witnessed'
    add(chunk, 'evidence', {
      id,
      claim_id: claimId,
      source_id: source.part.id,
      capture_id: source.captureId,
      stance,
      basis,
      is_the_act: false,
      passage: passage.text,
      prefix: '',
      suffix: '',
      start: passage.start,
      end: passage.end,
      note: 'Compared with the capture.',
      added_by_id: addedById,
      created_at: createdAt,
    })
    return {
      id,
      source: source.part,
      captureSha256: source.sha256,
      stance,
      basis,
      restsOnParty: null,
      restsOnSource: null,
      isTheAct: false,
      passage: passage.text,
      note: 'Compared with the capture.',
    }
  })
}

function decisionRow(
  chunk: Chunk,
  world: World,
  parts: Parts,
  verdict: Verdict,
  editor: { id: number; name: string },
  at: string,
): void {
  const { attributions, evidence, claim } = parts
  const needsReply = verdict === 'false' || verdict === 'misleading'
  const replySought = needsReply ? 'Asked on Monday; no answer.' : null
  const rationale = normalised(`${sentence(world.random, 14).text} Seen in the document itself.`)
  const ruling: Ruling = {
    verdict,
    rationale,
    decidedBy: editor.name,
    secondedBy: null,
    override: null,
    replySought,
    decidedAt: at,
    change: null,
    changeNote: null,
  }
  const whole = { ...parts, independentSources: independentSources(attributions, evidence) }
  const { seal, sealVersion, sourceIds } = sealOf(whole, ruling, claim.revision)
  add(chunk, 'decision', {
    id: world.nextId('decision'),
    claim_id: claim.id,
    revision: claim.revision,
    verdict,
    findings: Object.fromEntries(attributions.map(({ id, finding }) => [id, finding])),
    rationale,
    decided_by_id: editor.id,
    decided_at: at,
    reviewers: 1,
    reply_sought: replySought,
    seal,
    seal_version: sealVersion,
    source_ids: sourceIds,
  })
}
