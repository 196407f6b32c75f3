type Role = 'nobody' | 'reader' | 'reporter' | 'editor' | 'admin'

/** Who may ask for an address at all; what a claim allows at its stage is the workflow's table. */
export type Row = { method: 'GET' | 'POST'; path: string; may: readonly Role[] }

const ANYONE: readonly Role[] = ['nobody', 'reader', 'reporter', 'editor', 'admin']
const PEOPLE: readonly Role[] = ['reader', 'reporter', 'editor', 'admin']
const REPORTERS: readonly Role[] = ['reporter', 'editor', 'admin']
const EDITORS: readonly Role[] = ['editor', 'admin']
const ADMINS: readonly Role[] = ['admin']

/** Every route of the application. A route without a row, or a row without a route, fails the build. */
export const MATRIX: readonly Row[] = [
  ...rows('GET', ANYONE, '/healthz', '/readyz'),
  ...rows('GET', PEOPLE, '/claims', '/claims/:ref', '/claims/:ref/history'),
  ...rows('GET', REPORTERS, '/claims/new', '/claims/:ref/edit', '/claims/:ref/attributions/new'),
  ...rows('POST', REPORTERS, '/claims', '/claims/:ref/edits', '/claims/:ref/attributions'),
  ...rows('GET', REPORTERS, '/claims/:ref/evidence/new', '/claims/:ref/evidence/:id/edit'),
  ...rows('POST', REPORTERS, '/claims/:ref/evidence', '/claims/:ref/evidence/:id/edits', '/claims/:ref/moves'),
  ...rows('POST', EDITORS, '/claims/:ref/decisions', '/claims/:ref/attributions/:id/findings'),
  ...rows('GET', ADMINS, '/admin/people', '/admin/people/:id', '/admin/desk'),
]

function rows(method: Row['method'], may: readonly Role[], ...addresses: string[]): Row[] {
  return addresses.map((path) => ({ method, path, may }))
}
