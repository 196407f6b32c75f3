import { z } from 'zod'
import { exactText, text } from '../web/form.ts'
import { mailboxOf } from './mailbox.ts'
import { isTimeZone } from './time-zones.ts'

/** An e-mail address in the one form of its mailbox. */
export function email() {
  return text('Write an e-mail address.', 254)
    .refine(
      (value) => value === '' || mailboxOf(value) !== null,
      'Write the whole e-mail address, such as ada@example.org.',
    )
    .transform((value) => mailboxOf(value) ?? '')
}

/** A person's name as others see it. */
export function personName() {
  return visibleName('Write the name others shall see.', 100)
}

/** The desk's name, as it stands at the top of every page. */
export function deskName(missing: string) {
  return visibleName(missing, 80)
}

/** A name in which everything is seen; white space of any kind between its words becomes one space. */
function visibleName(missing: string, max: number) {
  return text(missing, max)
    .transform((value) => value.replace(/\p{White_Space}+/gu, ' ').trim())
    .refine(
      (value) => !INVISIBLE.test(value),
      'The name has a character that nobody sees, such as one that turns the direction of writing. Type it anew.',
    )
    .refine((value) => value === '' || /[\p{L}\p{N}]/u.test(value), 'Write a name with letters.')
}

// The joiners belong to letters of scripts that are written joined.
const INVISIBLE =
  /(?![\u200c\u200d])[\p{Default_Ignorable_Code_Point}\p{Cc}\u2028\u2029\u2800\ufff9-\ufffb]|(?<![\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Mongolian}])[\u200c\u200d]/u

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
