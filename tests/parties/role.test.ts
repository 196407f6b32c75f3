import { describe, expect, test } from 'vitest'
import { roleAt } from '../../src/parties/role.ts'

const roles = [
  { role: 'adviser', fromDate: null, toDate: '2018' },
  { role: 'senator', fromDate: '2011-03', toDate: '2019-03-20' },
  { role: 'president', fromDate: '2019-03-20', toDate: null },
]

describe('A role by date', () => {
  test.each([
    ['2022-01-07', 'president'],
    ['2019-03-20', 'president'],
    ['2015', 'senator'],
    ['2011-03-05T10:00', 'senator'],
    ['1999', 'adviser'],
    [null, 'president'],
  ])('at %s is %s', (date, role) => expect(roleAt(roles, date)).toBe(role))

  test('is empty when none is known', () => {
    expect(roleAt([], '2022')).toBe('')
    expect(roleAt(roles.slice(0, 2), null)).toBe('')
    expect(roleAt(roles.slice(0, 2), '2022')).toBe('')
  })
})
