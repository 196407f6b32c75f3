import { parseCookie } from 'cookie'
import type { CookieOptions, Request, Response } from 'express'

/** The value of a cookie that the request carries. */
export function cookieOf(req: Request, name: string): string | undefined {
  return parseCookie(req.headers.cookie ?? '')[cookieName(req, name)]
}

/** Hands the browser a cookie that no script reads and no other site's form brings along. `maxAge` is in milliseconds. */
export function setCookie(req: Request, res: Response, name: string, value: string, maxAge: number): void {
  res.cookie(cookieName(req, name), value, { ...optionsFor(req), maxAge })
}

/** Takes a cookie from the browser. */
export function clearCookie(req: Request, res: Response, name: string): void {
  res.clearCookie(cookieName(req, name), optionsFor(req))
}

function optionsFor(req: Request): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps(req) }
}

/** With the prefix `__Host-` over https: browsers then keep it only when this very host set it (RFC 6265bis, 4.1.3.2). */
function cookieName(req: Request, name: string): string {
  return isHttps(req) ? `__Host-${name}` : name
}

/** Whether people reach the desk by https: as its address says, whatever the connection from a proxy is. */
function isHttps(req: Request): boolean {
  return req.press.publicUrl.startsWith('https:') || req.secure
}
