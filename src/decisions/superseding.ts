import type { Stage, Verdict } from '../../prisma/client/enums.ts'
import { word } from '../words.ts'

/**
 * What has become of a claim that superseded another, as the end of "KZ-9, which is …"; null while it stands: decided, verified and not itself
 * superseded. The older one stays superseded until an editor reopens it.
 */
export function fallenInWords({ stage, verdict, isSuperseded }: Superseding): string | null {
  if (stage === 'closed') return 'closed now'
  if (stage !== 'decided') return 'under review again'
  if (isSuperseded) return 'itself superseded'
  return verdict === 'verified' ? null : `decided otherwise now: ${word('verdict', verdict).toLowerCase()}`
}

type Superseding = { stage: Stage; verdict: Verdict | null; isSuperseded: boolean }
