import { withoutEnd } from '../text.ts'
import { parameterRoles } from './address-parameters.ts'
import { copiedAddress, isArchive, type Parts, sameHost, sitePlace } from './address-sites.ts'

/** How many addresses may stand inside one another: a cache's of an archive's of a page. */
const DEEPEST = 5

/**
 * The two keys of a web address. `canonical` is the same for every address of one document, as far as the tables know; `near` is the same
 * for more: parameters of which nobody can say whether they tell documents apart are left out, and case does not count.
 */
export type AddressKeys = { canonical: string; near: string }

/**
 * The one form of a web address by which a source is known again: https; no www., mobile or AMP host, default port, tracking parameter,
 * anchor or slash at the end; percent-encoding as RFC 3986 (6.2.2) has it; parameters by name; the address of the page for the address of
 * an archive's copy. A fragment that is a route (`#!/…`, `#/…`) stays. Null when it is no http or https address.
 */
export function canonicalUrl(address: string): string | null {
  return addressKeys(address)?.canonical ?? null
}

/** Both keys of an address; null when it is no http or https address. */
export function addressKeys(address: string): AddressKeys | null {
  return keysOf(address, DEEPEST)
}

/** Whether an address names a copy in an archive by a name that does not tell which page it is of. */
export function isUnnamedCopy(canonical: string): boolean {
  return URL.canParse(canonical) && isArchive(new URL(canonical).hostname)
}

function keysOf(address: string, depth: number): AddressKeys | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (!['http:', 'https:'].includes(url.protocol) || url.hostname === '') return null
  const parts: Parts = {
    host: sameHost(plainHost(url.hostname)),
    path: plainPath(url.pathname),
    parameters: url.searchParams,
    fragment: url.hash.slice(1),
  }
  const inner = depth > 0 ? copiedAddress(parts, url.pathname + url.search + url.hash) : null
  const ofInner = inner && keysOf(inner, depth - 1)
  return ofInner || keysOfPage(parts, url)
}

function keysOfPage(parts: Parts, url: URL): AddressKeys {
  const place = sitePlace(parts)
  const host = place?.host ?? parts.host
  const port = url.port === '' || url.port === '443' || url.port === '80' ? '' : `:${url.port}`
  const path = plainPath(place?.path ?? parts.path)
  const isWhole = place?.query !== undefined
  const query = isWhole ? (place.query ?? '').split('&') : url.search.slice(1).split('&')
  const [kept, telling] = parametersOf(host, query)
  const [route, sure] = isWhole ? ['', true] : routeOf(host, parts.fragment)
  const origin = `https://${host}${port}${path}`
  return {
    canonical: `${origin}${queryOf(kept)}${route && `#${route}`}`,
    near: `${origin.replace(/\.(?:html?|php|aspx?)$/i, '').replace(/(?<!:)\/{2,}/g, '/')}${queryOf(telling)}${sure && route ? `#${route}` : ''}`.toLowerCase(),
  }
}

/** A host without the end of the root and the beginnings that say for which reader a page is drawn. */
function plainHost(hostname: string): string {
  let host = withoutEnd(hostname, '.')
  while (/^(?:www\d?|m|mobile|amp)\.[^.]+\./.test(host)) host = host.slice(host.indexOf('.') + 1)
  return host
}

const INDEX = /\/(?:index|default)\.(?:html?|php|aspx?|jsp)$/i
// As the first part of a path, the last, or the one after a section's name as the BBC has it.
const AMP = [
  /^\/amp(?=\/.)/i,
  /(?<=^\/news)\/amp(?=\/)/i,
  /(?<=.)\/amp(?:\.html?)?$/i,
  /(?<=.)\.amp(?=(?:\.html?)?$)/i,
] as const

/** A path with each of its characters written one way, without session, AMP's additions, the name of an index page, and slashes at its end. */
function plainPath(pathname: string): string {
  const path = pathname.replace(/;(?:jsessionid|phpsessid)=[^/;]*/gi, '')
  return withoutAdditions(path.split('/').map(plainPart).join('/')) || '/'
}

function withoutAdditions(path: string): string {
  const shorter = [...AMP, INDEX].reduce(
    (left, addition) => withoutSlashes(left.replace(addition, '')),
    withoutSlashes(path),
  )
  return shorter === path ? path : withoutAdditions(shorter)
}

function withoutSlashes(path: string): string {
  let end = path.length
  while (end > 0 && path[end - 1] === '/') end -= 1
  return path.slice(0, end)
}

/** Characters that a path's part may have as they are; encoded or not they mean the same to every server that was met. */
const PLAIN = /%(?:21|24|26|27|28|29|2A|2B|2C|3A|3B|3D|40)/g

function plainPart(part: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(part).normalize('NFC')).replace(PLAIN, decodeURIComponent)
  } catch {
    // Bytes of an older character set: only the digits of the encoding have two forms.
    return part.replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase())
  }
}

/** What stays of a query for the canonical address, and of that what tells documents apart. */
function parametersOf(host: string, query: readonly string[]): [kept: string[], telling: string[]] {
  const roleOf = parameterRoles(host)
  const kept: { text: string; name: string; isTelling: boolean }[] = []
  for (const part of query) {
    if (part === '') continue
    const at = part.indexOf('=')
    const name = plainValue(at < 0 ? part : part.slice(0, at))
    const value = at < 0 ? '' : plainValue(part.slice(at + 1))
    const role = roleOf(readable(name), readable(value))
    if (role === 'tracking' || name + value === '') continue
    kept.push({ text: value === '' ? name : `${name}=${value}`, name, isTelling: role === 'content' })
  }
  // By name only: of several values of one name the order may mean something.
  kept.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return [kept.map(({ text }) => text), kept.filter(({ isTelling }) => isTelling).map(({ text }) => text)]
}

const PLAIN_IN_QUERY = /%(?:21|24|27|28|29|2A|2C|2F|3A|3B|3F|40)/g

function plainValue(value: string): string {
  const text = value.replaceAll('+', '%20')
  try {
    return encodeURIComponent(decodeURIComponent(text).normalize('NFC')).replace(PLAIN_IN_QUERY, decodeURIComponent)
  } catch {
    return text.replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase())
  }
}

function readable(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function queryOf(kept: readonly string[]): string {
  return kept.length ? `?${kept.join('&')}` : ''
}

/**
 * A fragment that says which document is shown, and whether that is sure: `!…` and `/…` are routes of pages that draw themselves; another
 * fragment with a slash in it may be one. Anchors, text fragments and what counting services add are none.
 */
function routeOf(host: string, fragment: string): [route: string, isSure: boolean] {
  const [text = ''] = fragment.split(':~:')
  const [path = '', ...query] = text.split('?')
  const plain = withoutSlashes(path.split('/').map(plainPart).join('/'))
  const isSure = /^[!/]/.test(plain)
  if (plain === '' || plain === '!') return ['', false]
  if (!isSure && !/^[\w@-]+\/./.test(plain) && host !== 'web.telegram.org') return ['', false]
  return [`${plain}${queryOf(parametersOf(host, query.join('?').split('&'))[0])}`, isSure]
}
