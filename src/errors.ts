/** There is no such thing, or none that this person may know of. */
export class NotFound extends Error {
  override name = 'NotFound'
}

/** The person is known and may not do this. */
export class Forbidden extends Error {
  override name = 'Forbidden'
}

/** What was asked cannot be done to the thing as it now is. */
export class Conflict extends Error {
  override name = 'Conflict'
}
