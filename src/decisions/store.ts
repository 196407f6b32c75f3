import type { PrismaClient } from '../../prisma/client/client.ts'
import { lockBoth, staleness } from '../claims/locked.store.ts'
import { type Act, type Db, once } from '../history/store.ts'
import { accepted, type Landing, type Outcome, type Refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { decide } from './decide.ts'
import type { DecisionForm, MoveForm } from './forms.ts'
import { holdGround } from './ground.store.ts'
import { make } from './moves.store.ts'
import { notAllowed } from './refusal.ts'
import { namesChangedSince } from './since.store.ts'
import { type Made, type Person, type Step, save, takeEffect } from './steps.store.ts'
import { undoButton } from './undo.ts'

export type AnyMove = MoveForm | ({ action: 'decide' } & DecisionForm)

/** Makes a move of the workflow on a claim, or says why not; lands on the claim. Product rules: the table of moves and guards 1-7. */
export function move(
  db: PrismaClient | Db,
  act: Act,
  person: Person,
  ref: string,
  form: AnyMove,
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const { claim, other, at } = await lockBoth(tx, ref, otherRefOf(form))
    const stale =
      staleness(claim, form.revision) ??
      (RULING.includes(form.action) ? await namesChangedSince(tx, claim, form.revision) : null)
    if (stale) return stale
    const no = notAllowed(claim, person, form.action)
    if (no) return no

    const step = { tx, act, person, claim, other, at }
    const made = form.action === 'decide' ? await rule(step, form) : await make(step, form)
    if ('kind' in made) return made
    return accepted({
      path: paths.claim(ref),
      flash: { text: `${ref} ${made.text}`, button: undoButton(ref, claim.revision + 1) },
    })
  })
}

/** The moves that rule on what a claim names, and so are made on the names as they are. */
const RULING: readonly AnyMove['action'][] = ['decide', 'second']

async function rule(step: Step, form: DecisionForm): Promise<Made | Refused> {
  const ground = await holdGround(step.tx, step.claim)
  const decided = decide(ground, form, step.person, step.at)
  if (decided.kind === 'refused') return decided
  if (decided.kind === 'effective') return takeEffect(step, ground, decided, null)
  await save(step, 'proposed a verdict', {
    after: decided.proposal,
    reason: decided.proposal.rationale,
    data: { stage: 'awaiting_second', proposal: decided.proposal },
  })
  return { text: 'awaits a second by another editor.' }
}

function otherRefOf(form: AnyMove): string | null {
  if (form.action === 'supersede') return form.newer
  return form.action === 'close' && form.because === 'duplicate' ? form.duplicateOf : null
}
