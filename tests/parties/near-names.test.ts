import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distanceOfNames, wordsWithoutTitles } from '../../src/parties/near-names.ts'

describe('Near names are', () => {
  test.each([
    ['President Tokayev', 'Kassym-Jomart Tokayev', true],
    ['Mr. Tokayev', 'Kassym-Jomart Tokayev', true],
    ['Tokayev, Kassym-Jomart', 'Kassym-Jomart Tokayev', true],
    ['K. Tokayev', 'Kassym-Jomart Tokayev', true],
    ['Tokaev', 'Kassym-Jomart Tokayev', true],
    ['Господин Токаев', 'Касым-Жомарт Токаев', true],
    ['Interior Minister Yerlan Turgumbayev', 'Yerlan Turgumbayev', true],
    ['Herr Scholz', 'Olaf Scholz', true],
    ['M. Macron', 'Emmanuel Macron', true],
    ['Ana Kim', 'Anna Kim', true],
    ['Defence Ministry of Rusia', 'Defence Ministry of Russia', false],
    ['Ministry of Defense of Russia', 'Defence Ministry of Russia', false],
    ['World Health Organisation', 'World Health Organization', false],
    ['Labor Party', 'Labour Party', false],
    ['Al Jazeera', 'Aljazeera', false],
    ['Johnson & Johnson', 'Johnson and Johnson', false],
    ['Interior Ministry', 'Interior Ministry of Kazakhstan', false],
    ['ハンダ通信', 'パンダ通信', false],
  ])('%s and %s', (typed, known, isPerson) => {
    expect(distanceOfNames(typed, known, isPerson)).not.toBeNull()
  })
})

describe('Near names are not', () => {
  test.each([
    ['Unit 5', 'Unit 6', false],
    ['Unit', 'Unit 5', false],
    ['Zone 1', 'Zone 12', false],
    ['Charles II', 'Charles III', true],
    ['North Korea', 'South Korea', false],
    ['Defence Ministry of Iran', 'Defence Ministry of Iraq', false],
    ['Ministry of Defence of Russia', 'Ministry of Defence of Kazakhstan', false],
    ['Defence Minister', 'Defence Ministry', false],
    ['BBC News', 'ABC News', false],
    ['Anna Kim', 'Anna Lim', true],
    ['J. Smith', 'K. Smith', true],
    ['Reuters', 'Reuters Television', false],
    ['General Motors', 'Motors', false],
  ])('%s and %s', (typed, known, isPerson) => {
    expect(distanceOfNames(typed, known, isPerson)).toBeNull()
  })
})

test('A name that is a title alone keeps it', () => {
  expect(wordsWithoutTitles('Prime Minister')).toEqual(['prime', 'minister'])
})

test('Nearness is the same whichever of the two is known', () => {
  const word = fc.constantFrom(
    'anna',
    'ana',
    'kim',
    'russia',
    'rusia',
    'ministry',
    'defence',
    'defense',
    'of',
    '5',
    '6',
  )
  const name = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '))
  fc.assert(
    fc.property(name, name, fc.boolean(), (one, other, isPerson) => {
      expect(distanceOfNames(one, other, isPerson) === null).toBe(distanceOfNames(other, one, isPerson) === null)
    }),
  )
})
