/** The id that somebody typed to tell things of one name apart: `#12` or `Name (#12)`; null when there is none. */
export function namedId(typed: string): number | null {
  const [, id] = /^(?:.*\()?#([1-9]\d{0,8})\)?$/su.exec(typed.trim()) ?? []
  return id ? Number(id) : null
}
