/** A place as forms send it. */
export function placeText({ captureId, start }: { captureId: number | null; start: number | null }): string {
  return captureId === null || start === null ? '' : `${captureId}:${start}`
}

/** The place that a form sent; null when it is none. */
export function placeOf(text: string | null | undefined): { captureId: number; start: number | null } | null {
  const [, captureId, start] = /^([1-9]\d{0,8}):(\d{0,7})$/.exec(text ?? '') ?? []
  return captureId ? { captureId: Number(captureId), start: start ? Number(start) : null } : null
}

/** The sentence that asks for one of several places of a passage. */
export function severalPlaces(count: number): string {
  return `These words stand ${count} times in the text. Choose the place that is meant.`
}
