import express, { type RequestHandler } from 'express'
import type { Action } from '../policy.ts'

const FORM = 'application/x-www-form-urlencoded'

/** How much of a form is read: bytes, fields, and how deep a field's name may nest (`attributions[0][hedges][1]` is 3). */
export type FormSize = 'large' | 'medium' | 'small'

const DEPTH = 4
const READERS: Record<FormSize, RequestHandler> = {
  // A text that is pasted, and a claim with all the attributions it may have: 200 of 27 fields.
  large: reader('8mb', 6_000),
  // Five hundred ticked claims with their revisions, or the reasons of a decision.
  medium: reader('1mb', 2_000),
  // Signing in, taking up an invitation, and forms of people who may not send them: read so that the page can show what was typed.
  small: reader('64kb', 100),
}

function reader(limit: string, parameterLimit: number): RequestHandler {
  // The types of express know no `depth`, its reader of forms does.
  const options = { extended: true, limit, parameterLimit, depth: DEPTH }
  return express.urlencoded(options)
}

const LARGE: readonly Action[] = ['addSources', 'addClaims', 'addEvidence', 'editParties', 'redact']

/** How large the forms of an action may be, when its sender may attempt it. */
export function sizeOfForms(action: Action): FormSize {
  if (action === 'visit') return 'small'
  return LARGE.includes(action) ? 'large' : 'medium'
}

/** A body that Stet does not read; `type` names the reason, as the reader of forms names its own. */
class BodyFault extends Error {
  override name = 'BodyFault'
  readonly type: 'body.form.none' | 'body.stranger.large'
  constructor(type: BodyFault['type']) {
    super(type)
    this.type = type
  }
}

/** Reads a posted form of at most this size into `req.body`. Bodies of another type are refused, and strangers' large ones. */
export function readBody(size: FormSize): RequestHandler {
  return (req, res, next) => {
    if (req.method !== 'POST') return next()
    const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length']) > 0
    if (hasBody && !req.is(FORM)) throw new BodyFault('body.form.none')
    READERS[size](req, res, (fault?: unknown) =>
      next(!req.account && isTooLarge(fault) ? new BodyFault('body.stranger.large') : fault),
    )
  }
}

function isTooLarge(fault: unknown): boolean {
  return fault instanceof Error && 'type' in fault && fault.type === 'entity.too.large'
}
