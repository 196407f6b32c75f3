import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import { type Logger, pino } from 'pino'
import { pinoHttp } from 'pino-http'

/** The application's log: JSON lines, without secrets. */
export function openLog(level: string): Logger {
  return pino({ level, base: null, redact: { paths: SECRETS, censor: '[redacted]' } })
}

const SECRETS = [
  'req.headers.cookie',
  'req.headers.authorization',
  'res.headers["set-cookie"]',
  'email',
  'password',
  'token',
  '*.email',
  '*.password',
  '*.token',
]

/** Gives each request an id of its own, in a header and in its line of the log. Addresses are logged without their query. */
export function requestLog(log: Logger): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId: (_req, res) => {
      const id = randomUUID()
      res.setHeader('x-request-id', id)
      return id
    },
    quietReqLogger: true,
    autoLogging: { ignore: (req) => /^\/(healthz|readyz|assets\/)/.test(req.url ?? '') },
    customLogLevel: (_req, res, error) => (error || res.statusCode >= 500 ? 'error' : 'info'),
    serializers: {
      req: (req) => ({ id: req.id, method: req.method, path: withoutSecrets(req.url) }),
      res: (res) => ({ status: res.statusCode }),
    },
  })
}

function withoutSecrets(url: string): string {
  return (url.split('?')[0] ?? '').replace(/^\/invitations\/.+/, '/invitations/[redacted]')
}
