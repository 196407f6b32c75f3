import { type Difference, differences } from '../history/timeline.ts'
import { printedDateInWords } from '../printed-date.ts'
import { word } from '../words.ts'

type Fields = Readonly<Record<string, string>>

const RULING = {
  verdict: 'Verdict',
  rationale: 'Rationale',
  replySought: 'Reply sought',
  recheckOn: 'Recheck on',
  change: 'What kind of change this is',
  changeNote: 'What changed',
} as const

const FOUND = {
  finding: 'Was it said?',
  findingUrl: 'Address of the original',
  findingNote: 'Note',
  originalWords: 'The original words',
  originalLanguage: 'Their language',
} as const

/** What differs between a ruling that somebody else made and one that was typed meanwhile. */
export function rulingDifferences(theirs: object, yours: Fields): Difference[] {
  return differences(RULING, rulingInWords(textsOf(theirs, RULING)), rulingInWords(yours))
}

/** The same of a finding on one attribution. */
export function findingDifferences(theirs: object, yours: Fields): Difference[] {
  const inWords = (fields: Fields) => ({ ...fields, finding: word('finding', fields.finding) })
  return differences(FOUND, inWords(textsOf(theirs, FOUND)), inWords(yours))
}

function rulingInWords(fields: Fields): Record<string, string> {
  return {
    ...fields,
    verdict: word('verdict', fields.verdict),
    change: word('change', fields.change),
    recheckOn: fields.recheckOn ? printedDateInWords(fields.recheckOn) : '',
  }
}

function textsOf(values: object, labels: object): Record<string, string> {
  return Object.fromEntries(Object.keys(labels).map((name) => [name, String(Reflect.get(values, name) ?? '')]))
}
