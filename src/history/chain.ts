import { createHash } from 'node:crypto'

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

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
