import type { RequestHandler } from 'express'
import { NotFound } from '../errors.ts'

/** Lets no address with a NUL in its path go on to the database, which takes none. */
export const addressCheck: RequestHandler = (req, _res, next) => {
  if (req.path.includes('%00')) throw new NotFound('There is no page at this address.')
  next()
}
