import { Router } from 'express'
import { NotFound } from '../errors.ts'
import { guard } from './guard.ts'

const LASTS_DAYS = 180

/** `/.well-known/security.txt` (RFC 9116): where a fault in this desk's security is reported; 404 where no contact is set. */
export function securityContactRoutes(contact: string | undefined, publicUrl: string): Router {
  const router = Router()

  router.get('/.well-known/security.txt', guard('visit'), (_req, res) => {
    if (!contact) throw new NotFound('This desk has named nobody for reports about its security.')
    res.type('text/plain').send(securityText(contact, publicUrl, new Date()))
  })

  return router
}

/** The text of security.txt, valid for half a year from `now`. */
export function securityText(contact: string, publicUrl: string, now: Date): string {
  const expires = new Date(now.getTime() + LASTS_DAYS * 24 * 3600_000)
  expires.setUTCHours(0, 0, 0, 0)
  return [
    `Contact: ${contact}`,
    `Expires: ${expires.toISOString().replace('.000Z', 'Z')}`,
    'Preferred-Languages: en',
    `Canonical: ${publicUrl}/.well-known/security.txt`,
    '',
  ].join('\r\n')
}
