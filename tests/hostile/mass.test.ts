import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../../src/accounts/session.store.ts'
import { type Desk, desk, type Fields } from '../support/app.ts'
import { changeUnguarded, insertProposal } from '../support/behind.ts'
import { build } from '../support/build.ts'
import type { Name } from '../support/people.ts'
import { routesOf } from '../support/routes.ts'
import { type Answered, type Client, client } from './client.ts'

let it: Desk
let asks: Client
const tokens = new Map<Name, string>()
beforeAll(async () => {
  it = await desk()
  asks = client(it.address)
  for (const who of ['ada', 'eve', 'mo'] as const)
    tokens.set(who, await openSession(it.db, it.people[who].id, 'a test'))
  const made = build(it.db, it.people.ada.id)
  const story = await made.aStory({ code: 'KZ' })
  await made.aQuestion(story.id, { wording: 'How many?' })
  const party = await made.aParty({ name: 'The Ministry' })
  const source = await made.aSource({ title: 'Dispatch', publisherId: party.id })
  const reprint = await made.aSource({ title: 'Reprint' })
  await it.db.sourceLikeness.create({
    data: { firstId: source.id, secondId: reprint.id, by: 'text', share: 100 },
  })
  const parts = { attributions: [{ sourceId: source.id }], evidence: [{ sourceId: source.id }] }
  const claim = await made.aClaim({ storyId: story.id, stage: 'in_review', ...parts })
  const other = await made.aClaim({ storyId: story.id, stage: 'in_review', ...parts })
  await changeUnguarded(
    it.database,
    `insert into relation (from_id, to_id, type, added_by_id, created_at) values (${claim.id}, ${other.id}, 'updates', ${it.people.ada.id}, now())`,
  )
  const at = new Date()
  await it.db.comment.create({
    data: { claimId: claim.id, authorId: it.people.ada.id, text: 'Who has rung them?', at },
  })
  await it.db.savedView.create({
    data: { ownerId: it.people.ada.id, list: 'claims', name: 'Mine', query: '', madeAt: at },
  })
  await insertProposal(it.database, { eventId: 1, proposedById: it.people.eve.id })
})
afterAll(async () => {
  asks.close()
  await it.close()
})

// A column that no form has, and one that another form has.
const COLUMNS: Fields = {
  id: '1',
  role: 'admin',
  verdict: 'verified',
  stage: 'decided',
  authorId: '1',
  assigneeId: '1',
  decidedById: '1',
  lastHash: '',
  createdAt: '2020-01-01',
  movedAtRevision: '1',
  wordsBy: '1',
  passwordHash: 'x',
  disabledAt: '',
  accountId: '1',
  actorId: '1',
  constructor: 'x',
  prototype: 'x',
}

const ATTRIBUTION = { naming: 'unstated', position: 'asserts', source: '#1' }
const QUESTION = {
  wording: 'How many were killed?',
  measure: 'deaths',
  population: 'people',
  place: 'Almaty',
  period: 'January 2022',
  unit: 'people',
  isCumulative: 'yes',
}
const MINE = { name: 'Ada Abel', timeZone: 'UTC', theme: 'system', density: 'comfortable' }

// Each form as it is accepted: who sends it, where, and with what.
const FORMS: [who: Name, path: string, fields: Fields][] = [
  ['ada', '/account', { ...MINE, revision: '1' }],
  ['ada', '/account/security', { currentPassword: 'a wrong password', password: 'copper lantern fjord 28' }],
  ['mo', '/admin/desk', { name: 'A desk', reviewers: '1', revision: '1' }],
  ['mo', '/admin/invitations', { name: 'New One', email: 'new@example.org', role: 'reader' }],
  ['mo', '/admin/people/2/role', { role: 'reader', revision: '1' }],
  ['mo', '/admin/people/2/access', { access: 'no', revision: '1' }],
  ['mo', '/admin/people/2/links', {}],
  ['eve', '/stories', { code: 'AB', title: 'Another', timeZone: 'UTC' }],
  ['eve', '/stories/KZ/edits', { title: 'Kazakhstan', timeZone: 'UTC', revision: '1' }],
  ['ada', '/stories/KZ/questions', QUESTION],
  ['eve', '/questions/1/edits', { ...QUESTION, revision: '1' }],
  [
    'ada',
    '/claims/KZ-1/splits',
    { revision: '1', parts: [{ statement: 'Prices rose.' }, { statement: 'Wages fell.' }] },
  ],
  ['ada', '/parties', { kind: 'person', name: 'Somebody' }],
  ['ada', '/parties/1/edits', { kind: 'person', name: 'Somebody', revision: '1' }],
  ['ada', '/sources', { kind: 'article', title: 'Another' }],
  ['ada', '/sources/1/edits', { kind: 'article', title: 'Another', revision: '1' }],
  ['ada', '/sources/1/captures', { text: 'The text as it stands now.' }],
  ['ada', '/claims', { statement: 'Prices rose.', story: '1', language: 'en', attributions: [ATTRIBUTION] }],
  [
    'ada',
    '/claims/KZ-1/edits',
    { statement: 'Prices rose.', language: 'en', revision: '1', attributions: [ATTRIBUTION] },
  ],
  ['ada', '/claims/KZ-1/attributions', { revision: '1', attributions: [ATTRIBUTION] }],
  ['ada', '/claims/KZ-1/evidence', { revision: '1', source: '#1', stance: 'supports', basis: 'document' }],
  ['ada', '/claims/KZ-1/evidence/1/edits', { revision: '1', source: '#1', stance: 'context', basis: 'document' }],
  ['ada', '/claims/KZ-1/relations', { revision: '1', type: 'contradicts', to: 'KZ-2' }],
  ['ada', '/claims/KZ-1/relations/1/removal', { revision: '1', relation1: { reason: 'Another city.' } }],
  ['ada', '/claims/KZ-1/moves', { action: 'submit', revision: '1' }],
  ['ada', '/claims/KZ-1/undoings', { revision: '1' }],
  ['ada', '/claims/KZ-1/comments', { comment: 'Who has rung them?' }],
  ['ada', '/claims/KZ-1/comments/1/turns', { turn: 'resolve' }],
  ['ada', '/claims/KZ-1/tags', { tags: 'Almaty' }],
  ['eve', '/claims/selection', { row: 'KZ-1.1', action: 'tag', tag: 'Almaty' }],
  ['ada', '/views', { name: 'Drafts', list: 'claims', query: 'stage=draft' }],
  ['ada', '/views/1', { name1: 'Drafts' }],
  ['mo', '/admin/redactions', { event: '1', whole: 'yes', ground: 'law', intent: 'redact' }],
  ['eve', '/sources/1/origins', { other: '2', asTwo: 'yes', reason: 'Each counted.', revision: '1' }],
  ['mo', '/admin/redactions/1/answers', { answer: 'decline', words: 'It is needed.' }],
  ['eve', '/claims/KZ-1/decisions', { revision: '1', verdict: 'unproven', rationale: 'No document.' }],
  ['eve', '/claims/KZ-1/attributions/1/findings', { revision: '1', found1: { finding: 'not_found' } }],
]

// What reads no field at all, and what only strangers send.
const READS_NOTHING = [
  '/account/sessions/:id/end',
  '/account/sessions/end',
  '/admin/demonstration',
  '/sign-out',
  '/views/:id/removal',
]
const OF_STRANGERS = ['/first-run', '/invitations/:token', '/sign-in']

describe('A field that a form does not ask for', () => {
  test('is sent to every route that takes a form', () => {
    const posts = routesOf(it.app).flatMap(({ method, path }) => (method === 'POST' ? [path] : []))
    const sent = (route: string) =>
      FORMS.some(([, path]) => new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`).test(path))
    expect(posts.filter((path) => !sent(path)).toSorted()).toEqual([...READS_NOTHING, ...OF_STRANGERS].toSorted())
  })

  test.each(FORMS)('by %s to %s is refused, with nothing changed', async (who, path, fields) => {
    const before = await standing()
    // Three at a time: so many does the sentence name.
    const others = Object.entries(COLUMNS).filter(([name]) => !Object.hasOwn(fields, name))
    for (let at = 0; at < others.length; at += 3) {
      const some = others.slice(at, at + 3)
      const names = some.map(([name]) => name).join(', ')
      const answer = await send(who, path, { ...fields, ...Object.fromEntries(some) })
      expect(answer.status, names).toBe(422)
      expect(answer.text, names).toContain(`The form sent something that is not asked for here: ${names}.`)
    }
    expect(await standing()).toEqual(before)
  })

  test.each([
    ['/claims', 'attributions[0]', { statement: 'Prices rose.', story: '1', language: 'en' }],
    ['/claims/KZ-1/attributions', 'attributions[0]', { revision: '1' }],
    ['/parties', 'roles[0]', { kind: 'person', name: 'Somebody' }],
  ] as const)('to %s is refused inside %s too', async (path, prefix, fields) => {
    const before = await standing()
    for (const name of ['claimId', 'finding', 'foundById', 'addedById', 'ordinal', 'partyId', 'isPrivate']) {
      const answer = await send('ada', path, { ...fields, [`${prefix}[${name}]`]: '1' })
      expect(answer.status, name).toBe(422)
    }
    expect(await standing()).toEqual(before)
  })
})

describe('A revision', () => {
  const FAR = ['0', '-1', '1.5', '1e1', ' 1', '١', '0x1', '', 'x', '1_000', '99999999999', '9007199254740993']
  const WITH_REVISION = FORMS.filter(([, , fields]) => 'revision' in fields)

  test.each(WITH_REVISION)('by %s to %s is a whole number or refused', async (who, path, fields) => {
    const before = await standing()
    for (const revision of FAR) {
      const answer = await send(who, path, { ...fields, revision })
      expect(answer.status, revision).toBe(422)
    }
    expect(await standing()).toEqual(before)
  })

  test.each(WITH_REVISION)('by %s to %s is not one yet to come', async (who, path, fields) => {
    const before = await standing()
    const answer = await send(who, path, { ...fields, revision: '999999' })
    expect([409, 422]).toContain(answer.status)
    expect(await standing()).toEqual(before)
  })
})

function send(who: Name, path: string, fields: Fields): Promise<Answered> {
  const body = new URLSearchParams(flat({ requestId: randomUUID(), ...fields })).toString()
  return asks.ask({ method: 'POST', path, token: tokens.get(who) ?? '', body })
}

function flat(fields: object, prefix = ''): [string, string][] {
  return Object.entries(fields).flatMap(([key, value]): [string, string][] => {
    const name = prefix ? `${prefix}[${key}]` : key
    return typeof value === 'object' && value !== null ? flat(value, name) : [[name, String(value)]]
  })
}

/** All that stands on the desk, but for sessions. */
async function standing() {
  const { db } = it
  return Promise.all([
    db.account.findMany({ orderBy: { id: 'asc' } }),
    db.setting.findMany(),
    db.story.findMany(),
    db.party.findMany(),
    db.source.findMany(),
    db.capture.count(),
    db.claim.findMany(),
    db.attribution.findMany(),
    db.evidence.findMany(),
    db.relation.findMany(),
    db.decision.count(),
    db.invitation.count(),
    db.comment.findMany(),
    db.claimTag.count(),
    db.savedView.findMany(),
    db.redactionProposal.findMany(),
    db.redaction.count(),
    db.event.count(),
  ])
}
