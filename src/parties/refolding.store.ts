import type { PrismaClient } from '../../prisma/client/client.ts'
import { transaction } from '../database/rows.ts'
import { FOLDING_VERSION, foldName } from '../folding.ts'
import { lockPartyNames } from './store.ts'

/** How many names are folded in one transaction. */
const BATCH = 1000

type StoredName = { id: number; name: string; folded: string }

/**
 * Folds the stored names of parties anew where they were folded by another version of the table; answers how many changed. A migration cannot:
 * the table is JavaScript. Asked before the desk takes requests, so that nobody looks for a name among those of another folding. Each batch locks
 * the names; ended halfway, it begins again at the next start, and two processes at once do the same twice.
 */
export async function refoldNames(db: PrismaClient): Promise<number> {
  const version = await db.foldingVersion.findFirst({ select: { names: true } })
  if (version?.names === FOLDING_VERSION) return 0
  let changed = 0
  // Columns are told apart by tags, which take no name from a parameter: two statements for two tables.
  changed += await inBatches(db, {
    read: (tx, after) =>
      tx.$queryRaw<StoredName[]>`select id, name, folded from party where id > ${after} order by id limit ${BATCH}`,
    write: (tx, ids, folds) =>
      tx.$executeRaw`update party p set folded = n.folded from unnest(${ids}::int[], ${folds}::text[]) n (id, folded) where p.id = n.id`,
  })
  changed += await inBatches(db, {
    read: (tx, after) =>
      tx.$queryRaw<
        StoredName[]
      >`select id, alias as name, folded from party_alias where id > ${after} order by id limit ${BATCH}`,
    write: (tx, ids, folds) =>
      tx.$executeRaw`update party_alias a set folded = n.folded from unnest(${ids}::int[], ${folds}::text[]) n (id, folded) where a.id = n.id`,
  })
  await db.foldingVersion.upsert({
    where: { id: 1 },
    create: { names: FOLDING_VERSION, documents: 0 },
    update: { names: FOLDING_VERSION },
  })
  return changed
}

type Tx = Parameters<Parameters<typeof transaction>[1]>[0]
type Table = {
  read: (tx: Tx, after: number) => Promise<StoredName[]>
  write: (tx: Tx, ids: number[], folds: string[]) => Promise<number>
}

async function inBatches(db: PrismaClient, { read, write }: Table): Promise<number> {
  let changed = 0
  let after = 0
  while (true) {
    const { read: names, written } = await transaction(db, async (tx) => {
      await lockPartyNames(tx)
      const names = await read(tx, after)
      const stale = names.filter(({ name, folded }) => foldName(name) !== folded)
      const folds = stale.map(({ name }) => foldName(name))
      return {
        read: names,
        written: stale.length
          ? await write(
              tx,
              stale.map(({ id }) => id),
              folds,
            )
          : 0,
      }
    })
    changed += written
    after = names.at(-1)?.id ?? after
    if (names.length < BATCH) return changed
  }
}
