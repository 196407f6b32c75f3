import type { PartyKind } from '../../prisma/client/enums.ts'
import { foldName } from '../folding.ts'
import type { Act, Db } from '../history/store.ts'
import type { Problem } from '../outcome.ts'
import { answerFor, answerValue, namedId } from './name.ts'
import { findNearParties, type NearParty } from './near.store.ts'
import { createParty, lockPartyNames, type Named, resolveParty } from './store.ts'

/** A party as a form names it: what was typed, what it is if it is new, and the answer to “Did you mean …?”. */
export type TypedParty = { name: string; kind: PartyKind | null; choice: string | null }

/** The fields of a form that name a party and hold the answer. */
export type PartyFieldNames = { field: string; choiceField: string; unknown: (name: string) => string }

/** Whether finding this party may end in adding one, so that the names have to be locked first. */
export function mayAddParty(typed: TypedParty): boolean {
  return typed.name !== '' && (typed.kind !== null || answerFor(typed.choice, typed.name) !== null)
}

/**
 * The party that a form names, or the problem that stands in the way. One that is not known is added only when the form says what it is, and only
 * after every known one of a near name was offered and refused. Whatever way a party comes to be from, it comes through here or `addParty`.
 */
export async function findOrAddParty(
  tx: Db,
  act: Act,
  at: Date,
  typed: TypedParty,
  { field, choiceField, unknown }: PartyFieldNames,
): Promise<{ party: Named; problem: null } | { party: null; problem: Problem }> {
  const { name, kind } = typed
  const refusal = (message: string, at = field) => ({ party: null, problem: { field: at, message } })
  if (mayAddParty(typed)) await lockPartyNames(tx)

  const found = await resolveParty(tx, name)
  if (found.kind === 'found') return { party: found.party, problem: null }
  if (found.kind === 'ambiguous') {
    const several = found.parties.map((party) => `${party.name} (#${party.id})`).join(', ')
    return refusal(`Several parties go by this name: ${several}. Write the one you mean with its number.`)
  }
  if (namedId(name) !== null) return refusal('There is no party with this number. Write the name.')
  if (foldName(name) === '') return refusal('A name needs at least one letter or digit.')

  const answer = answerFor(typed.choice, name)
  if (answer !== 'another') {
    const near = await findNearParties(tx, [name], { kind })
    const meant = near.find(({ id }) => id === answer)
    if (meant) return { party: meant, problem: null }
    if (near.length) return { party: null, problem: didYouMean(name, near, choiceField) }
  }
  if (!kind) return refusal(unknown(name))
  return { party: await createParty(tx, act, at, { kind, name }), problem: null }
}

/** The question whether one of these is meant, with its answers; none of them is chosen beforehand. */
function didYouMean(name: string, near: readonly NearParty[], field: string): Problem {
  const [first] = near
  return {
    field,
    message:
      near.length === 1
        ? `Did you mean ${first?.name}? “${name}” is not known yet.`
        : `Did you mean one of these? “${name}” is not known yet.`,
    options: [
      ...near.map(({ id, name: known, alias }) => ({
        value: answerValue(id, name),
        label: `${known} (#${id})${alias ? `, also ${alias}` : ''}`,
      })),
      { value: answerValue('another', name), label: `No, “${name}” is another` },
    ],
  }
}

/** What the desk says of a name that it does not know. */
export const NOT_KNOWN = (name: string): string =>
  `“${name}” is not known yet. Choose whether this is a person, an organisation or a group, and it will be added.`
