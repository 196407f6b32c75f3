import { z } from 'zod'
import { lengthOf, normalised, unfitness } from '../text.ts'
import { list } from '../web/form.ts'

/** How many tags a claim may have. */
export const MOST_TAGS = 10
const LONGEST = 40

/** A tag as the desk keeps it: lower case, single spaces; null when it is none. */
export function maybeTag(typed: string): string | null {
  if (unfitness(typed)) return null
  const name = normalised(typed).trim().replace(/\s+/g, ' ').toLowerCase().trim()
  return name && lengthOf(name) <= LONGEST && !/[,;\p{Cc}\p{Cf}]/u.test(name) ? name : null
}

const NO_TAG = `A tag is a word or a few, of at most ${LONGEST} characters.`

/** One tag that has to be given. */
export function oneTag() {
  return z.string({ error: NO_TAG }).transform((typed, context) => {
    const name = maybeTag(typed)
    if (name === null) context.addIssue({ code: 'custom', message: NO_TAG })
    return name ?? ''
  })
}

/** A claim's tags in one line, separated by semicolons; the same twice is once. */
export const tagsForm = z.strictObject({
  tags: list(50, 200).transform((typed, context) => {
    const names = [...new Set(typed.map(maybeTag))]
    if (names.includes(null)) context.addIssue({ code: 'custom', message: NO_TAG })
    if (names.length > MOST_TAGS) context.addIssue({ code: 'custom', message: TOO_MANY })
    return names.filter((name) => name !== null)
  }),
})

export const TOO_MANY = `A claim has at most ${MOST_TAGS} tags. Take one off first.`
