import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalUrl } from '../../src/sources/canonical-url.ts'

describe('One page has one canonical address', () => {
  test.each([
    ['HTTP://Example.ORG/News/', 'https://example.org/News'],
    ['https://example.org', 'https://example.org/'],
    ['https://example.org:443/a#part', 'https://example.org/a'],
    ['http://example.org:80/a', 'https://example.org/a'],
    ['https://example.org:8443/a', 'https://example.org:8443/a'],
    ['https://example.org/a?utm_source=x&id=7&fbclid=y', 'https://example.org/a?id=7'],
    ['https://example.org/a?utm_source=x', 'https://example.org/a'],
    ['https://example.org/a?b=2&a=1', 'https://example.org/a?b=2&a=1'],
    ['https://example.org/a?b=%20x', 'https://example.org/a?b=%20x'],
    ['https://пример.рф/новости', 'https://xn--e1afmkfd.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8'],
  ])('%s is %s', (address, canonical) => expect(canonicalUrl(address)).toBe(canonical))

  test.each([['javascript:alert(1)'], ['file:///etc/passwd'], ['example.org'], ['https://'], ['']])(
    '%j has none',
    (address) => expect(canonicalUrl(address)).toBeNull(),
  )

  test('whose own canonical address is itself', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, size: 'small' }), (address) => {
        const canonical = canonicalUrl(address)
        expect(canonicalUrl(canonical ?? '')).toBe(canonical)
      }),
    )
  })
})
