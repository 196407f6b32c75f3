import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Subject } from '../../prisma/client/enums.ts'
import { deedOf } from '../../src/history/sentence.ts'
import { pagesAround, permalink } from '../../src/history/window.ts'

const revisions = (newest: number, oldest: number) =>
  Array.from({ length: newest - oldest + 1 }, (_, index) => newest - index)

describe('The address of a line of history', () => {
  test.each([
    [1, '/h?upTo=50#r1'],
    [7, '/h?upTo=50#r7'],
    [50, '/h?upTo=50#r50'],
    [51, '/h?upTo=100#r51'],
  ])('of revision %i stays the same however much is added', (revision, address) => {
    expect(permalink('/h', revision)).toBe(address)
  })
})

describe('Pages of history', () => {
  test.each([
    ['all on one page', revisions(7, 1), 7, null, null],
    ['the newest of many', revisions(120, 71), 120, null, '/h?upTo=70'],
    ['in the middle', revisions(70, 21), 170, '/h?upTo=120', '/h?upTo=20'],
    ['the page before the newest', revisions(70, 21), 120, '/h', '/h?upTo=20'],
    ['the oldest', revisions(20, 1), 120, '/h?upTo=70', null],
    ['none', [], 0, null, null],
  ])('%s', (_, shown, latest, newer, older) => {
    expect(pagesAround('/h', shown, latest)).toEqual({ newer, older })
  })
})

describe('What was done', () => {
  test('is the end of a sentence', () => {
    expect(`Ada Abel${deedOf('claim', 'edited')}`).toBe('Ada Abel edited the claim.')
    expect(`Ada Abel${deedOf('claim', 'evidence added')}`).toBe('Ada Abel added evidence.')
    expect(`Mo Musa${deedOf('setting', 'edited')}`).toBe('Mo Musa changed the desk’s settings.')
  })

  test('has words for every action of the workflow', () => {
    const moves = readdirSync('src/decisions').map((file) => readFileSync(`src/decisions/${file}`, 'utf8'))
    const actions = moves.flatMap((text) => [...text.matchAll(/simply\(step, '\w+', '([^']+)'/g)])
    expect(actions.length).toBeGreaterThan(7)
    for (const [, action = ''] of actions) expect(deedOf('claim', action)).not.toContain(':')
  })

  test('is given as it was kept where there are no words for it', () => {
    for (const subject of Object.values(Subject)) {
      expect(`Stet${deedOf(subject, 'turned round')}`).toBe('Stet: turned round.')
      expect(`Stet${deedOf(subject, 'constructor')}`).toBe('Stet: constructor.')
    }
  })
})
