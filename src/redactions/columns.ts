import { buried, TOMBSTONE } from '../history/tombstone.ts'
import { type Sought, withoutWords } from './words.ts'

/** What an attribution or a piece of evidence holds of a captured text. */
export type Held = {
  passage: string | null
  prefix: string | null
  suffix: string | null
  start: number | null
  end: number | null
  quote?: string | null
  originalWords?: string | null
  speakerAsPrinted?: string | null
  cue?: string | null
  occasion?: string | null
  findingNote?: string | null
}

const CONTEXT = 32
const WORDS = ['quote', 'originalWords', 'speakerAsPrinted', 'cue', 'occasion', 'findingNote'] as const

/**
 * The columns of somebody who held on to a text in which words were redacted, as they are to be afterwards; null when none changes. `text` is
 * the text after it, as code points; empty when all of it went.
 */
export function afterRedaction(held: Held, text: readonly string[], sought: Sought): Partial<Held> | null {
  const after: Partial<Held> = {}
  const isWhole = text.length === 0
  const bury = (value: string) => (isWhole ? buried(value) : without(value, sought))
  if (held.start !== null && held.end !== null && !isWhole) {
    after.passage = slice(text, held.start, held.end)
    after.prefix = slice(text, Math.max(0, held.start - CONTEXT), held.start)
    after.suffix = slice(text, held.end, held.end + CONTEXT)
  } else for (const name of ['passage', 'prefix', 'suffix'] as const) after[name] = held[name] && bury(held[name])
  for (const name of WORDS) {
    const value = held[name]
    if (value) after[name] = bury(value)
  }
  const changed = Object.entries(after).filter(([name, value]) => value !== Reflect.get(held, name))
  return changed.length ? Object.fromEntries(changed) : null
}

/** A text in which the words give way to tombstones; also where it is itself a part of them. */
function without(value: string, sought: Sought): string {
  const isPart = value.length > 2 && sought.words.some((words) => words.includes(value))
  return isPart ? buried(value) : withoutWords(value, sought, TOMBSTONE)
}

function slice(text: readonly string[], from: number, to: number): string {
  return text.slice(from, to).join('')
}
