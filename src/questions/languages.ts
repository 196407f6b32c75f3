import type { Comparator } from '../../prisma/client/enums.ts'

// What the languages that a desk reads print beside the digits of a number. The multiples are the compact forms of the Unicode CLDR (number
// patterns "decimalFormats-long" and "-short") with their inflected forms; the bounds are those of the press. A word that means something else
// in another of these languages, or in English, is left out, so that it is refused: "mil" is a thousand in Spanish and a million in English
// slang, 兆 is 10^12 in Japanese and 10^6 in Chinese, German "Billion" and "Bio." are 10^12, Arabic بليون is either.

/** The words of one language. `joints` part the two ends of a range, `nouns` may stand beside a number without changing it. */
type Language = {
  multiples: Readonly<Record<string, string>>
  before: Readonly<Partial<Record<Comparator, readonly string[]>>>
  after: Readonly<Partial<Record<Comparator, readonly string[]>>>
  between: readonly string[]
  joints: readonly string[]
  nouns: string
}

const [THOUSAND, MILLION, MILLIARD, TRILLION] = ['1000', '1000000', '1000000000', '1000000000000']

/** By language code: `ru` serves Kazakh, Kyrgyz and Ukrainian too, `zh` Japanese. */
export const LANGUAGES: Readonly<Record<'ru' | 'tr' | 'ar' | 'zh' | 'de' | 'fr' | 'es', Language>> = {
  ru: {
    multiples: {
      ...every(THOUSAND, 'тыс тысяча тысячи тысяч мың миң тис тисяча тисячі тисяч'),
      ...every(MILLION, 'млн миллион миллиона миллионов мільйон мільйони мільйонів'),
      ...every(MILLIARD, 'млрд миллиард миллиарда миллиардов мільярд мільярди мільярдів'),
      ...every(TRILLION, 'трлн триллион триллиона триллионов трильйон трильйони трильйонів'),
    },
    before: {
      stated: ['всего', 'ровно'],
      at_least: ['не менее', 'не меньше', 'минимум', 'как минимум', 'по меньшей мере', 'по крайней мере', 'кемінде'],
      more_than: ['более', 'более чем', 'больше', 'больше чем', 'свыше'],
      at_most: ['не более', 'не больше', 'максимум', 'до'],
      less_than: ['менее', 'менее чем', 'меньше', 'меньше чем'],
      about: ['около', 'примерно', 'приблизительно', 'порядка', 'шамамен'],
      nearly: ['почти'],
    },
    after: { at_least: ['и более', 'или более', 'и больше', 'или больше'] },
    between: ['от', 'между'],
    joints: ['до', 'и'],
    nouns:
      'человек человека люди людей погибших погибшие погибли раненых убитых убиты задержанных задержаны пострадавших военных полицейских протестующих адам',
  },
  tr: {
    multiples: {
      ...every(MILLION, 'milyon'),
      ...every(MILLIARD, 'milyar'),
      ...every(TRILLION, 'trilyon'),
    },
    before: {
      at_least: ['en az'],
      at_most: ['en fazla', 'en çok'],
      about: ['yaklaşık'],
      nearly: ['neredeyse'],
    },
    after: {},
    between: [],
    joints: ['ila'],
    nouns: 'kişi insan ölü yaralı asker polis sivil',
  },
  ar: {
    multiples: {
      ...every(THOUSAND, 'ألف الف ألفا الفا آلاف الاف'),
      ...every(MILLION, 'مليون مليونا ملايين'),
      ...every(MILLIARD, 'مليار مليارا مليارات'),
      ...every(TRILLION, 'تريليون ترليون تريليونات'),
    },
    before: {
      at_least: ['على الأقل', 'ما لا يقل عن'],
      more_than: ['أكثر من'],
      less_than: ['أقل من'],
      about: ['حوالي', 'نحو'],
    },
    after: { at_least: ['على الأقل', 'أو أكثر'] },
    between: [],
    joints: ['إلى'],
    nouns: 'شخص شخصا أشخاص قتيل قتيلا قتلى جريح جريحا جرحى مدني مدنيا مدنيين',
  },
  zh: {
    multiples: {},
    before: {
      at_least: ['至少', '不少于', '不少於', '少なくとも'],
      more_than: ['超过', '超過', '逾'],
      at_most: ['最多', '至多', '不超过', '不超過'],
      less_than: ['不到', '不足'],
      about: ['約', '约', '大约', '大約', 'およそ'],
      nearly: ['近', '将近', '接近'],
    },
    after: {
      at_least: ['以上', '人以上', '名以上'],
      less_than: ['未満', '人未満'],
      about: ['左右', '人左右'],
    },
    between: ['从', '從'],
    joints: ['至', '到', 'から'],
    nouns: '人 名 位 个 個 件 人死亡 名死者 死亡 死者 受伤 遇难 负傷 負傷 被捕',
  },
  de: {
    multiples: {
      ...every('12', 'dutzend'),
      ...every(THOUSAND, 'tausend tsd'),
      ...every(MILLION, 'mio millionen'),
      ...every(MILLIARD, 'mrd milliarde milliarden'),
      ...every(TRILLION, 'billionen'),
    },
    before: {
      stated: ['genau', 'insgesamt'],
      at_least: ['mindestens', 'wenigstens', 'zumindest'],
      more_than: ['mehr als', 'über'],
      at_most: ['höchstens', 'maximal', 'bis zu'],
      less_than: ['weniger als'],
      about: ['etwa', 'rund', 'ungefähr', 'zirka'],
      nearly: ['fast', 'beinahe', 'knapp'],
    },
    after: { at_least: ['oder mehr', 'und mehr'], at_most: ['oder weniger'] },
    between: ['zwischen'],
    joints: ['bis', 'und'],
    nouns:
      'menschen personen tote toten verletzte verletzten festgenommene soldaten polizisten zivilisten demonstranten',
  },
  fr: {
    multiples: {
      ...every(THOUSAND, 'mille millier milliers'),
      ...every(MILLION, 'millions'),
      ...every(MILLIARD, 'milliard milliards'),
    },
    before: {
      stated: ['exactement'],
      at_least: ['au moins', 'au minimum'],
      more_than: ['plus de'],
      at_most: ['au plus', 'au maximum', "jusqu'à"],
      less_than: ['moins de'],
      about: ['environ', 'quelque'],
      nearly: ['près de', 'presque'],
    },
    after: { at_least: ['ou plus', 'au moins'], at_most: ['ou moins', 'au plus'], about: ['environ'] },
    between: ['entre'],
    joints: ['et', 'à'],
    nouns: 'personnes personne morts mort blessés blessées tués tuées civils soldats policiers manifestants',
  },
  es: {
    multiples: {
      ...every(MILLION, 'millón millones'),
      ...every(TRILLION, 'billón billones'),
    },
    before: {
      stated: ['exactamente'],
      at_least: ['al menos', 'por lo menos', 'como mínimo'],
      more_than: ['más de'],
      at_most: ['como máximo', 'hasta'],
      less_than: ['menos de'],
      about: ['unos', 'unas', 'alrededor de', 'cerca de', 'aproximadamente'],
      nearly: ['casi'],
    },
    after: { at_least: ['o más', 'al menos', 'por lo menos', 'como mínimo'], at_most: ['o menos', 'como máximo'] },
    between: ['entre'],
    joints: ['y', 'a'],
    nouns:
      'personas persona muertos muertas heridos heridas detenidos detenidas civiles soldados policías manifestantes',
  },
}

/** Two words that are one multiple together, though the first alone is not sure. */
export const PAIRED_MULTIPLES: ReadonlyMap<string, string> = new Map([
  ['mil millones', MILLIARD],
  ['mil milhões', MILLIARD],
])

/** Turkish for a thousand; in English a place for waste ("5 bin lorries"), so only what else is Turkish, or nothing, may follow it. */
export const TURKISH_THOUSAND = 'bin'

const ALL = Object.values(LANGUAGES)

/** What stands for a multiple in a language other than English. */
export const FOREIGN_MULTIPLES: ReadonlyMap<string, string> = new Map(
  ALL.flatMap(({ multiples }) => Object.entries(multiples)),
)

/** Nouns and their like in languages other than English; of Chinese and Japanese ones each sign. */
export const FOREIGN_NOUNS: ReadonlySet<string> = new Set(
  ALL.flatMap(({ nouns }) => nouns.split(' ').flatMap((noun) => (/^\p{Script=Han}/u.test(noun) ? [...noun] : [noun]))),
)

/** How a number is put by the words before and after it, in languages other than English. */
export const FOREIGN_BOUNDS = {
  before: ALL.flatMap(({ before }) => phrasesOf(before)),
  after: ALL.flatMap(({ after }) => phrasesOf(after)),
}

/** "zwischen 10 und 20": what opens a range in a language, and what parts its ends. */
export const FOREIGN_RANGES: readonly { opens: readonly string[]; joints: readonly string[] }[] = ALL.map(
  ({ between, joints }) => ({ opens: between, joints }),
)

/** Which words of a text are another language's way to put a number, so that a point or a comma in it may be its own too. */
export function isForeign(words: readonly string[]): boolean {
  return words.some((word) => FOREIGN_MULTIPLES.has(word) || MARKERS.has(word))
}

const MARKERS = new Set(
  ALL.flatMap(({ before, after, nouns }) => [
    ...[...Object.values(before), ...Object.values(after)].flat().filter((phrase) => !phrase.includes(' ')),
    ...nouns.split(' '),
  ]),
)

function every(factor: string, words: string): Record<string, string> {
  return Object.fromEntries(words.split(' ').map((word) => [word, factor]))
}

function phrasesOf(phrases: Language['before']): { comparator: Comparator; phrase: string }[] {
  return (Object.entries(phrases) as [Comparator, readonly string[]][]).flatMap(([comparator, some]) =>
    some.map((phrase) => ({ comparator, phrase })),
  )
}
