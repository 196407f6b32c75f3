import { afterEach, describe, expect, test } from 'vitest'
import { forgetResults, KEPT, keepResult, keptResult } from '../../src/texts/kept.ts'
import { LIMITS, runTask, taskCounts } from '../../src/texts/pool.ts'

const LONG = Array.from({ length: 2_000 }, (_, at) => `Sentence ${at} of the text.`).join(' ')
const CHANGED = LONG.replace('Sentence 7 ', 'Sentence seven ')
const own = { ...LIMITS }
afterEach(() => Object.assign(LIMITS, own))

describe('Work on long texts', () => {
  test('is done in another thread, with the same result as here', async () => {
    let turns = 0
    const turning = setInterval(() => (turns += 1), 1)
    const comparison = await runTask('compare', { before: LONG, after: CHANGED })
    clearInterval(turning)
    expect(comparison?.changes).toHaveLength(1)
    expect(turns).toBeGreaterThan(0)
  })

  test('is given up when it takes too long, and the next is done', async () => {
    expect(await runTask('compare', { before: LONG, after: CHANGED })).not.toBeNull()
    LIMITS.longest = 0
    const long = Array.from({ length: 20_000 }, (_, at) => `${at} ${Math.sin(at)}.`).join(' ')
    expect(await runTask('compare', { before: long, after: long.replaceAll('1', '2') })).toBeNull()
    Object.assign(LIMITS, own)
    expect(await runTask('compare', { before: LONG, after: CHANGED })).not.toBeNull()
  })

  test('waits in a line that has an end, in no more threads than are allowed', async () => {
    LIMITS.waiting = 3
    const asked = Array.from({ length: 20 }, () => runTask('compare', { before: LONG, after: CHANGED }))
    expect(taskCounts().running).toBeLessThanOrEqual(LIMITS.threads)
    expect(taskCounts().waiting).toBeLessThanOrEqual(3)
    const results = await Promise.all(asked)
    expect(results.filter((result) => result === null).length).toBeGreaterThanOrEqual(20 - 3 - LIMITS.threads)
    expect(results.filter((result) => result !== null).length).toBeGreaterThanOrEqual(3)
  })

  test('is done at once where it is little', async () => {
    LIMITS.waiting = 0
    expect(await runTask('compare', { before: 'One. Two.', after: 'One.' })).toMatchObject({ isGivenUp: false })
  })
})

describe('Results', () => {
  test('are kept for an hour, not beyond their number and size, and forgotten when told so', () => {
    keepResult('a', [1], 0)
    expect(keptResult('a', 1)).toEqual([1])
    expect(keptResult('a', KEPT.longest + 1)).toBeUndefined()
    keepResult('large', 'x'.repeat(KEPT.largest), 0)
    expect(keptResult('large', 1)).toBeUndefined()
    for (let count = 0; count <= KEPT.entries; count += 1) keepResult(`n${count}`, count, 0)
    expect(keptResult('n0', 1)).toBeUndefined()
    expect(keptResult(`n${KEPT.entries}`, 1)).toBe(KEPT.entries)
    forgetResults()
    expect(keptResult(`n${KEPT.entries}`, 1)).toBeUndefined()
  })
})
