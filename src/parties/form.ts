import { z } from 'zod'
import { PartyKind } from '../../prisma/client/enums.ts'
import { foldName } from '../folding.ts'
import type { Difference } from '../history/timeline.ts'
import { differences, type Teller } from '../history/timeline.ts'
import type { Problem } from '../outcome.ts'
import { printedDateInWords } from '../printed-date.ts'
import { lengthOf } from '../text.ts'
import { choice, optionalPrintedDate, optionalText, revision, text, tick, typed, typedFields } from '../web/form.ts'
import { word } from '../words.ts'
import type { Role } from './role.ts'

const MOST_ALIASES = 50
const MOST_ROLES = 20
const NEEDS_LETTER = 'A name needs at least one letter or digit.'

const roleForm = z.strictObject({
  role: optionalText(200),
  from: optionalPrintedDate(),
  to: optionalPrintedDate(),
})

const details = {
  kind: choice(Object.values(PartyKind), 'Choose whether this is a person, an organisation or a group.'),
  name: text('Give the name.', 200).refine((name) => name === '' || foldName(name) !== '', NEEDS_LETTER),
  aliases: optionalText(MOST_ALIASES * 201)
    .transform((value) => linesOf(value ?? ''))
    .refine((aliases) => aliases.length <= MOST_ALIASES, `At most ${MOST_ALIASES} other names, one a line.`)
    .refine((aliases) => aliases.every((alias) => lengthOf(alias) <= 200), 'Each name at most 200 characters.')
    .refine((aliases) => aliases.every((alias) => foldName(alias) !== ''), NEEDS_LETTER),
  roles: z
    .array(roleForm, { error: 'The roles could not be read.' })
    .max(MOST_ROLES, `At most ${MOST_ROLES} roles.`)
    .optional(),
  wikidataId: optionalText(20)
    .transform((id) => id?.toUpperCase() ?? null)
    .refine(
      (id) => id === null || /^Q[1-9]\d{0,11}$/.test(id),
      'A Wikidata id is a Q and digits, such as Q567; leave it empty if there is none.',
    ),
  note: optionalText(5000).transform((note) => note ?? ''),
  somebodyElse: tick(),
  intent: z.enum(['save'], { error: 'Choose one of the buttons.' }).optional(),
}

/** The form of a new party. */
export const newPartyForm = z.strictObject(details)

/** The form of an edit. */
export const partyEditForm = z.strictObject({ ...details, revision: revision() })

export type NewPartyForm = z.output<typeof newPartyForm>
export type PartyEditForm = z.output<typeof partyEditForm>

/** A party's own words, as it is stored and as its history keeps it. */
export type PartyWords = {
  kind: PartyKind
  name: string
  aliases: string[]
  roles: Role[]
  wikidataId: string | null
  note: string
}

/** What a form says of a party; role lines that were left empty are none. */
export function wordsOf({ kind, name, aliases, roles, wikidataId, note }: NewPartyForm): PartyWords {
  return { kind, name, aliases, roles: rolesOf(roles), wikidataId, note }
}

/**
 * Sentences for other names that are read as the name or as one another, so that none is dropped unsaid. Pairs among `kept` are let through: a
 * party may have them from before.
 */
export function aliasProblems(
  { name, aliases }: Pick<PartyWords, 'name' | 'aliases'>,
  kept: readonly string[] = [],
): Problem[] {
  const had = new Set(kept)
  const read = new Map([[foldName(name), name]])
  return aliases.flatMap((alias) => {
    const folded = foldName(alias)
    const other = read.get(folded)
    if (other === undefined) read.set(folded, alias)
    if (other === undefined || (had.has(alias) && had.has(other) && alias !== other)) return []
    const message =
      alias === other
        ? `“${alias}” is written twice. Leave it out once.`
        : `“${alias}” is read as the same name as “${other}”, so it is found already. Leave one of them out.`
    return [{ field: 'aliases', message }]
  })
}

function rolesOf(roles: NewPartyForm['roles']): Role[] {
  return (roles ?? []).flatMap(({ role, from, to }) => (role ? [{ role, fromDate: from, toDate: to }] : []))
}

/** What is wrong with the roles beyond each field by itself. */
export function roleProblems({ roles }: NewPartyForm): Problem[] {
  const problems: Problem[] = []
  for (const [index, { role, from, to }] of (roles ?? []).entries()) {
    if (!role && (from || to))
      problems.push({ field: `roles[${index}][role]`, message: 'Say which role it was, or clear its dates.' })
    const shared = Math.min(from?.length ?? 0, to?.length ?? 0)
    if (from && to && to.slice(0, shared) < from.slice(0, shared))
      problems.push({ field: `roles[${index}][to]`, message: 'The role ends before it begins.' })
  }
  return problems
}

const FIELDS = ['kind', 'name', 'aliases', 'wikidataId', 'note', 'somebodyElse'] as const

/** A party's form as it is shown: texts as typed. */
export type PartyFields = Record<(typeof FIELDS)[number], string> & {
  roles: { role: string; from: string; to: string }[]
}

/** The form as it was typed. */
export function fieldsTyped(body: unknown): PartyFields {
  const roles = []
  for (let index = 0; index < MOST_ROLES; index += 1) {
    const part = (name: string) => typed(body, 'roles', index, name)
    roles.push({ role: part('role'), from: part('from'), to: part('to') })
  }
  const last = roles.findLastIndex(({ role, from, to }) => role || from || to)
  return { ...typedFields(body, FIELDS), roles: roles.slice(0, last + 1) }
}

/** The form of what is stored. */
export function fieldsOf({ kind, name, aliases, roles, wikidataId, note }: PartyWords): PartyFields {
  return {
    kind,
    name,
    aliases: aliases.join('\n'),
    roles: roles.map(({ role, fromDate, toDate }) => ({ role, from: fromDate ?? '', to: toDate ?? '' })),
    wikidataId: wikidataId ?? '',
    note,
    somebodyElse: '',
  }
}

/** The form with a line for one more role, as long as there may be more. */
export function withRoleLine(fields: PartyFields): PartyFields {
  if (fields.roles.length >= MOST_ROLES) return fields
  return { ...fields, roles: [...fields.roles, { role: '', from: '', to: '' }] }
}

/** What the fields of a party are called where they are told or compared. */
const PARTY_LABELS = {
  kind: 'Kind',
  name: 'Name',
  aliases: 'Other names',
  roles: 'Roles',
  wikidataId: 'Wikidata',
  note: 'Note',
} as const

/** How a party's history is told. */
export const PARTY_TELLER: Teller = { subject: 'party', labels: PARTY_LABELS, inWords: partyFieldInWords }

function partyFieldInWords(field: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'string' ? item : roleInWords(item))).join('; ')
  if (typeof value !== 'string') return ''
  return field === 'kind' ? word('partyKind', value) : value
}

function roleInWords({ role, fromDate, toDate }: Role): string {
  const from = fromDate ? ` from ${printedDateInWords(fromDate)}` : ''
  const to = toDate ? ` to ${printedDateInWords(toDate)}` : ''
  return `${role}${from}${to}`
}

/** What somebody else saved beside what was typed. */
export function partyDifferences(theirs: PartyFields, yours: PartyFields): Difference[] {
  const flat = (fields: PartyFields) => ({
    ...fields,
    kind: word('partyKind', fields.kind),
    aliases: linesOf(fields.aliases).join('; '),
    roles: fields.roles.map(({ role, from, to }) => roleInWords({ role, fromDate: from, toDate: to })).join('; '),
  })
  return differences(PARTY_LABELS, flat(theirs), flat(yours))
}

function linesOf(value: string): string[] {
  return value
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}
