import { z } from 'zod'
import { FILTERS, readFilter } from '../claims/filter.ts'
import { paths } from '../paths.ts'
import { QUEUE_FILTERS, readQueue } from '../queue/address.ts'
import { choice, text, tick } from '../web/form.ts'

/** The lists that views are of. */
export const LISTS = ['claims', 'queue'] as const
export type ViewList = (typeof LISTS)[number]

const name = () => text('Give the view a name.', 80)

/** A new view, of what its list is narrowed to. */
export const newViewForm = z.strictObject({
  name: name(),
  list: choice(LISTS, 'There is no such list.'),
  query: z.string().max(1500, 'These filters are too long to be saved.'),
  isShared: tick(),
})

export const viewForm = z.strictObject({ name: name(), isShared: tick() })

/** The filters of a list's address and nothing else of it, as a view keeps them. */
export function filtersOf(list: ViewList, query: string): string {
  const given = Object.fromEntries(new URLSearchParams(query))
  const names: readonly string[] = list === 'claims' ? [...FILTERS, 'sort'] : QUEUE_FILTERS
  return new URLSearchParams(
    names.flatMap((one) => (given[one] ? [[one, given[one]] as [string, string]] : [])),
  ).toString()
}

/** What is wrong with filters, in a sentence; null when the list can be narrowed so. Names are looked up only when a view is opened. */
export function faultOf(list: ViewList, query: string): string | null {
  const given = Object.fromEntries(new URLSearchParams(filtersOf(list, query)))
  const { problems } = list === 'claims' ? readFilter(given) : readQueue(given)
  return problems[0]?.message ?? null
}

/** Where a view is opened; its list reads the filters anew. */
export function viewHref(list: ViewList, query: string): string {
  const given = Object.fromEntries(new URLSearchParams(query))
  return list === 'claims' ? paths.claims(given) : paths.queue(given)
}
