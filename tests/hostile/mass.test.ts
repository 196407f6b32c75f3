import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, desk, type Fields, send } from '../support/app.ts'
import { build } from '../support/build.ts'
import type { Name } from '../support/people.ts'

let it: Desk
beforeAll(async () => {
  it = await desk()
  const made = build(it.db, it.people.ada.id)
  const story = await made.aStory({ code: 'KZ' })
  const party = await made.aParty({ name: 'The Ministry' })
  const source = await made.aSource({ title: 'Dispatch', publisherId: party.id })
  await made.aClaim({
    storyId: story.id,
    stage: 'in_review',
    attributions: [{ sourceId: source.id }],
    evidence: [{ sourceId: source.id }],
  })
})
afterAll(() => it.close())

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
const MINE = { name: 'Ada Abel', timeZone: 'UTC', theme: 'system', density: 'comfortable' }

// Each form as it is accepted: who sends it, where, and with what.
const FORMS: [who: Name, path: string, fields: Fields][] = [
  ['ada', '/account', { ...MINE, revision: '1' }],
  ['mo', '/admin/desk', { name: 'A desk', reviewers: '1', revision: '1' }],
  ['mo', '/admin/invitations', { name: 'New One', email: 'new@example.org', role: 'reader' }],
  ['mo', '/admin/people/2/role', { role: 'reader', revision: '1' }],
  ['mo', '/admin/people/2/access', { access: 'no', revision: '1' }],
  ['mo', '/admin/people/2/links', {}],
  ['eve', '/stories', { code: 'AB', title: 'Another', timeZone: 'UTC' }],
  ['eve', '/stories/KZ/edits', { title: 'Kazakhstan', timeZone: 'UTC', revision: '1' }],
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
  ['ada', '/claims/KZ-1/moves', { action: 'submit', revision: '1' }],
  ['eve', '/claims/KZ-1/decisions', { revision: '1', verdict: 'unproven', rationale: 'No document.' }],
  ['eve', '/claims/KZ-1/attributions/1/findings', { revision: '1', found1: { finding: 'not_found' } }],
]

describe('A field that a form does not ask for', () => {
  test.each(FORMS)('by %s to %s is refused, with nothing changed', async (who, path, fields) => {
    const before = await standing()
    const agent = it.as(who)
    for (const [name, value] of Object.entries(COLUMNS)) {
      if (Object.hasOwn(fields, name)) continue
      const answer = await send(agent, path, { ...fields, [name]: value })
      expect(answer.status, name).toBe(422)
      expect(answer.words, name).toContain(`The form sent something that is not asked for here: ${name}.`)
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
      const body = new URLSearchParams({ ...fields, requestId: randomUUID(), [`${prefix}[${name}]`]: '1' })
      const answer = await it.as('ada').post(path).type('form').send(body.toString())
      expect(answer.status, name).toBe(422)
    }
    expect(await standing()).toEqual(before)
  })
})

describe('A revision', () => {
  const FAR = [...['0', '-1', '1.5', '1e1', ' 1', '١', '0x1', '', 'x', '1_000', '99999999999', '9007199254740993']]
  const WITH_REVISION = FORMS.filter(([, , fields]) => 'revision' in fields)

  test.each(WITH_REVISION)('by %s to %s is a whole number or refused', async (who, path, fields) => {
    const before = await standing()
    for (const revision of FAR) {
      const answer = await send(it.as(who), path, { ...fields, revision })
      expect(answer.status, revision).toBe(422)
    }
    expect(await standing()).toEqual(before)
  })

  test.each(WITH_REVISION)('by %s to %s is not one yet to come', async (who, path, fields) => {
    const before = await standing()
    const answer = await send(it.as(who), path, { ...fields, revision: '999999' })
    expect([409, 422]).toContain(answer.status)
    expect(await standing()).toEqual(before)
  })
})

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
    db.decision.count(),
    db.invitation.count(),
    db.event.count(),
  ])
}
