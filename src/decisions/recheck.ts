import { dayIn } from '../printed-date.ts'

/** Whether a claim that could not be settled is due to be looked at again: its printed date has come where the person is. */
export function isRecheckDue(
  { verdict, recheckOn }: { verdict: string | null; recheckOn: string | null },
  timeZone: string,
  now: Date,
): boolean {
  return verdict === 'unproven' && recheckOn !== null && recheckOn <= dayIn(timeZone, now)
}
