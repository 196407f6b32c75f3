import { TZDate } from '@date-fns/tz'
import { format } from 'date-fns/format'
import { isValid } from 'date-fns/isValid'
import type { Given } from '../claims/filter.ts'

/** The exports that read sealed decisions. */
export const PRESETS = ['verified', 'attributed'] as const
export type Preset = (typeof PRESETS)[number]

/** The preset of this name; null when there is none. */
export function presetOf(name: string): Preset | null {
  return PRESETS.find((preset) => preset === name) ?? null
}

/** An instant that was asked for, or why it cannot be had. */
export type AsOf = { at: Date; problem: null } | { at: null; problem: string }

// A plus sign in an address arrives as a space.
const INSTANT =
  /^([1-9]\d{3}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?)?(?: ?(Z|[+\- ]\d\d:?\d\d))?$/i

/** How long ago an instant must lie, in milliseconds: what is being decided now may carry a time already past. */
const SETTLED = 60_000

/** Reads an instant: ISO 8601 with an offset, or without one in the reader's time zone; a day alone is its end. */
export function readAsOf(typed: string, now: Date, timeZone: string): AsOf {
  const at = instantFrom(typed.trim(), timeZone)
  if (!at || !isValid(at))
    return {
      at: null,
      problem:
        'Write the instant as 2022-01-07 14:30, or with its zone as 2022-01-07T14:30Z or 2022-01-07T14:30+06:00.',
    }
  if (at.getTime() > now.getTime() - SETTLED)
    return { at: null, problem: 'Choose an instant that is at least a minute ago: what is later may still change.' }
  return { at, problem: null }
}

function instantFrom(typed: string, timeZone: string): Date | null {
  const parts = INSTANT.exec(typed)
  if (!parts) return null
  const [, day = '', minute, second = '00', thousandths = '', zone] = parts
  const time = minute ? `${minute}:${second}.${thousandths.padEnd(3, '0')}` : '23:59:59.999'
  const [wall, offset] = [new Date(`${day}T${time}Z`), zone?.replace(/^ /, '+').toUpperCase()]
  if (!isValid(wall) || !wall.toISOString().startsWith(day)) return null
  return offset ? new Date(`${day}T${time}${offset}`) : instantAt(wall, timeZone)
}

/** The instant at which clocks of the zone show what `wall` shows in UTC. */
function instantAt(wall: Date, timeZone: string): Date {
  const [year, month, day] = [wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate()]
  const time = [wall.getUTCHours(), wall.getUTCMinutes(), wall.getUTCSeconds(), wall.getUTCMilliseconds()] as const
  return new Date(new TZDate(year, month, day, ...time, timeZone).getTime())
}

/** The name of a file: what is in it, and the day it was taken. */
export function fileName(what: Preset | Given, asOf: Date | null, now: Date, timeZone: string): string {
  const subject =
    typeof what === 'string' ? what : ['claims', ...Object.values(what).map(slug)].filter(Boolean).join('-')
  const then = asOf ? `-as-of-${asOf.toISOString().slice(0, 16).replace(':', '')}Z` : ''
  return `stet-${subject.slice(0, 80)}${then}-${format(new TZDate(now, timeZone), 'yyyy-MM-dd')}.csv`
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 30)
}
