import { domainToASCII } from 'node:url'

/**
 * An e-mail address as it is stored and looked for, so that one mailbox is one account: without what nobody sees, in small letters, its domain in
 * ASCII (IDNA, as browsers send it) and without the point that may end it. Null when it is no address.
 */
export function mailboxOf(typed: string): string | null {
  const seen = typed.normalize('NFKC').replace(/[\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]/gu, '')
  const at = seen.lastIndexOf('@')
  const name = seen.slice(0, at).trim().toLowerCase().normalize('NFC')
  const domain = domainToASCII(withoutPoint(seen.slice(at + 1).trim()))
  const address = `${name}@${domain}`
  return at > 0 && domain !== '' && ADDRESS.test(address) ? address : null
}

const ADDRESS = /^[^\s@<>"',;:\\]+@[^\s@<>"',;:\\]+$/

function withoutPoint(domain: string): string {
  const last = domain.at(-1) ?? ''
  // The full stops that IDNA takes for a point as well.
  return ['.', '。', '．', '｡'].includes(last) ? domain.slice(0, -1) : domain
}
