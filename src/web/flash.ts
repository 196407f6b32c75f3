import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Flash, Landing } from '../outcome.ts'
import { isOwnPath } from '../paths.ts'
import { type CookieOptions, cookieOf } from './cookies.ts'

const NAME = 'stet_flash'
const OPTIONS: CookieOptions = { httpOnly: true, sameSite: 'lax', path: '/', maxAge: 60_000 }

/** Answers an accepted change: 303 to where it lands, with one line for the next page. */
export function land(req: Request, res: Response, { path, flash }: Landing): void {
  if (!isOwnPath(path)) throw new Error(`A landing outside the application: ${path}`)
  if (flash)
    res.cookie(NAME, Buffer.from(JSON.stringify(flash)).toString('base64url'), { ...OPTIONS, secure: req.secure })
  res.redirect(303, path)
}

/** The line left by the request before, which is then gone. */
export function readFlash(req: Request, res: Response): Flash | null {
  const value = cookieOf(req, NAME)
  if (!value) return null
  res.clearCookie(NAME, { path: '/' })
  try {
    return shaped(JSON.parse(Buffer.from(value, 'base64url').toString('utf8')))
  } catch {
    return null
  }
}

function shaped(value: { text?: unknown; links?: unknown; button?: unknown } | null): Flash | null {
  if (typeof value?.text !== 'string') return null
  const links = Array.isArray(value.links) ? value.links : []
  return {
    text: value.text,
    links: links
      .filter((link) => typeof link?.text === 'string' && typeof link?.href === 'string' && isOwnPath(link.href))
      .map(({ text, href }) => ({ text, href })),
    ...shapedButton(value.button),
  }
}

function shapedButton(value: unknown): Pick<Flash, 'button'> {
  const read = z
    .object({ text: z.string(), path: z.string(), fields: z.record(z.string(), z.string()) })
    .safeParse(value)
  return read.success && isOwnPath(read.data.path) ? { button: read.data } : {}
}
