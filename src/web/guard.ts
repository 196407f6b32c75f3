import type { Request, RequestHandler, Response } from 'express'
import { Forbidden } from '../errors.ts'
import { paths } from '../paths.ts'
import { type Action, may } from '../policy.ts'
import { readBody, sizeOfForms } from './body.ts'
import type { SignedIn } from './session.ts'

/** Which action each guard guards, so that a test can find a route without one. */
export const guardedActions = new WeakMap<RequestHandler, Action>()

/**
 * Lets only those pass who may attempt the action; others are sent to sign in, or told no. The form is read here, after the role was asked,
 * so that nobody has the machine read a large form that they may not send; a small one is read all the same, and the page shows what was typed.
 */
export function guard(action: Action): RequestHandler {
  const [read, readOfOthers] = [readBody(sizeOfForms(action)), readBody('small')]
  const handler: RequestHandler = (req, res, next) => {
    if (may(req.account?.role ?? null, action)) return read(req, res, next)
    readOfOthers(req, res, (fault: unknown) => {
      if (req.account) return next(new Forbidden('Your role does not allow this. An admin of the desk can change it.'))
      if (fault) return next(fault)
      try {
        toSignIn(req, res)
      } catch (needed) {
        next(needed)
      }
    })
  }
  guardedActions.set(handler, action)
  return handler
}

/** The person of a request that a guard has let pass. */
export function personOf(req: Request): SignedIn {
  if (!req.account) throw new Error('A page for signed-in people was reached without one')
  return req.account
}

const LONGEST_WAY_BACK = 1000

function toSignIn(req: Request, res: Response): void {
  const isPage = req.method === 'GET' && req.accepts('html')
  // Escaped once more, a long address would make a header that proxies and clients refuse.
  const to = req.originalUrl.length <= LONGEST_WAY_BACK ? req.originalUrl : paths.home()
  if (isPage) res.redirect(303, paths.signIn({ to }))
  else
    throw new SignInNeeded(
      'You are not signed in, or your session has ended. Sign in again in another tab, then send this again.',
    )
}

/** Somebody unknown tried what only signed-in people may. */
export class SignInNeeded extends Error {
  override name = 'SignInNeeded'
}
