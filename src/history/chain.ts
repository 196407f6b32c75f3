import { createHash, randomBytes } from 'node:crypto'

/** The columns of an event that its hash covers, besides the body's digest. */
export type Link = {
  subject: string
  subjectId: number
  revision: number
  actorId: number | null
  action: string
  at: Date
  requestId: string | null
}

/** What an event changed, as the very text that is stored. */
export type Body = { salt: string; before: string | null; after: string | null; reason: string | null }

/** Hex SHA-256 of an event's values; the salt keeps redacted values from being guessed. */
export function digestOf({ salt, before, after, reason }: Body): string {
  return sha256(
    [salt, before ?? '', after ?? '', reason ?? ''].map((part) => `${Buffer.byteLength(part)}:${part}`).join('\n'),
  )
}

/** Hex SHA-256 of an event: the hash before it on the same subject, its columns in their order, its body's digest. */
export function hashOf(previousHash: string, link: Link, bodyDigest: string): string {
  const { subject, subjectId, revision, actorId, action, at, requestId } = link
  return sha256(
    [
      previousHash,
      subject,
      subjectId,
      revision,
      actorId ?? '',
      action,
      at.toISOString(),
      requestId ?? '',
      bodyDigest,
    ].join('\n'),
  )
}

/** A digest under a salt of its own, as `salt:digest`, so that two forms that say the same are not known to, nor a short one guessed from a table. */
export function salted(digest: string, salt = randomBytes(16).toString('hex')): string {
  return `${salt}:${sha256(`${salt}\n${digest}`)}`
}

/** Whether a stored digest is that of this one; those stored before they were salted are the digest itself. */
export function isSaltedFrom(stored: string, digest: string): boolean {
  const [salt = '', rest] = stored.split(':')
  return rest === undefined ? stored === digest : stored === salted(digest, salt)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
