import { TZDate } from '@date-fns/tz'
import { format as formatDate } from 'date-fns/format'
import { formatDistance } from 'date-fns/formatDistance'
import { printedDateInWords } from '../printed-date.ts'
import { word } from '../words.ts'

export type Formatters = ReturnType<typeof formatters>

/** How views write values for one reader: instants in their time zone with its offset, printed dates in words. */
export function formatters(timeZone: string, now: Date) {
  return {
    printed: printedDateInWords,
    instant: (at: Date) => {
      return formatDate(new TZDate(at, timeZone), "d MMMM yyyy, HH:mm 'UTC'xxx")
    },
    iso: (at: Date) => at.toISOString(),
    relative: (at: Date) => formatDistance(at, now, { addSuffix: true }),
    number: (value: number) => value.toLocaleString('en'),
    word,
    idOf: (field: string) => `f-${field.replace(/\W+/g, '-').replace(/-$/, '')}`,
  }
}
