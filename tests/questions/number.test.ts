import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareDecimals, inDigits, plus, times, trimmed } from '../../src/questions/decimal.ts'
import { readNumber } from '../../src/questions/number.ts'
import { decimals } from './figures.ts'

describe('A number', () => {
  test.each([
    ['26', '26'],
    ['0', '0'],
    ['007', '7'],
    ['2.50', '2.5'],
    ['.5', '0.5'],
    ['+5', '5'],
    ['-3', '-3'],
    ['−3', '-3'],
    ['1,000', '1000'],
    ['1,500,000.25', '1500000.25'],
    ['1,000.5', '1000.5'],
    ['1.000,5', '1000.5'],
    ['1.234.567,89', '1234567.89'],
    ['1.000.000', '1000000'],
    ['2.125', '2.125'],
    ['1,5', '1.5'],
    ['12,34', '12.34'],
    ['0,125', '0.125'],
    ['12,34,567', '1234567'],
    ['1,00,000', '100000'],
    ['1 000 000', '1000000'],
    ['1\u00a0000', '1000'],
    ['1\u202f000,5', '1000.5'],
    ['1’000', '1000'],
    ["1'000'000.5", '1000000.5'],
    ['٢٦', '26'],
    ['٢٬٥٠٠٫٥', '2500.5'],
    ['۱۶۴', '164'],
    ['२२५', '225'],
    ['２６', '26'],
    ['𝟚𝟞', '26'],
    ['1.5 million', '1500000'],
    ['2bn', '2000000000'],
    ['14k', '14000'],
    ['14K', '14000'],
    ['3.2 trillion', '3200000000000'],
    ['5 lakh', '500000'],
    [`${'9'.repeat(40)}.${'1'.repeat(20)}`, `${'9'.repeat(40)}.${'1'.repeat(20)}`],
  ])('“%s” is %s', (typed, number) => {
    expect(readNumber(typed)).toEqual({ number, refusal: null })
  })

  test.each([
    ['', 'Write a number.'],
    ['eighteen', 'Write a number in digits'],
    ['1e9', 'Write a number in digits'],
    ['--5', 'Write a number in digits'],
    ['26 people', 'Write a number in digits'],
    ['5 constructor', 'Write a number in digits'],
    ['Infinity', 'Write a number in digits'],
    ['1.000', 'is 1000 in some countries and 1 in others'],
    ['26.500', 'is 26500 in some countries and 26.5 in others'],
    ['1,234,5', 'can be read in more than one way'],
    ['1,0000', 'can be read in more than one way'],
    ['12 34', 'can be read in more than one way'],
    ['1.00.000', 'can be read in more than one way'],
    ['9'.repeat(41), 'at most 40 digits'],
    ['9'.repeat(1000), 'at most 40 digits'],
    [`0.${'1'.repeat(21)}`, 'at most 40 digits'],
    [`${'9'.repeat(35)} trillion`, 'at most 40 digits'],
  ])('“%s” is refused', (typed, reason) => {
    const { number, refusal } = readNumber(typed)
    expect(number).toBeNull()
    expect(refusal).toContain(reason)
  })

  test('as it is stored reads back as itself', () => {
    fc.assert(fc.property(decimals(30), (decimal) => readNumber(decimal).number === decimal))
  })

  test('as it is shown reads back as itself', () => {
    fc.assert(fc.property(decimals(30), (decimal) => readNumber(inDigits(decimal)).number === decimal))
  })

  test('whatever is typed gives a canonical decimal or a sentence', () => {
    const typed = fc.oneof(fc.string(), fc.stringMatching(/^[-+]?[\d., ']{0,30}(k|bn| million)?$/))
    fc.assert(
      fc.property(typed, (text) => {
        const { number, refusal } = readNumber(text)
        return number === null ? /^.+\.$/s.test(refusal) : trimmed(number) === number
      }),
    )
  })
})

describe('Decimals', () => {
  test('add, multiply and compare exactly at any size', () => {
    expect(plus('0.1', '0.2')).toBe('0.3')
    expect(plus('99999999999999999999', '0.00000000000000000001')).toBe('99999999999999999999.00000000000000000001')
    expect(times('-164', '0.9')).toBe('-147.6')
    expect(compareDecimals('123456789012345678901', '123456789012345678900.9')).toBe(1)
    expect(compareDecimals('-0.0', '0')).toBe(0)
  })

  test('are ordered as numbers are', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (one, other) => {
        expect(compareDecimals(String(one), String(other))).toBe(Math.sign(one - other))
        expect(plus(String(one), String(other))).toBe(String(BigInt(one) + BigInt(other)))
      }),
    )
  })

  test.each([
    ['1234567.5', '1,234,567.5'],
    ['-1000', '−1,000'],
    ['-0.5', '−0.5'],
    ['999', '999'],
  ])('%s is shown as %s', (decimal, shown) => {
    expect(inDigits(decimal)).toBe(shown)
  })
})
