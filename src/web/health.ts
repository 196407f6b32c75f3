import { Router } from 'express'
import { guard } from './guard.ts'

/** `/healthz`: the process lives. `/readyz`: the database answers (it was migrated before the process began to listen). */
export function healthRoutes(ask: () => Promise<unknown>): Router {
  const router = Router()

  router.get('/healthz', guard('visit'), (_req, res) => {
    res.set('cache-control', 'no-store').type('text').send('alive\n')
  })

  router.get('/readyz', guard('visit'), async (req, res) => {
    res.set('cache-control', 'no-store').type('text')
    try {
      await ask()
      res.send('ready\n')
    } catch (fault) {
      req.log.error({ err: fault }, 'not ready')
      res.status(503).set('retry-after', '5').send('the database does not answer\n')
    }
  })

  return router
}
