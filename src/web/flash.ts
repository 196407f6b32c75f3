import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Flash, Landing } from '../outcome.ts'
import { isFlashButtonPath, isOwnPath } from '../paths.ts'
import { clearCookie, cookieOf, setCookie } from './cookies.ts'

const NAME = 'stet_flash'
const LASTS_MS = 60_000

/** Answers an accepted change: 303 to where it lands, with one line for the next page of the same session. */
export function land(req: Request, res: Response, { path, flash }: Landing): void {
  if (!isOwnPath(path)) throw new Error(`A landing outside the application: ${path}`)
  if (flash && req.sessionToken) {
    const value = Buffer.from(JSON.stringify(flash)).toString('base64url')
    setCookie(req, res, NAME, `${value}.${signatureOf(value, req.sessionToken)}`, LASTS_MS)
  }
  res.redirect(303, path)
}

/** The line left by the request before, which is then gone. A line that was not written for this session is not shown. */
export function readFlash(req: Request, res: Response): Flash | null {
  const cookie = cookieOf(req, NAME)
  if (!cookie) return null
  clearCookie(req, res, NAME)
  const [value = '', signature = ''] = cookie.split('.')
  if (!req.sessionToken || !isSame(signature, signatureOf(value, req.sessionToken))) return null
  try {
    return shaped(JSON.parse(Buffer.from(value, 'base64url').toString('utf8')))
  } catch {
    return null
  }
}

// The session's token is a secret that only this browser and this desk have, so nobody else can write a line for it.
function signatureOf(value: string, sessionToken: string): string {
  return createHmac('sha256', sessionToken).update(`flash\n${value}`).digest('base64url')
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
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

const BUTTON = z.strictObject({
  text: z.string(),
  path: z.string().refine(isFlashButtonPath),
  fields: z.record(z.string(), z.string()),
})

function shapedButton(value: unknown): Pick<Flash, 'button'> {
  const read = BUTTON.safeParse(value)
  return read.success ? { button: read.data } : {}
}
