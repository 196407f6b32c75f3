// Tags as HTML's tokenizer reads them where attributes are well formed; whatever else begins with `<` and a letter is found as a stray.
const TAG = /<(\/?)([a-z][^\s/>]*)((?:\s+[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>=<`]+))?)*)\s*\/?>/gi
const ATTRIBUTE = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>=<`]+)))?/g
const OPENING = /<[a-z/!?]/gi
const ADDRESSES = ['href', 'src', 'action', 'formaction', 'srcset', 'poster', 'data', 'cite', 'xlink:href']
const OUR_ADDRESS = /^(https?:\/\/|\/(?!\/)|#|\?|mailto:)/i

/** What on a page could run or load what somebody typed; none on a page that is inert. */
export function livePartsOf(html: string): string[] {
  const live: string[] = []
  let tags = 0
  for (const [whole, , name = '', attributes = ''] of html.matchAll(TAG)) {
    tags += 1
    const tag = name.toLowerCase()
    if (!/^[a-z][a-z0-9]*$/.test(tag) || ['iframe', 'object', 'embed', 'base', 'style', 'frame'].includes(tag))
      live.push(whole)
    if (tag === 'script' && whole[1] !== '/' && !/ src="\/assets\/[0-9a-f]{12}\//.test(whole)) live.push(whole)
    for (const [, attribute = '', double, single, bare] of attributes.matchAll(ATTRIBUTE)) {
      const value = decoded(double ?? single ?? bare ?? '')
      const lower = attribute.toLowerCase()
      if (lower.startsWith('on') || lower === 'srcdoc' || lower === 'style') live.push(whole)
      if (ADDRESSES.includes(lower) && value !== '' && !OUR_ADDRESS.test(value)) live.push(whole)
    }
  }
  const openings = [...html.matchAll(OPENING)].length
  const known = tags + [...html.matchAll(/<!doctype html>|<!--[\s\S]*?-->/gi)].length
  if (openings !== known) live.push(`${openings - known} tags that are not well formed`)
  return live
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', colon: ':', tab: '\t', newline: '\n' }

/** An attribute's value, or a text, without its character references. */
export function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, digits?: string, name?: string) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    if (digits) return String.fromCodePoint(Number(digits))
    return NAMED[(name ?? '').toLowerCase()] ?? whole
  })
}
