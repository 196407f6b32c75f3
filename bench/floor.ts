/*
 * The floors: as little as can stand between a browser and the same statements. Run by bench/run.ts in a process of its own, with DATABASE_URL,
 * PORT and SPEC, a file of statements by name.
 *
 *   GET  /json/<name>   bare node:http: the statements, their rows as JSON
 *   GET  /list/<name>   Express and EJS: the statement's rows as a table of the same columns in a plain layout
 *   GET  /page/<name>   Express and EJS: the statements' rows, every cell, in a plain layout
 *   POST /decide        Express: a bare update of a claim's row and the insert of its history row, in one transaction
 */
import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import express from 'express'
import pg from 'pg'
import type { Statement } from './record.ts'

const { DATABASE_URL, PORT, SPEC } = process.env
const statements = JSON.parse(readFileSync(SPEC ?? '', 'utf8')) as Record<string, Statement[]>
// Connections are kept as long as the application keeps its own.
const pool = new pg.Pool({
  connectionString: DATABASE_URL,
  max: 10,
  idleTimeoutMillis: 30_000,
  options: '-c timezone=UTC',
})
pool.on('error', () => {})

const app = express()
app.set('views', join(import.meta.dirname, 'views'))
app.set('view engine', 'ejs')
app.enable('view cache')
app.get('/list/:name', async (req, res) => {
  const [rows] = await rowsOf(req.params.name)
  res.render('list', { title: 'Claims', rows })
})
app.get('/page/:name', async (req, res) => {
  res.render('page', { title: 'Claim', tables: await rowsOf(req.params.name) })
})
app.post('/decide', express.urlencoded({ extended: true }), async (req, res) => {
  const { id, verdict, rationale } = req.body as Record<string, string>
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(
      `update bare_claim set stage = 'decided', verdict = $2::verdict, revision = revision + 1, updated_at = now() where id = $1`,
      [id, verdict],
    )
    await client.query(
      `insert into bare_history (claim_id, at, actor_id, action, after) values ($1, now(), $2, 'decided', $3::json)`,
      [id, 2, JSON.stringify({ stage: 'decided', verdict, rationale })],
    )
    await client.query('commit')
  } catch (fault) {
    await client.query('rollback')
    throw fault
  } finally {
    client.release()
  }
  res.redirect(303, '/')
})

createServer((req, res) => {
  const name = /^\/json\/(\w+)$/.exec(req.url ?? '')?.[1]
  if (name) sendJson(name, res).catch((fault: unknown) => res.writeHead(500).end(String(fault)))
  else app(req, res)
}).listen(Number(PORT), '127.0.0.1')

async function sendJson(name: string, res: ServerResponse): Promise<void> {
  const text = JSON.stringify(await rowsOf(name))
  res.writeHead(200, { 'content-type': 'application/json' }).end(text)
}

async function rowsOf(name: string): Promise<Record<string, unknown>[][]> {
  const found: Record<string, unknown>[][] = []
  for (const { text, values } of statements[name] ?? []) found.push((await pool.query(text, values)).rows)
  return found
}
