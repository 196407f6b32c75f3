import type { Db } from '../history/store.ts'

/** Who can be asked to review: editors and admins who may sign in, by name, at most 200. */
export async function editorsOf(db: Db): Promise<{ id: number; name: string }[]> {
  return db.account.findMany({
    where: { role: { in: ['editor', 'admin'] }, disabledAt: null },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 200,
    select: { id: true, name: true },
  })
}
