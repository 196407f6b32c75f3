import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../../src/accounts/session.store.ts'
import { verifyHistory } from '../../src/history/verify.store.ts'
import { continueRedactions } from '../../src/redactions/everywhere.store.ts'
import { givenClaim, givenSource, givenStory } from '../sources/given.ts'
import { type Agent, type Desk, desk, type Fields, send, visit } from '../support/app.ts'
import { build } from '../support/build.ts'
import { makeAdmin, type Name } from '../support/people.ts'

// What must go; it stands wherever the record copies it to.
const SECRET = 'Ivan "Vanya" Petrov'
const TEXT = `A colonel, ${SECRET} 🗞, said order was restored.\n\nIt was ${SECRET} who signed.`

let it: Desk
let story: number

beforeAll(async () => {
  it = await desk()
  story = await givenStory(it)
})
afterAll(() => it.close())

/** Sends the form of a redaction; where the numbers are shown first, they are confirmed. */
async function redact(fields: Fields, name: Name = 'mo') {
  const form = { ground: 'safety_of_source', intent: 'redact', everywhere: 'yes', ...fields }
  const answer = await send(it.as(name), '/admin/redactions', form)
  if (form.intent === 'look' || answer.status !== 200) return answer
  const done = await send(it.as(name), '/admin/redactions', { ...form, previewed: codeIn(answer) })
  // What the answer did not wait for.
  await continueRedactions(it.db)
  return done
}

const codeIn = ({ text }: { text: string }) => /name="previewed" value="(\w+)"/.exec(text)?.[1] ?? ''

/** Seconds a proposal with the numbers that its page shows. */
async function second(by: Agent, proposal: string) {
  const previewed = codeIn(await visit(by, proposal))
  return send(by, `${proposal}/answers`, { answer: 'second', ...(previewed ? { previewed } : {}) })
}

let given = 0

/** A source with the words, and a decided claim whose passage has them; the words are in history and in the seal too. */
async function aRecord() {
  const source = await givenSource(it, { title: 'Dispatch', text: `${TEXT} Dispatch ${++given}.` })
  const ref = await givenClaim(it, {
    story,
    source,
    naming: 'described',
    speakerAsPrinted: `A colonel, ${SECRET}`,
    passage: `A colonel, ${SECRET} 🗞, said order was restored.`,
  })
  const claim = await it.db.claim.findUniqueOrThrow({ where: { ref } })
  const decidedAt = new Date(Date.now() - 3600_000)
  const ruling = { verdict: 'verified', decidedById: it.people.eve.id, decidedAt } as const
  await build(it.db, it.people.ada.id).aDecision(claim.id, ruling)
  const capture = await it.db.capture.findFirstOrThrow({ where: { sourceId: source } })
  return { source, ref, claim, capture }
}

/** Everything this desk holds, as text. */
async function everything(): Promise<string> {
  const parts: string[] = []
  for (const table of [
    'event_body',
    'capture',
    'attribution',
    'evidence',
    'decision',
    'claim',
    'claim_document',
    'source',
    'request',
    'redaction',
    'redaction_proposal',
  ]) {
    const { rows } = await it.database.ownerPool.query(`select t::text as row from ${table} t`)
    parts.push(...rows.map(({ row }) => row))
  }
  return parts.join('\n')
}

describe('Redacting words of a text, on a desk with one admin,', () => {
  test('takes them out of the text, its passages, history, seals and search, at once and openly', async () => {
    const { source, ref, capture } = await aRecord()
    expect((await send(it.as('ada'), `/sources/${source}/captures`, { text: `${TEXT} Later.` })).status).toBe(303)
    expect((await visit(it.as('rae'), `/claims/${ref}`)).words).toContain('Petrov')
    const looked = await redact({ capture: capture.id, words: SECRET, intent: 'look' })
    expect(looked.status).toBe(200)
    expect(looked.words).toContain(`Claim ${ref}: an attribution`)
    expect(looked.words).toContain(`History of claim ${ref}, revision 1`)
    expect(looked.words).toContain(`Sealed copy of ${ref}`)
    expect(looked.words).toContain(`History of source #${source}, revision 1: the digest of the whole text`)

    const answer = await redact({ capture: capture.id, words: SECRET })
    expect(answer.status, answer.words).toBe(303)
    expect(await everything()).not.toContain('Petrov')

    const claimPage = await visit(it.as('rae'), `/claims/${ref}`)
    expect(claimPage.words).not.toContain('Petrov')
    expect(claimPage.words).toContain('[redacted] ▮')
    const sourcePage = await visit(it.as('rae'), `/sources/${source}`)
    expect(sourcePage.words).not.toContain('Petrov')
    expect(sourcePage.words).toMatch(/Words of this text were redacted .* Ground: the safety of a source/)
    const history = await visit(it.as('rae'), `/claims/${ref}/history`)
    expect(history.words).toMatch(/What was changed here was redacted .* Ground: the safety of a source/)
    expect(history.words).toContain('Mo Musa redacted something of the claim.')
    expect((await visit(it.as('rae'), `/claims?q=Petrov`)).words).not.toContain(ref)
    expect((await verifyHistory(it.database.exports)).faults).toEqual([])
    const list = await visit(it.as('mo'), '/admin/redactions')
    expect(list.words).toContain(`Words of text ${capture.id}, in 2 places, of source #${source}`)
  })

  test('leaves what was copied elsewhere where that is not ticked, and lists it', async () => {
    const { ref, capture } = await aRecord()
    const other = await givenSource(it, { title: 'Reprint', text: `${SECRET} again, ${given}.` })
    expect((await redact({ capture: capture.id, words: SECRET, everywhere: '' })).status).toBe(303)
    expect((await visit(it.as('rae'), `/sources/${other}`)).words).toContain('Petrov')
    const attribution = await it.db.attribution.findFirstOrThrow({ where: { captureId: capture.id } })
    expect(attribution.passage).toContain('Petrov')
    const event = await it.db.event.findFirstOrThrow({ where: { subject: 'claim', subjectId: attribution.claimId } })
    const looked = await redact({ event: event.id, words: 'Vanya', intent: 'look' })
    expect(looked.words).toContain(`Claim ${ref}: an attribution`)
    expect(looked.words).not.toContain(`History of claim ${ref}, revision 1`)
  })

  test('empties the whole text, and what was taken from it', async () => {
    const { source, ref, capture } = await aRecord()
    expect((await redact({ capture: capture.id, whole: 'yes', ground: 'court_order' })).status).toBe(303)
    expect((await it.db.capture.findUniqueOrThrow({ where: { id: capture.id } })).text).toBe('')
    const page = await visit(it.as('rae'), `/sources/${source}`)
    expect(page.words).toMatch(/This text was redacted .* Ground: a court’s order/)
    const claimPage = await visit(it.as('rae'), `/claims/${ref}`)
    expect(claimPage.words).not.toContain('Petrov')
    expect(claimPage.words).toContain('[redacted] ▮')
    expect((await verifyHistory(it.database.exports)).faults).toEqual([])
  })

  test('keeps the words out of its own request and events', async () => {
    const { capture } = await aRecord()
    const refusedOnce = await redact({ capture: capture.id, words: 'order was restored', ground: '' })
    expect(refusedOnce.status).toBe(422)
    expect(refusedOnce.words).toContain('Choose the ground.')
    expect(refusedOnce.text).toContain('order was restored')
    expect((await redact({ capture: capture.id, words: 'order was restored', everywhere: '' })).status).toBe(303)
    const { after } = await it.db.eventBody.findFirstOrThrow({ orderBy: { eventId: 'desc' } })
    expect(JSON.stringify(after)).not.toContain('restored')
  })
})

describe('Redacting a line of history or a sealed copy', () => {
  test('empties the one, and says on its page when and on what ground', async () => {
    const { ref, claim } = await aRecord()
    const event = await it.db.event.findFirstOrThrow({ where: { subject: 'claim', subjectId: claim.id } })
    const form = await visit(it.as('mo'), `/admin/redactions/new?event=${event.id}`)
    expect(form.words).toContain(`What revision 1 changed, of claim ${ref}`)
    expect((await visit(it.as('mo'), `/claims/${ref}/history`)).text).toContain(
      `/admin/redactions/new?event=${event.id}`,
    )
    expect((await visit(it.as('eve'), `/claims/${ref}/history`)).text).not.toContain('/admin/redactions')
    const answer = await redact({ event: event.id, ground: 'other', groundNote: 'asked for by the speaker' })
    expect(answer.status, answer.words).toBe(303)
    const { words } = await visit(it.as('rae'), `/claims/${ref}/history`)
    expect(words).toMatch(/Ground: another ground \( ?asked for by the speaker\)/)
    expect((await redact({ event: event.id })).status).toBe(422)
  })

  test('takes the lines of history with it that give a decision’s reasons', async () => {
    const { ref, claim } = await aRecord()
    const decision = await it.db.decision.findFirstOrThrow({ where: { claimId: claim.id } })
    const event = await it.db.event.findFirstOrThrow({
      where: { subject: 'claim', subjectId: claim.id, revision: decision.revision },
    })
    expect((await redact({ decision: decision.id, ground: 'court_order' })).status).toBe(303)
    const body = await it.db.eventBody.findUniqueOrThrow({ where: { eventId: event.id } })
    expect(body.redactedAt).not.toBeNull()
    const { words } = await visit(it.as('rae'), `/claims/${ref}/history`)
    expect(words).toContain(
      `Redacted: the sealed copy and the reasons of the decision of revision ${decision.revision}; what revision ${decision.revision} changed`,
    )
  })

  test('leaves the same words in the sealed copy of another decision, finds them there, and they are redacted there too', async () => {
    const { ref, claim } = await aRecord()
    const made = build(it.db, it.people.ada.id)
    await made.endDecision(claim.id, 'reopened')
    await made.aDecision(claim.id, { verdict: 'unproven', decidedById: it.people.sam.id })
    // And a claim of its own, decided on the same words.
    const other = await aRecord()
    const [first, second] = await it.db.decision.findMany({ where: { claimId: claim.id }, orderBy: { id: 'asc' } })
    const third = await it.db.decision.findFirstOrThrow({ where: { claimId: other.claim.id } })
    if (!first || !second) throw new Error('The claim was decided twice')
    const sealOf = (of: string, revision: number) => `Sealed copy of ${of}, decided at revision ${revision}`
    const look = async () => (await redact({ decision: first.id, words: 'Vanya', intent: 'look' })).words
    const before = await look()
    expect(before).toContain(sealOf(ref, second.revision))
    expect(before).toContain(sealOf(other.ref, third.revision))
    expect(before).not.toContain(sealOf(ref, first.revision))

    // The words of one are its own: no other seal is emptied unseen.
    expect((await redact({ decision: first.id })).status).toBe(303)
    const seals = async () =>
      (
        await it.db.decision.findMany({
          where: { id: { in: [first.id, second.id, third.id] } },
          orderBy: { id: 'asc' },
        })
      ).map(({ seal }) => JSON.stringify(seal).includes('Petrov'))
    expect(await seals()).toEqual([false, true, true])
    const after = await look()
    expect(after).toContain(sealOf(ref, second.revision))
    expect(after).toContain(sealOf(other.ref, third.revision))

    expect((await redact({ decision: second.id })).status).toBe(303)
    expect((await redact({ decision: third.id })).status).toBe(303)
    expect(await seals()).toEqual([false, false, false])
    const last = await look()
    expect(last).not.toContain(sealOf(ref, second.revision))
    expect(last).not.toContain(sealOf(other.ref, third.revision))
    expect((await verifyHistory(it.database.exports)).faults).toEqual([])
  })

  test('empties with a sealed copy its twin, which an undoing put in force again', async () => {
    const { ref, claim } = await aRecord()
    const { revision } = await it.db.claim.findUniqueOrThrow({ where: { ref } })
    const reopening = { revision, action: 'reopen', reopen: { reason: 'To look again.' } }
    expect((await send(it.as('eve'), `/claims/${ref}/moves`, reopening)).status).toBe(303)
    expect((await send(it.as('eve'), `/claims/${ref}/undoings`, { revision: revision + 1 })).status).toBe(303)
    const decisions = () => it.db.decision.findMany({ where: { claimId: claim.id }, orderBy: { id: 'asc' } })
    const [first, twin] = await decisions()
    expect(twin).toMatchObject({ restoresId: first?.id, seal: first?.seal })
    expect((await redact({ decision: twin?.id ?? 0, ground: 'law' })).status).toBe(303)
    expect((await decisions()).map(({ seal }) => seal)).toEqual([{}, {}])
    expect((await verifyHistory(it.database.exports)).faults).toEqual([])
  })

  test('leaves the cells of exports blank, also as of before, and says so', async () => {
    const { ref, claim } = await aRecord()
    const decision = await it.db.decision.findFirstOrThrow({ where: { claimId: claim.id } })
    expect((await redact({ decision: decision.id, ground: 'court_order' })).status).toBe(303)
    const page = await visit(it.as('rae'), `/claims/${ref}`)
    expect(page.words).toMatch(
      /The reasons and the sealed copy of this decision were redacted .* Ground: a court’s order/,
    )
    // As of two minutes ago, when it was not redacted yet.
    const asOf = new Date(Date.now() - 120_000).toISOString()
    for (const address of ['/exports/claims.csv?preset=verified', `/exports/claims.csv?preset=verified&asOf=${asOf}`]) {
      const { text } = await it.as('rae').get(address)
      const line = text.split('\r\n').find((one: string) => one.includes(`"${ref}"`)) ?? ''
      expect(line).toContain('"verified"')
      expect(line).toMatch(
        /"\[redacted on \d{4}-\d\d-\d\d: a court’s order; by the desk’s only admin, without a second\]"/,
      )
      expect(line).not.toContain('Petrov')
      expect(line).not.toContain('protesters')
    }
  })
})

describe('Where there is another admin', () => {
  let other: Agent
  beforeAll(async () => {
    other = it.asToken(await openSession(it.db, (await makeAdmin(it.db, 'Noor')).id, 'a test'))
  })

  test('a redaction waits until they second it', async () => {
    const { source, capture } = await aRecord()
    const answer = await redact({ capture: capture.id, words: SECRET })
    const proposal = answer.headers.location ?? ''
    expect(proposal).toMatch(/^\/admin\/redactions\/\d+$/)
    expect((await visit(it.as('rae'), `/sources/${source}`)).words).toContain('Petrov')
    expect((await visit(it.as('mo'), proposal)).words).toContain('waits for another admin')
    expect((await send(it.as('mo'), `${proposal}/answers`, { answer: 'second' })).status).toBe(422)

    expect((await visit(other, '/')).words).toContain('A redaction that Mo Musa asks for')
    expect((await visit(it.as('mo'), '/')).words).not.toContain('A redaction that')
    expect((await visit(other, '/admin/redactions')).text).toContain(`href="${proposal}"`)
    expect((await visit(other, proposal)).words).toContain('Where else the words stand')
    expect((await second(other, proposal)).status).toBe(303)
    expect((await visit(it.as('rae'), `/sources/${source}`)).words).not.toContain('Petrov')
    expect((await visit(other, '/admin/redactions')).words).toContain('by Mo Musa, seconded by Noor')
    expect((await second(other, proposal)).status).toBe(409)
    expect((await verifyHistory(it.database.exports)).faults).toEqual([])
  })

  test('they may decline it with a reason, and whoever proposed it withdraw it', async () => {
    const { source, capture } = await aRecord()
    const first = (await redact({ capture: capture.id, words: SECRET })).headers.location ?? ''
    expect((await send(other, `${first}/answers`, { answer: 'decline' })).status).toBe(422)
    expect((await send(other, `${first}/answers`, { answer: 'decline', words: 'He spoke in public.' })).status).toBe(
      303,
    )
    expect((await visit(it.as('mo'), first)).words).toContain('He spoke in public.')
    const second = (await redact({ capture: capture.id, words: SECRET })).headers.location ?? ''
    expect((await send(it.as('mo'), `${second}/answers`, { answer: 'decline' })).status).toBe(303)
    expect((await visit(other, second)).words).toContain('Withdrawn')
    expect((await visit(it.as('rae'), `/sources/${source}`)).words).toContain('Petrov')
  })

  test('of many seconds at once one counts', async () => {
    const { capture } = await aRecord()
    const proposal = (await redact({ capture: capture.id, words: SECRET })).headers.location ?? ''
    const previewed = codeIn(await visit(other, proposal))
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => send(other, `${proposal}/answers`, { answer: 'second', previewed })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409, 409, 409, 409])
    expect(await it.db.redaction.count({ where: { captureId: capture.id } })).toBe(1)
  })
})

describe('A redaction is refused', () => {
  test.each<[string, Fields, string]>([
    ['of nothing', {}, 'Begin with “Redact”'],
    ['of what is not there', { event: 999999 }, 'not there to be redacted'],
    ['of words that are not in the text', { capture: 1, words: 'nothing of the kind' }, 'do not stand in the text'],
    ['of neither words nor the whole', { capture: 1 }, 'Copy the words from the text.'],
    ['of words and the whole', { capture: 1, words: 'order', whole: 'yes' }, 'Either the words, or the whole'],
    ['of a letter', { capture: 1, words: 'a' }, 'Fewer than three letters'],
    ['without a ground', { event: 1, ground: '' }, 'Choose the ground.'],
    ['on a ground of its own that is not said', { event: 1, ground: 'other' }, 'Say which.'],
    ['on an unknown ground', { event: 1, ground: 'whim' }, 'Choose the ground.'],
  ])('%s', async (_, fields, sentence) => {
    const answer = await redact(fields)
    expect(answer.status).toBe(422)
    expect(answer.words).toContain(sentence)
  })
})
