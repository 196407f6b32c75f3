import { type Request, type Response, Router } from 'express'
import { claimsInWords } from '../claims/count.ts'
import { resolveFilter } from '../claims/filter.store.ts'
import { readFilter } from '../claims/filter.ts'
import { countClaims, NO_FILTER } from '../claims/list.store.ts'
import type { Config } from '../config.ts'
import type { Database } from '../database/connect.ts'
import type { Problem } from '../outcome.ts'
import { paths } from '../paths.ts'
import { refreshConflicts } from '../questions/contested.store.ts'
import { guard, personOf } from '../web/guard.ts'
import { page } from '../web/page.ts'
import { claimLines } from './csv.ts'
import { fileName, PRESETS, type Preset, presetOf, readAsOf } from './presets.ts'
import { sendCsv } from './send.ts'
import { countSealed, ExportsBusy, listedRows, sealedRows } from './store.ts'

const UNDER_WAY = 'An export of yours is under way. Wait until it has ended, or cancel it, and try again.'
const BUSY = 'As many exports as the desk runs at once are under way. Try again in a minute.'

/** What leaves the desk: the page of exports, and the CSV. */
export function exportRoutes(database: Database, config: Pick<Config, 'publicUrl'>): Router {
  const router = Router()
  const { db, exports: pool } = database
  const { publicUrl } = config
  // One person takes one place at a time, so that nobody keeps the others from theirs.
  const underWay = new Set<number>()

  router.get('/exports', guard('export'), (req, res) => showExports(req, res, []))

  router.get('/exports/claims.csv', guard('export'), async (req, res) => {
    const name = textOf(req, 'preset')
    const preset = presetOf(name)
    if (name && !preset)
      return showExports(req, res, [{ field: 'preset', message: 'Choose one of the two: verified or attributed.' }])
    const { id } = personOf(req)
    if (underWay.has(id)) {
      res.set('retry-after', '60')
      return showExports(req, res, [{ field: '', message: UNDER_WAY }], 429)
    }
    underWay.add(id)
    try {
      await (preset ? sendPreset(req, res, preset) : sendList(req, res))
    } catch (fault) {
      if (!(fault instanceof ExportsBusy)) throw fault
      res.set('retry-after', '60')
      await showExports(req, res, [{ field: '', message: BUSY }], 503)
    } finally {
      underWay.delete(id)
    }
  })

  return router

  async function sendPreset(req: Request, res: Response, preset: Preset): Promise<void> {
    const { timeZone } = personOf(req)
    const now = new Date()
    const typed = textOf(req, 'asOf')
    const asOf = typed ? readAsOf(typed, now, timeZone) : { at: null, problem: null }
    if (asOf.problem) return showExports(req, res, [{ field: 'asOf', message: asOf.problem }])
    const name = fileName(preset, asOf.at, now, timeZone)
    return sendCsv(res, name, claimLines(sealedRows(pool, preset, asOf.at, publicUrl)))
  }

  async function sendList(req: Request, res: Response): Promise<void> {
    const person = personOf(req)
    const { filter: asked, sort, given, problems } = readFilter(req.query)
    const { filter, problems: unknown } = await resolveFilter(db, person, asked)
    const wrong = [...problems, ...unknown].map(({ message }) => ({ field: '', message }))
    if (wrong.length) return showExports(req, res, wrong)
    if (filter.isContested) await refreshConflicts(db, filter)
    const { sort: _, ...narrowed } = given
    return sendCsv(
      res,
      fileName(narrowed, null, new Date(), person.timeZone),
      claimLines(listedRows(pool, filter, sort, publicUrl)),
    )
  }

  async function showExports(req: Request, res: Response, problems: Problem[], status = 422): Promise<void> {
    const counts = new Map<Preset, number>()
    for (const preset of PRESETS) counts.set(preset, await countSealed(db, preset))
    await page(
      req,
      res,
      'exports/index',
      {
        title: 'Exports',
        problems,
        presets: PRESETS.map((preset) => ({
          ...WORDS[preset],
          preset,
          count: claimsInWords(counts.get(preset) ?? 0),
          href: paths.claimsCsv({ preset }),
        })),
        everything: paths.claimsCsv(),
        hasClaims: (await countClaims(db, NO_FILTER)) > 0,
        typed: { preset: textOf(req, 'preset') || 'verified', asOf: textOf(req, 'asOf') },
      },
      problems.length ? status : 200,
    )
  }
}

const WORDS = {
  verified: {
    name: 'Verified',
    text: 'Claims decided as verified, on the words they were decided on, and not superseded since. A claim that is being decided again is not among them.',
  },
  attributed: {
    name: 'Attributed',
    text: 'Decided claims of any verdict of which it is known that they were said: seen in the original, confirmed through a credible relay, or said but altered.',
  },
} as const satisfies Record<Preset, { name: string; text: string }>

function textOf(req: Request, name: string): string {
  const value: unknown = req.query[name]
  return typeof value === 'string' ? value.slice(0, 100) : ''
}
