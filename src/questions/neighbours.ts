import { FOREIGN_MULTIPLES, FOREIGN_NOUNS } from './languages.ts'
import { LARGE, PARTS, SMALL, VAGUE } from './vocabulary.ts'

// Which words may stand beside a number without a say in it. A word that is not known here may be a multiple ("gazillion", "tusen"), a unit, a
// bound or a number of its own, so that a number beside it is not read.

/** The words and signs of a text; each Chinese or Japanese sign by itself, a name with digits ("Il-76", "G20") as one. */
export function wordsOf(text: string): string[] {
  return text.match(WORD) ?? []
}

const WORD =
  /(?:(?!\p{Script=Han})\p{L})+-?\d[\p{L}\d]*|\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\d])+(?:'(?:(?!\p{Script=Han})\p{L})+)*|[<>=]=?|\S/gu

/** Words that a number is never read beside, however far off they stand: they bound it, count from it, or deny it. */
const DECISIVE = new Set(
  [
    'more less fewer most least lesser over under above below beyond about around nearly almost approximately approx roughly circa up down',
    'plus minus times fold twice thrice double triple per each apiece every daily hourly weekly monthly annually yearly no not none nobody never',
    'neither nor without minimum maximum min max maybe perhaps possibly probably potentially presumably estimated estimate estimates exceeding exceeds',
    'exceeded exceed surpassing surpassed surpass odd ish figure figures digit digits squared cubed rounded another additional extra further between',
    'or upwards upward excess higher lower greater if unless many several few couple half quarter tops counting rising climbing growing approaching versus vs',
    // Of other languages, where they are no English words.
    'moins mehr weniger más menos fazla daha mindestens wenigstens höchstens jusqu hasta presque environ casi oder environs bazı üzeri voire',
  ]
    .join(' ')
    .split(' '),
)

/** Whether a word bounds, multiplies or denies a number, or is one, so that none is read beside it. */
function isDecisive(word: string): boolean {
  return (
    DECISIVE.has(word) ||
    LARGE.has(word) ||
    VAGUE.has(word) ||
    FOREIGN_MULTIPLES.has(word) ||
    SMALL.has(word) ||
    /illi(on|ard|oen|ón|ão|ões|onen?)(s|es|er)?$/.test(word) ||
    /^(mh?|bh?|th?r|quadr|quint)i(l{1,2}i?j|ll[ie])[aoóãõ]/.test(word) ||
    MULTIPLES_ELSEWHERE.has(word)
  )
}

// Latin words for multiples and numbers of further languages that look like an English plural or are printed as one (CLDR compact forms).
const MULTIPLES_ELSEWHERE = new Set(
  'myriad myriads gross milliards mils mille miles milles lacs lakhs crores arabs kharabs tys tsd tis centaines dizaines milers milhares miljons bilions milions tūkstotis tisoč trois tres três dois seis sechs cents cientos centos zeros billones trillones dozens hundreds thousands millionths thousandths hundredths'.split(
    ' ',
  ),
)

const NOUNS = new Set(
  [
    'people persons person men man women woman children child boy girl police personnel staff troops civilian soldier officer protester',
    'demonstrator victim survivor fatality casualty hostage prisoner detainee refugee migrant resident voter worker patient death injury body',
    'livestock cattle sheep aircraft youth folk crew infantry cavalry militia media clergy household house home building vehicle village town city',
    'region case dose vote seat attack strike incident event missile rocket drone tank ship vessel plane flight',
  ]
    .join(' ')
    .split(' '),
)

/** Whether a word names things or people that are counted, in English. */
export function isCounted(word: string): boolean {
  return NOUNS.has(word) || PARTICIPLES.has(word)
}

const PARTICIPLES = new Set(
  'killed injured wounded hurt held dead died detained arrested missing evacuated displaced deceased hospitalised hospitalized confirmed'.split(
    ' ',
  ),
)

// Between what is counted and its number, or after it.
const AFTER = new Set(
  [
    'the in on at by for from was were is are has have had been be their his its our all who that which with and as since during after before',
    'within across throughout into near outside inside said says say according when where while because due total so there them us',
    'kazakh uzbek tajik kyrgyz turkmen iraqi israeli emirati saudi qatari kuwaiti omani yemeni pakistani french dutch greek czech arab afghan thai',
    'us uk eu un nato security army state government foreign local young old male female armed unarmed pro anti former new wildlife riot border',
    'health rescue defence defense ministry air cruise ballistic cluster suicide car bomb tourist student senior junior adult minor infant teenage',
    'transport fire medical hospital school high polling ballot crude oil gas gold square cubic live fresh recent separate different',
    'large small big heavy light serious severe minor major possible suspected alleged',
  ]
    .join(' ')
    .split(' '),
)

const ADJECTIVE =
  /^[a-z]{3,}(ian|ean|ish|ese|ed|ing|ive|ary|ant|ent|less|ful|ous|able|ible|ical|onal|eral|oral|ional|istic)$/
const PLURAL = /^(?=.*[aeiouy])[a-z]{3,}(?<![su]|i)s$/
const MONTHS = /^(january|february|march|april|may|june|july|august|(sept|octo|novem|decem)(em)?ber)$/
const NAME = /^(?![exkmbt]-?\d)\p{L}+-?\d[\p{L}\d]*$/u

/** Whether a word right after a number leaves it as it is. */
export function isPassedAfter(word: string): boolean {
  if (isDecisive(word) || PARTS.has(word) || MONTHS.test(word)) return false
  return (
    AFTER.has(word) ||
    isCounted(word) ||
    FOREIGN_NOUNS.has(word) ||
    PLURAL.test(word) ||
    ADJECTIVE.test(word) ||
    NAME.test(word)
  )
}

const BEFORE = new Set(
  [
    'killed kills killing injured injures injuring wounded wounding hurt detained detaining arrested arresting evacuated displaced rescued captured',
    'destroyed shot released reached reaching reach hit hits totalled totaled totalling totals total numbered numbering recorded reported confirmed',
    'including with that said says left leaving there held lost seized sentenced charged counted registered',
  ]
    .join(' ')
    .split(' '),
)
const BEFORE_A_VERB = new Set(
  'toll count number numbers stood stands stand rose risen rises fell fallen grew climbed climbs jumped dead died it they them which'.split(
    ' ',
  ),
)

/** Whether a word right before a number leaves it as it is; `isParted`: "of", "at" or "was" stand between them. */
export function isPassedBefore(word: string, isParted: boolean): boolean {
  if (isDecisive(word)) return false
  if (BEFORE.has(word) || FOREIGN_NOUNS.has(word)) return true
  return isParted && (BEFORE_A_VERB.has(word) || isCounted(word) || PLURAL.test(word) || NAME.test(word))
}

/** Whether a word or sign somewhere among the words of a figure leaves its number as it is: words in Latin letters that decide nothing, and marks. */
export function isPassedAnywhere(word: string): boolean {
  if (isDecisive(word)) return false
  return (
    /^(\p{Script=Latin}|')+$/u.test(word) || NAME.test(word) || FOREIGN_NOUNS.has(word) || /^[.,;:!()'/-]$/.test(word)
  )
}
