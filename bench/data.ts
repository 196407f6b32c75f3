import { createHash } from 'node:crypto'
import { foldName } from '../src/folding.ts'
import { lengthOf, normalised } from '../src/text.ts'
import { add, type Chunk, instant } from './chunk.ts'
import { claimRows, type SourceMade, type World } from './claims.ts'
import { type Chain, chains } from './events.ts'
import { type Random, randomFrom } from './random.ts'
import { coined, sentence } from './words.ts'

const CHUNK = 2_500
const STORIES = 20
const PARTIES = 2_000
const PEOPLE = { admin: 1, editor: 4, reporter: 6, reader: 1 } as const
const SENTENCES = 24

/** The record of a desk with this many claims, the same for the same number: first what claims need, then the claims, a chunk at a time. */
export function* recordOf(count: number): Generator<Chunk> {
  const random = randomFrom(count)
  const ids = new Map<string, number>()
  const nextId = (table: string) => {
    const id = (ids.get(table) ?? 0) + 1
    ids.set(table, id)
    return id
  }
  const chunk: Chunk = new Map()
  const chain = chains(nextId)
  const people = Object.entries(PEOPLE).flatMap(([role, many]) =>
    Array.from({ length: many }, () => person(chunk, chain, nextId, role)),
  )
  const having = (role: string) => people.filter((one) => one.role === role)
  const world: World = {
    random,
    chain,
    count,
    stories: Array.from({ length: STORIES }, (_, index) => story(chunk, chain, nextId, index, count)),
    parties: Array.from({ length: PARTIES }, (_, index) => party(chunk, chain, nextId, random, index)),
    sources: [],
    reporters: having('reporter').map(({ id }) => id),
    editors: having('editor'),
    nextId,
  }
  yield chunk

  const sources = Math.max(250, Math.round(count / 40))
  for (let from = 0; from < sources; from += CHUNK) {
    const some: Chunk = new Map()
    for (let index = from; index < Math.min(from + CHUNK, sources); index += 1)
      world.sources.push(source(some, world, index))
    yield some
  }
  for (let from = 0; from < count; from += CHUNK) {
    const some: Chunk = new Map()
    for (let index = from; index < Math.min(from + CHUNK, count); index += 1) claimRows(some, world, index)
    yield some
  }
}

type NextId = World['nextId']

function person(chunk: Chunk, chain: Chain, nextId: NextId, role: string) {
  const id = nextId('account')
  const [created_at, name] = [instant(-900 * 24 * 60), `${coined(id * 7)} ${coined(3000 + id)}`]
  const kept = chain(chunk, 'account', id, [{ actor: null, at: created_at, action: 'created', after: { name, role } }])
  const settings = { time_zone: 'UTC', theme: 'system', density: 'comfortable', shortcuts: true }
  add(chunk, 'account', { id, email: `${role}${id}@example.org`, name, role, ...settings, created_at, ...kept })
  return { id, name, role }
}

function story(chunk: Chunk, chain: Chain, nextId: NextId, index: number, count: number) {
  const id = nextId('story')
  const [code, title, created_at] = [`S${id}A`, `The ${coined(id * 31)} story`, instant(-880 * 24 * 60)]
  const kept = chain(chunk, 'story', id, [{ actor: 1, at: created_at, action: 'created', after: { code, title } }])
  const last_number = Math.floor((count - 1 - index) / STORIES) + 1
  add(chunk, 'story', { id, code, title, summary: '', time_zone: 'UTC', last_number, created_at, ...kept })
  return { id, code, title }
}

const KINDS = ['person', 'person', 'organisation', 'organisation', 'group'] as const

function party(chunk: Chunk, chain: Chain, nextId: NextId, random: Random, index: number) {
  const id = nextId('party')
  const kind = random.pick(KINDS)
  const name =
    kind === 'person' ? `${coined(index)} ${coined(index + 4000)}` : `${coined(index)} ${random.pick(HOUSES)}`
  const created_at = instant(-860 * 24 * 60)
  const kept = chain(chunk, 'party', id, [{ actor: 1, at: created_at, action: 'created', after: { name, kind } }])
  add(chunk, 'party', { id, kind, name, folded: foldName(name), note: '', created_at, ...kept })
  for (let many = index % 3; many > 0; many -= 1) {
    const alias = `${coined(index + 6000 * many)} ${many}`
    add(chunk, 'party_alias', { id: nextId('party_alias'), party_id: id, alias, folded: foldName(alias) })
  }
  if (kind === 'person')
    add(chunk, 'party_role', {
      id: nextId('party_role'),
      party_id: id,
      role: 'spokesperson',
      from_date: '2021',
      to_date: null,
    })
  return { id, name, kind }
}

const HOUSES = ['Ministry', 'Министерство', 'Courier', 'Agency', 'وكالة', '通讯社', 'Council', 'Police'] as const
const SOURCE_KINDS = ['article', 'article', 'agency_report', 'official_document', 'press_release', 'video'] as const

function source(chunk: Chunk, world: World, index: number): SourceMade {
  const { random, chain, nextId, parties } = world
  const id = nextId('source')
  const publisher = random.pick(parties)
  const title = sentence(random, 8)
  const url = `https://source-${id}.example.org/reports/${coined(index)}`
  const created_at = instant(-random.below(800 * 24 * 60) - 20 * 24 * 60)
  const isPrivate = random.below(50) === 0
  const published_on = created_at.slice(0, 10)
  const kept = chain(chunk, 'source', id, [{ actor: 6, at: created_at, action: 'created', after: { url } }])
  add(chunk, 'source', {
    id,
    kind: random.pick(SOURCE_KINDS),
    url,
    canonical_url: url,
    archive_url: index % 3 ? null : `https://archive.example.org/${id}`,
    title: normalised(title.text),
    title_inferred: false,
    publisher_id: publisher.id,
    publisher_inferred: false,
    published_on,
    published_on_inferred: false,
    language: title.language,
    is_private: isPrivate,
    notes: '',
    added_by_id: 6,
    created_at,
    ...kept,
  })
  const passages: { text: string; start: number; end: number }[] = []
  let [text, length] = ['', 0]
  for (let many = 0; many < SENTENCES; many += 1) {
    const told = normalised(sentence(random, 8 + random.below(16)).text)
    const size = lengthOf(told)
    passages.push({ text: told, start: length, end: length + size })
    text += `${told} `
    length += size + 1
  }
  const captureId = nextId('capture')
  const sha256 = createHash('sha256').update(text).digest('hex')
  add(chunk, 'capture', {
    id: captureId,
    source_id: id,
    taken_at: created_at,
    text,
    sha256,
    how: 'pasted',
    taken_by_id: 6,
  })
  const part = {
    id,
    url,
    archiveUrl: index % 3 ? null : `https://archive.example.org/${id}`,
    title: normalised(title.text),
    publisher: publisher.name,
    publisherId: publisher.id,
    publishedOn: published_on,
    isPrivate,
  }
  return { part, captureId, sha256, passages }
}
