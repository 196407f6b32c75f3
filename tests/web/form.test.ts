import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  list,
  optionalAddress,
  optionalPrintedDate,
  optionalText,
  readForm,
  text,
  tick,
  typed,
} from '../../src/web/form.ts'

const form = z.strictObject({ statement: text('Write the statement.', 20), place: optionalText(10) })

describe('A form', () => {
  test('is read with its texts trimmed and composed', () => {
    expect(readForm(form, { statement: '  Cafe\u0301\r\n', place: '', requestId: 'x' })).toEqual({
      form: { statement: 'Café', place: null },
      problems: [],
    })
  })

  test.each([
    [{ statement: ' ' }, 'statement', 'Write the statement.'],
    [{ statement: 'a\0b' }, 'statement', 'The text contains a NUL character; please remove it.'],
    [{ statement: 'a\ud800b' }, 'statement', 'The text contains half of a character pair; please remove it.'],
    [{ statement: 'x'.repeat(21) }, 'statement', 'At most 20 characters; this has 21.'],
    [{ statement: ['a', 'b'] }, 'statement', 'This must be a single text.'],
    [{ statement: { a: 'b' } }, 'statement', 'This must be a single text.'],
    [{ statement: 'a', verdict: 'verified' }, '', 'The form sent something that is not asked for here: verdict.'],
    ['nonsense', 'statement', 'This must be a single text.'],
    [undefined, 'statement', 'This must be a single text.'],
  ])('%j is refused beside “%s”', (body, field, message) => {
    expect(readForm(form, body).problems).toContainEqual({ field, message })
  })

  test('counts code points, not UTF-16 units', () => {
    expect(readForm(form, { statement: '😀'.repeat(20) }).problems).toEqual([])
  })

  test('is never more than its schema, whatever is sent', () => {
    fc.assert(
      fc.property(fc.object(), (body) => {
        const read = readForm(form, body)
        if (read.form) expect(Object.keys(read.form).toSorted()).toEqual(['place', 'statement'])
        else expect(read.problems.length).toBeGreaterThan(0)
      }),
    )
  })

  test('names a nested field as its input does', () => {
    const nested = z.strictObject({ relays: z.array(z.strictObject({ party: text('Name it.') })) })
    expect(readForm(nested, { relays: [{ party: 'a' }, { party: '' }] }).problems).toEqual([
      { field: 'relays[1][party]', message: 'Name it.' },
    ])
  })
})

describe('Fields', () => {
  test.each([
    ['2022-01-07', '2022-01-07'],
    ['7 January 2022', '2022-01-07'],
    ['January 2022', '2022-01'],
    ['2022', '2022'],
    ['', null],
  ])('the date “%s” is %s', (typedDate, date) => {
    expect(optionalPrintedDate().parse(typedDate)).toBe(date)
  })

  test.each(['2022-02-30', 'yesterday', '07/01/2022', '2022-1-7'])('the date “%s” is refused', (typedDate) => {
    expect(optionalPrintedDate().safeParse(typedDate).success).toBe(false)
  })

  test.each([
    'javascript:alert(1)',
    'example.org',
    'ftp://example.org/',
    'https://user:word@example.org/',
    '//example.org',
  ])('the address %s is refused', (address) => {
    expect(optionalAddress().safeParse(address).success).toBe(false)
  })

  test('a list is separated by semicolons or lines', () => {
    expect(list().parse('basically; reportedly\n likely ;')).toEqual(['basically', 'reportedly', 'likely'])
  })

  test('a tick is yes or nothing', () => {
    expect([tick().parse('yes'), tick().parse(undefined), tick().safeParse('on').success]).toEqual([true, false, false])
  })

  test('what was typed is read back only where it is text', () => {
    expect(typed({ a: [{ b: 'c' }] }, 'a', 0, 'b')).toBe('c')
    expect(typed({ a: ['x'] }, 'a')).toBe('')
    expect(typed(undefined, 'a')).toBe('')
  })
})
