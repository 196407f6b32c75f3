import { describe, expect, test } from 'vitest'
import { claimTeller } from '../../src/claims/telling.ts'
import { type ClaimMask, FIELDS_OF_CLAIM, maskFields, WITHHELD_VALUE } from '../../src/privacy/event.ts'

const MASK: ClaimMask = {
  sources: new Map([
    [2, 'private'],
    [3, 'not_for_attribution'],
  ]),
  names: new Map([[7, ['Aigul Qarimova', 'Айгүл Кәрімова']]]),
  isFromWithheld: true,
  passages: ['At least 26 were killed, the ministry said.'],
}
const shown = (fields: object) => maskFields(fields, MASK)

describe('An event of a claim, as those are shown it who may not see private sources', () => {
  test('has nothing of a field that no rule names', () => {
    expect(shown({ whispered: 'a secret', letter: { id: 1, title: 'a secret' } })).toEqual({
      whispered: WITHHELD_VALUE,
      letter: WITHHELD_VALUE,
    })
    expect(shown({ constructor: 'a secret', __proto__: null })).toEqual({ constructor: WITHHELD_VALUE })
  })

  test('has a rule for every field that its history tells', () => {
    const { labels } = claimTeller(null, { people: new Map(), questions: new Map() })
    // Told within a part, never by itself.
    const within = ['findingNote', 'originalWords']
    expect(Object.keys(labels).filter((field) => !(field in FIELDS_OF_CLAIM) && !within.includes(field))).toEqual([])
  })

  test('keeps what is open, and parts of sources that are', () => {
    const open = {
      statement: 'Qarimova left.',
      stage: 'decided',
      figureLow: '26',
      attributions: [{ id: 1, sourceId: 1, passage: 'x' }],
    }
    expect(shown(open)).toEqual(open)
  })

  test('has of a part only what the record says of it, by the source that the event itself names', () => {
    const part = {
      id: 4,
      sourceId: 2,
      position: 'denies',
      passage: 'secret',
      quote: 'secret',
      speakerAsPrinted: 'secret',
      cue: 'secret',
    }
    const withheld = { id: 4, position: 'denies', isWithheld: true }
    expect(shown({ attributions: [part], attribution: part, evidence: { ...part, note: 'secret' } })).toEqual({
      attributions: [withheld],
      attribution: withheld,
      evidence: withheld,
    })
  })

  test('has nothing of a part that names no source', () => {
    expect(shown({ attribution: { id: 4, passage: 'secret' } })).toEqual({ attribution: { id: 4, isWithheld: true } })
    expect(shown({ evidence: 'secret', attributions: 'secret' })).toEqual({
      evidence: WITHHELD_VALUE,
      attributions: WITHHELD_VALUE,
    })
  })

  test('has nothing of a part that was not for attribution, whatever its source has become since', () => {
    const part = {
      id: 4,
      sourceId: 1,
      speakerId: 7,
      terms: 'not_for_attribution',
      passage: 'said Qarimova',
      position: 'asserts',
    }
    expect(shown({ attribution: part })).toEqual({ attribution: { id: 4, position: 'asserts', isWithheld: true } })
  })

  test('has of a finding whether it was said; one that names no source is withheld with anything on the claim', () => {
    const finding = { id: 4, finding: 'altered', findingNote: 'secret', originalWords: 'secret' }
    const withheld = { id: 4, finding: 'altered', isWithheld: true }
    expect(shown({ finding: { ...finding, sourceId: 2 } })).toEqual({ finding: withheld })
    expect(shown({ findings: [{ ...finding, sourceId: 2 }] })).toEqual({ findings: [withheld] })
    expect(shown({ finding })).toEqual({ finding: withheld })
    expect(maskFields({ finding }, { ...MASK, isFromWithheld: false })).toEqual({ finding })
    expect(shown({ finding: { ...finding, sourceId: 1 } })).toEqual({ finding: { ...finding, sourceId: 1 } })
  })

  test('has the figure as printed where a passage that is shown has it', () => {
    expect(shown({ figureWording: 'at least 26' })).toEqual({ figureWording: 'at least 26' })
    expect(shown({ figureWording: 'at least 2' })).toEqual({ figureWording: WITHHELD_VALUE })
    expect(shown({ figureWording: 'twenty-six in the cellar' })).toEqual({ figureWording: WITHHELD_VALUE })
    expect(maskFields({ figureWording: 'in the cellar' }, { ...MASK, isFromWithheld: false })).toEqual({
      figureWording: 'in the cellar',
    })
  })

  test('has no prose that names who is not to be named, in any of their names and inflected', () => {
    for (const words of ['Qarimova told us', 'asked AIGUL again', 'письмо Кәрімоваға', 'Qarimova’s', 'QARIMOVÁ'])
      expect(shown({ changeNote: words }), words).toEqual({ changeNote: WITHHELD_VALUE })
    expect(shown({ changeNote: 'The ministry told us.' })).toEqual({ changeNote: 'The ministry told us.' })
  })

  test('that holds no fields tells nothing', () => {
    for (const value of [null, undefined, 'secret', 3, ['secret']]) expect(maskFields(value, MASK)).toBeNull()
  })
})
