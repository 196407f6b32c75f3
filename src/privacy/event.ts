import { allNames, figureWordingShown, type Withheld, withoutNames } from './withheld.ts'

/** How a field of a claim's event is shown to those who may not see private sources. */
type Rule = 'open' | 'prose' | 'parts' | 'part' | 'together' | 'party' | 'finding' | 'figureWording'

/**
 * Every field that an event of a claim may hold. The desk's own words and words of the record are open; what may come from a source is shown part
 * by part, by the source that the event itself names. A field that stands in no row is withheld.
 */
export const FIELDS_OF_CLAIM: Readonly<Record<string, Rule>> = {
  ref: 'open',
  storyId: 'open',
  statement: 'open',
  language: 'open',
  occurredOn: 'open',
  place: 'open',
  stage: 'open',
  verdict: 'open',
  formerVerdict: 'open',
  cameIn: 'open',
  closedBecause: 'open',
  duplicateOf: 'open',
  duplicateOfId: 'open',
  takenOverFrom: 'open',
  supersededById: 'open',
  assigneeId: 'open',
  recheckOn: 'open',
  wordsBy: 'open',
  proposal: 'open',
  figureComparator: 'open',
  figureLow: 'open',
  figureHigh: 'open',
  figureAsOf: 'open',
  questionId: 'open',
  tags: 'open',
  relation: 'open',
  change: 'open',
  rationale: 'prose',
  reviewers: 'open',
  decidedById: 'open',
  secondedById: 'open',
  sealSha256: 'open',
  changeNote: 'prose',
  overrideReason: 'prose',
  replySought: 'prose',
  // Of a redaction: what kind of thing was emptied, and on what ground.
  what: 'open',
  ground: 'open',
  attributions: 'parts',
  attribution: 'part',
  evidence: 'part',
  finding: 'finding',
  findings: 'parts',
  source: 'part',
  oneOrigin: 'together',
  party: 'party',
  figureWording: 'figureWording',
}

/** Fields of a withheld part that are words of the record, and so are shown; all others are left out. */
const OF_RECORD = ['id', 'ordinal', 'position', 'naming', 'stance', 'basis', 'finding', 'isTheAct'] as const

/** What stands for a value that is withheld. */
export const WITHHELD_VALUE = '[withheld]'

/** What is withheld on a claim, and its passages that are shown. */
export type ClaimMask = Withheld & { isFromWithheld: boolean; passages: readonly (string | null)[] }

/** The fields of an event of a claim, before or after, as those who may not see private sources are shown them. */
export function maskFields(fields: unknown, mask: ClaimMask): unknown {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return null
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, maskField(field, value, mask)]))
}

function maskField(field: string, value: unknown, mask: ClaimMask): unknown {
  if (value === null || value === undefined) return value
  const rule = Object.hasOwn(FIELDS_OF_CLAIM, field) ? FIELDS_OF_CLAIM[field] : undefined
  return rule ? MASKS[rule](value, mask) : WITHHELD_VALUE
}

const MASKS: Readonly<Record<Rule, (value: unknown, mask: ClaimMask) => unknown>> = {
  open: (value) => value,
  prose: (value, mask) => (typeof value === 'string' ? withoutNames(value, allNames(mask)) : null) ?? WITHHELD_VALUE,
  part: maskPart,
  party: maskParty,
  parts: (value, mask) => (Array.isArray(value) ? value.map((part) => maskPart(part, mask)) : WITHHELD_VALUE),
  together: maskTogether,
  finding: maskFinding,
  figureWording: (value, mask) =>
    (typeof value === 'string' ? figureWordingShown(value, mask) : null) ?? WITHHELD_VALUE,
}

function maskPart(part: unknown, { sources }: ClaimMask): unknown {
  if (typeof part !== 'object' || part === null) return WITHHELD_VALUE
  const sourceId: unknown = Reflect.get(part, 'sourceId')
  const ground = typeof sourceId === 'number' ? sources.get(sourceId) : 'private'
  if (ground === undefined && Reflect.get(part, 'terms') !== 'not_for_attribution') return part
  return withheldPart(part)
}

/** Sources that are told of together: that one is like a withheld one says something of that. */
function maskTogether(parts: unknown, { sources }: ClaimMask): unknown {
  const isShown = (part: unknown) =>
    typeof part === 'object' && part !== null && !sources.has(Number(Reflect.get(part, 'sourceId') ?? NaN))
  return Array.isArray(parts) && parts.every(isShown) ? parts : WITHHELD_VALUE
}

/** A finding names its source; one that was recorded before it did is withheld where anything on the claim is. */
function maskFinding(finding: unknown, mask: ClaimMask): unknown {
  if (typeof finding !== 'object' || finding === null) return typeof finding === 'string' ? finding : WITHHELD_VALUE
  if ('sourceId' in finding) return maskPart(finding, mask)
  return mask.isFromWithheld ? withheldPart(finding) : finding
}

/** A party that was changed, as the claim named it then: shown where the claim names it openly, and is not to leave it unnamed. */
function maskParty(party: unknown, { sources, names }: ClaimMask): unknown {
  if (typeof party !== 'object' || party === null) return WITHHELD_VALUE
  const through: unknown = Reflect.get(party, 'through')
  const isOpen = (one: unknown): boolean => {
    if (typeof one !== 'object' || one === null || Reflect.get(one, 'terms') === 'not_for_attribution') return false
    const isSaid = Reflect.get(one, 'as') === 'speaker' || Reflect.get(one, 'as') === 'relay'
    return isSaid || !sources.has(Number(Reflect.get(one, 'sourceId')))
  }
  if (Array.isArray(through) && through.some(isOpen) && !names.has(Number(Reflect.get(party, 'partyId')))) return party
  return { isWithheld: true }
}

function withheldPart(part: object): object {
  const open = OF_RECORD.filter((field) => Object.hasOwn(part, field)).map((field) => [field, Reflect.get(part, field)])
  return { ...Object.fromEntries(open), isWithheld: true }
}
