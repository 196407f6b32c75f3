import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Stage } from '../../prisma/client/enums.ts'
import { openSession } from '../../src/accounts/session.store.ts'
import { type MoveAction, type Mover, rowFor } from '../../src/decisions/workflow.ts'
import { type Answered, type Client, client } from '../hostile/client.ts'
import { type Desk, desk, wordsOf } from '../support/app.ts'
import { changeUnguarded } from '../support/behind.ts'
import { type Builder, build } from '../support/build.ts'
import type { Name } from '../support/people.ts'
import { ACTION_NAMES, ADDER, AUTHOR, CELLS, IS, PROPOSER, STAGES } from './cells.ts'

// The cast as the table of cells knows people: Ada wrote the claims, Ben added the evidence and the relation, Eve decided.
const CAST = {
  rae: { id: 2, role: 'reader' },
  ada: { id: AUTHOR, role: 'reporter' },
  ben: { id: ADDER, role: 'reporter' },
  eve: { id: PROPOSER, role: 'editor' },
  sam: { id: 4, role: 'editor' },
  mo: { id: 5, role: 'admin' },
} as const satisfies Record<Name, Mover>
const NAMES = Object.keys(CAST) as Name[]

/** What a refusal of the table says: who may, or when. */
const REFUSAL =
  /Only (its author|an editor|a reporter|whoever)[\w ]* may do this: |A claim can be [\w ]+ only while it is |You decided this claim yourself; somebody else has to second it\.|Your role does not allow this/

let it: Desk
let made: Builder
let asks: Client
let story: { id: number }
let paper: { id: number }
let newer: string
const tokens = new Map<Name, string>()

beforeAll(async () => {
  it = await desk()
  asks = client(it.address)
  made = build(it.db, it.people.ada.id)
  story = await made.aStory({ code: 'KZ' })
  paper = await made.aSource()
  for (const name of NAMES) tokens.set(name, await openSession(it.db, it.people[name].id, 'a test'))
  newer = (await aClaim('decided')).ref
})
afterAll(async () => {
  asks.close()
  await it.close()
})

type Made = { ref: string; id: number; revision: number; saidId: number; pieceId: number; relationId: number }

/** A claim at a stage with all that the moves ask for. */
async function aClaim(stage: Stage): Promise<Made> {
  const proposal = {
    verdict: 'unproven',
    rationale: 'Nobody could be reached.',
    replySought: null,
    recheckOn: null,
    change: null,
    changeNote: null,
    decidedById: it.people.eve.id,
    proposedAt: new Date().toISOString(),
  }
  const claim = await made.aClaim({
    storyId: story.id,
    stage: stage === 'decided' ? 'in_review' : stage,
    attributions: [{ sourceId: paper.id }],
    evidence: [{ sourceId: paper.id, addedById: it.people.ben.id }],
    ...(stage === 'closed' ? { closedBecause: 'dropped' as const } : {}),
    ...(stage === 'awaiting_second' ? { proposal, wordsBy: [it.people.eve.id] } : {}),
  })
  if (stage === 'decided') await made.aDecision(claim.id, { verdict: 'verified', decidedById: it.people.eve.id })
  const other = await made.aClaim({ storyId: story.id, stage: 'submitted', attributions: [{ sourceId: paper.id }] })
  await changeUnguarded(
    it.database,
    `insert into relation (from_id, to_id, type, added_by_id, created_at) values (${claim.id}, ${other.id}, 'narrows', ${it.people.ben.id}, now())`,
  )
  const related = await it.db.relation.findFirstOrThrow({ where: { fromId: claim.id } })
  const of = { where: { claimId: claim.id }, select: { id: true } } as const
  return {
    ref: claim.ref,
    id: claim.id,
    revision: stage === 'decided' ? 2 : 1,
    saidId: (await it.db.attribution.findFirstOrThrow(of)).id,
    pieceId: (await it.db.evidence.findFirstOrThrow(of)).id,
    relationId: related.id,
  }
}

type Sent = { to: string; fields: Record<string, string> }

const moves =
  (action: MoveAction, own: Record<string, string> = {}) =>
  (): Sent => ({
    to: 'moves',
    fields: {
      action,
      ...Object.fromEntries(Object.entries(own).map(([name, value]) => [`${action}[${name}]`, value])),
    },
  })
const said = (): Record<string, string> => ({
  'attributions[0][source]': `#${paper.id}`,
  'attributions[0][naming]': 'unstated',
  'attributions[0][position]': 'asserts',
})
const piece = (): Record<string, string> => ({ source: `#${paper.id}`, stance: 'context', basis: 'document' })
const reason = 'So that it is right.'

/** Where each action is posted to, and with what. */
const FORMS: Record<Exclude<MoveAction, 'undo'>, (claim: Made) => Sent> = {
  edit: () => ({ to: 'edits', fields: { statement: 'Prices rose.', language: 'en', reason, ...said() } }),
  split: () => ({
    to: 'splits',
    fields: { 'parts[0][statement]': 'Prices rose.', 'parts[1][statement]': 'Wages fell.' },
  }),
  add_attribution: () => ({ to: 'attributions', fields: said() }),
  add_evidence: () => ({ to: 'evidence', fields: piece() }),
  edit_evidence: ({ pieceId }) => ({ to: `evidence/${pieceId}/edits`, fields: { ...piece(), reason } }),
  relate: () => ({ to: 'relations', fields: { type: 'updates', to: newer } }),
  unrelate: ({ relationId: id }) => ({ to: `relations/${id}/removal`, fields: { [`relation${id}[reason]`]: reason } }),
  record_finding: ({ saidId: id }) => ({
    to: `attributions/${id}/findings`,
    fields: { [`found${id}[finding]`]: 'not_found' },
  }),
  submit: moves('submit'),
  drop: moves('drop'),
  take_up: moves('take_up'),
  assign: () => moves('assign', { to: String(it.people.sam.id) })(),
  hand_back: moves('hand_back'),
  ask: moves('ask', { reason }),
  reply: moves('reply', { reason }),
  decide: () => ({ to: 'decisions', fields: { verdict: 'unproven', rationale: 'Nobody could be reached.' } }),
  second: moves('second'),
  return: moves('return', { reason }),
  reopen: moves('reopen', { reason }),
  supersede: () => moves('supersede', { newer, reason })(),
  close: moves('close', { because: 'out_of_scope', reason }),
}

function post(name: Name | null, { ref, revision }: Made, { to, fields }: Sent): Promise<Answered> {
  const body = new URLSearchParams({ requestId: randomUUID(), revision: String(revision), ...fields }).toString()
  return asks.ask({ method: 'POST', path: `/claims/${ref}/${to}`, token: name ? (tokens.get(name) ?? '') : '', body })
}

describe('Over HTTP every row of the table does what it says, for everybody, and nothing else is done:', () => {
  test.each(STAGES)('%s', { timeout: 60_000 }, async (stage) => {
    const standing = await aClaim(stage)
    const wrong: string[] = []
    for (const action of ACTION_NAMES) {
      if (action === 'undo') continue
      const cell = CELLS.find(([from, what]) => from === stage && what === action)
      for (const name of NAMES) {
        const isAllowed = cell?.[3].some((who) => IS[who](CAST[name])) === true
        const claim = isAllowed ? await aClaim(stage) : standing
        const { status, text } = await post(name, claim, FORMS[action](claim))
        const told = (what: string) =>
          wrong.push(`${action} by ${name}: ${status} ${what} ${wordsOf(text).slice(0, 900)}`)
        if (!isAllowed) {
          // Whose it is not is forbidden; what nobody can do now is refused, to whoever could at another stage.
          if (status !== 403 && (status !== 422 || rowFor(stage, action))) told('instead of a refusal')
          if (!REFUSAL.test(wordsOf(text))) told('without its sentence')
          continue
        }
        const now = await it.db.claim.findUniqueOrThrow({ where: { id: claim.id } })
        if (status !== 303) told('instead of 303')
        else if (now.stage !== cell?.[2] || now.revision !== claim.revision + 1)
          told(`leads to ${now.stage}, revision ${now.revision}`)
      }
      const stranger = await post(null, standing, FORMS[action](standing))
      if (stranger.status !== 401) wrong.push(`${action} by a stranger: ${stranger.status}`)
    }
    expect(wrong).toEqual([])
    expect(await it.db.claim.findUniqueOrThrow({ where: { id: standing.id } })).toMatchObject({
      stage,
      revision: standing.revision,
    })
  })
})

// Who made the last move to each stage, from which one, and how.
const CAME: [to: Stage, from: Stage, action: Exclude<MoveAction, 'undo'>, mover: Name][] = [
  ['submitted', 'draft', 'submit', 'ada'],
  ['in_review', 'submitted', 'take_up', 'eve'],
  ['needs_info', 'in_review', 'ask', 'eve'],
  ['awaiting_second', 'in_review', 'decide', 'sam'],
  ['decided', 'in_review', 'decide', 'eve'],
  ['closed', 'decided', 'close', 'mo'],
]

test('Undo leads back from every stage but a draft, for whoever made the last move', { timeout: 60_000 }, async () => {
  const undo: Sent = { to: 'undoings', fields: {} }
  expect(CAME.map(([to]) => to).toSorted()).toEqual(STAGES.filter((stage) => stage !== 'draft').toSorted())
  for (const [to, from, action, mover] of CAME) {
    const claim = await aClaim(from)
    if (to === 'awaiting_second')
      await changeUnguarded(
        it.database,
        `update claim set words_by = '{${it.people[mover].id}}' where id = ${claim.id}`,
      )
    expect((await post(mover, claim, FORMS[action](claim))).status, to).toBe(303)
    const moved = { ...claim, revision: claim.revision + 1 }
    expect((await it.db.claim.findUniqueOrThrow({ where: { id: claim.id } })).stage).toBe(to)
    for (const name of NAMES.filter((one) => one !== mover)) {
      const { status, text } = await post(name, moved, undo)
      expect([name, status]).toEqual([name, 403])
      expect(wordsOf(text)).toMatch(/was not yours\. Only your own last move|Your role does not allow this/)
    }
    expect((await post(mover, moved, undo)).status, to).toBe(303)
    expect((await it.db.claim.findUniqueOrThrow({ where: { id: claim.id } })).stage).toBe(from)
  }
  const draft = await aClaim('draft')
  const { status, text } = await post('ada', draft, undo)
  expect(status).toBe(422)
  expect(wordsOf(text)).toContain('Only a move can be undone')
})
