export type Role = 'nobody' | 'reader' | 'reporter' | 'editor' | 'admin' | 'disabled'

/** Who may ask for an address at all; what a claim allows at its stage is the workflow's table. */
export type Row = { method: 'GET' | 'POST'; path: string; may: readonly Role[] }

// Whoever is disabled is nobody: no row says more of them.
const ANYONE: readonly Role[] = ['nobody', 'reader', 'reporter', 'editor', 'admin', 'disabled']
const PEOPLE: readonly Role[] = ['reader', 'reporter', 'editor', 'admin']
const REPORTERS: readonly Role[] = ['reporter', 'editor', 'admin']
const EDITORS: readonly Role[] = ['editor', 'admin']
const ADMINS: readonly Role[] = ['admin']

/** Every route of the application. A route without a row, or a row without a route, fails the build. */
export const MATRIX: readonly Row[] = [
  ...rows(
    'GET',
    ANYONE,
    '/healthz',
    '/readyz',
    '/.well-known/security.txt',
    '/sign-in',
    '/invitations/:token',
    '/first-run',
  ),
  ...rows('POST', ANYONE, '/sign-in', '/sign-out', '/invitations/:token', '/first-run'),

  ...rows('GET', PEOPLE, '/', '/help/workflow', '/account', '/account/sessions', '/account/security'),
  ...rows('POST', PEOPLE, '/account', '/account/security', '/account/sessions/end', '/account/sessions/:id/end'),
  ...rows('GET', PEOPLE, '/views'),
  ...rows('POST', PEOPLE, '/views', '/views/:id', '/views/:id/removal'),
  ...rows('GET', PEOPLE, '/claims', '/claims/:ref', '/claims/:ref/history', '/exports', '/exports/claims.csv'),
  ...rows('GET', PEOPLE, '/sources', '/sources/:id', '/stories', '/stories/:code'),
  ...rows('GET', PEOPLE, '/parties', '/parties/:id', '/parties/suggestions'),
  ...rows('GET', PEOPLE, '/questions/:id', '/questions/:id/history', '/questions/:id/figures.csv'),
  ...rows('GET', PEOPLE, '/questions/suggestions', '/questions/reading'),
  ...rows('GET', PEOPLE, '/sources/:id/history', '/parties/:id/history', '/stories/:code/history'),

  ...rows('GET', REPORTERS, '/claims/new', '/claims/:ref/edit', '/claims/:ref/attributions/new'),
  ...rows(
    'POST',
    REPORTERS,
    '/claims',
    '/claims/:ref/edits',
    '/claims/:ref/attributions',
    '/claims/:ref/moves',
    '/claims/:ref/undoings',
  ),
  ...rows('GET', REPORTERS, '/stories/:code/questions/new', '/claims/:ref/split'),
  ...rows('POST', REPORTERS, '/stories/:code/questions', '/claims/:ref/splits'),
  ...rows('GET', REPORTERS, '/claims/selection', '/claims/:ref/comments'),
  ...rows('POST', REPORTERS, '/claims/selection', '/claims/:ref/tags'),
  ...rows('POST', REPORTERS, '/claims/:ref/comments', '/claims/:ref/comments/:id/turns'),
  ...rows('GET', REPORTERS, '/claims/:ref/evidence/new', '/claims/:ref/evidence/:id/edit'),
  ...rows('POST', REPORTERS, '/claims/:ref/evidence', '/claims/:ref/evidence/:id/edits'),
  ...rows('GET', REPORTERS, '/claims/:ref/relations/new'),
  ...rows('POST', REPORTERS, '/claims/:ref/relations', '/claims/:ref/relations/:id/removal'),
  ...rows('GET', REPORTERS, '/sources/new', '/sources/:id/edit', '/sources/:id/captures/new'),
  ...rows('POST', REPORTERS, '/sources', '/sources/:id/edits', '/sources/:id/captures'),
  ...rows('GET', REPORTERS, '/parties/new', '/parties/:id/edit'),
  ...rows('POST', REPORTERS, '/parties', '/parties/:id/edits'),

  ...rows('POST', EDITORS, '/claims/:ref/decisions', '/claims/:ref/attributions/:id/findings'),
  ...rows('POST', EDITORS, '/sources/:id/origins'),
  ...rows('GET', EDITORS, '/queue'),
  ...rows('GET', EDITORS, '/stories/new', '/stories/:code/edit', '/questions/:id/edit'),
  ...rows('POST', EDITORS, '/questions/:id/edits'),
  ...rows('POST', EDITORS, '/stories', '/stories/:code/edits'),

  ...rows('GET', ADMINS, '/admin/people', '/admin/people/:id', '/admin/desk'),
  ...rows('GET', ADMINS, '/admin/people/:id/history', '/admin/desk/history'),
  ...rows('GET', ADMINS, '/admin/redactions', '/admin/redactions/new', '/admin/redactions/:id'),
  ...rows('POST', ADMINS, '/admin/redactions', '/admin/redactions/:id/answers'),
  ...rows('POST', ADMINS, '/admin/invitations', '/admin/desk', '/admin/demonstration'),
  ...rows('POST', ADMINS, '/admin/people/:id/role', '/admin/people/:id/access', '/admin/people/:id/links'),
]

const ATTRIBUTION = {
  'attributions[0][source]': '#1',
  'attributions[0][naming]': 'unstated',
  'attributions[0][position]': 'asserts',
}
const EVIDENCE = { source: '#1', stance: 'supports', basis: 'document' }

/** What only its author, an editor or an admin may do to a draft, a reporter's evidence on it included: each form as it would be accepted. */
export const OF_A_DRAFT: readonly (Pick<Row, 'method' | 'path'> & { fields?: Record<string, string> })[] = [
  { method: 'GET', path: '/claims/:ref/edit' },
  { method: 'POST', path: '/claims/:ref/edits', fields: { statement: 'Prices rose.', language: 'en', ...ATTRIBUTION } },
  { method: 'GET', path: '/claims/:ref/attributions/new' },
  { method: 'GET', path: '/claims/:ref/split' },
  {
    method: 'POST',
    path: '/claims/:ref/splits',
    fields: { 'parts[0][statement]': 'Prices rose.', 'parts[1][statement]': 'Wages fell.' },
  },
  { method: 'POST', path: '/claims/:ref/attributions', fields: ATTRIBUTION },
  { method: 'GET', path: '/claims/:ref/evidence/new' },
  { method: 'POST', path: '/claims/:ref/evidence', fields: EVIDENCE },
  { method: 'GET', path: '/claims/:ref/evidence/:id/edit' },
  { method: 'POST', path: '/claims/:ref/evidence/:id/edits', fields: EVIDENCE },
  { method: 'GET', path: '/claims/:ref/relations/new' },
  { method: 'POST', path: '/claims/:ref/relations', fields: { type: 'contradicts', to: 'KZ-2' } },
  { method: 'POST', path: '/claims/:ref/relations/:id/removal', fields: { 'relation1[reason]': 'Another city.' } },
  { method: 'POST', path: '/claims/:ref/moves', fields: { action: 'submit' } },
  { method: 'POST', path: '/claims/:ref/undoings' },
]

function rows(method: Row['method'], may: readonly Role[], ...addresses: string[]): Row[] {
  return addresses.map((path) => ({ method, path, may }))
}
