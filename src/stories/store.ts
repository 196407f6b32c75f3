import type { PrismaClient } from '../../prisma/client/client.ts'
import type { Stage, Verdict } from '../../prisma/client/enums.ts'
import { HEDGES, hedgesOf } from '../claims/hedges.ts'
import { remembered } from '../database/remembered.ts'
import { type Headline, headlineOf } from '../decisions/headline.ts'
import { NotFound } from '../errors.ts'
import { type Act, clock, type Db, once, record, recordFirst } from '../history/store.ts'
import { changedFields } from '../history/timeline.ts'
import { accepted, type Landing, type Outcome, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { CODE, type NewStoryForm, type StoryEditForm } from './form.ts'

/** A story as a form offers it. */
export type StoryChoice = { id: number; code: string; title: string; value: string; label: string }

// In milliseconds: every list and form offers them.
const MEMORY = 15_000

/** The stories to choose from, newest first, at most 200; another process's changes show after fifteen seconds. */
export function storyChoices(db: Db): Promise<StoryChoice[]> {
  return remembered(db, 'stories', MEMORY, () => readChoices(db))
}

async function readChoices(db: Db): Promise<StoryChoice[]> {
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

/** A story in the list of all, with how many of its claims are open and how many decided. */
export type StoryLine = { code: string; title: string; summary: string; claims: number; open: number; decided: number }

/** Every story, the one with the newest claim first, at most 200. */
export async function listStories(db: Db): Promise<StoryLine[]> {
  // Counts by stage for every story in one pass, which Prisma would ask story by story.
  return db.$queryRaw<StoryLine[]>`
    select s.code, s.title, s.summary, count(c.id)::int as claims,
      count(c.id) filter (where c.stage not in ('decided', 'closed'))::int as open,
      count(c.id) filter (where c.stage = 'decided')::int as decided
    from story s left join claim c on c.story_id = s.id
    group by s.id order by max(c.updated_at) desc nulls last, s.id desc limit 200`
}

/** A claim in a list: its words, its state and how it was hedged. */
export type ClaimLine = {
  ref: string
  statement: string
  language: string
  headline: Headline
  hedges: string[]
  updatedAt: Date
}

/** A story with its claims counted by stage and verdict, and the claims that were changed last. */
export async function findStory(db: Db, code: string) {
  const story = await findStoryRow(db, code)
  const [stages, verdicts, latest] = await Promise.all([
    db.claim.groupBy({ by: ['stage'], where: { storyId: story.id }, _count: true }),
    db.claim.groupBy({ by: ['verdict'], where: { storyId: story.id, stage: 'decided' }, _count: true }),
    latestClaims(db, story.id),
  ])
  return {
    story,
    stages: new Map<Stage, number>(stages.map(({ stage, _count }) => [stage, _count])),
    verdicts: new Map<Verdict | null, number>(verdicts.map(({ verdict, _count }) => [verdict, _count])),
    latest,
  }
}

/** A story by its code; throws NotFound. */
export async function findStoryRow(db: Db, code: string) {
  const story = CODE.test(code) ? await db.story.findUnique({ where: { code } }) : null
  if (!story) throw new NotFound('There is no such story. The list of stories has them all.')
  return story
}

async function latestClaims(db: Db, storyId: number): Promise<ClaimLine[]> {
  const claims = await db.claim.findMany({
    where: { storyId },
    orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
    take: 20,
    select: {
      ref: true,
      statement: true,
      language: true,
      updatedAt: true,
      stage: true,
      verdict: true,
      formerVerdict: true,
      closedBecause: true,
      supersededById: true,
      cameIn: true,
      attributions: HEDGES,
    },
  })
  return claims.map(({ ref, statement, language, updatedAt, supersededById, attributions, ...standing }) => ({
    ref,
    statement,
    language,
    updatedAt,
    headline: headlineOf({ ...standing, isSuperseded: supersededById !== null }),
    hedges: hedgesOf(attributions),
  }))
}

/** Makes a story; a code that another story has is refused, also when both are made at once. */
export function createStory(db: PrismaClient | Db, act: Act, form: NewStoryForm): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const at = await clock(tx)
    // Skipping what is there waits for a twin in flight and does not spoil the transaction, as a violated index would.
    const [story] = await tx.story.createManyAndReturn({
      data: [{ ...form, createdAt: at }],
      skipDuplicates: true,
      select: { id: true },
    })
    if (!story)
      return refused({ field: 'code', message: `Another story already has the code ${form.code}. Choose another.` })
    const { lastHash } = await recordFirst(tx, act, at, 'story', story.id, { action: 'created', after: form })
    await tx.story.update({ where: { id: story.id }, data: { lastHash }, select: { id: true } })
    return accepted({
      path: paths.story(form.code),
      flash: { text: `The story ${form.code} is there. Its claims will be numbered ${form.code}-1 and on.` },
    })
  })
}

/** Changes what a story says of itself. */
export function editStory(
  db: PrismaClient | Db,
  act: Act,
  code: string,
  { revision, ...form }: StoryEditForm,
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const { id } = await findStoryRow(tx, code)
    // Prisma cannot lock a row.
    await tx.$queryRaw`select id from story where id = ${id} for update`
    const story = await tx.story.findUniqueOrThrow({ where: { id } })
    if (revision !== story.revision)
      return refused(
        {
          field: '',
          message:
            'Somebody changed this story while you were working on it. Nothing was saved; what you typed is kept.',
        },
        'stale',
      )
    const { title, summary, timeZone } = story
    const changes = changedFields({ title, summary, timeZone }, form)
    if (!changes)
      return accepted({ path: paths.story(code), flash: { text: 'Nothing was different, so nothing was changed.' } })
    const kept = await record(tx, act, await clock(tx), 'story', story, { action: 'edited', ...changes })
    await tx.story.update({ where: { id }, data: { ...form, ...kept }, select: { id: true } })
    return accepted({ path: paths.story(code), flash: { text: 'The story is changed.' } })
  })
}
