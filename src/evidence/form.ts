import { z } from 'zod'
import { Basis, PartyKind, Stance } from '../../prisma/client/enums.ts'
import { placeText } from '../captures/place.ts'
import { type Difference, differences } from '../history/timeline.ts'
import type { Problem } from '../outcome.ts'
import { sourceLabel } from '../sources/label.ts'
import { choice, exactOptionalText, optionalChoice, optionalText, revision, text, tick } from '../web/form.ts'
import { word } from '../words.ts'
import type { ShownEvidence } from './list.store.ts'

/** How many pieces of evidence a claim may have. */
export const MOST_EVIDENCE = 200

const piece = {
  revision: revision(),
  source: text('Name the source: its address, its exact title or its number (#12).', 2000),
  stance: choice(Object.values(Stance), 'Choose how it bears on the claim.'),
  basis: choice(Object.values(Basis), 'Choose what it is: seen, a document, told, or not known.'),
  restsOnParty: optionalText(300),
  restsOnKind: optionalChoice(Object.values(PartyKind)),
  restsOnChoice: optionalText(320),
  restsOnSource: optionalText(2000),
  isTheAct: tick(),
  passage: exactOptionalText(10_000),
  place: optionalText(20),
  note: optionalText(4000),
}

/** A new piece of evidence. */
export const evidenceForm = z.strictObject(piece)

/** An edit of one; `isRemoved` takes it away. `reason` is asked for where a decision stands on it, and always to remove it. */
export const evidenceEditForm = z.strictObject({ ...piece, reason: optionalText(4000), isRemoved: tick() })

export type EvidenceForm = z.output<typeof evidenceForm>
export type EvidenceEditForm = z.output<typeof evidenceEditForm>

export const EVIDENCE_FIELDS = [
  'source',
  'stance',
  'basis',
  'restsOnParty',
  'restsOnKind',
  'restsOnChoice',
  'restsOnSource',
  'isTheAct',
  'passage',
  'place',
  'note',
  'reason',
  'isRemoved',
] as const

/** What the form shows in its fields. */
export type EvidenceValues = Record<(typeof EVIDENCE_FIELDS)[number], string>

/** A form that nobody has filled in. */
export function blankEvidence(): EvidenceValues {
  return Object.fromEntries(EVIDENCE_FIELDS.map((name) => [name, ''])) as EvidenceValues
}

/** The form of a piece as it stands. */
export function evidenceValues(held: ShownEvidence): EvidenceValues {
  const { restsOnParty, restsOnSource } = held
  return {
    ...blankEvidence(),
    source: named(held.source),
    stance: held.stance,
    basis: held.basis,
    restsOnParty: restsOnParty ? `${restsOnParty.name} (#${restsOnParty.id})` : '',
    restsOnSource: restsOnSource ? named(restsOnSource) : '',
    isTheAct: held.isTheAct ? 'yes' : '',
    passage: held.passage ?? '',
    place: placeText(held),
    note: held.note,
  }
}

function named(source: ShownEvidence['source']): string {
  return `${sourceLabel(source, true)} (#${source.id})`
}

/** What is wrong with a piece beyond each field by itself. */
export function evidenceProblems(form: EvidenceForm): Problem[] {
  const problems: Problem[] = []
  if (form.restsOnParty && form.restsOnSource)
    problems.push({
      field: 'restsOnSource',
      message: 'It goes back to a party or to a document, not to both. Keep the nearer one to the facts.',
    })
  if (form.isTheAct && form.basis !== 'document')
    problems.push({
      field: 'isTheAct',
      message: 'Only a document can be the act that is claimed. Choose “Document”, or take this tick away.',
    })
  return problems
}

const LABELS = {
  source: 'Source',
  stance: 'How it bears on the claim',
  basis: 'What it is',
  restsOnParty: 'The party it goes back to',
  restsOnSource: 'The document it goes back to',
  isTheAct: 'Is the act that is claimed',
  passage: 'Passage',
  note: 'Note',
}

/** What differs between a piece as it now is and a form that was typed on an older revision. */
export function comparedWith(theirs: EvidenceValues, yours: EvidenceValues): Difference[] {
  return differences(LABELS, inWords(theirs), inWords(yours))
}

function inWords(values: EvidenceValues): EvidenceValues {
  return { ...values, stance: word('stance', values.stance), basis: word('basis', values.basis) }
}
