import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Verdict } from '../../prisma/client/enums.ts'
import { isSeenByAnother, writersAfter, writersMoved, writersUnder } from '../../src/decisions/eyes.ts'
import { type Desk, desk, type Fields, send, visit } from '../support/app.ts'
import { type Builder, build } from '../support/build.ts'
import type { Name } from '../support/people.ts'

const VERDICTS = Object.keys({
  verified: 0,
  partly_verified: 0,
  disputed: 0,
  misleading: 0,
  false: 0,
  unproven: 0,
  not_checkable: 0,
} satisfies Record<Verdict, 0>) as Verdict[]

describe('The writers of a claim', () => {
  test.each(VERDICTS)('whose words another found %s are cleared for that alone', (verdict) => {
    const after = writersAfter(verdict, { wordsBy: [1], unverifiedBy: [2] }, true)
    expect(writersUnder('unproven', after)).toEqual([])
    expect(writersUnder('verified', after).toSorted()).toEqual(verdict === 'verified' ? [] : [1, 2])
    expect(writersUnder('partly_verified', after)).toEqual(writersUnder('verified', after))
  })

  test.each(VERDICTS)('whose words nobody else has looked at when they are found %s stay as they are', (verdict) => {
    expect(writersAfter(verdict, { wordsBy: [1], unverifiedBy: [2] }, false)).toEqual({
      wordsBy: [1],
      unverifiedBy: [2],
    })
  })

  test('are all known where the words are moved, whoever moves them', () => {
    const attributions = [
      { addedById: 3, editedBy: [4] },
      { addedById: 1, editedBy: [] },
    ]
    expect(writersMoved({ wordsBy: [1], unverifiedBy: [2] }, attributions)).toEqual([1, 2, 3, 4])
  })
})

let it: Desk
let made: Builder
let story: { id: number }
let paper: { id: number }
let register: { id: number }

beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
  story = await made.aStory({ code: 'KZ' })
  paper = await made.aSource({ title: 'Dispatch' })
  register = await made.aSource({ title: 'Register of deaths', kind: 'official_document' })
})
afterAll(() => it.close())

const now = (ref: string) =>
  it.db.claim.findUniqueOrThrow({ where: { ref }, include: { attributions: { orderBy: { ordinal: 'asc' } } } })

/** A claim in review that this person wrote, with evidence that carries “Verified”. */
async function writtenBy(who: Name) {
  const id = it.people[who].id
  const claim = await made.aClaim({
    storyId: story.id,
    stage: 'in_review',
    authorId: id,
    wordsBy: [id],
    attributions: [{ sourceId: paper.id, addedById: id, passage: `The words of ${who}.` }],
    evidence: [{ sourceId: register.id }],
  })
  return claim.ref
}

async function decide(who: Name, ref: string, verdict: Verdict, more: Record<string, string> = {}) {
  const again = (await it.db.decision.count({ where: { claim: { ref } } }))
    ? { change: 'update', changeNote: 'More is known.' }
    : null
  const answer = await send(it.as(who), `/claims/${ref}/decisions`, {
    revision: (await now(ref)).revision,
    verdict,
    rationale: 'Looked into.',
    ...again,
    ...more,
  })
  expect(answer.status, answer.words).toBe(303)
  return (await now(ref)).stage
}

async function move(who: Name, ref: string, action: string, own: Fields = {}) {
  const answer = await send(it.as(who), `/claims/${ref}/moves`, {
    revision: (await now(ref)).revision,
    action,
    ...(Object.keys(own).length ? { [action]: own } : {}),
  })
  expect(answer.status, answer.words).toBe(303)
}
const reopen = (who: Name, ref: string) => move(who, ref, 'reopen', { reason: 'More is known.' })
const setReviewers = async (reviewers: string) => {
  const row = await it.db.setting.findUnique({ where: { key: 'desk' } })
  const answer = await send(it.as('mo'), '/admin/desk', { name: 'The desk', reviewers, revision: row?.revision ?? 1 })
  expect(answer.status, answer.words).toBe(303)
}

/** What the newest sealed copy has in the override column of the CSV. */
async function overrideInCsv(ref: string) {
  const sealed = await it.db.decision.findFirstOrThrow({ where: { claim: { ref } }, orderBy: { revision: 'desc' } })
  return (sealed.seal as { row: { override: string } }).row.override
}

describe('Four eyes', () => {
  test.each<Verdict>(['unproven', 'not_checkable'])(
    'a colleague’s “%s” does not clear the author to verify it alone',
    async (verdict) => {
      const ref = await writtenBy('eve')
      expect(await decide('sam', ref, verdict)).toBe('decided')
      await reopen('eve', ref)
      expect((await visit(it.as('eve'), `/claims/${ref}`)).words).toContain('nobody else has found them to be so yet')
      expect(await decide('eve', ref, 'verified')).toBe('awaiting_second')
      await move('sam', ref, 'second')
      await reopen('eve', ref)
      expect(await decide('eve', ref, 'verified')).toBe('decided')
    },
  )

  test('who has had the words verified by a colleague may find otherwise alone, and a colleague may verify alone', async () => {
    const ref = await writtenBy('eve')
    await decide('sam', ref, 'unproven')
    await reopen('sam', ref)
    expect(await decide('sam', ref, 'verified')).toBe('decided')
    await reopen('eve', ref)
    expect(await decide('eve', ref, 'unproven')).toBe('decided')
  })

  test('what was decided by an override is not seen by anybody, so that the next decision waits or overrides again', async () => {
    const ref = await writtenBy('mo')
    expect(await decide('mo', ref, 'unproven', { overrideReason: 'Nobody is here.' })).toBe('decided')
    await reopen('mo', ref)
    expect(await decide('mo', ref, 'verified')).toBe('awaiting_second')
    await move('mo', ref, 'return', { reason: 'Nobody is here still.' })
    expect(await decide('mo', ref, 'verified', { overrideReason: 'Still nobody.' })).toBe('decided')
    expect(await overrideInCsv(ref)).toBe('Still nobody.')
    await reopen('sam', ref)
    expect(await decide('sam', ref, 'verified')).toBe('decided')
    expect(await overrideInCsv(ref)).toBe('')
  })

  test('an override goes on showing on a desk of one, until somebody else decides', async () => {
    const ref = await writtenBy('mo')
    await decide('mo', ref, 'unproven', { overrideReason: 'Nobody is here.' })
    await reopen('mo', ref)
    await setReviewers('0')
    expect(await decide('mo', ref, 'verified')).toBe('decided')
    expect(await overrideInCsv(ref)).toBe('Nobody is here.')
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).toContain('Nobody is here.')
    await setReviewers('1')
    await reopen('mo', ref)
    expect(await decide('mo', ref, 'verified')).toBe('awaiting_second')
    await move('eve', ref, 'second')
    expect(await overrideInCsv(ref)).toBe('')
  })

  test('a move undone brings back who wrote the words', async () => {
    const ref = await writtenBy('eve')
    const { wordsBy, unverifiedBy } = await now(ref)
    await decide('sam', ref, 'unproven')
    expect(await now(ref)).toMatchObject({ wordsBy: [], unverifiedBy: [it.people.eve.id] })
    const { revision } = await now(ref)
    expect((await send(it.as('sam'), `/claims/${ref}/undoings`, { revision })).status).toBe(303)
    expect(await now(ref)).toMatchObject({ wordsBy, unverifiedBy })
  })

  test('who edited an attribution is among its writers where a duplicate hands it over, also after a decision', async () => {
    const [ref, other] = [await writtenBy('ada'), await writtenBy('ada')]
    const [said] = (await now(ref)).attributions
    const edited = await send(it.as('eve'), `/claims/${ref}/edits`, {
      revision: (await now(ref)).revision,
      statement: 'A claim.',
      attributions: [
        { id: said!.id, source: `#${paper.id}`, naming: 'unstated', position: 'denies', passage: 'Eve’s.' },
      ],
    })
    expect(edited.status, edited.words).toBe(303)
    await decide('sam', ref, 'verified')
    expect((await now(ref)).wordsBy).toEqual([])
    await move('sam', ref, 'close', { because: 'duplicate', duplicateOf: other, reason: 'The same.' })
    const after = await now(other)
    expect(after.wordsBy.toSorted()).toEqual([it.people.ada.id, it.people.eve.id].toSorted())
    expect(after.attributions[1]).toMatchObject({ addedById: it.people.ada.id, editedBy: [it.people.eve.id] })
    expect(await decide('eve', other, 'verified')).toBe('awaiting_second')
  })

  test('who split a claim wrote what it says now, and its writers stay those of the attributions', async () => {
    const ref = await writtenBy('eve')
    const answer = await send(it.as('sam'), `/claims/${ref}/splits`, {
      revision: (await now(ref)).revision,
      parts: [{ statement: 'One part.' }, { statement: 'The other part.' }],
    })
    expect(answer.status, answer.words).toBe(303)
    const other = await it.db.claim.findFirstOrThrow({ orderBy: { id: 'desc' }, include: { attributions: true } })
    const both = [it.people.eve.id, it.people.sam.id].toSorted()
    expect((await now(ref)).wordsBy.toSorted()).toEqual(both)
    expect(other.wordsBy.toSorted()).toEqual(both)
    expect(other.attributions[0]).toMatchObject({ addedById: it.people.eve.id })
  })
})

describe('The database', () => {
  /** Decides a claim behind the application, and keeps these writers. */
  const ruled = async (
    writers: { wordsBy: number[]; unverifiedBy: number[] },
    ruling: { verdict: Verdict; decidedById: number; secondedById?: number | null; overrideReason?: string | null },
    reviewers = 1,
  ) => {
    const claim = await made.aClaim({ storyId: story.id, stage: 'in_review', ...writers })
    return made.aDecision(claim.id, { reviewers, ...ruling })
  }

  test('agrees with the rule on who may decide what alone', async () => {
    const { ada, eve, sam } = it.people
    const ids = [ada.id, eve.id, sam.id]
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(ids),
        fc.subarray(ids),
        fc.constantFrom<Verdict>('verified', 'partly_verified', 'unproven', 'disputed'),
        fc.constantFrom(eve.id, sam.id),
        fc.constantFrom(null, ada.id),
        fc.constantFrom(null, 'Nobody is here.'),
        fc.constantFrom(0, 1),
        async (wordsBy, unverifiedBy, verdict, decidedById, secondedById, overrideReason, reviewers) => {
          const writers = { wordsBy, unverifiedBy }
          const isSeen = isSeenByAnother(verdict, writers, [decidedById, secondedById])
          const isAllowed = reviewers === 0 || overrideReason !== null || isSeen
          const saved = ruled(writers, { verdict, decidedById, secondedById, overrideReason }, reviewers)
          if (isAllowed) await saved
          else await expect(saved).rejects.toThrow(/decided only by those who wrote its words/)
        },
      ),
      { numRuns: 40 },
    )
  })

  test.each<[string, { wordsBy: string; unverifiedBy: string }, Verdict, string | null]>([
    ['an override forgets the writers', { wordsBy: '{}', unverifiedBy: '{}' }, 'verified', 'Nobody is here.'],
    ['a writer is forgotten without having been verified', { wordsBy: '{}', unverifiedBy: '{}' }, 'unproven', null],
  ])('refuses a decision by which %s', async (_, kept, verdict, overrideReason) => {
    const { eve, sam } = it.people
    const claim = await made.aClaim({ storyId: story.id, stage: 'in_review', wordsBy: [eve.id] })
    // A trigger of the test's own sets what a program that forgets would set.
    const forgetful = `create or replace function forget() returns trigger language plpgsql as $$
      begin new.words_by := '${kept.wordsBy}'; new.unverified_by := '${kept.unverifiedBy}'; return new; end $$;
      create trigger forgetful before update on claim for each row when (new.id = ${claim.id}) execute function forget()`
    await it.database.ownerPool.query(forgetful)
    const ruling = { verdict, decidedById: sam.id, overrideReason }
    await expect(made.aDecision(claim.id, ruling)).rejects.toThrow(/forgets who wrote its words/)
    await it.database.ownerPool.query('drop trigger forgetful on claim')
  })
})

/** A claim told the simplest way: every writer of each word, and who has vouched for it. */
test('Nobody’s own words are ever verified by themselves alone, unless an override shows', () => {
  const people = [1, 2, 3]
  const anAct = fc.record({
    kind: fc.constantFrom('write', 'decide', 'decide', 'move in'),
    by: fc.constantFrom(...people),
    second: fc.constantFrom(null, ...people),
    verdict: fc.constantFrom(...VERDICTS),
    isOverride: fc.boolean(),
  })
  let verified = 0
  fc.assert(
    fc.property(fc.array(anAct, { minLength: 10, maxLength: 30, size: 'max' }), (acts) => {
      let writers = { wordsBy: [1], unverifiedBy: [] as number[] }
      // Words that nobody but their writer has verified.
      let unvouched = new Set([1])
      for (const { kind, by, second, verdict, isOverride } of acts) {
        if (kind === 'write') {
          writers = { ...writers, wordsBy: [...new Set([...writers.wordsBy, by])] }
          unvouched.add(by)
        } else if (kind === 'move in') {
          const moved = writersMoved({ wordsBy: [], unverifiedBy: [by] }, [])
          writers = { ...writers, wordsBy: [...new Set([...writers.wordsBy, ...moved])] }
          unvouched.add(by)
        } else {
          const isSeen = isSeenByAnother(verdict, writers, [by, second === by ? null : second])
          if (!isSeen && !isOverride) continue
          const shows = !isSeen
          if (verdict === 'verified' && !shows) {
            verified += 1
            expect([by, second].some((one) => one !== null && !unvouched.has(one))).toBe(true)
            unvouched = new Set()
          }
          writers = writersAfter(verdict, writers, isSeen)
        }
      }
    }),
    { numRuns: 1000 },
  )
  expect(verified).toBeGreaterThan(100)
})
