import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Basis, Stance } from '../../prisma/client/enums.ts'
import { type Desk, desk, send, visit, wordsOf } from '../support/app.ts'
import { changeUnguarded } from '../support/behind.ts'
import { type Builder, build } from '../support/build.ts'
import type { Name } from '../support/people.ts'

let it: Desk
let made: Builder
let story: { id: number }
let ministry: { id: number }
let hospital: { id: number }
let paper: { id: number }
let register: { id: number }

beforeAll(async () => {
  it = await desk()
  made = build(it.db, it.people.ada.id)
  story = await made.aStory({ code: 'KZ', title: 'Kazakhstan, January 2022' })
  ministry = await made.aParty({ name: 'Interior Ministry' })
  hospital = await made.aParty({ name: 'City Hospital' })
  paper = await made.aSource({ title: 'Dispatch from Almaty', kind: 'article' })
  register = await made.aSource({ title: 'Register of deaths', kind: 'official_document', publisherId: hospital.id })
})
afterAll(() => it.close())

/** A claim of Ada’s in review, on the ministry’s word, with the evidence named. */
async function inReview(...evidence: [Stance, Basis, number | null, number?][]) {
  const claim = await made.aClaim({
    storyId: story.id,
    statement: 'At least 26 protesters were killed in Almaty.',
    stage: 'in_review',
    attributions: [{ sourceId: paper.id, speakerId: ministry.id, cue: 'said Friday' }],
    evidence: evidence.map(([stance, basis, restsOnPartyId, sourceId]) => ({
      sourceId: sourceId ?? paper.id,
      stance,
      basis,
      restsOnPartyId,
      passage: 'the very words',
    })),
  })
  return claim.ref
}

const now = (ref: string) => it.db.claim.findUniqueOrThrow({ where: { ref } })

async function decide(who: Name, ref: string, verdict: string, more: Record<string, string> = {}) {
  const { revision } = await now(ref)
  return send(it.as(who), `/claims/${ref}/decisions`, { revision, verdict, rationale: 'Looked into.', ...more })
}

async function button(who: Name, ref: string, action: string, own: Record<string, string> = {}) {
  const { revision } = await now(ref)
  return send(it.as(who), `/claims/${ref}/moves`, {
    revision,
    action,
    ...(Object.keys(own).length ? { [action]: own } : {}),
  })
}

const CARRIED = () => ['supports', 'document', null, register.id] as const
const OVER = { 'a reader': 'rae', 'a reporter': 'ben' } as const

describe('Deciding', () => {
  test('a claim on its own speaker’s word alone is not verified, and everything typed is kept beside the reason', async () => {
    const ref = await inReview(['supports', 'told_by', ministry.id])
    const answer = await decide('eve', ref, 'verified', { rationale: 'The ministry says so.', recheckOn: '2022-02' })
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('Here everything supporting goes back to Interior Ministry')
    expect(answer.words).toContain('its word counts only as one party')
    expect(answer.text).toContain('The ministry says so.</textarea>')
    expect(answer.text).toMatch(/value="verified" checked/)
    expect(answer.text).toContain('value="2022-02"')
    expect((await now(ref)).stage).toBe('in_review')
  })

  test('with a document from outside it is verified, sealed, signed and shown', async () => {
    const ref = await inReview(['supports', 'told_by', ministry.id], [...CARRIED()])
    const answer = await decide('eve', ref, 'verified', { rationale: 'The register names them.' })
    expect(answer.status).toBe(303)
    const claim = await it.db.claim.findUniqueOrThrow({ where: { ref }, include: { decisions: true } })
    expect(claim).toMatchObject({
      stage: 'decided',
      verdict: 'verified',
      proposal: null,
      cameIn: 'nothing',
      wordsBy: [],
    })
    const [decision] = claim.decisions
    expect(decision).toMatchObject({
      revision: claim.revision,
      verdict: 'verified',
      decidedById: it.people.eve.id,
      secondedById: null,
      reviewers: 1,
      seal: { row: { claim: ref, verdict: 'verified', independent_sources: '2', revision: String(claim.revision) } },
    })
    const page = await visit(it.as('rae'), `/claims/${ref}`)
    expect(page.words).toContain('Verified')
    expect(page.words).toContain('The register names them.')
    expect(page.words).toContain('Decided by Eve Egan')
    expect(page.words).toContain('2 independent origins support it')
  })

  test('“False” asks for passages and for a reply sought, each beside its field', async () => {
    const ref = await inReview(['contradicts', 'document', null, register.id])
    const answer = await decide('eve', ref, 'false')
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('href="#f-replySought"')
    expect((await decide('eve', ref, 'false', { replySought: 'Asked on Monday; no answer.' })).status).toBe(303)
    expect((await now(ref)).verdict).toBe('false')
  })

  test('who wrote the words proposes, and another editor seconds', async () => {
    const ref = await inReview([...CARRIED()])
    await changeUnguarded(it.database, `update claim set words_by = '{${it.people.eve.id}}' where ref = '${ref}'`)
    expect((await visit(it.as('eve'), `/claims/${ref}`)).words).toContain('Propose this verdict')
    expect((await decide('eve', ref, 'verified')).status).toBe(303)
    expect(await now(ref)).toMatchObject({ stage: 'awaiting_second', verdict: null })
    expect(await it.db.decision.count({ where: { claim: { ref } } })).toBe(0)
    expect((await button('eve', ref, 'second')).status).toBe(403)

    expect((await visit(it.as('sam'), `/claims/${ref}`)).words).toContain('as soon as another editor seconds it')
    expect((await button('sam', ref, 'second')).status).toBe(303)
    const decision = await it.db.decision.findFirstOrThrow({ where: { claim: { ref } } })
    expect(decision).toMatchObject({ decidedById: it.people.eve.id, secondedById: it.people.sam.id })
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).toContain('Decided by Eve Egan, seconded by Sam Sato')
  })

  test('an admin decides alone with a reason, which shows', async () => {
    const ref = await inReview([...CARRIED()])
    await changeUnguarded(
      it.database,
      `update claim set words_by = '{${it.people.mo.id}, ${it.people.eve.id}}' where ref = '${ref}'`,
    )
    const no = await decide('eve', ref, 'verified', { overrideReason: 'Nobody else is here.' })
    expect(no.status).toBe(422)
    expect(no.words).toContain('Only an admin may decide without the second')
    expect((await decide('mo', ref, 'verified', { overrideReason: 'The other editors are away.' })).status).toBe(303)
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).toContain(
      'Decided without the second that the desk asks for: The other editors are away.',
    )
  })

  test('deciding again asks what changed, and both decisions stand in the record', async () => {
    const ref = await inReview([...CARRIED()])
    await decide('eve', ref, 'verified')
    expect((await button('sam', ref, 'reopen', { reason: 'The register was amended.' })).status).toBe(303)
    expect(await now(ref)).toMatchObject({ stage: 'in_review', verdict: null, formerVerdict: 'verified' })
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).toContain('Verified, under re-review')

    const unsaid = await decide('eve', ref, 'unproven')
    expect(unsaid.status).toBe(422)
    expect(unsaid.words).toContain('Say what kind of change this is')
    const told = { change: 'correction', changeNote: 'We read the wrong register.' }
    expect((await decide('eve', ref, 'unproven', told)).status).toBe(303)
    expect(await now(ref)).toMatchObject({ stage: 'decided', verdict: 'unproven', formerVerdict: null })
    const decisions = await it.db.decision.findMany({
      where: { claim: { ref } },
      orderBy: { revision: 'asc' },
      include: { end: true },
    })
    expect(decisions.map(({ verdict, end }) => [verdict, end?.cause])).toEqual([
      ['verified', 'reopened'],
      ['unproven', undefined],
    ])
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).toContain('We read the wrong register.')
  })

  test('a date to recheck goes with “Unproven” alone, and the claim says when it is due', async () => {
    const ref = await inReview([...CARRIED()])
    const no = await decide('eve', ref, 'verified', { recheckOn: '2022-02' })
    expect(no.status).toBe(422)
    expect(no.words).toContain('Only an unproven claim is rechecked')
    await decide('eve', ref, 'unproven', { recheckOn: '2022-02' })
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).toContain('Recheck on February 2022 (due)')
    await button('eve', ref, 'reopen', { reason: 'It is time.' })
    await decide('eve', ref, 'unproven', { change: 'update', changeNote: 'Still open.', recheckOn: '2199-01' })
    const page = await visit(it.as('rae'), `/claims/${ref}`)
    expect(page.words).toContain('Recheck on January 2199')
    expect(page.words).not.toContain('(due)')
  })

  test.each(Object.entries(OVER))('%s decides nothing', async (_, who) => {
    const ref = await inReview([...CARRIED()])
    expect((await decide(who, ref, 'verified')).status).toBe(403)
  })

  test('a form that says more than it is asked is refused', async () => {
    const ref = await inReview([...CARRIED()])
    const answer = await decide('eve', ref, 'verified', { decidedById: '1' })
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('something that is not asked for here: decidedById')
  })
})

describe('The other moves', () => {
  test('go their way, each an event with its reason', async () => {
    const claim = await made.aClaim({ storyId: story.id, stage: 'draft' })
    const ref = claim.ref
    await button('ada', ref, 'submit')
    await button('eve', ref, 'take_up')
    expect(await now(ref)).toMatchObject({ stage: 'in_review', assigneeId: it.people.eve.id })
    await button('eve', ref, 'ask', { reason: 'Which day was it?' })
    await button('ada', ref, 'reply', { reason: 'The Friday.' })
    await button('eve', ref, 'hand_back')
    expect(await now(ref)).toMatchObject({ stage: 'submitted', assigneeId: null })
    await button('ada', ref, 'drop')
    expect(await now(ref)).toMatchObject({ stage: 'closed', closedBecause: 'dropped' })
    await button('sam', ref, 'reopen', { reason: 'It matters after all.' })
    expect(await now(ref)).toMatchObject({ stage: 'submitted', closedBecause: null })

    const events = await it.db.event.findMany({
      where: { subject: 'claim', subjectId: claim.id },
      orderBy: { revision: 'asc' },
      select: { action: true, revision: true, body: { select: { reason: true } } },
    })
    expect(events.map(({ action, body }) => [action, body?.reason ?? null])).toEqual([
      ['recorded', null],
      ['submitted', null],
      ['took up', null],
      ['asked', 'Which day was it?'],
      ['replied', 'The Friday.'],
      ['handed back', null],
      ['dropped', null],
      ['reopened', 'It matters after all.'],
    ])
    expect(events.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  test('an editor assigns a claim to another, whose work it is then, and nobody’s form is stale by it', async () => {
    const { ref } = await made.aClaim({ storyId: story.id, stage: 'submitted' })
    expect((await visit(it.as('eve'), `/claims/${ref}`)).text).toContain('>Sam Sato</option>')
    expect((await button('eve', ref, 'assign', { to: `${it.people.sam.id}` })).status).toBe(303)
    expect(await now(ref)).toMatchObject({ stage: 'in_review', assigneeId: it.people.sam.id })
    const { revision } = await now(ref)
    expect((await button('sam', ref, 'assign', { to: `${it.people.mo.id}` })).status).toBe(303)
    expect(await now(ref)).toMatchObject({ stage: 'in_review', assigneeId: it.people.mo.id })
    const page = await visit(it.as('rae'), `/claims/${ref}`)
    expect(page.words).toContain('Taken up by')
    expect(page.words).toContain('Sam Sato assigned the claim')
    expect((await send(it.as('eve'), `/claims/${ref}/moves`, { revision, action: 'hand_back' })).status).toBe(303)
  })

  test.each([
    ['nobody', {}],
    ['a reporter', { to: 'ada' }],
    ['somebody who is disabled', { to: 'sam' }],
    ['whoever has it', { to: 'eve' }],
    ['no number', { to: 'nobody at all' }],
  ] as const)('it is not assigned to %s', async (_, { to }: { to?: string }) => {
    const { ref } = await made.aClaim({ storyId: story.id, stage: 'in_review', assigneeId: it.people.eve.id })
    const disabled = (at: 'now()' | 'null') =>
      changeUnguarded(it.database, `update account set disabled_at = ${at} where id = ${it.people.sam.id}`)
    await disabled(to === 'sam' ? 'now()' : 'null')
    const id = to && Object.hasOwn(it.people, to) ? String(it.people[to as Name].id) : (to ?? '')
    const answer = await button('eve', ref, 'assign', { to: id })
    await disabled('null')
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('href="#f-assign-to"')
    expect(await now(ref)).toMatchObject({ assigneeId: it.people.eve.id, revision: 1 })
  })

  test('a reason that is asked for and missing is said beside its field, and the stage stays', async () => {
    const ref = await inReview()
    for (const own of [{ reason: ' ' }, {}] as Record<string, string>[]) {
      const answer = await button('eve', ref, 'ask', own)
      expect(answer.status).toBe(422)
      expect(answer.text).toContain('href="#f-ask-reason"')
    }
    expect((await now(ref)).stage).toBe('in_review')
  })

  test('a draft without attribution is not submitted', async () => {
    const { ref } = await made.aClaim({ storyId: story.id, attributions: [] })
    const answer = await button('ada', ref, 'submit')
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('at least one attribution')
  })

  test('a duplicate names the claim that stays, and keeps what was typed when there is none', async () => {
    const [ref, other] = [await inReview(), await inReview()]
    const missing = await button('eve', ref, 'close', {
      because: 'duplicate',
      reason: 'The same.',
      duplicateOf: 'KZ-9999',
    })
    expect(missing.status).toBe(422)
    expect(missing.words).toContain('There is no claim KZ-9999.')
    expect(missing.text).toContain('The same.</textarea>')
    expect(
      (await button('eve', ref, 'close', { because: 'duplicate', reason: 'The same.', duplicateOf: ref })).status,
    ).toBe(422)
    const closing = { because: 'duplicate', reason: 'The same.', duplicateOf: other.toLowerCase() }
    expect((await button('eve', ref, 'close', closing)).status).toBe(303)
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).toContain(`Closed as a duplicate of ${other}`)
  })

  test('a claim is superseded only by a verified one, and its decision ends', async () => {
    const [ref, newer] = [await inReview([...CARRIED()]), await inReview([...CARRIED()])]
    await decide('eve', ref, 'verified')
    const no = await button('eve', ref, 'supersede', { newer })
    expect(no.status).toBe(422)
    expect(no.words).toContain(`${newer} is not verified`)
    await decide('eve', newer, 'verified')
    expect((await button('eve', ref, 'supersede', { newer })).status).toBe(303)
    const decision = await it.db.decision.findFirstOrThrow({ where: { claim: { ref } }, include: { end: true } })
    expect(decision.end?.cause).toBe('superseded')
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).toContain(`Superseded by ${newer}`)
    expect((await button('eve', newer, 'supersede', { newer: ref })).status).toBe(422)
  })

  test('closing a decided claim ends its decision; reopening it remembers what it was', async () => {
    const ref = await inReview([...CARRIED()])
    await decide('eve', ref, 'verified')
    expect((await button('eve', ref, 'close', { because: 'out_of_scope', reason: 'Not ours.' })).status).toBe(303)
    await button('eve', ref, 'reopen', { reason: 'Ours after all.' })
    expect(await now(ref)).toMatchObject({ stage: 'submitted', formerVerdict: 'verified' })
  })

  test('what the table has no row for is refused with a sentence', async () => {
    const ref = await inReview()
    const answer = await button('eve', ref, 'submit')
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('A claim can be submitted only while it is draft; this one is in review.')
    expect((await button('ben', ref, 'hand_back')).status).toBe(403)
    expect((await button('eve', ref, 'publish')).status).toBe(422)
    expect((await send(it.as('eve'), '/claims/KZ-9999/moves', { revision: 1, action: 'take_up' })).status).toBe(404)
  })
})

/** Sends the same form again while a busy machine says to try again in a moment. */
async function sendUntilTaken(who: Name, ref: string, form: Record<string, string | number>) {
  const body = new URLSearchParams({ requestId: randomUUID(), ...form } as Record<string, string>).toString()
  for (let tries = 0; ; tries += 1) {
    const answer = await it.as(who).post(`/claims/${ref}/decisions`).type('form').send(body)
    if (answer.status !== 503 || tries === 20) return Object.assign(answer, { words: wordsOf(answer.text) })
  }
}

describe('Two people at once', () => {
  test('a stale form is told so, and what was typed stays on the page', async () => {
    const ref = await inReview([...CARRIED()])
    const { revision } = await now(ref)
    await decide('sam', ref, 'unproven')
    const answer = await send(it.as('eve'), `/claims/${ref}/decisions`, {
      revision,
      verdict: 'verified',
      rationale: 'My long and careful rationale.',
    })
    expect(answer.status).toBe(409)
    expect(answer.words).toContain('Somebody changed this claim while you were working on it')
    expect(answer.words).toContain('My long and careful rationale.')
  })

  test('evidence that came in meanwhile makes no form stale', async () => {
    const ref = await inReview([...CARRIED()])
    const { revision } = await now(ref)
    await send(it.as('ben'), `/claims/${ref}/evidence`, {
      revision,
      source: `#${register.id}`,
      stance: 'context',
      basis: 'document',
    })
    expect((await now(ref)).revision).toBe(revision + 1)
    const answer = await send(it.as('eve'), `/claims/${ref}/moves`, { revision, action: 'hand_back' })
    expect(answer.status).toBe(303)
  })

  test('of fifty decisions at once one is accepted; forty-nine get the conflict page with what was typed', async () => {
    const ref = await inReview([...CARRIED()])
    const { id, revision } = await now(ref)
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        sendUntilTaken(index % 2 ? 'eve' : 'sam', ref, {
          revision,
          verdict: index % 3 ? 'verified' : 'unproven',
          rationale: `The rationale numbered ${index}.`,
        }),
      ),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 303)).toHaveLength(1)
    expect(statuses.filter((status) => status === 409)).toHaveLength(49)
    for (const [index, { status, words }] of answers.entries())
      if (status === 409) expect(words).toContain(`The rationale numbered ${index}.`)
    expect((await now(ref)).revision).toBe(revision + 1)
    const decisions = await it.db.decision.findMany({ where: { claimId: id } })
    expect(decisions.map(({ rationale }) => rationale)).toEqual([`The rationale numbered ${statuses.indexOf(303)}.`])
    expect(await it.db.event.count({ where: { subject: 'claim', subjectId: id, revision: { gt: revision } } })).toBe(1)
  }, 60_000)

  test('one form sent from twenty connections is one event, and every sender sees the first outcome', async () => {
    const ref = await inReview([...CARRIED()])
    const { id, revision } = await now(ref)
    const form = { requestId: randomUUID(), revision, verdict: 'verified', rationale: 'Once.' }
    const answers = await Promise.all(Array.from({ length: 20 }, () => sendUntilTaken('eve', ref, form)))
    for (const { status, headers } of answers) expect([status, headers.location]).toEqual([303, `/claims/${ref}`])
    const told = answers.map(({ headers }) => /stet_flash=([\w-]+)/.exec(String(headers['set-cookie']))?.[1] ?? '')
    const texts = told.map((flash) => Buffer.from(flash, 'base64url').toString('utf8'))
    for (const text of texts) expect(JSON.parse(text)).toEqual(JSON.parse(texts[0] ?? ''))
    expect(texts[0]).toContain(`${ref} is decided: verified.`)
    expect(await it.db.event.count({ where: { subject: 'claim', subjectId: id, revision: { gt: revision } } })).toBe(1)
    expect(await it.db.decision.count({ where: { claimId: id } })).toBe(1)

    const another = await send(it.as('eve'), `/claims/${ref}/decisions`, { ...form, rationale: 'Another.' })
    expect(another.status).toBe(409)
    expect(another.words).toContain('already sent once')
  })
})

describe('Was it said?', () => {
  async function record(who: Name, ref: string, own: Record<string, string>) {
    const { id, revision } = await now(ref)
    const said = await it.db.attribution.findFirstOrThrow({ where: { claimId: id } })
    const answer = await send(it.as(who), `/claims/${ref}/attributions/${said.id}/findings`, {
      revision,
      [`found${said.id}`]: own,
    })
    return { answer, after: await it.db.attribution.findUniqueOrThrow({ where: { id: said.id } }), said }
  }

  test('a finding is recorded at any time, and makes no other form stale', async () => {
    const ref = await inReview([...CARRIED()])
    const { revision } = await now(ref)
    const { answer, after } = await record('eve', ref, {
      finding: 'confirmed_primary',
      findingUrl: 'https://example.org/statement',
      findingNote: 'Seen on the ministry’s page.',
    })
    expect(answer.status).toBe(303)
    expect(after).toMatchObject({ finding: 'confirmed_primary', foundById: it.people.eve.id })
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).toContain('Yes: the original statement was seen')
    const decided = await send(it.as('sam'), `/claims/${ref}/decisions`, {
      revision,
      verdict: 'verified',
      rationale: 'The register names them.',
    })
    expect(decided.status).toBe(303)
    const decision = await it.db.decision.findFirstOrThrow({ where: { claim: { ref } } })
    expect(Object.values(decision.findings as object)).toEqual(['confirmed_primary'])
  })

  test('after the decision the claim shows that something is new', async () => {
    const ref = await inReview([...CARRIED()])
    await decide('eve', ref, 'verified')
    await record('eve', ref, { finding: 'not_found' })
    expect(await now(ref)).toMatchObject({ stage: 'decided', cameIn: 'addition' })
  })

  test('“altered” asks for the original words and keeps what was typed', async () => {
    const ref = await inReview()
    const { answer, said } = await record('eve', ref, { finding: 'altered', findingNote: 'The paper shortened it.' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(`href="#f-found${said.id}-originalWords"`)
    expect(answer.text).toContain('The paper shortened it.</textarea>')
    const again = await record('eve', ref, { finding: 'altered', originalWords: 'уничтожены', originalLanguage: 'ru' })
    expect(again.answer.status).toBe(303)
    expect(again.after.originalWords).toBe('уничтожены')
  })

  test('who found the same meanwhile is not overwritten', async () => {
    const ref = await inReview()
    const { revision } = await now(ref)
    const { said } = await record('sam', ref, { finding: 'not_found' })
    const late = await send(it.as('eve'), `/claims/${ref}/attributions/${said.id}/findings`, {
      revision,
      [`found${said.id}`]: { finding: 'confirmed_relayed' },
    })
    expect(late.status).toBe(409)
    expect(late.words).toContain('Somebody changed this while you were working on it')
  })

  test('only editors record findings', async () => {
    const ref = await inReview()
    expect((await record('ben', ref, { finding: 'not_found' })).answer.status).toBe(403)
  })
})

test('The help page tells every move', async () => {
  const page = await visit(it.as('rae'), '/help/workflow')
  expect(page.words).toContain('Ask for information')
  expect(page.words).toContain('How evidence counts')
})
