import { afterAll, beforeAll, expect, test } from 'vitest'
import { FOLDING_VERSION, foldName } from '../../src/folding.ts'
import { refoldNames } from '../../src/parties/refolding.store.ts'
import { resolveParty } from '../../src/parties/store.ts'
import { build } from '../support/build.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { makePeople } from '../support/people.ts'

let database: TestDatabase
let ids: number[]
beforeAll(async () => {
  database = await testDatabase()
  const { db } = database
  const made = build(db, (await makePeople(db)).ada.id)
  const names = [
    { name: 'パンダ通信', aliases: ['Łukasz', 'Lukasz Press', 'Øre', 'Ore'] },
    { name: 'ハンダ通信' },
    { name: 'किरण', aliases: ['Kiran'] },
  ]
  ids = []
  for (const given of names) ids.push((await made.aParty(given)).id)
  // As the version before folded them: without any mark, ł kept.
  await database.ownerPool.query(`update party set folded = 'ハンタ通信' where id = any($1)`, [ids.slice(0, 2)])
  await database.ownerPool.query(`update party set folded = 'करण' where id = $1`, [ids[2]])
  await database.ownerPool.query(`update party_alias set folded = 'øre' where alias = 'Øre'`)
  await database.ownerPool.query(`update party_alias set folded = 'łukasz' where alias = 'Łukasz'`)
})
afterAll(() => database.close())

test('Names stored by another folding are folded anew once, and found as they are typed', async () => {
  const { db } = database
  expect((await resolveParty(db, 'パンダ通信')).kind).toBe('unknown')

  expect(await refoldNames(db)).toBe(5)

  expect(await resolveParty(db, 'パンダ通信')).toMatchObject({ kind: 'found', party: { id: ids[0] } })
  expect(await resolveParty(db, 'ハンダ通信')).toMatchObject({ kind: 'found', party: { id: ids[1] } })
  expect(await resolveParty(db, 'किरण')).toMatchObject({ kind: 'found', party: { id: ids[2] } })
  expect(await resolveParty(db, 'lukasz')).toMatchObject({ kind: 'found', party: { id: ids[0] } })
  for (const { name, folded } of await db.party.findMany()) expect(folded).toBe(foldName(name))
  expect(await db.foldingVersion.findFirst()).toMatchObject({ names: FOLDING_VERSION })
  expect(await database.countQueries(() => refoldNames(db))).toBe(1)
})

test('Two other names that come to be folded alike both stay', async () => {
  const { db } = database
  const partyId = ids[0] ?? 0
  await database.ownerPool.query(`update party_alias set folded = 'øre' where alias = 'Øre'`)
  await db.foldingVersion.update({ where: { id: 1 }, data: { names: 0 } })

  await Promise.all([refoldNames(db), refoldNames(db)])

  const kept = await db.partyAlias.findMany({ where: { partyId, folded: 'ore' }, orderBy: { id: 'asc' } })
  expect(kept.map(({ alias }) => alias)).toEqual(['Øre', 'Ore'])
})
