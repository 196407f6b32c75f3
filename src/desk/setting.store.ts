import type { Prisma } from '../../prisma/client/client.ts'
import { type Act, type Db, record, recordFirst } from '../history/store.ts'

/** A setting whose row is locked until the transaction ends. */
export type LockedSetting = Prisma.SettingGetPayload<object>

/** Locks a setting, made with `defaults` at revision 1 when it has never been saved. */
export async function lockSetting(
  tx: Db,
  act: Act | null,
  at: Date,
  key: string,
  defaults: Prisma.InputJsonObject,
): Promise<LockedSetting> {
  // Prisma cannot say "on conflict do nothing" with an answer, nor lock a row.
  const [made] = await tx.$queryRaw<{ id: number }[]>`
    insert into setting (key, value) values (${key}, ${JSON.stringify(defaults)}::jsonb) on conflict do nothing returning id`
  if (made) {
    const kept = await recordFirst(tx, act, at, 'setting', made.id, { action: 'created', after: { key } })
    return tx.setting.update({ where: { id: made.id }, data: kept })
  }
  await tx.$queryRaw`select 1 from setting where key = ${key} for update`
  return tx.setting.findUniqueOrThrow({ where: { key } })
}

/** A setting and the revision it is at; null when it has never been saved. */
export async function maybeSetting(db: Db, key: string): Promise<{ id: number; revision: number } | null> {
  return db.setting.findUnique({ where: { key }, select: { id: true, revision: true } })
}

/** Saves a locked setting with its event; `shown` are the values that history may tell. */
export async function saveSetting(
  tx: Db,
  act: Act | null,
  at: Date,
  setting: LockedSetting,
  value: Prisma.InputJsonObject,
  shown: { action: string; before?: object; after?: object },
): Promise<void> {
  const kept = await record(tx, act, at, 'setting', setting, shown)
  await tx.setting.update({ where: { id: setting.id }, data: { value, ...kept } })
}
