/** The story of the demonstration. */
export const STORY = {
  code: 'KZ',
  title: 'Unrest in Kazakhstan, January 2022',
  summary:
    'Protests against the price of liquefied gas began in Zhanaozen on 2 January 2022 and turned into unrest across the country. A demonstration: the documents are written for it, from what was publicly reported, and some of their publishers are invented.',
  timeZone: 'Asia/Almaty',
} as const
