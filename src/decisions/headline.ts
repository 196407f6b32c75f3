import type { CameIn, ClosedBecause, Stage, Verdict } from '../../prisma/client/enums.ts'
import { word } from '../words.ts'

/** What a headline is made of. */
export type Standing = {
  stage: Stage
  verdict: Verdict | null
  formerVerdict: Verdict | null
  closedBecause: ClosedBecause | null
  isSuperseded: boolean
  cameIn: CameIn
}

export type Tone =
  | 'draft'
  | 'review'
  | 'needs_info'
  | 'verified'
  | 'partly'
  | 'disputed'
  | 'false'
  | 'misleading'
  | 'unproven'
  | 'not_checkable'
  | 'closed'

/** A claim's state in a word, with how a badge draws it: `icon` is an id of icons.svg. */
export type Headline = { word: string; tone: Tone; icon: string; ringed: boolean; struck: boolean }

type Mark = { tone: Tone; icon: string }

const OPEN = {
  draft: { tone: 'draft', icon: 'dashed-circle' },
  submitted: { tone: 'draft', icon: 'dashed-circle' },
  in_review: { tone: 'review', icon: 'half-circle' },
  needs_info: { tone: 'needs_info', icon: 'question' },
  awaiting_second: { tone: 'review', icon: 'half-circle' },
} as const satisfies Record<Exclude<Stage, 'decided' | 'closed'>, Mark>

const RULED = {
  verified: { tone: 'verified', icon: 'tick' },
  partly_verified: { tone: 'partly', icon: 'half-tick' },
  disputed: { tone: 'disputed', icon: 'arrows' },
  misleading: { tone: 'misleading', icon: 'bent-arrow' },
  false: { tone: 'false', icon: 'cross' },
  unproven: { tone: 'unproven', icon: 'slashed-circle' },
  not_checkable: { tone: 'not_checkable', icon: 'slashed-circle' },
} as const satisfies Record<Verdict, Mark>

const SINCE = {
  nothing: '',
  addition: ', new since',
  contradiction: ', challenged',
} as const satisfies Record<CameIn, string>

const STRUCK = { tone: 'closed', icon: 'strike', ringed: false, struck: true } as const

/** The state of a claim as lists, badges and exports name it. A former verdict under re-review keeps its mark, ringed. */
export function headlineOf(standing: Standing): Headline {
  const { stage, verdict, formerVerdict, closedBecause, isSuperseded, cameIn } = standing
  if (stage === 'closed') {
    const because = word('closedBecause', closedBecause).toLowerCase()
    return { word: because ? `Closed: ${because}` : 'Closed', ...STRUCK }
  }
  if (stage === 'decided' && isSuperseded) return { word: 'Superseded', ...STRUCK }
  if (stage === 'decided' && verdict) {
    const since = SINCE[cameIn]
    return { word: word('verdict', verdict) + since, ...RULED[verdict], ringed: since !== '', struck: false }
  }
  if (formerVerdict)
    return {
      word: `${word('verdict', formerVerdict)}, under re-review`,
      ...RULED[formerVerdict],
      ringed: true,
      struck: false,
    }
  const mark = stage === 'decided' ? OPEN.in_review : OPEN[stage]
  return { word: word('stage', stage), ...mark, ringed: false, struck: false }
}
