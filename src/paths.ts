import { permalink } from './history/window.ts'

type Query = Record<string, string | number | undefined>

/** Every address of the application. References and ids come from the database, so only queries need escaping. */
export const paths = {
  home: () => '/',
  queue: (query: Query = {}) => withQuery('/queue', query),
  claims: (query: Query = {}) => withQuery('/claims', query),
  selection: () => '/claims/selection',
  newClaim: (query: Query = {}) => withQuery('/claims/new', query),
  claim: (ref: string) => `/claims/${ref}`,
  editClaim: (ref: string) => `/claims/${ref}/edit`,
  claimEdits: (ref: string) => `/claims/${ref}/edits`,
  splitClaim: (ref: string) => `/claims/${ref}/split`,
  splits: (ref: string) => `/claims/${ref}/splits`,
  claimHistory: (ref: string) => `/claims/${ref}/history`,
  newAttribution: (ref: string, query: Query = {}) => withQuery(`/claims/${ref}/attributions/new`, query),
  attributions: (ref: string) => `/claims/${ref}/attributions`,
  findings: (ref: string, attributionId: number) => `/claims/${ref}/attributions/${attributionId}/findings`,
  newEvidence: (ref: string, query: Query = {}) => withQuery(`/claims/${ref}/evidence/new`, query),
  evidence: (ref: string) => `/claims/${ref}/evidence`,
  editEvidence: (ref: string, id: number) => `/claims/${ref}/evidence/${id}/edit`,
  evidenceEdits: (ref: string, id: number) => `/claims/${ref}/evidence/${id}/edits`,
  tags: (ref: string) => `/claims/${ref}/tags`,
  comments: (ref: string, query: Query = {}) => withQuery(`/claims/${ref}/comments`, query),
  commentTurns: (ref: string, id: number) => `/claims/${ref}/comments/${id}/turns`,
  decisions: (ref: string) => `/claims/${ref}/decisions`,
  moves: (ref: string) => `/claims/${ref}/moves`,
  undoings: (ref: string) => `/claims/${ref}/undoings`,
  sources: (query: Query = {}) => withQuery('/sources', query),
  newSource: () => '/sources/new',
  source: (id: number) => `/sources/${id}`,
  sourceHistory: (id: number) => `/sources/${id}/history`,
  editSource: (id: number) => `/sources/${id}/edit`,
  sourceEdits: (id: number) => `/sources/${id}/edits`,
  sourceOrigins: (id: number) => `/sources/${id}/origins`,
  captures: (id: number) => `/sources/${id}/captures`,
  newCapture: (id: number) => `/sources/${id}/captures/new`,
  parties: (query: Query = {}) => withQuery('/parties', query),
  partySuggestions: () => '/parties/suggestions',
  newParty: () => '/parties/new',
  party: (id: number) => `/parties/${id}`,
  partyHistory: (id: number) => `/parties/${id}/history`,
  editParty: (id: number) => `/parties/${id}/edit`,
  partyEdits: (id: number) => `/parties/${id}/edits`,
  stories: () => '/stories',
  newStory: () => '/stories/new',
  story: (code: string) => `/stories/${code}`,
  storyHistory: (code: string) => `/stories/${code}/history`,
  editStory: (code: string) => `/stories/${code}/edit`,
  storyEdits: (code: string) => `/stories/${code}/edits`,
  newQuestion: (code: string, query: Query = {}) => withQuery(`/stories/${code}/questions/new`, query),
  questions: (code: string) => `/stories/${code}/questions`,
  questionSuggestions: (query: Query = {}) => withQuery('/questions/suggestions', query),
  figureReading: () => '/questions/reading',
  question: (id: number) => `/questions/${id}`,
  questionHistory: (id: number) => `/questions/${id}/history`,
  editQuestion: (id: number) => `/questions/${id}/edit`,
  questionEdits: (id: number) => `/questions/${id}/edits`,
  figuresCsv: (id: number) => `/questions/${id}/figures.csv`,
  newRelation: (ref: string, query: Query = {}) => withQuery(`/claims/${ref}/relations/new`, query),
  relations: (ref: string) => `/claims/${ref}/relations`,
  relationRemoval: (ref: string, id: number) => `/claims/${ref}/relations/${id}/removal`,
  event: permalink,
  exports: () => '/exports',
  claimsCsv: (query: Query = {}) => withQuery('/exports/claims.csv', query),
  views: () => '/views',
  view: (id: number) => `/views/${id}`,
  viewRemoval: (id: number) => `/views/${id}/removal`,
  account: () => '/account',
  sessions: () => '/account/sessions',
  sessionEnd: (id: number) => `/account/sessions/${id}/end`,
  otherSessionsEnd: () => '/account/sessions/end',
  security: () => '/account/security',
  people: () => '/admin/people',
  person: (id: number) => `/admin/people/${id}`,
  personHistory: (id: number) => `/admin/people/${id}/history`,
  personRole: (id: number) => `/admin/people/${id}/role`,
  personAccess: (id: number) => `/admin/people/${id}/access`,
  personLinks: (id: number) => `/admin/people/${id}/links`,
  invitations: () => '/admin/invitations',
  desk: () => '/admin/desk',
  redactions: () => '/admin/redactions',
  newRedaction: (query: Query) => withQuery('/admin/redactions/new', query),
  redaction: (id: number) => `/admin/redactions/${id}`,
  redactionAnswers: (id: number) => `/admin/redactions/${id}/answers`,
  deskHistory: () => '/admin/desk/history',
  signIn: (query: Query = {}) => withQuery('/sign-in', query),
  signOut: () => '/sign-out',
  firstRun: (query: Query = {}) => withQuery('/first-run', query),
  invitation: (token: string) => `/invitations/${token}`,
  demonstration: () => '/admin/demonstration',
  workflowHelp: () => '/help/workflow',
} as const

/** The query of an address, without what is empty. */
export function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(name, String(value))
  return search.size ? `${path}?${search.toString()}` : path
}

/** Whether text is an address that a button in the line after a change may be sent to: undoing that change, and nothing else. */
export function isFlashButtonPath(text: string): boolean {
  return /^\/claims\/[\w-]{1,40}\/undoings$/.test(text)
}

/** Whether text is an address inside this application, safe to be sent to: no host, no scheme, no control characters. */
export function isOwnPath(text: string): boolean {
  return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text)
}
