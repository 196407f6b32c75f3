import type { Subject } from '../../prisma/client/enums.ts'

const OF_ALL = { redacted: 'redacted something of the' } as const
const OF_THINGS = { created: 'added the', edited: 'edited the' } as const

/** What somebody did to a subject, by the action its event keeps; the subject's own word follows a "the" at the end. */
const DONE: Record<Subject, Record<string, string>> = {
  claim: {
    recorded: 'recorded the',
    'recorded and submitted': 'recorded and submitted the',
    edited: 'edited the',
    'attribution added': 'added an attribution',
    'finding recorded': 'recorded a finding',
    'evidence added': 'added evidence',
    'evidence edited': 'edited evidence',
    'evidence removed': 'removed evidence',
    submitted: 'submitted the',
    dropped: 'dropped the',
    'took up': 'took up the',
    assigned: 'assigned the',
    'handed back': 'handed back the',
    asked: 'asked for information',
    replied: 'replied',
    'proposed a verdict': 'proposed a verdict',
    decided: 'decided the',
    seconded: 'seconded the verdict',
    'returned to review': 'returned it to review',
    reopened: 'reopened the',
    superseded: 'superseded the',
    tagged: 'tagged the',
    related: 'related the claim to another',
    'relation removed': 'removed a relation to another claim',
    closed: 'closed the',
    'party changed': 'changed a party that the claim names',
    'source changed': 'changed a source that the claim rests on',
    'took over a duplicate': 'closed a duplicate, whose attributions this claim takes over',
    undone: 'undid their last move',
  },
  source: {
    ...OF_THINGS,
    'text added': 'added its text',
    'text taken again': 'took its text again',
    'counted as two origins': 'counted it and a source like it as two origins',
    'counted as one origin': 'counted it and a source like it as one origin',
  },
  party: OF_THINGS,
  story: { created: 'opened the', edited: 'edited the' },
  question: { created: 'put the', edited: 'edited the' },
  account: {
    created: 'made the',
    edited: 'changed the settings of the',
    invited: 'made a link for the',
    accepted: 'set a first password',
    'address written alike': 'wrote the address anew, as it is looked for, of the',
    'password changed': 'changed the password',
    'role changed': 'changed the role',
    disabled: 'disabled the',
    enabled: 'enabled the',
  },
  setting: { created: 'made the', edited: 'changed the' },
}

/** What people call a subject where its history is told. */
const CALLED = {
  claim: 'claim',
  source: 'source',
  party: 'party',
  story: 'story',
  question: 'question',
  account: 'account',
  setting: 'desk’s settings',
} as const satisfies Record<Subject, string>

/** An event as the end of a sentence that begins with who did it; an action without words of its own is given as it was kept. */
export function deedOf(subject: Subject, action: string): string {
  const done: Record<string, string> = { ...DONE[subject], ...OF_ALL }
  const deed = Object.hasOwn(done, action) ? (done[action] ?? '') : ''
  if (deed === '') return `: ${action}.`
  return deed.endsWith(' the') ? ` ${deed} ${CALLED[subject]}.` : ` ${deed}.`
}
