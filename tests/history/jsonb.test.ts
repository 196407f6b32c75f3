import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jsonbDigest, jsonbText } from '../../src/history/jsonb.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

let it: TestDatabase
beforeAll(async () => {
  it = await testDatabase()
})
afterAll(() => it.close())

const text = fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', '').toWellFormed())
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
}))

test('A value is written as PostgreSQL writes it out of a jsonb', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(value, { maxLength: 20 }), async (values) => {
      const { rows } = await it.pool.query<{ text: string }>(
        'select value::text as text from unnest($1::text[]) with ordinality as given (source, place), lateral (select source::jsonb as value) v order by place',
        [values.map((one) => JSON.stringify(one))],
      )
      expect(values.map(jsonbText)).toEqual(rows.map((row) => row.text))
    }),
    { numRuns: 60 },
  )
})

test('A digest is of that text, and a number that is not whole has none', () => {
  const sha256 = createHash('sha256').update('{"a": 1, "bb": [true, null]}').digest('hex')
  expect(jsonbDigest({ bb: [true, null], a: 1, c: undefined })).toBe(sha256)
  expect(() => jsonbDigest({ share: 0.5 })).toThrow(RangeError)
})
