/** How many lines a page of history has. */
export const PER_PAGE = 50

/** How many lines of its history stand at the foot of a subject's page. */
export const RECENT = 8

/** The address of one line, for ever: the page that ends at the next full fifty, and the line's place on it. */
export function permalink(history: string, revision: number): string {
  return `${history}?upTo=${Math.ceil(revision / PER_PAGE) * PER_PAGE}#r${revision}`
}

/** Where older and newer lines are, for a page that shows these revisions, newest first, of a subject at revision `latest`. */
export function pagesAround(
  history: string,
  revisions: readonly number[],
  latest: number,
): { newer: string | null; older: string | null } {
  const [newest, oldest] = [revisions[0] ?? 0, revisions.at(-1) ?? 0]
  const after = newest + PER_PAGE
  return {
    newer: newest >= latest ? null : after >= latest ? history : `${history}?upTo=${after}`,
    older: oldest > 1 ? `${history}?upTo=${oldest - 1}` : null,
  }
}
