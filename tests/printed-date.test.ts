import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printedDateRefusal, readPrintedDate } from '../src/printed-date.ts'

describe('A printed date', () => {
  test.each([
    ['2022', '2022'],
    ['7 January 2022', '2022-01-07'],
    ['January 2022', '2022-01'],
    ['1917-11-07', '1917-11-07'],
  ])('%s is %s', (typed, read) => expect(readPrintedDate(typed)).toBe(read))

  test.each([
    '7 January 22',
    'January 22',
    '7 Jan 5',
    'January 7, 22',
    '22',
    '022',
    '0022',
    '0022-01-07',
    '0999',
    '2200',
    '9999-01-01',
    '22-01-07',
  ])('%s is none', (typed) => expect(readPrintedDate(typed)).toBeNull())

  test('never has a year of other than four digits, or one far from ours', () => {
    const year = fc.integer({ min: 0, max: 12000 }).map(String)
    const typed = fc
      .tuple(
        fc.constantFrom('', '7 January ', '7 Jan ', 'January 7, ', 'January '),
        year,
        fc.constantFrom('', '-01', '-01-07', '-01-07T10:00'),
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(typed, (text) => {
        const read = readPrintedDate(text)
        if (read !== null) expect(Number(read.slice(0, 4))).toSatisfy((it: number) => it >= 1000 && it <= 2199)
      }),
    )
  })

  test('is asked for with the year in four digits', () => {
    expect(printedDateRefusal('7 January 22')).toBe(
      'Write the year with four digits, such as 2022: “22” may be of any century.',
    )
    expect(printedDateRefusal('9999')).toBe('Write a year from 1000 to 2199.')
    expect(printedDateRefusal('yesterday')).toBe('Write the date as 2022-01-07, or less exactly as 2022-01 or 2022.')
  })
})
