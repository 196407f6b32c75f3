import { createHash } from 'node:crypto'
import type { Request } from 'express'
import { z } from 'zod'
import type { Act } from '../history/store.ts'
import { LANGUAGE_SENTENCE, maybeLanguage } from '../language.ts'
import type { Problem } from '../outcome.ts'
import { printedDateRefusal, readPrintedDate } from '../printed-date.ts'
import { lengthOf, normalised, unfitness } from '../text.ts'

/** A form as it was read: `form` is null when there are problems. */
export type Read<T> = { form: T; problems: [] } | { form: null; problems: Problem[] }

/** Reads a posted form by its schema; what is wrong comes back as sentences beside the fields' names. */
export function readForm<T>(schema: z.ZodType<T>, body: unknown): Read<T> {
  // `back` is for whoever lands the form, on every form that may stand in the queue.
  const { requestId: _, back: _back, ...fields } = isRecord(body) ? body : {}
  const read = schema.safeParse(fields)
  return read.success ? { form: read.data, problems: [] } : { form: null, problems: read.error.issues.map(problemFrom) }
}

/** What makes a posted form one act: its sender, its one-use id, and the digest of what it says. */
export function actOf(req: Request): Act {
  const { account } = req
  if (!account) throw new Error('A change without a person reached its handler')
  const { requestId, ...fields } = isRecord(req.body) ? req.body : {}
  const given = typeof requestId === 'string' && /^[\w-]{16,64}$/.test(requestId) ? requestId : null
  const digest = createHash('sha256').update(req.path).update('\n').update(JSON.stringify(fields)).digest('hex')
  const access = { role: account.role, sessionId: account.sessionId }
  return { actorId: account.id, requestId: given ?? crypto.randomUUID(), digest, access }
}

/** What was typed into one field, for showing it again; '' when it is no text. Nested fields by their path. */
export function typed(body: unknown, ...path: (string | number)[]): string {
  let value: unknown = body
  for (const step of path) value = isRecord(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined
  return typeof value === 'string' ? value : ''
}

/** The named fields as typed, for showing a refused form again. */
export function typedFields<Name extends string>(body: unknown, names: readonly Name[]): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, typed(body, name)])) as Record<Name, string>
}

/** A text that must be there: trimmed, NFC, well-formed, no NUL, at most `max` code points. `missing` is the sentence when it is empty. */
export function text(missing: string, max = 500) {
  return anyText(max).refine((value) => value !== '', missing)
}

/** A text that may be left out; '' becomes null. */
export function optionalText(max = 500) {
  return anyText(max)
    .optional()
    .transform((value) => value || null)
}

/** A text kept to the letter (a passage, a capture): normalised, not trimmed. */
export function exactText(missing: string, max: number) {
  return fitText(max, normalised).refine((value) => value.trim() !== '', missing)
}

/** A text kept to the letter that may be left out; '' becomes null. */
export function exactOptionalText(max: number) {
  return fitText(max, normalised)
    .optional()
    .transform((value) => (value?.trim() ? value : null))
}

/** One word of a list; `missing` is the sentence when none was chosen. */
export function choice<const T extends string>(values: readonly T[], missing: string) {
  return z.enum(values as [T, ...T[]], { error: missing })
}

/** One word of a list, or nothing. */
export function optionalChoice<const T extends string>(values: readonly T[], unknown = 'Choose one of the list.') {
  return z
    .union([z.literal(''), z.enum(values as [T, ...T[]])], { error: unknown })
    .optional()
    .transform((value) => value || null)
}

/** A printed date at its own precision, or nothing. */
export function optionalPrintedDate() {
  return anyText(40)
    .optional()
    .transform((value, context) => {
      if (!value) return null
      const read = readPrintedDate(value)
      if (read === null) context.addIssue({ code: 'custom', message: printedDateRefusal(value) })
      return read
    })
}

/** A language's code in its canonical form, or nothing. */
export function optionalLanguage() {
  return anyText(35)
    .optional()
    .transform((value, context) => {
      if (!value) return null
      const language = maybeLanguage(value)
      if (language === null) context.addIssue({ code: 'custom', message: LANGUAGE_SENTENCE })
      return language
    })
}

/** A web address (http or https), or nothing. */
export function optionalAddress() {
  return anyText(2000)
    .optional()
    .transform((value, context) => {
      if (!value) return null
      if (!isWebAddress(value))
        context.addIssue({ code: 'custom', message: 'Write a whole web address, beginning with http:// or https://.' })
      return value
    })
}

/** A tick. */
export function tick() {
  return z
    .union([z.literal('yes'), z.literal('')], { error: 'This is a box to tick.' })
    .optional()
    .transform((value) => value === 'yes')
}

/** An id from the database, or nothing. */
export function optionalId(unknown = 'Choose one of the list.') {
  return z
    .string({ error: unknown })
    .regex(/^([1-9]\d{0,8})?$/, unknown)
    .optional()
    .transform((value) => (value ? Number(value) : null))
}

/** The revision that a change was made on. */
export function revision() {
  return z
    .string({ error: 'The form does not say which revision it changes. Open the page again.' })
    .regex(/^[1-9]\d{0,8}$/, 'The form does not say which revision it changes. Open the page again.')
    .transform(Number)
}

/** A line of several items, separated by semicolons or line ends. */
export function list(max = 20, length = 200) {
  return anyText(max * (length + 2))
    .optional()
    .transform((value) =>
      (value ?? '')
        .split(/[;\n]/)
        .map((item) => item.trim())
        .filter(Boolean),
    )
    .refine((items) => items.length <= max, `At most ${max}, separated by semicolons.`)
    .refine((items) => items.every((item) => lengthOf(item) <= length), `Each at most ${length} characters.`)
}

/** Whether text is an http or https address with a host and no user name. */
export function isWebAddress(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  return ['http:', 'https:'].includes(url.protocol) && url.hostname !== '' && url.username === '' && url.password === ''
}

function anyText(max: number) {
  return fitText(max, (value) => normalised(value).trim())
}

function fitText(max: number, shaped: (value: string) => string) {
  return z.string({ error: 'This must be a single text.' }).transform((raw, context) => {
    const fault = unfitness(raw)
    const value = fault ? '' : shaped(raw)
    if (fault) context.addIssue({ code: 'custom', message: `The text ${fault}; please remove it.` })
    else if (lengthOf(value) > max)
      context.addIssue({
        code: 'custom',
        message: `At most ${max.toLocaleString('en')} characters; this has ${lengthOf(value).toLocaleString('en')}.`,
      })
    return value
  })
}

function problemFrom(issue: z.core.$ZodIssue): Problem {
  if (issue.code === 'unrecognized_keys')
    return {
      field: '',
      message: `The form sent something that is not asked for here: ${issue.keys.slice(0, 3).join(', ').slice(0, 100)}.`,
    }
  const [first = '', ...rest] = issue.path.map(String)
  return { field: first + rest.map((step) => `[${step}]`).join(''), message: issue.message }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
