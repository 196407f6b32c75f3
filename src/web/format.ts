import { tzOffset } from '@date-fns/tz'
import { formatDistance } from 'date-fns/formatDistance'
import { partsOf } from '../history/tombstone.ts'
import { MONTHS, printedDateInWords } from '../printed-date.ts'
import { unseenIn } from '../unseen.ts'
import { word } from '../words.ts'

export type Formatters = ReturnType<typeof formatters>

/** How views write values for one reader: instants in their time zone with its offset, printed dates in words. */
export function formatters(timeZone: string, now: Date) {
  return {
    printed: printedDateInWords,
    instant: (at: Date) => instantIn(timeZone, at),
    iso: (at: Date) => at.toISOString(),
    relative: (at: Date) => formatDistance(at, now, { addSuffix: true }),
    number: (value: number) => value.toLocaleString('en'),
    word,
    stretches: unseenIn,
    parts: partsOf,
    idOf: (field: string) => `f-${field.replace(/\W+/g, '-').replace(/-$/, '')}`,
  }
}

// A page of the list writes fifty; a general formatter takes three times as long for each.
function instantIn(timeZone: string, at: Date): string {
  const offset = Math.trunc(tzOffset(timeZone, at))
  const there = new Date(at.getTime() + offset * 60_000)
  const [date, time] = [
    `${there.getUTCDate()} ${MONTHS[there.getUTCMonth()]} ${String(there.getUTCFullYear()).padStart(4, '0')}`,
    `${two(there.getUTCHours())}:${two(there.getUTCMinutes())}`,
  ]
  const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60]
  return `${date}, ${time} UTC${offset < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
