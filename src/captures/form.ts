import { z } from 'zod'
import { lengthOf, normalised, unfitness } from '../text.ts'

/** The longest text a capture holds, in code points. */
const LONGEST_TEXT = 1_000_000

/** A text to be kept as a capture: normalised, not trimmed; null when nothing but white space was given. */
export function optionalCaptureText() {
  return z
    .string({ error: 'This must be a single text.' })
    .optional()
    .transform((raw, context) => {
      if (raw === undefined || raw.trim() === '') return null
      const fault = faultOf(raw)
      if (fault) context.addIssue({ code: 'custom', message: fault })
      return fault ? null : normalised(raw)
    })
}

/** The form of a later capture. */
export const captureForm = z.strictObject({
  text: optionalCaptureText().refine((text) => text !== null, 'Paste the text as it stands now.'),
})

function faultOf(raw: string): string | null {
  const unfit = unfitness(raw)
  if (unfit) return `The text ${unfit}; please remove it.`
  const length = lengthOf(normalised(raw))
  if (length <= LONGEST_TEXT) return null
  const [most, has] = [LONGEST_TEXT, length].map((count) => count.toLocaleString('en'))
  return `A text may have at most ${most} characters; this has ${has}. Keep the part that is claimed from.`
}
