import { Prisma, type PrismaClient } from '../../prisma/client/client.ts'
import { rows } from '../database/rows.ts'
import { NotFound } from '../errors.ts'
import { type Act, clock, type Db, once } from '../history/store.ts'
import { accepted, type Landing, type Outcome, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { filtersOf, type ViewList, viewHref } from './form.ts'

const MOST = 50

/** A view as it is offered beside a list's filters. */
export type ViewLink = { id: number; name: string; href: string; owner: string | null }

/** A person's own views of a list, and those that others share: at most fifty of each, by name. `owner` is null for one's own. */
export async function viewsOf(db: Db, list: ViewList, personId: number): Promise<ViewLink[]> {
  // One statement, which each list asks beside its own; Prisma would ask four times.
  const found = await rows<{ id: number; name: string; query: string; owner: string | null }>(
    db,
    Prisma.sql`
    select * from (
      (select id, name, query, null as owner from saved_view
        where list = ${list} and owner_id = ${personId} order by name, id limit ${MOST})
      union all
      (select v.id, v.name, v.query, a.name from saved_view v join account a on a.id = v.owner_id
        where v.list = ${list} and v.is_shared and v.owner_id <> ${personId} order by v.name, v.id limit ${MOST})) offered
    order by owner is not null, name, id`,
  )
  return found.map(({ query, ...view }) => ({ ...view, href: viewHref(list, query) }))
}

/** A person's own views of every list, at most two hundred. */
export async function ownViews(db: Db, personId: number) {
  const views = await db.savedView.findMany({
    where: { ownerId: personId },
    orderBy: [{ list: 'asc' }, { name: 'asc' }],
    take: 200,
    select: { id: true, list: true, name: true, query: true, isShared: true },
  })
  return views.map(({ list, ...view }) => {
    const ofList: ViewList = list === 'queue' ? 'queue' : 'claims'
    return { ...view, list: ofList, href: viewHref(ofList, view.query) }
  })
}

type NewView = { name: string; list: ViewList; query: string; isShared: boolean }

/** Saves the filters of a list under a name; lands on the list narrowed so. */
export function addView(db: PrismaClient, act: Act, person: { id: number }, form: NewView): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const { name, list, isShared } = form
    const query = filtersOf(list, form.query)
    if ((await tx.savedView.count({ where: { ownerId: person.id } })) >= 2 * MOST)
      return refused({ field: 'name', message: 'You have a hundred views. Remove one that you no longer use.' })
    if (await isTaken(tx, person.id, list, name, 0)) return refused({ field: 'name', message: TAKEN })
    await tx.savedView.create({ data: { ownerId: person.id, list, name, query, isShared, madeAt: await clock(tx) } })
    return accepted({ path: viewHref(list, query), flash: { text: `The view “${name}” is saved.` } })
  })
}

const TAKEN = 'You have a view of this name. Choose another.'

async function isTaken(tx: Db, ownerId: number, list: string, name: string, id: number): Promise<boolean> {
  await lockOwner(tx, ownerId)
  return (
    (await tx.savedView.findFirst({ where: { ownerId, list, name, id: { not: id } }, select: { id: true } })) !== null
  )
}

/** Renames one's own view, shares it or keeps it to oneself; throws NotFound for anybody else's. */
export function editView(
  db: PrismaClient,
  act: Act,
  person: { id: number },
  id: number,
  form: { name: string; isShared: boolean },
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const view = await findOwn(tx, person.id, id)
    if (await isTaken(tx, person.id, view.list, form.name, id)) return refused({ field: `name${id}`, message: TAKEN })
    await tx.savedView.update({ where: { id }, data: form })
    return accepted({ path: paths.views(), flash: { text: `The view “${form.name}” is saved.` } })
  })
}

/** Removes one's own view; the claims in it stay where they are. */
export function removeView(db: PrismaClient, act: Act, person: { id: number }, id: number): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const { name } = await findOwn(tx, person.id, id)
    await tx.savedView.delete({ where: { id } })
    return accepted({ path: paths.views(), flash: { text: `The view “${name}” is removed.` } })
  })
}

/** Two forms of one person at once wait for one another: what one removes the other does not find. */
async function lockOwner(tx: Db, ownerId: number): Promise<void> {
  // Prisma cannot lock a row.
  await tx.$queryRaw`select 1 from account where id = ${ownerId} for no key update`
}

async function findOwn(tx: Db, ownerId: number, id: number) {
  await lockOwner(tx, ownerId)
  const view = await tx.savedView.findFirst({ where: { id, ownerId }, select: { name: true, list: true } })
  if (!view) throw new NotFound('You have no such view.')
  return view
}
