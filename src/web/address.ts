import type { RequestHandler } from 'express'
import { BadAddress, NotFound } from '../errors.ts'

/** Lets no address with a NUL in it go on to the database, which takes none. */
export const addressCheck: RequestHandler = (req, _res, next) => {
  if (req.path.includes('%00')) throw new NotFound('There is no page at this address.')
  if (req.originalUrl.includes('%00'))
    throw new BadAddress(
      'The address contains a NUL character (%00), which no text here has. Take it out and open the address again.',
    )
  next()
}
