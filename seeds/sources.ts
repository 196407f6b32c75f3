import type { SourceKind } from '../prisma/client/enums.ts'
import type { PartyName } from './parties.ts'
import type { Name } from './people.ts'
import { DISPATCH } from './texts/dispatch.ts'
import {
  AGENCY,
  AIRPORT_POST,
  ALMATY_MAYOR,
  CONNECTIVITY,
  CORRESPONDENTS,
  DOCTOR,
  GAS_POST,
  MOVEMENTS,
  NAMES_LIST,
  VIDEO,
} from './texts/independent.ts'
import {
  ADDRESS,
  ALLIANCE,
  AUGUST_LIST,
  BULLETIN,
  CHANNEL_POST,
  COMMANDANT,
  FIRST_BULLETIN,
  GAS_NOTICE,
  MINSK,
  NOTICE_OF_ERROR,
  PROSECUTOR,
  SUNDAY_BULLETIN,
} from './texts/official.ts'

/** A document with who adds it, and its text. */
export type SourceSeed = {
  by: Name
  kind: SourceKind
  title: string
  text: string
  /** Below example.org, which nobody owns. */
  path?: string
  publisher?: PartyName
  publisherInferred?: boolean
  byline?: string
  publishedOn: string
  publishedOnInferred?: boolean
  language?: string
  isPrivate?: boolean
}

/** The documents of the story. */
export const SOURCES = {
  dispatch: {
    by: 'ada',
    kind: 'article',
    title: 'Kazakh president says order is returning as allied troops land in Almaty',
    text: DISPATCH,
    path: 'meridian-courier/2022/01/07/almaty',
    publisher: 'The Meridian Courier',
    byline: 'Nora Lindqvist',
    publishedOn: '2022-01-07',
  },
  address: {
    by: 'ada',
    kind: 'official_document',
    title: 'Address of the President to the people, 7 January 2022 (extract, translated)',
    text: ADDRESS,
    path: 'akorda/address-2022-01-07',
    publisher: 'Press service of the President of Kazakhstan',
    publishedOn: '2022-01-07',
  },
  bulletin: {
    by: 'ada',
    kind: 'press_release',
    title: 'Сводка МВД на 7 января 2022 года',
    text: BULLETIN,
    path: 'mvd/svodka-2022-01-07',
    publisher: 'Interior Ministry of Kazakhstan',
    publishedOn: '2022-01-07',
    language: 'ru',
  },
  agency: {
    by: 'ben',
    kind: 'agency_report',
    title: 'Nine Il-76 transports land at Almaty, Defence Ministry says',
    text: AGENCY,
    path: 'tass/2022-01-07/il-76',
    publisher: 'TASS',
    publishedOn: '2022-01-07',
  },
  movements: {
    by: 'ben',
    kind: 'dataset',
    title: 'Movements of large transports seen at Almaty airport, 6 and 7 January 2022',
    text: MOVEMENTS,
    path: 'zhetysu-spotters/ala-2022-01-07',
    publisher: 'Zhetysu Spotters',
    publishedOn: '2022-01-07',
  },
  video: {
    by: 'ben',
    kind: 'video',
    title: 'Film from the car park of Almaty airport (description)',
    text: VIDEO,
    path: 'films/ala-car-park',
    publisher: 'A passer-by at Almaty airport',
    publisherInferred: true,
    publishedOn: '2022-01-07',
    publishedOnInferred: true,
  },
  connectivity: {
    by: 'ben',
    kind: 'dataset',
    title: 'Connectivity of Kazakhstan, 3 to 8 January 2022',
    text: CONNECTIVITY,
    path: 'northlight/kz-2022-01',
    publisher: 'Northlight Internet Observatory',
    publishedOn: '2022-01-09',
  },
  correspondents: {
    by: 'ada',
    kind: 'article',
    title: 'What our correspondents saw on Friday in three cities',
    text: CORRESPONDENTS,
    path: 'rferl/kazakh/2022-01-07',
    publisher: 'Radio Free Europe/Radio Liberty',
    publishedOn: '2022-01-07',
  },
  mayor: {
    by: 'ada',
    kind: 'press_release',
    title: 'Situation in Almaty, Friday evening',
    text: ALMATY_MAYOR,
    path: 'almaty/2022-01-07-19',
    publisher: 'Office of the mayor of Almaty',
    publishedOn: '2022-01-07T19:00',
  },
  commandant: {
    by: 'ben',
    kind: 'broadcast',
    title: 'Evening programme of 6 January 2022 (summary)',
    text: COMMANDANT,
    path: 'state-television/2022-01-06-evening',
    publisher: 'Kazakh state television',
    publishedOn: '2022-01-06',
  },
  gasNotice: {
    by: 'ben',
    kind: 'official_document',
    title: 'Notice of the government commission on the situation in Mangystau region',
    text: GAS_NOTICE,
    path: 'government/mangystau-2022-01-04',
    publisher: 'Government commission on Mangystau',
    publishedOn: '2022-01-04',
  },
  minsk: {
    by: 'ben',
    kind: 'press_release',
    title: 'Company of the 103rd Airborne Brigade leaves for Kazakhstan',
    text: MINSK,
    path: 'mod-belarus/2022-01-07',
    publisher: 'Defence Ministry of Belarus',
    publishedOn: '2022-01-07',
  },
  alliance: {
    by: 'ben',
    kind: 'press_release',
    title: 'Answers of the secretary general to the press, 6 January 2022',
    text: ALLIANCE,
    path: 'csto/2022-01-06',
    publisher: 'Collective Security Treaty Organisation',
    publishedOn: '2022-01-06',
  },
  airportPost: {
    by: 'ben',
    kind: 'social_post',
    title: 'Post on the airport of Almaty',
    text: AIRPORT_POST,
    path: 'social/almaty_live_2022/1802',
    publisher: '@almaty_live_2022',
    publishedOn: '2022-01-07T18:02',
  },
  gasPost: {
    by: 'ben',
    kind: 'social_post',
    title: 'Post on the price of gas',
    text: GAS_POST,
    path: 'social/steppe_news_daily/0915',
    publisher: '@steppe_news_daily',
    publishedOn: '2022-01-06T09:15',
  },
  interview: {
    by: 'ben',
    kind: 'interview',
    title: 'Conversation with somebody who works in a hospital',
    text: DOCTOR,
    publishedOn: '2022-01-08',
    isPrivate: true,
  },
  channelPost: {
    by: 'ben',
    kind: 'social_post',
    title: 'Post on the number of dead in the whole country, 9 January 2022',
    text: CHANNEL_POST,
    path: 'state-television/channel/2022-01-09',
    publisher: 'Kazakh state television',
    publishedOn: '2022-01-09T11:40',
  },
  noticeOfError: {
    by: 'ben',
    kind: 'press_release',
    title: 'Notice to the editors, 10 January 2022',
    text: NOTICE_OF_ERROR,
    path: 'information-ministry/2022-01-10',
    publisher: 'Information Ministry of Kazakhstan',
    publishedOn: '2022-01-10',
  },
  prosecutor: {
    by: 'ada',
    kind: 'broadcast',
    title: 'Briefing on the investigations, 15 January 2022 (summary)',
    text: PROSECUTOR,
    path: 'prosecutor-general/2022-01-15',
    publisher: 'Prosecutor General’s Office of Kazakhstan',
    publishedOn: '2022-01-15',
  },
  namesList: {
    by: 'ada',
    kind: 'dataset',
    title: 'January List: names of the dead, as of 31 January 2022',
    text: NAMES_LIST,
    path: 'january-list/2022-01-31',
    publisher: 'January List',
    publishedOn: '2022-01-31',
  },
  firstBulletin: {
    by: 'ben',
    kind: 'press_release',
    title: 'Situation on the evening of 5 January 2022 (translated)',
    text: FIRST_BULLETIN,
    path: 'interior-ministry/2022-01-05',
    publisher: 'Interior Ministry of Kazakhstan',
    publishedOn: '2022-01-05',
  },
  sundayBulletin: {
    by: 'ada',
    kind: 'press_release',
    title: 'Situation on 9 January 2022 (translated)',
    text: SUNDAY_BULLETIN,
    path: 'interior-ministry/2022-01-09',
    publisher: 'Interior Ministry of Kazakhstan',
    publishedOn: '2022-01-09',
  },
  augustList: {
    by: 'ben',
    kind: 'official_document',
    title: 'Names of those who died in January, 16 August 2022 (summary)',
    text: AUGUST_LIST,
    path: 'prosecutor-general/2022-08-16',
    publisher: 'Prosecutor General’s Office of Kazakhstan',
    publishedOn: '2022-08-16',
  },
} as const satisfies Record<string, SourceSeed>

export type SourceKey = keyof typeof SOURCES

/** Why a source's text is not to be quoted as real. */
export const SOURCE_NOTE =
  'A demonstration text, written for this desk from what was publicly reported. Do not quote it as a real document.'

/** The web address of a document; '' when it has none. */
export function addressOf(key: SourceKey): string {
  const { path }: SourceSeed = SOURCES[key]
  return path ? `https://example.org/${path}` : ''
}
