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
