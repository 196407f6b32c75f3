import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * A browser that has signed in to an account before carries a proof of it, so that the attempts of strangers elsewhere do not lock its owner
 * out (OWASP, Blocking Brute Force Attacks: device cookies). The proof ends when the password is changed.
 */
type Account = { id: number; passwordHash: string | null }

/** A new proof that this browser has signed in to the account, for its cookie. */
export function makeProof(account: Account): string {
  const nonce = randomBytes(16).toString('base64url')
  return `${nonce}.${signatureOf(nonce, account)}`
}

/** What tells a known browser from others, from its cookie; null when the cookie proves nothing for this account. */
export function maybeKnownBrowser(proof: string | undefined, account: Account | null): string | null {
  if (!proof || !account?.passwordHash) return null
  const [nonce = '', signature = ''] = proof.split('.')
  const [given, expected] = [Buffer.from(signature), Buffer.from(signatureOf(nonce, account))]
  return given.length === expected.length && timingSafeEqual(given, expected) ? nonce : null
}

function signatureOf(nonce: string, { id, passwordHash }: Account): string {
  return createHmac('sha256', passwordHash ?? randomBytes(32))
    .update(`browser\n${id}\n${nonce}`)
    .digest('base64url')
}
