import type { RequestHandler } from 'express'
import { Forbidden } from '../errors.ts'

const SAFE = ['GET', 'HEAD', 'OPTIONS']

/** Refuses changes that another site's page asks for (OWASP: Fetch Metadata first, the Origin header where a browser sends none). */
export function originCheck(publicUrl: string): RequestHandler {
  const own = new URL(publicUrl).origin
  return (req, _res, next) => {
    if (SAFE.includes(req.method)) return next()
    const site = req.get('sec-fetch-site')
    const origin = req.get('origin')
    const isOwn = site ? site === 'same-origin' : origin ? origin === own : !req.headers.cookie
    if (isOwn) return next()
    throw new Forbidden(
      'This form was sent from another site, so nothing was changed. Open the page here and send it again.',
    )
  }
}
