import type { Request, Response } from 'express'
import type { Subject } from '../../prisma/client/enums.ts'
import { page } from '../web/page.ts'
import { maybeId } from '../web/paging.ts'
import { historyOf, type Line } from './list.store.ts'
import type { Db } from './store.ts'
import { type Teller, told } from './timeline.ts'
import { PER_PAGE, pagesAround } from './window.ts'

/** Whose history a page tells: what it is called and where it stands, the address of its history, and how its values are told. */
export type Whose = {
  subject: Subject
  id: number
  /** The revision it is at; 0 when it has none. */
  revision: number
  name: string
  href: string
  history: string
  teller: (lines: readonly Line[]) => Promise<Teller> | Teller
}

/** Shows a subject's history, fifty lines at a time, newest first; the number of queries does not depend on how many there are. */
export async function showHistory(req: Request, res: Response, db: Db, whose: Whose): Promise<void> {
  const { subject, id, revision, name, href, history } = whose
  const lines = await historyOf(db, subject, id, { limit: PER_PAGE, upTo: maybeId(req.query.upTo) })
  await page(req, res, 'history/show', {
    title: `History of ${name}`,
    name,
    href,
    all: history,
    history: await told(lines, await whose.teller(lines)),
    ...pagesAround(
      history,
      lines.map((line) => line.revision),
      revision,
    ),
  })
}
