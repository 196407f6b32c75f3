import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Basis, type Stage, Stance, Verdict } from '../../prisma/client/enums.ts'
import { decide, type Ground, proposalOf, second } from '../../src/decisions/decide.ts'
import type { DecisionForm } from '../../src/decisions/forms.ts'
import { guardProblems, needsSecond, secondProblem } from '../../src/decisions/guards.ts'
import { groupCount, independentSources, type Piece, type Said, weigh } from '../../src/decisions/independence.ts'
import { ACTIONS, allowed, type MoveAction, stageAfter } from '../../src/decisions/workflow.ts'

const ministry = { id: 1, name: 'Interior Ministry' }
const agency = { id: 2, name: 'TASS' }
const hospital = { id: 3, name: 'City Hospital' }
const radio = { id: 4, name: 'Radio Outlet' }

const dispatch = { id: 10, title: 'Dispatch from Almaty', publisherId: radio.id, publisher: radio.name }
const register = { id: 11, title: 'Register of deaths', publisherId: hospital.id, publisher: hospital.name }
const release = { id: 12, title: 'Statement of the ministry', publisherId: ministry.id, publisher: ministry.name }
const footage = { id: 13, title: 'Footage of the square', publisherId: null, publisher: null }
const report = { id: 14, title: 'Agency report', publisherId: agency.id, publisher: agency.name }

/** “At least 26 protesters were killed”: the ministry said so, told to an agency, printed by a radio outlet. */
const SAID: Said[] = [
  { id: 100, naming: 'named', speakerId: ministry.id, speaker: ministry.name, relays: [agency], source: dispatch },
]

let last = 0
function piece(given: Partial<Piece>): Piece {
  last += 1
  return {
    id: last,
    stance: 'supports',
    basis: 'told_by',
    isTheAct: false,
    passage: 'the words',
    source: dispatch,
    restsOnParty: null,
    restsOnSource: null,
    ...given,
  }
}

const toldBy = (party: { id: number; name: string }, more: Partial<Piece> = {}) =>
  piece({ restsOnParty: party, ...more })
const document = (source: Piece['source'], more: Partial<Piece> = {}) => piece({ basis: 'document', source, ...more })
const seen = (source: Piece['source'], more: Partial<Piece> = {}) => piece({ basis: 'witnessed', source, ...more })
const against = (one: Piece): Piece => ({ ...one, stance: 'contradicts' })

const REASONS = { rationale: 'Because.', replySought: 'Asked on Monday; no answer.' }

function lackOf(verdict: Verdict, evidence: Piece[], reasons: typeof REASONS | object = REASONS): string[] {
  return guardProblems(verdict, { ...REASONS, ...reasons }, weigh(SAID, evidence)).map(({ message }) => message)
}

describe('Evidence counts by what it goes back to', () => {
  const COUNTS: [string, Piece[], number][] = [
    ['two papers that quote one ministry are one', [toldBy(ministry), toldBy(ministry, { source: report })], 1],
    ['the ministry’s word and the ministry’s document are one', [toldBy(ministry), document(release)], 1],
    ['two parties are two', [toldBy(ministry), toldBy(hospital)], 2],
    ['two papers resting on one document are one', [piece({ restsOnSource: register }), document(register)], 1],
    ['an agency that passes on the ministry’s word is the ministry', [toldBy(agency), toldBy(ministry)], 1],
    ['the paper that prints the claim passes it on', [toldBy(radio), toldBy(ministry)], 1],
    ['the article that prints the claim is no document of its own', [document(dispatch), toldBy(ministry)], 1],
    ['what an agency saw itself is its own', [seen(report), toldBy(ministry)], 2],
    ['what an unnamed person told never counts', [piece({}), piece({})], 0],
    ['what rests on nobody knows what never counts', [piece({ basis: 'unknown', restsOnParty: hospital })], 0],
    ['context never counts', [document(register, { stance: 'context' })], 0],
    ['documents without a publisher are told apart', [seen(footage), seen({ ...footage, id: 20 })], 2],
    ['pieces joined by a third are one', [toldBy(hospital), document({ ...register, id: 21 }), document(register)], 1],
  ]
  test.each(COUNTS)('%s', (_, evidence, count) => {
    expect(independentSources(SAID, evidence)).toBe(count)
  })

  test('each piece says why it counts or does not', () => {
    const whys = (evidence: Piece[]) => weigh(SAID, evidence).map(({ why }) => why)
    expect(
      whys([toldBy(ministry), toldBy(ministry), toldBy(hospital), document(register), piece({}), seen(footage)]),
    ).toEqual([
      'Counts as one party only: Interior Ministry is on the claim’s own side, as its speaker, relay or print.',
      'Does not count again: it goes back to the same as piece 1.',
      'Counts as one party: City Hospital.',
      'Is enough by itself: a document from outside the claim (City Hospital).',
      'Does not count: what an unnamed person told never does. Name the party or the document it goes back to.',
      'Is enough by itself: seen in “Footage of the square”, from outside the claim.',
    ])
  })

  test('the publication that speaks in its own voice is the claim’s own side', () => {
    const own: Said[] = [{ id: 1, naming: 'own_voice', speakerId: null, speaker: null, relays: [], source: dispatch }]
    expect(weigh(own, [seen(dispatch)])[0]?.isEnough).toBe(false)
    expect(weigh(SAID, [seen(dispatch)])[0]?.isEnough).toBe(true)
  })

  test('so is a reprint of its text under another name, and a page without a publisher', () => {
    const print = { ...dispatch, publisherId: null, publisher: null }
    const own: Said[] = [{ id: 1, naming: 'own_voice', speakerId: null, speaker: null, relays: [], source: print }]
    const reprint = { ...report, alike: [{ id: print.id, by: 'text' as const, share: 100 }] }
    for (const piece of [seen(print), seen(reprint), document(reprint)])
      expect(weigh(own, [piece])[0]).toMatchObject({ isOwnSide: true, isEnough: false })
    expect(weigh(own, [seen(report)])[0]?.isEnough).toBe(true)
  })
})

describe('Guard 1: “Verified” and “Partly verified”', () => {
  const CASES: [string, Piece[], boolean][] = [
    ['nothing at all', [], false],
    ['the speaker’s own word', [toldBy(ministry)], false],
    ['the speaker’s own document', [document(release)], false],
    ['a relay’s document', [document(report)], false],
    ['the speaker’s own document, which is the act claimed', [document(release, { isTheAct: true })], true],
    ['the speaker’s word through two papers', [toldBy(ministry), toldBy(ministry, { source: report })], false],
    ['the speaker’s word through its relay as well', [toldBy(ministry), toldBy(agency)], false],
    ['somebody else’s word alone', [toldBy(hospital)], false],
    ['two parties’ words, one of them the speaker', [toldBy(ministry), toldBy(hospital)], true],
    ['a document from outside', [document(register)], true],
    ['something seen from outside', [seen(footage)], true],
    ['something seen by the speaker', [seen(release)], false],
    ['a document from outside that contradicts', [against(document(register))], false],
    ['unnamed people and unknown bases, however many', [piece({}), piece({ basis: 'unknown' }), piece({})], false],
  ]
  test.each(CASES)('%s: %#', (_, evidence, isEnough) => {
    expect(lackOf('verified', evidence).length === 0).toBe(isEnough)
    expect(lackOf('partly_verified', evidence).length === 0).toBe(isEnough)
  })

  test('on the ministry’s word alone the refusal names the ministry and says why', () => {
    expect(lackOf('verified', [toldBy(ministry)])).toEqual([
      '“Verified” needs supporting evidence: two pieces that go back to different parties or documents, or one thing seen or document from outside the claim’s own side. Here everything supporting goes back to Interior Ministry, which is on the claim’s own side (its speaker, a relay, or where it was printed), so that its word counts only as one party. Add evidence that rests on somebody else.',
    ])
  })

  test('without a rationale it is asked for, and for “Partly verified” which part', () => {
    expect(lackOf('verified', [document(register)], { rationale: null })).toEqual([
      'Say why this holds: it is what readers will be shown.',
    ])
    expect(lackOf('partly_verified', [document(register)], { rationale: null })).toEqual([
      'Say which part holds and which does not.',
    ])
  })
})

describe('Guard 2: the other verdicts', () => {
  test('“False” and “Misleading” need contradicting evidence by the same rule, its passages, and a reply sought', () => {
    for (const verdict of ['false', 'misleading'] as const) {
      expect(lackOf(verdict, [against(document(register))])).toEqual([])
      expect(lackOf(verdict, [against(toldBy(hospital))])[0]).toContain('whose word counts as one party')
      expect(lackOf(verdict, [against(toldBy(hospital)), against(toldBy({ id: 9, name: 'A witness' }))])).toEqual([])
      expect(lackOf(verdict, [document(register)])[0]).toContain('Nothing that counts is recorded yet')
      expect(lackOf(verdict, [against(document(register, { passage: null }))])[0]).toContain('needs the passages')
      expect(lackOf(verdict, [against(document(register))], { replySought: null })).toEqual([
        'Say what the speaker was asked, when, and what came of it; or why nobody asked.',
      ])
    }
  })

  test('“Disputed” needs one piece each way, resting on different parties', () => {
    expect(lackOf('disputed', [toldBy(ministry), against(toldBy(hospital))])).toEqual([])
    expect(lackOf('disputed', [toldBy(ministry), against(toldBy(ministry))])[0]).toContain(
      'both go back to Interior Ministry',
    )
    expect(lackOf('disputed', [toldBy(ministry)])[0]).toContain('Nothing that counts contradicts')
    expect(lackOf('disputed', [against(toldBy(ministry))])[0]).toContain('Nothing that counts supports')
    expect(lackOf('disputed', [toldBy(ministry), against(piece({}))])).toHaveLength(1)
  })

  test('“Unproven” and “Not checkable” need only their rationale', () => {
    expect(lackOf('unproven', [])).toEqual([])
    expect(lackOf('unproven', [], { rationale: null })[0]).toContain('what was tried')
    expect(lackOf('not_checkable', [])).toEqual([])
    expect(lackOf('not_checkable', [], { rationale: null })[0]).toContain('opinion')
  })
})

describe('Guard 3: four eyes', () => {
  const [ada, eve, sam] = [1, 2, 3]
  test.each([
    [0, [eve], eve, false],
    [1, [], eve, false],
    [1, [ada], eve, false],
    [1, [eve], eve, true],
    [1, [ada, eve], eve, true],
    [2, [], eve, true],
    [2, [eve], eve, true],
  ] as const)(
    'with %i reviewers and words by %j, a decision by %i waits: %s',
    (reviewers, wordsBy, decidedById, waits) => {
      expect(needsSecond({ reviewers, wordsBy, decidedById })).toBe(waits)
    },
  )

  test('nobody seconds their own decision, and two who both wrote words do not do', () => {
    expect(secondProblem({ reviewers: 2, wordsBy: [], decidedById: eve }, eve)).toContain('somebody else')
    expect(secondProblem({ reviewers: 1, wordsBy: [eve, sam], decidedById: eve }, sam)).toContain('Both you and')
    expect(secondProblem({ reviewers: 2, wordsBy: [eve, sam], decidedById: eve }, sam)).toContain('Both you and')
    expect(secondProblem({ reviewers: 1, wordsBy: [eve], decidedById: eve }, sam)).toBeNull()
    expect(secondProblem({ reviewers: 2, wordsBy: [sam], decidedById: eve }, sam)).toBeNull()
  })

  const AT = new Date('2022-01-08T12:00:00Z')
  const form = (given: Partial<DecisionForm> = {}): DecisionForm => ({
    revision: 1,
    verdict: 'unproven',
    rationale: 'Nobody answers.',
    replySought: null,
    recheckOn: null,
    change: null,
    changeNote: null,
    overrideReason: null,
    ...given,
  })
  const ground: Ground = { attributions: SAID, evidence: [], wordsBy: [eve], reviewers: 1, isAgain: false }

  test('an admin may decide without the second with a reason, nobody else', () => {
    const overriding = form({ overrideReason: 'The other editor is away.' })
    expect(decide(ground, overriding, { id: eve, role: 'admin' }, AT)).toMatchObject({
      kind: 'effective',
      overrideReason: 'The other editor is away.',
    })
    expect(decide(ground, overriding, { id: eve, role: 'editor' }, AT)).toMatchObject({
      kind: 'refused',
      problems: [{ field: 'overrideReason' }],
    })
    expect(decide(ground, form(), { id: eve, role: 'admin' }, AT)).toMatchObject({ kind: 'proposed' })
  })

  test('an override overrides no evidence, and one that overrides nothing is not kept', () => {
    const overriding = form({ verdict: 'verified', overrideReason: 'I know it.' })
    expect(decide(ground, overriding, { id: eve, role: 'admin' }, AT)).toMatchObject({
      kind: 'refused',
      problems: [{ field: 'verdict' }],
    })
    const needless = form({ overrideReason: 'To be sure.' })
    expect(decide(ground, needless, { id: sam, role: 'admin' }, AT)).toMatchObject({
      kind: 'effective',
      overrideReason: null,
    })
  })

  test('deciding again says what kind of change it is; deciding first does not', () => {
    const again = { ...ground, isAgain: true }
    expect(decide(again, form(), { id: sam, role: 'editor' }, AT)).toMatchObject({
      kind: 'refused',
      problems: [{ field: 'change' }, { field: 'changeNote' }],
    })
    const told = form({ change: 'correction', changeNote: 'We had the wrong day.' })
    expect(decide(again, told, { id: sam, role: 'editor' }, AT)).toMatchObject({
      proposal: { change: 'correction', changeNote: 'We had the wrong day.' },
    })
    expect(decide(ground, told, { id: sam, role: 'editor' }, AT)).toMatchObject({ proposal: { change: null } })
  })

  test('a second is refused when the evidence no longer bears the verdict', () => {
    const made = decide(
      { ...ground, evidence: [document(register)] },
      form({ verdict: 'verified' }),
      { id: eve, role: 'editor' },
      AT,
    )
    if (made.kind !== 'proposed') throw new Error('It should await a second')
    const stored = proposalOf(JSON.parse(JSON.stringify(made.proposal)))
    if (!stored) throw new Error('It should be kept')
    expect(second({ ...ground, evidence: [document(register)] }, stored, { id: sam, role: 'editor' }).kind).toBe(
      'effective',
    )
    expect(second(ground, stored, { id: sam, role: 'editor' }).kind).toBe('refused')
  })
})

describe('Whatever evidence there is', () => {
  const party = fc.constantFrom(ministry, agency, hospital, radio, null)
  const source = fc.constantFrom(dispatch, register, release, footage, report)
  const anyPiece = fc
    .record({
      stance: fc.constantFrom(...Object.values(Stance)),
      basis: fc.constantFrom(...Object.values(Basis)),
      isTheAct: fc.boolean(),
      passage: fc.constantFrom('words', null),
      source,
      restsOnParty: party,
      restsOnSource: fc.constantFrom(register, report, null),
    })
    .map((given) =>
      piece({
        ...given,
        isTheAct: given.isTheAct && given.basis === 'document',
        restsOnSource: given.restsOnParty ? null : given.restsOnSource,
      }),
    )
  const anyEvidence = fc.array(anyPiece, { maxLength: 8 })

  test('“Verified” always has two origins, or something first-hand from outside, or the act itself', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        if (lackOf('verified', evidence).length) return
        const supporting = evidence.filter(({ stance }) => stance === 'supports')
        const named = new Set(
          supporting.flatMap(({ basis, restsOnParty, restsOnSource, source }) => {
            if (basis === 'unknown') return []
            if (restsOnParty) return [`party ${restsOnParty.id}`]
            return basis === 'told_by' && !restsOnSource ? [] : [`source ${(restsOnSource ?? source).id}`]
          }),
        )
        const firstHand = supporting.some(({ basis, isTheAct, restsOnParty, restsOnSource, source }) => {
          if (basis !== 'witnessed' && basis !== 'document') return false
          const owner = restsOnParty?.id ?? (restsOnSource ?? source).publisherId ?? null
          return isTheAct || (owner !== ministry.id && owner !== agency.id)
        })
        expect(firstHand || named.size >= 2).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('the ministry, its relay and its printer never verify the claim by what they tell', () => {
    const own = fc
      .record({ party: fc.constantFrom(ministry, agency, radio), source })
      .map(({ party, source }) => toldBy(party, { source }))
    fc.assert(
      fc.property(fc.array(own, { maxLength: 8 }), (evidence) => {
        expect(lackOf('verified', evidence)).not.toEqual([])
        expect(independentSources(SAID, evidence)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('another piece never takes a verdict’s ground away, except by joining two origins', () => {
    fc.assert(
      fc.property(anyEvidence, anyPiece, (evidence, more) => {
        const count = groupCount(weigh(SAID, evidence), 'supports')
        const after = groupCount(weigh(SAID, [...evidence, more]), 'supports')
        expect(after).toBeLessThanOrEqual(count + 1)
        const wasEnough = weigh(SAID, evidence).some(({ isEnough }) => isEnough)
        if (wasEnough) expect(weigh(SAID, [...evidence, more]).some(({ isEnough }) => isEnough)).toBe(true)
      }),
    )
  })

  test('every verdict is given or refused with sentences, never anything else', () => {
    fc.assert(
      fc.property(anyEvidence, fc.constantFrom(...Object.values(Verdict)), (evidence, verdict) => {
        for (const message of lackOf(verdict, evidence)) expect(message).toMatch(/^[“A-Z].*\.$/s)
      }),
    )
  })
})

describe('No way round the guards', () => {
  const people = [
    { id: 1, role: 'reporter' },
    { id: 2, role: 'editor' },
    { id: 3, role: 'editor' },
    { id: 4, role: 'admin' },
  ] as const
  const pieces = [toldBy(ministry), toldBy(agency), toldBy(hospital), document(release), piece({})]
  // What leads to a verdict comes up more often, so that many sequences do reach one.
  const onTheWay: MoveAction[] = ['submit', 'take_up', 'add_evidence', 'decide', 'decide', 'second', 'second']
  const actions = [...(Object.keys(ACTIONS) as MoveAction[]), ...onTheWay, ...onTheWay, ...onTheWay]
  const step = fc.record({
    action: fc.constantFrom(...actions.filter((action) => action !== 'drop')),
    person: fc.constantFrom(...people),
    evidence: fc.constantFrom(...pieces),
    overrides: fc.boolean(),
  })

  test('no sequence of allowed moves reaches “Verified” without its evidence and its four eyes', () => {
    let reached = 0
    fc.assert(
      fc.property(
        fc.constantFrom<0 | 1 | 2>(0, 1, 2),
        fc.array(step, { minLength: 40, maxLength: 80 }),
        (reviewers, steps) => {
          const claim = {
            stage: 'draft' as Stage,
            authorId: 1,
            proposal: null as unknown,
            wordsBy: [1],
            evidence: [] as Piece[],
          }
          let decisions = 0
          for (const { action, person, evidence, overrides } of steps) {
            if (allowed(claim, person, action) !== null) continue
            const ground: Ground = {
              attributions: SAID,
              evidence: claim.evidence,
              wordsBy: claim.wordsBy,
              reviewers,
              isAgain: decisions > 0,
            }
            if (action === 'decide' || action === 'second') {
              const form = {
                revision: 1,
                verdict: 'verified',
                rationale: 'Because.',
                replySought: null,
                recheckOn: null,
                change: 'update',
                changeNote: 'More is known.',
                overrideReason: overrides ? 'Nobody else is here.' : null,
              } as const
              const proposed = proposalOf(claim.proposal)
              const made = proposed ? second(ground, proposed, person) : decide(ground, form, person, new Date(0))
              if (made.kind === 'refused') continue
              claim.stage = made.kind === 'proposed' ? 'awaiting_second' : 'decided'
              claim.proposal = made.kind === 'proposed' ? made.proposal : null
              if (made.kind === 'proposed') continue
              reached += 1
              decisions += 1
              expect(lackOf('verified', claim.evidence)).toEqual([])
              const eyes = new Set([made.proposal.decidedById, person.id])
              const fresh = [...eyes].some((id) => !claim.wordsBy.includes(id))
              const isAdmins = made.overrideReason !== null && person.role === 'admin'
              expect(reviewers === 0 || isAdmins || (fresh && eyes.size >= reviewers)).toBe(true)
              claim.wordsBy = []
              continue
            }
            claim.stage = stageAfter(claim.stage, action)
            if (claim.stage !== 'awaiting_second') claim.proposal = null
            if (action === 'edit' || action === 'add_attribution')
              claim.wordsBy = [...new Set([...claim.wordsBy, person.id])]
            if (action === 'add_evidence') claim.evidence = [...claim.evidence, evidence]
            if (action === 'edit_evidence') claim.evidence = claim.evidence.slice(1)
          }
        },
      ),
      { numRuns: 500 },
    )
    expect(reached, 'some sequences do reach it').toBeGreaterThan(20)
  })
})
