import type { Stance, Verdict } from '../../prisma/client/enums.ts'
import type { Problem } from '../outcome.ts'
import { word } from '../words.ts'
import type { Weighed } from './independence.ts'

/** What an editor writes besides the verdict. */
export type Reasons = { rationale: string | null; replySought: string | null }

type Rule = {
  /** What the evidence must carry. */
  evidence: 'supported' | 'contradicted' | 'both ways' | 'none'
  replySought: boolean
  rationale: string
  /** One line for the form: what this verdict asks for. */
  line: string
}

const TWO_OR_ONE =
  'two pieces that go back to different parties or documents, or one thing seen or document from outside the claim’s own side'

/** What each verdict asks for. Product rules: guards 1 and 2. */
export const RULES = {
  verified: {
    evidence: 'supported',
    replySought: false,
    rationale: 'Say why this holds: it is what readers will be shown.',
    line: `It is so. Needs supporting evidence: ${TWO_OR_ONE}.`,
  },
  partly_verified: {
    evidence: 'supported',
    replySought: false,
    rationale: 'Say which part holds and which does not.',
    line: 'Part of it is so. Needs what “Verified” needs, and a rationale that says which part.',
  },
  disputed: {
    evidence: 'both ways',
    replySought: false,
    rationale: 'Say who disagrees with whom.',
    line: 'Credible sources conflict. Needs one piece each way, resting on different parties.',
  },
  misleading: {
    evidence: 'contradicted',
    replySought: true,
    rationale: 'Say what misleads, and how it would be put rightly.',
    line: 'Right in its words, wrong in what it conveys. Needs what “False” needs.',
  },
  false: {
    evidence: 'contradicted',
    replySought: true,
    rationale: 'Say why this does not hold: it is what readers will be shown.',
    line: 'It is not so. Needs contradicting evidence with its passages, by the same rule, and that a reply was sought.',
  },
  unproven: {
    evidence: 'none',
    replySought: false,
    rationale: 'Say what was tried, and why it does not settle the claim.',
    line: 'Looked into, and cannot be settled now. Needs a rationale that says what was tried.',
  },
  not_checkable: {
    evidence: 'none',
    replySought: false,
    rationale: 'Say why this is opinion, or a forecast, rather than something to be checked.',
    line: 'Opinion or forecast. Needs a rationale.',
  },
} as const satisfies Record<Verdict, Rule>

/** What stands against this verdict on this evidence, beside the fields it concerns; nothing when it may be given. Guards 1 and 2. */
export function guardProblems(verdict: Verdict, reasons: Reasons, weighed: readonly Weighed[]): Problem[] {
  const rule: Rule = RULES[verdict]
  const problems: Problem[] = []
  const lack = evidenceProblem(verdict, weighed)
  if (lack) problems.push({ field: 'verdict', message: lack })
  if (!reasons.rationale) problems.push({ field: 'rationale', message: rule.rationale })
  if (rule.replySought && !reasons.replySought)
    problems.push({
      field: 'replySought',
      message: 'Say what the speaker was asked, when, and what came of it; or why nobody asked.',
    })
  return problems
}

/** What the evidence lacks for a verdict, in sentences; null when it carries it. */
export function evidenceProblem(verdict: Verdict, weighed: readonly Weighed[]): string | null {
  return EVIDENCE[RULES[verdict].evidence](verdict, weighed)
}

const EVIDENCE = {
  none: () => null,
  supported: (verdict, weighed) => lackOf(verdict, 'supports', of(weighed, 'supports')),
  contradicted(verdict, weighed) {
    const all = of(weighed, 'contradicts')
    const quoted = all.filter(({ hasPassage }) => hasPassage)
    if (carries(all) && !carries(quoted))
      return `“${word('verdict', verdict)}” needs the passages of the contradicting evidence, so that readers see the very words. Add them to the evidence.`
    return lackOf(verdict, 'contradicts', quoted)
  },
  'both ways'(_verdict, weighed) {
    const [supporting, contradicting] = [of(weighed, 'supports'), of(weighed, 'contradicts')]
    const apart = supporting.some((one) => contradicting.some((other) => areApart(one, other)))
    if (apart) return null
    const needs = '“Disputed” needs a supporting and a contradicting piece of evidence that rest on different parties.'
    if (!supporting.length) return `${needs} Nothing that counts supports the claim yet.`
    if (!contradicting.length) return `${needs} Nothing that counts contradicts the claim yet.`
    return `${needs} Here both go back to ${names(supporting)}.`
  },
} as const satisfies Record<Rule['evidence'], (verdict: Verdict, weighed: readonly Weighed[]) => string | null>

/** The pieces of a stance that count. */
function of(weighed: readonly Weighed[], stance: Stance): Weighed[] {
  return weighed.filter((piece) => piece.stance === stance && piece.group !== null)
}

/** Whether the pieces carry a verdict: one that is enough, or two origins. */
function carries(pieces: readonly Weighed[]): boolean {
  return pieces.some(({ isEnough }) => isEnough) || new Set(pieces.map(({ group }) => group)).size >= 2
}

function areApart(one: Weighed, other: Weighed): boolean {
  return !one.origin?.keys.some((key) => other.origin?.keys.includes(key))
}

const ADJECTIVES = { supports: 'supporting', contradicts: 'contradicting', context: '' } as const

function lackOf(verdict: Verdict, stance: Stance, pieces: readonly Weighed[]): string | null {
  if (carries(pieces)) return null
  const needs = `“${word('verdict', verdict)}” needs ${ADJECTIVES[stance]} evidence: ${TWO_OR_ONE}.`
  if (!pieces.length) return `${needs} Nothing that counts is recorded yet.`
  const isOwn = pieces.every(({ isOwnSide }) => isOwnSide)
  const because = isOwn
    ? `which is on the claim’s own side (its speaker, a relay, or where it was printed), so that its word counts only as one party`
    : 'whose word counts as one party'
  return `${needs} Here everything ${ADJECTIVES[stance]} goes back to ${names(pieces)}, ${because}. Add evidence that rests on somebody else.`
}

function names(pieces: readonly Weighed[]): string {
  return [...new Set(pieces.map(({ origin }) => origin?.name ?? 'its source'))].join(' and ')
}

/** Who decides, and who wrote the words that the verdict rests on. */
export type Eyes = { reviewers: 0 | 1 | 2; wordsBy: readonly number[]; decidedById: number }

/** Whether the decision waits for a second. Guard 3: among decider and seconder at least one wrote none of the words. */
export function needsSecond({ reviewers, wordsBy, decidedById }: Eyes): boolean {
  if (reviewers === 0) return false
  return reviewers === 2 || wordsBy.includes(decidedById)
}

/** Why this person cannot second the decision; null when they can. Guard 3. */
export function secondProblem({ reviewers, wordsBy, decidedById }: Eyes, secondedById: number): string | null {
  if (secondedById === decidedById) return 'You decided this claim yourself; somebody else has to second it.'
  if (reviewers > 0 && wordsBy.includes(decidedById) && wordsBy.includes(secondedById))
    return 'Both you and the editor who decided wrote words of this claim since the last decision. Somebody who wrote none of them has to second it.'
  return null
}
