import { TZDate } from '@date-fns/tz'
import { format } from 'date-fns/format'
import { isMatch } from 'date-fns/isMatch'
import { isValid } from 'date-fns/isValid'
import { parse } from 'date-fns/parse'
import { parseISO } from 'date-fns/parseISO'

const SHAPE = /^(?:1\d|2[01])\d\d(-\d{2}(-\d{2}(T([01]\d|2[0-3]):\d{2})?)?)?$/

/**
 * Whether text is a printed date: ISO 8601 at its own precision (`2022`, `2022-01`, `2022-01-07`, `2022-01-07T14:30`), in the calendar, of the years
 * 1000 to 2199.
 */
export function isPrintedDate(text: string): boolean {
  return SHAPE.test(text) && isValid(parseISO(text))
}

const WRITTEN = [
  ['d MMMM yyyy', 'yyyy-MM-dd'],
  ['d MMM yyyy', 'yyyy-MM-dd'],
  ['MMMM d, yyyy', 'yyyy-MM-dd'],
  ['MMMM yyyy', 'yyyy-MM'],
  ['yyyy-MM-dd HH:mm', "yyyy-MM-dd'T'HH:mm"],
] as const

/** The printed date that somebody typed, as ISO text or written out in English (`7 January 2022`); null when it is none. */
export function readPrintedDate(typed: string): string | null {
  if (isPrintedDate(typed)) return typed
  for (const [shape, iso] of WRITTEN)
    if (isMatch(typed, shape)) {
      const read = format(parse(typed, shape, new Date(2000, 0, 1)), iso)
      if (isPrintedDate(read)) return read
    }
  return null
}

/** Why typed text is no printed date, as a sentence with the way to write it. */
export function printedDateRefusal(typed: string): string {
  const [, year] = /^(?:\D*|.*\D)(\d{1,3})$/.exec(typed.trim()) ?? []
  const hasMonth = MONTHS.some((month) => typed.toLowerCase().includes(month.slice(0, 3).toLowerCase()))
  if (year && hasMonth && year.length === 2)
    return `Write the year with four digits, such as 20${year}: “${year}” may be of any century.`
  if (/^\d{4}/.test(typed) && SHAPE_OF_ANY_YEAR.test(typed) && !SHAPE.test(typed))
    return 'Write a year from 1000 to 2199.'
  return 'Write the date as 2022-01-07, or less exactly as 2022-01 or 2022.'
}

const SHAPE_OF_ANY_YEAR = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2})?)?)?$/

export const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** A printed date in words, at its own precision: `7 January 2022`. Text that is none comes back as it is. */
export function printedDateInWords(text: string): string {
  if (!isPrintedDate(text)) return text
  const [date = '', time] = text.split('T')
  const [year, month, day] = date.split('-')
  const words = [day && String(Number(day)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(' ')
  return time ? `${words}, ${time}` : words
}

/** The day it is at this instant in a time zone, as a printed date to compare others with. */
export function dayIn(timeZone: string, now: Date): string {
  return format(new TZDate(now, timeZone), 'yyyy-MM-dd')
}
