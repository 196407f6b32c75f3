import { choices, word } from '../words.ts'
import { RULES } from './guards.ts'
import { ACTIONS, MOVES, type MoveRow, NEEDS, whoInWords } from './workflow.ts'

const TO: Readonly<Record<string, string>> = { same: 'stays as it is', former: 'what it was before' }

/** The table of moves and what each verdict asks for, in words, as the help page shows them. */
export function workflowHelp() {
  return {
    moves: MOVES.map((row: MoveRow) => ({
      from: row.from.map((stage) => word('stage', stage)).join(', '),
      action: ACTIONS[row.action].label,
      to: [TO[row.to] ?? word('stage', row.to), row.or && word('stage', row.or)].filter(Boolean).join(', or '),
      who: whoInWords(row.who),
      needs: row.needs.map((need) => NEEDS[need]).join('; ') || 'nothing',
    })),
    verdicts: choices('verdict').map(({ value, label }) => ({ label, line: String(Reflect.get(RULES, value).line) })),
  }
}
