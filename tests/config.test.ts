import { describe, expect, test } from 'vitest'
import { ConfigFault, readConfig } from '../src/config.ts'

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
})
