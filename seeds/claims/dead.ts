import type { ClaimSeed } from './claim.ts'

const COUNTS =
  'The Interior Ministry said on Friday that in Almaty at least 26 protesters were “liquidated” and 18 members of the security forces lost their lives.'
const MORE =
  'More deaths are likely to come to light in provincial towns, where shooting went on through much of the week.'

/** How many people were killed, and which. */
export const DEAD: readonly ClaimSeed[] = [
  {
    key: 'protesters killed',
    by: 'ada',
    words: {
      statement: 'At least 26 protesters were killed in Almaty.',
      occurredOn: '2022-01',
      place: 'Almaty',
      figure: { comparator: 'at_least', low: '26', wording: 'at least 26', asOf: '2022-01-07' },
      question: 'protesters killed',
    },
    said: [
      {
        source: 'dispatch',
        naming: 'named',
        speaker: 'Interior Ministry of Kazakhstan',
        speakerAsPrinted: 'The Interior Ministry',
        cue: 'said',
        hedges: 'at least',
        occasion: 'on Friday',
        speech: 'partial',
        passage: COUNTS,
        quote: 'liquidated',
        saidOn: '2022-01-07',
      },
    ],
    course: [
      { who: 'eve', does: 'take_up' },
      {
        who: 'eve',
        does: 'find',
        at: 0,
        finding: 'altered',
        note: 'The bulletin has 26, without “at least”, and calls them armed criminals; that they were protesters is the newspaper’s word.',
        seen: 'bulletin',
        originalWords: 'Ликвидированы 26 вооружённых преступников',
        originalLanguage: 'ru',
      },
      {
        who: 'ada',
        does: 'add evidence',
        source: 'bulletin',
        stance: 'supports',
        basis: 'told_by',
        restsOn: 'Interior Ministry of Kazakhstan',
        passage: 'Ликвидированы 26 вооружённых преступников',
        note: 'The ministry about what its own forces did.',
      },
      {
        who: 'eve',
        does: 'decide',
        verdict: 'unproven',
        recheckOn: '2022-02-01',
        rationale:
          'The number comes from the ministry whose forces fired, and from nobody else. Two hospitals did not answer, the morgue refers to the prosecutor, and lines to Almaty are down. Whether the 26 were protesters cannot be said either. To be looked at again when the prosecutor has reported.',
      },
    ],
  },
  {
    key: 'security killed',
    by: 'ada',
    words: {
      statement: 'By 7 January 2022 eighteen members of the security forces had been killed in Kazakhstan.',
      occurredOn: '2022-01-07',
      place: 'Kazakhstan',
      figure: { comparator: 'stated', low: '18', wording: '18 members of the security forces', asOf: '2022-01-07' },
      question: 'security killed',
    },
    said: [
      {
        source: 'dispatch',
        naming: 'named',
        speaker: 'Interior Ministry of Kazakhstan',
        speakerAsPrinted: 'The Interior Ministry',
        cue: 'said',
        occasion: 'on Friday',
        speech: 'paraphrase',
        passage: COUNTS,
        saidOn: '2022-01-07',
      },
    ],
    course: [
      { who: 'sam', does: 'take_up' },
      {
        who: 'sam',
        does: 'find',
        at: 0,
        finding: 'altered',
        note: 'The bulletin names no place for these deaths; the newspaper’s sentence reads as if all had died in Almaty.',
        seen: 'bulletin',
        originalWords: 'При наведении порядка погибли 18 сотрудников правоохранительных органов и военнослужащих.',
        originalLanguage: 'ru',
      },
      {
        who: 'ada',
        does: 'add evidence',
        source: 'bulletin',
        stance: 'supports',
        basis: 'told_by',
        restsOn: 'Interior Ministry of Kazakhstan',
        passage: 'погибли 18 сотрудников правоохранительных органов и военнослужащих',
      },
    ],
  },
  {
    key: 'thirteen killed',
    by: 'ben',
    words: {
      statement: 'By 6 January 2022 thirteen members of the security forces had been killed in Kazakhstan.',
      occurredOn: '2022-01-06',
      place: 'Kazakhstan',
      figure: { comparator: 'stated', low: '13', wording: '13 dead in uniform', asOf: '2022-01-06' },
      question: 'security killed',
    },
    said: [
      {
        source: 'dispatch',
        naming: 'named',
        speaker: 'Office of the commandant of Almaty',
        speakerAsPrinted: 'the city’s commandant',
        cue: 'had spoken of',
        occasion: 'On Thursday',
        speech: 'paraphrase',
        passage: 'On Thursday the city’s commandant had spoken of 13 dead in uniform.',
        saidOn: '2022-01-06',
      },
      {
        source: 'commandant',
        naming: 'named',
        speaker: 'Office of the commandant of Almaty',
        speakerAsPrinted: 'The office of the commandant of Almaty',
        cue: 'says',
        speech: 'paraphrase',
        passage:
          'The office of the commandant of Almaty says that thirteen members of the security forces have been killed',
        saidOn: '2022-01-06',
      },
    ],
    course: [],
  },
  {
    key: 'provincial deaths',
    by: 'ada',
    words: {
      statement: 'People were also killed in provincial towns of Kazakhstan in the first week of January 2022.',
      occurredOn: '2022-01',
      place: 'Kazakhstan, outside Almaty',
    },
    said: [{ source: 'dispatch', naming: 'own_voice', hedges: 'likely', passage: MORE }],
    course: [
      { who: 'eve', does: 'take_up' },
      {
        who: 'eve',
        does: 'decide',
        verdict: 'unproven',
        rationale:
          'An expectation of the newspaper, put as one. On 7 January no authority had named a death outside Almaty, and nobody we reached in Shymkent or Kyzylorda had seen one.',
      },
      {
        who: 'ada',
        does: 'add evidence',
        source: 'prosecutor',
        stance: 'supports',
        basis: 'told_by',
        restsOn: 'Prosecutor General’s Office of Kazakhstan',
        passage: 'Dead were also registered in Shymkent, Kyzylorda, Taraz and in four other regions.',
      },
      {
        who: 'ada',
        does: 'add evidence',
        source: 'namesList',
        stance: 'supports',
        basis: 'document',
        restsOn: 'January List',
        passage: 'By place of death: Almaty 146; Kyzylorda 21; Shymkent 20; Taraz 11; Taldykorgan 9; Aktobe 8',
      },
      {
        who: 'eve',
        does: 'reopen',
        reason: 'The prosecutor has reported on the regions, and the list of names gives places of death.',
      },
      {
        who: 'sam',
        does: 'add evidence',
        source: 'dispatch',
        stance: 'context',
        basis: 'told_by',
        restsOn: 'The Meridian Courier',
        passage: MORE,
        note: 'Why the newspaper expected it.',
      },
      {
        who: 'eve',
        does: 'decide',
        verdict: 'verified',
        change: 'update',
        changeNote:
          'When we first looked nobody had counted the dead outside Almaty; since then two have, apart from each other.',
        rationale:
          'The prosecutor’s office and the volunteers’ list, which rests on certificates and graves, both name deaths in Kyzylorda, Shymkent and Taraz.',
      },
    ],
  },
]
