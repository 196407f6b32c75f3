import { randomUUID } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { type DestinationStream, type Logger, pino } from 'pino'
import { pinoHttp } from 'pino-http'

/** The application's log: JSON lines without secrets, to standard output unless told otherwise. */
export function openLog(level: string, to?: DestinationStream): Logger {
  const options = { level, base: null, redact: { paths: SECRETS, censor: '[redacted]' } }
  return to ? pino(options, to) : pino(options)
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

/** What is logged because somebody may be attacking: an account's number, never its address; the network address it came from. */
export type SecurityEvent = 'sign-in failed' | 'sign-in throttled' | 'password throttled' | 'refused'

/** Writes a line of the log about an attempt that was not let through. */
export function logSecurity(req: Request, event: SecurityEvent, details: { account?: number | null } = {}): void {
  const account = req.account?.id ?? null
  const path = withoutSecrets(req.originalUrl)
  req.log.warn({ security: event, account, from: req.ip, method: req.method, path, ...details }, 'security')
}

function withoutSecrets(url: string): string {
  return (url.split('?')[0] ?? '').replace(/^\/invitations\/.+/, '/invitations/[redacted]')
}
