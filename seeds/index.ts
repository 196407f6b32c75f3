import type { PrismaClient } from '../prisma/client/client.ts'
import { isDeskEmpty } from '../src/desk/store.ts'
import { accepted, type Outcome, refused } from '../src/outcome.ts'
import type { Stage } from './act.ts'
import { CLAIMS, LATER } from './claims/all.ts'
import { takeStep } from './course.ts'
import { type Cast, type Name, seatCast } from './people.ts'
import { putQuestions, recordClaims, recordParties, recordSources, recordStory } from './record.ts'

// Some two hundred acts in one transaction; milliseconds.
const LIMITS = { maxWait: 10_000, timeout: 120_000 }

/**
 * Fills an empty desk with the demonstration: the cast, and the story of January 2022 in Kazakhstan with claims in every stage. Each act is
 * made by one of the cast through the desk's own stores, so that its events and seals are real. All of it happens or, with a sentence,
 * nothing: a desk that has a story is left alone. Password hashes are set for those who are new; without one they need a link.
 */
export async function seedDemonstration(
  db: PrismaClient,
  passwordHashes: Partial<Record<Name, string>> = {},
): Promise<Outcome<Cast>> {
  return db.$transaction(async (tx) => {
    // Two of these at once: the second waits here, and then finds the story.
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended('the demonstration', 0))::text`
    if (!(await isDeskEmpty(tx))) return refused({ field: '', message: HAS_STORY })
    const seated = await seatCast(tx, passwordHashes)
    if (seated.kind === 'refused') return seated
    await tellStory({ tx, cast: seated.value })
    return accepted(seated.value)
  }, LIMITS)
}

const HAS_STORY = 'This desk already has its story. The demonstration fills only an empty desk, so nothing was changed.'

async function tellStory(stage: Stage): Promise<void> {
  await recordStory(stage)
  await recordParties(stage)
  const documented = { ...stage, sources: await recordSources(stage), questions: await putQuestions(stage) }
  const told = { ...documented, refs: await recordClaims(documented) }
  for (const claim of CLAIMS) for (const step of claim.course) await takeStep(told, claim, step)
  for (const { claim, step } of LATER) await takeStep(told, claim, step)
}
