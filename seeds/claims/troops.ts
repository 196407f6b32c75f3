import type { ClaimSeed } from './claim.ts'

/** Help from abroad: aircraft, soldiers, what it is for. */
export const TROOPS: readonly ClaimSeed[] = [
  {
    key: 'nine aircraft',
    by: 'ada',
    words: {
      statement: 'Nine Russian Il-76 transports landed at Almaty with airborne troops on 6 and 7 January 2022.',
      occurredOn: '2022-01-07',
      place: 'Almaty airport',
      figure: { comparator: 'stated', low: '9', wording: 'nine Il-76 transports', asOf: '2022-01-07' },
      question: 'aircraft',
    },
    said: [
      {
        source: 'dispatch',
        naming: 'named',
        speaker: 'Russian Defence Ministry',
        speakerAsPrinted: 'Russia’s Defence Ministry',
        relays: [{ party: 'TASS' }],
        cue: 'told the TASS agency',
        speech: 'paraphrase',
        passage:
          'Russia’s Defence Ministry told the TASS agency that nine Il-76 transports had landed at Almaty with paratroopers and their vehicles.',
        saidOn: '2022-01-07',
      },
      {
        source: 'agency',
        naming: 'named',
        speaker: 'Russian Defence Ministry',
        speakerAsPrinted: 'the Defence Ministry',
        cue: 'told TASS on Friday',
        speech: 'paraphrase',
        passage:
          'Nine Il-76 transports of the Russian Aerospace Forces have landed at Almaty, the Defence Ministry told TASS on Friday.',
        saidOn: '2022-01-07',
      },
    ],
    course: [
      { who: 'eve', does: 'take_up' },
      {
        who: 'eve',
        does: 'find',
        at: 0,
        finding: 'confirmed_relayed',
        note: 'The agency’s report was seen, the ministry’s own words were not.',
        seen: 'agency',
      },
      {
        who: 'eve',
        does: 'find',
        at: 1,
        finding: 'confirmed_relayed',
        note: 'The agency is the only one that has it; nothing on the ministry’s own channels.',
      },
      {
        who: 'ben',
        does: 'add evidence',
        source: 'agency',
        stance: 'supports',
        basis: 'told_by',
        restsOn: 'Russian Defence Ministry',
        passage: 'Nine Il-76 transports of the Russian Aerospace Forces have landed at Almaty',
      },
      {
        who: 'ben',
        does: 'add evidence',
        source: 'movements',
        stance: 'supports',
        basis: 'witnessed',
        restsOn: 'Zhetysu Spotters',
        passage: 'Total: nine landings of Il-76, one take-off. Registrations were read on five of the nine.',
        note: 'Landings, seen by members. That nine aircraft came and none twice rests on the five registrations.',
      },
      {
        who: 'ben',
        does: 'add evidence',
        source: 'video',
        stance: 'supports',
        basis: 'witnessed',
        restsOn: 'A passer-by at Almaty airport',
        passage: 'Four Il-76 stand on the apron, ramps down; tracked vehicles with white recognition marks roll off.',
        note: 'Type and load, not the number.',
      },
      {
        who: 'eve',
        does: 'decide',
        verdict: 'verified',
        rationale:
          'Nine landings were logged by people who do not depend on the ministry, and a film shows the type and airborne vehicles being unloaded. That the ministry and the agency say the same adds nothing: it is one voice.',
      },
    ],
  },
  {
    key: 'nine aircraft again',
    by: 'ben',
    words: {
      statement: 'Nine transports of the Russian Aerospace Forces landed at Almaty.',
      occurredOn: '2022-01-07',
      place: 'Almaty airport',
      figure: { comparator: 'stated', low: '9', wording: 'Nine Il-76 transports', asOf: '2022-01-07' },
      question: 'aircraft',
    },
    said: [
      {
        source: 'agency',
        naming: 'named',
        speaker: 'Russian Defence Ministry',
        speakerAsPrinted: 'the Defence Ministry',
        cue: 'told TASS on Friday',
        speech: 'paraphrase',
        passage: 'Nine Il-76 transports of the Russian Aerospace Forces have landed at Almaty',
        saidOn: '2022-01-07',
      },
    ],
    course: [
      {
        who: 'sam',
        does: 'close',
        because: 'duplicate',
        duplicateOf: 'nine aircraft',
        reason: 'The same nine aircraft, from the same report; the other claim has the attribution already.',
      },
    ],
  },
  {
    key: 'airport held',
    by: 'ada',
    words: {
      statement: 'The airport of Almaty was in the hands of the government on 7 January 2022.',
      occurredOn: '2022-01-07',
      place: 'Almaty airport',
    },
    said: [
      {
        source: 'dispatch',
        naming: 'named',
        speaker: 'Russian Defence Ministry',
        speakerAsPrinted: 'the ministry',
        relays: [{ party: 'TASS', inferred: 'yes' }],
        cue: 'added',
        speech: 'paraphrase',
        passage:
          'The airport, which a crowd stormed on Wednesday evening, was back in the government’s hands, the ministry added.',
        saidOn: '2022-01-07',
      },
      {
        source: 'agency',
        naming: 'named',
        speaker: 'Russian Defence Ministry',
        speakerAsPrinted: 'it',
        cue: 'According to',
        speech: 'paraphrase',
        passage:
          'According to it, the airport of Almaty is fully under control again, held together with Kazakhstan’s own forces.',
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
        note: 'The agency has “held together with Kazakhstan’s own forces”: Russian soldiers too. “The government’s hands” is the newspaper’s.',
        seen: 'agency',
        originalWords: 'held together with Kazakhstan’s own forces',
        originalLanguage: 'en',
      },
      {
        who: 'ben',
        does: 'add evidence',
        source: 'video',
        stance: 'supports',
        basis: 'witnessed',
        restsOn: 'A passer-by at Almaty airport',
        passage: 'Soldiers with Kazakh shoulder flags check a bus.',
        note: 'Filmed at about 11.20. The cargo area and the far side cannot be seen.',
      },
      {
        who: 'sam',
        does: 'decide',
        verdict: 'partly_verified',
        rationale:
          'Holds for the terminal and the apron: a film of that morning shows Kazakh soldiers and police there, and no crowd. For the cargo area and the rest of the field we have only the ministry’s word.',
      },
    ],
  },
]
