const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** The time zones to choose from; `current` is among them even where this machine calls it otherwise. */
export function timeZoneChoices(current = 'UTC'): { value: string; label: string }[] {
  const zones = ZONES.includes(current) ? ZONES : [current, ...ZONES]
  return zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))
}

/** Whether text is the IANA name of a time zone, old names included. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w+-]*(\/[\w+-]+){0,2}$/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
