import type { PrismaClient } from '../../prisma/client/client.ts'

/** Fills an empty desk with the demonstration story; null where there is none to fill in. */
export const demonstration: ((db: PrismaClient) => Promise<unknown>) | null = null
