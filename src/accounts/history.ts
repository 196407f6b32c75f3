import type { Line } from '../history/store.ts'
import { word } from '../words.ts'

const FIELDS = {
  name: 'name',
  role: 'role',
  timeZone: 'time zone',
  theme: 'theme',
  density: 'density',
  shortcuts: 'keyboard shortcuts',
} as const
type Field = keyof typeof FIELDS

const ACTIONS: Record<string, string> = {
  created: 'put on the desk',
  invited: 'given a one-time link',
  accepted: 'took up the invitation',
  'role changed': 'role changed',
  disabled: 'disabled',
  enabled: 'allowed in again',
  'password changed': 'password changed',
  edited: 'account edited',
}

/** A line of an account's history in words: what happened, and each field as "role: Reporter → Editor". */
export function describeLine({ action, before, after, redactedAt }: Line): { what: string; changes: string[] } {
  const what = Object.hasOwn(ACTIONS, action) ? (ACTIONS[action] ?? action) : action
  if (redactedAt) return { what, changes: ['redacted'] }
  const [was, is] = [valuesOf(before), valuesOf(after)]
  const changes = (Object.keys(FIELDS) as Field[]).filter((field) => field in is && was[field] !== is[field])
  return { what, changes: changes.map((field) => changeOf(field, was[field], is[field])) }
}

function changeOf(field: Field, was: unknown, is: unknown): string {
  const now = shown(field, is)
  return was === undefined ? `${FIELDS[field]}: ${now}` : `${FIELDS[field]}: ${shown(field, was)} → ${now}`
}

function shown(field: Field, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  const text = typeof value === 'string' ? value : ''
  return field === 'role' ? word('role', text) : text
}

function valuesOf(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? { ...body } : {}
}
