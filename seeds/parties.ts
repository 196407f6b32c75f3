import type { PartyKind } from '../prisma/client/enums.ts'

/** A party with its names in any script and its roles by date. */
export type PartySeed = {
  kind: PartyKind
  name: string
  aliases?: readonly string[]
  roles?: readonly { role: string; from?: string; to?: string }[]
  wikidataId?: string
  note?: string
}

/** An invented publisher, so that nobody takes its documents for real ones. */
const INVENTED = 'Invented for the demonstration.'

/** Who speaks, relays and publishes in the story. */
export const PARTIES = [
  {
    kind: 'person',
    name: 'Kassym-Jomart Tokayev',
    aliases: ['Kassim-Jomart Tokayev', 'Qasym-Jomart Toqaev', 'Tokayev', 'Қасым-Жомарт Тоқаев', 'Касым-Жомарт Токаев'],
    roles: [
      { role: 'Chairman of the Senate', from: '2013-10-16', to: '2019-03-19' },
      { role: 'President of Kazakhstan', from: '2019-03-20' },
    ],
  },
  {
    kind: 'organisation',
    name: 'Press service of the President of Kazakhstan',
    aliases: ['Akorda', 'Ақорда', 'Пресс-служба Президента Республики Казахстан'],
  },
  {
    kind: 'organisation',
    name: 'Interior Ministry of Kazakhstan',
    aliases: [
      'Ministry of Internal Affairs of Kazakhstan',
      'Қазақстан Республикасы Ішкі істер министрлігі',
      'Министерство внутренних дел Республики Казахстан',
      'МВД Казахстана',
    ],
  },
  {
    kind: 'organisation',
    name: 'Health Ministry of Kazakhstan',
    aliases: ['Министерство здравоохранения Республики Казахстан', 'Минздрав Казахстана'],
  },
  {
    kind: 'organisation',
    name: 'Information Ministry of Kazakhstan',
    aliases: ['Ministry of Information and Social Development', 'Министерство информации и общественного развития'],
  },
  {
    kind: 'organisation',
    name: 'Prosecutor General’s Office of Kazakhstan',
    aliases: ['Генеральная прокуратура Республики Казахстан'],
  },
  { kind: 'organisation', name: 'Government commission on Mangystau', aliases: ['Правительственная комиссия'] },
  { kind: 'organisation', name: 'Office of the commandant of Almaty', aliases: ['Комендатура Алматы'] },
  { kind: 'organisation', name: 'Office of the mayor of Almaty', aliases: ['Almaty akimat', 'Алматы әкімдігі'] },
  { kind: 'organisation', name: 'Kazakh state television', aliases: ['Хабар 24', 'Khabar 24'] },
  {
    kind: 'organisation',
    name: 'Russian Defence Ministry',
    aliases: ['Defense Ministry of Russia', 'Минобороны России', 'Министерство обороны Российской Федерации'],
  },
  {
    kind: 'organisation',
    name: 'Defence Ministry of Belarus',
    aliases: ['Министерство обороны Республики Беларусь', 'Міністэрства абароны Рэспублікі Беларусь'],
  },
  {
    kind: 'organisation',
    name: 'Collective Security Treaty Organisation',
    aliases: ['CSTO', 'Collective Security Treaty Organization', 'ОДКБ'],
  },
  { kind: 'organisation', name: 'TASS', aliases: ['ТАСС', 'ITAR-TASS'] },
  {
    kind: 'organisation',
    name: 'Radio Free Europe/Radio Liberty',
    aliases: ['RFE/RL', 'Azattyq', 'Азаттық'],
    note: 'Its Kazakh Service is Azattyq. The report used here is written for the demonstration.',
  },
  { kind: 'group', name: 'Russian officials' },
  { kind: 'organisation', name: 'The Meridian Courier', note: INVENTED },
  { kind: 'group', name: 'Zhetysu Spotters', note: INVENTED },
  { kind: 'organisation', name: 'Northlight Internet Observatory', note: INVENTED },
  { kind: 'group', name: 'January List', aliases: ['Қаңтар тізімі'], note: INVENTED },
  { kind: 'group', name: 'A passer-by at Almaty airport', note: INVENTED },
  { kind: 'group', name: '@almaty_live_2022', note: INVENTED },
  { kind: 'group', name: '@steppe_news_daily', note: INVENTED },
] as const satisfies readonly PartySeed[]

export type PartyName = (typeof PARTIES)[number]['name']
