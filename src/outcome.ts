/**
 * What is wrong with one field of a form; `field` is the input's name, '' when it is the form as a whole. `options` are the answers where it is a
 * question to choose from.
 */
export type Problem = { field: string; message: string; options?: { value: string; label: string }[] }

/** Problems of a part of a form beside its fields in the whole: `low` within `figure` is `figure[low]`. */
export function problemsWithin(part: string, problems: readonly Problem[]): Problem[] {
  return problems.map(({ field, ...problem }) => {
    const [first = '', ...rest] = field.split('[')
    return { field: field && `${part}[${first}]${rest.map((step) => `[${step}`).join('')}`, ...problem }
  })
}

/** One line shown once on the next page; `button` sends its fields to an address of the application. */
export type Flash = {
  text: string
  links?: { text: string; href: string }[]
  button?: { text: string; path: string; fields: Record<string, string> }
}

/** Where a person goes after a change. */
export type Landing = { path: string; flash?: Flash }

/** `stale`: somebody changed it since the form was shown; `resent`: this form was already sent with other words. */
export type RefusalCause = 'invalid' | 'stale' | 'resent'

export type Accepted<T> = { kind: 'accepted'; value: T }
export type Refused = { kind: 'refused'; cause: RefusalCause; problems: Problem[] }
export type Outcome<T> = Accepted<T> | Refused

/** The change was made. */
export function accepted<T>(value: T): Accepted<T> {
  return { kind: 'accepted', value }
}

/** An expected no, with words for the page. */
export function refused(problems: Problem[] | Problem, cause: RefusalCause = 'invalid'): Refused {
  return { kind: 'refused', cause, problems: Array.isArray(problems) ? problems : [problems] }
}

const STATUS = { invalid: 422, stale: 409, resent: 409 } as const satisfies Record<RefusalCause, number>

/** The HTTP status of a refusal. */
export function statusOf(refusal: Refused): number {
  return STATUS[refusal.cause]
}
