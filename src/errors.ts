/** There is no such thing, or none that this person may know of. */
export class NotFound extends Error {
  override name = 'NotFound'
}

/** That no claim has this reference. */
export function noClaim(ref: string): NotFound {
  return new NotFound(`There is no claim ${ref.slice(0, 40)}.`)
}

/** The address itself cannot be read. */
export class BadAddress extends Error {
  override name = 'BadAddress'
}

/** The person is known and may not do this. */
export class Forbidden extends Error {
  override name = 'Forbidden'
}

/** Too many ask for the same thing at this moment; it may be sent again in a few seconds. */
export class Busy extends Error {
  override name = 'Busy'
}

/** What was asked cannot be done to the thing as it now is. */
export class Conflict extends Error {
  override name = 'Conflict'
}
