import type { Request, Response } from 'express'
import { resolveFilter } from '../claims/filter.store.ts'
import { claimShown, type Shown, showClaim } from '../claims/page.ts'
import { headlineOf } from '../decisions/headline.ts'
import type { Db } from '../history/store.ts'
import type { Landing } from '../outcome.ts'
import { paths } from '../paths.ts'
import { may } from '../policy.ts'
import { storyChoices } from '../stories/store.ts'
import { filtersOf } from '../views/form.ts'
import { viewsOf } from '../views/store.ts'
import { land } from '../web/flash.ts'
import { typed } from '../web/form.ts'
import { personOf } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { word } from '../words.ts'
import { besideQueue, maybeBack, nextInQueue, QUEUE_FILTERS, QUEUE_STAGES, type QueueAddress } from './address.ts'
import { findSelected, maybeFirst, placeOf, QUEUE_COUNTED, windowAround } from './store.ts'

const NOTHING = { claims: [], previous: null, next: null, total: 0, before: 0 }

/** Shows the queue with a claim beside it, also after a refusal with what was typed and what was wrong. */
export async function showQueue(
  req: Request,
  res: Response,
  db: Db,
  address: QueueAddress,
  shown: Shown = {},
): Promise<void> {
  const person = personOf(req)
  const { filter: named, problems: unknown } = await resolveFilter(db, person, address.filter)
  const problems = [...address.problems, ...unknown]
  const filter = { ...named, isChallenged: address.isChallenged }
  const selected = problems.length
    ? null
    : address.ref
      ? await findSelected(db, address.ref)
      : await maybeFirst(db, filter, address.after)
  const [around, claim, stories, views] = await Promise.all([
    problems.length ? NOTHING : windowAround(db, filter, selected),
    selected && claimShown(db, person, selected.ref, shown),
    storyChoices(db),
    viewsOf(db, 'queue', person.id),
  ])
  const { given } = address
  const isWaiting = Boolean(selected?.waitsSince)
  const place = selected?.waitsSince ? placeOf({ id: selected.id, waitsSince: selected.waitsSince }) : null
  const to = (ref: string | null) => ref && paths.queue({ ...given, claim: ref })
  await page(
    req,
    res,
    'queue/index',
    {
      ...claim,
      title: 'Review queue',
      problems: [...problems, ...(shown.problems ?? [])],
      given,
      views,
      query: filtersOf('queue', paths.queue(given).slice(paths.queue().length)),
      isFiltered: QUEUE_FILTERS.some((name) => given[name]),
      isRefused: problems.length > 0,
      rows: around.claims.map((row) => ({
        ...row,
        href: paths.queue({ ...given, claim: row.ref }),
        headline: headlineOf(row),
        isHere: row.id === selected?.id,
      })),
      selected: selected && {
        ref: selected.ref,
        waitsSince: selected.waitsSince,
        isListed: isListed(around, selected),
      },
      isWaiting,
      where: whereInWords(around, Boolean(selected && isListed(around, selected))),
      previous: to(around.previous),
      next: to(around.next),
      back: selected && besideQueue(address, selected.ref, place ?? address.after),
      heading: 'h2',
      choices: {
        story: stories,
        stage: QUEUE_STAGES.map((value) => ({
          value,
          label: value === 'decided' ? 'Decided, challenged' : word('stage', value),
        })),
        assignee: [
          { value: 'me', label: 'Me' },
          { value: 'none', label: 'Nobody' },
        ],
      },
    },
    problems.length ? 422 : (shown.status ?? 200),
  )
}

function isListed(around: { claims: { id: number }[] }, selected: { id: number }): boolean {
  return around.claims.some(({ id }) => id === selected.id)
}

function whereInWords({ total, before }: { total: number; before: number }, isListed: boolean): string {
  const many = total > QUEUE_COUNTED ? `more than ${QUEUE_COUNTED.toLocaleString('en')}` : total.toLocaleString('en')
  if (!isListed) return total === 1 ? '1 claim waits' : `${many} claims wait`
  const at =
    before >= QUEUE_COUNTED ? `beyond ${QUEUE_COUNTED.toLocaleString('en')}` : (before + 1).toLocaleString('en')
  return `${at} of ${many}`
}

/** Shows again what a refused form stood on: the queue when it was made there, else the claim's page. */
export function showBack(req: Request, res: Response, db: Db, ref: string, shown: Shown): Promise<void> {
  const back = backOf(req)
  return back ? showQueue(req, res, db, { ...back, ref }, shown) : showClaim(req, res, db, ref, shown)
}

/** Lands where a form on a claim leads: one made in the queue on the next claim of it, or, with `stays`, on the same one again. */
export function landBack(req: Request, res: Response, landing: Landing, ref: string, stays = false): void {
  const back = backOf(req)
  if (!back) return land(req, res, landing)
  const here = besideQueue(back, ref, back.after)
  const { text = '', links = [], button } = landing.flash ?? {}
  const flash = { text, links, button: button && { ...button, fields: { ...button.fields, back: here } } }
  if (stays) return land(req, res, { path: here, flash })
  const look = { text: `Look at ${ref}`, href: paths.claim(ref) }
  land(req, res, { path: nextInQueue(back), flash: { ...flash, links: [...links, look] } })
}

function backOf(req: Request): QueueAddress | null {
  return may(personOf(req).role, 'decide') ? maybeBack(typed(req.body, 'back')) : null
}
