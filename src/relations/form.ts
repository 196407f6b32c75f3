import { z } from 'zod'
import { RelationType } from '../../prisma/client/enums.ts'
import { choice, optionalText, revision, text } from '../web/form.ts'
import { choices } from '../words.ts'

/** A new relation: this claim contradicts, updates or narrows another. */
export const relationForm = z.strictObject({
  revision: revision(),
  type: choice(Object.values(RelationType), 'Choose what this claim has to do with the other.'),
  to: text('Name the other claim by its reference, such as KZ-12.', 40),
  note: optionalText(2000),
})

export type RelationForm = z.output<typeof relationForm>
export const RELATION_FIELDS = ['type', 'to', 'note'] as const
export type RelationValues = Record<(typeof RELATION_FIELDS)[number], string>

/** The name under which a relation's removal has its fields. */
export function removalKey(relationId: number): string {
  return `relation${relationId}`
}

const removal = z.strictObject({ reason: text('Say why: the reason stands in the history of both claims.', 4000) })

/** The removal of a relation; its reason stands under the relation's own key, so that no two forms of the page share a field. */
export function removalForm(relationId: number) {
  const key = removalKey(relationId)
  return z.strictObject({ revision: revision(), [key]: removal }).transform((form): RemovalForm => {
    // A key made at run time loses its type.
    const { reason } = form[key] as z.output<typeof removal>
    return { reason, revision: form.revision as number }
  })
}

export type RemovalForm = z.output<typeof removal> & { revision: number }

/** The types that a relation can be given, as options. */
export function relationTypes(): { value: string; label: string; hint: string }[] {
  return choices('relation').flatMap(({ value, label }) => {
    const hint = Object.hasOwn(HINTS, value) ? HINTS[value as RelationType] : null
    return hint ? [{ value, label, hint }] : []
  })
}

const HINTS = {
  contradicts: 'Both cannot be so. Where one of them is verified, the other is challenged and waits for review.',
  updates: 'It says how the same thing stood later.',
  narrows: 'It says the same of less: one city of a country, one day of a week.',
} as const satisfies Record<RelationType, string>

/** The type and the other claim that an address asks for, as far as they can be. */
export function askedRelation({ to, type }: { to?: unknown; type?: unknown }): RelationValues {
  return {
    type: Object.values(RelationType).find((one) => one === type) ?? '',
    to: typeof to === 'string' ? to.slice(0, 40) : '',
    note: '',
  }
}
