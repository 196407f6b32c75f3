import type {
  Basis,
  Change,
  ClosedBecause,
  Comparator,
  Finding,
  Naming,
  PartyKind,
  Position,
  RedactionGround,
  RelationType,
  Role,
  SourceKind,
  Speech,
  Stage,
  Stance,
  Terms,
  Verdict,
} from '../prisma/client/enums.ts'

/** How each word of the record is written out for people. */
const WORDS = {
  role: { reader: 'Reader', reporter: 'Reporter', editor: 'Editor', admin: 'Admin' } satisfies Record<Role, string>,
  partyKind: { person: 'Person', organisation: 'Organisation', group: 'Group' } satisfies Record<PartyKind, string>,
  sourceKind: {
    article: 'Article',
    agency_report: 'Agency report',
    press_release: 'Press release',
    official_document: 'Official document',
    interview: 'Interview',
    broadcast: 'Broadcast',
    video: 'Video',
    image: 'Image',
    social_post: 'Social post',
    dataset: 'Dataset',
    other: 'Other',
  } satisfies Record<SourceKind, string>,
  stage: {
    draft: 'Draft',
    submitted: 'Submitted',
    in_review: 'In review',
    needs_info: 'Needs information',
    awaiting_second: 'Awaiting a second',
    decided: 'Decided',
    closed: 'Closed',
  } satisfies Record<Stage, string>,
  closedBecause: {
    duplicate: 'Duplicate',
    out_of_scope: 'Out of scope',
    dropped: 'Dropped',
  } satisfies Record<ClosedBecause, string>,
  verdict: {
    verified: 'Verified',
    partly_verified: 'Partly verified',
    disputed: 'Disputed',
    misleading: 'Misleading',
    false: 'False',
    unproven: 'Unproven',
    not_checkable: 'Not checkable',
  } satisfies Record<Verdict, string>,
  naming: {
    named: 'Named',
    described: 'Described (“a ministry official”)',
    collective: 'Collective (“analysts”)',
    unstated: 'Unstated (“reportedly”)',
    own_voice: 'The publication’s own voice',
    unclear: 'Unclear whose clause it is',
  } satisfies Record<Naming, string>,
  position: { asserts: 'Asserts', denies: 'Denies', withdraws: 'Withdraws' } satisfies Record<Position, string>,
  speech: {
    direct: 'Direct speech',
    partial: 'Partly quoted',
    paraphrase: 'Paraphrase',
  } satisfies Record<Speech, string>,
  terms: {
    on_record: 'On the record',
    not_for_attribution: 'Not for attribution',
    unknown: 'Unknown',
  } satisfies Record<Terms, string>,
  finding: {
    unchecked: 'Not yet checked',
    confirmed_primary: 'Yes: the original statement was seen',
    confirmed_relayed: 'Yes, but only through a credible relay',
    altered: 'Said, but altered',
    misattributed: 'No: somebody else said it',
    not_found: 'Not found',
  } satisfies Record<Finding, string>,
  formerFinding: {
    unchecked: 'Was not checked',
    confirmed_primary: 'Was confirmed from the original statement',
    confirmed_relayed: 'Was confirmed through a credible relay',
    altered: 'Was found to be altered',
    misattributed: 'Was found to be said by somebody else',
    not_found: 'Was not found',
  } satisfies Record<Finding, string>,
  stance: { supports: 'Supports', contradicts: 'Contradicts', context: 'Context' } satisfies Record<Stance, string>,
  basis: {
    witnessed: 'Witnessed',
    document: 'Document',
    told_by: 'Told by somebody',
    unknown: 'Unknown',
  } satisfies Record<Basis, string>,
  relation: {
    supersedes: 'Supersedes',
    contradicts: 'Contradicts',
    updates: 'Updates',
    narrows: 'Narrows',
    duplicates: 'Is a duplicate of',
  } satisfies Record<RelationType | 'supersedes' | 'duplicates', string>,
  relatedBy: {
    supersedes: 'Is superseded by',
    contradicts: 'Is contradicted by',
    updates: 'Is updated by',
    narrows: 'Is narrowed by',
    duplicates: 'Has the duplicate',
  } satisfies Record<RelationType | 'supersedes' | 'duplicates', string>,
  comparator: {
    stated: 'exactly, as stated',
    at_least: 'at least',
    more_than: 'more than',
    at_most: 'at most',
    less_than: 'less than',
    about: 'about',
    nearly: 'nearly',
    between: 'between',
  } satisfies Record<Comparator, string>,
  change: {
    correction: 'Correction (we were wrong)',
    update: 'Update (the world moved)',
    clarification: 'Clarification',
  } satisfies Record<Change, string>,
  redactionGround: {
    law: 'The law asks for it',
    court_order: 'A court’s order',
    safety_of_source: 'The safety of a source',
    personal_data: 'Personal data',
    other: 'Another ground',
  } satisfies Record<RedactionGround, string>,
} as const

export type WordKind = keyof typeof WORDS

/** The word written out; an unknown one comes back as it is. */
export function word(kind: WordKind, value: string | null | undefined): string {
  const table: Record<string, string> = WORDS[kind]
  return value ? (Object.hasOwn(table, value) ? (table[value] ?? value) : value) : ''
}

/** A kind's words as the options of a choice, in their order. */
export function choices(kind: WordKind): { value: string; label: string }[] {
  return Object.entries(WORDS[kind]).map(([value, label]) => ({ value, label }))
}
