import { createAccount } from '../../src/accounts/store.ts'
import { clock } from '../../src/history/store.ts'
import { type Desk, type Fields, send } from '../support/app.ts'
import { build } from '../support/build.ts'
import { givePassword } from '../support/people.ts'

/** The word planted in a column, by its table and name: told apart by it, it says where a leak comes from. */
export function markOf(column: string): string {
  return `Zq${column.replace(/[._](\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/^\w/, (one) => one.toUpperCase())}qz`
}

/** Columns in which a mark of their own is planted: words of a private source, of who is not to be named, or of somebody's own. */
export const MARKED = [
  'account.email',
  'session.user_agent',
  'comment.text',
  'saved_view.name',
  'saved_view.query',
  'source.url',
  'source.canonical_url',
  'source.archive_url',
  'source.title',
  'source.byline',
  'source.notes',
  'capture.text',
  'attribution.speaker_as_printed',
  'attribution.cue',
  'attribution.hedges',
  'attribution.occasion',
  'attribution.passage',
  'attribution.prefix',
  'attribution.suffix',
  'attribution.quote',
  'attribution.original_words',
  'attribution.finding_note',
  'attribution.finding_url',
  'evidence.passage',
  'evidence.prefix',
  'evidence.suffix',
  'evidence.note',
  'claim.figure_wording',
  'party.name',
  'party.folded',
  'party.note',
  'party_alias.alias',
  'party_alias.folded',
  'party_role.role',
] as const

const mark = Object.fromEntries(MARKED.map((column) => [column, markOf(column)])) as Record<
  (typeof MARKED)[number],
  string
>

/** Further words that stand in the columns above, each in another place of the record. */
export const ALSO = {
  publisher: 'ZqPublisheronlyqz',
  witness: 'ZqWitnessonlyqz',
  openWitnessDocument: 'ZqLaterprivateqz',
  interview: 'ZqInterviewtitleqz',
  interviewText: 'ZqInterviewtextqz',
  removedNote: 'ZqRemovednoteqz',
  editedNote: 'ZqEditednoteqz',
} as const

/** Words that reporters must be able to see, so that what is planted is known to be in use. */
export const SEEN_BY_REPORTERS: readonly string[] = [
  ...MARKED.filter((column) =>
    /^(source|attribution|evidence|claim|party)\.(?!canonical|prefix|suffix|folded)/.test(column),
  ).map(markOf),
  markOf('capture.text'),
  markOf('comment.text'),
  ...Object.values(ALSO),
]

const PASSAGE = `The ${mark['attribution.passage']} colonel ${mark['attribution.cue']} ${mark['attribution.hedges']}: “the ${mark['attribution.quote']} order”`
const EVIDENCE = `A ${mark['evidence.passage']} ledger was shown`
const TEXT = `${mark['capture.text']} begins. ${mark['attribution.prefix']} ${PASSAGE} ${mark['attribution.suffix']} and so on. ${mark['evidence.prefix']} ${EVIDENCE} ${mark['evidence.suffix']} and ends.`

const OPEN_WORDS = 'The ministry said that the order was signed.'

/** A desk on which every mark is planted, edited, taken out, split, closed and decided on. */
export async function plantedRecord(it: Desk): Promise<{ interview: number; hidden: number }> {
  const made = build(it.db, it.people.ada.id)
  const story = await made.aStory({ code: 'KZ' })
  const ministry = await made.aParty({ name: 'Interior Ministry' })
  const courier = await made.aParty({ name: 'The Courier' })
  const open = await made.aSource({ title: 'The Courier on Friday', publisherId: courier.id })
  const registry = await made.aParty({ name: 'The Registry' })
  const later = await made.aSource({
    kind: 'official_document',
    title: ALSO.openWitnessDocument,
    publisherId: registry.id,
  })
  await made.aCapture(open.id, OPEN_WORDS)

  await it.db.session.updateMany({
    where: { accountId: it.people.ben.id },
    data: { userAgent: mark['session.user_agent'] },
  })
  await givePassword(it.db, it.people.ben.id)
  const email = `${mark['account.email'].toLowerCase()}@example.org`
  await it.db.$transaction(async (tx) =>
    createAccount(tx, null, await clock(tx), { email, name: 'Lea Lang', role: 'editor' }),
  )
  await accepted('ben', '/views', {
    list: 'claims',
    name: mark['saved_view.name'],
    query: `q=${mark['saved_view.query']}`,
  })

  const hidden = numberIn(
    await accepted('ada', '/sources', {
      kind: 'interview',
      title: mark['source.title'],
      url: `https://example.org/${mark['source.url']}/${mark['source.canonical_url']}`,
      archiveUrl: `https://archive.example.org/${mark['source.archive_url']}`,
      byline: mark['source.byline'],
      notes: mark['source.notes'],
      publisher: ALSO.publisher,
      publisherNew: 'yes',
      language: 'en',
      isPrivate: 'yes',
      text: TEXT,
    }),
  )
  await accepted('ada', `/sources/${hidden}/captures`, { text: `${TEXT} Later: ${mark['capture.text']}.` })
  const priv = {
    source: `#${hidden}`,
    naming: 'described',
    position: 'asserts',
    speakerAsPrinted: mark['attribution.speaker_as_printed'],
    cue: mark['attribution.cue'],
    hedges: mark['attribution.hedges'],
    occasion: mark['attribution.occasion'],
    passage: PASSAGE,
    quote: `the ${mark['attribution.quote']} order`,
    speech: 'partial',
    originalWords: mark['attribution.original_words'],
    originalLanguage: 'ru',
  }
  const pub = {
    source: `#${open.id}`,
    naming: 'named',
    position: 'asserts',
    speaker: `#${ministry.id}`,
    passage: OPEN_WORDS,
    cue: 'said',
  }
  const figure = {
    figure: {
      comparator: 'at_least',
      low: 26,
      wording: `at least ${mark['claim.figure_wording']}`,
      asOf: '2022-01-07',
    },
    question: {
      wording: 'How many were killed?',
      measure: 'deaths',
      population: 'people',
      place: 'Almaty',
      period: 'January 2022',
      unit: 'people',
      isCumulative: 'yes',
    },
  }
  const open26 = { figure: { ...figure.figure, wording: 'at least 26' } }
  const claim = { language: 'en', story: story.id, ...figure }

  // 1: stays, is decided on and sealed; what it rests on becomes private afterwards.
  const first = await claimed('At least 26 were killed by order.', [priv, pub])
  await found(first, 'The finding of a private source.')
  await evidence(first, { source: `#${later.id}`, basis: 'document', note: 'The order itself.' })
  await evidence(first, {
    source: `#${hidden}`,
    basis: 'told_by',
    restsOnParty: ALSO.witness,
    restsOnKind: 'person',
    passage: EVIDENCE,
    note: mark['evidence.note'],
  })
  await evidence(first, { source: `#${open.id}`, basis: 'document', restsOnSource: `#${hidden}` })
  await decided(first, 'The order was seen.')
  await accepted('ada', `/claims/${first}/comments`, { comment: mark['comment.text'] })
  await accepted('ada', `/sources/${later.id}/edits`, {
    revision: 1,
    kind: 'official_document',
    title: ALSO.openWitnessDocument,
    publisher: 'The Registry',
    isPrivate: 'yes',
  })

  // 2: its private attribution is taken out again, and what it brought in stays on the claim.
  const second = await claimed('The order was given at night.', [priv])
  await found(second, 'A second finding.')
  await edited(second, [{ ...priv, id: await attributionOf(second), cue: 'said once more' }])
  await edited(second, [pub])

  // 3 and 4: one claim split in two; 5: the same private passage, closed as a duplicate of it.
  const third = await claimed('26 were killed, and 18 hurt.', [priv])
  await accepted('ada', `/claims/${third}/splits`, {
    revision: await revision(third),
    parts: [{ statement: '26 were killed.', ...figure }, { statement: '18 were hurt.' }],
  })
  const fifth = await claimed('26 people were killed.', [priv])
  await accepted('eve', `/claims/${fifth}/moves`, { revision: await revision(fifth), action: 'take_up' })
  await accepted('eve', `/claims/${fifth}/moves`, {
    revision: await revision(fifth),
    action: 'close',
    close: { because: 'duplicate', duplicateOf: third, reason: 'The same sentence.' },
  })

  // 6: evidence comes, is edited and removed.
  const sixth = await claimed('The ledger was burnt.', [pub], open26)
  await evidence(sixth, { source: `#${hidden}`, basis: 'told_by', restsOnParty: ALSO.witness, note: ALSO.editedNote })
  const piece = await it.db.evidence.findFirstOrThrow({ where: { claim: { ref: sixth } } })
  const again = { source: `#${hidden}`, stance: 'supports', basis: 'told_by', restsOnParty: ALSO.witness }
  await accepted('ada', `/claims/${sixth}/evidence/${piece.id}/edits`, {
    revision: await revision(sixth),
    ...again,
    note: ALSO.removedNote,
  })
  await accepted('ada', `/claims/${sixth}/evidence/${piece.id}/edits`, {
    revision: await revision(sixth),
    ...again,
    isRemoved: 'yes',
    reason: 'It proves nothing.',
  })

  // 7: an interview that is not private, in which somebody speaks who is not to be named.
  const unnamed = numberIn(
    await accepted('ada', '/parties', {
      kind: 'person',
      name: `${mark['party.name']} ${mark['party.folded']}`,
      aliases: `${mark['party_alias.alias']} ${mark['party_alias.folded']}`,
      roles: [{ role: mark['party_role.role'] }],
      note: mark['party.note'],
    }),
  )
  const interview = numberIn(
    await accepted('ada', '/sources', {
      kind: 'interview',
      title: ALSO.interview,
      text: `${ALSO.interviewText}: ${mark['party.name']} said that roads were shut.`,
    }),
  )
  const unattributed = {
    source: `#${interview}`,
    naming: 'named',
    position: 'asserts',
    speaker: `#${unnamed}`,
    speakerAsPrinted: `${mark['party.name']} of the ministry`,
    passage: `${mark['party.name']} said that roads were shut.`,
    terms: 'not_for_attribution',
  }
  const seventh = await claimed('The roads were shut.', [unattributed], open26)
  await found(seventh, `Seen with ${mark['party_alias.alias']}.`, `${mark['party.folded']}ning so’zlari`)
  await evidence(seventh, { source: `#${open.id}`, basis: 'document', note: 'Printed.' })
  await decided(seventh, `${mark['party.name']} was right.`)
  const eighth = await claimed('The bridges were shut.', [
    { ...unattributed, naming: 'described', speakerAsPrinted: 'a ministry official', passage: 'roads were shut' },
    pub,
  ])
  await edited(eighth, [pub])

  // A party and a source are changed afterwards, which the claims they stand in are told.
  await accepted('ada', `/parties/${unnamed}/edits`, {
    revision: 1,
    kind: 'person',
    name: `${mark['party.name']} ${mark['party.folded']} the younger`,
    aliases: `${mark['party_alias.alias']} ${mark['party_alias.folded']}`,
    roles: [{ role: mark['party_role.role'] }],
    note: mark['party.note'],
  })
  await accepted('ada', `/sources/${hidden}/edits`, {
    revision: (await it.db.source.findUniqueOrThrow({ where: { id: hidden } })).revision,
    kind: 'interview',
    title: `${mark['source.title']}, once more`,
    url: `https://example.org/${mark['source.url']}/${mark['source.canonical_url']}`,
    archiveUrl: `https://archive.example.org/${mark['source.archive_url']}`,
    byline: mark['source.byline'],
    notes: mark['source.notes'],
    publisher: ALSO.publisher,
    language: 'en',
    isPrivate: 'yes',
  })
  // That took the findings back; one is recorded anew.
  const ninth = await claimed('The order was read aloud.', [priv])
  await found(ninth, 'A finding that stands.')
  return { interview, hidden }

  async function claimed(statement: string, attributions: Fields[], own: Fields = {}): Promise<string> {
    await accepted('ada', '/claims', { ...claim, ...own, statement, intent: 'submit', attributions })
    return (await it.db.claim.findFirstOrThrow({ where: { statement } })).ref
  }

  async function edited(ref: string, attributions: Fields[]) {
    const { statement } = await it.db.claim.findUniqueOrThrow({ where: { ref } })
    const { story: _, ...words } = claim
    await accepted('ada', `/claims/${ref}/edits`, { revision: await revision(ref), statement, ...words, attributions })
  }

  async function found(ref: string, note: string, originalWords: string = mark['attribution.original_words']) {
    const id = await attributionOf(ref)
    await accepted('eve', `/claims/${ref}/attributions/${id}/findings`, {
      revision: await revision(ref),
      [`found${id}`]: {
        finding: 'altered',
        findingNote: `${note} ${mark['attribution.finding_note']}`,
        findingUrl: `https://example.org/${mark['attribution.finding_url']}`,
        originalWords,
        originalLanguage: 'ru',
      },
    })
  }

  async function evidence(ref: string, fields: Fields) {
    await accepted('ada', `/claims/${ref}/evidence`, { revision: await revision(ref), stance: 'supports', ...fields })
  }

  async function decided(ref: string, rationale: string) {
    await accepted('eve', `/claims/${ref}/moves`, { revision: await revision(ref), action: 'take_up' })
    await accepted('eve', `/claims/${ref}/decisions`, { revision: await revision(ref), verdict: 'verified', rationale })
  }

  async function attributionOf(ref: string): Promise<number> {
    return (await it.db.attribution.findFirstOrThrow({ where: { claim: { ref } }, orderBy: { ordinal: 'asc' } })).id
  }

  async function revision(ref: string): Promise<number> {
    return (await it.db.claim.findUniqueOrThrow({ where: { ref } })).revision
  }

  async function accepted(who: 'ada' | 'ben' | 'eve', path: string, fields: Fields): Promise<string> {
    const answer = await send(it.as(who), path, fields)
    if (answer.status !== 303) throw new Error(`${path}: ${answer.status} ${answer.words.slice(0, 900)}`)
    return answer.headers.location ?? ''
  }
}

function numberIn(path: string): number {
  return Number(/(\d+)(?:\D*)$/.exec(path.split(/[?#]/)[0] ?? '')?.[1])
}
