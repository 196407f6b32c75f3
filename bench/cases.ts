import { randomUUID } from 'node:crypto'
import { finished } from 'node:stream/promises'
import { to as copyTo } from 'pg-copy-streams'
import { COLUMNS } from '../src/decisions/row.ts'
import { memoryOf, peakOf, type Running, startStet } from './children.ts'
import { type Desk, withClient } from './desk.ts'
import { median, slice, type Target, type Times } from './measure.ts'

/** One line of the outcome. */
export type Line = {
  case: string
  against: string
  connections: number | null
  floor: { median: number; p95: number } | null
  ours: { median: number; p95: number }
  /** Ours by the floor's: the median over the rounds of the ratio within each. */
  ratio: number | null
  needed: number | null
  unit: 'ms' | 'MB' | 's'
}

export type Length = { rounds: number; requests: number }

type Case = {
  name: string
  ours: Target
  floors: { name: string; target: Target; needed: number | null }[]
  connections: readonly number[]
}

const ALL = [1, 10, 50] as const

/** Every case that is asked over HTTP; growth only where there is a small desk to grow from. */
export async function httpCases(desk: Desk, small: Desk | null, length: Length): Promise<Line[]> {
  const page = (of: Desk, name: keyof Desk['addresses']): Target => ({
    url: of.stet.url + of.addresses[name],
    headers: { cookie: `stet_session=${of.token}` },
  })
  const floor = (kind: 'json' | 'list' | 'page', name: string): Target => ({
    url: `${desk.floors.url}/${kind}/${name}`,
  })
  const bare = (name: string, needed: number | null) => ({
    name: 'bare Express + EJS',
    target: floor('list', name),
    needed,
  })
  const json = (name: string, needed: number | null) => ({
    name: 'the query, bare node:http',
    target: floor('json', name),
    needed,
  })
  const cases: Case[] = [
    {
      name: 'list of 50, filtered',
      ours: page(desk, 'list'),
      floors: [bare('list', 1.5), json('list', null)],
      connections: ALL,
    },
    {
      name: `page ${desk.farPage.toLocaleString('en')}`,
      ours: page(desk, 'far'),
      floors: [{ name: 'page 1', target: page(desk, 'first'), needed: 1.2 }],
      connections: ALL,
    },
    ...(['common', 'rare'] as const).map((word) => ({
      name: `search, ${word} word`,
      ours: page(desk, word),
      floors: [json(word, 2), bare(word, null)],
      connections: ALL,
    })),
    {
      name: 'claim page, 10 / 10 / 50',
      ours: page(desk, 'claim'),
      floors: [{ name: 'its queries, bare Express + EJS', target: floor('page', 'claim'), needed: 2 }],
      connections: ALL,
    },
    {
      name: 'audited decision',
      ours: await decisions(desk),
      floors: [{ name: 'bare update + history row', target: await bareDecisions(desk), needed: 3 }],
      connections: ALL,
    },
  ]
  if (small)
    for (const [name, at] of Object.entries(GROWING))
      cases.push({
        name: `${name}, at ${desk.count.toLocaleString('en')} claims`,
        ours: page(desk, at),
        floors: [{ name: `at ${small.count.toLocaleString('en')} claims`, target: page(small, at), needed: 1.3 }],
        connections: [10],
      })
  const lines: Line[] = []
  for (const one of cases) {
    lines.push(...(await measured(one, length)))
    console.log(`  ${one.name}: done`)
  }
  return lines
}

const GROWING = {
  list: 'list',
  'search, common word': 'common',
  'search, rare word': 'rare',
  'claim page': 'claim',
  queue: 'queue',
} as const

/** Floors and ours in turn, round by round, each round beginning with another one; all have run for a while, as a desk has. */
async function measured({ name, ours, floors, connections }: Case, { rounds, requests }: Length): Promise<Line[]> {
  const targets = [...floors.map(({ target }) => target), ours]
  for (const target of targets) await slice(target, 10, target.next ? 100 : 300)
  const lines: Line[] = []
  for (const many of connections) {
    const times = targets.map((): Times[] => [])
    for (let round = 0; round < rounds; round += 1)
      for (const step of targets.keys()) {
        const at = (round + step) % targets.length
        const target = targets[at]
        if (target) times[at]?.push(await slice(target, many, Math.max(requests, 10 * many)))
      }
    const mine = times.at(-1) ?? []
    for (const [index, { name: against, needed }] of floors.entries()) {
      const theirs = times[index] ?? []
      const ratio = median(mine.map(({ median }, round) => median / (theirs[round]?.median ?? Number.NaN)))
      lines.push({
        case: name,
        against,
        connections: many,
        floor: summed(theirs),
        ours: summed(mine),
        ratio,
        needed,
        unit: 'ms',
      })
    }
  }
  return lines
}

function summed(times: readonly Times[]): { median: number; p95: number } {
  return { median: median(times.map((one) => one.median)), p95: median(times.map((one) => one.p95)) }
}

/** Decides another claim with every request, as the form of its page does. */
async function decisions(desk: Desk): Promise<Target> {
  const waiting = await withClient(desk.admin, async (client) => {
    const { rows } = await client.query<{ ref: string; revision: number }>(
      `select ref, revision from claim where stage = 'in_review' order by md5(ref)`,
    )
    return rows
  })
  return {
    url: desk.stet.url,
    headers: { cookie: `stet_session=${desk.token}`, 'sec-fetch-site': 'same-origin' },
    next() {
      const claim = waiting.pop()
      if (!claim) throw new Error('No claim is left to decide: fewer --requests, or more --claims')
      const fields = { requestId: randomUUID(), revision: String(claim.revision), verdict: 'verified', rationale: WHY }
      return { path: `/claims/${claim.ref}/decisions`, body: new URLSearchParams(fields).toString() }
    },
  }
}

const WHY = 'Two people saw it, and the order itself says so.'

async function bareDecisions(desk: Desk): Promise<Target> {
  let id = 0
  return {
    url: desk.floors.url,
    next() {
      id = (id % desk.count) + 1
      const fields = { id: String(id), verdict: 'verified', rationale: WHY }
      return { path: '/decide', body: new URLSearchParams(fields).toString() }
    },
  }
}

/**
 * The CSV of all verified claims against COPY of the same rows, in turn, and what memory it takes: of an application that has just started, so
 * that the peak is the export's own, and of the one that all cases before were asked of.
 */
export async function csvCase(desk: Desk, rounds: number): Promise<Line[]> {
  const [ours, floors]: [number[], number[]] = [[], []]
  const fresh = await startStet(desk.environment)
  await download(desk, fresh)
  const peak = (await peakOf(fresh.pid)) ?? Number.NaN
  for (let round = 0; round < rounds; round += 1) {
    floors.push(await timed(() => copied(desk)))
    ours.push(await timed(() => download(desk, fresh)))
  }
  await fresh.stop()
  const warm = (await memoryOf(desk.stet.pid)) ?? Number.NaN
  const of = (times: number[]) => ({ median: median(times), p95: Math.max(...times) })
  const [floor, mine] = [of(floors), of(ours)]
  const ratio = median(ours.map((time, round) => time / (floors[round] ?? Number.NaN)))
  const name = 'CSV of all verified'
  return [
    { case: name, against: 'COPY', connections: null, floor, ours: mine, ratio, needed: 2, unit: 'ms' },
    figure(`${name}: peak memory`, peak, 200, 'MB'),
    figure('memory after all cases before', warm, null, 'MB'),
  ]
}

async function download(desk: Desk, stet: Running): Promise<number> {
  const answer = await fetch(`${stet.url}/exports/claims.csv?preset=verified`, {
    headers: { cookie: `stet_session=${desk.token}` },
  })
  if (answer.status !== 200 || !answer.body) throw new Error(`The export answers ${answer.status}`)
  let bytes = 0
  for await (const piece of answer.body) bytes += (piece as Uint8Array).length
  return bytes
}

async function copied(desk: Desk): Promise<number> {
  return withClient(desk.app, async (client) => {
    const stream = client.query(copyTo(COPY))
    let bytes = 0
    stream.on('data', (piece: Buffer) => {
      bytes += piece.length
    })
    await finished(stream)
    return bytes
  })
}

const COPY = `copy (
  select ${COLUMNS.map((column) => `sealed."${column}"`).join(', ')}
  from decision d join claim c on c.id = d.claim_id left join decision_end e on e.decision_id = d.id
  cross join lateral jsonb_to_record(d.seal->'row') as sealed(${COLUMNS.map((column) => `"${column}" text`).join(', ')})
  where d.verdict = 'verified' and e.decision_id is null and c.superseded_by_id is null
  order by c.story_id, c.number) to stdout with (format csv, header)`

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** A figure that has no floor. */
export function figure(name: string, value: number, needed: number | null, unit: Line['unit']): Line {
  return {
    case: name,
    against: '–',
    connections: null,
    floor: null,
    ours: { median: value, p95: value },
    ratio: null,
    needed,
    unit,
  }
}
