import { z } from 'zod'
import type { Teller } from '../history/timeline.ts'
import { choice, optionalText, revision, text } from '../web/form.ts'

/** What a story's code looks like. */
export const CODE = /^[A-Z][A-Z0-9]{1,7}$/

/** The time zones of the world by their IANA names, UTC first. */
export const TIME_ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

const details = {
  title: text('Give the story a title.', 200),
  summary: optionalText(5000).transform((summary) => summary ?? ''),
  timeZone: choice(TIME_ZONES, 'Choose a time zone of the list.'),
}

/** The form of a new story. */
export const newStoryForm = z.strictObject({
  code: text('Give the story a code, such as KZ.', 40)
    .transform((code) => (/^[\w]+$/.test(code) ? code.toUpperCase() : code))
    .refine((code) => CODE.test(code), 'Two to eight letters A to Z or digits, beginning with a letter, such as KZ.'),
  ...details,
})

/** The form of an edit; the code stays, since references are made of it. */
export const storyEditForm = z.strictObject({ ...details, revision: revision() })

export type NewStoryForm = z.output<typeof newStoryForm>
export type StoryEditForm = z.output<typeof storyEditForm>

export const STORY_FIELDS = ['code', 'title', 'summary', 'timeZone'] as const
export type StoryFields = Record<(typeof STORY_FIELDS)[number], string>

/** What the fields of a story are called where they are compared. */
export const STORY_LABELS = { code: 'Code', title: 'Title', summary: 'Summary', timeZone: 'Time zone' } as const

/** How a story's history is told. */
export const STORY_TELLER: Teller = {
  subject: 'story',
  labels: STORY_LABELS,
  inWords: (_, value) => (typeof value === 'string' ? value : ''),
}
