import type { ClaimSeed } from './claim.ts'

const SPEECH = 'In a televised speech on Friday morning'

/** What the president said, and how quiet it was. */
export const ORDER: readonly ClaimSeed[] = [
  {
    key: 'order to fire',
    by: 'ada',
    words: {
      statement: 'The president of Kazakhstan ordered police and soldiers to open fire without warning.',
      occurredOn: '2022-01-07',
      place: 'Kazakhstan',
    },
    said: [
      {
        source: 'dispatch',
        naming: 'named',
        speaker: 'Kassym-Jomart Tokayev',
        speakerAsPrinted: 'President Kassym-Jomart Tokayev',
        cue: 'said',
        occasion: SPEECH,
        speech: 'direct',
        passage: '“I have given law enforcement and the army an order to open fire to kill, without warning,” he said.',
        quote: 'I have given law enforcement and the army an order to open fire to kill, without warning,',
        originalWords:
          'Мною дан приказ правоохранительным органам и армии открывать огонь на поражение без предупреждения.',
        originalLanguage: 'ru',
        saidOn: '2022-01-07',
      },
    ],
    course: [
      { who: 'eve', does: 'take_up' },
      {
        who: 'eve',
        does: 'find',
        at: 0,
        finding: 'confirmed_primary',
        note: 'Read in the text his press service gave out. The dispatch has “an order” where the translation has “the order”; nothing turns on it.',
        seen: 'address',
      },
      {
        who: 'ada',
        does: 'add evidence',
        source: 'address',
        stance: 'supports',
        basis: 'document',
        isTheAct: 'yes',
        passage: 'I have given law enforcement and the army the order to open fire to kill, without warning.',
        note: 'The address is where the order was made public.',
      },
      {
        who: 'eve',
        does: 'decide',
        verdict: 'verified',
        rationale:
          'The claim is that the order was given, and the address in which it was announced is itself the act. How far it was followed is another question and is not decided here.',
      },
    ],
  },
  {
    key: 'order restored',
    by: 'ada',
    words: {
      statement: 'By the morning of 7 January 2022 order had been restored in all regions of Kazakhstan.',
      occurredOn: '2022-01-07',
      place: 'Kazakhstan',
    },
    said: [
      {
        source: 'dispatch',
        naming: 'named',
        speaker: 'Kassym-Jomart Tokayev',
        speakerAsPrinted: 'President Kassym-Jomart Tokayev',
        cue: 'contended',
        hedges: 'basically',
        occasion: SPEECH,
        speech: 'partial',
        passage:
          'In a televised speech on Friday morning President Kassym-Jomart Tokayev contended that order had been “basically” restored in every region',
        quote: 'basically',
        originalWords: 'В основном конституционный порядок восстановлен во всех регионах.',
        originalLanguage: 'ru',
        saidOn: '2022-01-07',
      },
    ],
    course: [
      { who: 'sam', does: 'take_up' },
      {
        who: 'sam',
        does: 'find',
        at: 0,
        finding: 'confirmed_primary',
        note: 'In the address, third sentence, with the same hedge.',
        seen: 'address',
      },
      {
        who: 'ada',
        does: 'add evidence',
        source: 'mayor',
        stance: 'supports',
        basis: 'told_by',
        restsOn: 'Office of the mayor of Almaty',
        passage: 'All districts of the city are under the control of the authorities.',
        note: 'Almaty only, and an authority about itself.',
      },
      {
        who: 'ben',
        does: 'add evidence',
        source: 'correspondents',
        stance: 'contradicts',
        basis: 'witnessed',
        restsOn: 'Radio Free Europe/Radio Liberty',
        passage: 'Our correspondent heard single shots and bursts near Republic Square until about nine in the evening',
      },
      {
        who: 'sam',
        does: 'decide',
        verdict: 'disputed',
        rationale:
          'The city’s own office says that all districts were held and that there were no clashes; a correspondent in Almaty heard bursts of fire the same evening. For the other regions we have nothing independent. “Basically” leaves room, but not for shooting in the centre of the largest city.',
      },
    ],
  },
  {
    key: 'attackers',
    by: 'eve',
    words: {
      statement: 'Twenty thousand people took part in the attacks in Almaty.',
      occurredOn: '2022-01',
      place: 'Almaty',
      figure: { comparator: 'stated', low: '20000', wording: '20,000', asOf: '2022-01-07' },
      question: 'attackers',
    },
    said: [
      {
        source: 'dispatch',
        naming: 'named',
        speaker: 'Kassym-Jomart Tokayev',
        speakerAsPrinted: 'the president',
        cue: 'claimed',
        speech: 'partial',
        passage: 'Almaty alone, the president claimed, had been attacked by 20,000 “bandits”.',
        quote: 'bandits',
        saidOn: '2022-01-07',
      },
    ],
    course: [
      { who: 'eve', does: 'take_up' },
      {
        who: 'eve',
        does: 'find',
        at: 0,
        finding: 'confirmed_primary',
        note: 'In the address: “Twenty thousand bandits attacked Almaty.”',
        seen: 'address',
      },
      {
        who: 'eve',
        does: 'add evidence',
        source: 'address',
        stance: 'supports',
        basis: 'told_by',
        restsOn: 'Kassym-Jomart Tokayev',
        passage: 'Twenty thousand bandits attacked Almaty.',
      },
      {
        who: 'eve',
        does: 'decide',
        verdict: 'unproven',
        rationale:
          'Only the president’s word. We looked for a police count, arrests by day and aerial pictures of the crowd; none says how the number came about, nor whom it takes in.',
      },
    ],
  },
  {
    key: 'some control',
    by: 'ada',
    words: {
      statement: 'On the afternoon of 7 January 2022 officials had some control of Almaty, Aktobe and Shymkent.',
      occurredOn: '2022-01-07',
      place: 'Almaty, Aktobe, Shymkent',
    },
    said: [
      {
        source: 'dispatch',
        naming: 'collective',
        speaker: 'Radio Free Europe/Radio Liberty',
        speakerAsPrinted: 'Correspondents of Radio Free Europe/Radio Liberty',
        cue: 'said',
        hedges: 'appeared to; a modicum of',
        speech: 'partial',
        passage:
          'Correspondents of Radio Free Europe/Radio Liberty who went round three cities on Friday afternoon said that officials appeared to have “a modicum of” control',
        quote: 'a modicum of',
        saidOn: '2022-01-07',
      },
    ],
    course: [
      { who: 'sam', does: 'take_up' },
      {
        who: 'sam',
        does: 'find',
        at: 0,
        finding: 'confirmed_primary',
        note: 'Read in the radio’s own report of Friday evening.',
        seen: 'correspondents',
      },
      {
        who: 'sam',
        does: 'ask',
        reason:
          'The dispatch says three cities and names none; the statement has Almaty, Aktobe and Shymkent from the radio’s report. Ada, please ask the author whether these are the three, and what “officials” takes in: police, city offices or both?',
      },
    ],
  },
]
