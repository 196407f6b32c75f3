import type { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { lengthOf } from '../text.ts'

const SHORTEST = 10
const LONGEST = 200
export const PASSWORD_RULES = `At least ${SHORTEST} characters; several unrelated words do well. Any characters are allowed, none is demanded.`

// zxcvbn's score runs from 0 to 4; 3 means "safely unguessable" offline behind a slow hash.
const LEAST_SCORE = 3
// The time to look through a text grows faster than its length; what begins well is good enough.
const LOOKED_AT = 64

/** Why a password is too easy to guess, in a sentence; null when it is not. `own` are the person's name, address and the like. */
export async function weaknessOf(password: string, own: string[]): Promise<string | null> {
  if (lengthOf(password) < SHORTEST) return `Use at least ${SHORTEST} characters.`
  if (lengthOf(password) > LONGEST) return `Use at most ${LONGEST} characters.`
  const { score, feedback } = (await estimator()).check([...password].slice(0, LOOKED_AT).join(''), wordsOf(own))
  if (score >= LEAST_SCORE) return null
  return ['This password is too easy to guess.', feedback.warning, feedback.suggestions[0]].filter(Boolean).join(' ')
}

function wordsOf(own: string[]): string[] {
  const whole = own.filter(Boolean)
  const parts = whole.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u)).filter((part) => part.length > 2)
  return [...new Set(['stet', ...whole, ...parts].map((text) => text.toLowerCase()))]
}

let loaded: Promise<ZxcvbnFactory> | undefined

/** The word lists take a quarter of a second to read, so they are read when the first password is set. */
function estimator(): Promise<ZxcvbnFactory> {
  loaded ??= (async () => {
    const [core, common, english] = await Promise.all([
      import('@zxcvbn-ts/core'),
      import('@zxcvbn-ts/language-common'),
      import('@zxcvbn-ts/language-en'),
    ])
    return new core.ZxcvbnFactory({
      dictionary: { ...common.dictionary, ...english.dictionary },
      graphs: common.adjacencyGraphs,
      translations: english.translations,
    })
  })()
  return loaded
}
