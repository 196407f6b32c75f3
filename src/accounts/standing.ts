/** How somebody stands on the desk, in a word; an open invitation's end is told beside it. */
export function standingOf(person: {
  disabledAt: Date | null
  hasPassword: boolean
  invitedUntil: Date | null
}): 'Disabled' | 'Active' | 'Invited' | 'No open link' {
  if (person.disabledAt) return 'Disabled'
  if (person.hasPassword) return 'Active'
  return person.invitedUntil ? 'Invited' : 'No open link'
}
