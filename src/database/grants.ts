import type { ClientBase } from 'pg'

/** What the application may add to but neither change nor take away; its triggers guard the same. */
const HISTORY = ['event', 'decision', 'decision_end', 'capture', 'redaction']
/** What an event held, apart from it: only the owner empties it, by redaction. */
const REDACTABLE = ['event_body']
const READ_ONLY = ['_prisma_migrations', 'recorded_state', 'left_out_column']

/** Gives the application's role what it needs and nothing more; asked again it changes nothing. Runs as the owner. */
export async function grantApplication(owner: ClientBase, role: string): Promise<void> {
  const tables = await ownTables(owner)
  const listed = (names: string[]) => names.filter((name) => tables.includes(name))
  const to = name(role)
  const schema = name((await owner.query('select current_schema() as it')).rows[0]?.it)
  const rights = [
    `grant usage on schema ${schema} to ${to}`,
    ...withTables('grant select, insert, update, delete on', tables, `to ${to}`),
    ...withTables('revoke truncate, references, trigger on', tables, `from ${to}`),
    ...withTables('revoke update, delete on', listed(HISTORY), `from ${to}`),
    ...withTables('revoke update, delete on', listed(REDACTABLE), `from ${to}`),
    ...withTables('revoke insert, update, delete on', listed(READ_ONLY), `from ${to}`),
    ...(await ownSequences(owner)).map((sequence) => `grant usage, select on sequence ${name(sequence)} to ${to}`),
  ]
  const database = name((await owner.query('select current_database() as it')).rows[0]?.it)
  await owner.query('begin')
  try {
    await owner.query(rights.join(';\n'))
    // A role that does not own the schema may not say who creates in it; since PostgreSQL 15 only the owner does.
    await attempt(owner, `revoke create on schema ${schema} from public, ${to}`)
    // The same goes for temporary tables, which could be called as those of the record are.
    await attempt(owner, `revoke temporary on database ${database} from public, ${to}`)
    await owner.query('commit')
  } catch (error) {
    await owner.query('rollback').catch(() => {})
    throw error
  }
}

/** Does what the owner may be able to do, and leaves the transaction as it was when that is refused. */
async function attempt(owner: ClientBase, sql: string): Promise<void> {
  await owner.query('savepoint before')
  await owner.query(sql).catch(() => owner.query('rollback to savepoint before'))
}

/** The history tables the role could still change, as a superuser, their owner, or somebody who may become their owner could. */
export async function changeableHistory(owner: ClientBase, role: string): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select name from unnest($2::text[]) as name join pg_class on pg_class.oid = to_regclass(quote_ident(name))
     where has_table_privilege($1, quote_ident(name), 'update, delete, truncate, references, trigger') or pg_has_role($1, relowner, 'member')`,
    [role, [...HISTORY, ...REDACTABLE]],
  )
  return rows.map((row) => row.name)
}

async function ownTables(owner: ClientBase): Promise<string[]> {
  const { rows } = await owner.query<{ relname: string }>(
    `select relname from pg_class
     where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v') and pg_has_role(relowner, 'usage')`,
  )
  return rows.map((row) => row.relname)
}

async function ownSequences(owner: ClientBase): Promise<string[]> {
  const { rows } = await owner.query<{ relname: string }>(
    `select relname from pg_class
     where relnamespace = current_schema()::regnamespace and relkind = 'S' and pg_has_role(relowner, 'usage')`,
  )
  return rows.map((row) => row.relname)
}

function withTables(what: string, tables: string[], whom: string): string[] {
  return tables.length === 0 ? [] : [`${what} ${tables.map(name).join(', ')} ${whom}`]
}

function name(word: string): string {
  return `"${word.replaceAll('"', '""')}"`
}
