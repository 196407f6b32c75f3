/** What two claims are compared by. */
export type Comparable = {
  statement: string
  figureComparator: string | null
  figureLow: string | null
  figureHigh: string | null
}

/** What they have in common, in words; `looksSame` only when nothing speaks against it. */
export type Likeness = { reason: string; looksSame: boolean }

/** How alike two statements must be to look the same, from 0 to 1 by trigrams. */
const SAME = 0.6

/** Why another claim is shown beside this one: "shares Almaty, airport; same figure". Never the same when numbers or a negation differ. */
export function likenessOf(mine: Comparable, other: Comparable, similarity: number, isSamePassage: boolean): Likeness {
  const shared = sharedWords(mine.statement, other.statement)
  const differs = differencesOf(mine, other)
  const reasons = [
    isSamePassage && 'same passage of the same source',
    shared.length && `shares ${shared.slice(0, 4).join(', ')}`,
    hasSameFigure(mine, other) && 'same figure',
    ...differs,
  ]
  return {
    reason: reasons.filter(Boolean).join('; ') || 'worded alike',
    looksSame: similarity >= SAME && !differs.length,
  }
}

function differencesOf(mine: Comparable, other: Comparable): string[] {
  const otherNumbers = numbersOf(mine.statement) !== numbersOf(other.statement)
  const otherFigure = mine.figureComparator && other.figureComparator && !hasSameFigure(mine, other)
  return [
    otherNumbers || otherFigure ? 'but another number' : '',
    isNegated(mine.statement) !== isNegated(other.statement) ? 'but one of them says no' : '',
  ].filter(Boolean)
}

function hasSameFigure(mine: Comparable, other: Comparable): boolean {
  return (
    mine.figureComparator !== null &&
    mine.figureComparator === other.figureComparator &&
    mine.figureLow === other.figureLow &&
    mine.figureHigh === other.figureHigh
  )
}

function numbersOf(statement: string): string {
  const inDigits = statement.match(/\p{N}+(?:[.,\u00a0\u202f ]\p{N}+)*/gu) ?? []
  const inWords = wordsOf(statement).filter((word) => NUMBER_WORDS.has(word.toLowerCase()))
  return [...inDigits.map((number) => number.replace(/\P{N}/gu, '')), ...inWords.map((word) => word.toLowerCase())]
    .toSorted()
    .join(' ')
}

function isNegated(statement: string): boolean {
  return wordsOf(statement).some((word) => NEGATIONS.has(word.toLowerCase()) || /n[’']t$/i.test(word))
}

/** The telling words of one statement that stand in the other as well, as the first writes them. */
function sharedWords(statement: string, other: string): string[] {
  const theirs = new Set(wordsOf(other).map((word) => word.toLowerCase()))
  const seen = new Set<string>()
  return wordsOf(statement).filter((word) => {
    const plain = word.toLowerCase()
    const isTelling = word.length > 3 && !COMMON.has(plain) && !NUMBER_WORDS.has(plain)
    return isTelling && theirs.has(plain) && !seen.has(plain) && seen.add(plain)
  })
}

function wordsOf(statement: string): string[] {
  return statement.match(/[\p{L}\p{M}]+(?:[’'-][\p{L}\p{M}]+)*/gu) ?? []
}

const NUMBER_WORDS = new Set(
  'one two three four five six seven eight nine ten eleven twelve dozen dozens score scores hundred hundreds thousand thousands million millions billion half both'.split(
    ' ',
  ),
)
const NEGATIONS = new Set(
  'no not never none nobody nothing neither nor cannot without denied denies не нет ни никогда kein keine nicht niemals pas jamais aucun non ningún nunca'.split(
    ' ',
  ),
)
const COMMON = new Set(
  'about above after again against also among been before being between could does during each from further have having here into just least less more most much only other over said same says should some such than that their them then there these they this those through under until very were what when where which while will with would your people'.split(
    ' ',
  ),
)
