import type { ClaimSeed } from './claim.ts'

/** What the ministry and the prosecutor counted in uniform before and after the two counts of the newspaper, and the later lists of all the dead. */
export const COUNTS: readonly ClaimSeed[] = [
  {
    key: 'eight killed',
    by: 'ben',
    words: {
      statement: 'By the evening of 5 January 2022 eight members of the security forces had been killed in Kazakhstan.',
      occurredOn: '2022-01-05',
      place: 'Kazakhstan',
      figure: { comparator: 'stated', low: '8', wording: 'eight', asOf: '2022-01-05' },
      question: 'security killed',
    },
    said: [
      {
        source: 'firstBulletin',
        naming: 'named',
        speaker: 'Interior Ministry of Kazakhstan',
        speakerAsPrinted: 'The ministry',
        cue: 'reports',
        speech: 'paraphrase',
        passage: 'The ministry reports that eight policemen and guardsmen were killed on duty',
        saidOn: '2022-01-05',
      },
    ],
    course: [
      { who: 'eve', does: 'take_up' },
      {
        who: 'eve',
        does: 'find',
        at: 0,
        finding: 'confirmed_primary',
        note: 'Read in the bulletin.',
        seen: 'firstBulletin',
      },
    ],
  },
  {
    key: 'sixteen killed',
    by: 'ada',
    words: {
      statement: 'By 9 January 2022 sixteen members of the security forces had been killed in Kazakhstan.',
      occurredOn: '2022-01-09',
      place: 'Kazakhstan',
      figure: { comparator: 'stated', low: '16', wording: 'sixteen', asOf: '2022-01-09' },
      question: 'security killed',
    },
    said: [
      {
        source: 'sundayBulletin',
        naming: 'named',
        speaker: 'Interior Ministry of Kazakhstan',
        speakerAsPrinted: 'the ministry',
        cue: 'puts',
        speech: 'paraphrase',
        passage: 'For the whole country the ministry puts the dead among police and guardsmen at sixteen',
        saidOn: '2022-01-09',
      },
    ],
    course: [
      { who: 'eve', does: 'take_up' },
      {
        who: 'eve',
        does: 'find',
        at: 0,
        finding: 'confirmed_primary',
        note: 'Two fewer than the same ministry gave two days before, without a word on why.',
        seen: 'sundayBulletin',
      },
    ],
  },
  {
    key: 'nineteen killed',
    by: 'ada',
    words: {
      statement: 'By 15 January 2022 nineteen members of the security forces had been killed in Kazakhstan.',
      occurredOn: '2022-01-15',
      place: 'Kazakhstan',
      figure: { comparator: 'stated', low: '19', wording: 'Nineteen', asOf: '2022-01-15' },
      question: 'security killed',
    },
    said: [
      {
        source: 'prosecutor',
        naming: 'named',
        speaker: 'Prosecutor General’s Office of Kazakhstan',
        speakerAsPrinted: 'Office of the Prosecutor General',
        speech: 'paraphrase',
        passage: 'Nineteen of them belonged to the police and the armed forces.',
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
        passage: 'Nineteen of them belonged to the police and the armed forces.',
      },
      {
        who: 'ben',
        does: 'add evidence',
        source: 'namesList',
        stance: 'supports',
        basis: 'document',
        restsOn: 'January List',
        passage: 'Of these, 19 served in the police or the armed forces.',
      },
      {
        who: 'sam',
        does: 'decide',
        verdict: 'verified',
        rationale:
          'The prosecutor’s count of bodies and the volunteers’ list of names agree on nineteen, and were made apart from each other.',
      },
    ],
  },
  {
    key: 'dead 238',
    by: 'ben',
    words: {
      statement: 'By August 2022 the unrest of January was known to have killed 238 people in the whole of Kazakhstan.',
      occurredOn: '2022-01',
      place: 'Kazakhstan',
      figure: { comparator: 'stated', low: '238', wording: '238 people', asOf: '2022-08-16' },
      question: 'people killed',
    },
    said: [
      {
        source: 'augustList',
        naming: 'named',
        speaker: 'Prosecutor General’s Office of Kazakhstan',
        speakerAsPrinted: 'The Office of the Prosecutor General',
        cue: 'has published',
        speech: 'paraphrase',
        passage: 'The Office of the Prosecutor General has published the names of 238 people who died in January',
        saidOn: '2022-08-16',
      },
    ],
    course: [],
  },
]
