/**
 * Where each page of the router is looked at: its plain address first, then what else can stand there. A name in braces is a claim's
 * reference by its standing, `own` ones being the reporter's, or the number of something; access.test.ts knows them.
 */
export const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  '/': ['/'],
  '/queue': ['/queue', '/queue?stage=submitted', '/queue?claim={verified}', '/queue?story=NOWHERE'],
  '/sign-in': ['/sign-in'],
  '/first-run': ['/first-run'],
  '/invitations/:token': ['/invitations/used-or-run-out'],
  '/help/workflow': ['/help/workflow'],

  '/account': ['/account'],
  '/account/sessions': ['/account/sessions'],
  '/account/security': ['/account/security'],

  '/claims': [
    '/claims',
    '/claims?verdict=verified&q=Almaty&figure=yes',
    '/claims?conflict=yes',
    '/claims?q=nothing+of+the+kind',
    '/claims?from=some+day',
  ],
  '/claims/new': ['/claims/new', '/claims/new?from=1'],
  '/claims/:ref': [
    '/claims/{draft}',
    '/claims/{submitted}',
    '/claims/{in_review}',
    '/claims/{needs_info}',
    '/claims/{awaiting_second}',
    '/claims/{closed}',
    '/claims/{superseded}',
    '/claims/{verified}',
    '/claims/{false}',
    '/claims/{own draft}',
    '/claims/{own needs_info}',
    '/claims/{private}',
  ],
  '/claims/:ref/edit': ['/claims/{own draft}/edit', '/claims/{in_review}/edit', '/claims/{verified}/edit'],
  '/views': ['/views'],
  '/claims/selection': ['/claims/selection', '/claims/selection?row={verified}.1&row={draft}.1'],
  '/claims/:ref/split': ['/claims/{own draft}/split', '/claims/{in_review}/split'],
  '/claims/:ref/comments': ['/claims/{in_review}/comments', '/claims/{verified}/comments'],
  '/claims/:ref/history': ['/claims/{verified}/history'],
  '/claims/:ref/attributions/new': [
    '/claims/{own draft}/attributions/new',
    '/claims/{in_review}/attributions/new?from={attribution}',
  ],
  '/claims/:ref/evidence/new': ['/claims/{in_review}/evidence/new'],
  '/claims/:ref/relations/new': [
    '/claims/{in_review}/relations/new',
    '/claims/{verified}/relations/new?to={false}&type=contradicts',
  ],
  '/claims/:ref/evidence/:id/edit': ['/claims/{piece}/edit', '/claims/{own piece}/edit'],

  '/sources': ['/sources', '/sources?q=nothing+of+the+kind'],
  '/sources/new': ['/sources/new'],
  '/sources/:id': ['/sources/1', '/sources/16'],
  '/sources/:id/edit': ['/sources/1/edit'],
  '/sources/:id/history': ['/sources/1/history'],
  '/sources/:id/captures/new': ['/sources/1/captures/new'],

  '/parties': ['/parties', '/parties?q=nobody+of+the+kind'],
  '/parties/new': ['/parties/new'],
  '/parties/:id': ['/parties/1'],
  '/parties/:id/edit': ['/parties/1/edit'],
  '/parties/:id/history': ['/parties/1/history'],

  '/stories': ['/stories'],
  '/stories/new': ['/stories/new'],
  '/stories/:code': ['/stories/KZ'],
  '/stories/:code/edit': ['/stories/KZ/edit'],
  '/stories/:code/history': ['/stories/KZ/history'],
  '/stories/:code/questions/new': ['/stories/KZ/questions/new'],
  '/questions/:id': ['/questions/1', '/questions/2', '/questions/4'],
  '/questions/:id/edit': ['/questions/1/edit'],
  '/questions/:id/history': ['/questions/1/history'],

  '/exports': ['/exports'],
  '/exports/claims.csv': ['/exports/claims.csv?preset=verified&asOf=then'],

  '/admin/people': ['/admin/people'],
  '/admin/people/:id': ['/admin/people/{ada}', '/admin/people/{mo}'],
  '/admin/people/:id/history': ['/admin/people/{ada}/history'],
  '/admin/desk': ['/admin/desk'],
  '/admin/desk/history': ['/admin/desk/history'],
  '/admin/redactions': ['/admin/redactions'],
  '/admin/redactions/new': [
    '/admin/redactions/new',
    '/admin/redactions/new?event=1',
    '/admin/redactions/new?capture=1',
  ],
  '/admin/redactions/:id': ['/admin/redactions/{redaction}'],
}

/** What is asked for by machines and shows nobody a page. */
export const NO_PAGES: readonly string[] = [
  '/healthz',
  '/.well-known/security.txt',
  '/readyz',
  '/parties/suggestions',
  '/questions/suggestions',
  '/questions/reading',
  '/questions/:id/figures.csv',
]
