import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { browserOf } from '../../src/accounts/browser.ts'
import { ACCOUNT } from '../../src/accounts/history.ts'
import { networkOf } from '../../src/accounts/network.ts'
import { hashPassword, isPassword } from '../../src/accounts/password.ts'
import { standingOf } from '../../src/accounts/standing.ts'
import { waitInWords } from '../../src/accounts/throttle.store.ts'
import { isTimeZone, timeZoneChoices } from '../../src/accounts/time-zones.ts'
import { weaknessOf } from '../../src/accounts/weakness.ts'
import { told } from '../../src/history/timeline.ts'

describe('a password', () => {
  it.each([
    ['short', 'short1', 'at least 10 characters'],
    ['common', 'password12', 'commonly used'],
    ['a row of keys', 'qwertyuiop', 'too easy to guess'],
    ['repeated', 'aaaaaaaaaaaa', 'Repeated characters'],
    ['endless', 'x7Kq-plm-92fd'.repeat(20), 'at most 200'],
    ['one’s own address', 'ada@example.org', 'too easy to guess'],
    ['one’s own name', 'lovelace ada', 'too easy to guess'],
  ])('is refused when it is %s', async (_, given, why) => {
    expect(await weaknessOf(given, ['Ada Lovelace', 'ada@example.org'])).toContain(why)
  })

  it.each(['copper lantern fjord 27', 'x7Kq-plm-92fd', 'Тихий фонарь над рекой', '静かな川の灯り、七つの橋'])(
    'may be %s',
    async (given) => {
      expect(await weaknessOf(given, ['Ada Lovelace', 'ada@example.org'])).toBeNull()
    },
  )

  it('is looked through at its beginning only, however long it is', async () => {
    await weaknessOf('warm up the lists', [])
    // No more than its beginning is looked through, so that the rest costs nothing.
    expect(await weaknessOf('a1'.repeat(100), [])).toBe(await weaknessOf('a1'.repeat(32), []))
  })

  it('is kept as argon2id with 64 MiB and three passes, and is known again', async () => {
    const kept = await hashPassword('copper lantern fjord 27')
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/)
    expect(await isPassword(kept, 'copper lantern fjord 27')).toBe(true)
    expect(await isPassword(kept, 'copper lantern fjord 28')).toBe(false)
    expect(await isPassword(null, 'copper lantern fjord 27')).toBe(false)
  })
})

describe('attempts are counted by network', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['', ''],
  ])('%s is of %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  it('whatever is given, never longer than an address', () => {
    fc.assert(fc.property(fc.string(), (text) => networkOf(text).length <= text.length + 8))
  })
})

describe('a time zone', () => {
  it.each(['UTC', 'Asia/Almaty', 'America/Argentina/Buenos_Aires', 'Europe/Kyiv', 'Europe/Kiev'])(
    '%s is one',
    (name) => {
      expect(isTimeZone(name)).toBe(true)
    },
  )
  it.each(['', 'Mars/Olympus', '+05:00', '../etc/passwd', 'Asia/Almaty\n', '<b>'])('%j is none', (name) => {
    expect(isTimeZone(name)).toBe(false)
  })
  it('that this machine calls otherwise stays among the choices', () => {
    expect(timeZoneChoices('Europe/Kyiv').map((choice) => choice.value)).toContain('Europe/Kyiv')
  })
})

describe('a browser is named as its owner knows it', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari on iPhone',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
      'Edge on Windows',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/142.0.0.0 Safari/537.36', 'Chrome on Linux'],
    ['curl/8.5.0', 'curl/8.5.0'],
    ['', 'An unknown browser'],
  ])('%s', (userAgent, name) => {
    expect(browserOf(userAgent)).toBe(name)
  })
})

describe('how somebody stands', () => {
  const someone = { disabledAt: null, hasPassword: false, invitedUntil: null }
  it.each([
    ['Active', { ...someone, hasPassword: true }],
    ['Disabled', { ...someone, hasPassword: true, disabledAt: new Date() }],
    ['Invited', { ...someone, invitedUntil: new Date() }],
    ['No open link', someone],
  ])('%s', (word, person) => {
    expect(standingOf(person)).toBe(word)
  })
})

it('history tells a role in words, and a switch as on or off', async () => {
  const line = { id: 1, revision: 2, at: new Date(), actorName: 'Mo', reason: null, redaction: null, action: 'edited' }
  const before = { role: 'reporter', shortcuts: true, secret: 'x', name: 'Ada' }
  const [first] = await told(
    [{ ...line, before, after: { ...before, role: 'editor', shortcuts: false, secret: 'y' } }],
    ACCOUNT,
  )
  expect(first?.changes).toMatchObject([
    { label: 'Role', before: 'Reporter', after: 'Editor' },
    { label: 'Keyboard shortcuts', before: 'on', after: 'off' },
  ])
})

it('a wait is said in minutes', () => {
  expect([waitInWords(1), waitInWords(60), waitInWords(61), waitInWords(900)]).toEqual([
    'a minute',
    'a minute',
    '2 minutes',
    '15 minutes',
  ])
})
