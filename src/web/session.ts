import { createHash, randomBytes } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import type { Role } from '../../prisma/client/enums.ts'
import { cookieOf } from './cookies.ts'

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
    }
  }
}

/** Finds the person of each request by its session cookie; `lookUp` is handed the token's hash. */
export function session(lookUp: (tokenHash: string) => Promise<SignedIn | null>): RequestHandler {
  return async (req, _res, next) => {
    const token = cookieOf(req, nameFor(req))
    req.account = token && /^[\w-]{43}$/.test(token) ? await lookUp(hashOfToken(token)) : null
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
  res.cookie(nameFor(req), token, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: req.secure,
    maxAge: 7 * 24 * 3600_000,
  })
}

/** Takes the session from the browser. */
export function clearSessionCookie(req: Request, res: Response): void {
  res.clearCookie(nameFor(req), { httpOnly: true, sameSite: 'lax', path: '/', secure: req.secure })
}

/** The session cookie's name: over https only this very host can have set it. */
export function nameFor(req: Pick<Request, 'secure'>): string {
  return req.secure ? '__Host-stet_session' : 'stet_session'
}
