import { z } from 'zod'
import { exactText, text } from '../web/form.ts'
import { isTimeZone } from './time-zones.ts'

/** An e-mail address, in lower case. */
export function email() {
  return text('Write an e-mail address.', 254)
    .transform((value) => value.toLowerCase())
    .refine(
      (value) => value === '' || /^[^\s@<>"',;:\\]+@[^\s@<>"',;:\\]+$/.test(value),
      'Write the whole e-mail address, such as ada@example.org.',
    )
}

/** A person's name as others see it. */
export function personName() {
  return text('Write the name others shall see.', 100)
}

/** A password as typed, to the letter. */
export function password(missing: string) {
  return exactText(missing, 1000)
}

/** A time zone by its IANA name. */
export function timeZone() {
  return text('Choose a time zone.', 60).refine(
    (value) => value === '' || isTimeZone(value),
    'Choose a time zone of the list.',
  )
}

/** The one-time secret of a link. */
export function linkToken() {
  return z.string({ error: 'The form has lost its link. Open the link again.' }).max(100)
}
