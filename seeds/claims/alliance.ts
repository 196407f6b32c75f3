import type { ClaimSeed } from './claim.ts'

/** The alliance, who is in it, and what it is good for. */
export const ALLIANCE: readonly ClaimSeed[] = [
  {
    key: 'force size',
    by: 'ben',
    words: {
      statement: 'The alliance’s force in Kazakhstan was to number about 2,500 soldiers.',
      occurredOn: '2022-01-06',
      place: 'Kazakhstan',
      figure: { comparator: 'about', low: '2500', wording: 'about 2,500', asOf: '2022-01-07' },
      question: 'force',
    },
    said: [
      {
        source: 'dispatch',
        naming: 'collective',
        speaker: 'Russian officials',
        speakerAsPrinted: 'Russian officials',
        cue: 'put',
        hedges: 'about',
        speech: 'paraphrase',
        passage: 'Russian officials put its strength at about 2,500.',
      },
    ],
    course: [
      { who: 'eve', does: 'take_up' },
      {
        who: 'eve',
        does: 'find',
        at: 0,
        finding: 'misattributed',
        note: 'It was the alliance’s secretary general who gave the number, on 6 January. We found no Russian official who did.',
        seen: 'alliance',
      },
      {
        who: 'ben',
        does: 'add evidence',
        source: 'alliance',
        stance: 'supports',
        basis: 'told_by',
        restsOn: 'Collective Security Treaty Organisation',
        passage: 'the collective force is to number about 2,500 soldiers',
      },
    ],
  },
  {
    key: 'first force',
    by: 'ben',
    words: {
      statement:
        'The force sent to Kazakhstan is the first that the Collective Security Treaty Organisation has sent to a member.',
      occurredOn: '2022-01-06',
      place: 'Kazakhstan',
    },
    said: [
      {
        source: 'dispatch',
        naming: 'own_voice',
        passage:
          'The soldiers belong to the first force that the Collective Security Treaty Organisation, a Moscow-led alliance of six former Soviet states, has ever sent to help a member.',
      },
    ],
    course: [],
  },
  {
    key: 'Belarusian troops',
    by: 'ada',
    words: {
      statement: 'Belarusian troops are in Kazakhstan.',
      occurredOn: '2022-01-07',
      place: 'Kazakhstan',
    },
    said: [
      {
        source: 'dispatch',
        naming: 'unstated',
        hedges: 'reportedly',
        speech: 'paraphrase',
        passage: 'Belarusian troops are reportedly in the country as well',
      },
    ],
    course: [
      { who: 'sam', does: 'take_up' },
      {
        who: 'sam',
        does: 'decide',
        verdict: 'unproven',
        recheckOn: '2022-01-14',
        rationale:
          'The dispatch does not say who reports it. On Friday noon we found neither an announcement from Minsk nor a picture, and the alliance’s secretariat would not say who sends what.',
      },
      {
        who: 'ben',
        does: 'add evidence',
        source: 'minsk',
        stance: 'supports',
        basis: 'told_by',
        restsOn: 'Defence Ministry of Belarus',
        passage: 'A company of the 103rd Airborne Brigade, about a hundred soldiers, left for Kazakhstan yesterday',
        note: 'Came in on Friday evening. Left is not arrived.',
      },
    ],
  },
  {
    key: 'leverage',
    by: 'ada',
    words: {
      statement: 'The crisis gives Moscow more leverage over Kazakhstan.',
      occurredOn: '2022-01',
    },
    said: [
      {
        source: 'dispatch',
        naming: 'collective',
        speakerAsPrinted: 'Analysts',
        cue: 'say',
        speech: 'paraphrase',
        passage:
          'Analysts say the crisis hands Moscow new leverage over a neighbour that has long kept a balance between Russia, China and the West.',
      },
    ],
    course: [
      { who: 'eve', does: 'take_up' },
      {
        who: 'eve',
        does: 'find',
        at: 0,
        finding: 'not_found',
        note: 'The dispatch names no analyst and quotes none. Such views were common that week, but these cannot be pinned to anybody.',
      },
      {
        who: 'eve',
        does: 'decide',
        verdict: 'not_checkable',
        rationale:
          'A judgement about influence to come, by people who are not named. It can be argued with, but there is nothing to look up.',
      },
    ],
  },
  {
    key: 'distraction',
    by: 'ada',
    words: {
      statement: 'The crisis distracts the Kremlin from its talks with Washington about Ukraine.',
      occurredOn: '2022-01',
    },
    said: [
      {
        source: 'dispatch',
        naming: 'unclear',
        hedges: 'may',
        speech: 'paraphrase',
        passage: 'It may also be unwelcome to a Kremlin that is busy with its talks with Washington about Ukraine.',
      },
    ],
    course: [
      {
        who: 'sam',
        does: 'close',
        because: 'out_of_scope',
        reason:
          'About Ukraine rather than Kazakhstan, a guess by its own words, and it is open whether it is the analysts’ or the paper’s.',
      },
    ],
  },
]
