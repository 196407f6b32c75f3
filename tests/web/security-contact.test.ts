import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { securityText } from '../../src/web/security-contact.ts'
import { desk, visit } from '../support/app.ts'

test('names the contact in the form of RFC 9116, for half a year', () => {
  const text = securityText('mailto:security@example.org', 'https://stet.example.org', new Date('2026-11-28T10:00:00Z'))
  expect(text).toBe(
    'Contact: mailto:security@example.org\r\nExpires: 2027-05-27T00:00:00Z\r\nPreferred-Languages: en\r\n' +
      'Canonical: https://stet.example.org/.well-known/security.txt\r\n',
  )
})

test('is given out to strangers where a contact is set, and is nowhere else', async () => {
  const named = await desk({ people: false, environment: { SECURITY_CONTACT: 'security@example.org' } })
  const answer = await named.stranger().get('/.well-known/security.txt')
  expect([answer.status, answer.type]).toEqual([200, 'text/plain'])
  expect(answer.text).toContain('Contact: mailto:security@example.org')
  await named.close()
  const unnamed = await desk({ people: false })
  await visit(unnamed.stranger(), '/.well-known/security.txt', 404)
  await unnamed.close()
})

test.each(['security', 'http://example.org', 'a@example.org\r\nContact: b', 'javascript:alert(1)'])(
  'is no contact: %j',
  (contact) => {
    expect(() => readConfig({ SECURITY_CONTACT: contact })).toThrow('SECURITY_CONTACT must be')
  },
)
