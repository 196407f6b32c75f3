import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { attributionForm, attributionProblems, isBlank, notInText, speechOf } from '../../src/claims/attribution.ts'
import { figureOf, newClaimForm, problemsIn } from '../../src/claims/claim.ts'
import { blankAttribution, blankClaim, reshaped, typedClaim } from '../../src/claims/form.ts'
import { comparedWith } from '../../src/claims/stale.ts'
import { readForm } from '../../src/web/form.ts'

type Given = Partial<z.input<typeof attributionForm>>

const attribution = (given: Given = {}) =>
  attributionForm.parse({ source: '#1', naming: 'named', position: 'asserts', speaker: 'Interior Ministry', ...given })
const faults = (given: Given) => attributionProblems(attribution(given)).map(({ field }) => field)

test('The language of original words is one that there is', () => {
  const given = { source: '#1', naming: 'named', position: 'asserts', originalLanguage: '!!' }
  expect(readForm(attributionForm, given).problems.map(({ field }) => field)).toEqual(['originalLanguage'])
})

describe('An attribution', () => {
  test.each<[string, Given, string[]]>([
    ['a named speaker with a name', {}, []],
    ['a named speaker without one', { speaker: '' }, ['speaker']],
    [
      'a described speaker as printed',
      { naming: 'described', speaker: '', speakerAsPrinted: 'a ministry official' },
      [],
    ],
    ['a described speaker without the description', { naming: 'described' }, ['speakerAsPrinted']],
    ['a collective as printed', { naming: 'collective', speaker: '', speakerAsPrinted: 'analysts' }, []],
    ['an unstated speaker', { naming: 'unstated', speaker: '', hedges: 'reportedly' }, []],
    ['an unstated speaker with a name', { naming: 'unstated' }, ['speaker']],
    ['the publication’s own voice', { naming: 'own_voice', speaker: '' }, []],
    ['own voice with another speaker', { naming: 'own_voice' }, ['speaker']],
    ['own voice with quoted words', { naming: 'own_voice', speaker: '', passage: 'a b', quote: 'b' }, ['quote']],
    ['unclear whose clause', { naming: 'unclear', speaker: '' }, []],
    ['no source', { source: '' }, ['source']],
    ['a quote inside its passage', { passage: 'order was “basically” back', quote: 'basically' }, []],
    [
      'a quote with other quotation marks',
      { passage: 'the “so-called ‘order’” was back', quote: "so-called 'order'" },
      [],
    ],
    ['a quote that is not in its passage', { passage: 'order was back', quote: 'basically' }, ['quote']],
    ['a quote without a passage', { quote: 'basically' }, ['passage']],
    ['direct speech without words', { passage: 'a', speech: 'direct' }, ['quote']],
    ['a paraphrase with quoted words', { passage: 'a b', quote: 'b', speech: 'paraphrase' }, ['speech']],
    ['original words without a language', { originalWords: 'порядок' }, ['originalLanguage']],
    ['a relay that is only ticked', { relays: [{ inferred: 'yes' }] }, ['relays[0][party]']],
  ])('%s', (_, given, fields) => {
    expect(faults(given)).toEqual(fields)
  })

  test('gives its words as a paraphrase unless something is quoted; own voice has no speech', () => {
    expect(speechOf(attribution())).toBe('paraphrase')
    expect(speechOf(attribution({ quote: 'b', passage: 'a b' }))).toBe('partial')
    expect(speechOf(attribution({ naming: 'own_voice', speaker: '' }))).toBeNull()
  })

  test('left empty is passed over', () => {
    expect(isBlank(attributionForm.parse({ naming: 'named', position: 'asserts' }))).toBe(true)
    expect(isBlank(attribution({ speaker: '', source: '', cue: 'said' }))).toBe(false)
  })

  test('says which printed parts do not stand around its passage', () => {
    const text = 'The ministry said Friday that at least 26 were killed.'
    expect(notInText(text, { cue: 'said Friday', hedges: ['at least', 'nearly'], quote: 'killed' })).toEqual([
      'hedge “nearly”',
    ])
  })
})

const problemsOf = (form: z.output<typeof newClaimForm>) => problemsIn({ form, problems: [] }, {})
const claim = (figure?: object, attributions: object[] = []) =>
  newClaimForm.parse({ statement: 'At least 26 were killed.', story: '1', ...(figure ? { figure } : {}), attributions })
const figureFaults = (figure: object) => problemsOf(claim(figure)).map(({ field }) => field)

describe('A figure', () => {
  test.each<[string, object, string[]]>([
    ['none', {}, []],
    ['at least 26', { comparator: 'at_least', low: '26', wording: 'at least 26' }, []],
    ['between 10 and 20', { comparator: 'between', low: '10', high: '20', wording: 'between 10 and 20' }, []],
    ['a wording without a number', { comparator: 'about', wording: 'dozens' }, []],
    ['a number without how it is put', { low: '26' }, ['figure[comparator]']],
    ['no wording', { comparator: 'stated', low: '18' }, ['figure[wording]']],
    ['low above high', { comparator: 'between', low: '20', high: '10', wording: 'w' }, ['figure[high]']],
    ['between with one number', { comparator: 'between', low: '20', wording: 'w' }, ['figure[high]']],
    [
      'at most with a lower number',
      { comparator: 'at_most', low: '20', wording: 'w' },
      ['figure[high]', 'figure[low]'],
    ],
    ['stated with an upper number', { comparator: 'stated', low: '1', high: '2', wording: 'w' }, ['figure[high]']],
    ['words for a number', { comparator: 'stated', low: 'eighteen', wording: 'w' }, ['figure[low]']],
    ['sixty digits', { comparator: 'stated', low: '9'.repeat(60), wording: 'w' }, ['figure[low]']],
  ])('%s', (_, figure, fields) => {
    expect(figureFaults(figure)).toEqual(fields)
  })

  test.each([
    ['26', '26'],
    ['1,500,000.25', '1500000.25'],
    ['1.000,5', '1000.5'],
    ['٢٦', '26'],
    ['1.5 million', '1500000'],
    ['-3', '-3'],
  ])('typed as “%s” is stored as %s', (low, stored) => {
    expect(figureOf(claim({ comparator: 'stated', low, wording: 'w' })).figureLow).toBe(stored)
  })

  test('that can be read in two ways is refused with both', () => {
    expect(problemsOf(claim({ comparator: 'stated', low: '1.000', wording: 'w' }))).toEqual([
      {
        field: 'figure[low]',
        message: '“1.000” is 1000 in some countries and 1 in others: write the one that is meant.',
      },
    ])
  })

  test('is kept as decimals of any size, never as a float', () => {
    expect(
      figureOf(claim({ comparator: 'stated', low: '123456789012345678901234567890', wording: 'w' })).figureLow,
    ).toBe('123456789012345678901234567890')
  })
})

describe('A claim’s form', () => {
  test('names the fault of the third attribution by its own field', () => {
    const blank = { naming: 'named', position: 'asserts' }
    const faulty = { ...blank, source: '#1', speaker: 'A', relays: [{}, { inferred: 'yes' }] }
    expect(problemsOf(claim(undefined, [blank, blank, faulty])).map(({ field }) => field)).toEqual([
      'attributions[2][relays][1][party]',
    ])
  })

  test('is told everything that is wrong with it at once', () => {
    const body = {
      statement: '',
      story: '1',
      figure: { low: 'many' },
      attributions: [{ naming: 'named', position: 'asserts', source: '#1' }],
    }
    expect(problemsIn(readForm(newClaimForm, body), body).map(({ field }) => field)).toEqual([
      'statement',
      'figure[low]',
      'figure[comparator]',
      'attributions[0][speaker]',
    ])
  })

  test('gains, follows and loses an attribution by its own buttons, and nothing typed is lost', () => {
    const typed = typedClaim({
      statement: 'S',
      attributions: [{ source: '#1', passage: 'P', speaker: 'A', naming: 'named' }],
    })
    const more = reshaped(typed, 'speaker-0')
    expect(more?.attributions.map(({ speaker, passage }) => [speaker, passage])).toEqual([
      ['A', 'P'],
      ['', 'P'],
    ])
    expect(reshaped(typed, 'add')?.attributions.map(({ source, passage }) => [source, passage])).toEqual([
      ['#1', 'P'],
      ['#1', ''],
    ])
    expect(more && reshaped(more, 'remove-0')?.attributions).toHaveLength(1)
    expect(reshaped(typed, 'save')).toBeNull()
    expect(reshaped(typed, 'remove-7')).toBeNull()
  })

  test('shows again whatever was sent, as text, and never breaks', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect(typeof typedClaim(body).statement).toBe('string')
      }),
    )
  })

  test('that is stale is set beside what is there now, by what differs', () => {
    const theirs = { ...blankClaim(), statement: 'Theirs', attributions: [blankAttribution()] }
    expect(comparedWith(theirs, { ...theirs, statement: 'Mine' })).toMatchObject([
      { label: 'Statement', theirs: 'Theirs', yours: 'Mine' },
    ])
    expect(comparedWith(theirs, theirs)).toEqual([])
  })
})
