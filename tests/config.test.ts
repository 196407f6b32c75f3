import { describe, expect, test } from 'vitest'
import { ConfigFault, costsOfSettings, readConfig } from '../src/config.ts'

describe('The configuration', () => {
  test('needs nothing: the desk runs on its own database at port 3000', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: 'localhost',
      publicUrl: 'http://localhost:3000',
      dataDir: 'data',
      dataDirChosen: false,
      databaseUrl: undefined,
    })
  })

  test('lists everything that is wrong at once, in sentences', () => {
    const wrong = {
      PORT: 'http',
      PUBLIC_URL: 'stet.example.org',
      DATABASE_URL: 'mysql://x',
      LOG_LEVEL: 'loud',
      DATABASE_POOL: '1',
    }
    expect(() => readConfig(wrong)).toThrow(ConfigFault)
    try {
      readConfig(wrong)
    } catch (fault) {
      const { sentences } = fault as ConfigFault
      for (const name of Object.keys(wrong))
        expect(
          sentences.some((sentence) => sentence.startsWith(name)),
          name,
        ).toBe(true)
      expect(sentences.every((sentence) => /^[A-Z].+\.$/.test(sentence))).toBe(true)
    }
  })

  test('an empty variable counts as not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ' }).port).toBe(3000)
  })

  test('an owner’s address alone is refused', () => {
    expect(() => readConfig({ DATABASE_OWNER_URL: 'postgresql://a@b/c' })).toThrow('Set both')
  })

  test('an https address needs to know what stands in front, in so many words', () => {
    const https = { PUBLIC_URL: 'https://stet.example.org' }
    expect(() => readConfig(https)).toThrow('TRUST_PROXY is not set')
    expect(readConfig({ ...https, TRUST_PROXY: '0' }).trustProxy).toBe(0)
    expect(readConfig({ ...https, TRUST_PROXY: '1' }).trustProxy).toBe(1)
    expect(readConfig({ PUBLIC_URL: 'http://stet.example.org' }).trustProxy).toBe(0)
  })

  test('what goes wrong between two settings is said with the rest', () => {
    const wrong = { PUBLIC_URL: 'https://stet.example.org', PORT: 'http', DATABASE_OWNER_URL: 'postgresql://a@b/c' }
    expect(() => readConfig(wrong)).toThrow(/PORT must[\s\S]*Set both[\s\S]*TRUST_PROXY is not set/)
  })

  test.each([
    ['loopback', ['loopback']],
    ['10.0.0.5, 10.1.0.0/16', ['10.0.0.5', '10.1.0.0/16']],
    ['::1,fd00::/8', ['::1', 'fd00::/8']],
  ])('proxies may be named by their addresses: %s', (given, names) => {
    expect(readConfig({ TRUST_PROXY: given }).trustProxy).toEqual(names)
  })

  test.each(['yes', '11', '-1', '10.0.0', '10.0.0.5/33', 'proxy.example.org', '10.0.0.5,', '0.0.0.0/0', '1.5'])(
    'is no way to name them: %s',
    (given) => {
      expect(() => readConfig({ TRUST_PROXY: given })).toThrow('TRUST_PROXY must be')
    },
  )

  test('says what a setting costs: root, and a number of proxies on an open port', () => {
    const open = readConfig({ HOST: '0.0.0.0', TRUST_PROXY: '1' })
    expect(costsOfSettings(open, 0)).toEqual([
      expect.stringContaining('runs as root'),
      expect.stringContaining('may give any address as their own'),
    ])
    for (const sound of [{}, { TRUST_PROXY: '1' }, { HOST: '0.0.0.0', TRUST_PROXY: '10.0.0.5' }])
      expect(costsOfSettings(readConfig(sound), 1000)).toEqual([])
    expect(costsOfSettings(readConfig({}), undefined)).toEqual([])
  })
})
