import type { Role } from '../prisma/client/enums.ts'

/** Who may attempt what. Whether a particular claim allows it now is for decisions/workflow to say. */
const MAY = {
  /** Everybody, signed in or not. */
  visit: 'anyone',
  read: ['reader', 'reporter', 'editor', 'admin'],
  keepOwnAccount: ['reader', 'reporter', 'editor', 'admin'],
  seePrivateSources: ['reporter', 'editor', 'admin'],
  addSources: ['reporter', 'editor', 'admin'],
  addClaims: ['reporter', 'editor', 'admin'],
  tag: ['reporter', 'editor', 'admin'],
  comment: ['reporter', 'editor', 'admin'],
  addEvidence: ['reporter', 'editor', 'admin'],
  relate: ['reporter', 'editor', 'admin'],
  moveClaims: ['reporter', 'editor', 'admin'],
  recordFindings: ['editor', 'admin'],
  decide: ['editor', 'admin'],
  override: ['admin'],
  editParties: ['reporter', 'editor', 'admin'],
  addQuestions: ['reporter', 'editor', 'admin'],
  editQuestions: ['editor', 'admin'],
  editStories: ['editor', 'admin'],
  export: ['reader', 'reporter', 'editor', 'admin'],
  redact: ['admin'],
  runDesk: ['admin'],
} as const satisfies Record<string, 'anyone' | readonly Role[]>

export type Action = keyof typeof MAY

/** Whether somebody of this role, null when not signed in, may attempt the action. */
export function may(role: Role | null, action: Action): boolean {
  const allowed: 'anyone' | readonly Role[] = MAY[action]
  if (allowed === 'anyone') return true
  return role !== null && allowed.includes(role)
}
