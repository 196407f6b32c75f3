import { get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openSession } from '../../src/accounts/session.store.ts'
import { COLUMNS } from '../../src/decisions/row.ts'
import { type Agent, type Desk, desk, visit } from '../support/app.ts'
import { changeUnguarded } from '../support/behind.ts'
import { type Builder, build } from '../support/build.ts'
import { withAdmin } from '../support/server.ts'

let on: Desk
let made: Builder
let storyId: number
let ministryId: number
let sourceId: number
beforeAll(async () => {
  on = await desk({ environment: { PUBLIC_URL: 'https://stet.example.org', TRUST_PROXY: '0' } })
  made = build(on.db, on.people.ada.id)
  storyId = (await made.aStory({ code: 'KZ', title: 'Unrest in Kazakhstan' })).id
  ministryId = (await made.aParty({ name: 'Defence Ministry' })).id
  const publisherId = (await made.aParty({ name: 'The Courier' })).id
  sourceId = (
    await made.aSource({ title: 'A dispatch', url: 'https://example.org/1', publisherId, publishedOn: '2022-01-07' })
  ).id
})
afterAll(() => on.close())

type Record = { [column: string]: string }

async function csvOf(agent: Agent, address: string): Promise<{ rows: Record[]; text: string }> {
  const answer = await agent.get(address).buffer(true)
  expect(answer.status, answer.text).toBe(200)
  expect(answer.headers['content-type']).toContain('text/csv')
  expect(answer.headers['cache-control']).toBe('no-store')
  return { rows: parse(answer.text, { bom: true, columns: true }), text: answer.text }
}

const claimsOf = (rows: Record[]) => rows.map(({ claim }) => claim)

function aClaim(given: Parameters<Builder['aClaim']>[0] = {}) {
  return made.aClaim({ storyId, attributions: [{ sourceId, speakerId: ministryId }], ...given })
}

async function aVerified(given: Parameters<Builder['aClaim']>[0] = {}, decidedAt?: Date) {
  const claim = await aClaim(given)
  await made.aDecision(claim.id, { verdict: 'verified', decidedById: on.people.eve.id, decidedAt })
  return claim
}

describe('The page of exports', () => {
  it('explains each preset, with as many claims as its file has rows', async () => {
    await aVerified()
    const { words } = await visit(on.as('rae'), '/exports')
    const { rows } = await csvOf(on.as('rae'), '/exports/claims.csv?preset=verified')
    expect(words).toContain(`Verified ${rows.length} ${rows.length === 1 ? 'claim' : 'claims'} now`)
  })

  it('is for people of the desk', async () => {
    await visit(on.stranger(), '/exports', 303)
    await visit(on.stranger(), '/exports/claims.csv?preset=verified', 303)
  })

  it.each([
    ['preset=everything', 'Choose one of the two: verified or attributed.'],
    ['preset=verified&asOf=yesterday', 'Write the instant as 2022-01-07 14:30'],
    ['preset=verified&asOf=2999-01-01', 'Choose an instant that is at least a minute ago'],
    ['stage=finished', 'Choose a stage of the list.'],
    ['speaker=nobody+at+all', 'Nobody is recorded under “nobody at all”.'],
  ])('answers %s with a sentence instead of a file', async (query, sentence) => {
    expect((await visit(on.as('rae'), `/exports/claims.csv?${query}`, 422)).words).toContain(sentence)
  })
})

describe('The verified export', () => {
  it('is a file named after what is in it, with the header even when it has no row', async () => {
    const answer = await on.as('rae').get('/exports/claims.csv?story=KZ&verdict=misleading').buffer(true)
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="stet-claims-kz-misleading-\d{4}-\d\d-\d\d\.csv"$/,
    )
    expect(answer.text).toBe(`\ufeff${COLUMNS.map((column) => `"${column}"`).join(',')}\r\n`)
    const verified = await on.as('rae').head('/exports/claims.csv?preset=verified')
    expect(verified.headers['content-disposition']).toContain('filename="stet-verified-')
  })

  it('has a verified claim as it was decided on, whatever becomes of its party and source', async () => {
    const claim = await aVerified({
      statement: 'Nine Il-76 transports landed at Almaty.',
      occurredOn: '2022-01-07',
      figureComparator: 'stated',
      figureLow: '9.50',
      attributions: [
        {
          sourceId,
          speakerId: ministryId,
          cue: 'told',
          hedges: ['at least'],
          passage: 'nine Il-76s',
          saidOn: '2022-01-06',
        },
        { sourceId, speakerAsPrinted: 'a colonel', naming: 'described', position: 'denies' },
      ],
      evidence: [{ sourceId }],
    })
    await changeUnguarded(on.database, `update party set name = 'Renamed' where id = ${ministryId}`)
    const { rows } = await csvOf(on.as('rae'), '/exports/claims.csv?preset=verified')
    await changeUnguarded(on.database, `update party set name = 'Defence Ministry' where id = ${ministryId}`)
    expect(rows.find((row) => row.claim === claim.ref)).toMatchObject({
      stage: 'decided',
      revision: '2',
      statement: 'Nine Il-76 transports landed at Almaty.',
      decided_by_id: String(on.people.eve.id),
      seconded_by_id: '',
      story: 'Unrest in Kazakhstan',
      occurred_on: '2022-01-07',
      speaker: 'Defence Ministry | a colonel',
      position: 'asserts | denies',
      publisher: 'The Courier',
      source_url: 'https://example.org/1 | https://example.org/1',
      source_published_on: '2022-01-07',
      said_on: '2022-01-06',
      hedges: 'at least',
      figure_low: '9.5',
      finding: 'unchecked | unchecked',
      verdict: 'verified',
      evidence_urls: 'https://example.org/1',
      decided_by: 'Eve Egan',
      decided_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      permalink: `https://stet.example.org/claims/${claim.ref}`,
    })
  })

  it('leaves out what is undecided, decided otherwise, edited since, reopened or superseded', async () => {
    const stays = await aVerified()
    const [draft, other, edited, reopened, superseded] = [
      await aClaim(),
      await aClaim(),
      await aVerified(),
      await aVerified(),
      await aVerified(),
    ]
    await made.aDecision(other.id, { verdict: 'disputed', decidedById: on.people.eve.id })
    await made.endDecision(edited.id, 'edited')
    await made.endDecision(reopened.id, 'reopened')
    await made.endDecision(superseded.id, 'superseded', stays.id)
    const refs = claimsOf((await csvOf(on.as('rae'), '/exports/claims.csv?preset=verified')).rows)
    expect(refs).toContain(stays.ref)
    for (const { ref } of [draft, other, edited, reopened, superseded]) expect(refs).not.toContain(ref)
  })

  it('can be had as of an instant: with what was in force then', async () => {
    const then = new Date(Date.now() - 3 * 3600_000)
    const claim = await aVerified({}, then)
    await made.endDecision(claim.id, 'reopened')
    const asOf = async (at: Date) =>
      claimsOf((await csvOf(on.as('rae'), `/exports/claims.csv?preset=verified&asOf=${at.toISOString()}`)).rows)
    expect(await asOf(new Date(then.getTime() - 1))).not.toContain(claim.ref)
    expect(await asOf(then)).toContain(claim.ref)
    expect(await asOf(new Date(Date.now() - 61_000))).toContain(claim.ref)
    expect(claimsOf((await csvOf(on.as('rae'), '/exports/claims.csv?preset=verified')).rows)).not.toContain(claim.ref)
  })

  it('has nothing of a source made private since, neither now nor as of before', async () => {
    const source = await made.aSource({ title: 'Leaked memo', url: 'https://example.org/memo' })
    const claim = await aVerified(
      { attributions: [{ sourceId: source.id, speakerId: ministryId, passage: 'whispered words', cue: 'whispered' }] },
      new Date(Date.now() - 3600_000),
    )
    const asOf = new Date(Date.now() - 61_000).toISOString()
    const both = ['/exports/claims.csv?preset=verified', `/exports/claims.csv?preset=verified&asOf=${asOf}`]
    for (const address of both) expect((await csvOf(on.as('mo'), address)).text).toContain('whispered words')
    await changeUnguarded(on.database, `update source set is_private = true where id = ${source.id}`)
    for (const address of [...both, '/exports/claims.csv']) {
      const { rows, text } = await csvOf(on.as('mo'), address)
      for (const secret of ['Leaked memo', 'example.org/memo', 'whispered']) expect(text).not.toContain(secret)
      expect(rows.find((row) => row.claim === claim.ref)).toMatchObject({
        source_title: 'a private source',
        speaker: 'Defence Ministry',
        permalink: `https://stet.example.org/claims/${claim.ref}`,
      })
    }
  })
})

describe('The attributed export', () => {
  it('has decided claims that were said, whatever the verdict, and no others', async () => {
    const found = { foundById: on.people.eve.id, foundAt: new Date() }
    const said = (finding: 'confirmed_primary' | 'confirmed_relayed' | 'altered' | 'not_found' | 'misattributed') => ({
      attributions: [
        { sourceId, speakerId: ministryId },
        { sourceId, speakerId: ministryId, finding, ...found },
      ],
    })
    const wanted = [
      await aClaim(said('confirmed_primary')),
      await aClaim(said('confirmed_relayed')),
      await aClaim(said('altered')),
    ]
    const unwanted = [await aClaim(said('not_found')), await aClaim(said('misattributed')), await aClaim()]
    for (const { id } of [...wanted, ...unwanted])
      await made.aDecision(id, { verdict: 'false', decidedById: on.people.eve.id })
    const undecided = await aClaim(said('confirmed_primary'))
    const refs = claimsOf((await csvOf(on.as('rae'), '/exports/claims.csv?preset=attributed')).rows)
    expect(refs).toEqual(wanted.map(({ ref }) => ref))
    expect(refs).not.toContain(undecided.ref)
  })
})

describe('The list’s own export', () => {
  it('has exactly the claims that the list counts, in its order, over more than one batch', async () => {
    const { id } = await made.aStory({ code: 'BIG' })
    const nasty = ['=1+1', ' @SUM(A1)', 'He said "no",\r\nthen "yes"', "'tis", '＝1', '-5', 'tab\there', '漢字, и, ü']
    await made.manyClaims(420, (index) => ({
      storyId: id,
      statement: nasty[index] ?? `Number ${index}`,
      place: nasty[index] ?? null,
      updatedAt: new Date(Date.UTC(2022, 0, 1 + (index % 2))),
      attributions: [{ sourceId }, { sourceId }],
    }))
    const { words } = await visit(on.as('rae'), '/claims?story=BIG&sort=ref')
    const { rows, text } = await csvOf(on.as('rae'), '/exports/claims.csv?story=BIG&sort=ref')
    expect(words).toContain('420 claims match')
    expect(claimsOf(rows)).toEqual(Array.from({ length: 420 }, (_, index) => `BIG-${index + 1}`))
    expect(text.split('\r\n')).toHaveLength(424)
    nasty.forEach((statement, index) => {
      const risky = [0, 1, 4, 5].includes(index)
      expect(rows[index]?.statement).toBe(risky ? `'${statement}` : statement)
    })
    const updated = await csvOf(on.as('rae'), '/exports/claims.csv?story=BIG')
    expect(new Set(claimsOf(updated.rows)).size).toBe(420)
    expect((await csvOf(on.as('rae'), '/exports/claims.csv?story=BIG&q=number')).rows).toHaveLength(412)
  })

  it('asks as often for a hundred and fifty claims as for one', async () => {
    const one = await made.aStory({ code: 'ONE' })
    const many = await made.aStory({ code: 'MANY' })
    await made.manyClaims(1, () => ({ storyId: one.id, attributions: [{ sourceId }] }))
    await made.manyClaims(150, () => ({ storyId: many.id, attributions: [{ sourceId }, { sourceId }] }))
    const asked = async (story: string) => {
      const address = `/exports/claims.csv?story=${story}`
      const statements = await on.database.statementsOf(() => csvOf(on.as('rae'), address))
      return statements.filter((statement) => !/"session"/.test(statement)).length
    }
    expect(await asked('MANY')).toBe(await asked('ONE'))
  })
})

describe('An export that is not taken to its end', () => {
  it('gives its connection back, and leaves the desk’s own alone', async () => {
    const tokens = await Promise.all(
      (['rae', 'ada', 'ben'] as const).map((name) => openSession(on.db, on.people[name].id, 'a test')),
    )
    await made.manyClaims(400, () => ({ storyId, attributions: [{ sourceId, cue: 'x'.repeat(60_000) }] }))
    const address = new URL('/exports/claims.csv', on.stranger().get('/').url)
    const requests = await Promise.all(
      tokens.map(
        (token) =>
          new Promise<ReturnType<typeof get>>((resolve, reject) => {
            const request = get(address, { headers: { cookie: `__Host-stet_session=${token}` } }, (answer) => {
              answer.on('error', () => {})
              answer.once('readable', () => resolve(request))
            })
            request.once('error', reject)
          }),
      ),
    )
    expect(on.database.exports.totalCount - on.database.exports.idleCount).toBe(3)
    await visit(on.as('rae'), '/claims')
    for (const request of requests) request.on('error', () => {}).destroy()
    for (let tries = 0; tries < 100 && on.database.exports.totalCount > on.database.exports.idleCount; tries += 1)
      await sleep(50)
    expect(on.database.exports.totalCount - on.database.exports.idleCount).toBe(0)
    expect((await csvOf(on.as('rae'), '/exports/claims.csv?story=KZ&figure=yes')).rows).not.toHaveLength(0)
  })

  it('breaks off, rather than end as if it were whole, when the database ends it', async () => {
    const token = await openSession(on.db, on.people.rae.id, 'a test')
    const address = new URL('/exports/claims.csv', on.stranger().get('/').url)
    const ended = new Promise<{ complete: boolean }>((resolve, reject) => {
      const request = get(address, { headers: { cookie: `__Host-stet_session=${token}` } }, async (answer) => {
        answer.on('error', () => {}).once('close', () => resolve({ complete: answer.complete }))
        await endIdleTransactions().catch(reject)
        answer.resume()
      })
      request.on('error', () => {})
    })
    expect(await ended).toEqual({ complete: false })
    expect((await csvOf(on.as('rae'), '/exports/claims.csv?preset=verified')).rows).not.toHaveLength(0)
  })
})

/** As a server's administrator does, or its time-out for connections that wait for a slow reader. */
async function endIdleTransactions(): Promise<void> {
  const { pathname } = new URL(on.database.environment.DATABASE_URL)
  await withAdmin(inject('server').admin, (admin) =>
    admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction' and datname = $1",
      [pathname.slice(1)],
    ),
  )
}
