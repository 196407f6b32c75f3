import type { Role, Stage } from '../../prisma/client/enums.ts'
import { word } from '../words.ts'

/** What the table asks of a claim. */
export type MovedClaim = { stage: Stage; authorId: number; proposal: unknown; supersededById?: number | null }

/** Somebody at the desk. */
export type Mover = { id: number; role: Role }

/** Who may make a move on a claim, by name. An admin counts as an editor,
 * `adder` is who added the piece of evidence or the relation in question, and `mover` whoever made the last move. */
const WHO = {
  author: (claim: MovedClaim, person: Mover) => person.role !== 'reader' && person.id === claim.authorId,
  reporter: (_claim: MovedClaim, person: Mover) => person.role !== 'reader',
  editor: (_claim: MovedClaim, person: Mover) => person.role === 'editor' || person.role === 'admin',
  anotherEditor: (claim: MovedClaim, person: Mover) =>
    WHO.editor(claim, person) && person.id !== proposerOf(claim.proposal),
  adder: (_claim: MovedClaim, person: Mover, ownerId?: number) => person.role !== 'reader' && person.id === ownerId,
  mover: (_claim: MovedClaim, person: Mover, ownerId?: number) => person.role !== 'reader' && person.id === ownerId,
}

export type Who = keyof typeof WHO

const WHO_WORDS = {
  author: 'its author',
  reporter: 'a reporter or an editor',
  editor: 'an editor',
  anotherEditor: 'an editor other than the one who decided',
  adder: 'whoever added it',
  mover: 'whoever made the last move',
} as const satisfies Record<Who, string>

/** What a move asks for besides the person, in words for the help page. */
export const NEEDS = {
  attribution: 'a statement and at least one attribution with a source',
  question: 'the question that its figure answers, where it has one',
  assignee: 'an editor who can sign in',
  reason: 'a reason',
  reply: 'a reply',
  ruling: 'a verdict, a rationale, and what the verdict asks of the evidence',
  guards: 'that the evidence still bears the verdict, and that one of the two wrote none of the words',
  other: 'another claim, which may be related too',
  newer: 'a newer claim that is decided and verified',
  recent: 'that the move was at most ten minutes ago, and that nothing else has happened to the claim since',
  because: 'why: a duplicate (of which claim), out of scope, or dropped',
} as const

export type Need = keyof typeof NEEDS

/** What people do to claims: `label` is the button, `done` completes "can be …". */
export const ACTIONS = {
  edit: { label: 'Edit', done: 'edited' },
  split: { label: 'Split into two claims', done: 'split in two' },
  add_attribution: { label: 'Add an attribution', done: 'given another attribution' },
  add_evidence: { label: 'Add evidence', done: 'given evidence' },
  edit_evidence: { label: 'Edit evidence', done: 'changed in its evidence' },
  relate: { label: 'Relate to another claim', done: 'related to another claim' },
  unrelate: { label: 'Remove a relation', done: 'taken out of a relation' },
  record_finding: { label: 'Record a finding', done: 'given a finding' },
  submit: { label: 'Submit for review', done: 'submitted' },
  drop: { label: 'Drop', done: 'dropped' },
  take_up: { label: 'Take up', done: 'taken up' },
  assign: { label: 'Assign', done: 'assigned' },
  hand_back: { label: 'Hand back', done: 'handed back' },
  ask: { label: 'Ask for information', done: 'asked about' },
  reply: { label: 'Reply', done: 'replied on' },
  decide: { label: 'Decide', done: 'decided' },
  second: { label: 'Second', done: 'seconded' },
  return: { label: 'Return to review', done: 'returned to review' },
  reopen: { label: 'Reopen', done: 'reopened' },
  supersede: { label: 'Supersede', done: 'superseded' },
  close: { label: 'Close', done: 'closed' },
  undo: { label: 'Undo', done: 'taken back to what it was' },
} as const satisfies Record<string, { label: string; done: string }>

export type MoveAction = keyof typeof ACTIONS

/** One row: from these stages the action leads to `to` (or to `or`; `former` is where the claim was before its last move), for whoever is one of `who`, given what it `needs`. */
export type MoveRow = {
  from: readonly Stage[]
  action: MoveAction
  to: Stage | 'same' | 'former'
  or?: Stage
  who: readonly Who[]
  needs: readonly Need[]
}

/** Every move there is; what is no row is not allowed. Buttons, permission, validation, the help page and tests read it. */
export const MOVES = [
  {
    from: ['draft', 'submitted', 'needs_info', 'in_review'],
    action: 'edit',
    to: 'same',
    who: ['author', 'editor'],
    needs: [],
  },
  { from: ['awaiting_second', 'decided'], action: 'edit', to: 'in_review', who: ['editor'], needs: ['reason'] },
  {
    from: ['draft', 'submitted', 'needs_info', 'in_review'],
    action: 'split',
    to: 'same',
    who: ['author', 'editor'],
    needs: [],
  },
  {
    from: ['draft', 'submitted', 'needs_info', 'in_review'],
    action: 'add_attribution',
    to: 'same',
    who: ['author', 'editor'],
    needs: [],
  },
  { from: ['decided'], action: 'add_attribution', to: 'same', who: ['reporter', 'editor'], needs: [] },
  { from: ['draft'], action: 'add_evidence', to: 'same', who: ['author', 'editor'], needs: [] },
  {
    from: ['submitted', 'in_review', 'needs_info', 'awaiting_second', 'decided'],
    action: 'add_evidence',
    to: 'same',
    who: ['reporter', 'editor'],
    needs: [],
  },
  {
    from: ['draft', 'submitted', 'in_review', 'needs_info'],
    action: 'edit_evidence',
    to: 'same',
    who: ['adder', 'editor'],
    needs: [],
  },
  {
    from: ['awaiting_second', 'decided'],
    action: 'edit_evidence',
    to: 'in_review',
    who: ['editor'],
    needs: ['reason'],
  },
  { from: ['draft'], action: 'relate', to: 'same', who: ['author', 'editor'], needs: ['other'] },
  {
    from: ['submitted', 'in_review', 'needs_info', 'awaiting_second', 'decided'],
    action: 'relate',
    to: 'same',
    who: ['reporter', 'editor'],
    needs: ['other'],
  },
  {
    from: ['draft', 'submitted', 'in_review', 'needs_info', 'awaiting_second', 'decided'],
    action: 'unrelate',
    to: 'same',
    who: ['adder', 'editor'],
    needs: ['reason'],
  },
  {
    from: ['draft', 'submitted', 'in_review', 'needs_info', 'awaiting_second', 'decided'],
    action: 'record_finding',
    to: 'same',
    who: ['editor'],
    needs: [],
  },
  { from: ['draft'], action: 'submit', to: 'submitted', who: ['author', 'editor'], needs: ['attribution', 'question'] },
  { from: ['draft', 'submitted'], action: 'drop', to: 'closed', who: ['author'], needs: [] },
  { from: ['submitted'], action: 'take_up', to: 'in_review', who: ['editor'], needs: [] },
  { from: ['submitted'], action: 'assign', to: 'in_review', who: ['editor'], needs: ['assignee'] },
  { from: ['in_review'], action: 'assign', to: 'same', who: ['editor'], needs: ['assignee'] },
  { from: ['in_review'], action: 'hand_back', to: 'submitted', who: ['editor'], needs: [] },
  { from: ['in_review'], action: 'ask', to: 'needs_info', who: ['editor'], needs: ['reason'] },
  { from: ['needs_info'], action: 'reply', to: 'in_review', who: ['author', 'editor'], needs: ['reply'] },
  {
    from: ['in_review'],
    action: 'decide',
    to: 'decided',
    or: 'awaiting_second',
    who: ['editor'],
    needs: ['ruling'],
  },
  { from: ['awaiting_second'], action: 'second', to: 'decided', who: ['anotherEditor'], needs: ['guards'] },
  { from: ['awaiting_second'], action: 'return', to: 'in_review', who: ['editor'], needs: ['reason'] },
  { from: ['decided'], action: 'reopen', to: 'in_review', who: ['editor'], needs: ['reason'] },
  { from: ['closed'], action: 'reopen', to: 'submitted', who: ['editor'], needs: ['reason'] },
  { from: ['decided'], action: 'supersede', to: 'decided', who: ['editor'], needs: ['newer'] },
  {
    from: ['submitted', 'in_review', 'needs_info', 'awaiting_second', 'decided'],
    action: 'close',
    to: 'closed',
    who: ['editor'],
    needs: ['reason', 'because'],
  },
  {
    from: ['submitted', 'in_review', 'needs_info', 'awaiting_second', 'decided', 'closed'],
    action: 'undo',
    to: 'former',
    who: ['mover'],
    needs: ['recent'],
  },
] as const satisfies readonly MoveRow[]

/** The actions that a button of the claim page makes, in the order in which they are offered. */
export const BUTTONS = [
  'submit',
  'take_up',
  'reply',
  'second',
  'ask',
  'hand_back',
  'assign',
  'return',
  'reopen',
  'supersede',
  'drop',
  'close',
] as const satisfies readonly MoveAction[]

export type ButtonAction = (typeof BUTTONS)[number]

/** The row for an action on a claim of this stage; null when there is none. */
export function rowFor(stage: Stage, action: MoveAction): MoveRow | null {
  return MOVES.find((row: MoveRow) => row.action === action && row.from.includes(stage)) ?? null
}

/** Why this person may not do this to the claim as it is, in a sentence; null when they may. `ownerId` is whose evidence, whose relation or whose last move it is about. */
export function allowed(claim: MovedClaim, person: Mover, action: MoveAction, ownerId?: number): string | null {
  const row = rowFor(claim.stage, action)
  if (!row) return wrongStage(claim.stage, action)
  if (action === 'supersede' && claim.supersededById) return 'This claim is superseded already.'
  if (row.who.some((who) => WHO[who](claim, person, ownerId))) return null
  if (row.who.includes('anotherEditor') && WHO.editor(claim, person))
    return 'You decided this claim yourself; somebody else has to second it.'
  return `Only ${whoInWords(row.who)} may do this: ${ACTIONS[action].label.toLowerCase()}.`
}

/** The buttons this person has on the claim as it is, with what each asks for. */
export function movesFor(
  claim: MovedClaim,
  person: Mover,
): { action: ButtonAction; label: string; needs: readonly Need[] }[] {
  return BUTTONS.filter((action) => allowed(claim, person, action) === null).map((action) => ({
    action,
    label: ACTIONS[action].label,
    needs: rowFor(claim.stage, action)?.needs ?? [],
  }))
}

/** The stage that an action leads to; throws when the table has no such row, or only the claim's history can say. */
export function stageAfter(stage: Stage, action: MoveAction): Stage {
  const row = rowFor(stage, action)
  if (!row || row.to === 'former') throw new Error(`No row leads from ${stage} by ${action}`)
  return row.to === 'same' ? stage : row.to
}

/** Several of `who` in words: "its author or an editor". */
export function whoInWords(who: readonly Who[]): string {
  const all = who.includes('reporter') ? who.filter((one) => one !== 'editor') : who
  return all.map((one) => WHO_WORDS[one]).join(' or ')
}

function wrongStage(stage: Stage, action: MoveAction): string {
  const stages = MOVES.flatMap((row: MoveRow) => (row.action === action ? row.from : []))
  const when = [...new Set(stages)].map((one) => word('stage', one).toLowerCase())
  const last = when.pop()
  const list = when.length ? `${when.join(', ')} or ${last}` : last
  return `A claim can be ${ACTIONS[action].done} only while it is ${list}; this one is ${word('stage', stage).toLowerCase()}.`
}

/** Who made the proposal that awaits a second. */
function proposerOf(proposal: unknown): number | null {
  if (typeof proposal !== 'object' || proposal === null) return null
  const decidedById: unknown = Reflect.get(proposal, 'decidedById')
  return typeof decidedById === 'number' ? decidedById : null
}
