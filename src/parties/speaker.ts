import type { Naming } from '../../prisma/client/enums.ts'

const UNNAMED = {
  named: 'Not named',
  described: 'Not named',
  collective: 'Not named',
  unstated: 'Speaker not stated',
  own_voice: 'The publication itself',
  unclear: 'Unclear whose words',
} as const satisfies Record<Naming, string>

/** Who speaks, in a word: the party, else the speaker as printed, else how far it is known. */
export function speakerInWords(speaker: string | null, speakerAsPrinted: string | null, naming: Naming | null): string {
  return speaker ?? (speakerAsPrinted ? `“${speakerAsPrinted}”` : naming ? UNNAMED[naming] : '')
}

/** A speaker who is not to be named: as described, else that the name is withheld. */
export function unnamedInWords(description: string | null): string {
  return description ? `“${description}”, not for attribution` : 'Speaker withheld'
}

/** The same as a cell of a file: that the name is withheld, and how the speaker is described. */
export function unnamedInFiles(description: string | null): string {
  return description ? `speaker withheld (${description})` : 'speaker withheld'
}
