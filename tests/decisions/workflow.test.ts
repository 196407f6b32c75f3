import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Role, type Stage } from '../../prisma/client/enums.ts'
import { workflowHelp } from '../../src/decisions/help.ts'
import {
  allowed,
  BUTTONS,
  MOVES,
  type MoveRow,
  movesFor,
  NEEDS,
  rowFor,
  stageAfter,
} from '../../src/decisions/workflow.ts'
import { ACTION_NAMES, ADDER, CELLS, claimIn, IS, PEOPLE, STAGES } from './cells.ts'

describe('The table of moves', () => {
  for (const stage of STAGES)
    for (const action of ACTION_NAMES) {
      const cell = CELLS.find(([from, what]) => from === stage && what === action)
      const who = cell?.[3] ?? []
      test(`${stage}, ${action}: ${cell ? `${cell[2]}, by ${who.join(' or ')}` : 'nobody'}`, () => {
        if (cell && cell[2] !== 'former') expect(stageAfter(stage, action)).toBe(cell[2])
        else expect(() => stageAfter(stage, action)).toThrow('No row leads')
        for (const [name, person] of Object.entries(PEOPLE)) {
          const no = allowed(claimIn(stage), person, action, ADDER)
          expect(no === null, `${name}: ${no}`).toBe(who.some((one) => IS[one](person)))
        }
      })
    }

  test('has one row at most for a stage and an action', () => {
    for (const stage of STAGES)
      for (const action of ACTION_NAMES)
        expect(
          MOVES.filter((row: MoveRow) => row.action === action && row.from.includes(stage)).length,
        ).toBeLessThanOrEqual(1)
  })

  test('reaches every stage from a draft, and leads out of every stage again', () => {
    const reached = new Set<Stage>(['draft'])
    for (let size = 0; size !== reached.size; ) {
      size = reached.size
      for (const row of MOVES as readonly MoveRow[])
        if (row.from.some((stage) => reached.has(stage)))
          for (const to of [row.to, row.or]) if (to && to !== 'same' && to !== 'former') reached.add(to)
    }
    expect(reached).toEqual(new Set(STAGES))
    for (const stage of STAGES)
      expect(MOVES.some((row: MoveRow) => row.from.includes(stage) && row.to !== 'same' && row.to !== stage)).toBe(true)
  })

  test('leads to a verdict only by deciding and by seconding', () => {
    const ways = MOVES.filter((row: MoveRow) => row.to === 'decided' && !row.from.includes('decided'))
    expect(ways.map(({ action }) => action)).toEqual(['decide', 'second'])
  })

  test('leaves a verdict behind only with a reason', () => {
    const ways = MOVES.filter(
      (row: MoveRow) => row.from.includes('decided') && !['same', 'former', 'decided'].includes(row.to),
    )
    expect(ways.map(({ action }) => action)).toEqual(['edit', 'edit_evidence', 'reopen', 'close'])
    for (const way of ways) expect(way.needs).toContain('reason')
  })
})

describe('What people are told', () => {
  test('the wrong stage is named, with the right ones', () => {
    expect(allowed(claimIn('decided'), PEOPLE['another editor'], 'take_up')).toBe(
      'A claim can be taken up only while it is submitted; this one is decided.',
    )
    expect(allowed(claimIn('closed'), PEOPLE['another editor'], 'edit')).toBe(
      'A claim can be edited only while it is draft, submitted, needs information, in review, awaiting a second or decided; this one is closed.',
    )
  })

  test('who may is named', () => {
    expect(allowed(claimIn('submitted'), PEOPLE['another reporter'], 'take_up')).toBe(
      'Only an editor may do this: take up.',
    )
    expect(allowed(claimIn('awaiting_second'), PEOPLE['the editor who decided'], 'second')).toBe(
      'You decided this claim yourself; somebody else has to second it.',
    )
  })

  test('a superseded claim is not superseded again', () => {
    const claim = { ...claimIn('decided'), supersededById: 12 }
    expect(allowed(claim, PEOPLE['an admin'], 'supersede')).toBe('This claim is superseded already.')
  })

  test('buttons are the rows that are open, with what they ask for', () => {
    expect(movesFor(claimIn('in_review'), PEOPLE['another editor'])).toEqual([
      { action: 'ask', label: 'Ask for information', needs: ['reason'] },
      { action: 'hand_back', label: 'Hand back', needs: [] },
      { action: 'assign', label: 'Assign', needs: ['assignee'] },
      { action: 'close', label: 'Close', needs: ['reason', 'because'] },
    ])
    expect(movesFor(claimIn('draft'), PEOPLE['the author, a reporter']).map(({ label }) => label)).toEqual([
      'Submit for review',
      'Drop',
    ])
    expect(movesFor(claimIn('decided'), PEOPLE['a reader'])).toEqual([])
  })

  test('the help page has a line for every row and every verdict, all in words', () => {
    const { moves, verdicts } = workflowHelp()
    expect(moves).toHaveLength(MOVES.length)
    expect(verdicts).toHaveLength(7)
    expect(JSON.stringify([moves, verdicts])).not.toMatch(/_|undefined/)
    expect(moves.find(({ action }) => action === 'Decide')).toEqual({
      from: 'In review',
      action: 'Decide',
      to: 'Decided, or Awaiting a second',
      who: 'an editor',
      needs: NEEDS.ruling,
    })
  })
})

test('Whatever is tried in whatever order, only the rows move a claim, and readers move nothing', () => {
  const step = fc.record({ action: fc.constantFrom(...ACTION_NAMES), role: fc.constantFrom(...Object.values(Role)) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let stage: Stage = 'draft'
      for (const { action, role } of steps) {
        const no = allowed(claimIn(stage), { id: 3, role }, action)
        if (role === 'reader') expect(no).not.toBeNull()
        if (no !== null) continue
        expect(rowFor(stage, action)).not.toBeNull()
        if (BUTTONS.some((button) => button === action) || action === 'decide') stage = stageAfter(stage, action)
      }
      expect(STAGES).toContain(stage)
    }),
  )
})
