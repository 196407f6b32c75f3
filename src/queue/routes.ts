import { Router } from 'express'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { guard } from '../web/guard.ts'
import { readQueue } from './address.ts'
import { showQueue } from './page.ts'

/** The review queue; what is done in it is posted to the claim's own addresses. */
export function queueRoutes(db: PrismaClient): Router {
  const router = Router()

  router.get('/queue', guard('decide'), (req, res) => showQueue(req, res, db, readQueue(req.query)))

  return router
}
