import { z } from 'zod'
import { Prisma, type PrismaClient } from '../../prisma/client/client.ts'
import { deskNameRefusal } from '../accounts/names.store.ts'
import { remembered } from '../database/remembered.ts'
import { type Act, clock, type Db, once } from '../history/store.ts'
import { changedFields } from '../history/timeline.ts'
import { accepted, type Landing, type Outcome, refused } from '../outcome.ts'
import { paths } from '../paths.ts'
import { DEFAULT_DESK_NAME } from './default-name.ts'
import { lockSetting, saveSetting } from './setting.store.ts'

/** How many people a verdict needs; product rule: guard 3. */
export type Reviewers = 0 | 1 | 2
export type DeskSettings = { name: string; reviewers: Reviewers }

const KEY = 'desk'
const DEFAULTS: DeskSettings = { name: DEFAULT_DESK_NAME, reviewers: 1 }
const STORED = z.object({
  name: z.string().catch(DEFAULTS.name),
  reviewers: z.union([z.literal(0), z.literal(1), z.literal(2)]).catch(DEFAULTS.reviewers),
})

// In milliseconds: every page shows it.
const MEMORY = 5_000
const last = new WeakMap<object, string>()

/** The desk's name; the last one known, or 'Stet', when the database is away. Never throws. */
export async function deskName(db: Db): Promise<string> {
  try {
    const { name } = await remembered(db, 'desk', MEMORY, () => readDesk(db))
    last.set(db, name)
    return name
  } catch {
    return last.get(db) ?? 'Stet'
  }
}

/** The desk's rules as a statement of one value, which `settingsFrom` reads; they are held as they are until the transaction ends. */
export const HELD_SETTINGS = Prisma.sql`select value from setting where key = ${KEY} for share`

/** The desk's rules as they are kept; those of a desk that has chosen none, when nothing is. */
export function settingsFrom(value: unknown): DeskSettings {
  return value ? STORED.parse(value) : DEFAULTS
}

/** The desk's rules with the revision that a change of them names. */
export async function readDesk(db: Db): Promise<DeskSettings & { revision: number }> {
  const row = await db.setting.findUnique({ where: { key: KEY } })
  return row ? { ...STORED.parse(row.value), revision: row.revision } : { ...DEFAULTS, revision: 1 }
}

/** Saves the desk's name and rules. */
export async function editDesk(
  db: PrismaClient,
  act: Act,
  form: DeskSettings & { revision: number },
): Promise<Outcome<Landing>> {
  const { revision, ...settings } = form
  return once(db, act, async (tx) => {
    const at = await clock(tx)
    const row = await lockSetting(tx, act, at, KEY, DEFAULTS)
    if (row.revision !== revision) return refused({ field: '', message: STALE }, 'stale')
    const was = STORED.parse(row.value)
    const no = settings.name === was.name ? null : await deskNameRefusal(tx, settings.name)
    if (no) return no
    const changed = changedFields(was, settings)
    if (changed) await saveSetting(tx, act, at, row, settings, { action: 'edited', ...changed })
    return accepted({ path: paths.desk(), flash: { text: 'The desk’s settings are saved.' } })
  })
}

const STALE =
  'Somebody changed the desk’s settings while you were at it. Nothing was saved; what you chose is kept below. Save again to put it in place of theirs.'

/** Names a desk that has just been begun. */
export async function nameDesk(tx: Db, act: Act, at: Date, name: string): Promise<void> {
  const row = await lockSetting(tx, act, at, KEY, DEFAULTS)
  const before = STORED.parse(row.value)
  await saveSetting(tx, act, at, row, { ...before, name }, { action: 'edited', before, after: { ...before, name } })
}

/** Whether nothing has been recorded on this desk. */
export async function isDeskEmpty(db: Db): Promise<boolean> {
  return (await db.story.findFirst({ select: { id: true } })) === null
}
