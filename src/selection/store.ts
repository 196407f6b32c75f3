import { createHash } from 'node:crypto'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { move } from '../decisions/store.ts'
import { Forbidden, NotFound } from '../errors.ts'
import type { Act, Db } from '../history/store.ts'
import type { Landing, Outcome } from '../outcome.ts'
import { changeTags } from '../tags/store.ts'
import type { SignedIn } from '../web/session.ts'
import type { BulkForm, Row } from './form.ts'

/** What became of one claim: done, or in a sentence why not. */
export type RowResult = { ref: string; isDone: boolean; words: string }

/**
 * Does the same to several claims, each in a transaction of its own and with its own event, on the revision at which it was ticked. What is
 * refused for one leaves the others as they are; sent again, nothing is done twice.
 */
export async function changeRows(
  db: PrismaClient,
  act: Act,
  person: Pick<SignedIn, 'id' | 'role' | 'name'>,
  rows: readonly Row[],
  form: BulkForm,
): Promise<RowResult[]> {
  const results: RowResult[] = []
  for (const row of rows) results.push(await changeRow(db, actFor(act, row.ref), person, row, form))
  return results
}

async function changeRow(
  db: PrismaClient,
  act: Act,
  person: Pick<SignedIn, 'id' | 'role' | 'name'>,
  row: Row,
  form: BulkForm,
): Promise<RowResult> {
  const { ref } = row
  try {
    const outcome = await change(db, act, person, row, form)
    const isDone = outcome.kind === 'accepted'
    const words = isDone
      ? (outcome.value.flash?.text ?? '')
      : outcome.cause === 'stale'
        ? 'Somebody changed it after the list was shown. Nothing was done to it.'
        : outcome.problems.map(({ message }) => message).join(' ')
    return { ref, isDone, words }
  } catch (thrown) {
    if (thrown instanceof Forbidden || thrown instanceof NotFound) return { ref, isDone: false, words: thrown.message }
    throw thrown
  }
}

function change(
  db: PrismaClient,
  act: Act,
  person: Pick<SignedIn, 'id' | 'role' | 'name'>,
  { ref, revision }: Row,
  form: BulkForm,
): Promise<Outcome<Landing>> {
  if (form.action === 'tag') return changeTags(db, act, ref, (tags) => [...tags, form.tag], revision)
  if (form.action === 'untag')
    return changeTags(db, act, ref, (tags) => tags.filter((tag) => tag !== form.untag), revision)
  const none = { reason: null, because: null, duplicateOf: null, newer: null, to: null }
  return move(db, act, person, ref, { ...none, revision, ...form })
}

/** The act of one row: the id of the form and the claim's make its own, the same each time the form is sent. */
function actFor(act: Act, ref: string): Act {
  const requestId = createHash('sha256').update(`${act.requestId} ${ref}`).digest('hex').slice(0, 40)
  return { ...act, requestId }
}

/** The claims ticked as they now are, in the order in which they were. */
export async function findRows(db: Db, rows: readonly Row[]) {
  const found = await db.claim.findMany({
    where: { ref: { in: rows.map(({ ref }) => ref) } },
    select: { ref: true, statement: true, language: true },
  })
  const byRef = new Map(found.map((claim) => [claim.ref, claim]))
  return rows.flatMap((row) => {
    const claim = byRef.get(row.ref)
    return claim ? [{ ...claim, value: `${row.ref}.${row.revision}` }] : []
  })
}
