import { MULTIPLES } from './number.ts'

/** The lower bound of words that give no number of their own: the rule that ACLED has for reports of the dead, which billions and trillions follow. */
export const VAGUE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    tens: '10',
    dozens: '12',
    scores: '20',
    hundreds: '100',
    thousands: '1000',
    millions: '1000000',
    billions: '1000000000',
    trillions: '1000000000000',
  }),
)

/** Words that add. */
export const SMALL: ReadonlyMap<string, number> = new Map<string, number>([
  ...'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, number) => [word, number] as const),
  ...'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, at) => [word, (at + 2) * 10] as const),
  ['fourty', 40],
  ['single', 1],
  ['nil', 0],
])

/** Words that multiply what stands before them. */
export const LARGE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    hundred: '100',
    dozen: '12',
    score: '20',
    ...Object.fromEntries([...MULTIPLES].filter(([word]) => word.length > 3)),
  }),
)

/** Words that divide: an ordinal, or a half and a quarter. */
export const PARTS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    half: 2,
    halves: 2,
    third: 3,
    thirds: 3,
    quarter: 4,
    quarters: 4,
    fourth: 4,
    fourths: 4,
    fifth: 5,
    fifths: 5,
    sixth: 6,
    sixths: 6,
    seventh: 7,
    sevenths: 7,
    eighth: 8,
    eighths: 8,
    ninth: 9,
    ninths: 9,
    tenth: 10,
    tenths: 10,
  }),
)
