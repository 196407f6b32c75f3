import express, { type RequestHandler } from 'express'

const FORM = 'application/x-www-form-urlencoded'
// A claim with all the attributions it may have is edited in one form: 200 of 27 fields.
const FIELDS = 6_000
const FIELDS_OF_STRANGERS = 100

const ofPeople = express.urlencoded({ extended: true, limit: '8mb', parameterLimit: FIELDS })
// Signing in and taking up an invitation need no more; whoever is unknown shall not have the machine read megabytes.
const ofStrangers = express.urlencoded({ extended: true, limit: '64kb', parameterLimit: FIELDS_OF_STRANGERS })

/** A body that Stet does not read; `type` names the reason, as the reader of forms names its own. */
class BodyFault extends Error {
  override name = 'BodyFault'
  readonly type: 'body.form.none' | 'body.stranger.large'
  constructor(type: BodyFault['type']) {
    super(type)
    this.type = type
  }
}

/** Reads a posted form: eight megabytes at most, of somebody not signed in 64 kilobytes. Bodies of another type are refused. */
export const forms: RequestHandler = (req, res, next) => {
  if (req.method !== 'POST') return next()
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length']) > 0
  if (hasBody && !req.is(FORM)) throw new BodyFault('body.form.none')
  if (req.account) return ofPeople(req, res, next)
  ofStrangers(req, res, (fault?: { type?: string }) =>
    next(fault?.type === 'entity.too.large' ? new BodyFault('body.stranger.large') : fault),
  )
}
