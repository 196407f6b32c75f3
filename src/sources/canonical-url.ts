/** Parameters that say where a reader came from, not what is read. */
const TRACKING =
  /^(utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|mkt_tok|_ga|_gl|_hsenc|_hsmi|ref_src|ref_url|vero_id|oly_anon_id|oly_enc_id|s_cid)$/i

/**
 * The one form of a web address by which a source is known again: https, host in lower case, no default port, fragment, tracking parameter or
 * slash at the end. The order of the other parameters is kept. Null when it is no http or https address.
 */
export function canonicalUrl(address: string): string | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (!['http:', 'https:'].includes(url.protocol) || url.hostname === '') return null
  const isDefaultPort = url.port === '' || url.port === '443' || url.port === '80'
  const path = url.pathname.replace(/(?<!\/)\/+$/, '')
  return `https://${url.hostname}${isDefaultPort ? '' : `:${url.port}`}${path || '/'}${queryOf(url)}`
}

function queryOf(url: URL): string {
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !TRACKING.test(part.split('=')[0] ?? ''))
  return kept.length ? `?${kept.join('&')}` : ''
}
