import { Router } from 'express'
import type { Config } from '../config.ts'
import type { Database } from '../database/connect.ts'
import { firstRunRoutes } from './first-run.routes.ts'
import { invitationRoutes } from './invitation.routes.ts'
import { ownRoutes } from './own.routes.ts'
import { peopleRoutes } from './people.routes.ts'
import { signInRoutes } from './sign-in.routes.ts'
import { openThrottle } from './throttle.store.ts'

/** Everything about people: beginning the desk, invitations, signing in, one's own account, everybody's. */
export function accountRoutes(database: Database, config: Config): Router {
  const throttle = openThrottle(database.pool)
  return Router().use(
    firstRunRoutes(database, throttle),
    signInRoutes(database, throttle),
    invitationRoutes(database, throttle),
    ownRoutes(database, throttle),
    peopleRoutes(database, config),
  )
}
