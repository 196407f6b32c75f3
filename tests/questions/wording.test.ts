import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { intervalInWords, intervalOf } from '../../src/questions/figure.ts'
import { isMeasured, negativeRefusal, unitRefusal, wholeRefusal } from '../../src/questions/unit.ts'
import { readWording } from '../../src/questions/wording.ts'
import { growthOf, SQUARE } from '../support/growth.ts'

/** The comparator, the interval in words and the unit that printed words give. */
function meaningOf(words: string): string {
  const { figure, unit, sentence } = readWording(words)
  const interval = figure && intervalOf(figure)
  return figure && interval
    ? [figure.comparator, intervalInWords(interval), unit].filter(Boolean).join(' | ')
    : sentence
}

describe('Printed words', () => {
  test.each([
    // Bare numbers, in digits and in words.
    ['164', 'stated | 164'],
    ['225 dead', 'stated | 225'],
    ['a total of 225', 'stated | 225'],
    ['exactly 18 security personnel', 'stated | 18'],
    ['rose to 164', 'stated | 164'],
    ['1 000 000', 'stated | 1,000,000'],
    ['1.000,5', 'stated | 1,000.5'],
    ['1,000.5', 'stated | 1,000.5'],
    ['١٦٤', 'stated | 164'],
    ['nine', 'stated | 9'],
    ['nine Il-76 transports', 'stated | 9'],
    ['18 members of the G20', 'stated | 18'],
    ['twenty-six', 'stated | 26'],
    ['a hundred and sixty-four', 'stated | 164'],
    ['thirteen hundred', 'stated | 1,300'],
    ['one thousand six hundred', 'stated | 1,600'],
    ['two dozen', 'stated | 24'],
    ['half a dozen', 'stated | 6'],
    ['a single person', 'stated | 1'],
    ['half a million', 'stated | 500,000'],
    ['a quarter of a million', 'stated | 250,000'],
    ['two and a half million', 'stated | 2,500,000'],
    ['2½ million', 'stated | 2,500,000'],
    ['minus five', 'stated | −5'],
    // Nobody.
    ['no civilians', 'stated | 0'],
    ['no casualties', 'stated | 0'],
    ['none', 'stated | 0'],
    ['nobody', 'stated | 0'],
    ['no one was hurt', 'stated | 0'],
    ['not a single one', 'stated | 0'],
    ['zero', 'stated | 0'],
    // Lower bounds.
    ['at least 26', 'at_least | 26 or more'],
    ['At least 26 protesters', 'at_least | 26 or more'],
    ['at least ٢٦', 'at_least | 26 or more'],
    ['at least a dozen', 'at_least | 12 or more'],
    ['no fewer than 18', 'at_least | 18 or more'],
    ['not less than five', 'at_least | 5 or more'],
    ['26 or more', 'at_least | 26 or more'],
    ['26 people or more', 'at_least | 26 or more'],
    ['26 at least', 'at_least | 26 or more'],
    ['26+', 'at_least | 26 or more'],
    ['≥ 26', 'at_least | 26 or more'],
    ['as few as three', 'at_least | 3 or more'],
    ['more than 8,000', 'more_than | more than 8,000'],
    ['over 100 people', 'more_than | more than 100'],
    ['upwards of 2,000', 'more_than | more than 2,000'],
    ['in excess of 400', 'more_than | more than 400'],
    ['just over 100', 'more_than | more than 100'],
    ['above 3%', 'more_than | more than 3 | %'],
    // Upper bounds.
    ['up to 50', 'at_most | 50 or less'],
    ['as many as 200', 'at_most | 200 or less'],
    ['no more than 5', 'at_most | 5 or less'],
    ['12 at most', 'at_most | 12 or less'],
    ['five or fewer', 'at_most | 5 or less'],
    ['fewer than 1,000', 'less_than | less than 1,000'],
    ['under 10', 'less_than | less than 10'],
    ['not even 10', 'less_than | less than 10'],
    // About and nearly.
    ['about 200', 'about | 180 to 220'],
    ['some 300 people', 'about | 270 to 330'],
    ['an estimated 20,000', 'about | 18,000 to 22,000'],
    ['in the region of 400', 'about | 360 to 440'],
    ['c. 500', 'about | 450 to 550'],
    ['~500', 'about | 450 to 550'],
    ['50-odd', 'about | 45 to 55'],
    ['50 or so', 'about | 45 to 55'],
    ['around 1.5 million', 'about | 1,350,000 to 1,650,000'],
    ['nearly 8,000', 'nearly | 7,200 or more, but under 8,000'],
    ['almost 2bn', 'nearly | 1,800,000,000 or more, but under 2,000,000,000'],
    ['just under 100', 'nearly | 90 or more, but under 100'],
    ['nearly −8 °C', 'nearly | more than −8, but −7.2 at most | °C'],
    // Ranges.
    ['between 10 and 20', 'between | 10 to 20'],
    ['26 to 30', 'between | 26 to 30'],
    ['26-30', 'between | 26 to 30'],
    ['26–30', 'between | 26 to 30'],
    ['from 10 to 20', 'between | 10 to 20'],
    ['two or three', 'between | 2 to 3'],
    ['somewhere between five and ten people', 'between | 5 to 10'],
    ['some 200 to 300', 'between | 200 to 300'],
    ['between two and three million', 'between | 2,000,000 to 3,000,000'],
    ['1 to 1.5 million', 'between | 1,000,000 to 1,500,000'],
    ['from 500 to 1 million', 'between | 500 to 1,000,000'],
    // Words that give a lower bound only: ACLED's table.
    ['tens', 'at_least | 10 or more'],
    ['dozens', 'at_least | 12 or more'],
    ['at least dozens', 'at_least | 12 or more'],
    ['scores of protesters', 'at_least | 20 or more'],
    ['hundreds', 'at_least | 100 or more'],
    ['several hundred', 'at_least | 100 or more'],
    ['thousands', 'at_least | 1,000 or more'],
    ['a few thousand', 'at_least | 1,000 or more'],
    ['tens of thousands', 'at_least | 10,000 or more'],
    ['hundreds of thousands', 'at_least | 100,000 or more'],
    ['millions', 'at_least | 1,000,000 or more'],
    // Shares, in per cent.
    ['half', 'stated | 50 | %'],
    ['a quarter', 'stated | 25 | %'],
    ['three quarters of voters', 'stated | 75 | %'],
    ['one in five', 'stated | 20 | %'],
    ['nine out of ten', 'stated | 90 | %'],
    ['two thirds', 'between | 66 to 67 | %'],
    ['a third of households', 'between | 33 to 34 | %'],
    ['more than two thirds', 'more_than | more than 66 | %'],
    ['fewer than a third of', 'less_than | less than 34 | %'],
    ['roughly 1 in 4', 'about | 22.5 to 27.5 | %'],
    ['0.5%', 'stated | 0.5 | %'],
    ['close to 90 per cent', 'nearly | 81 or more, but under 90 | %'],
    ['10-20%', 'between | 10 to 20 | %'],
    ['−3.5 percent', 'stated | −3.5 | %'],
    ['2.7 percentage points', 'stated | 2.7 | percentage points'],
    // Money.
    ['$3.2 trillion', 'stated | 3,200,000,000,000 | $'],
    ['US$5m', 'stated | 5,000,000 | US$'],
    ['EUR 2.5 million', 'stated | 2,500,000 | EUR'],
    ['€1.2bn–€1.5bn', 'between | 1,200,000,000 to 1,500,000,000 | €'],
    ['100,000 tenge', 'stated | 100,000 | tenge'],
    ['tens of millions of dollars', 'at_least | 10,000,000 or more | dollars'],
    ['26 tonnes', 'stated | 26 | tonnes'],
    // Multiples that two ends share, and two numbers in words.
    ['between one hundred and two hundred', 'between | 100 to 200'],
    ['between one hundred and twenty and one hundred and thirty', 'between | 120 to 130'],
    ['between one hundred and five hundred thousand', 'between | 100,000 to 500,000'],
    ['20-30,000', 'between | 20,000 to 30,000'],
    ['2 to 3,000', 'between | 2,000 to 3,000'],
    ['100 to 2,000', 'between | 100 to 2,000'],
    ['two to three hundred thousand', 'between | 200,000 to 300,000'],
    ['two hundred to three hundred thousand', 'between | 200,000 to 300,000'],
    ['$2 to 3 million', 'between | 2,000,000 to 3,000,000 | $'],
    // Halves, hyphens, a point without a nought.
    ['a half-dozen', 'stated | 6'],
    ['half-a-dozen', 'stated | 6'],
    ['2-million', 'stated | 2,000,000'],
    ['.5 million', 'stated | 500,000'],
    ['.5bn', 'stated | 500,000,000'],
    ['.5%', 'stated | 0.5 | %'],
    ['a million and a half', 'stated | 1,500,000'],
    ['two-and-a-half million', 'stated | 2,500,000'],
    ['5 thousand million', 'stated | 5,000,000,000'],
    ['2 lakh crore', 'stated | 2,000,000,000,000'],
    ['100-plus', 'at_least | 100 or more'],
    ['26-plus people', 'at_least | 26 or more'],
    ['26 and rising', 'at_least | 26 or more'],
    ['26 (twenty-six)', 'stated | 26'],
    ['twenty-six (26) people', 'stated | 26'],
    ['26 held over the weekend', 'stated | 26'],
    // Other languages.
    ['3万', 'stated | 30,000'],
    ['1.5億', 'stated | 150,000,000'],
    ['1億2,000万', 'stated | 120,000,000'],
    ['3万5千', 'stated | 35,000'],
    ['二百三十', 'stated | 230'],
    ['約3万人', 'about | 27,000 to 33,000'],
    ['至少26人死亡', 'at_least | 26 or more'],
    ['5万人以上', 'at_least | 50,000 or more'],
    ['1,5 Millionen', 'stated | 1,500,000'],
    ['1,5 Mrd.', 'stated | 1,500,000,000'],
    ['mindestens 26 Tote', 'at_least | 26 or more'],
    ['zwischen 10 und 20', 'between | 10 to 20'],
    ['2 тыс.', 'stated | 2,000'],
    ['не менее 26 человек', 'at_least | 26 or more'],
    ['от 10 до 20', 'between | 10 to 20'],
    ['5 мың', 'stated | 5,000'],
    ['5 bin kişi', 'stated | 5,000'],
    ['en az 26 kişi', 'at_least | 26 or more'],
    ['٣ آلاف', 'stated | 3,000'],
    ['على الأقل 26 شخصا', 'at_least | 26 or more'],
    ["2 millions d'euros", 'stated | 2,000,000 | euros'],
    ['au moins 26 personnes', 'at_least | 26 or more'],
    ['26 personnes au moins', 'at_least | 26 or more'],
    ['2 mil millones', 'stated | 2,000,000,000'],
    ['al menos 26', 'at_least | 26 or more'],
    ['more than 16,5 million euros', 'more_than | more than 16,500,000 | euros'],
  ])('“%s” mean %s', (words, meaning) => {
    expect(meaningOf(words)).toBe(meaning)
  })

  const COMPARES = 'it compares with another number'
  const ADDS = 'it adds to a number printed elsewhere'
  const NONE = 'the words give no number of their own'
  const MANY = 'the words give several numbers'
  const UNCLEAR = 'leave no clear bound'
  test.each([
    ['twice as many', COMPARES],
    ['three times as many', COMPARES],
    ['half as many', COMPARES],
    ['tenfold', COMPARES],
    ['a 10-fold increase', COMPARES],
    ['doubled', COMPARES],
    ['another 26', ADDS],
    ['26 more', ADDS],
    ['several', NONE],
    ['many', NONE],
    ['a handful', NONE],
    ['a number of people', NONE],
    ['some of them', NONE],
    ['the 26th victim', NONE],
    ['the 1990s', NONE],
    ['no figures', NONE],
    ['a man', NONE],
    ['constructor', NONE],
    ['26 protesters and 18 officers', MANY],
    ['hundreds, if not thousands', MANY],
    ['twenty thirty', MANY],
    ['10, 20 and 30', MANY],
    ['rose from 26 to 44', 'a change from one number to another'],
    ['from 44 to 26', 'the first number is above the second'],
    ['up to about 20', UNCLEAR],
    ['at least about 200', UNCLEAR],
    ['nearly dozens', UNCLEAR],
    ['at least 10 to 20', UNCLEAR],
    ['not 26', 'what the number is not'],
    ...[
      'a six-figure sum',
      '26 gazillion',
      '5 grand',
      '26 quadrillion people',
      'five myriad',
      '26 m',
      '1e6',
      '26 tusen',
      '26 mila',

      '5 bin lorries',
      'más de 2 mil personas',
      '2 triệu',
      '2만',
      '2 लाख',
      '2 هزار',
      '数千',
      '10多人',
      '26 mal',
      '5 с половиной тыс.',

      '26 a day',
      '26-',
      '26 per day',
      '26 people each',
      '26 or possibly more',
      '26?',
      '26*',
      '#26',
      'No. 26',
      'aged 26',
      '26 January',

      'some of the 26',
      'none of the 26',
      'voire 26',
      '26-year-old',
      'a million and a half million',
      'up 26',
      '26 ± ',

      '26, perhaps',
      '26 protesters, maybe less',
      'up from 26',
      '26 protesters (estimated)',
    ].map((words): [string, string] => [words, 'beside the number may change it']),
    ['2 to 3,500', 'may share the multiple'],
    ['1 to 50,000', 'may share the multiple'],
    ['500 to 1,000,000', 'may share the multiple'],
    ['$2 to $3,000', 'may share the multiple'],
    ['10% to 20 people', MANY],
    ['26 (27)', MANY],
    ['under-26', NONE],
    ['2 bln', 'beside the number may change it'],
    ['2 Bn', 'A “billion” is'],
    ['no reports of deaths', NONE],
    ['no comment', NONE],
    ['三万五', 'in more than one way'],
    ['1 Billion Euro', 'A “billion” is 1,000,000,000 in English'],
    ["2 billions d'euros", 'A “billion” is 1,000,000,000 in English'],
    ['3,5 billion', 'is not an English one'],
    ['1,500 млн', 'is 1500 in some countries and 1.5 in others'],
    ['1.525 people', 'is 1525 in some countries and 1.525 in others'],
    ['14:30', 'a time of day'],
    ['1.000', 'is 1000 in some countries and 1 in others'],
    ['9'.repeat(250), 'at most 40 digits'],
    ['', 'Give the words'],
    ['26 '.repeat(200), 'in 300 characters at most'],
  ])('“%s” are kept without a number', (words, reason) => {
    const { figure, sentence } = readWording(words)
    expect(figure).toBeNull()
    expect(sentence).toContain(reason)
  })

  test('are explained with the rule that was used', () => {
    expect(readWording('dozens').sentence).toBe('“dozens” is read as 12 or more, a lower bound by ACLED’s rule.')
    expect(readWording('about 200').sentence).toBe(
      '“about 200” is read as 180 to 220, ten per cent either way by Stet’s rule.',
    )
    expect(readWording('above 3%').sentence).toBe('“above 3%” is read as more than 3%.')
  })

  test('of a number in words mean that number, however large', () => {
    const spelled = fc.integer({ min: 1, max: 99_999 })
    fc.assert(fc.property(spelled, (number) => readWording(inWords(number)).figure?.low === String(number)))
  })

  const hostile = [
    '9 '.repeat(150),
    '1,'.repeat(150),
    'one '.repeat(75),
    '-'.repeat(300),
    'dozens of '.repeat(30),
    '1 000 '.repeat(50),
    'no more '.repeat(37),
  ]

  test('whatever they are give an interval or a sentence', () => {
    const pieces = 'at least|nearly|26|1,5|dozens|of|a|half|million|-|to|%|$|and|no|٢|½|#|minus|in'.split('|')
    const words = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((some) => some.join(' ')),
      fc.constantFrom(...hostile),
    )
    fc.assert(
      fc.property(words, (text) => {
        const { figure, sentence } = readWording(text)
        expect(sentence).toMatch(/\.$/)
        if (figure) expect(intervalOf(figure)).not.toBeNull()
      }),
      { numRuns: 1000 },
    )
  })

  test.each(hostile)('are read in time that grows with them alone, however hostile: %s', (text) => {
    const textOf = (size: number) => text.repeat(Math.ceil(size / text.length)).slice(0, size)
    expect(growthOf((size) => readWording(textOf(size)), 75)).toBeLessThan(SQUARE)
  })
})

describe('A printed unit', () => {
  test.each([
    [null, 'people', true],
    ['$', 'USD', true],
    ['$', 'AUD', true],
    ['US$', 'AUD', false],
    ['€', 'EUR', true],
    ['euros', 'EUR', true],
    ['€', 'USD', false],
    ['tenge', 'KZT', true],
    ['%', 'per cent', true],
    ['%', 'people', false],
    ['%', 'percentage points', false],
    ['¥', 'JPY', true],
    ['°C', '°c', true],
    ['$', 'constructor', false],
  ])('%s fits a question in %s: %s', (printed, unit, fits) => {
    expect(unitRefusal(printed, unit) === null).toBe(fits)
  })

  test('that measures may be below nought; what is counted may not', () => {
    expect(negativeRefusal('-5', 'people')).toBe('There cannot be less than nought of “people”.')
    expect(negativeRefusal('5', 'people')).toBeNull()
    expect(['%', 'EUR', '°C', 'degrees', 'points'].filter((unit) => negativeRefusal('-5', unit))).toEqual([])
    expect(isMeasured('aud')).toBe(true)
    expect(isMeasured('constructor')).toBe(false)
  })
})

describe('What is counted', () => {
  test.each(['people', 'deaths', 'vehicles', 'missiles', 'воинов'])('is whole: %s', (unit) => {
    expect(wholeRefusal('2.5', unit)).toContain('are counted')
    expect(wholeRefusal('2', unit)).toBeNull()
  })

  test.each([
    '%',
    'USD',
    'km',
    'hours',
    'tonnes',
    'million people',
    'deaths per 100,000',
    'people/km²',
    'average age',
    'index points',
  ])('is measured in parts: %s', (unit) => {
    expect(wholeRefusal('2.5', unit)).toBeNull()
  })
})

/** A number below a hundred thousand in English words. */
function inWords(number: number): string {
  const small =
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
      ' ',
    )
  const tens = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
  if (number < 20) return small[number] ?? ''
  if (number < 100) return `${tens[Math.floor(number / 10)]}${number % 10 ? `-${small[number % 10]}` : ''}`
  const [size, name] = number < 1000 ? [100, 'hundred'] : [1000, 'thousand']
  const rest = number % size
  const joint = rest ? (rest < 100 ? ' and ' : ' ') : ''
  return `${inWords(Math.floor(number / size))} ${name}${joint}${rest ? inWords(rest) : ''}`
}
