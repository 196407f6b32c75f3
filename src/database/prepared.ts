const OFTEN = 3
const MOST = 400
const UNNAMED = ''

// How a search is best answered depends on the words: those plans are made anew each time.
const DEPENDS_ON_VALUES = /tsquery|ilike/i

export type NameOf = (query: { sql: string }) => string

/**
 * Names for the statements that come again and again, so that each connection parses and plans them once. A statement has one from the
 * third time on, at most 400 have one: a list in a statement makes another statement for each length.
 */
export function statementNames(): NameOf {
  const names = new Map<string, string>()
  const asked = new Map<string, number>()
  return ({ sql }) => {
    const name = names.get(sql)
    if (name) return name
    if (names.size >= MOST || DEPENDS_ON_VALUES.test(sql)) return UNNAMED
    const times = (asked.get(sql) ?? 0) + 1
    if (asked.size >= 10 * MOST) asked.clear()
    asked.set(sql, times)
    if (times < OFTEN) return UNNAMED
    asked.delete(sql)
    const given = `stet_${names.size}`
    names.set(sql, given)
    return given
  }
}
