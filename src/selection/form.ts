import { z } from 'zod'
import { ClosedBecause } from '../../prisma/client/enums.ts'
import { oneTag } from '../tags/tag.ts'
import { choice, optionalId, text } from '../web/form.ts'

/** How many claims can be changed at once. */
export const MOST_ROWS = 100

/** A claim that was ticked, and the revision it was shown at. */
export type Row = { ref: string; revision: number }

/** What can be done to several claims at once; never a verdict. */
export const BULK = {
  assign: { label: 'Assign them', done: 'assigned' },
  tag: { label: 'Tag them', done: 'tagged' },
  untag: { label: 'Take a tag off', done: 'without the tag' },
  close: { label: 'Close them', done: 'closed' },
} as const

export type BulkAction = keyof typeof BULK

/** Reads the rows ticked: `row=KZ-12.3` is claim KZ-12 as it was at revision 3. What is none of these is left out; the same claim twice is once. */
export function readRows(value: unknown): Row[] {
  const texts: unknown[] = typeof value === 'object' && value !== null ? Object.values(value) : [value]
  const rows = new Map<string, Row>()
  for (const one of texts) {
    const [, ref, revision] =
      typeof one === 'string' ? (/^([A-Z][A-Z0-9]{0,11}-[1-9]\d{0,8})\.([1-9]\d{0,8})$/.exec(one) ?? []) : []
    if (ref && !rows.has(ref)) rows.set(ref, { ref, revision: Number(revision) })
  }
  return [...rows.values()]
}

/** What is to be done to the rows, with what it asks for. */
export const bulkForm = z.discriminatedUnion(
  'action',
  [
    z.strictObject({
      action: z.literal('assign'),
      to: optionalId('Choose an editor of the list.').refine((id) => id !== null, 'Choose an editor of the list.'),
    }),
    z.strictObject({ action: z.literal('tag'), tag: oneTag() }),
    z.strictObject({ action: z.literal('untag'), untag: oneTag() }),
    z.strictObject({
      action: z.literal('close'),
      // A duplicate names its own other claim, each on its page.
      because: choice(
        Object.values(ClosedBecause).filter((because) => because !== 'duplicate'),
        'Choose why they are closed.',
      ),
      reason: text('Say why: the reason stands in the history of each.', 4000),
    }),
  ],
  { error: 'There is no such button.' },
)

export type BulkForm = z.output<typeof bulkForm>
export const BULK_FIELDS = ['to', 'tag', 'untag', 'because', 'reason'] as const
