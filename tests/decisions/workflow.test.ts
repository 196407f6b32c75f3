import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Role, Stage } from '../../prisma/client/enums.ts'
import { workflowHelp } from '../../src/decisions/help.ts'
import {
  ACTIONS,
  allowed,
  BUTTONS,
  MOVES,
  type MoveAction,
  type MoveRow,
  type Mover,
  movesFor,
  NEEDS,
  rowFor,
  stageAfter,
} from '../../src/decisions/workflow.ts'

const STAGES = Object.values(Stage)
const ACTION_NAMES = Object.keys(ACTIONS) as MoveAction[]
const AUTHOR = 1
const PROPOSER = 7
const ADDER = 9

/** Everybody that makes a difference: each role as the author and as somebody else, the editor who decided, the one who added. */
const PEOPLE = {
  'a reader': { id: 2, role: 'reader' },
  'the author, now a reader': { id: AUTHOR, role: 'reader' },
  'the author, a reporter': { id: AUTHOR, role: 'reporter' },
  'another reporter': { id: 3, role: 'reporter' },
  'who added it, a reporter': { id: ADDER, role: 'reporter' },
  'the author, an editor': { id: AUTHOR, role: 'editor' },
  'another editor': { id: 4, role: 'editor' },
  'the editor who decided': { id: PROPOSER, role: 'editor' },
  'an admin': { id: 5, role: 'admin' },
} as const satisfies Record<string, Mover>

type Who = 'author' | 'reporter' | 'editor' | 'another' | 'adder' | 'mover'

// The table of the manual, cell by cell: stage, action, where it leads, who may. What is not here is not allowed.
type Cell = [Stage, MoveAction, Stage | 'former', Who[]]
const CELLS: Cell[] = [
  ['draft', 'edit', 'draft', ['author', 'editor']],
  ['draft', 'add_attribution', 'draft', ['author', 'editor']],
  ['draft', 'add_evidence', 'draft', ['author', 'editor']],
  ['draft', 'edit_evidence', 'draft', ['adder', 'editor']],
  ['draft', 'record_finding', 'draft', ['editor']],
  ['draft', 'submit', 'submitted', ['author', 'editor']],
  ['draft', 'drop', 'closed', ['author']],
  ['submitted', 'edit', 'submitted', ['author', 'editor']],
  ['submitted', 'add_attribution', 'submitted', ['author', 'editor']],
  ['submitted', 'add_evidence', 'submitted', ['reporter']],
  ['submitted', 'edit_evidence', 'submitted', ['adder', 'editor']],
  ['submitted', 'record_finding', 'submitted', ['editor']],
  ['submitted', 'drop', 'closed', ['author']],
  ['submitted', 'take_up', 'in_review', ['editor']],
  ['submitted', 'assign', 'in_review', ['editor']],
  ['submitted', 'close', 'closed', ['editor']],
  ['in_review', 'edit', 'in_review', ['author', 'editor']],
  ['in_review', 'add_attribution', 'in_review', ['author', 'editor']],
  ['in_review', 'add_evidence', 'in_review', ['reporter']],
  ['in_review', 'edit_evidence', 'in_review', ['adder', 'editor']],
  ['in_review', 'record_finding', 'in_review', ['editor']],
  ['in_review', 'assign', 'in_review', ['editor']],
  ['in_review', 'hand_back', 'submitted', ['editor']],
  ['in_review', 'ask', 'needs_info', ['editor']],
  ['in_review', 'decide', 'decided', ['editor']],
  ['in_review', 'close', 'closed', ['editor']],
  ['needs_info', 'edit', 'needs_info', ['author', 'editor']],
  ['needs_info', 'add_attribution', 'needs_info', ['author', 'editor']],
  ['needs_info', 'add_evidence', 'needs_info', ['reporter']],
  ['needs_info', 'edit_evidence', 'needs_info', ['adder', 'editor']],
  ['needs_info', 'record_finding', 'needs_info', ['editor']],
  ['needs_info', 'reply', 'in_review', ['author', 'editor']],
  ['needs_info', 'close', 'closed', ['editor']],
  ['awaiting_second', 'edit', 'in_review', ['editor']],
  ['awaiting_second', 'add_evidence', 'awaiting_second', ['reporter']],
  ['awaiting_second', 'edit_evidence', 'in_review', ['editor']],
  ['awaiting_second', 'record_finding', 'awaiting_second', ['editor']],
  ['awaiting_second', 'second', 'decided', ['another']],
  ['awaiting_second', 'return', 'in_review', ['editor']],
  ['awaiting_second', 'close', 'closed', ['editor']],
  ['decided', 'edit', 'in_review', ['editor']],
  ['decided', 'add_attribution', 'decided', ['reporter']],
  ['decided', 'add_evidence', 'decided', ['reporter']],
  ['decided', 'edit_evidence', 'in_review', ['editor']],
  ['decided', 'record_finding', 'decided', ['editor']],
  ['decided', 'reopen', 'in_review', ['editor']],
  ['decided', 'supersede', 'decided', ['editor']],
  ['decided', 'close', 'closed', ['editor']],
  ['closed', 'reopen', 'submitted', ['editor']],
  ...STAGES.filter((stage) => stage !== 'draft').map((stage): Cell => [stage, 'undo', 'former', ['mover']]),
]

const IS: Record<Who, (person: Mover) => boolean> = {
  author: ({ id, role }) => id === AUTHOR && role !== 'reader',
  reporter: ({ role }) => role !== 'reader',
  editor: ({ role }) => role === 'editor' || role === 'admin',
  another: (person) => IS.editor(person) && person.id !== PROPOSER,
  adder: ({ id, role }) => id === ADDER && role !== 'reader',
  mover: ({ id, role }) => id === ADDER && role !== 'reader',
}

function claimIn(stage: Stage) {
  const proposal = stage === 'awaiting_second' ? { decidedById: PROPOSER } : null
  return { stage, authorId: AUTHOR, proposal }
}

describe('The table of moves', () => {
  for (const stage of STAGES)
    for (const action of ACTION_NAMES) {
      const cell = CELLS.find(([from, what]) => from === stage && what === action)
      const who = cell?.[3] ?? []
      test(`${stage}, ${action}: ${cell ? `${cell[2]}, by ${who.join(' or ')}` : 'nobody'}`, () => {
        if (cell && cell[2] !== 'former') expect(stageAfter(stage, action)).toBe(cell[2])
        else expect(() => stageAfter(stage, action)).toThrow('No row leads')
        for (const [name, person] of Object.entries(PEOPLE)) {
          const no = allowed(claimIn(stage), person, action, ADDER)
          expect(no === null, `${name}: ${no}`).toBe(who.some((one) => IS[one](person)))
        }
      })
    }

  test('has one row at most for a stage and an action', () => {
    for (const stage of STAGES)
      for (const action of ACTION_NAMES)
        expect(
          MOVES.filter((row: MoveRow) => row.action === action && row.from.includes(stage)).length,
        ).toBeLessThanOrEqual(1)
  })

  test('reaches every stage from a draft, and leads out of every stage again', () => {
    const reached = new Set<Stage>(['draft'])
    for (let size = 0; size !== reached.size; ) {
      size = reached.size
      for (const row of MOVES as readonly MoveRow[])
        if (row.from.some((stage) => reached.has(stage)))
          for (const to of [row.to, row.or]) if (to && to !== 'same' && to !== 'former') reached.add(to)
    }
    expect(reached).toEqual(new Set(STAGES))
    for (const stage of STAGES)
      expect(MOVES.some((row: MoveRow) => row.from.includes(stage) && row.to !== 'same' && row.to !== stage)).toBe(true)
  })

  test('leads to a verdict only by deciding and by seconding', () => {
    const ways = MOVES.filter((row: MoveRow) => row.to === 'decided' && !row.from.includes('decided'))
    expect(ways.map(({ action }) => action)).toEqual(['decide', 'second'])
  })

  test('leaves a verdict behind only with a reason', () => {
    const ways = MOVES.filter(
      (row: MoveRow) => row.from.includes('decided') && !['same', 'former', 'decided'].includes(row.to),
    )
    expect(ways.map(({ action }) => action)).toEqual(['edit', 'edit_evidence', 'reopen', 'close'])
    for (const way of ways) expect(way.needs).toContain('reason')
  })
})

describe('What people are told', () => {
  test('the wrong stage is named, with the right ones', () => {
    expect(allowed(claimIn('decided'), PEOPLE['another editor'], 'take_up')).toBe(
      'A claim can be taken up only while it is submitted; this one is decided.',
    )
    expect(allowed(claimIn('closed'), PEOPLE['another editor'], 'edit')).toBe(
      'A claim can be edited only while it is draft, submitted, needs information, in review, awaiting a second or decided; this one is closed.',
    )
  })

  test('who may is named', () => {
    expect(allowed(claimIn('submitted'), PEOPLE['another reporter'], 'take_up')).toBe(
      'Only an editor may do this: take up.',
    )
    expect(allowed(claimIn('awaiting_second'), PEOPLE['the editor who decided'], 'second')).toBe(
      'You decided this claim yourself; somebody else has to second it.',
    )
  })

  test('a superseded claim is not superseded again', () => {
    const claim = { ...claimIn('decided'), supersededById: 12 }
    expect(allowed(claim, PEOPLE['an admin'], 'supersede')).toBe('This claim is superseded already.')
  })

  test('buttons are the rows that are open, with what they ask for', () => {
    expect(movesFor(claimIn('in_review'), PEOPLE['another editor'])).toEqual([
      { action: 'ask', label: 'Ask for information', needs: ['reason'] },
      { action: 'hand_back', label: 'Hand back', needs: [] },
      { action: 'assign', label: 'Assign', needs: ['assignee'] },
      { action: 'close', label: 'Close', needs: ['reason', 'because'] },
    ])
    expect(movesFor(claimIn('draft'), PEOPLE['the author, a reporter']).map(({ label }) => label)).toEqual([
      'Submit for review',
      'Drop',
    ])
    expect(movesFor(claimIn('decided'), PEOPLE['a reader'])).toEqual([])
  })

  test('the help page has a line for every row and every verdict, all in words', () => {
    const { moves, verdicts } = workflowHelp()
    expect(moves).toHaveLength(MOVES.length)
    expect(verdicts).toHaveLength(7)
    expect(JSON.stringify([moves, verdicts])).not.toMatch(/_|undefined/)
    expect(moves.find(({ action }) => action === 'Decide')).toEqual({
      from: 'In review',
      action: 'Decide',
      to: 'Decided, or Awaiting a second',
      who: 'an editor',
      needs: NEEDS.ruling,
    })
  })
})

test('Whatever is tried in whatever order, only the rows move a claim, and readers move nothing', () => {
  const step = fc.record({ action: fc.constantFrom(...ACTION_NAMES), role: fc.constantFrom(...Object.values(Role)) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let stage: Stage = 'draft'
      for (const { action, role } of steps) {
        const no = allowed(claimIn(stage), { id: 3, role }, action)
        if (role === 'reader') expect(no).not.toBeNull()
        if (no !== null) continue
        expect(rowFor(stage, action)).not.toBeNull()
        if (BUTTONS.some((button) => button === action) || action === 'decide') stage = stageAfter(stage, action)
      }
      expect(STAGES).toContain(stage)
    }),
  )
})
