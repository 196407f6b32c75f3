import type { ClaimSeed } from './claim.ts'

/** The dead of the whole country, a figure that was withdrawn, and what one hospital saw. */
export const TOTALS: readonly ClaimSeed[] = [
  {
    key: 'dead 164',
    by: 'ben',
    words: {
      statement: 'By 9 January 2022 the unrest had killed 164 people in the whole of Kazakhstan.',
      occurredOn: '2022-01',
      place: 'Kazakhstan',
      figure: { comparator: 'stated', low: '164', wording: '164 people', asOf: '2022-01-09' },
      question: 'people killed',
    },
    said: [
      {
        source: 'channelPost',
        naming: 'named',
        speaker: 'Health Ministry of Kazakhstan',
        speakerAsPrinted: 'the Health Ministry',
        cue: 'According to',
        speech: 'paraphrase',
        passage:
          'According to the Health Ministry, 164 people have been killed during the unrest in the whole country, 103 of them in Almaty.',
      },
      {
        source: 'noticeOfError',
        naming: 'named',
        position: 'denies',
        speaker: 'Information Ministry of Kazakhstan',
        speakerAsPrinted: 'Ministry of Information and Social Development',
        speech: 'paraphrase',
        passage:
          'A figure of 164 dead that was published on a messaging channel on Sunday has not been confirmed by any state body. It appeared there owing to a technical error.',
        saidOn: '2022-01-10',
      },
      {
        source: 'noticeOfError',
        naming: 'named',
        position: 'withdraws',
        speaker: 'Kazakh state television',
        speakerAsPrinted: 'State television',
        cue: 'has withdrawn',
        speech: 'paraphrase',
        passage: 'State television has withdrawn the post and asks other media not to repeat it.',
      },
    ],
    course: [
      { who: 'sam', does: 'take_up' },
      {
        who: 'sam',
        does: 'find',
        at: 0,
        finding: 'not_found',
        note: 'Nothing on the Health Ministry’s own pages or channels, then or later. The figure is ascribed to it by the channel alone.',
      },
      {
        who: 'sam',
        does: 'find',
        at: 1,
        finding: 'confirmed_primary',
        note: 'Read in the notice itself.',
        seen: 'noticeOfError',
      },
      {
        who: 'sam',
        does: 'find',
        at: 2,
        finding: 'confirmed_relayed',
        note: 'The post is gone; that the station withdrew it we have only from the ministry.',
      },
      {
        who: 'ben',
        does: 'add evidence',
        source: 'noticeOfError',
        stance: 'contradicts',
        basis: 'told_by',
        restsOn: 'Information Ministry of Kazakhstan',
        passage: 'It appeared there owing to a technical error.',
        note: 'It denies that anybody confirmed the figure; it gives no other.',
      },
      {
        who: 'sam',
        does: 'decide',
        verdict: 'unproven',
        recheckOn: '2022-01-20',
        rationale:
          'Published once, ascribed to a ministry that never said it in public, denied the next day and withdrawn. That a figure is withdrawn does not make it wrong: the denial gives no number of its own. We asked the Health Ministry twice by e-mail and had no answer.',
      },
    ],
  },
  {
    key: 'dead 225',
    by: 'ada',
    words: {
      statement: 'By 15 January 2022 the unrest had killed 225 people in the whole of Kazakhstan.',
      occurredOn: '2022-01',
      place: 'Kazakhstan',
      figure: { comparator: 'stated', low: '225', wording: 'the bodies of 225 people', asOf: '2022-01-15' },
      question: 'people killed',
    },
    said: [
      {
        source: 'prosecutor',
        naming: 'named',
        speaker: 'Prosecutor General’s Office of Kazakhstan',
        speakerAsPrinted: 'Office of the Prosecutor General',
        occasion: 'Briefing on the investigations',
        speech: 'paraphrase',
        passage: 'During the state of emergency the bodies of 225 people were brought to the morgues of the country.',
        saidOn: '2022-01-15',
      },
    ],
    course: [
      { who: 'sam', does: 'take_up' },
      {
        who: 'sam',
        does: 'find',
        at: 0,
        finding: 'confirmed_primary',
        note: 'Heard in the recording of the briefing.',
        seen: 'prosecutor',
      },
      {
        who: 'ada',
        does: 'add evidence',
        source: 'prosecutor',
        stance: 'supports',
        basis: 'told_by',
        restsOn: 'Prosecutor General’s Office of Kazakhstan',
        passage: 'the bodies of 225 people were brought to the morgues of the country',
      },
      {
        who: 'ben',
        does: 'add evidence',
        source: 'namesList',
        stance: 'supports',
        basis: 'document',
        restsOn: 'January List',
        passage: 'Names entered: 227. Seen by a volunteer on a death certificate or a grave: 227.',
        note: 'Two of the 227 died after 15 January, which leaves 225.',
      },
      {
        who: 'sam',
        does: 'decide',
        verdict: 'verified',
        rationale:
          'The prosecutor’s count of bodies and the volunteers’ list of names were made apart from each other. The list has 227, two of whom died in hospital after the day the prosecutor spoke of.',
      },
    ],
  },
  {
    key: 'hospital',
    by: 'ben',
    isDraft: true,
    words: {
      statement:
        'In the night to 6 January 2022 seven people with bullet wounds were brought dead to one hospital in Almaty.',
      occurredOn: '2022-01-06',
      place: 'Almaty',
      figure: { comparator: 'stated', low: '7', wording: 'Seven', asOf: '2022-01-06' },
      question: 'hospital dead',
    },
    said: [
      {
        source: 'interview',
        naming: 'described',
        speakerAsPrinted: 'somebody who works in a hospital of the city',
        speech: 'direct',
        passage:
          '“In the night to Thursday we took in more than thirty people with bullet wounds. Seven were dead when they came.”',
        quote: 'Seven were dead when they came.',
        saidOn: '2022-01-08',
        terms: 'not_for_attribution',
      },
    ],
    course: [],
  },
]
