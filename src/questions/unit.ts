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
  }),
)

const MEASURED = new Set(
  [...MEASURES].flatMap(([printed, units]) => [printed, ...units.map((unit) => unit.toLowerCase())]),
)

const PRINTED = [...MEASURES.keys()].filter((printed) => printed !== 'try')

/** Ways of printing a unit, the longest first, as a part of a regular expression. */
export const SIGNS = PRINTED.filter((printed) => !/^[a-z]/.test(printed) || printed === 'us$')
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

/** Whether a unit measures (per cent, money, degrees) rather than counts things that stand singly. */
export function isMeasured(unit: string): boolean {
  return MEASURED.has(unit.trim().toLowerCase()) || /^(points?|degrees?)\b/i.test(unit.trim())
}

function meant(unit: string): readonly string[] {
  const name = unit.trim().toLowerCase()
  return MEASURES.get(name) ?? [/^[a-z]{3}$/.test(name) ? name.toUpperCase() : name]
}
