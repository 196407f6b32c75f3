import { describe, expect, it } from 'vitest'
import type { AttributionPart, EvidencePart, Parts, Ruling, SourcePart } from '../../src/decisions/parts.ts'
import { COLUMNS, rowOf } from '../../src/decisions/row.ts'
import { sealOf } from '../../src/decisions/seal.ts'
import type { Withheld } from '../../src/privacy/withheld.ts'

const NOTHING: Withheld = { sources: new Map(), names: new Map() }
const hiding = (id: number): Withheld => ({ ...NOTHING, sources: new Map([[id, 'private']]) })

const DISPATCH: SourcePart = {
  id: 1,
  url: 'https://example.org/dispatch',
  archiveUrl: 'https://archive.example.org/1',
  title: 'Dispatch | The Courier',
  publisher: 'The Courier',
  publisherId: 9,
  publishedOn: '2022-01-07',
  isPrivate: false,
}
const MEMO: SourcePart = {
  ...DISPATCH,
  id: 2,
  url: 'https://example.org/memo',
  archiveUrl: 'https://archive.example.org/2',
  title: 'Memo',
  publisher: 'Secret Office',
  publishedOn: '2022-01-05',
}

const MINISTRY: AttributionPart = {
  id: 11,
  source: DISPATCH,
  captureSha256: 'a'.repeat(64),
  speaker: 'Defence Ministry',
  speakerId: 5,
  speakerKind: 'organisation',
  speakerRole: 'ministry of Russia',
  speakerAsPrinted: 'the Russian Defence Ministry',
  naming: 'named',
  position: 'asserts',
  relays: [
    { id: 6, name: 'TASS', printed: true },
    { id: 7, name: 'Interfax', printed: false },
  ],
  cue: 'told the TASS agency',
  hedges: ['reportedly', 'at least'],
  occasion: 'at a briefing',
  speech: 'paraphrase',
  passage: 'nine Il-76 transports landed',
  quote: 'nine',
  originalWords: null,
  originalLanguage: null,
  saidOn: '2022-01-07',
  terms: null,
  finding: 'confirmed_relayed',
  findingNote: null,
  findingUrl: null,
}
const COLONEL: AttributionPart = {
  ...MINISTRY,
  id: 12,
  source: MEMO,
  captureSha256: 'b'.repeat(64),
  speaker: null,
  speakerId: null,
  speakerKind: null,
  speakerRole: '',
  speakerAsPrinted: 'a colonel',
  naming: 'described',
  position: 'denies',
  relays: [],
  finding: 'unchecked',
}
const ORDER: EvidencePart = {
  id: 21,
  source: { ...MEMO, id: 3, url: 'https://example.org/order', archiveUrl: null, title: 'Order' },
  captureSha256: 'c'.repeat(64),
  stance: 'supports',
  basis: 'document',
  restsOnParty: null,
  restsOnSource: null,
  isTheAct: true,
  passage: null,
  note: '',
}

const PARTS: Parts = {
  claim: {
    id: 1,
    ref: 'KZ-4',
    revision: 3,
    stage: 'in_review',
    statement: 'Nine Il-76 transports landed at Almaty.',
    language: 'en',
    story: 'Unrest in Kazakhstan',
    occurredOn: '2022-01-07',
    place: 'Almaty',
    figureComparator: 'stated',
    figureLow: '9',
    figureHigh: '9',
    figureWording: 'nine',
    figureAsOf: '2022-01-07',
    supersededBy: null,
  },
  attributions: [MINISTRY, COLONEL],
  evidence: [ORDER],
  independentSources: 1,
  ruling: null,
}
const RULING: Ruling = {
  verdict: 'verified',
  rationale: 'The order itself was seen.',
  decidedBy: 'Eve Egan',
  decidedById: 3,
  secondedBy: 'Sam Sato',
  secondedById: 4,
  override: null,
  replySought: null,
  decidedAt: '2022-01-08T10:00:00.000Z',
  change: null,
  changeNote: null,
}

describe('A claim as a row', () => {
  it('has every column of the header and no other, in its order', () => {
    expect(Object.keys(rowOf(PARTS, NOTHING, false, ''))).toEqual([...COLUMNS])
    expect(COLUMNS).toHaveLength(53)
  })

  it('tells the first attribution in full and joins speaker, position, source and finding of all in the same order', () => {
    const row = rowOf(PARTS, NOTHING, false, 'https://stet.example.org')
    expect(row).toMatchObject({
      speaker: 'Defence Ministry | a colonel',
      position: 'asserts | denies',
      source_url: 'https://example.org/dispatch | https://example.org/memo',
      source_title: 'Dispatch ¦ The Courier | Memo',
      finding: 'confirmed_relayed | unchecked',
      speaker_kind: 'organisation',
      speaker_role: 'ministry of Russia',
      naming: 'named',
      relay: 'TASS | Interfax',
      publisher: 'The Courier',
      cue: 'told the TASS agency',
      hedges: 'reportedly | at least',
      passage: 'nine Il-76 transports landed',
      evidence_urls: 'https://example.org/order',
      archive_urls: 'https://archive.example.org/1 | https://archive.example.org/2',
      capture_sha256: ['a', 'b', 'c'].map((letter) => letter.repeat(64)).join(' | '),
      independent_sources: '1',
      verdict: '',
      question: '',
      contradicts: '',
      published_at: '',
      permalink: 'https://stet.example.org/claims/KZ-4',
    })
  })

  it('keeps the place of what is not known, so that the columns stay in step', () => {
    const unknown = { ...COLONEL, speakerAsPrinted: null, source: { ...MEMO, url: null, title: null } }
    const row = rowOf({ ...PARTS, attributions: [unknown, MINISTRY, unknown] }, NOTHING, false, '')
    expect(row.speaker).toBe(' | Defence Ministry | ')
    expect(row.source_url).toBe(' | https://example.org/dispatch | ')
    expect(rowOf({ ...PARTS, attributions: [unknown, unknown] }, NOTHING, false, '').speaker).toBe('')
  })

  it('has the title of a single source as it stands, bar and all', () => {
    expect(rowOf({ ...PARTS, attributions: [MINISTRY] }, NOTHING, false, '').source_title).toBe(
      'Dispatch | The Courier',
    )
  })

  it('has nothing of a hidden source, but says that there is one', () => {
    const parts: Parts = { ...PARTS, attributions: [COLONEL, MINISTRY], evidence: [{ ...ORDER, source: MEMO }] }
    const row = rowOf(parts, hiding(MEMO.id), false, '')
    expect(row.source_title).toBe('a private source | Dispatch ¦ The Courier')
    expect(row.position).toBe('denies | asserts')
    const text = Object.values(row).join('\n')
    for (const word of [
      'memo',
      'Secret Office',
      '2022-01-05',
      'colonel',
      'Il-76 transports landed\n',
      'b'.repeat(64),
      'archive.example.org/2',
    ])
      expect(text, word).not.toContain(word)
    expect([row.passage, row.quote, row.cue, row.occasion, row.hedges, row.evidence_urls]).toEqual([
      '',
      '',
      '',
      '',
      '',
      '',
    ])
  })

  it('is one even without an attribution', () => {
    expect(rowOf({ ...PARTS, attributions: [], evidence: [] }, NOTHING, false, '')).toMatchObject({
      claim: 'KZ-4',
      speaker: '',
      finding: '',
    })
  })
})

describe('What it contradicts', () => {
  it('is joined, and empty for a seal that does not have it', () => {
    const contradicts = ['KZ-2', 'KZ-10']
    expect(rowOf({ ...PARTS, claim: { ...PARTS.claim, contradicts } }, NOTHING, false, '').contradicts).toBe(
      'KZ-2 | KZ-10',
    )
    expect(rowOf(PARTS, NOTHING, false, '').contradicts).toBe('')
  })
})

describe('A seal', () => {
  it('holds the row as decided, its parts, and every source it shows something of', () => {
    const resting = { ...ORDER, id: 22, restsOnSource: { ...MEMO, id: 8 } }
    const { seal, sealVersion, sourceIds } = sealOf({ ...PARTS, evidence: [ORDER, resting] }, RULING, 4)
    expect(seal.row).toMatchObject({
      claim: 'KZ-4',
      revision: '4',
      stage: 'decided',
      verdict: 'verified',
      decided_by: 'Eve Egan',
      decided_by_id: '3',
      seconded_by: 'Sam Sato',
      seconded_by_id: '4',
      decided_at: '2022-01-08T10:00:00.000Z',
    })
    expect(seal.parts.ruling).toEqual(RULING)
    expect(sealVersion).toBe(3)
    expect(sourceIds).toEqual([1, 2, 3, 8])
  })

  it('has nothing of a source that is private already in its row, and its parts compose the same row again', () => {
    const parts: Parts = { ...PARTS, attributions: [{ ...MINISTRY, source: { ...DISPATCH, isPrivate: true } }] }
    const { seal } = sealOf(parts, RULING, 4)
    expect(seal.row.source_url).toBe('')
    expect(seal.row.source_title).toBe('a private source')
    expect(rowOf(JSON.parse(JSON.stringify(seal.parts)), hiding(DISPATCH.id), false, '')).toEqual(seal.row)
  })
})
