import { parseCookie } from 'cookie'
import type { Request } from 'express'

export type { CookieOptions } from 'express'

/** The value of a cookie that the request carries. */
export function cookieOf(req: Request, name: string): string | undefined {
  return parseCookie(req.headers.cookie ?? '')[name]
}
