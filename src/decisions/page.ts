import type { CameIn } from '../../prisma/client/enums.ts'
import { peopleWho, REVIEWING } from '../accounts/store.ts'
import { readDesk } from '../desk/store.ts'
import { evidenceContexts, evidenceOf } from '../evidence/list.store.ts'
import { evidenceShown } from '../evidence/shown.ts'
import type { Db } from '../history/store.ts'
import { paths } from '../paths.ts'
import { may } from '../policy.ts'
import { WITHHELD_VALUE } from '../privacy/event.ts'
import { allNames, type Withheld, withoutNames } from '../privacy/withheld.ts'
import { choices, word } from '../words.ts'
import { type Proposal, proposalOf } from './decide.ts'
import { calledOtherwise } from './decided-as.ts'
import { writersUnder } from './eyes.ts'
import { bearingsOf } from './ground.store.ts'
import { evidenceProblem, needsSecond, RULES } from './guards.ts'
import { type Headline, headlineOf } from './headline.ts'
import { groupCount, type Piece, type Weighed, weigh } from './independence.ts'
import { decisionsOn, nameOf, type ShownDecision, sealedParts } from './list.store.ts'
import type { Parts } from './parts.ts'
import { maskParts } from './row.ts'
import { lastEventOn } from './undo.store.ts'
import { timeLeft, undoing } from './undo.ts'
import { allowed, type MovedClaim, type Mover, movesFor } from './workflow.ts'

type RuledClaim = MovedClaim & {
  id: number
  ref: string
  revision: number
  wordsBy: number[]
  unverifiedBy: number[]
  cameIn: CameIn
}

export type Ruling = Awaited<ReturnType<typeof rulingFor>>

/** Everything that *Is it so?* shows of a claim to somebody: evidence and how it counts, decisions, and the moves open to them. */
export async function rulingFor(db: Db, claim: RuledClaim, person: Mover, withheld: Withheld | null) {
  const { attributions, evidence } = await bearingsOf(db, claim.id)
  const weighed = weigh(attributions, evidence).map((piece) => withoutWitness(piece, evidence, withheld))
  const weighedById = new Map(weighed.map((piece) => [piece.id, piece]))
  const [pieces, contexts, decisions, desk] = [
    await evidenceOf(db, claim.id),
    await evidenceContexts(db, claim.id),
    await decisionsOn(db, claim.id),
    await readDesk(db),
  ]
  const [newest] = decisions
  const inForce = newest && !newest.end ? newest : null
  // A superseded claim keeps showing what it was decided to be; under re-review what it was before.
  const last = inForce ?? decisions.find(({ end }) => end?.cause !== 'undone') ?? null
  const moves = movesFor(claim, person)
  const mayDecide = allowed(claim, person, 'decide') === null
  return {
    ref: claim.ref,
    revision: claim.revision,
    stage: claim.stage,
    evidence: pieces.map((piece, index) =>
      evidenceShown(piece, {
        number: index + 1,
        weighed: weighedById.get(piece.id),
        context: contexts.get(piece.id),
        withheld,
        editHref:
          allowed(claim, person, 'edit_evidence', piece.addedById) === null
            ? paths.editEvidence(claim.ref, piece.id)
            : null,
      }),
    ),
    counts: { sentence: countsInWords(weighed) },
    addEvidenceHref: allowed(claim, person, 'add_evidence') === null ? paths.newEvidence(claim.ref) : null,
    inForce: inForce && decisionShown(inForce, withheld),
    decidedAs:
      inForce && claim.cameIn !== 'nothing'
        ? await decidedAs(db, inForce.id, { attributions, evidence }, withheld)
        : [],
    isUncarried: inForce !== null && claim.cameIn !== 'nothing' && evidenceProblem(inForce.verdict, weighed) !== null,
    last: last && decisionShown(last, withheld),
    earlier: decisions.filter((decision) => decision !== last).map((decision) => decisionShown(decision, withheld)),
    proposal: await proposalShown(db, proposalOf(claim.proposal), withheld),
    undo: undoShown(undoing(claim, await lastEventOn(db, claim), person, new Date())),
    moves: moves.map((move) => ({ ...move, intro: INTROS[move.action] ?? '' })),
    why: whyNot(claim, person),
    editors: moves.some(({ action }) => action === 'assign')
      ? (await peopleWho(db, REVIEWING)).map(({ id, name }) => ({
          value: String(id),
          label: id === person.id ? `${name} (you)` : name,
        }))
      : [],
    closedBecauses: choices('closedBecause'),
    decide: mayDecide
      ? {
          verdicts: choices('verdict').map((option) => ({
            ...option,
            hint: Reflect.get(RULES, option.value).line as string,
          })),
          changes: decisions.some(({ end }) => end?.cause !== 'undone') ? choices('change') : null,
          ...waitsFor(claim, desk.reviewers, person.id),
          mayOverride: may(person.role, 'override'),
        }
      : null,
  }
}

/** What the decision in force was made on that is called otherwise now, in words. */
async function decidedAs(
  db: Db,
  decisionId: number,
  bearings: Pick<Parts, 'attributions' | 'evidence'>,
  withheld: Withheld | null,
): Promise<string[]> {
  const sealed = await sealedParts(db, decisionId)
  if (!sealed) return []
  const shown = (parts: Parts) => (withheld ? maskParts(parts, withheld, true) : parts)
  return calledOtherwise(shown(sealed), shown({ ...sealed, ...bearings }))
}

/** Whether what this person decides awaits a second, whatever the verdict or only where it affirms the claim. */
function waitsFor(claim: RuledClaim, reviewers: 0 | 1 | 2, decidedById: number) {
  const under = (verdict: Proposal['verdict']) =>
    needsSecond({ reviewers, wordsBy: writersUnder(verdict, claim), decidedById })
  const [waits, waitsAffirmed] = [under('unproven'), under('verified')]
  return { waits, waitsAffirmed: waitsAffirmed && !waits }
}

/** How a piece counts, without naming who stands behind a document that is withheld, or that somebody unnamed is on the claim's own side. */
function withoutWitness(given: Weighed, evidence: readonly Piece[], withheld: Withheld | null): Weighed {
  const piece = evidence.find(({ id }) => id === given.id)
  if (withheld === null || !piece) return given
  // That a text is shared with a document that is withheld would tell what stands in that one.
  const isTold = !given.likeness?.sourceIds.some((id) => withheld.sources.has(id))
  const weighed = { ...given, likeness: isTold ? given.likeness : null }
  const isWithheld = [piece.source, piece.restsOnSource].some((source) => source && withheld.sources.has(source.id))
  const owner = weighed.origin?.owner
  if (isWithheld) return { ...weighed, why: weighed.group === null ? 'Does not count.' : COUNTS_WITHHELD }
  return owner && withheld.names.has(owner.id) ? { ...weighed, why: `Counts as one party: ${owner.name}.` } : weighed
}

const COUNTS_WITHHELD = 'It counts, and what it goes back to is withheld.'

function countsInWords(weighed: readonly Weighed[]): string {
  const [supporting, contradicting] = [groupCount(weighed, 'supports'), groupCount(weighed, 'contradicts')]
  const many = (count: number, verb: string) =>
    count === 0
      ? `nothing that counts ${verb}s it`
      : count === 1
        ? `one origin ${verb}s it`
        : `${count} independent origins ${verb} it`
  const text = `${many(supporting, 'support')}, and ${many(contradicting, 'contradict')}.`
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function decisionShown(decision: ShownDecision, withheld: Withheld | null) {
  const { decidedBy, secondedBy, end, redactions } = decision
  return {
    ...withoutNamesInReasons(decision, withheld),
    headline: badgeOf(decision.verdict),
    decidedBy: decidedBy.name,
    secondedBy: secondedBy?.name ?? null,
    redaction: redactions[0] ?? null,
    // A decision put in force again was made when the one that it restores was.
    decidedAt: decision.restores?.decidedAt ?? decision.decidedAt,
    restoredAt: decision.restores ? decision.decidedAt : null,
    revision: decision.restores?.revision ?? decision.revision,
    reviewersInWords: REVIEWERS[decision.reviewers] ?? '',
    end: end && { at: end.at, words: END_WORDS[end.cause] },
  }
}

/** A decision's reasons; those are left out that name a speaker who is not to be named. */
function withoutNamesInReasons<T extends { rationale: string }>(decision: T, withheld: Withheld | null): T {
  const names = allNames(withheld)
  const shown = REASONS.map((field) => {
    const text: unknown = Reflect.get(decision, field)
    return [field, typeof text === 'string' ? (withoutNames(text, names) ?? WITHHELD_VALUE) : text]
  })
  return { ...decision, ...Object.fromEntries(shown) }
}

const REASONS = ['rationale', 'overrideReason', 'replySought', 'changeNote'] as const

function badgeOf(verdict: Proposal['verdict']): Headline {
  return headlineOf({
    stage: 'decided',
    verdict,
    formerVerdict: null,
    closedBecause: null,
    isSuperseded: false,
    cameIn: 'nothing',
  })
}

const REVIEWERS: Record<number, string> = {
  0: 'on a desk of one',
  2: 'on a desk that always wants two',
}

const END_WORDS = {
  edited: 'ended when the claim or its evidence was edited',
  reopened: 'ended when the claim was reopened',
  superseded: 'ended when a newer claim superseded this one',
  undone: 'undone',
  closed: 'ended when the claim was closed',
} as const satisfies Record<NonNullable<ShownDecision['end']>['cause'], string>

async function proposalShown(db: Db, proposal: Proposal | null, withheld: Withheld | null) {
  if (!proposal) return null
  return {
    ...withoutNamesInReasons(proposal, withheld),
    word: word('verdict', proposal.verdict),
    decidedBy: await nameOf(db, proposal.decidedById),
    proposedAt: new Date(proposal.proposedAt),
  }
}

function undoShown(undone: ReturnType<typeof undoing>) {
  return undone.no === null ? { left: timeLeft(undone.secondsLeft) } : null
}

/** Why a button that somebody may look for is not there; '' when nothing needs saying. */
function whyNot(claim: MovedClaim, person: Mover): string {
  const isEditor = may(person.role, 'decide')
  if (claim.stage === 'awaiting_second' && isEditor) return allowed(claim, person, 'second') ?? ''
  if (claim.stage === 'submitted' && isEditor) return 'Take the claim up to decide it.'
  if (claim.stage === 'needs_info' && isEditor) return 'It can be decided once its author, or you, has replied.'
  return ''
}

const INTROS: Partial<Record<string, string>> = {
  assign: 'It is theirs to review, and waits on their first page.',
  ask: 'The claim goes back to its author with your question.',
  reply: 'Your reply goes to the editors, and the claim is in review again.',
  return: 'What was decided is set aside, and the claim is in review again.',
  reopen:
    'The claim goes back for review; a verdict it had is kept as the former one. What another claim took over from a duplicate stays there.',
  supersede: 'A newer claim that is verified takes this one’s place. Both keep their references.',
  close:
    'A closed claim stays where it is, struck out, and can be reopened. The claim that a duplicate repeats takes over its attributions.',
}
