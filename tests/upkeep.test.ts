import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../src/accounts/session.store.ts'
import { startUpkeep, UPKEEP } from '../src/upkeep.ts'
import { openLog } from '../src/web/log.ts'
import { type Desk, desk } from './support/app.ts'

let it: Desk
beforeAll(async () => {
  it = await desk()
})
afterAll(() => it.close())

const log = openLog('silent')

describe('Upkeep', () => {
  test('removes sessions that have run out, and no other', async () => {
    const id = it.people.ada.id
    await openSession(it.db, id, 'idle for a day')
    await it.db
      .$executeRaw`update session set last_seen_at = now() - interval '1 day' where user_agent = 'idle for a day'`
    await openSession(it.db, id, 'a week old')
    await it.db.$executeRaw`update session set expires_at = now() - interval '1 second' where user_agent = 'a week old'`
    await openSession(it.db, id, 'in use')
    const upkeep = startUpkeep(it.db, log)
    await upkeep.begun
    await upkeep.stop()
    const left = await it.db.session.findMany({ where: { accountId: id }, select: { userAgent: true } })
    expect(left.map(({ userAgent }) => userAgent).toSorted()).toEqual(['a test', 'in use'])
  })

  test('goes on with the other tasks when one fails, and tries that one again', async () => {
    const runs: string[] = []
    const failing = async () => {
      runs.push('failing')
      throw new Error('this one never works')
    }
    const working = async () => runs.push('working')
    const upkeep = startUpkeep(it.db, log, [
      { name: 'failing', everySeconds: 0.01, run: failing },
      { name: 'working', everySeconds: 0.01, run: working },
    ])
    await expect.poll(() => Math.min(...count(runs)), { timeout: 10_000 }).toBeGreaterThan(2)
    await upkeep.stop()
    const atTheStop = runs.length
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(runs).toHaveLength(atTheStop)
  })

  test('has a name of its own for each task', () => {
    expect(new Set(UPKEEP.map(({ name }) => name)).size).toBe(UPKEEP.length)
  })
})

function count(runs: string[]): [number, number] {
  return [runs.filter((run) => run === 'failing').length, runs.filter((run) => run === 'working').length]
}
