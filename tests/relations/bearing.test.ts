import { expect, test } from 'vitest'
import { Verdict } from '../../prisma/client/enums.ts'
import { cameInFor, type RelatedEnd } from '../../src/relations/bearing.ts'

const decided = (verdict: Verdict, own: Partial<RelatedEnd> = {}): RelatedEnd => ({
  stage: 'decided',
  verdict,
  supersededById: null,
  cameIn: 'nothing',
  ...own,
})
const open: RelatedEnd = { stage: 'in_review', verdict: null, supersededById: null, cameIn: 'nothing' }

test('A claim is challenged by a contradiction exactly where the other holds and its own verdict is not borne out by it', () => {
  const challenged = Object.values(Verdict).flatMap((mine) =>
    Object.values(Verdict).flatMap((theirs) =>
      cameInFor(decided(mine), decided(theirs), 'contradicts') === 'contradiction' ? [`${mine} by ${theirs}`] : [],
    ),
  )
  const mine: Verdict[] = ['verified', 'partly_verified', 'disputed', 'unproven', 'not_checkable']
  expect(challenged.toSorted()).toEqual(
    mine.flatMap((verdict) => [`${verdict} by verified`, `${verdict} by partly_verified`]).toSorted(),
  )
})

test('Nothing comes in for a claim that is not decided', () => {
  expect(cameInFor(open, decided('verified'), 'contradicts')).toBeNull()
})

test('Whatever else it is, it is new since, and a claim that was challenged stays so', () => {
  expect(cameInFor(decided('verified'), open, 'contradicts')).toBe('addition')
  expect(cameInFor(decided('verified'), decided('verified'), 'updates')).toBe('addition')
  expect(cameInFor(decided('verified'), decided('verified', { supersededById: 9 }), 'contradicts')).toBe('addition')
  expect(cameInFor(decided('verified', { cameIn: 'contradiction' }), open, 'narrows')).toBe('contradiction')
})
