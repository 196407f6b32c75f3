import { createHash, randomBytes } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import type { Role } from '../../prisma/client/enums.ts'
import { clearCookie, cookieOf, setCookie } from './cookies.ts'

const NAME = 'stet_session'
const LONGEST_MS = 7 * 24 * 3600_000

/** The person a request comes from. */
export type SignedIn = {
  id: number
  email: string
  name: string
  role: Role
  timeZone: string
  theme: string
  density: string
  shortcuts: boolean
  sessionId: number
}

declare global {
  namespace Express {
    interface Request {
      account: SignedIn | null
      /** The secret of the session in force, which only this browser has. */
      sessionToken: string | null
    }
  }
}

/** Finds the person of each request by its session cookie; `lookUp` is handed the token's hash. */
export function session(lookUp: (tokenHash: string) => Promise<SignedIn | null>): RequestHandler {
  return async (req, _res, next) => {
    const token = sessionTokenOf(req)
    req.account = token && /^[\w-]{43}$/.test(token) ? await lookUp(hashOfToken(token)) : null
    req.sessionToken = (req.account && token) || null
    next()
  }
}

/** A new secret of 256 bits, in 43 characters fit for an address or a cookie. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database keeps of a secret. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Hands the browser its session. */
export function setSessionCookie(req: Request, res: Response, token: string): void {
  req.sessionToken = token
  setCookie(req, res, NAME, token, LONGEST_MS)
}

/** Takes the session from the browser. */
export function clearSessionCookie(req: Request, res: Response): void {
  req.sessionToken = null
  clearCookie(req, res, NAME)
}

/** The token of the session that the request's cookie names, whether or not there is such a session. */
export function sessionTokenOf(req: Request): string | undefined {
  return cookieOf(req, NAME)
}
