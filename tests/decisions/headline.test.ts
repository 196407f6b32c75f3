import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CameIn, ClosedBecause, Stage, Verdict } from '../../prisma/client/enums.ts'
import { headlineOf, type Standing } from '../../src/decisions/headline.ts'

const OPEN: Standing = {
  stage: 'draft',
  verdict: null,
  formerVerdict: null,
  closedBecause: null,
  isSuperseded: false,
  cameIn: 'nothing',
}

const CASES: [Partial<Standing>, string, { ringed?: boolean; struck?: boolean }?][] = [
  [{ stage: 'draft' }, 'Draft'],
  [{ stage: 'submitted' }, 'Submitted'],
  [{ stage: 'in_review' }, 'In review'],
  [{ stage: 'needs_info' }, 'Needs information'],
  [{ stage: 'awaiting_second' }, 'Awaiting a second'],
  [{ stage: 'decided', verdict: 'verified' }, 'Verified'],
  [{ stage: 'decided', verdict: 'partly_verified' }, 'Partly verified'],
  [{ stage: 'decided', verdict: 'verified', cameIn: 'addition' }, 'Verified, new since', { ringed: true }],
  [{ stage: 'decided', verdict: 'false', cameIn: 'contradiction' }, 'False, challenged', { ringed: true }],
  [{ stage: 'in_review', formerVerdict: 'verified' }, 'Verified, under re-review', { ringed: true }],
  [{ stage: 'awaiting_second', formerVerdict: 'unproven' }, 'Unproven, under re-review', { ringed: true }],
  [{ stage: 'decided', verdict: 'verified', isSuperseded: true }, 'Superseded', { struck: true }],
  [{ stage: 'closed', closedBecause: 'duplicate' }, 'Closed: duplicate', { struck: true }],
  [
    { stage: 'closed', closedBecause: 'out_of_scope', formerVerdict: 'verified' },
    'Closed: out of scope',
    { struck: true },
  ],
]

describe('A claim’s headline', () => {
  test.each(CASES)('%o is “%s”', (given, word, { ringed = false, struck = false } = {}) => {
    expect(headlineOf({ ...OPEN, ...given })).toMatchObject({ word, ringed, struck })
  })

  test('has an icon that is drawn, for every standing there can be', () => {
    const icons = readFileSync(join(import.meta.dirname, '../../public/icons.svg'), 'utf8')
    for (const stage of Object.values(Stage))
      for (const verdict of [...Object.values(Verdict), null])
        for (const cameIn of Object.values(CameIn))
          for (const closedBecause of [...Object.values(ClosedBecause), null]) {
            const { word, icon } = headlineOf({
              ...OPEN,
              stage,
              verdict,
              formerVerdict: verdict,
              cameIn,
              closedBecause,
            })
            expect(icons).toContain(`id="${icon}"`)
            expect(word).toMatch(/^[A-Z]/)
          }
  })
})
