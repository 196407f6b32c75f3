// A unit is free text on a question ("people", "%", "EUR"); printed beside a number it is a sign or a word ("$", "per cent", "tenge").

// Every way a unit is printed → the units it may be. Symbols of ISO 4217; a sign shared by several currencies names each.
const MEASURES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    '%': ['%'],
    'per cent': ['%'],
    percent: ['%'],
    pct: ['%'],
    'percentage points': ['percentage points'],
    'percentage point': ['percentage points'],
    'per cent points': ['percentage points'],
    '€': ['EUR'],
    eur: ['EUR'],
    euro: ['EUR'],
    euros: ['EUR'],
    $: ['USD', 'AUD', 'CAD', 'NZD', 'HKD', 'SGD'],
    us$: ['USD'],
    usd: ['USD'],
    dollar: ['USD', 'AUD', 'CAD', 'NZD', 'HKD', 'SGD'],
    dollars: ['USD', 'AUD', 'CAD', 'NZD', 'HKD', 'SGD'],
    '£': ['GBP'],
    gbp: ['GBP'],
    pounds: ['GBP'],
    'pounds sterling': ['GBP'],
    '¥': ['JPY', 'CNY'],
    jpy: ['JPY'],
    yen: ['JPY'],
    cny: ['CNY'],
    yuan: ['CNY'],
    '₸': ['KZT'],
    kzt: ['KZT'],
    tenge: ['KZT'],
    '₽': ['RUB'],
    rub: ['RUB'],
    rouble: ['RUB'],
    roubles: ['RUB'],
    ruble: ['RUB'],
    rubles: ['RUB'],
    '₴': ['UAH'],
    uah: ['UAH'],
    hryvnia: ['UAH'],
    hryvnias: ['UAH'],
    '₹': ['INR'],
    inr: ['INR'],
    rupees: ['INR'],
    '₺': ['TRY'],
    try: ['TRY'],
    lira: ['TRY'],
    chf: ['CHF'],
    francs: ['CHF'],
    '°c': ['°C'],
    '°f': ['°F'],
    degree: ['degrees', '°C', '°F'],
    degrees: ['degrees', '°C', '°F'],
    points: ['points'],
    ...named(['TRY'], 'tl liras'),
    ...named(['KGS', 'UZS'], 'som soms soum soums'),
    ...named(['AZN', 'TMT'], 'manat manats'),
    ...named(['GEL'], 'lari laris'),
    ...named(['AMD'], 'dram drams'),
    ...named(['PLN'], 'zloty zlotys'),
    ...named(['KRW', 'KPW'], '₩'),
    ...named(['SEK', 'NOK', 'DKK', 'ISK', 'CZK'], 'krona kronor krone kroner koruna'),
    ...named(['KWD', 'IQD', 'JOD', 'BHD', 'LYD', 'TND', 'DZD', 'RSD'], 'dinar dinars'),
    ...named(['AED', 'MAD'], 'dirham dirhams'),
    ...named(['SAR', 'QAR', 'YER', 'OMR', 'IRR'], 'riyal riyals rial rials'),
    ...named(['MXN', 'ARS', 'CLP', 'COP', 'PHP', 'CUP', 'UYU'], 'peso pesos'),
    ...named(['ILS'], '₪ shekel shekels'),
    ...named(['INR', 'PKR', 'LKR', 'NPR'], 'rupee'),
    ...named(['JPY'], '円 日元'),
    ...named(['CNY'], '元 人民币 renminbi'),
    ...named(['USD'], '美元 доллар доллара долларов dolar doları دولار'),
    ...named(['EUR'], '欧元 евро يورو'),
    ...named(['RUB'], 'рубль рубля рублей'),
    ...named(['KZT'], 'тенге теңге'),
    ...named(['%'], 'prozent процент процента процентов пайыз percentages'),
    'pour cent': ['%'],
    'por ciento': ['%'],
    cents: ['cents'],
    pence: ['pence'],
    ...measures('km kilometre kilometres kilometer kilometers'),
    ...measures('metre metres meter meters'),
    ...measures('cm centimetre centimetres centimeter centimeters'),
    ...measures('millimetre millimetres millimeter millimeters'),
    ...measures('mile miles'),
    ...measures('foot feet ft'),
    ...measures('inch inches'),
    ...measures('yard yards'),
    ...measures('hectare hectares ha'),
    ...measures('acre acres'),
    ...measures('kg kilogram kilograms kilogramme kilogrammes kilo kilos'),
    ...measures('gram grams gramme grammes'),
    ...measures('tonne tonnes'),
    ...measures('ton tons'),
    ...measures('pound-weight lb lbs'),
    ...measures('ounce ounces'),
    ...measures('litre litres liter liters'),
    ...measures('gallon gallons'),
    ...measures('barrel barrels'),
    ...measures('second seconds'),
    ...measures('minute minutes mins'),
    ...measures('hour hours hrs'),
    ...measures('day days'),
    ...measures('week weeks'),
    ...measures('month months'),
    ...measures('year years yrs'),
    ...measures('decade decades'),
    ...measures('mw megawatt megawatts'),
    ...measures('gw gigawatt gigawatts'),
    ...measures('kwh kilowatt-hours'),
    ...measures('knot knots'),
  }),
)

/** Words for the same units. */
function named(units: readonly string[], words: string): Record<string, readonly string[]> {
  return Object.fromEntries(words.split(' ').map((word) => [word, units]))
}

/** The names of one measure, of which the first stands for all. */
function measures(words: string): Record<string, readonly string[]> {
  return named([words.split(' ')[0] ?? ''], words)
}

const MEASURED = new Set(
  [...MEASURES].flatMap(([printed, units]) => [printed, ...units.map((unit) => unit.toLowerCase())]),
)

const PRINTED = [...MEASURES.keys()].filter((printed) => printed !== 'try')

/** Ways of printing a unit, the longest first, as a part of a regular expression. */
export const SIGNS = PRINTED.filter((printed) => !/^\p{L}/u.test(printed.replace('°', '')) || printed === 'us$')
  .concat('eur', 'usd', 'gbp', 'chf', 'kzt', 'rub', 'uah', 'inr', 'jpy', 'cny')
  .toSorted((one, other) => other.length - one.length)

/** Names of units that follow a number, the longest first. */
export const NAMES = PRINTED.toSorted((one, other) => other.length - one.length)

/**
 * Why a unit printed beside a number does not fit the question's, as a sentence; null when it does, or none is printed. "$" fits every dollar,
 * and a share ("a quarter") fits only a question in per cent.
 */
export function unitRefusal(printed: string | null, unit: string): string | null {
  if (printed === null || meant(printed).some((one) => meant(unit).includes(one))) return null
  return `The figure is printed in “${printed}”, but the question asks for “${unit}”: choose the question it answers.`
}

/** Why a number cannot be one of this unit, as a sentence: what is counted is never below nought. Money, degrees and percentages may be. */
export function negativeRefusal(number: string, unit: string): string | null {
  return number.startsWith('-') && !isMeasured(unit) ? `There cannot be less than nought of “${unit}”.` : null
}

/** Why a number cannot be one of this unit, as a sentence: what is counted is whole. */
export function wholeRefusal(number: string, unit: string): string | null {
  return number.includes('.') && !isMeasured(unit)
    ? `“${unit}” are counted, so that the number is a whole one: there is no ${number} of them.`
    : null
}

/**
 * Whether a unit measures (per cent, money, degrees, kilometres, hours) rather than counts things that stand singly. A rate ("deaths per 100,000"),
 * a mean and a multiple ("million people") are measured too.
 */
export function isMeasured(unit: string): boolean {
  const name = unit.trim().toLowerCase()
  return (
    MEASURED.has(name) ||
    /[%‰/°]/.test(name) ||
    name.split(/[^\p{L}$€£]+/u).some((word) => MEASURED.has(word) || OF_MEASURES.has(word))
  )
}

// Words in a unit that make it a measure, whatever it is of.
const OF_MEASURES = new Set(
  'per average mean median rate rates ratio index point points degree degrees score share thousand thousands million millions billion billions trillion hundred m bn km² m² sq square cubic'.split(
    ' ',
  ),
)

function meant(unit: string): readonly string[] {
  const name = unit.trim().toLowerCase()
  return MEASURES.get(name) ?? [/^[a-z]{3}$/.test(name) ? name.toUpperCase() : name]
}
