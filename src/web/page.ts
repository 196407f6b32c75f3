import { randomUUID } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import type { Problem } from '../outcome.ts'
import { paths } from '../paths.ts'
import { type Action, may } from '../policy.ts'
import { readFlash } from './flash.ts'
import { formatters } from './format.ts'
import { rendered } from './views.ts'

/** What page() needs to know of the application. */
export type Press = { asset: (name: string) => string; deskName: () => Promise<string>; publicUrl: string }

declare global {
  namespace Express {
    interface Request {
      press: Press
    }
  }
}

/** Lets every later handler render pages. */
export function pages(press: Press): RequestHandler {
  return (req, _res, next) => {
    req.press = press
    req.account = null
    req.sessionToken = null
    next()
  }
}

/** A page's own values: `title` is also its h1; `problems` are shown at its top and beside their fields. */
export type PageValues = { title: string; problems?: Problem[] } & Record<string, unknown>

/** Sends a view inside the layout. */
export async function page(req: Request, res: Response, view: string, values: PageValues, status = 200): Promise<void> {
  const problems = values.problems ?? []
  const shown = {
    desk: { name: await req.press.deskName() },
    account: req.account,
    can: (action: Action) => may(req.account?.role ?? null, action),
    here: req.path,
    flash: problems.length ? null : readFlash(req, res),
    problemOf: (field: string) => problems.find((problem) => problem.field === field)?.message ?? '',
    optionsOf: (field: string) => problems.find((problem) => problem.field === field)?.options ?? [],
    format: formatters(req.account?.timeZone ?? 'UTC', new Date()),
    paths,
    asset: req.press.asset,
    requestId: req.id,
    formId: randomUUID(),
    ...values,
    problems,
  }
  const body = rendered(view, shown)
  const html = rendered('layout', { ...shown, body })
  res.status(status).set('cache-control', 'no-store').type('html').send(html)
}
