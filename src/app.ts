import { join } from 'node:path'
import express, { type Express } from 'express'
import type { Logger } from 'pino'
import { accountRoutes } from './accounts/routes.ts'
import { maybeSignedIn } from './accounts/session.store.ts'
import { claimRoutes } from './claims/routes.ts'
import { commentRoutes } from './comments/routes.ts'
import type { Config } from './config.ts'
import type { Database } from './database/connect.ts'
import { decisionRoutes } from './decisions/routes.ts'
import { deskRoutes } from './desk/routes.ts'
import { deskName } from './desk/store.ts'
import { evidenceRoutes } from './evidence/routes.ts'
import { exportRoutes } from './exports/routes.ts'
import { partyRoutes } from './parties/routes.ts'
import { questionRoutes } from './questions/routes.ts'
import { queueRoutes } from './queue/routes.ts'
import { redactionRoutes } from './redactions/routes.ts'
import { relationRoutes } from './relations/routes.ts'
import { selectionRoutes } from './selection/routes.ts'
import { sourceRoutes } from './sources/routes.ts'
import { storyRoutes } from './stories/routes.ts'
import { tagRoutes } from './tags/routes.ts'
import { viewRoutes } from './views/routes.ts'
import { addressCheck } from './web/address.ts'
import { openAssets } from './web/assets.ts'
import { faults, nothingHere } from './web/faults.ts'
import { securityHeaders } from './web/headers.ts'
import { healthRoutes } from './web/health.ts'
import { requestLog } from './web/log.ts'
import { originCheck } from './web/origin.ts'
import { pages } from './web/page.ts'
import { securityContactRoutes } from './web/security-contact.ts'
import { session } from './web/session.ts'

const PUBLIC = join(import.meta.dirname, '..', 'public')

/** The whole application. */
export function createApp(database: Database, config: Config, log: Logger): Express {
  const { db } = database
  const assets = openAssets(PUBLIC)
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', config.trustProxy)
  app.set('query parser', 'simple')
  // Pages are not to be stored; files have their own.
  app.disable('etag')

  app.use(requestLog(log))
  app.use(securityHeaders(config.publicUrl))
  app.use(assets.serve)
  app.use(healthRoutes(() => database.pool.query('select 1')))
  app.use(pages({ asset: assets.asset, deskName: () => deskName(db), publicUrl: config.publicUrl }))
  app.use(originCheck(config.publicUrl))
  app.use(session((tokenHash) => maybeSignedIn(db, tokenHash)))
  app.use(addressCheck)
  app.use(securityContactRoutes(config.securityContact, config.publicUrl))

  app.use(accountRoutes(database, config))
  app.use(deskRoutes(db))
  app.use(storyRoutes(db))
  app.use(questionRoutes(db, config))
  app.use(partyRoutes(db))
  app.use(sourceRoutes(db))
  app.use(selectionRoutes(db))
  app.use(claimRoutes(db))
  app.use(evidenceRoutes(db))
  app.use(relationRoutes(db))
  app.use(decisionRoutes(db))
  app.use(redactionRoutes(db))
  app.use(queueRoutes(db))
  app.use(commentRoutes(db))
  app.use(tagRoutes(db))
  app.use(viewRoutes(db))
  app.use(exportRoutes(database, config))

  app.use(nothingHere)
  app.use(faults)
  return app
}
