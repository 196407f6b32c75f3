import { describe, expect, it } from 'vitest'
import { fileName, presetOf, readAsOf } from '../../src/exports/presets.ts'

const NOW = new Date('2022-01-10T12:00:00Z')

describe('An instant that an export is asked for', () => {
  it.each([
    ['2022-01-07T14:30Z', '2022-01-07T14:30:00.000Z'],
    ['2022-01-07T14:30:15.250Z', '2022-01-07T14:30:15.250Z'],
    ['2022-01-07T14:30+06:00', '2022-01-07T08:30:00.000Z'],
    ['2022-01-07T14:30 06:00', '2022-01-07T08:30:00.000Z'],
    ['2022-01-07 14:30 -05:00', '2022-01-07T19:30:00.000Z'],
    ['2022-01-07 14:30', '2022-01-07T08:30:00.000Z'],
    ['2022-01-07T14:30', '2022-01-07T08:30:00.000Z'],
    ['2022-01-07', '2022-01-07T17:59:59.999Z'],
    ['2022-01-10T11:59Z', '2022-01-10T11:59:00.000Z'],
  ])('%s is %s for somebody in Almaty', (typed, instant) => {
    expect(readAsOf(typed, NOW, 'Asia/Almaty').at?.toISOString()).toBe(instant)
  })

  it.each([
    '',
    'yesterday',
    '2022',
    '2022-02-30',
    '2022-01-07T25:00Z',
    '2022-01-07T14:30+99:00',
    '2022-01-07T14:30Z; drop',
    '7 January 2022',
  ])('that reads %j is refused', (typed) => {
    expect(readAsOf(typed, NOW, 'UTC')).toEqual({
      at: null,
      problem: expect.stringContaining('Write the instant as'),
    })
  })

  it.each(['2022-01-10T11:59:01Z', '2022-01-10T12:00Z', '2023-01-01'])(
    'that is %s, less than a minute ago, is refused',
    (typed) => {
      expect(readAsOf(typed, NOW, 'UTC').problem).toContain('at least a minute ago')
    },
  )
})

describe('A file of an export', () => {
  it('is named by what is in it and the day it was taken', () => {
    expect(fileName('verified', null, NOW, 'UTC')).toBe('stet-verified-2022-01-10.csv')
    expect(fileName('verified', new Date('2022-01-07T08:30:00Z'), NOW, 'UTC')).toBe(
      'stet-verified-as-of-2022-01-07T0830Z-2022-01-10.csv',
    )
    expect(fileName({ story: 'KZ', stage: 'in_review', q: '"../etc" Токаев' }, null, NOW, 'UTC')).toBe(
      'stet-claims-kz-in-review-etc-2022-01-10.csv',
    )
    expect(fileName({}, null, new Date('2022-01-10T22:00:00Z'), 'Asia/Almaty')).toBe('stet-claims-2022-01-11.csv')
  })

  it('is of a known preset', () => {
    expect([presetOf('verified'), presetOf('attributed'), presetOf('constructor')]).toEqual([
      'verified',
      'attributed',
      null,
    ])
  })
})
