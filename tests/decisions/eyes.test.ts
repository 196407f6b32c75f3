import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Basis, Stage, Stance } from '../../prisma/client/enums.ts'
import { decide, type Ground, type Proposal, second } from '../../src/decisions/decide.ts'
import type { DecisionForm } from '../../src/decisions/forms.ts'
import type { Piece, Said } from '../../src/decisions/independence.ts'
import { allowed, type MoveAction, type Mover, stageAfter } from '../../src/decisions/workflow.ts'
import { AUTHOR, CELLS, claimIn, PEOPLE, PROPOSER, STAGES } from './cells.ts'

const MINISTRY = { id: 1, name: 'Interior Ministry' }
const SAID: Said[] = [
  {
    id: 1,
    naming: 'named',
    speakerId: MINISTRY.id,
    speaker: MINISTRY.name,
    relays: [],
    source: { id: 1, title: 'Dispatch' },
  },
]

/** A piece that goes back to one party, in a document of its own. */
function piece(id: number, party: number, basis: Basis, stance: Stance = 'supports'): Piece {
  const source = { id: 100 + id, title: `Document ${id}` }
  const restsOnParty = party === MINISTRY.id ? MINISTRY : { id: party, name: `Party ${party}` }
  return { id, stance, basis, isTheAct: false, passage: 'the very words', source, restsOnParty, restsOnSource: null }
}

const CARRIED = [piece(1, 2, 'document')]
const FORM: DecisionForm = {
  revision: 1,
  verdict: 'verified',
  rationale: 'The register names them.',
  replySought: null,
  recheckOn: null,
  change: null,
  changeNote: null,
  overrideReason: null,
}
const AT = new Date('2022-01-08T09:00:00Z')
const REVIEWERS = [0, 1, 2] as const
const ground = (reviewers: 0 | 1 | 2, wordsBy: number[], evidence: Piece[] = CARRIED): Ground => ({
  attributions: SAID,
  evidence,
  wordsBy,
  reviewers,
  isAgain: false,
})

const PROPOSAL: Proposal = {
  verdict: 'verified',
  rationale: 'The register names them.',
  replySought: null,
  recheckOn: null,
  change: null,
  changeNote: null,
  decidedById: PROPOSER,
  proposedAt: AT.toISOString(),
}

/** Whose words a claim is of, seen from whoever decides or seconds. */
const WORDS = {
  'their own': (id: number) => [id],
  'another’s': () => [99],
  'those of the two who rule': (id: number) => [id, PROPOSER],
  'of nobody since the last decision': () => [],
} as const satisfies Record<string, (id: number) => number[]>

/** What becomes of deciding a claim in review: refused with a sentence, effective at once, or awaiting a second. Product rule: guard 3. */
function deciding(person: Mover, reviewers: 0 | 1 | 2, wordsBy: number[]): string {
  const no = allowed(claimIn('in_review'), person, 'decide')
  if (no) return no
  const decided = decide(ground(reviewers, wordsBy), FORM, person, AT)
  return decided.kind === 'refused' ? decided.problems.map(({ message }) => message).join(' ') : decided.kind
}

function seconding(person: Mover, reviewers: 0 | 1 | 2, wordsBy: number[]): string {
  const no = allowed(claimIn('awaiting_second'), person, 'second')
  if (no) return no
  const seconded = second(ground(reviewers, wordsBy), PROPOSAL, person)
  return seconded.kind === 'refused' ? seconded.problems.map(({ message }) => message).join(' ') : seconded.kind
}

const EDITOR_ONLY = 'Only an editor may do this: decide.'
const SECOND_ONLY = 'Only an editor other than the one who decided may do this: second.'
const OWN_SECOND = 'You decided this claim yourself; somebody else has to second it.'
const BOTH_WROTE = /^Both you and the editor who decided wrote words of this claim/

describe('Every stage, action, person and desk', () => {
  const all = Object.entries(PEOPLE).flatMap(([name, person]) =>
    REVIEWERS.flatMap((reviewers) =>
      (Object.keys(WORDS) as (keyof typeof WORDS)[]).map((words) => ({
        name,
        person: person as Mover,
        reviewers,
        words,
      })),
    ),
  )

  test.each(all)('decides: $name on a desk of $reviewers, the words being $words', ({ person, reviewers, words }) => {
    const wordsBy = [...WORDS[words](person.id)]
    const isEditor = person.role === 'editor' || person.role === 'admin'
    const expected = !isEditor
      ? EDITOR_ONLY
      : reviewers === 2 || (reviewers === 1 && wordsBy.includes(person.id))
        ? 'proposed'
        : 'effective'
    expect(deciding(person, reviewers, wordsBy)).toBe(expected)
  })

  test.each(all)('seconds: $name on a desk of $reviewers, the words being $words', ({ person, reviewers, words }) => {
    const wordsBy = [...WORDS[words](person.id)]
    const said = seconding(person, reviewers, wordsBy)
    if (person.role !== 'editor' && person.role !== 'admin') expect(said).toBe(SECOND_ONLY)
    else if (person.id === PROPOSER) expect(said).toBe(OWN_SECOND)
    else if (reviewers > 0 && words === 'those of the two who rule') expect(said).toMatch(BOTH_WROTE)
    else expect(said).toBe('effective')
  })

  test('who decides and who wrote changes nothing of any other cell', () => {
    for (const stage of STAGES)
      for (const action of ['edit', 'ask', 'reopen', 'supersede', 'close', 'take_up', 'assign'] as const) {
        const cell = CELLS.find(([from, what]) => from === stage && what === action)
        for (const [name, person] of Object.entries(PEOPLE)) {
          const no = allowed(claimIn(stage), person, action)
          if (!cell)
            expect(no, `${stage} ${action} ${name}`).toMatch(
              /^A claim can be .* only while it is .*; this one is .*\.$/,
            )
          else if (no !== null) expect(no, `${stage} ${action} ${name}`).toMatch(/^Only .* may do this: .*\.$/)
        }
      }
  })

  test('an admin overrides the second with a reason, an editor does not, and never the evidence', () => {
    const overriding = { ...FORM, overrideReason: 'The others are away.' }
    const [admin, editor] = [PEOPLE['an admin'], PEOPLE['another editor']]
    expect(decide(ground(2, [admin.id]), overriding, admin, AT)).toMatchObject({
      kind: 'effective',
      overrideReason: 'The others are away.',
    })
    expect(decide(ground(2, [editor.id]), overriding, editor, AT).kind).toBe('refused')
    expect(decide(ground(2, [admin.id], []), overriding, admin, AT).kind).toBe('refused')
  })
})

// ── Sequences ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

type State = {
  stage: Stage
  verdict: string | null
  wordsBy: number[]
  evidence: Piece[]
  proposal: Proposal | null
  isAgain: boolean
}
type Ruled = { by: number; second: number | null; isOverridden: boolean; wordsBy: number[]; evidence: Piece[] }

const CAST: Mover[] = [
  { id: AUTHOR, role: 'reporter' },
  { id: 4, role: 'editor' },
  { id: 5, role: 'editor' },
  { id: 6, role: 'admin' },
  { id: 8, role: 'reader' },
]

const anAct = fc.record({
  person: fc.constantFrom(...CAST),
  action: fc.constantFrom<MoveAction>(
    'edit',
    'add_attribution',
    'add_evidence',
    'add_evidence',
    'add_evidence',
    'edit_evidence',
    'submit',
    'take_up',
    'assign',
    'hand_back',
    'ask',
    'reply',
    'decide',
    'decide',
    'decide',
    'second',
    'second',
    'return',
    'reopen',
    'close',
    'undo',
  ),
  party: fc.integer({ min: 1, max: 3 }),
  basis: fc.constantFrom<Basis>('witnessed', 'document', 'told_by', 'unknown'),
  stance: fc.constantFrom<Stance>('supports', 'supports', 'contradicts', 'context'),
  overrides: fc.boolean(),
})
type SomeAct = typeof anAct extends fc.Arbitrary<infer T> ? T : never

/** Guard 1 told another way: something first-hand from outside the ministry, or two parties that are known. */
function bears(evidence: readonly Piece[]): boolean {
  const counted = evidence.filter(({ stance, basis }) => stance === 'supports' && basis !== 'unknown')
  const isOutside = ({ restsOnParty }: Piece) => restsOnParty?.id !== MINISTRY.id
  return (
    counted.some((one) => isOutside(one) && (one.basis === 'witnessed' || one.basis === 'document')) ||
    new Set(counted.map(({ restsOnParty }) => restsOnParty?.id)).size >= 2
  )
}

/** Guard 3 told another way. */
function wasSeen(reviewers: 0 | 1 | 2, { by, second, isOverridden, wordsBy }: Ruled): boolean {
  if (reviewers === 0 || isOverridden) return true
  if (reviewers === 2 && (second === null || second === by)) return false
  return [by, second].some((one) => one !== null && !wordsBy.includes(one))
}

test('No sequence of allowed moves reaches “verified” without its evidence and without four eyes', () => {
  let reached = 0
  let undone = 0
  fc.assert(
    fc.property(
      fc.constantFrom(...REVIEWERS),
      fc.constantFrom<Stage>('draft', 'in_review', 'in_review'),
      fc.array(anAct, { minLength: 30, maxLength: 60, size: 'max' }),
      (reviewers, stage, acts) => {
        let now: State = { stage, verdict: null, wordsBy: [AUTHOR], evidence: [], proposal: null, isAgain: false }
        let before: { state: State; by: number } | null = null
        let ruled: Ruled | null = null
        for (const act of acts) {
          const next = after(now, act, reviewers, before)
          if (!next) continue
          if (next.ruled) ruled = next.ruled
          if (act.action === 'undo') undone += 1
          before = next.isMove ? { state: now, by: act.person.id } : null
          now = next.state
          if (now.verdict !== 'verified') continue
          reached += 1
          expect(now.stage).toBe('decided')
          if (ruled && next.ruled) {
            expect(bears(ruled.evidence)).toBe(true)
            expect(wasSeen(reviewers, ruled)).toBe(true)
          }
        }
      },
    ),
    { numRuns: 1500 },
  )
  // The search is worth something only where it gets there.
  expect(reached).toBeGreaterThan(100)
  expect(undone).toBeGreaterThan(100)
})

type Next = { state: State; isMove: boolean; ruled?: Ruled }

/** What an act makes of a claim by the application’s own rules; null where it is refused. */
function after(
  now: State,
  act: SomeAct,
  reviewers: 0 | 1 | 2,
  before: { state: State; by: number } | null,
): Next | null {
  const { person, action, party, basis, stance, overrides } = act
  const claim = { stage: now.stage, authorId: AUTHOR, proposal: now.proposal }
  if (action === 'undo') {
    if (!before || allowed(claim, person, 'undo', before.by) !== null) return null
    return { state: before.state, isMove: false }
  }
  if (allowed(claim, person, action, AUTHOR) !== null) return null
  const held: Ground = {
    attributions: SAID,
    evidence: now.evidence,
    wordsBy: now.wordsBy,
    reviewers,
    isAgain: now.isAgain,
  }
  const wordsBy = [...new Set([...now.wordsBy, person.id])]
  if (action === 'decide') {
    const form = {
      ...FORM,
      change: 'update' as const,
      changeNote: 'It moved.',
      overrideReason: overrides ? 'Away.' : null,
    }
    const decided = decide(held, form, person, AT)
    if (decided.kind === 'refused') return null
    if (decided.kind === 'proposed')
      return { state: { ...now, stage: 'awaiting_second', proposal: decided.proposal }, isMove: true }
    const ruled = {
      by: person.id,
      second: null,
      isOverridden: decided.overrideReason !== null,
      ...held,
      wordsBy: now.wordsBy,
      evidence: now.evidence,
    }
    return { state: effective(now, decided.proposal), isMove: true, ruled }
  }
  if (action === 'second') {
    if (!now.proposal) return null
    const seconded = second(held, now.proposal, person)
    if (seconded.kind === 'refused') return null
    const ruled = {
      by: now.proposal.decidedById,
      second: person.id,
      isOverridden: false,
      wordsBy: now.wordsBy,
      evidence: now.evidence,
    }
    return { state: effective(now, seconded.proposal), isMove: true, ruled }
  }
  const stage = stageAfter(now.stage, action)
  const left = stage === now.stage ? {} : { verdict: null, proposal: null }
  if (action === 'add_evidence')
    return {
      state: { ...now, evidence: [...now.evidence, piece((now.evidence.at(-1)?.id ?? 0) + 1, party, basis, stance)] },
      isMove: false,
    }
  if (action === 'edit_evidence')
    return { state: { ...now, ...left, stage, evidence: now.evidence.slice(1) }, isMove: false }
  if (action === 'edit' || action === 'add_attribution')
    return { state: { ...now, ...left, stage, wordsBy }, isMove: false }
  return { state: { ...now, ...left, stage }, isMove: true }
}

function effective(now: State, { verdict }: Proposal): State {
  return { ...now, stage: 'decided', verdict, proposal: null, wordsBy: [], isAgain: true }
}
