import { printedDateInWords } from '../printed-date.ts'
import { type WordKind, word } from '../words.ts'
import type { Line } from './store.ts'

/** One line of history for people: who did what, when, what it was and became, and why. */
export type Told = {
  id: number
  revision: number
  at: Date
  who: string
  action: string
  changes: { name: string; before: string; after: string }[]
  reason: string | null
  isRedacted: boolean
}

type Field = { name: string; kind?: WordKind; isDate?: boolean }

// The fields whose change is told in words; ids and what is told by the action itself are left to the stored values.
const FIELDS: Record<string, Field> = {
  statement: { name: 'Statement' },
  language: { name: 'Language' },
  occurredOn: { name: 'About', isDate: true },
  place: { name: 'Place' },
  stage: { name: 'Stage', kind: 'stage' },
  verdict: { name: 'Verdict', kind: 'verdict' },
  closedBecause: { name: 'Closed because', kind: 'closedBecause' },
  figureWording: { name: 'Figure as printed' },
  figureComparator: { name: 'Figure', kind: 'comparator' },
  figureLow: { name: 'Lower number' },
  figureHigh: { name: 'Upper number' },
  figureAsOf: { name: 'Figure as of', isDate: true },
  finding: { name: 'Finding', kind: 'finding' },
  stance: { name: 'Stance', kind: 'stance' },
  basis: { name: 'Basis', kind: 'basis' },
  kind: { name: 'Kind' },
  name: { name: 'Name' },
  title: { name: 'Title' },
  url: { name: 'Address' },
  byline: { name: 'Byline' },
  publishedOn: { name: 'Printed on', isDate: true },
  role: { name: 'Role', kind: 'role' },
  reviewers: { name: 'Reviewers' },
  note: { name: 'Note' },
  notes: { name: 'Notes' },
  summary: { name: 'Summary' },
  code: { name: 'Code' },
  timeZone: { name: 'Time zone' },
}

/** Tells a line of history. */
export function told(line: Line): Told {
  const before = valuesOf(line.before)
  const after = valuesOf(line.after)
  const changes = Object.entries(FIELDS)
    .filter(([key]) => key in before || key in after)
    .map(([key, field]) => ({ name: field.name, before: shown(before[key], field), after: shown(after[key], field) }))
    .filter((change) => change.before !== change.after)
  if ('attributions' in before && 'attributions' in after)
    changes.push({
      name: 'Attributions',
      before: passagesOf(before.attributions),
      after: passagesOf(after.attributions),
    })
  return {
    id: line.id,
    revision: line.revision,
    at: line.at,
    who: line.actorName ?? 'Stet',
    action: line.action,
    changes,
    reason: line.reason,
    isRedacted: line.redactedAt !== null,
  }
}

/** The stored values; those of one added or changed part stand a level deeper, under its name. */
function valuesOf(value: unknown): Record<string, unknown> {
  if (!isRecord(value)) return {}
  const [only, ...others] = Object.values(value)
  return others.length === 0 && isRecord(only) ? only : value
}

function shown(value: unknown, { kind, isDate }: Field): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') return ''
  return kind ? word(kind, value) : isDate ? printedDateInWords(value) : value
}

function passagesOf(value: unknown): string {
  if (!Array.isArray(value)) return ''
  return value
    .map((one: unknown, index) => {
      const { cue, passage, naming } = isRecord(one) ? one : {}
      const words = [passage, cue].find((text) => typeof text === 'string' && text !== '')
      return `${index + 1}. ${typeof words === 'string' ? words : word('naming', String(naming ?? ''))}`
    })
    .join('\n')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
