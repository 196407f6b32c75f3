import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { drift } from '../../src/commands/drift.ts'
import { readMigrations } from '../../src/database/migrate.ts'

test('The migrations make the schema, and what the schema has beyond them is drafted as SQL', async () => {
  const schema = await readFile(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8')
  const wanted = `${schema}\nmodel Errand {\n  id Int @id\n\n  @@map("errand")\n}\n`
  const sql = await drift(await readMigrations(), wanted)
  expect(sql.match(/^(CREATE|ALTER|DROP) .*$/gm)).toEqual(['CREATE TABLE "errand" ('])
})
