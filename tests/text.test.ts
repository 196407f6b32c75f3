import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isOwnPath, withQuery } from '../src/paths.ts'
import { printedDateInWords } from '../src/printed-date.ts'
import { lengthOf, normalised } from '../src/text.ts'
import { cursorText, maybeCursor, maybeId } from '../src/web/paging.ts'

describe('Text', () => {
  test('line ends become LF and letters are composed; nothing else changes', () => {
    expect(normalised(' e\u0301\r\nb\rc ')).toBe(' é\nb\nc ')
  })

  test('length counts code points', () => {
    expect(lengthOf('a😀й')).toBe(3)
  })
})

describe('Printed dates', () => {
  test.each([
    ['2022', '2022'],
    ['2022-01', 'January 2022'],
    ['2022-01-07', '7 January 2022'],
    ['2022-01-07T14:30', '7 January 2022, 14:30'],
    ['unknown', 'unknown'],
  ])('%s is written out as %s', (text, words) => {
    expect(printedDateInWords(text)).toBe(words)
  })
})

describe('Addresses', () => {
  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/a\nb',
    '',
    'javascript:alert(1)',
    '/\t/evil.example',
  ])('%j leads nowhere in here', (text) => {
    expect(isOwnPath(text)).toBe(false)
  })

  test.each(['/', '/claims?q=a%20b', '/claims/KZ-12#event-3'])('%s is our own', (text) => {
    expect(isOwnPath(text)).toBe(true)
  })

  test('a query leaves out what is empty', () => {
    expect(withQuery('/claims', { story: 'KZ', q: '', after: undefined })).toBe('/claims?story=KZ')
  })
})

describe('Places in a list', () => {
  test('come back from the address as they went', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 100 }).filter((key) => !key.includes('\0')),
        fc.nat(2 ** 31 - 1),
        (key, id) => {
          expect(maybeCursor(cursorText({ key, id }))).toEqual({ key, id })
        },
      ),
    )
  })

  test('made up by somebody are none', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const cursor = maybeCursor(text)
        if (cursor) expect(Number.isInteger(cursor.id)).toBe(true)
      }),
    )
  })

  test.each(['0', '-1', '1e3', '99999999999', 'a', '', undefined, ['1']])('%j is no id', (text) => {
    expect(maybeId(text)).toBeNull()
  })
})
