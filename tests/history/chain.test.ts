import { describe, expect, test } from 'vitest'
import { digestOf, hashOf } from '../../src/history/chain.ts'

const link = {
  subject: 'claim',
  subjectId: 7,
  revision: 2,
  actorId: 3,
  action: 'edited',
  at: new Date('2022-01-07T10:00:00.123Z'),
  requestId: 'a-request',
}
const body = { salt: 'salt', before: '{"a":1}', after: null, reason: 'why' }

describe('The chain', () => {
  test('a body’s digest tells every part apart', () => {
    const others = [
      { ...body, salt: 'other' },
      { ...body, before: null, after: '{"a":1}' },
      { ...body, reason: null },
      { ...body, before: '{"a":1}\n3:why', reason: null },
    ]
    expect(new Set([body, ...others].map(digestOf)).size).toBe(5)
  })

  test('a hash covers the one before it and every column', () => {
    const digest = digestOf(body)
    const hashes = [
      hashOf('', link, digest),
      hashOf('before', link, digest),
      hashOf('', { ...link, subjectId: 8 }, digest),
      hashOf('', { ...link, revision: 3 }, digest),
      hashOf('', { ...link, actorId: null }, digest),
      hashOf('', { ...link, action: 'decided' }, digest),
      hashOf('', { ...link, at: new Date(link.at.getTime() + 1) }, digest),
      hashOf('', { ...link, requestId: null }, digest),
      hashOf('', link, digestOf({ ...body, reason: 'else' })),
    ]
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  test('stays what it is: the same event has the same hash in every version', () => {
    expect(hashOf('', link, digestOf(body))).toMatchInlineSnapshot(
      `"4683b3544238b292e463825f95c47c257d37660e9f36976f5bf6f69801d6c207"`,
    )
  })
})
