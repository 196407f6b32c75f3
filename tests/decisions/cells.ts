import { Stage } from '../../prisma/client/enums.ts'
import { ACTIONS, type MoveAction, type Mover } from '../../src/decisions/workflow.ts'

export const STAGES = Object.values(Stage)
export const ACTION_NAMES = Object.keys(ACTIONS) as MoveAction[]
export const AUTHOR = 1
export const PROPOSER = 7
export const ADDER = 9

/** Everybody that makes a difference: each role as the author and as somebody else, the editor who decided, the one who added. */
export const PEOPLE = {
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

export type Who = 'author' | 'reporter' | 'editor' | 'another' | 'adder' | 'mover'

// The table of the manual, cell by cell: stage, action, where it leads, who may. What is not here is not allowed.
export type Cell = [Stage, MoveAction, Stage | 'former', Who[]]
export const CELLS: Cell[] = [
  ['draft', 'edit', 'draft', ['author', 'editor']],
  ['draft', 'split', 'draft', ['author', 'editor']],
  ['draft', 'add_attribution', 'draft', ['author', 'editor']],
  ['draft', 'add_evidence', 'draft', ['author', 'editor']],
  ['draft', 'edit_evidence', 'draft', ['adder', 'editor']],
  ['draft', 'relate', 'draft', ['author', 'editor']],
  ['draft', 'unrelate', 'draft', ['adder', 'editor']],
  ['draft', 'record_finding', 'draft', ['editor']],
  ['draft', 'submit', 'submitted', ['author', 'editor']],
  ['draft', 'drop', 'closed', ['author']],
  ['submitted', 'edit', 'submitted', ['author', 'editor']],
  ['submitted', 'split', 'submitted', ['author', 'editor']],
  ['submitted', 'add_attribution', 'submitted', ['author', 'editor']],
  ['submitted', 'add_evidence', 'submitted', ['reporter']],
  ['submitted', 'edit_evidence', 'submitted', ['adder', 'editor']],
  ['submitted', 'relate', 'submitted', ['reporter']],
  ['submitted', 'unrelate', 'submitted', ['adder', 'editor']],
  ['submitted', 'record_finding', 'submitted', ['editor']],
  ['submitted', 'drop', 'closed', ['author']],
  ['submitted', 'take_up', 'in_review', ['editor']],
  ['submitted', 'assign', 'in_review', ['editor']],
  ['submitted', 'close', 'closed', ['editor']],
  ['in_review', 'edit', 'in_review', ['author', 'editor']],
  ['in_review', 'split', 'in_review', ['author', 'editor']],
  ['in_review', 'add_attribution', 'in_review', ['author', 'editor']],
  ['in_review', 'add_evidence', 'in_review', ['reporter']],
  ['in_review', 'edit_evidence', 'in_review', ['adder', 'editor']],
  ['in_review', 'relate', 'in_review', ['reporter']],
  ['in_review', 'unrelate', 'in_review', ['adder', 'editor']],
  ['in_review', 'record_finding', 'in_review', ['editor']],
  ['in_review', 'assign', 'in_review', ['editor']],
  ['in_review', 'hand_back', 'submitted', ['editor']],
  ['in_review', 'ask', 'needs_info', ['editor']],
  ['in_review', 'decide', 'decided', ['editor']],
  ['in_review', 'close', 'closed', ['editor']],
  ['needs_info', 'edit', 'needs_info', ['author', 'editor']],
  ['needs_info', 'split', 'needs_info', ['author', 'editor']],
  ['needs_info', 'add_attribution', 'needs_info', ['author', 'editor']],
  ['needs_info', 'add_evidence', 'needs_info', ['reporter']],
  ['needs_info', 'edit_evidence', 'needs_info', ['adder', 'editor']],
  ['needs_info', 'relate', 'needs_info', ['reporter']],
  ['needs_info', 'unrelate', 'needs_info', ['adder', 'editor']],
  ['needs_info', 'record_finding', 'needs_info', ['editor']],
  ['needs_info', 'reply', 'in_review', ['author', 'editor']],
  ['needs_info', 'close', 'closed', ['editor']],
  ['awaiting_second', 'edit', 'in_review', ['editor']],
  ['awaiting_second', 'add_evidence', 'awaiting_second', ['reporter']],
  ['awaiting_second', 'edit_evidence', 'in_review', ['editor']],
  ['awaiting_second', 'relate', 'awaiting_second', ['reporter']],
  ['awaiting_second', 'unrelate', 'awaiting_second', ['adder', 'editor']],
  ['awaiting_second', 'record_finding', 'awaiting_second', ['editor']],
  ['awaiting_second', 'second', 'decided', ['another']],
  ['awaiting_second', 'return', 'in_review', ['editor']],
  ['awaiting_second', 'close', 'closed', ['editor']],
  ['decided', 'edit', 'in_review', ['editor']],
  ['decided', 'add_attribution', 'decided', ['reporter']],
  ['decided', 'add_evidence', 'decided', ['reporter']],
  ['decided', 'edit_evidence', 'in_review', ['editor']],
  ['decided', 'relate', 'decided', ['reporter']],
  ['decided', 'unrelate', 'decided', ['adder', 'editor']],
  ['decided', 'record_finding', 'decided', ['editor']],
  ['decided', 'reopen', 'in_review', ['editor']],
  ['decided', 'supersede', 'decided', ['editor']],
  ['decided', 'close', 'closed', ['editor']],
  ['closed', 'reopen', 'submitted', ['editor']],
  ...STAGES.filter((stage) => stage !== 'draft').map((stage): Cell => [stage, 'undo', 'former', ['mover']]),
]

export const IS: Record<Who, (person: Mover) => boolean> = {
  author: ({ id, role }) => id === AUTHOR && role !== 'reader',
  reporter: ({ role }) => role !== 'reader',
  editor: ({ role }) => role === 'editor' || role === 'admin',
  another: (person) => IS.editor(person) && person.id !== PROPOSER,
  adder: ({ id, role }) => id === ADDER && role !== 'reader',
  mover: ({ id, role }) => id === ADDER && role !== 'reader',
}

export function claimIn(stage: Stage) {
  const proposal = stage === 'awaiting_second' ? { decidedById: PROPOSER } : null
  return { stage, authorId: AUTHOR, proposal }
}
