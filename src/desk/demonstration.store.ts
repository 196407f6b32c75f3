import type { PrismaClient } from '../../prisma/client/client.ts'

/** Fills an empty desk with the demonstration; null when it is there now, else why not, in a sentence. */
export async function fillInDemonstration(db: PrismaClient): Promise<string | null> {
  // Only when it is asked for: no desk that works needs it in memory.
  const { seedDemonstration } = await import('../../seeds/index.ts')
  const outcome = await seedDemonstration(db)
  return outcome.kind === 'refused' ? outcome.problems.map((problem) => problem.message).join(' ') : null
}
