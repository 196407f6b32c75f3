import type { Teller } from '../history/timeline.ts'
import { printedDateInWords } from '../printed-date.ts'
import { type WordKind, word } from '../words.ts'

const KINDS: Record<string, WordKind> = {
  stage: 'stage',
  verdict: 'verdict',
  formerVerdict: 'verdict',
  closedBecause: 'closedBecause',
  figureComparator: 'comparator',
  finding: 'finding',
  change: 'change',
  stance: 'stance',
  basis: 'basis',
  position: 'position',
  naming: 'naming',
}
const DATES = ['occurredOn', 'figureAsOf', 'recheckOn', 'saidOn']
/** Fields of a part of a claim that its history tells, in this order. */
const OF_PARTS = ['stance', 'basis', 'position', 'naming', 'cue', 'passage', 'note', 'quote']

/** How a claim's history is told. Ids are left to the stored values. */
export const CLAIM_TELLER: Teller = {
  labels: {
    statement: 'Statement',
    language: 'Language',
    occurredOn: 'When it is about',
    place: 'Where',
    stage: 'Stage',
    verdict: 'Verdict',
    closedBecause: 'Closed because',
    figureWording: 'Figure as printed',
    figureComparator: 'Figure',
    figureLow: 'Lower number',
    figureHigh: 'Upper number',
    figureAsOf: 'Figure as of',
    attributions: 'Attributions',
    attribution: 'Attribution',
    evidence: 'Evidence',
    finding: 'Finding',
    findingNote: 'Note',
    originalWords: 'Original words',
    recheckOn: 'Recheck on',
    replySought: 'Reply sought',
    change: 'Kind of change',
    changeNote: 'Note on the change',
    overrideReason: 'Override',
  },
  inWords: (field, value) => inWords(field, value),
}

function inWords(field: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map((part, index) => `${index + 1}. ${partInWords(part)}`).join('\n')
  if (typeof value === 'object') return partInWords(value)
  if (typeof value !== 'string') return JSON.stringify(value)
  const kind = KINDS[field]
  return kind ? word(kind, value) : DATES.includes(field) ? printedDateInWords(value) : value
}

function partInWords(part: unknown): string {
  if (typeof part !== 'object' || part === null) return typeof part === 'string' ? part : ''
  return OF_PARTS.map((field) => inWords(field, Reflect.get(part, field)))
    .filter(Boolean)
    .join('; ')
}
