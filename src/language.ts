/** The sentence where a language is asked for and something else was typed. */
export const LANGUAGE_SENTENCE = 'Write the language as a code, such as en, ru, kk or zh-Hant.'

// A language with at most a script, a region and variants (BCP 47, RFC 5646, 2.1); extensions and private use say nothing of a text.
const SHAPE = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*$/

const NAMES = {
  language: new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }),
  script: new Intl.DisplayNames(['en'], { type: 'script', fallback: 'none' }),
  region: new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' }),
}

/**
 * The canonical form of a language's code (BCP 47), with `ru` for `rus`; null when it is none, or of a language, script or region that
 * Unicode's CLDR does not name.
 */
export function maybeLanguage(typed: string): string | null {
  const tag = canonical(typed)
  if (tag === null || !SHAPE.test(tag)) return null
  const { language, script, region } = new Intl.Locale(tag)
  const isKnown =
    NAMES.language.of(language) !== undefined &&
    (!script || NAMES.script.of(script) !== undefined) &&
    (!region || NAMES.region.of(region) !== undefined)
  return isKnown ? tag : null
}

function canonical(typed: string): string | null {
  try {
    return Intl.getCanonicalLocales(typed)[0] ?? null
  } catch {
    return null
  }
}
