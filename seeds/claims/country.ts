import type { ClaimSeed } from './claim.ts'

/** How it began, what was cut off, and what was passed on. */
export const COUNTRY: readonly ClaimSeed[] = [
  {
    key: 'gas protest',
    by: 'ada',
    words: {
      statement:
        'The unrest in Kazakhstan began on 2 January 2022 with a protest in Zhanaozen against a steep rise in the price of fuel.',
      occurredOn: '2022-01-02',
      place: 'Zhanaozen',
    },
    said: [
      {
        source: 'dispatch',
        naming: 'own_voice',
        passage:
          'The unrest began on 2 January in the oil town of Zhanaozen, in the west, with a protest against a steep rise in the price of the liquefied gas on which many cars there run.',
      },
    ],
    course: [
      { who: 'sam', does: 'take_up' },
      {
        who: 'ben',
        does: 'add evidence',
        source: 'gasNotice',
        stance: 'supports',
        basis: 'document',
        passage:
          'After the gatherings of 2 and 3 January in Zhanaozen and Aktau, where people protested against the new price of liquefied petroleum gas',
        note: 'The government’s own notice dates the first gathering.',
      },
      {
        who: 'ben',
        does: 'add evidence',
        source: 'correspondents',
        stance: 'supports',
        basis: 'witnessed',
        restsOn: 'Radio Free Europe/Radio Liberty',
        passage: 'In Zhanaozen, where the protest against the price of gas began on 2 January',
      },
      {
        who: 'sam',
        does: 'decide',
        verdict: 'verified',
        rationale:
          'A notice of the government and the radio’s correspondents give the same day, place and cause, each from what they saw or dealt with themselves.',
      },
      {
        who: 'eve',
        does: 'edit',
        words: {
          statement:
            'The unrest in Kazakhstan began on 2 January 2022 with a protest in Zhanaozen against a steep rise in the price of liquefied gas.',
        },
        reason: '“Fuel” takes in petrol, whose price had not changed. Both documents say liquefied gas.',
      },
    ],
  },
  {
    key: 'internet cut',
    by: 'ada',
    words: {
      statement: 'From 5 January 2022 the internet was mostly shut off across Kazakhstan.',
      occurredOn: '2022-01-05',
      place: 'Kazakhstan',
    },
    said: [
      {
        source: 'dispatch',
        naming: 'own_voice',
        hedges: 'mostly',
        passage: 'Internet and mobile data were mostly shut off across the country from Wednesday',
      },
    ],
    course: [
      { who: 'eve', does: 'take_up' },
      {
        who: 'ben',
        does: 'add evidence',
        source: 'connectivity',
        stance: 'supports',
        basis: 'document',
        restsOn: 'Northlight Internet Observatory',
        passage: 'The fall on 5 January began at 16.30 Almaty time and took in fixed lines and mobile networks alike.',
        note: 'Two per cent of the usual level that evening, never above eleven until Friday night.',
      },
      {
        who: 'eve',
        does: 'decide',
        verdict: 'verified',
        rationale:
          'Measured from outside the country, by people who have no part in the story: 2 per cent of the usual level on Wednesday evening and at most 11 per cent on Friday. “Mostly” is right.',
      },
      {
        who: 'ada',
        does: 'add evidence',
        source: 'address',
        stance: 'contradicts',
        basis: 'told_by',
        restsOn: 'Kassym-Jomart Tokayev',
        passage: 'Internet access is being restored in single regions, for set hours of the day.',
        note: 'Says that it came back in places on the 7th. The measurements show little of it.',
      },
    ],
  },
  {
    key: 'airport post',
    by: 'ben',
    words: {
      statement: 'On the evening of 7 January 2022 demonstrators held the terminal of Almaty airport.',
      occurredOn: '2022-01-07',
      place: 'Almaty airport',
    },
    said: [
      {
        source: 'airportPost',
        naming: 'named',
        speaker: '@almaty_live_2022',
        speakerAsPrinted: '@almaty_live_2022',
        speech: 'paraphrase',
        passage: 'The airport is STILL ours!!! the people hold the terminal, no plane has come in since wednesday.',
        saidOn: '2022-01-07T18:02',
      },
    ],
    course: [
      { who: 'eve', does: 'take_up' },
      {
        who: 'eve',
        does: 'find',
        at: 0,
        finding: 'confirmed_primary',
        note: 'The post itself was seen before it was taken down.',
        seen: 'airportPost',
      },
      {
        who: 'ben',
        does: 'add evidence',
        source: 'video',
        stance: 'contradicts',
        basis: 'witnessed',
        restsOn: 'A passer-by at Almaty airport',
        passage:
          'Windows of the terminal are broken, the doors stand open. No crowd is to be seen.\n00.40 Soldiers with Kazakh shoulder flags check a bus.',
      },
      {
        who: 'ben',
        does: 'add evidence',
        source: 'movements',
        stance: 'contradicts',
        basis: 'witnessed',
        restsOn: 'Zhetysu Spotters',
        passage: 'Total: nine landings of Il-76, one take-off.',
      },
      {
        who: 'eve',
        does: 'decide',
        verdict: 'false',
        replySought:
          'Asked @almaty_live_2022 by message on 7 January at 20.10 where this was seen. No answer by the next evening; the post was then gone.',
        rationale:
          'Soldiers were at the terminal before noon and the doors stood open with nobody inside; nine transports landed in the night and the morning before the post said that none had come in.',
      },
    ],
  },
  {
    key: 'gas post',
    by: 'ben',
    words: {
      statement: 'On 6 January 2022 liquefied gas cost 50 tenge a litre again in the whole of Kazakhstan.',
      occurredOn: '2022-01-06',
      place: 'Kazakhstan',
      figure: { comparator: 'stated', low: '50', wording: '50 tenge', asOf: '2022-01-06' },
      question: 'gas',
    },
    said: [
      {
        source: 'gasPost',
        naming: 'named',
        speaker: '@steppe_news_daily',
        speakerAsPrinted: '@steppe_news_daily',
        speech: 'paraphrase',
        passage: 'gas costs 50 tenge again in the whole of Kazakhstan',
        saidOn: '2022-01-06T09:15',
      },
    ],
    course: [
      { who: 'sam', does: 'take_up' },
      {
        who: 'sam',
        does: 'find',
        at: 0,
        finding: 'confirmed_primary',
        note: 'The post was seen, with 1,900 shares.',
        seen: 'gasPost',
      },
      {
        who: 'ben',
        does: 'add evidence',
        source: 'gasNotice',
        stance: 'contradicts',
        basis: 'document',
        passage: 'The price holds in Mangystau region. For other regions no decision has been taken.',
      },
      {
        who: 'sam',
        does: 'decide',
        verdict: 'misleading',
        replySought:
          'Asked @steppe_news_daily on 6 January at noon what the post rests on. It answered with a picture of a price board in Aktau.',
        rationale:
          'The price is real and was agreed two days earlier, but for Mangystau region alone. Put rightly: “In Mangystau, where the protests began, gas costs 50 tenge again.”',
      },
    ],
  },
]
