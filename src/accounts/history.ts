import type { Teller } from '../history/timeline.ts'
import { word } from '../words.ts'

/** How an account's history is told; neither address nor password is in it. */
export const ACCOUNT = {
  subject: 'account',
  labels: {
    name: 'Name',
    role: 'Role',
    timeZone: 'Time zone',
    theme: 'Theme',
    density: 'Lines of tables',
    shortcuts: 'Keyboard shortcuts',
  },
  inWords(field, value) {
    if (typeof value === 'boolean') return value ? 'on' : 'off'
    if (typeof value !== 'string') return ''
    return field === 'role' ? word('role', value) : value
  },
} as const satisfies Teller
