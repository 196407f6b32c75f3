import type { Db } from '../history/store.ts'

/** A story as a form offers it. */
export type StoryChoice = { id: number; code: string; title: string; value: string; label: string }

/** The stories to choose from, newest first, at most 200. */
export async function storyChoices(db: Db): Promise<StoryChoice[]> {
  const stories = await db.story.findMany({
    orderBy: { id: 'desc' },
    take: 200,
    select: { id: true, code: true, title: true },
  })
  return stories.map((story) => ({ ...story, value: story.code, label: `${story.code}: ${story.title}` }))
}

/**
 * Takes the next number of a story and the reference it makes. It locks the story until the transaction ends, so it belongs right before
 * the claim is inserted; a transaction that fails gives its number back.
 */
export async function takeNumber(tx: Db, storyId: number): Promise<{ number: number; ref: string }> {
  // One statement counts and locks; Prisma's update would read the row again.
  const [taken] = await tx.$queryRaw<{ number: number; code: string }[]>`
    update story set last_number = last_number + 1 where id = ${storyId} returning last_number as number, code`
  if (!taken) throw new Error(`A number was asked for of story ${storyId}, which is not there`)
  return { number: taken.number, ref: `${taken.code}-${taken.number}` }
}
