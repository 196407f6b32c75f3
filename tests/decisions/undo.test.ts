import { randomUUID } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '../../prisma/client/enums.ts'
import { type LastEvent, timeLeft, undoing } from '../../src/decisions/undo.ts'
import { verifyHistory } from '../../src/history/verify.store.ts'
import { type Desk, desk, type Fields, send, visit } from '../support/app.ts'
import { changeUnguarded } from '../support/behind.ts'
import { type Builder, build } from '../support/build.ts'
import type { Name } from '../support/people.ts'

let it: Desk
let made: Builder
let paper: { id: number }
let register: { id: number }

beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
  paper = await made.aSource({ title: 'Dispatch from Almaty' })
  register = await made.aSource({ title: 'Register of deaths', kind: 'official_document' })
})
afterAll(() => it.close())

async function inReview(): Promise<string> {
  const claim = await made.aClaim({
    stage: 'in_review',
    attributions: [{ sourceId: paper.id }],
    evidence: [{ sourceId: register.id, stance: 'supports', basis: 'document' }],
  })
  return claim.ref
}

const now = (ref: string) =>
  it.db.claim.findUniqueOrThrow({
    where: { ref },
    include: { decisions: { include: { end: true }, orderBy: { id: 'asc' } } },
  })

/** What undoing has to bring back. */
async function standing(ref: string) {
  const {
    stage,
    verdict,
    formerVerdict,
    closedBecause,
    duplicateOfId,
    supersededById,
    assigneeId,
    proposal,
    cameIn,
    recheckOn,
    wordsBy,
  } = await now(ref)
  return {
    stage,
    verdict,
    formerVerdict,
    closedBecause,
    duplicateOfId,
    supersededById,
    assigneeId,
    proposal,
    cameIn,
    recheckOn,
    wordsBy,
  }
}

async function button(who: Name, ref: string, action: string, own: Fields = {}) {
  const { revision } = await now(ref)
  const answer = await send(it.as(who), `/claims/${ref}/moves`, {
    revision,
    action,
    ...(Object.keys(own).length ? { [action]: own } : {}),
  })
  expect(answer.status, answer.words).toBe(303)
}

async function decide(who: Name, ref: string, own: Fields = {}) {
  const { revision } = await now(ref)
  const form = { revision, verdict: 'verified', rationale: 'The register names them.', ...own }
  const answer = await send(it.as(who), `/claims/${ref}/decisions`, form)
  expect(answer.status, answer.words).toBe(303)
}

async function undo(who: Name, ref: string, revision?: number) {
  return send(it.as(who), `/claims/${ref}/undoings`, { revision: revision ?? (await now(ref)).revision })
}

const REASON = { reason: 'It has to be looked at again.' }

describe('Undo brings everything back as it was', () => {
  const ways: [
    what: string,
    who: Name,
    before: (ref: string) => Promise<unknown>,
    move: (ref: string) => Promise<unknown>,
  ][] = [
    ['asking', 'eve', async () => {}, (ref) => button('eve', ref, 'ask', REASON)],
    ['handing back', 'eve', (ref) => taken(ref), (ref) => button('eve', ref, 'hand_back')],
    ['a decision', 'eve', async () => {}, (ref) => decide('eve', ref, { verdict: 'unproven', recheckOn: '2022-02' })],
    ['a proposal', 'mo', (ref) => wroteIt(ref, 'mo'), (ref) => decide('mo', ref)],
    ['a seconding', 'sam', (ref) => proposed(ref), (ref) => button('sam', ref, 'second')],
    ['a return', 'sam', (ref) => proposed(ref), (ref) => button('sam', ref, 'return', REASON)],
    [
      'deciding again',
      'eve',
      (ref) => reopened(ref),
      (ref) => decide('eve', ref, { change: 'update', changeNote: 'A new register.' }),
    ],
    ['reopening', 'sam', (ref) => decide('eve', ref), (ref) => button('sam', ref, 'reopen', REASON)],
    [
      'closing',
      'sam',
      (ref) => decide('eve', ref),
      (ref) => button('sam', ref, 'close', { because: 'out_of_scope', ...REASON }),
    ],
    [
      'closing before a second',
      'sam',
      (ref) => proposed(ref),
      (ref) => button('sam', ref, 'close', { because: 'dropped', ...REASON }),
    ],
  ]

  test.each(ways)('%s', async (_, who, prepare, move) => {
    const ref = await inReview()
    await prepare(ref)
    const before = await standing(ref)
    const { revision } = await now(ref)
    await move(ref)
    expect(await standing(ref)).not.toEqual(before)
    const answer = await undo(who, ref)
    expect(answer.status, answer.words).toBe(303)
    expect(await standing(ref)).toEqual(before)
    expect((await now(ref)).revision).toBe(revision + 2)
    const page = await visit(it.as('rae'), `/claims/${ref}`)
    expect(page.words).toContain('undid their last move')
  })

  const taken = async (ref: string) => {
    await button('eve', ref, 'hand_back')
    await button('eve', ref, 'take_up')
  }
  const wroteIt = (ref: string, who: Name) =>
    changeUnguarded(it.database, `update claim set words_by = '{${it.people[who].id}}' where ref = '${ref}'`)
  const proposed = async (ref: string) => {
    await wroteIt(ref, 'eve')
    await decide('eve', ref)
  }
  const reopened = async (ref: string) => {
    await decide('eve', ref)
    await made.cameIn((await now(ref)).id, 'contradiction')
    await button('sam', ref, 'reopen', REASON)
  }

  test('a supersession: the decision it ended is in force again, as it was sealed', async () => {
    const [ref, newer] = [await inReview(), await inReview()]
    await decide('eve', ref)
    await decide('eve', newer)
    await button('sam', ref, 'supersede', { newer })
    expect((await undo('sam', ref)).status).toBe(303)
    const { decisions, verdict, supersededById, revision } = await now(ref)
    expect({ verdict, supersededById }).toEqual({ verdict: 'verified', supersededById: null })
    expect(decisions.map(({ end }) => end?.cause)).toEqual(['superseded', undefined])
    expect(decisions[1]).toMatchObject({
      revision,
      restoresId: decisions[0]?.id,
      seal: decisions[0]?.seal,
      decidedById: it.people.eve.id,
    })
    const page = await visit(it.as('rae'), `/claims/${ref}`)
    expect(page.words).toContain('Decided by Eve Egan')
    expect(page.words).toContain('in force again since')
    const csv = await it.as('eve').get('/exports/claims.csv?preset=verified').buffer(true)
    const rows: { claim: string }[] = parse(csv.text, { bom: true, columns: true })
    expect(rows.filter(({ claim }) => claim === ref)).toHaveLength(1)
  })

  test('an undone decision stays in the record, and what follows it is no change of it', async () => {
    const ref = await inReview()
    await decide('eve', ref)
    await undo('eve', ref)
    expect((await now(ref)).decisions.map(({ end }) => end?.cause)).toEqual(['undone'])
    const page = await visit(it.as('eve'), `/claims/${ref}`)
    expect(page.words).toContain('An earlier decision')
    expect(page.words).not.toContain('What kind of change this is')
    await decide('eve', ref, { verdict: 'unproven' })
    expect((await now(ref)).decisions.map(({ verdict, end }) => [verdict, end?.cause])).toEqual([
      ['verified', 'undone'],
      ['unproven', undefined],
    ])
  })
})

describe('Undo is offered', () => {
  test('beside the line that says what was done, and on the claim’s page with the time left, to whoever did it', async () => {
    const ref = await inReview()
    const agent = await it.signIn('eve')
    const { revision } = await now(ref)
    await send(agent, `/claims/${ref}/moves`, { revision, action: 'ask', ask: REASON })
    const landed = await visit(agent, `/claims/${ref}`)
    expect(landed.text).toMatch(/class="flash"[\s\S]*?action="\/claims\/[\w-]+\/undoings"[\s\S]*?>Undo</)
    const later = await visit(agent, `/claims/${ref}`)
    expect(later.text).not.toContain('class="flash"')
    expect(later.words).toContain('Undo my last move 10 minutes left')
    expect((await visit(it.as('sam'), `/claims/${ref}`)).words).not.toContain('Undo my last move')
    await undo('eve', ref)
    expect((await visit(it.as('eve'), `/claims/${ref}`)).words).not.toContain('Undo my last move')
  })

  test('on the help page, with its terms', async () => {
    const page = await visit(it.as('rae'), '/help/workflow')
    expect(page.words).toContain(
      'what it was before whoever made the last move that the move was at most ten minutes ago',
    )
  })
})

describe('Undo is refused with its reason, and nothing is changed', () => {
  async function refusedWith(sentence: string, status: number, who: Name, ref: string, revision?: number) {
    const before = await now(ref)
    const answer = await undo(who, ref, revision)
    expect(answer.words).toContain(sentence)
    expect(answer.status).toBe(status)
    expect(await now(ref)).toEqual(before)
  }

  test('to anybody else', async () => {
    const ref = await inReview()
    await button('eve', ref, 'ask', REASON)
    await refusedWith('was not yours', 403, 'sam', ref)
    expect((await undo('rae', ref)).status).toBe(403)
  })

  test('a second time, also by a tab that was left open', async () => {
    const ref = await inReview()
    await button('eve', ref, 'ask', REASON)
    const { revision } = await now(ref)
    await undo('eve', ref)
    await refusedWith('undone already', 422, 'eve', ref)
    await refusedWith('Something else has happened', 409, 'eve', ref, revision)
  })

  test('once evidence has come in', async () => {
    const ref = await inReview()
    await decide('eve', ref)
    const { revision } = await now(ref)
    await send(it.as('ben'), `/claims/${ref}/evidence`, {
      revision,
      source: `#${register.id}`,
      stance: 'context',
      basis: 'document',
    })
    await refusedWith('Something else has happened', 409, 'eve', ref, revision)
    await refusedWith('was not yours', 403, 'eve', ref)
  })

  test('of what is no move', async () => {
    const ref = await inReview()
    const { revision } = await now(ref)
    await send(it.as('eve'), `/claims/${ref}/evidence`, {
      revision,
      source: `#${register.id}`,
      stance: 'context',
      basis: 'document',
    })
    await refusedWith('Only a move can be undone', 422, 'eve', ref)
    await refusedWith('revision of this claim that does not exist yet', 422, 'eve', ref, 9_999)
  })

  test('to whoever has lost the role that the move asked for', async () => {
    const ref = await inReview()
    await decide('sam', ref)
    const claim = { ...(await now(ref)), authorId: 0 }
    const last = {
      actorId: it.people.sam.id,
      action: 'decided',
      at: new Date(),
      before: { stage: 'in_review' },
      isRedacted: false,
    }
    expect(undoing(claim, last, { id: it.people.sam.id, role: 'reporter' }, new Date()).no).toBe(
      'Only an editor may do this: decide.',
    )
  })
})

describe('Ten minutes', () => {
  const at = new Date('2022-01-07T12:00:00Z')
  const claim = { stage: 'needs_info', authorId: 1, proposal: null } as const
  const last: LastEvent = { actorId: 4, action: 'asked', at, before: { stage: 'in_review' }, isRedacted: false }
  const editor = { id: 4, role: 'editor' as Role }
  const after = (seconds: number) => undoing(claim, last, editor, new Date(at.getTime() + seconds * 1000))

  test('are left at first, and end on the second', () => {
    expect(after(0)).toMatchObject({ no: null, secondsLeft: 600, before: { stage: 'in_review' } })
    expect(after(599)).toMatchObject({ no: null, secondsLeft: 1 })
    expect(after(600).no).toBe('A move can be undone for 10 minutes; yours is older. Make another move instead.')
  })

  test('are said in words', () => {
    expect([600, 541, 61, 60, 1].map(timeLeft)).toEqual([
      '10 minutes left',
      '10 minutes left',
      '2 minutes left',
      'less than a minute left',
      'less than a minute left',
    ])
  })

  test('do not bring back what was redacted', () => {
    expect(undoing(claim, { ...last, isRedacted: true }, editor, at).no).toContain('redacted')
  })
})

test('The same undoing sent from five connections is one event, and two at once undo once', async () => {
  const ref = await inReview()
  await decide('eve', ref)
  const { id, revision } = await now(ref)
  const form = { requestId: randomUUID(), revision }
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => send(it.as('eve'), `/claims/${ref}/undoings`, form)),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(303))
  expect(await it.db.event.count({ where: { subject: 'claim', subjectId: id, action: 'undone' } })).toBe(1)

  await decide('eve', ref)
  const both = await Promise.all([undo('eve', ref, revision + 2), undo('eve', ref, revision + 2)])
  expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409])
  expect((await verifyHistory(it.database.exports)).faults).toEqual([])
})
