import { z } from 'zod'
import { optionalId, revision, text, tick } from '../web/form.ts'

/** The form by which an editor counts two sources that are alike as two origins, or as one again. */
export const originsForm = z.strictObject({
  revision: revision(),
  other: optionalId()
    .refine((id) => id !== null, 'Choose the other source.')
    .transform(Number),
  asTwo: tick(),
  reason: text('Say why, so that others can follow it.', 2000),
})

export type OriginsForm = z.output<typeof originsForm>
