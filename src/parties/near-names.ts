import damerauLevenshtein from 'damerau-levenshtein'
import { foldName } from '../folding.ts'

/**
 * Titles and forms of address that stand before a name and are no part of it, by language. Words are compared folded, so that `Gen.` and `gen`
 * are one.
 */
const TITLES = {
  English:
    'mr mrs ms miss mx dr prof professor sir lord lady dame gen general brig brigadier col colonel lt lieutenant maj major capt captain cpt sgt sergeant adm admiral marshal commander president pres premier prime minister chancellor secretary sen senator rep representative congressman congresswoman mp mep gov governor mayor ambassador judge justice prosecutor chairman chairwoman chairperson speaker spokesman spokeswoman spokesperson director king queen prince princess sheikh emir sultan ayatollah imam mufti patriarch pope cardinal archbishop bishop rev reverend father sister hon honourable honorable',
  Russian:
    'господин госпожа гн гжа г-н г-жа товарищ доктор д-р профессор проф академик президент премьер премьер-министр министр канцлер генерал генерал-майор генерал-лейтенант генерал-полковник ген полковник подполковник майор капитан лейтенант адмирал аким депутат сенатор губернатор мэр посол судья прокурор глава председатель спикер пресс-секретарь директор патриарх',
  Kazakh: 'мырза ханым президент премьер-министр министр әкім төраға депутат генерал полковник хатшы елші',
  German:
    'herr frau doktor dr prof präsident präsidentin bundespräsident bundeskanzler bundeskanzlerin kanzler kanzlerin minister ministerin außenminister außenministerin innenminister innenministerin verteidigungsminister verteidigungsministerin ministerpräsident ministerpräsidentin general oberst oberstleutnant major hauptmann bürgermeister oberbürgermeister botschafter senator richter papst',
  French:
    'm mm mme mlle monsieur madame mademoiselle docteur dr pr professeur maître président présidente premier ministre ministre chancelier général colonel commandant capitaine lieutenant amiral sénateur sénatrice député députée gouverneur maire ambassadeur juge pape',
  Spanish:
    'señor señora señorita sr sra srta don doña doctor doctora presidente presidenta ministro ministra general coronel alcalde gobernador',
  Turkish: 'sayın bay bayan cumhurbaşkanı başbakan bakan bakanı başkan başkanı vali general albay profesör doktor',
  Arabic: 'السيد السيدة الدكتور الدكتورة الرئيس الوزير الوزيرة الشيخ الأمير الملك الجنرال اللواء العقيد السفير',
} as const

/** Words that stand before a title and belong to it: `Deputy Prime Minister`, `бывший министр`. */
const BEFORE_TITLES =
  'former ex acting deputy vice first the then late бывший экс и о исполняющий вице замминистра ehemalige ehemaliger ancien ancienne ex eski'

/** Spellings of one word in British and American print; `-is-` and `-iz-` of verbs and what is made of them follow a rule below. */
const SPELLINGS = [
  ['defence', 'defense'],
  ['offence', 'offense'],
  ['licence', 'license'],
  ['practice', 'practise'],
  ['centre', 'center'],
  ['centres', 'centers'],
  ['theatre', 'theater'],
  ['fibre', 'fiber'],
  ['metre', 'meter'],
  ['kilometre', 'kilometer'],
  ['litre', 'liter'],
  ['labour', 'labor'],
  ['colour', 'color'],
  ['harbour', 'harbor'],
  ['honour', 'honor'],
  ['neighbour', 'neighbor'],
  ['neighbourhood', 'neighborhood'],
  ['armour', 'armor'],
  ['armoured', 'armored'],
  ['favour', 'favor'],
  ['behaviour', 'behavior'],
  ['programme', 'program'],
  ['programmes', 'programs'],
  ['catalogue', 'catalog'],
  ['dialogue', 'dialog'],
  ['cheque', 'check'],
  ['grey', 'gray'],
  ['tyre', 'tire'],
  ['aluminium', 'aluminum'],
  ['sulphur', 'sulfur'],
  ['jewellery', 'jewelry'],
  ['ageing', 'aging'],
  ['counselling', 'counseling'],
  ['modelling', 'modeling'],
  ['travellers', 'travelers'],
  ['fulfilment', 'fulfillment'],
  ['manoeuvre', 'maneuver'],
  ['manoeuvres', 'maneuvers'],
  ['encyclopaedia', 'encyclopedia'],
  ['archaeology', 'archeology'],
  ['paediatric', 'pediatric'],
  ['gynaecology', 'gynecology'],
  ['haematology', 'hematology'],
  ['orthopaedic', 'orthopedic'],
  ['anaesthesia', 'anesthesia'],
  ['foetal', 'fetal'],
  ['judgement', 'judgment'],
  ['acknowledgement', 'acknowledgment'],
] as const

/** Words that are a letter or two apart and name different things. */
const APART = [
  ['iran', 'iraq'],
  ['austria', 'australia'],
  ['slovakia', 'slovenia'],
  ['gambia', 'zambia'],
  ['dominica', 'dominican'],
  ['niger', 'nigeria'],
  ['minister', 'ministry'],
  ['ministers', 'ministry'],
  ['internal', 'external'],
  ['northern', 'southern'],
  ['eastern', 'western'],
  ['восточный', 'западный'],
  ['внутренний', 'внешний'],
] as const

/** Words that tell one body from another of the same name, as numbers do. */
const ORDER =
  'one two three four five six seven eight nine ten first second third fourth fifth sixth seventh eighth ninth tenth north south east west northern southern eastern western upper lower junior senior jr sr deputy vice anti non new old i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi'

/** Words too common to be counted as shared. */
const SMALL =
  'the of and for in on at to a an de la le les du des et der die das und von für di da do dos das y el los и в во на по при о об für för och ve و في'

const setOf = (words: string) => new Set(words.split(' ').map(foldName))
const TITLE_WORDS = new Set(
  Object.values(TITLES).flatMap((words) => words.split(' ').flatMap((word) => foldName(word).split(' '))),
)
const BEFORE_TITLE_WORDS = setOf(BEFORE_TITLES)
const ORDER_WORDS = setOf(ORDER)
const SMALL_WORDS = setOf(SMALL)
const AMERICAN = new Map<string, string>(SPELLINGS)
const BRITISH = new Map<string, string>(SPELLINGS.map(([british, american]) => [american, british]))
const APART_WORDS = new Set(APART.flatMap(([one, other]) => [`${one} ${other}`, `${other} ${one}`]))

/** How few letters a word may have to be looked for by itself. */
const FEWEST_LETTERS = 4
/** How many words of a name are looked at; longer ones are sentences. */
const MOST_WORDS = 20

/** The words of a name, folded, without the titles before it. The titles stay where there is nothing else. */
export function wordsWithoutTitles(name: string): string[] {
  const words = wordsOf(name)
  // “Interior Minister Yerlan Turgumbayev”: what a minister is of stands before the title.
  const last = words.slice(0, 4).findLastIndex((word) => TITLE_WORDS.has(word))
  let start = last + 1
  if (start > 0 && start < words.length) return words.slice(start)
  start = 0
  while (start < words.length - 1 && BEFORE_TITLE_WORDS.has(words[start] ?? '')) start += 1
  return words.slice(start)
}

/** The words of a name, folded. */
function wordsOf(name: string): string[] {
  return foldName(name).split(' ').filter(Boolean).slice(0, MOST_WORDS)
}

/** A word and its spelling on the other side of the Atlantic, folded. */
export function spellingsOf(word: string): string[] {
  const other = AMERICAN.get(word) ?? BRITISH.get(word)
  const verb = /^(.{3,})(i[sz])(e|ed|es|er|ers|ing|ation|ations|ational)$/.exec(word)
  if (!verb) return other ? [word, other] : [word]
  const [, stem, middle, end] = verb
  return [word, `${stem}${middle === 'is' ? 'iz' : 'is'}${end}`]
}

/**
 * How near two names are: 0 where they are one but for titles, order, spelling and small words, more for every letter; null when they are not
 * near. Only a person's titles are no part of the name: General Motors has none.
 */
export function distanceOfNames(typed: string, known: string, isPerson: boolean): number | null {
  const [mine, theirs] = [tellingWords(typed, isPerson), tellingWords(known, isPerson)]
  if (!mine.length || !theirs.length) return null
  const joined = distanceJoined(mine, theirs)
  const matched = matchWords(mine, theirs)
  const whole = matched && !matched.left.length && matched.distance <= mostTypos(mine) ? matched.distance : null
  const distances = [joined, whole, matched && distanceOfPart(matched, mine, theirs, isPerson)]
  return distances.reduce<number | null>(
    (least, one) => (one !== null && (least === null || one < least) ? one : least),
    null,
  )
}

/** The words of a name that are compared: without titles and small words, in one spelling. */
function tellingWords(name: string, isPerson: boolean): string[] {
  const words = (isPerson ? wordsWithoutTitles(name) : wordsOf(name)).map(oneSpelling)
  const telling = words.filter((word) => !SMALL_WORDS.has(word))
  return telling.length ? telling : words
}

function oneSpelling(word: string): string {
  return spellingsOf(word).toSorted()[0] ?? word
}

/** The distance of names that differ in where words end: `Al Jazeera` and `Aljazeera`. */
function distanceJoined(mine: string[], theirs: string[]): number | null {
  return mine.length !== theirs.length && mine.join('') === theirs.join('') ? 0 : null
}

type Matched = { distance: number; left: string[] }

/** Pairs each word of the shorter name with one of the longer; `left` are those of the longer without another. Null where one has none. */
function matchWords(mine: string[], theirs: string[]): Matched | null {
  const [fewer, more] = mine.length <= theirs.length ? [mine, theirs] : [theirs, mine]
  const left = [...more]
  const unlike: string[] = []
  for (const word of fewer) {
    const at = left.indexOf(word)
    if (at < 0) unlike.push(word)
    else left.splice(at, 1)
  }
  let distance = 0
  for (const word of unlike) {
    const [nearest] = left
      .map((other, at) => ({ at, distance: distanceOfWords(word, other) }))
      .filter((one) => one.distance !== null)
      .toSorted((a, b) => (a.distance ?? 0) - (b.distance ?? 0))
    if (!nearest) return null
    distance += nearest.distance ?? 0
    left.splice(nearest.at, 1)
  }
  return { distance, left }
}

/** Where one name is part of the other: a surname, or the ministry of a country without the country. */
function distanceOfPart(
  { distance, left }: Matched,
  mine: string[],
  theirs: string[],
  isPerson: boolean,
): number | null {
  const fewest = Math.min(mine.length, theirs.length)
  if (!left.length || distance > 1 || left.some(isTelling)) return null
  const [shorter, longer] = mine.length < theirs.length ? [mine, theirs] : [theirs, mine]
  const isSurname =
    isPerson &&
    [...(shorter[0] ?? '')].length >= FEWEST_LETTERS &&
    [longer[0], longer.at(-1)].some((word) => word && distanceOfWords(shorter[0] ?? '', word) !== null)
  if (fewest < 2 && !isSurname) return null
  return 1 + distance + left.length / 10
}

/** Whether a word alone tells two names apart: a number, or a word of order. */
function isTelling(word: string): boolean {
  return /\p{N}/u.test(word) || ORDER_WORDS.has(word)
}

/** How many letters of a word were typed otherwise: an initial counts as none, a transposition as one; null when it is another word. */
function distanceOfWords(one: string, other: string): number | null {
  if (one === other) return 0
  if (isTelling(one) || isTelling(other) || APART_WORDS.has(`${one} ${other}`)) return null
  const [a, b] = [[...one].length, [...other].length]
  if (Math.min(a, b) === 1) return one.startsWith(other) || other.startsWith(one) ? 0.5 : null
  const most = mostTyposOfWord(one, other, Math.max(a, b))
  if (Math.abs(a - b) > most) return null
  const { steps } = damerauLevenshtein(one, other)
  return steps <= most ? steps : null
}

/** In short words every letter counts; one of Chinese characters has more in each. */
function mostTyposOfWord(one: string, other: string, length: number): number {
  if (/\p{Script=Han}/u.test(one + other)) return length >= 5 ? 1 : 0
  return length >= 8 ? 2 : length >= FEWEST_LETTERS ? 1 : 0
}

function mostTypos(words: string[]): number {
  const length = words.join('').length
  return length >= 24 ? 3 : length >= 8 ? 2 : 1
}
