import type { Prisma } from '../../prisma/client/client.ts'
import type { Naming, Terms } from '../../prisma/client/enums.ts'
import { foldName } from '../folding.ts'

/** Why nothing of a source is shown: it is private, or somebody speaks in it who is not to be named. */
export type Ground = 'private' | 'not_for_attribution'

/** What is kept from readers and from every file. Null instead of it stands for somebody who may see all. */
export type Withheld = {
  /** Sources of which nothing is shown, by id. */
  sources: ReadonlyMap<number, Ground>
  /** Every name of the parties who spoke on condition of not being named, by id. */
  names: ReadonlyMap<number, readonly string[]>
}

/** Which parts of an attribution are withheld: who speaks, the document, the printed words. */
export type Cover = { speaker: boolean; document: boolean; words: boolean }

/** Sources that everybody may see, as a condition of Prisma's. */
export const SHOWN_TO_ALL = {
  isPrivate: false,
  claims: { none: { notForAttribution: true } },
} as const satisfies Prisma.SourceWhereInput

/** Attributions whose speaker may be named, as a condition of Prisma's. */
export const NAMED_TO_ALL = {
  OR: [{ terms: null }, { terms: { not: 'not_for_attribution' } }],
} as const satisfies Prisma.AttributionWhereInput

const OPEN: Cover = { speaker: false, document: false, words: false }

/**
 * Which parts of an attribution are withheld. Of a private source who said it stays and the document and its words do not; of what is not for
 * attribution the words stay, without who said it and where. Other words from a document in which somebody is not to be named are withheld with it.
 */
export function coverOf(said: { sourceId: number; terms: Terms | null }, withheld: Withheld | null): Cover {
  if (withheld === null) return OPEN
  const ground = withheld.sources.get(said.sourceId)
  const speaker = said.terms === 'not_for_attribution'
  return {
    speaker,
    document: speaker || ground !== undefined,
    words: ground === 'private' || (ground !== undefined && !speaker),
  }
}

/** The names that an attribution's words must not hold: none where its speaker may be named. */
export function namesIn(
  { terms, speakerId, speaker }: { terms: Terms | null; speakerId: number | null; speaker?: string | null },
  withheld: Withheld | null,
): string[] {
  if (withheld === null || terms !== 'not_for_attribution') return []
  const known = speakerId === null ? [] : (withheld.names.get(speakerId) ?? [])
  return [...known, ...(speaker ? [speaker] : [])]
}

/** Every name that nothing on a claim may hold. */
export function allNames(withheld: Withheld | null): string[] {
  return withheld === null ? [] : [...withheld.names.values()].flat()
}

/**
 * The text, or null where it holds one of the names or a part of one: the longer words of a name also inside other words, so that an inflected
 * form is found, and short words only as they are. Too much is withheld rather than too little.
 */
export function withoutNames<T extends string | null>(text: T, names: readonly string[]): T | null {
  if (text === null || names.length === 0) return text
  const plain = foldName(text)
  const words = new Set(plain.split(' '))
  const isNamed = names.some((name) => {
    const whole = foldName(name)
    return (
      whole
        .split(' ')
        .some(
          (part) => (words.has(part) && part.length >= SHORTEST) || (part.length >= WITHIN && plain.includes(part)),
        ) ||
      (whole !== '' && plain.includes(whole))
    )
  })
  return isNamed ? null : text
}

/** Words of a name that are shorter, such as "of" and initials, name nobody by themselves. */
const SHORTEST = 3
/** From this length on a part of a name is looked for inside other words. */
const WITHIN = 5

/** How a speaker who is not to be named is described, where a description was agreed and holds no name; null where there is none. */
export function descriptionOf(
  said: {
    naming: Naming
    speakerAsPrinted: string | null
    terms: Terms | null
    speakerId: number | null
    speaker?: string | null
  },
  cover: Cover,
  withheld: Withheld | null,
): string | null {
  const isDescription = said.naming === 'described' || said.naming === 'collective'
  return cover.words || !isDescription ? null : withoutNames(said.speakerAsPrinted, namesIn(said, withheld))
}

/**
 * The words of a claim's figure as printed, or null where they may come from a source that is withheld: it stood among the claim's attributions
 * once, and no passage that is shown has these words.
 */
export function figureWordingShown(
  wording: string | null,
  { isFromWithheld, passages }: { isFromWithheld: boolean; passages: readonly (string | null)[] },
): string | null {
  if (wording === null || !isFromWithheld) return wording
  const sought = foldName(wording)
  return sought !== '' &&
    passages.some((passage) => passage !== null && ` ${foldName(passage)} `.includes(` ${sought} `))
    ? wording
    : null
}

/** The passages of attributions that everybody is shown. */
export function passagesShown(
  attributions: readonly { sourceId: number; terms: Terms | null; passage: string | null }[],
  withheld: Withheld | null,
): (string | null)[] {
  return attributions.filter((said) => !coverOf(said, withheld).document).map(({ passage }) => passage)
}
