/** A stretch of a text, or one of its characters that nobody sees: then what it is called, and a few letters that stand for it. */
export type Stretch = { text: string; unseen: { name: string; sign: string } | null }

const NAMES: Record<string, [name: string, sign: string]> = {
  '\u00ad': ['soft hyphen', 'SHY'],
  '\u061c': ['Arabic letter mark', 'ALM'],
  '\u200b': ['zero width space', 'ZWSP'],
  '\u200c': ['zero width non-joiner', 'ZWNJ'],
  '\u200d': ['zero width joiner', 'ZWJ'],
  '\u200e': ['left-to-right mark', 'LRM'],
  '\u200f': ['right-to-left mark', 'RLM'],
  '\u2028': ['line separator', 'LS'],
  '\u2029': ['paragraph separator', 'PS'],
  '\u202a': ['left-to-right embedding', 'LRE'],
  '\u202b': ['right-to-left embedding', 'RLE'],
  '\u202c': ['end of an embedding or override', 'PDF'],
  '\u202d': ['left-to-right override', 'LRO'],
  '\u202e': ['right-to-left override', 'RLO'],
  '\u2060': ['word joiner', 'WJ'],
  '\u2066': ['left-to-right isolate', 'LRI'],
  '\u2067': ['right-to-left isolate', 'RLI'],
  '\u2068': ['first strong isolate', 'FSI'],
  '\u2069': ['end of an isolate', 'PDI'],
  '\ufeff': ['zero width no-break space', 'BOM'],
}

// Controls but for tab and line end, what has no width, and what turns the direction of writing. The joiners are letters' own business in
// scripts that are written joined, and in pictures made of several; after what is written letter by letter they only hide.
const UNSEEN =
  /((?![\t\n])[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|(?<=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}\p{P}\p{Z}]|^)[\u200c\u200d])/u

/** A text cut where something stands that nobody sees, so that a page can show it. */
export function unseenIn(text: string): Stretch[] {
  if (!UNSEEN.test(text)) return [{ text, unseen: null }]
  // Cut at a group, what fitted it comes along, at every other place.
  return text
    .split(UNSEEN)
    .map((piece, at) => ({ text: piece, unseen: at % 2 ? calledBy(piece) : null }))
    .filter(({ text: piece }) => piece !== '')
}

function calledBy(character: string): { name: string; sign: string } {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  const [name, sign] = NAMES[character] ?? ['control character', code]
  return { name: `${name}, ${code}`, sign }
}
