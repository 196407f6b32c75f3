import { claimEditForm, claimProblems } from '../src/claims/claim.ts'
import { editClaim } from '../src/claims/edit.store.ts'
import { recordFinding } from '../src/decisions/finding.store.ts'
import { decisionForm, findingForm, findingKey, moveForm } from '../src/decisions/forms.ts'
import { move } from '../src/decisions/store.ts'
import { evidenceForm } from '../src/evidence/form.ts'
import { addEvidence } from '../src/evidence/store.ts'
import type { Landing, Outcome } from '../src/outcome.ts'
import { actBy, type Documented, done, filledIn } from './act.ts'
import type { ClaimSeed, Step } from './claims/claim.ts'
import { claimFields } from './record.ts'
import { addressOf } from './sources.ts'

/** The story's desk with its claims, each under a reference. */
type Told = Documented & { refs: ReadonlyMap<string, string> }

/** A claim as it stands when somebody does the next thing to it. */
type Standing = { told: Told; claim: ClaimSeed; ref: string; id: number; revision: string }

type StepOf<Does extends Step['does']> = Extract<Step, { does: Does }>

/** Has somebody do the next thing to a claim. */
export async function takeStep(told: Told, claim: ClaimSeed, step: Step): Promise<void> {
  const ref = refOf(told, claim.key)
  const row = await told.tx.claim.findUniqueOrThrow({ where: { ref }, select: { id: true, revision: true } })
  const outcome = await taken({ told, claim, ref, id: row.id, revision: String(row.revision) }, step)
  done(outcome, `${claim.key}, ${step.who}: ${step.does}`)
}

function taken(standing: Standing, step: Step): Promise<Outcome<Landing>> {
  const { told } = standing
  switch (step.does) {
    case 'take_up':
      return moved(standing, step, null)
    case 'ask':
    case 'reopen':
      return moved(standing, step, { reason: step.reason })
    case 'close': {
      const { because, reason, duplicateOf } = step
      return moved(standing, step, { because, reason, duplicateOf: duplicateOf ? refOf(told, duplicateOf) : '' })
    }
    case 'supersede':
      return moved(standing, step, { newer: refOf(told, step.newer), reason: step.reason })
    case 'find':
      return found(standing, step)
    case 'add evidence':
      return evidenceAdded(standing, step)
    case 'decide':
      return decided(standing, step)
    case 'edit':
      return edited(standing, step)
  }
}

/** A button's move; its own fields stand under its name. */
function moved({ told, ref, revision }: Standing, { who, does }: Step, own: object | null) {
  const form = filledIn(moveForm, { action: does, revision, ...(own ? { [does]: own } : {}) })
  return move(told.tx, actBy(told, who, form), told.cast[who], ref, form)
}

async function found({ told, ref, id, revision }: Standing, step: StepOf<'find'>) {
  const attribution = (await attributionIds(told, id))[step.at] ?? 0
  const fields = {
    finding: step.finding,
    findingNote: step.note,
    findingUrl: step.seen ? addressOf(step.seen) : '',
    originalWords: step.originalWords ?? '',
    originalLanguage: step.originalLanguage ?? '',
  }
  const form = filledIn(findingForm(attribution), { revision, [findingKey(attribution)]: fields })
  return recordFinding(told.tx, actBy(told, step.who, form), told.cast[step.who], ref, attribution, form)
}

function evidenceAdded({ told, ref, revision }: Standing, step: StepOf<'add evidence'>) {
  const { does: _, who, source, restsOn, ...piece } = step
  const fields = { ...piece, revision, source: `#${told.sources[source]}`, restsOnParty: restsOn ?? '' }
  const form = filledIn(evidenceForm, fields)
  return addEvidence(told.tx, actBy(told, who, form), told.cast[who], ref, form)
}

function decided({ told, ref, revision }: Standing, step: StepOf<'decide'>) {
  const { does: _, who, ...ruling } = step
  const form = filledIn(decisionForm, { revision, ...ruling })
  return move(told.tx, actBy(told, who, form), told.cast[who], ref, { action: 'decide', ...form })
}

async function edited({ told, claim, ref, id, revision }: Standing, { who, words, reason }: StepOf<'edit'>) {
  const seed = { ...claim, words: { ...claim.words, ...words } }
  const fields = claimFields(told, seed, await attributionIds(told, id))
  const form = filledIn(claimEditForm, { ...fields, revision, reason })
  const [problem] = claimProblems(form)
  if (problem) throw new Error(`${claim.key}: ${problem.field}: ${problem.message}`)
  return editClaim(told.tx, actBy(told, who, form), told.cast[who], ref, form)
}

async function attributionIds({ tx }: Told, claimId: number): Promise<number[]> {
  const rows = await tx.attribution.findMany({
    where: { claimId },
    orderBy: { ordinal: 'asc' },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

function refOf({ refs }: Told, key: string): string {
  const ref = refs.get(key)
  if (!ref) throw new Error(`The demonstration has no claim “${key}”`)
  return ref
}
