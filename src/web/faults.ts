import type { ErrorRequestHandler, Request, RequestHandler } from 'express'
import { BadAddress, Busy, Conflict, Forbidden, NotFound } from '../errors.ts'
import { SignInNeeded } from './guard.ts'
import { logSecurity } from './log.ts'
import { page } from './page.ts'

type Fault = { status: number; title: string; text: string; retryAfter?: number }

/** The page for an address that leads nowhere. */
export const nothingHere: RequestHandler = () => {
  throw new NotFound('There is no page at this address.')
}

/** The page for whatever went wrong, inside the layout, with the request's id. */
export const faults: ErrorRequestHandler = async (error, req, res, next) => {
  const fault = faultOf(error)
  if (error instanceof Forbidden || error instanceof SignInNeeded) logSecurity(req, 'refused')
  if (fault.status >= 500) req.log.error({ err: error }, 'fault')
  if (res.headersSent) return next(error)
  if (fault.retryAfter) res.set('retry-after', String(fault.retryAfter))
  try {
    await page(req, res, 'fault', { title: fault.title, text: fault.text, kept: keptOf(req) }, fault.status)
  } catch (second) {
    req.log.error({ err: second }, 'fault page')
    res
      .status(fault.status)
      .type('text')
      .send(`${fault.title}\n\n${fault.text}\n\nRequest ${res.get('x-request-id') ?? ''}\n`)
  }
}

function faultOf(error: unknown): Fault {
  if (error instanceof NotFound)
    return { status: 404, title: 'Not found', text: error.message || 'There is nothing here.' }
  if (error instanceof Forbidden) return { status: 403, title: 'Not allowed', text: error.message }
  if (error instanceof SignInNeeded) return { status: 401, title: 'Sign in first', text: error.message }
  if (error instanceof Conflict) return { status: 409, title: 'Changed meanwhile', text: error.message }
  if (error instanceof BadAddress) return { status: 400, title: 'Not understood', text: error.message }
  if (error instanceof Busy) return { status: 503, title: 'Try again in a moment', text: error.message, retryAfter: 5 }
  const { status, code, type } = shapeOf(error)
  if (type && Object.hasOwn(BODY_FAULTS, type)) return BODY_FAULTS[type] as Fault
  if (status >= 400 && status < 500)
    return { status, title: 'Not understood', text: 'Stet could not read this request. Nothing was changed.' }
  if (UNREACHABLE.has(code) || UNREACHABLE.has(codeWithin(error)) || isBroken(error))
    return {
      status: 503,
      title: 'Not available now',
      text: 'The database does not answer, or cannot save. Nothing was changed; try again in a moment.',
      retryAfter: 5,
    }
  return {
    status: 500,
    title: 'Something broke',
    text: 'This is a fault of Stet, not of yours. Nothing was changed. Tell whoever runs the desk the request’s number.',
  }
}

const BODY_FAULTS: Record<string, Fault> = {
  'body.form.none': {
    status: 415,
    title: 'Not understood',
    text: 'Stet reads forms as its own pages send them (application/x-www-form-urlencoded), and nothing else. Nothing was changed.',
  },
  'body.stranger.large': {
    status: 413,
    title: 'Too large',
    text: 'You are not signed in, or your session has ended, and of a stranger Stet takes 64 kilobytes at most. Nothing was changed. Sign in again in another tab, then go back and send this again.',
  },
  'entity.too.large': {
    status: 413,
    title: 'Too large',
    text: 'This is more than Stet takes at once in this form (eight megabytes where texts are pasted). Nothing was changed; shorten it and send it again.',
  },
  'parameters.too.many': {
    status: 413,
    title: 'Too large',
    text: 'The form has more fields than Stet takes at once. Nothing was changed.',
  },
  'querystring.parse.rangeError': {
    status: 400,
    title: 'Not understood',
    text: 'The form is nested too deeply. Nothing was changed.',
  },
  'charset.unsupported': { status: 415, title: 'Not understood', text: 'Send text as UTF-8. Nothing was changed.' },
  'encoding.unsupported': {
    status: 415,
    title: 'Not understood',
    text: 'Stet does not take compressed requests of this kind. Nothing was changed.',
  },
}

// Prisma's codes for a server that is away, a pool that is full or two that wait for each other, and PostgreSQL's own (https://www.postgresql.org/docs/current/errcodes-appendix.html).
const UNREACHABLE = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'P2034',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  '57P01',
  '57P03',
  '57014',
  '55P03',
  '53100',
  '53200',
  '53300',
  '40P01',
  '40001',
  '25P03',
])

function shapeOf(error: unknown): { status: number; code: string; type: string | undefined } {
  if (typeof error !== 'object' || error === null) return { status: 500, code: '', type: undefined }
  const { status, code, type } = error as { status?: unknown; code?: unknown; type?: unknown }
  return {
    status: typeof status === 'number' ? status : 500,
    code: typeof code === 'string' ? code : '',
    type: typeof type === 'string' ? type : undefined,
  }
}

/** A connection that broke, or a pool that had none in time: pg gives these words and no code. */
function isBroken(error: unknown): boolean {
  return (
    error instanceof Error && /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message)
  )
}

/** PostgreSQL's own code where Prisma gives the error of a raw statement one of its own. */
function codeWithin(error: unknown): string {
  const { meta } = (error ?? {}) as { meta?: { driverAdapterError?: { cause?: { originalCode?: string } } } }
  return meta?.driverAdapterError?.cause?.originalCode ?? ''
}

/** What was typed into a form that could not be read to its end, so that it can be copied from the page. */
function keptOf(req: Request): { name: string; value: string }[] {
  return req.method === 'GET' ? [] : textsIn(req.body, '').slice(0, 200)
}

const NOT_KEPT = ['requestId', 'revision', 'password', 'currentPassword', 'newPassword', 'token', 'intent']

function textsIn(value: unknown, name: string): { name: string; value: string }[] {
  if (typeof value === 'string') return value === '' || NOT_KEPT.includes(name) ? [] : [{ name, value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, name ? `${name}, ${key}` : key))
}
