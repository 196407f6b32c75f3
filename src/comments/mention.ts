import { foldName } from '../folding.ts'

/** Somebody who can be named. */
export type Named = { id: number; name: string }

/** Who a comment names with an @, and what could not be told: names of nobody, and names of several. */
export type Mentions = { people: Named[]; unknown: string[]; ambiguous: string[] }

const MOST = 20

/** Reads the mentions of a text: an @ followed by a whole name, or by a first name that only one person has; case and marks do not count. */
export function mentionsIn(text: string, people: readonly Named[]): Mentions {
  const named = people.map((person) => ({ person, words: foldName(person.name).split(' ') }))
  const found: Mentions = { people: [], unknown: [], ambiguous: [] }
  for (const after of afterEachAt(text)) {
    const words = foldName(after).split(' ')
    const whole = longest(named.filter((one) => one.words.every((word, at) => word === words[at])))
    const meant = whole.length ? whole : named.filter((one) => one.words[0] === words[0])
    const [first] = after.split(/[^\p{L}\p{N}’'-]/u)
    if (meant.length === 1 && meant[0]) found.people.push(meant[0].person)
    else (meant.length ? found.ambiguous : found.unknown).push(`@${first}`)
  }
  const once = <T>(items: T[]) => [...new Set(items)].slice(0, MOST)
  return { people: once(found.people), unknown: once(found.unknown), ambiguous: once(found.ambiguous) }
}

/** The words after each @ that begins a word, up to the end of the line; an @ within an address begins none. */
function afterEachAt(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => {
      const parts = line.split('@')
      return parts.slice(1).map((part, at) => ({ before: parts[at] ?? '', part }))
    })
    .filter(({ before, part }) => !/[\p{L}\p{N}]$/u.test(before) && /^\p{L}/u.test(part))
    .map(({ part }) => part.slice(0, 200))
}

function longest<T extends { words: string[] }>(all: T[]): T[] {
  const most = Math.max(0, ...all.map(({ words }) => words.length))
  return all.filter(({ words }) => words.length === most)
}

/** What became of the names in a comment, in sentences: who finds it on their page, and what was kept as text. */
export function mentionsInWords({ people, unknown, ambiguous }: Mentions): string {
  const list = (items: string[]) => new Intl.ListFormat('en-GB').format(items)
  const sentences = [
    people.length && `${list(people.map(({ name }) => name))} will find it under My work.`,
    unknown.length && `Nobody who works on claims here is called ${list(unknown)}, which stands as text.`,
    ambiguous.length &&
      `Several people may be meant by ${list(ambiguous)}, which stands as text: write the whole name.`,
  ]
  return sentences.filter(Boolean).join(' ')
}
